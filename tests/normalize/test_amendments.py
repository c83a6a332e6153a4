"""What an amending document says it changes: instructions read whole, or kept as ones that were not understood."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from archive.records import Amendment, Expression, Fact, Provision
from normalize.amendments import amendments_of, instructions, understood
from normalize.amendments_grammar import read_instruction
from normalize.amendments_places import between, completed, marks_of
from normalize.amendments_said import Place
from normalize.reading import Hints, read
from tests.corpus import corpus_entries, corpus_file

FIXTURES = Path(__file__).parent / "federal_register"
Brief = tuple[str, str, str]


def brief(text: str, part: str = "744") -> list[Brief]:
    """Operation, target, and what of it, of each change that ``text`` names; fails where it was not understood."""
    found = read_instruction(text, Place(part=part))
    assert found.problems == [], text
    rows: list[Brief] = []
    for said in found.said:
        place = said.place
        target = place.code or place.section or (f"supp-{place.supplement}" if place.supplement else "")
        target = target or (f"app-{place.appendix}" if place.appendix else place.subpart or place.part)
        marks = "".join(f"({mark})" for mark in place.marks)
        detail = " ".join(
            filter(
                None,
                (
                    said.unit,
                    said.name,
                    f"under {place.under}" if place.under else "",
                    f"→ {said.becomes}" if said.becomes else "",
                ),
            )
        )
        rows.append((said.operation, target + marks, detail))
    return rows


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The authority citation for 15 CFR part 744 continues to read as follows:", [("keep", "744", "authority citation")]),
        ("The authority citation for part 744 is revised to read as follows:", [("revise", "744", "authority citation")]),
        ("Section 744.8 is revised to read as follows:", [("revise", "744.8", "")]),
        ("Add § 744.25 to read as follows:", [("add", "744.25", "")]),
        ("Remove and reserve § 746.5.", [("reserve", "746.5", "")]),
        (
            "Sections 744.10, 744.12 through 744.14, and 744.20 are removed and reserved.",
            [("reserve", f"744.{n}", "") for n in (10, 12, 13, 14, 20)],
        ),
        ("Revise § 740.16(d) and (f) to read as follows:", [("revise", "740.16(d)", ""), ("revise", "740.16(f)", "")]),
        (
            "Amend § 742.6 by revising paragraphs (a)(1), (a)(2)(i), (ii), (iv), (3), and (9) to read as follows:",
            [("revise", f"742.6{m}", "") for m in ("(a)(1)", "(a)(2)(i)", "(a)(2)(ii)", "(a)(2)(iv)", "(a)(3)", "(a)(9)")],
        ),
        (
            "Amend § 744.21 by revising paragraphs (a), (b) introductory text, and (e)(3) to read as follows:",
            [("revise", "744.21(a)", ""), ("revise", "744.21(b)", "introductory text"), ("revise", "744.21(e)(3)", "")],
        ),
        (
            "Section 732.3 is amended by revising the section heading, the introductory text of paragraph (d), and paragraph (d)(1).",
            [("revise", "732.3", "heading section heading"), ("revise", "732.3(d)", "introductory text"), ("revise", "732.3(d)(1)", "")],
        ),
        (
            "Redesignating paragraphs (f) through (h) as paragraphs (d) through (f).",
            None,
        ),
        (
            "Amend § 744.6 by redesignating paragraph (e)(3) as (e)(4) and adding new paragraph (e)(3).",
            [("redesignate", "744.6(e)(3)", "→ (e)(4)"), ("add", "744.6(e)(3)", "")],
        ),
        (
            "Redesignate § 744.75 as § 744.325 and transfer to subpart E.",
            [("redesignate", "744.75", "→ 744.325"), ("transfer", "744.325", "→ subpart E")],
        ),
        (
            "Amend § 744.9 in paragraphs (a) and (b) by removing “old words” and adding in their place “new words”.",
            [("substitute", "744.9(a)", "words old words → new words"), ("substitute", "744.9(b)", "words old words → new words")],
        ),
        (
            "Section 742.4 is amended by removing “ECCN 3B001” from the first sentence of paragraph (a)(1) and adding “ECCN 3B002” in its"
            " place.",
            [("substitute", "742.4(a)(1)", "words ECCN 3B001 under first sentence → ECCN 3B002")],
        ),
        (
            "Amend § 762.2 by removing the word “and” at the end of paragraph (b)(54), removing the period at the end of paragraph (b)(55)"
            " and adding “; and” in its place, and adding paragraph (b)(56).",
            [("remove", "762.2(b)(54)", "words and"), ("substitute", "762.2(b)(55)", "words period → ; and"), ("add", "762.2(b)(56)", "")],
        ),
        (
            "Supplement No. 1 to part 774 is amended by revising ECCNs 3A090 and 4A090, to read as follows:",
            [("revise", "3A090", ""), ("revise", "4A090", "")],
        ),
        (
            "In Supplement No. 1 to part 774, Category 3, ECCN 3A001 is amended by revising paragraphs b.2 and b.3 in the “Items” paragraph of"
            " the List of Items Controlled section to read as follows:",
            [("revise", "3A001(b)(2)", "under Category 3"), ("revise", "3A001(b)(3)", "under Category 3")],
        ),
        ("Add ECCN 3A904 between ECCNs 3A903 and 3A991.", [("add", "3A904", "")]),
        (
            "Supplement no. 4 to part 744 is amended under CHINA, PEOPLE'S REPUBLIC OF by adding, in alphabetical order, entries for “Alpha"
            " Ltd.;” and “Beta Co., Ltd.”",
            [
                ("add", "supp-4", "entry Alpha Ltd. under CHINA, PEOPLE'S REPUBLIC OF"),
                ("add", "supp-4", "entry Beta Co., Ltd. under CHINA, PEOPLE'S REPUBLIC OF"),
            ],
        ),
        (
            "Supplement No. 4 to Part 744 is amended under RUSSIA by removing the entry for “Alpha” and under CHINA by adding an entry for"
            " “Beta.”",
            [("remove", "supp-4", "entry Alpha under RUSSIA"), ("add", "supp-4", "entry Beta. under CHINA")],
        ),
        (
            "In supplement no. 1 to part 738, revise the entries for Australia and the United Kingdom and add footnote 9 as follows:",
            [("revise", "supp-1", "entry Australia"), ("revise", "supp-1", "entry United Kingdom"), ("add", "supp-1", "footnote footnote 9")],
        ),
        (
            "Amend § 772.1 by adding, in alphabetical order, the definitions for “Node”, and “Front-end fabricator”.",
            [("add", "772.1", "definition Node"), ("add", "772.1", "definition Front-end fabricator")],
        ),
        ("Amend § 744.9 by adding a sentence following the second sentence of paragraph (a).", [("add", "744.9(a)", "sentence sentence")]),
        ("Section 746.8(a)(4) is stayed until May 1, 2026.", [("stay", "746.8(a)(4)", "→ 2026-05-01")]),
        ("In § 744.23, stay paragraph (a)(4) until March 1, 2026.", [("stay", "744.23(a)(4)", "→ 2026-03-01")]),
        ("Appendix A to part 810 is amended by adding “Thailand” in alphabetical order.", [("add", "app-A", "words Thailand")]),
        ("Supplement no. 1 to part 774 is revised by adding ECCN 3A069 and modifying ECCN 3A999.", [("add", "3A069", ""), ("revise", "3A999", "")]),
        ("Redesignate Supplement No. 7 to part 744 as Supplement No. 8 to part 744.", [("redesignate", "supp-7", "→ Supplement No. 8 to part 744")]),
    ],
)  # fmt: skip
def test_an_instruction_is_read_as_its_changes(text: str, expected: list[Brief] | None) -> None:
    if expected is None:
        assert read_instruction(text, Place(part="744")).problems, "paragraphs of no section"
        return
    assert brief(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "In appendix B to part 4022, Rate Set 271, as set forth below, is added to the table.",
        "Revising paragraph (h); and",
        "Amend § 744.11 by frobnicating paragraph (a).",
        "Redesignate paragraphs (a) and (b) of § 744.2 as paragraph (c).",
        "In § 744.1, designate the existing paragraph as paragraph (a).",
    ],
)
def test_what_is_not_understood_is_said_to_be_so(text: str) -> None:
    assert read_instruction(text, Place(part="744")).problems


def test_a_head_lends_its_place_and_a_whole_instruction_does_not() -> None:
    head = read_instruction("Section 744.11 is amended by:", Place(part="744"))
    assert head.is_head
    assert head.context.section == "744.11"
    assert not read_instruction("Section 744.11 is removed.", Place(part="744")).is_head


@pytest.mark.parametrize(
    ("said", "before", "whole"),
    [
        ("(3)", "(c)(2)", "(c)(3)"),
        ("(ii)", "(a)(2)(i)", "(a)(2)(ii)"),
        ("(3)", "(a)(2)(iv)", "(a)(3)"),
        ("(4)(i)", "(k)(3)", "(k)(4)(i)"),
        ("(i)", "(h)", "(i)"),
        ("(c)", "(b)(1)(i)", "(c)"),
        ("(F)", "(a)(5)(i)(E)", "(a)(5)(i)(F)"),
        ("(5)", "(a)(2)(ii)(B)(3)", "(a)(2)(ii)(B)(5)"),
        ("(i)(3)(v)(E)", "(i)(2)(vi)(B)", "(i)(3)(v)(E)"),
        ("(6)", "B(2)", "B(6)"),
    ],
)
def test_a_designation_that_leans_on_the_one_before_is_completed(said: str, before: str, whole: str) -> None:
    assert completed(marks_of(said), marks_of(before)) == marks_of(whole)


def test_ranges_are_listed_by_the_kind_of_their_marks() -> None:
    assert between(("a", "2", "iii"), ("a", "2", "v")) == (
        ("a", "2", "iii"),
        ("a", "2", "iv"),
        ("a", "2", "v"),
    )
    assert between(("d",), ("g",)) == (("d",), ("e",), ("f",), ("g",))
    assert between(("a", "3"), ("a", "5")) == (("a", "3"), ("a", "4"), ("a", "5"))
    assert between(("a",), ("b", "1")) is None


# ── papers ─────────────────────────────────────────────────────────────────────────────────────────


def paper() -> Expression:
    body = (FIXTURES / "rule.xml").read_bytes()
    (expression,) = read("us_federal_register", body, Hints(as_of=date(2026, 3, 2))).expressions
    return expression


def test_the_amendments_of_a_paper_carry_target_number_date_and_words() -> None:
    found = amendments_of(paper())
    assert [(a.instruction, a.operation, a.work, a.eid, a.unit, a.name, a.effective) for a in found] == [
        ("1", "keep", "us/cfr/15/744", "", "authority citation", "", date(2026, 3, 2)),
        ("2.a", "revise", "us/cfr/15/744", "744.99.a", "introductory text", "", date(2026, 3, 2)),
        ("2.b.i", "remove", "us/cfr/15/744", "744.99.b", "entry", "Alpha Lathes", date(2026, 3, 2)),
        ("3", "revise", "us/cfr/15/774/supp-1", "2B999", "", "", date(2026, 5, 4)),
    ]
    assert found[1].place == "cfr-15-744.amd-2.a"
    assert found[1].words == "Revising paragraph (a) introductory text; and"


def plain_paper(*paragraphs: str) -> Expression:
    return Expression(
        work="us/fr/2026-90001",
        as_of=date(2026, 3, 2),
        recipe="us_federal_register/1",
        kind="document",
        provisions=(
            Provision(
                eid="supplementary",
                unit="supplementary",
                children=tuple(
                    Provision(eid=f"supplementary.p{number}", unit="paragraph", text=text)
                    for number, text in enumerate(paragraphs, 1)
                ),
            ),
        ),
        facts=(
            Fact(name="cfr_part", value="15/744"),
            Fact(name="effective", value="2026-03-02", words="This rule is effective March 2, 2026."),
        ),
    )


def test_plain_paragraphs_are_instructions_after_the_words_that_open_them() -> None:
    expression = plain_paper(
        "1. Amend the form by removing the box. One commenter disagreed.",
        "For the reasons stated in the preamble, part 744 is amended as follows:",
        "1. Section 744.11 is amended by:",
        "a. Revising paragraph (a); and",
        "b. Adding paragraph (b).",
        "(a) The text of it.",
        "1. Actual knowledge. Did the respondent revise anything?",
        "2. Supplement no. 4 to part 744 is amended:",
        "a. Under CHINA, PEOPLE'S REPUBLIC OF, by:",
        "i. Adding an entry for “Alpha Ltd.;” and",
        "ii. Removing the entry for “Beta Ltd.”",
        "b. Under RUSSIA, revising the entry for “Gamma.”",
    )
    assert [(heard.number, heard.place) for heard in instructions(expression)][:3] == [
        ("1", "supplementary.p3"),
        ("1.a", "supplementary.p4"),
        ("1.b", "supplementary.p5"),
    ]
    assert [(a.instruction, a.operation, a.eid, a.under, a.name) for a in amendments_of(expression)] == [
        ("1.a", "revise", "744.11.a", "", ""),
        ("1.b", "add", "744.11.b", "", ""),
        ("2.a.i", "add", "", "CHINA, PEOPLE'S REPUBLIC OF", "Alpha Ltd."),
        ("2.a.ii", "remove", "", "CHINA, PEOPLE'S REPUBLIC OF", "Beta Ltd."),
        ("2.b", "revise", "", "RUSSIA", "Gamma."),
    ]


def test_an_instruction_that_is_not_understood_is_kept_as_it_stands() -> None:
    expression = plain_paper(
        "Accordingly, part 744 is amended as follows:",
        "1. Revise Rate Set 271 in the table to read as follows:",
    )
    assert amendments_of(expression) == (
        Amendment(
            operation="unknown",
            part="744",
            effective=date(2026, 3, 2),
            instruction="1",
            place="supplementary.p2",
            words="Revise Rate Set 271 in the table to read as follows:",
        ),
    )


def test_a_paper_that_amends_nothing_says_so() -> None:
    assert amendments_of(plain_paper("The committee will meet.")) == ()


@pytest.mark.parametrize(("kind", "least"), [("rebuilt", 500), ("printed", 180)])
def test_of_the_corpus_at_least_ninety_four_in_a_hundred_are_understood(kind: str, least: int) -> None:
    heard: dict[tuple[str, str], bool] = {}
    for entry in corpus_entries(host="www.federalregister.gov"):
        meta = entry["meta"]
        assert isinstance(meta, dict)
        rebuilt = "rebuilt" in str(meta.get("note"))
        if entry["format"] != "xml" or rebuilt != (kind == "rebuilt"):
            continue
        body = corpus_file(str(entry["file"])).read_bytes()
        if kind == "printed" and b"<AMDPAR" not in body:
            continue
        hints = Hints(as_of=date.fromisoformat(str(entry["valid_from"])), meta=meta)
        (expression,) = read("us_federal_register", body, hints).expressions
        for instruction, found in understood(expression):
            key = (expression.work if rebuilt else "", instruction.place if rebuilt else instruction.text)
            heard[key] = not found.problems and bool(found.said or found.is_head)
    assert len(heard) >= least
    assert sum(heard.values()) / len(heard) >= 0.94
