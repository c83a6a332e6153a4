"""What a change touches: its changed words and what encloses them, never unchanged prose."""

from __future__ import annotations

from datetime import date

import pytest

from archive.records import Change, Enclosing, Touch
from archive.vocabulary.technologies import user_terms
from diffing.touches.engine import CountrySet, Reference, touches_of

CCL = "us/cfr/15/774/supp-1"
ENTITIES = "us/cfr/15/744/supp-4"


def _change(ops: tuple[tuple[str, str], ...], **known: object) -> Change:
    before = "".join(text for mark, text in ops if mark in "=-")
    after = "".join(text for mark, text in ops if mark in "=+")
    fields: dict[str, object] = {"kind": "substitution", "new_eid": "1", "old_eid": "1", "unit": "paragraph"}
    return Change(
        materiality="substantive",
        reason="test",
        ops=ops,
        text_before=before,
        text_after=after,
        **(fields | known),  # type: ignore[arg-type]
    )


def _touches(change: Change, work: str = "us/cfr/15/744", **known: object) -> tuple[Touch, ...]:
    return touches_of(change, work=work, source="us_ecfr", language="en", **known)  # type: ignore[arg-type]


def _ids(touches: tuple[Touch, ...], type_: str, via: str | None = None) -> set[str]:
    return {touch.id for touch in touches if touch.type == type_ and via in (None, touch.via)}


def test_unchanged_prose_touches_nothing() -> None:
    change = _change(
        (
            ("=", "Items under ECCN 3A090 for China "),
            ("-", "may"),
            ("+", "shall"),
            ("=", " need a license for Iran."),
        )
    )
    assert _touches(change) == ()


def test_inserted_and_deleted_words_are_told_apart() -> None:
    change = _change((("=", "Exports to "), ("-", "Japan"), ("+", "Thailand"), ("=", " are authorised.")))
    assert [(t.id, t.via) for t in _touches(change)] == [("TH", "inserted"), ("JP", "deleted")]


def test_a_code_cut_by_an_operation_is_read_whole() -> None:
    change = _change((("=", "controlled under ECCN 3A0"), ("-", "01"), ("+", "90"), ("=", ".a.1 only")))
    touches = _touches(change)
    assert _ids(touches, "code", "inserted") == {"3A090.a.1"}
    assert _ids(touches, "code", "deleted") == {"3A001.a.1"}


def test_a_continuation_of_a_list_takes_its_base_from_unchanged_words() -> None:
    change = _change((("=", "controlled by ECCN 3B001.a.4, c"), ("+", ", d"), ("=", " and f.1.")))
    assert _ids(_touches(change), "code") == {"3B001.d"}


def test_a_range_whose_end_moves_brings_its_members() -> None:
    change = _change(
        (("=", "controlled by ECCN 9A004.a through "), ("-", ".c"), ("+", ".d"), ("=", " of the CCL"))
    )
    touches = _touches(change)
    assert _ids(touches, "code", "inserted") == {"9A004.b", "9A004.c", "9A004.d"}
    assert _ids(touches, "code", "deleted") == {"9A004.b", "9A004.c"}


def test_a_country_that_an_inserted_word_takes_out_is_marked() -> None:
    change = _change((("=", "all destinations"), ("+", " except Canada"), ("=", ".")))
    assert [(t.id, t.excluded) for t in _touches(change)] == [("CA", True)]


def test_an_inserted_provision_touches_by_all_its_words() -> None:
    change = _change(
        (("+", "Thailand"),), kind="insertion", old_eid=None, new_eid="app-A.thailand", unit="item"
    )
    assert [(t.type, t.id, t.via, t.role) for t in _touches(change, "us/cfr/10/810")] == [
        ("country", "TH", "inserted", "item")
    ]


def test_headings_above_govern_what_is_under_them() -> None:
    path = (
        Enclosing(eid="746.5", unit="section", num="§ 746.5", heading="Sanctions against Russia and Belarus"),
    )
    change = _change((("=", "a license "), ("-", "may"), ("+", "must"), ("=", " be sought")), path=path)
    touches = _touches(change, "us/cfr/15/746")
    assert _ids(touches, "country", "enclosing") == {"RU", "BY"}
    assert {t.role for t in touches} == {"heading"}


def test_in_the_control_list_the_item_is_as_deep_as_the_eid_and_other_codes_are_cross_references() -> None:
    path = (
        Enclosing(eid="3A090", unit="entry", num="3A090", heading="Integrated circuits, see also 3A001"),
        Enclosing(eid="3A090.a", unit="item", num="a."),
    )
    change = _change(
        (("=", "exceeding "), ("-", "4800"), ("+", "2400, see 4A090.b"), ("=", ";")),
        new_eid="3A090.a.1",
        old_eid="3A090.a.1",
        unit="item",
        num="1.",
        path=path,
    )
    codes = [(t.id, t.via, t.role) for t in _touches(change, CCL) if t.type == "code"]
    assert codes == [("4A090.b", "inserted", "cross-reference"), ("3A090.a.1", "enclosing", "item")]


@pytest.mark.parametrize(
    ("eid", "unit", "role"),
    [
        ("3A090.related-controls", "paragraph", "cross-reference"),
        ("3A090.controls", "table", "control-table"),
        ("3A090.note-1", "note", "note"),
        ("3A090.a", "item", "item"),
        ("3A090", "entry", "heading"),
    ],
)
def test_the_role_is_where_the_change_stands(eid: str, unit: str, role: str) -> None:
    change = _change((("=", "for "), ("+", "China")), new_eid=eid, old_eid=eid, unit=unit)
    assert {t.role for t in _touches(change, CCL) if t.type == "country"} == {role}


