"""The first slice on the real documents: what changed is told, what only looks changed is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.corpus import corpus_file
from tests.tocsin.program import Installation, install

ECFR = "files/www.ecfr.gov/ecfr"
PART_810 = [f"{ECFR}/title-10_part-810.en.{day}.xml" for day in ("2026-03-25", "2026-06-18")]
PART_744 = [f"{ECFR}/title-15_part-744.en.{day}.xml" for day in ("2026-03-25", "2026-07-18")]


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    return install(tmp_path / "tocsin")


def ingest(place: Installation, file: Path | str, day: str, status: int = 0) -> str:
    return place.run("ingest", "--source", "us_ecfr", "--as-of", day, str(file), status=status).stderr


def test_thailand_in_10_cfr_810_is_one_substantive_change_and_one_alert(place: Installation) -> None:
    place.watch(thai={"countries": ["TH"]}, china={"countries": ["CN"]}, japan={"countries": ["JP"]})
    ingest(place, corpus_file(PART_810[0]), "2026-03-25")
    assert place.changes() == []
    ingest(place, corpus_file(PART_810[1]), "2026-06-18")

    changes = place.changes()
    (thailand,) = [change for change in changes if change["materiality"] == "substantive"]
    assert thailand["kind"] == "insertion"
    assert thailand["text_after"] == "Thailand"
    assert (thailand["before"], thailand["after"]) == ("2026-03-25", "2026-06-18")
    assert ("country", "TH") in {(touch["type"], touch["id"]) for touch in thailand["touches"]}
    (citation,) = [change for change in changes if change is not thailand]
    assert (citation["kind"], citation["materiality"]) == ("substitution", "editorial")

    (alert,) = place.alerts()
    assert alert["watch"] == "thai"
    assert alert["changes"] == [thailand["id"]]
    assert "Thailand" in alert["body"]

    ingest(place, corpus_file(PART_810[1]), "2026-06-18")
    assert len(place.alerts()) == 1
    assert len(place.changes()) == len(changes)


def test_four_months_of_edits_to_part_744_are_no_change_of_law(place: Installation) -> None:
    place.watch(everything={"countries": ["CN", "RU", "IR", "AE"]}, all={"jurisdictions": ["US"]})
    ingest(place, corpus_file(PART_744[0]), "2026-03-25")
    ingest(place, corpus_file(PART_744[1]), "2026-07-18")
    changes = place.changes()
    assert {change["materiality"] for change in changes} == {"editorial"}
    assert sum(change["work"] == "us/cfr/15/744/supp-4" for change in changes) > 100
    assert place.alerts() == []


def test_exactly_the_planted_edits_are_substantive(place: Installation, tmp_path: Path) -> None:
    text = corpus_file(PART_744[1]).read_text(encoding="utf-8")
    edits = four_edits(text)
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    altered = tmp_path / "altered.xml"
    altered.write_text(text, encoding="utf-8")
    ingest(place, corpus_file(PART_744[0]), "2026-03-25")
    ingest(place, altered, "2026-07-18")
    substantive = [change for change in place.changes() if change["materiality"] == "substantive"]
    assert len(substantive) == len(edits), [change["new_eid"] for change in substantive]
    assert {change["kind"] for change in substantive} == {"substitution"}


def four_edits(text: str) -> list[tuple[str, str]]:
    """One policy cell, one `shall`, one alias, one number, each named by enough context to stand once in the document."""
    supplement = text.index('N="Supplement No. 4 to Part 744"')

    def once(pattern: str, replacement: str, start: int = 0, end: int | None = None) -> tuple[str, str]:
        for found in re.finditer(pattern, text[start:end]):
            context = text[start + found.start() - 150 : start + found.end() + 150]
            if text.count(context) == 1:
                changed = found.group(0).replace(found["word"], replacement)
                return context, context.replace(found.group(0), changed)
        raise AssertionError(pattern)

    return [
        once(r">(?P<word>Presumption of denial)\.?</TD>", "Policy of approval", supplement),
        once(r" (?P<word>shall) ", "may", 0, supplement),
        once(r"<br/>&#x2014;(?P<word>[A-Z][A-Za-z ]{8,40});<br", "Quartzwing Trading", supplement + 400_000),
        once(r" (?P<word>[2-9]\d) (?:days|percent)", "91", 0, supplement),
    ]


def test_a_copy_cut_in_half_is_refused_and_changes_nothing(place: Installation, tmp_path: Path) -> None:
    whole = corpus_file(PART_744[0])
    ingest(place, whole, "2026-03-25")
    half = tmp_path / "half.xml"
    half.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    told = ingest(place, half, "2026-07-18", status=2)
    assert "half.xml" in told
    assert place.changes() == []
    assert "744.1" in place.run("show", "us/cfr/15/744#744.1").stdout
