"""Which watches a change meets, why, and that explaining and matching never disagree."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.conditions import KINDS, Conditions, Watch
from alerts.explain import explain, in_words
from alerts.match import WatchIndex, match
from archive.records import Change, Enclosing, Fact, LimitChange, StoredChange, Touch
from tests.alerts.made import change, chips, document, stored, thailand, watch

# Random changes, each held against up to six random watches; TOCSIN_EXAMPLES=3000 is the long form, of some 10,000 pairs.
EXAMPLES = int(os.environ.get("TOCSIN_EXAMPLES", "150"))


def touched(*touches: Touch, **given: object) -> StoredChange:
    return stored(touches=touches, **given)


def code(
    id: str, *, via: str = "inserted", regime: str = "ear", role: str = "item", excluded: bool = False
) -> Touch:
    return Touch(type="code", id=id, regime=regime, via=via, role=role, excluded=excluded)


def country(id: str, via: str = "inserted", **given: object) -> Touch:
    return Touch(type="country", id=id, via=via, **given)


MATCHES = [
    ("a code covers the items under it", {"eccn": ("3A090",)}, chips(), True),
    ("a code does not cover its neighbour", {"eccn": ("3A091",)}, chips(), False),
    ("an item is not its sibling", {"eccn": ("3A090.b",)}, chips(), False),
    (
        "an item may be in what is said of its bare parent",
        {"eccn": ("3A090.b",)},
        touched(code("3A090")),
        True,
    ),
    (
        "a number of another regime is other law",
        {"eccn": ("3A001",)},
        touched(code("3A001", regime="eu")),
        False,
    ),
    ("and has a key of its own", {"item_eu": ("3A001",)}, touched(code("3A001.a", regime="eu")), True),
    ("a country that was inserted", {"countries": ("TH",)}, thailand(), True),
    ("no other country", {"countries": ("CN", "JP")}, thailand(), False),
    ("a region belongs to its country", {"countries": ("UA",)}, touched(country("UA-43")), True),
    ("a country is not its region", {"countries": ("UA-43",)}, touched(country("UA")), False),
    ("Hong Kong is not a mention of China", {"countries": ("CN",)}, touched(country("HK")), False),
    (
        "a country is reached through a group",
        {"countries": ("RU",)},
        touched(country("RU", "group:D:5")),
        True,
    ),
    (
        "unless told not to",
        {"countries": ("RU",), "through_groups": False},
        touched(country("RU", "group:D:5")),
        False,
    ),
    ("a country named in an exception", {"countries": ("TH",)}, touched(country("TH", excluded=True)), True),
    ("a group by its name", {"groups": ("D:5",)}, touched(Touch(type="group", id="group:D:5")), True),
    ("another group", {"groups": ("D:1",)}, touched(Touch(type="group", id="group:D:5")), False),
    ("a series", {"groups": ("600 series",)}, touched(Touch(type="series", id="600 series")), True),
    ("a technology's sub-item", {"technologies": ("2",)}, touched(Touch(type="technology", id="2.4")), True),
    ("not the other way round", {"technologies": ("2.4",)}, touched(Touch(type="technology", id="2")), False),
    ("2 is not 2x", {"technologies": ("1",)}, touched(Touch(type="technology", id="14.1")), False),
    ("a party, case aside", {"parties": ("ACME",)}, touched(Touch(type="party", id="Acme")), True),
    (
        "a party, marks and legal form aside",
        {"parties": ("Acme Trading Co., Ltd.",)},
        touched(Touch(type="party", id="ACME TRADING")),
        True,
    ),
    ("another party", {"parties": ("ACME",)}, touched(Touch(type="party", id="Apex")), False),
    ("a limit that got tighter", {"limits": ("tighter",)}, chips(), True),
    ("none that got looser", {"limits": ("looser",)}, chips(), False),
    ("a work and what is under it", {"works": ("us/cfr/15/774",)}, chips(), True),
    ("a provision of a work", {"works": ("us/cfr/15/774/supp-1#3A090",)}, chips(), True),
    ("another provision", {"works": ("us/cfr/15/774/supp-1#3A09",)}, chips(), False),
    ("a part is not the beginning of a number", {"works": ("us/cfr/15/77",)}, chips(), False),
    ("an announced amendment of a part", {"works": ("us/cfr/15/744",)}, document(), True),
    ("of no other part", {"works": ("us/cfr/15/74",)}, document(), False),
    ("a source", {"sources": ("us_ecfr",)}, chips(), True),
    ("another source", {"sources": ("us_ecfr",)}, document(), False),
    ("a jurisdiction", {"jurisdictions": ("US",)}, chips(), True),
    ("another jurisdiction", {"jurisdictions": ("JP",)}, chips(), False),
    ("a kind", {"kinds": ("insertion",)}, thailand(), True),
    ("another kind", {"kinds": ("repeal",)}, thailand(), False),
    ("a role of any touch", {"roles": ("item",)}, thailand(), True),
    ("a role that nothing plays", {"roles": ("note",)}, thailand(), False),
    ("the role is that of the touch", {"eccn": ("3A090",), "roles": ("note",)}, chips(), False),
    ("a phrase across changed words", {"text": ("of 2400 or more",)}, chips(), True),
    ("a phrase in unchanged words alone", {"text": ("total processing performance",)}, chips(), False),
    ("a phrase in a heading above", {"text": ("integrated circuit",)}, chips(), True),
    ("a phrase that was deleted", {"text": ("of 4800 or more",)}, chips(), True),
    ("whole words only", {"text": ("land",)}, thailand(), False),
    ("case aside", {"text": ("THAILAND",)}, thailand(), True),
    ("a pattern", {"regex": (r"\b[0-9]{4} or more",)}, chips(), True),
    ("a pattern in unchanged words alone", {"regex": ("total processing",)}, chips(), False),
    (
        "keys are joined by and",
        {"countries": ("TH",), "sources": ("us_federal_register",)},
        thailand(),
        False,
    ),
    ("materiality is substantive by default", {}, thailand(), True),
    ("an editorial change is for who asks", {"materiality": ("editorial",)}, thailand(), False),
    ("all", {"all": (Conditions(countries=("TH",)), Conditions(kinds=("insertion",)))}, thailand(), True),
    (
        "all fails with one",
        {"all": (Conditions(countries=("TH",)), Conditions(kinds=("move",)))},
        thailand(),
        False,
    ),
    ("any", {"any": (Conditions(countries=("JP",)), Conditions(kinds=("insertion",)))}, thailand(), True),
    (
        "any fails with none",
        {"any": (Conditions(countries=("JP",)), Conditions(kinds=("move",)))},
        thailand(),
        False,
    ),
    ("not", {"none": (Conditions(countries=("JP",)),)}, thailand(), True),
    ("not fails", {"none": (Conditions(countries=("TH",)),)}, thailand(), False),
]


# Of every list a number, one that it covers, and one that it does not.
LISTS = [
    ("eccn", "ear", "3A090.a", "3A090.a.1", "3A090.b"),
    ("usml", "usml", "USML:XI.c", "USML:XI.c.4", "USML:XII.c"),
    ("item_jp", "jp", "輸出令/別表1/7", "輸出令/別表1/7/16", "輸出令/別表1/71"),
    ("item_eu", "eu", "3A001", "3A001.b.1", "3A002"),
    ("item_uk", "uk", "PL9009", "PL9009.a", "PL9010"),
    ("item_cn", "cn", "3A901", "3A901.a", "3A902"),
    ("item_de", "de", "3A1906", "3A1906.a", "3A1907"),
    ("military", "ml", "ML10", "ML10.c", "ML1"),
    ("ai_act", "aia", "AIA:art5.1", "AIA:art5.1.h", "AIA:art50.1"),
]
MATCHES += [
    (
        f"a number of every list, {key} {via}",
        {key: (watched,)},
        touched(code(under, regime=regime, via=via)),
        True,
    )
    for key, regime, watched, under, _ in LISTS
    for via in ("inserted", "deleted", "enclosing")
]
MATCHES += [
    (f"another number of {key}", {key: (watched,)}, touched(code(other, regime=regime)), False)
    for key, regime, watched, _, other in LISTS
]
MATCHES += [
    (
        f"the same number in another list than {key}",
        {key: (watched,)},
        touched(code(under, regime="other")),
        False,
    )
    for key, regime, watched, under, _ in LISTS
]
MATCHES += [
    ("a country that was deleted", {"countries": ("TH",)}, touched(country("TH", "deleted")), True),
    ("a country in a heading above", {"countries": ("TH",)}, touched(country("TH", "enclosing")), True),
    ("a whole group and a part of it", {"groups": ("D",)}, touched(Touch(type="group", id="group:D:5")), True),
    ("a part is not its group", {"groups": ("D:5",)}, touched(Touch(type="group", id="group:D")), False),
    ("another series", {"groups": ("9x515",)}, touched(Touch(type="series", id="600 series")), False),
    ("an editorial change where it is asked for", {"materiality": ("editorial",)}, touched(), False),
    ("any materiality where both are asked for", {"materiality": ("editorial", "substantive")}, chips(), True),
    ("a role beside a touch that plays another", {"countries": ("TH",), "roles": ("note",)}, thailand(), False),
    ("a role that the touch plays", {"countries": ("TH",), "roles": ("item", "note")}, thailand(), True),
    ("no group where groups are left out below", {"any": (Conditions(countries=("RU",), through_groups=False),)}, touched(country("RU", "group:D:5")), False),
    ("a name counts although groups are left out", {"countries": ("RU",), "through_groups": False}, touched(country("RU", "group:D:5"), country("RU")), True),
]  # fmt: skip


@pytest.mark.parametrize(
    ("conditions", "one", "met"), [case[1:] for case in MATCHES], ids=[case[0] for case in MATCHES]
)
def test_a_watch_matches_what_it_asks_for_and_nothing_else(
    conditions: dict[str, object], one: StoredChange, met: bool
) -> None:
    assert bool(match([watch(**conditions)], one)) is met


def test_a_phrase_in_a_script_without_blanks_is_found_inside_a_run() -> None:
    one = stored(change((("=", "出口"), ("+", "先进人工智能芯片组"), ("=", "的"))))
    assert match([watch(text=("人工智能芯片",))], one)
    assert not match([watch(text=("量子计算",))], one)


def test_a_match_says_the_condition_the_term_and_how_it_was_reached() -> None:
    one = touched(country("RU", "group:D:5", role="item"), code("3A090"))
    (found,) = match([watch(countries=("RU",), eccn=("3A090.a",))], one)
    assert [in_words(reason) for reason in found.why] == [
        "materiality substantive",
        "control number 3A090, watched as 3A090.a, in inserted words, as item, may include",
        "country Russia (RU), reached through group D:5, as item",
    ]


def test_a_country_in_an_exception_matches_with_the_word() -> None:
    (found,) = match([watch(countries=("TH",))], touched(country("TH", excluded=True)))
    assert "named in an exception" in in_words(found.why[-1])


def test_an_enclosing_parent_of_a_sibling_is_no_bare_parent() -> None:
    other = touched(code("3A090", via="enclosing"), code("3A090.b", via="enclosing"))
    assert not match([watch(eccn=("3A090.a",))], other)
    heading = touched(code("3A090", via="enclosing"))
    (found,) = match([watch(eccn=("3A090.a",))], heading)
    assert found.why[-1].note == "may include"


def test_explaining_names_the_condition_that_failed() -> None:
    told = explain(watch(countries=("JP",), sources=("us_ecfr",)), thailand())
    assert not told.matched
    assert [outcome.key for outcome in told.failed] == ["countries"]
    assert any(line.strip() == "FAILED  countries = JP" for line in told.lines())


def test_the_cost_of_a_change_does_not_grow_with_watches_it_does_not_touch() -> None:
    many = [watch(f"w{number}", eccn=(f"{number % 10}B{number:03d}",)) for number in range(900)]
    index = WatchIndex([*many, watch("chips", eccn=("3A090",))])
    assert [found.watch.name for found in index.match(chips())] == ["chips"]
    assert index.candidates(chips()) == (900,)


# ── explain and match agree on everything ──────────────────────────────────────────────────────────

CODES = ["3A090", "3A090.a", "3A090.a.1", "3A090.b", "3A091", "4A090"]
WORDS = [
    "limit",
    "limits",
    "AI",
    "chip",
    "芯片",
    "人工",
    "Straße",
    "ı",
    "İ",
    "2400",
    "high-bandwidth memory",
    "s",
]
some = lambda values: st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)  # noqa: E731
tables = st.fixed_dictionaries(
    {},
    optional={
        "eccn": some(CODES),
        "item_eu": some(CODES),
        "countries": some(["TH", "CN", "UA", "UA-43"]),
        "through_groups": st.booleans(),
        "groups": some(["D:5", "D", "600 series"]),
        "technologies": some(["2", "2.4", "X4"]),
        "parties": some(["ACME", "Apex"]),
        "limits": some(["tighter", "looser"]),
        "works": some(["us/cfr/15/744", "us/cfr/15/774/supp-1", "us/cfr/15/774/supp-1#3A090"]),
        "sources": some(["us_ecfr", "us_federal_register"]),
        "jurisdictions": some(["US", "JP"]),
        "kinds": some(list(KINDS)),
        "roles": some(["item", "note"]),
        "text": some(WORDS),
        "regex": some(["[0-9]{4}", "(?i)CHIP", "芯.", "^s", "li?mit|memory", "[a-z]+s", "(?i)straße"]),
        "materiality": some(["substantive", "editorial"]),
    },
)
conditions = st.recursive(
    st.builds(lambda table: Conditions(**table), tables),
    lambda inner: st.builds(
        lambda table, all, any, none: Conditions(**table, all=tuple(all), any=tuple(any), none=tuple(none)),
        tables,
        st.lists(inner, max_size=2),
        st.lists(inner, max_size=2),
        st.lists(inner, max_size=1),
    ),
    max_leaves=4,
)
watches = st.builds(
    lambda one, materiality: watch(
        **{key: getattr(one, key) for key in Conditions.__dataclass_fields__ if key != "materiality"},
        materiality=materiality,
    ),
    conditions,
    some(["substantive", "editorial", "technical"]),
)
touches = st.builds(
    Touch,
    type=st.sampled_from(["code", "country", "group", "series", "technology", "party", "limit"]),
    id=st.sampled_from([*CODES, "TH", "UA-43", "UA", "group:D:5", "600 series", "2", "2.4", "Acme"]),
    regime=st.sampled_from(["", "ear", "eu"]),
    via=st.sampled_from(["inserted", "deleted", "enclosing", "group:D:5"]),
    role=st.sampled_from(["", "item", "note"]),
    excluded=st.booleans(),
)
texts = st.lists(st.sampled_from([*WORDS, " ", "-", "\u00a0", "ＡＩ", "Κ", "ſ"]), max_size=4).map("".join)
operations = st.lists(st.tuples(st.sampled_from("=+-"), texts.filter(bool)), max_size=4).map(tuple)
changes = st.builds(
    lambda ops, kind, materiality, eid, path, limits: Change(
        kind=kind,
        materiality=materiality,
        reason="drawn",
        new_eid=eid,
        ops=ops,
        path=path,
        limits=limits,
        unit="row",
    ),
    operations,
    st.sampled_from(KINDS),
    st.sampled_from(["substantive", "editorial"]),
    st.sampled_from(CODES),
    st.lists(st.builds(Enclosing, eid=st.sampled_from(CODES), heading=texts), max_size=2).map(tuple),
    st.lists(
        st.builds(LimitChange, eid=st.just("x"), direction=st.sampled_from(["tighter", "looser"])), max_size=1
    ).map(tuple),
)
stored_changes = st.builds(
    lambda one, touches, source, work, facts: stored(
        one, tuple(touches), source=source, work=work, facts=facts
    ),
    changes,
    st.lists(touches, max_size=4),
    st.sampled_from(["us_ecfr", "us_federal_register"]),
    st.sampled_from(["us/cfr/15/774/supp-1", "us/cfr/15/744", "jp/1949/228"]),
    st.sampled_from([(), (Fact(name="cfr_part", value="15 CFR 744"),)]),
)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(watches, min_size=1, max_size=6), stored_changes)
def test_explain_agrees_with_match(drawn: list[Watch], one: StoredChange) -> None:
    named = [replace(each, name=f"w{number}") for number, each in enumerate(drawn)]
    matched = {found.watch.name: found for found in WatchIndex(named).match(one)}
    for each in named:
        told = explain(each, one)
        assert told.matched is (each.name in matched)
        if told.matched:
            assert matched[each.name].why == tuple(
                reason for outcome in told.outcomes for reason in outcome.reasons
            )