def test_a_row_of_the_entity_list_brings_its_country_its_party_and_no_country_of_a_name() -> None:
    path = (Enclosing(eid="supp-4.iran", unit="country", heading="IRAN"),)
    row = "Jordan Ore Trading Co., Ltd., a.k.a., the following two aliases:\n—China Ore House; and\n—JOT.\n\nNo. 5 Azadi Street, Tehran, Iran. | For all items subject to the EAR | Presumption of denial | 90 FR 1, 1/2/25."
    change = _change(
        (("+", row),),
        kind="insertion",
        old_eid=None,
        new_eid="supp-4.iran.jordanore",
        unit="entry",
        path=path,
    )
    touches = _touches(change, ENTITIES)
    assert _ids(touches, "country") == {"IR"}
    assert _ids(touches, "party", "inserted") == {"Jordan Ore Trading Co., Ltd", "China Ore House", "JOT"}
    assert _ids(touches, "code") == set()


def test_an_alias_added_is_a_party_and_the_row_is_enclosed_by_its_own() -> None:
    path = (Enclosing(eid="supp-4.iran", unit="country", heading="IRAN"),)
    change = _change(
        (("=", "Ore House, a.k.a., the following aliases:\n—OH"), ("+", ";\n—Ore Home"), ("=", ".\n\nTehran. | For all items | Presumption of denial | 90 FR 1.")),
        unit="entry", path=path,
    )  # fmt: skip
    touches = _touches(change, ENTITIES)
    assert _ids(touches, "party", "inserted") == {"Ore Home"}
    assert _ids(touches, "party", "enclosing") == {"Ore House"}
    assert _ids(touches, "country", "enclosing") == {"IR"}


def test_a_country_is_reached_through_the_group_as_it_stood_on_the_day() -> None:
    sets = (
        CountrySet(name="D:5", countries=("CN", "IR"), since=date(2024, 1, 1)),
        CountrySet(name="D:5", countries=("CN", "IR", "NI"), since=date(2025, 1, 1)),
        CountrySet(name="A:5", countries=("JP", "CN"), since=date(2024, 1, 1)),
    )
    change = _change((("=", "destined to Macau"), ("+", " or Country Group D:5 excluding A:5"), ("=", ".")))
    reached = {
        t.id
        for t in _touches(change, reference=Reference(groups=sets, on=date(2024, 6, 1)))
        if t.via == "group:D:5"
    }
    assert reached == {"IR"}
    reached = {t.id for t in _touches(change, reference=Reference(groups=sets)) if t.via == "group:D:5"}
    assert reached == {"IR", "NI"}
    assert _ids(_touches(change), "group") == {"group:D:5", "group:A:5"}


def test_a_users_own_terms_are_found_beside_the_taxonomy() -> None:
    change = _change((("=", "with a "), ("+", "flux capacitor and an AI system")))
    reference = Reference(terms=user_terms({"flux": ["flux capacitor"]}))
    assert _ids(_touches(change, reference=reference), "technology") == {"U:flux", "2"}


def test_dates_in_inserted_words_are_touches_and_those_above_are_not() -> None:
    path = (Enclosing(eid="740.2", unit="section", heading="Rules of January 3, 2020"),)
    change = _change((("=", "until "), ("-", "November 9, 2026"), ("+", "December 31, 2026")), path=path)
    assert [(t.id, t.via) for t in _touches(change) if t.type == "date"] == [
        ("2026-12-31", "inserted"),
        ("2026-11-09", "deleted"),
    ]


def test_an_item_that_moved_touches_the_number_it_left_as_well() -> None:
    change = _change((("=", "Converters"),), kind="move", new_eid="3A002.h", old_eid="3A001.a.5", unit="item")
    assert [(t.id, t.role, t.via) for t in _touches(change, CCL)] == [
        ("3A001.a.5", "item", "enclosing"),
        ("3A002.h", "item", "enclosing"),
    ]


def test_an_entry_of_the_sdn_list_names_its_party_and_its_aliases() -> None:
    row = "GLOOMLIGHT SHIPPING CO. | Entity | INVENTED | a.k.a., strong, GLOOM LINE | address, 1 Invented Road, Town, Peru"
    added = _change((("+", row),), kind="insertion", unit="entry", old_eid=None, new_eid="sdn-7")
    named = _ids(_touches(added, "us/list/ofac-sdn"), "party")
    assert named == {"GLOOMLIGHT SHIPPING CO", "GLOOM LINE"}


def test_a_country_that_joins_a_group_touches_no_other_member_of_it() -> None:
    sets = Reference(groups=(CountrySet(name="D:5", countries=("CU", "NI"), since=date(2030, 1, 1)),))
    joined = _change(
        (("=", "Nicaragua | X | "), ("+", "X")),
        unit="entry",
        path=(Enclosing(eid="group-D", unit="table", heading="Country Group D [D:5]"),),
    )
    assert _ids(_touches(joined, "us/cfr/15/740/supp-1", reference=sets), "country") == {"NI"}
    elsewhere = _change((("+", "A license is required for Country Group D:5."),))
    assert _ids(_touches(elsewhere, reference=sets), "country") == {"CU", "NI"}
