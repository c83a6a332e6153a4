"""Consolidated texts, and the dual-use list that is compared by its control codes."""

from __future__ import annotations

from datetime import date

from archive.records import Expression
from normalize.reading import Hints, read
from tests.normalize.eu_pages import consolidated, grid, norm

HINTS = Hints(as_of=date(2030, 12, 1), document="02021R0821-20301108", media_type="text/html; charset=utf-8")
ENTRIES = (
    grid(
        "3A001",
        norm("Items as follows:"),
        norm("Note 1: The status is determined by:"),
        grid("a.", norm("one thing;")),
        grid("b.", norm("another.")),
        grid(
            "a.",
            norm("circuits rated above 5 × 10<span class='superscript'>3</span> Gy:"),
            grid("1.", norm("fast;")),
        ),
        norm("Technical Note: Fast is not slow."),
        grid("b.", norm("tubes.")),
    )
    + grid("3A002", norm("Not used"))
    + '<p class="title-annex-1">ANNEX II</p><p class="title-gr-seq-level-1">AUTHORISATIONS</p><p class="norm">None.</p>'
)


def works(entries: str = ENTRIES) -> dict[str, Expression]:
    reading = read("eu_dual_use", consolidated(entries), HINTS)
    assert reading.leftovers == ()
    return {expression.work: expression for expression in reading.expressions}


def texts(expression: Expression) -> dict[str, str]:
    return {one.eid: one.text for one in expression.walk()}


def test_a_consolidation_declares_the_parts_it_prints_and_the_day_it_is_of() -> None:
    act = works()["eu/reg/2021/821"]
    assert (act.kind, act.as_of) == ("consolidated", date(2030, 11, 8))
    assert act.scope == ("title", "enacting-terms", "annexes")
    assert set(act.scope) == {one.eid for one in act.provisions}


def test_paragraphs_points_and_articles_without_anchors_are_read() -> None:
    found = texts(works()["eu/reg/2021/821"])
    assert found["art2.1"] == "A term means:"
    assert found["art2.1.a"] == "a word or sign;"
    assert found["art2.1a"] == "Inserted."
    assert found["art2a"] == "An article without an anchor."
    assert found["art2.1.footnote"] == "OJ L 1, 2.3.2020, p. 4."
    assert found["annexII"] == "None."


def test_marks_of_the_consolidation_are_provenance_and_discarded() -> None:
    reading = read("eu_dual_use", consolidated(ENTRIES), HINTS)
    marks = [one.text for one in reading.discards if one.rule == "consolidation-mark"]
    assert marks == ["►M1", "◄", "◄", "▼M2", "▼M3 —————"]
    assert not any(mark in one.text for mark in "►◄▼" for made in reading.expressions for one in made.walk())


def test_the_list_is_a_work_of_its_own_addressed_by_control_codes() -> None:
    listed = works()["eu/reg/2021/821/annex-I"]
    found = texts(listed)
    assert listed.scope == ()
    assert found["3A001"] == "Items as follows:"
    assert found["3A001.a"] == "circuits rated above 5 × 10^3 Gy:"
    assert found["3A001.a.1"] == "fast;"
    assert found["3A001.b"] == "tubes."
    assert found["3A002"] == "Not used"


def test_a_lettered_list_in_a_note_is_cited_by_the_note_and_is_no_item() -> None:
    found = texts(works()["eu/reg/2021/821/annex-I"])
    assert found["3A001.note-1"] == "The status is determined by:"
    assert found["3A001.note-1.b"] == "another."
    assert found["3A001.technical-note"] == "Fast is not slow."


def test_a_yearly_list_with_every_element_new_differs_only_in_the_codes_that_changed() -> None:
    later = grid("2B001", norm("New machines")) + ENTRIES.replace("tubes.", "tubes and valves.").replace(
        "3A002", "3A003"
    )
    before, after = texts(works()["eu/reg/2021/821/annex-I"]), texts(works(later)["eu/reg/2021/821/annex-I"])
    changed = {eid for eid in before.keys() | after.keys() if before.get(eid) != after.get(eid)}
    assert changed == {"2B001", "3A001.b", "3A002", "3A003"}
