"""Two forms of one act: what only one of them prints is not compared, and every reader is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.normalize.eu_pages import grid, norm, page
from tests.tocsin.program import Installation, install

ACT, LATER = "32031R0077.html", "02031R0077-20320301.html"
# The same act as consolidated: no preamble and no closing lines, one limit amended.
BODY = "".join(
    [
        '<p class="reference">02031R0077 — EN — 01.03.2032 — 001.001</p><p class="disclaimer">A documentation tool.</p>',
        '<div class="eli-container"><div class="eli-main-title">',
        '<p class="title-doc-first">REGULATION (EU) 2031/77 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL</p>',
        '<p class="title-doc-first">on the loan of sextants</p></div>',
        '<p class="title-division-1">CHAPTER I</p><p class="title-division-2">LENDING</p>',
        '<div class="eli-subdivision" id="art_1"><p class="title-article-norm">Article 1</p>',
        '<p class="stitle-article-norm">Subject matter</p>' + norm("This Regulation governs loans.") + "</div>",
        '<div class="eli-subdivision" id="art_2"><p class="title-article-norm">Article 2</p>',
        '<p class="stitle-article-norm">Conditions</p><div class="norm"><span class="no-parag">1.  </span>',
        '<div class="norm inline-element"><p class="norm">A loan requires:</p>',
        grid("(a) ", norm('a mass of at most 10<span class="superscript">3</span> g;')),
        grid("(b) ", norm("one of the following:"), grid("(i) ", norm("a deposit;")), grid("(ii) ", norm("a guarantor."))),
        norm("Point (b) does not apply to schools.") + '</div></div><p class="modref">▼M1</p>',
        '<div class="norm"><span class="no-parag">2.  </span><div class="norm inline-element">No loan exceeds EUR 20 000.</div></div></div>',
        '<div class="eli-subdivision" id="art_3"><p class="title-article-norm">Article 3</p>',
        norm("In Article 9 of Regulation (EU) 2030/5, the following paragraph is added:"),
        norm("‘4.   Sextants are exempt.’.") + "</div>",
        '<p class="title-annex-1">ANNEX I</p><p class="title-annex-2">Instruments</p>',
        '<p class="title-gr-seq-level-1">Section A. Brass</p>' + grid("1. ", norm("Sextants;")),
        grid("— ", norm("with a case,")) + grid("— ", norm("without.")),
        '<p class="title-gr-seq-level-1">Section B. Glass</p>' + grid("1. ", norm("Lenses.")) + "</div>",
    ]
)  # fmt: skip


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    place = install(tmp_path / "tocsin")
    place.watch(act={"works": ["eu/reg/2031/77"], "materiality": ["editorial", "substantive"]})
    (place.folder / ACT).write_bytes(page())
    (place.folder / LATER).write_bytes(page(BODY))
    return place


def ingest(place: Installation, name: str, day: str) -> str:
    return place.run("ingest", "--source", "eu_ai_act", "--as-of", day, name).stderr


def test_a_consolidation_without_preamble_repeals_none_and_says_so_to_everyone(place: Installation) -> None:
    ingest(place, ACT, "2031-02-14")
    said = ingest(place, LATER, "2032-03-01")
    assert "not compared: preamble, final (absent from the later edition)" in said
    changes = place.changes()
    assert not [one for one in changes if "recital" in (one["old_eid"] or "") or one["old_eid"] == "preamble"]
    (limit,) = [one for one in changes if one["old_eid"] == "art2.2"]
    assert limit["not_compared"] == [{"parts": "preamble, final", "reason": "absent from the later edition"}]
    line = "not compared: preamble, final (absent from the later edition)"
    assert line in place.run("changes").stdout
    assert line in place.run("diff", "eu/reg/2031/77", "2031-02-14", "2032-03-01").stdout
    (alert,) = place.alerts()
    assert "Not compared: preamble, final (absent from the later edition)" in alert["body"]


def test_an_act_that_prints_more_than_the_edition_before_inserts_nothing(place: Installation) -> None:
    ingest(place, LATER, "2032-03-01")
    (place.folder / ACT).write_bytes(page())
    said = ingest(place, ACT, "2033-02-14")
    assert "not compared: preamble, final (absent from the earlier edition)" in said
    assert {one["new_eid"] for one in place.changes()}.isdisjoint({"preamble", "recital-1", "recital-2"})
    shown = place.run("show", "eu/reg/2031/77#recital-1").stdout
    assert "Sextants should be lent." in shown


def test_a_consolidation_that_lost_most_of_its_articles_is_held_although_it_prints_fewer_parts(
    place: Installation,
) -> None:
    ingest(place, ACT, "2031-02-14")
    cut = BODY[: BODY.index('<div class="eli-subdivision" id="art_2">')] + "</div>"
    (place.folder / LATER).write_bytes(page(cut))
    done = place.run("ingest", "--source", "eu_ai_act", "--as-of", "2032-03-01", LATER, status=1)
    assert "shrank" in done.stderr
