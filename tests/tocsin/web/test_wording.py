"""Values in words: limits, states, places and what changed, as a reader needs them at a glance."""

from __future__ import annotations

from datetime import date

from archive.records import Applicability, Change, LimitChange
from tocsin.web.wording import Wording

SAID = Wording()


def changed(text: str, *, unit: str = "paragraph", heading: str = "") -> Change:
    """A provision that came."""
    return Change(
        kind="insertion", materiality="substantive", reason="new text", old_eid=None, new_eid="1", text_before="",
        text_after=text, ops=(("+", text),), unit=unit, heading=heading,
    )  # fmt: skip


def test_a_limit_is_told_once_with_the_signs_of_its_field_and_no_direction_that_nobody_knows() -> None:
    known = LimitChange(eid="1", quantity="power", old=">= 4800", new=">= 2400", direction="tighter")
    unknown = LimitChange(eid="1", quantity="", old="<= 90 g", new=None, direction="unknown")
    assert SAID.limits([known, known, unknown]) == ("power: ≥ 4800 → ≥ 2400 (tighter)", "≤ 90 g → none")


def test_law_that_came_into_force_says_since_when_and_a_stay_that_is_over_says_nothing() -> None:
    future = Applicability(
        state="future", start=date(2024, 7, 12), end=date(2025, 2, 1), citation="Article 113"
    )
    stay = Applicability(state="stayed", start=None, end=date(2025, 2, 1), citation="90 FR 1")
    assert SAID.state(future, date(2025, 2, 1)).startswith("not yet in force")
    assert SAID.state(future, date(2025, 2, 2)) == "in force since 2025-02-02, by Article 113"
    assert SAID.state(stay, date(2025, 2, 1)).startswith("stayed")
    assert SAID.state(stay, date(2025, 2, 2)) == ""
    assert SAID.state(future).startswith("not yet in force"), "what a change says is said as it was"


def test_what_has_no_citation_is_cited_by_its_own_name() -> None:
    row = changed("EXAMPLE LTD | Nowhere Road | XX", unit="entry")
    assert (
        SAID.cited("us/list/csl", "sdn-1", "Screening List", SAID.own(row)) == "Screening List, EXAMPLE LTD"
    )
    assert SAID.cited("us/cfr/15/744", "744.11.c", "", "Scope") == "15 CFR 744.11(c)"
    assert SAID.cited("us/cfr/15/774/supp-1", "category-3", "").endswith("Supplement No. 1, Category 3")
    assert SAID.spot("us/list/csl", "sdn-1") == "sdn-1", "a link needs some text"


def test_the_gist_of_what_came_is_its_words_and_not_its_label_alone() -> None:
    assert (
        SAID.gist(changed("Related Controls:\nSee 3A001.", heading="Related Controls:"))
        == "Related Controls: See 3A001."
    )
    assert SAID.gist(changed("a " * 400)).endswith("…")
    assert SAID.gist(changed("", heading="License Requirements")) == "License Requirements"


def test_days_are_written_as_readers_write_them_and_nothing_else_is_taken_for_one() -> None:
    assert SAID.on("2031-02-05") == SAID.day(date(2031, 2, 5))
    assert SAID.on("2031-99-99") == "2031-99-99"
    assert SAID.on("96 FR 1") == "96 FR 1"
