"""The Country Groups out of Supplement No. 1 to part 740, as the archive holds it: every country and every group of July 2026."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from archive.records import Expression, Provision
from archive.vocabulary.countries import country_code
from diffing.touches.country_sets import JAPANESE_WORK, country_sets, destination_sets
from diffing.touches.engine import Reference, touches_in_text
from tests.corpus import corpus_file
from tests.normalize.ecfr_fixtures import read_bytes
from tests.normalize.test_ecfr_country_tables import _GROUPS, _groups


@cache
def _parsed() -> dict[str, dict[str, list[str]]]:
    parsed: dict[str, dict[str, list[str]]] = json.loads(corpus_file(_GROUPS).read_text(encoding="utf-8"))
    return parsed


@cache
def _supplement() -> Expression:
    (expression,) = read_bytes(_groups(_parsed())).expressions
    return expression


def test_membership_of_every_country_in_every_group_is_that_of_the_printed_tables() -> None:
    sets = {group.name: set(group.countries) for group in country_sets(_supplement())}
    groups = _parsed()["groups"]
    assert sets.keys() == groups.keys()
    countries = {name for names in groups.values() for name in names}
    for name in countries:
        code = country_code(name)
        assert code is not None, name
        assert {group for group, members in sets.items() if code in members} == {
            group for group, names in groups.items() if code in {country_code(printed) for printed in names}
        }, name
    assert {group: len(members) for group, members in sets.items()} == {
        group: len(names) for group, names in groups.items()
    }


def test_no_printed_name_is_left_unread() -> None:
    assert [group.unread for group in country_sets(_supplement()) if group.unread] == []


def test_a_name_that_no_country_is_known_by_is_said_with_its_group() -> None:
    table = Provision(
        eid="supp-1.group-D",
        unit="table",
        children=(
            Provision(eid="h", unit="header", text="Country | [D:1] | [D:5]"),
            Provision(eid="a", unit="entry", text="India7 | X |"),
            Provision(eid="b", unit="entry", text="Mordovenia | X | X"),
        ),
    )
    expression = Expression(
        work="us/cfr/15/740/supp-1", as_of=date(2026, 1, 1), recipe="us_ecfr/1", provisions=(table,)
    )
    assert [(s.name, s.countries, s.unread) for s in country_sets(expression)] == [
        ("D:1", ("IN",), ("Mordovenia",)),
        ("D:5", (), ("Mordovenia",)),
    ]


def test_the_sets_count_from_the_day_of_their_edition() -> None:
    before = country_sets(_supplement())
    later = tuple(
        replace(group, since=group.since + timedelta(days=30), countries=("ZW",)) for group in before
    )
    reference = Reference(groups=(*later, *before))
    day = _supplement().as_of
    assert set(reference.sets_on(day)["A:6"]) != {"ZW"}
    assert reference.sets_on(day + timedelta(days=30))["A:6"] == ("ZW",)
    assert reference.sets_on(day - timedelta(days=1)) == {}


def test_a_set_difference_in_a_sentence_is_that_of_the_sets_and_ends_with_it() -> None:
    reference = Reference(groups=country_sets(_supplement()))
    text = (
        "A license is required for Country Groups D:1 or D:5, excluding any destination also specified in Country Group A:5 or A:6, "
        "and excluding Cuba. Country Group D:5 has its own row."
    )
    touches = touches_in_text(text.split(". ")[0] + ".", reference=reference)
    reached = {t.id for t in touches if t.type == "country" and t.via.startswith("group:")}
    sets = reference.sets_on(None)
    assert reached == {*sets["D:1"], *sets["D:5"]} - {*sets["A:5"], *sets["A:6"], "CU"}
    both = touches_in_text(text, reference=reference)
    assert "CU" in {t.id for t in both if t.via == "group:D:5" and not t.excluded}


def test_each_group_reaches_its_countries_once_however_often_it_is_named() -> None:
    reference = Reference(groups=country_sets(_supplement()))
    text = "Country Group D:5 again.\n" * 200
    assert sum(t.via == "group:D:5" for t in touches_in_text(text, reference=reference)) == len(
        reference.sets_on(None)["D:5"]
    )


def test_the_japanese_lists_of_destinations_are_sets_and_groups_lead_to_their_countries() -> None:
    order = Expression(
        work=JAPANESE_WORK,
        as_of=date(2026, 6, 1),
        recipe="jp_egov/1",
        language="ja",
        provisions=(
            Provision(eid="別表1", unit="appendix", text="英国"),
            Provision(eid="別表3", unit="appendix", num="別表第三", text="アルゼンチン、大韓民国、英国及びアメリカ合衆国（属領を除く。）"),
            Provision(eid="別表4", unit="appendix", num="別表第四", text="イラン、イラク、月面国"),
        ),
    )  # fmt: skip
    sets = destination_sets(order)
    assert [(one.name, one.countries, one.unread) for one in sets] == [
        ("輸出令/別表3", ("AR", "KR", "GB", "US"), ()),
        ("輸出令/別表4", ("IR", "IQ"), ("月面国",)),
    ]
    touches = touches_in_text(
        "輸出令別表第三に掲げる地域以外の地域。別表第四の地域。",
        language="ja",
        reference=Reference(groups=sets),
    )
    reached = {(t.id, t.via, t.excluded) for t in touches if t.type == "country"}
    assert reached == {
        *((code, "group:輸出令/別表3", True) for code in ("AR", "KR", "GB", "US")),
        *((code, "group:輸出令/別表4", False) for code in ("IR", "IQ")),
    }
