"""Instructions on lists of parties that leave to their paper which list it is, or what a quotation stands for."""

from __future__ import annotations

from datetime import date

import pytest

from archive.records import Amendment, Expression, Fact, Provision
from normalize.amendments import amendments_of


def paper(title: str, *paragraphs: str) -> tuple[Amendment, ...]:
    return amendments_of(
        Expression(
            work="us/fr/2026-90002",
            as_of=date(2026, 3, 2),
            recipe="us_federal_register/1",
            kind="document",
            title=title,
            provisions=tuple(
                Provision(eid=f"p{number}", unit="paragraph", text=text)
                for number, text in enumerate(paragraphs)
            ),
            facts=(Fact(name="cfr_part", value="15/744"), Fact(name="effective", value="2026-03-02")),
        )
    )


_HEAD = "1. The authority citation for 15 CFR part 744 is revised to read as follows:"
_ENTRY = "a. Under INDIA, by adding an entry for “Alpha Lathes.”"


@pytest.mark.parametrize(
    ("title", "supplement"),
    [
        ("Additions to the Entity List", "4"),
        ("Revisions to the Unverified List", "6"),
        ("Additions to the Military End-User (MEU) List", "7"),
    ],
)
def test_a_country_of_part_744_stands_in_the_list_that_the_title_names(title: str, supplement: str) -> None:
    (_, entry) = paper(title, _HEAD, _ENTRY)
    assert (entry.work, entry.under, entry.name) == (
        f"us/cfr/15/744/supp-{supplement}",
        "INDIA",
        "Alpha Lathes",
    )


def test_where_the_title_names_none_the_only_list_that_the_paper_speaks_of_is_meant() -> None:
    found = paper("A rule", "The committee changes the Unverified List.", _HEAD, _ENTRY)
    assert found[-1].supplement == "6"


@pytest.mark.parametrize("title", ["A rule", "Entity List and Unverified List"])
def test_an_entry_that_nothing_puts_into_a_list_is_not_understood(title: str) -> None:
    assert paper(title, _HEAD, _ENTRY)[-1].operation == "unknown"


def test_the_words_of_the_heading_are_no_part_of_a_name() -> None:
    found = paper(
        "Entity List", _HEAD, "a. Under TÜRKIYE, adding entries for “Under Türkiye, Alpha;” and “Beta Ltd.”"
    )
    assert [one.name for one in found[1:]] == ["Alpha", "Beta Ltd."]


def test_a_quotation_alone_is_what_its_sibling_was() -> None:
    found = paper(
        "A rule",
        _HEAD,
        "2. Section 772.1 is amended by:",
        "a. Revising the definition for “Alpha lathe”; and",
        "b. Adding and “Beta lathe”.",
    )
    assert [(one.unit, one.name) for one in found[1:]] == [
        ("definition", "Alpha lathe"),
        ("definition", "Beta lathe"),
    ]
