"""A watch tried on an archive, of which only what can meet it is read, tells just what it tells of all changes."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.backtest import backtest, backtest_archive
from alerts.conditions import KINDS, Conditions, Watch
from alerts.match import WatchIndex
from alerts.narrowing import narrowing
from alerts.screening import TextScreen
from archive import changes
from archive.narrowing import ANY, Either, touched
from archive.records import Change, Enclosing, Fact, LimitChange, StoredChange, Touch, Transition
from archive.store import Archive
from tests.alerts.made import watch
from tests.archive.building import changeset, edition, item, publish

TEXTS = (
    "limit",
    "LIMIT OF",
    "芯片",
    "chip",
    "China",
    "744.11",
    "744.11 Limit",
    '"it"',
    "works İn",
    "nowhere",
)
PATTERNS = ("[0-9]{4}", "^China$", "(?i)limits? of", r"744\.11", "芯.", r"\bof\b [^a]", "nowhere+")
SINCE, UNTIL = date(2026, 1, 5), date(2026, 2, 20)
WORKS = (
    "us/cfr/15/744",
    "us/cfr/15/7440",
    "us/cfr/15/774/supp-1",
    "us/cfr/15/774",
    "jp/1949/228",
    "us/fr/2026-00001",
)
CODES = ("3A090", "3A090.a", "3A090.a.1", "3A090/9", "3A0900", "3A091", "別表1/7")
IDS = {
    "code": CODES,
    "country": ("TH", "CN", "UA", "UA-43", "UAX"),
    "group": ("D", "D:5", "group:D:5", "group:E", "DX"),
    "series": ("600 series", "D"),
    "technology": ("2", "2.4", "20", "X4"),
    "party": ("ACME", "Acme Ltd.", "Apex", "Ａｐｅｘ"),
    "counterparty": ("V-1", "v-1", "V-2"),
}
ROLES = ("", "item", "note")


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Changes of every sort in every work, drawn with one seed; some analysed again, one transition superseded."""
    draw = random.Random(12)
    with Archive.create(tmp_path_factory.mktemp("narrowing") / "archive") as archive:
        for number in range(40):
            work = WORKS[number % len(WORKS)]
            facts = (Fact(name="cfr_part", value="15 CFR 744"),) if work.startswith("us/fr/") else ()
            expression = replace(edition(item("a", f"{number}"), days=number, work=work), facts=facts)
            publish(archive, expression, body=f"{number}".encode())
            seen = Transition(
                id=f"{number:032x}",
                source="us_federal_register" if facts else "us_ecfr",
                work=work,
                before_sha256=f"before{number}",
                after_sha256=hashlib.sha256(f"{number}".encode()).hexdigest(),
                before=date(2025, 12, 1),
                after=expression.as_of,
                observed_at=datetime(2026, 3, 1, tzinfo=UTC),
            )
            for reading in ("", "other")[: 1 + (number % 5 == 0)]:
                found = [_change(draw, eid) for eid in range(draw.randrange(4))]
                touches = [tuple(_touch(draw) for _ in range(draw.randrange(4))) for _ in found]
                changes.record_changeset(archive, changeset(found, seen), touches, reference=reading)
        changes.supersede_transitions(archive, WORKS[0], into=date(2026, 1, 7))
        yield archive


WORDS = (
    "a limit of 2400",
    "the destination of 芯片",
    "15 CFR 744.11 is revised",
    "ＬＩＭＩＴＳ\u3000of\n“it”",
    "China | see Kenya",
    "Kenya | see China",
    "(a) a limit of 2400",  # a number before a wording that is stored already
    "Widget\u2014works İn Σ",
    "words that nobody asks for",
)
HEADINGS = ("", "", "Chips", "limits of it", "China", "744.11")


def _change(draw: random.Random, number: int) -> Change:
    words, before = draw.choice(WORDS), draw.choice(("", "", *WORDS))
    moved = draw.choice(
        ((("+", words),), (("-", before), ("+", words)), (("=", "apart from "), ("+", "chips")))
    )
    return Change(
        kind=draw.choice(KINDS),
        materiality=draw.choice(("substantive", "editorial")),
        reason="drawn",
        new_eid=f"{draw.choice(CODES)}.{number}",
        unit=draw.choice(("item", "row")),
        num=draw.choice(("", "744.11")),
        heading=draw.choice(HEADINGS),
        text_before=before,
        text_after=words,
        ops=tuple(one for one in moved if one[1]),
        path=(
            Enclosing(eid="3", unit="category", num="3", heading=draw.choice(HEADINGS)),
            Enclosing(eid="3A090", unit="entry", num="3A090", heading=draw.choice(HEADINGS)),
        ),
        limits=(LimitChange(eid="x", quantity="TPP", old="1", new="2", direction="looser"),)[
            : draw.randrange(2)
        ],
    )


def _touch(draw: random.Random) -> Touch:
    kind = draw.choice(tuple(IDS))
    return Touch(
        type=kind,
        id=draw.choice(IDS[kind]),
        regime=draw.choice(("", "ear", "eu")) if kind == "code" else "",
        role=draw.choice(ROLES),
        via=draw.choice(("inserted", "enclosing", "group:D:5")),
    )


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


def _table(given: dict[str, Any]) -> Conditions:
    return Conditions(**given)


tables: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "eccn": some(CODES),
        "item_jp": some(CODES),
        "countries": some(IDS["country"]),
        "through_groups": st.booleans(),
        "groups": some(("D", "D:5", "E", "600 series")),
        "technologies": some(IDS["technology"]),
        "parties": some(("acme", "Apex", "Nobody")),
        "counterparties": some(("*", "V-1", "none")),
        "limits": some(("tighter", "looser")),
        "works": some((*WORKS, "us/cfr/15", "us/cfr/15/774/supp-1#3A090", "us/cfr/15/744#744.11")),
        "sources": some(("us_ecfr", "us_federal_register")),
        "jurisdictions": some(("US", "JP")),
        "kinds": some(KINDS),
        "roles": some(ROLES[1:]),
        "text": some(TEXTS),
        "regex": some(PATTERNS),
        "materiality": some(("substantive", "editorial")),
    },
)
conditions = st.recursive(
    tables.map(_table),
    lambda inner: st.builds(
        lambda table, every, either, none: replace(
            _table(table), all=tuple(every), any=tuple(either), none=tuple(none)
        ),
        tables,
        st.lists(inner, max_size=2),
        st.lists(inner, max_size=2),
        st.lists(inner, max_size=1),
    ),
    max_leaves=4,
)


def _as_watch(name: str, of: Conditions) -> Watch:
    given: dict[str, Any] = {key: getattr(of, key) for key in Conditions.__dataclass_fields__}
    return watch(name=name, **given)


@pytest.fixture(scope="module")
def everything(held: Archive) -> list[StoredChange]:
    return list(changes.into_editions(held, since=SINCE, until=UNTIL))


@settings(max_examples=150, deadline=None)
@given(drawn=st.lists(conditions, min_size=1, max_size=3))
def test_what_is_not_read_would_not_have_met_the_watch(
    held: Archive, everything: list[StoredChange], drawn: list[Conditions]
) -> None:
    watches = [_as_watch(f"w{number}", one) for number, one in enumerate(drawn)]
    whole = backtest(watches, everything, since=SINCE, until=UNTIL)
    assert backtest_archive(held, watches, since=SINCE, until=UNTIL) == whole


def test_each_sort_of_condition_is_met_by_something_here(held: Archive) -> None:
    for key, values in (
        ("eccn", ("3A090.a",)),
        ("countries", ("UA",)),
        ("groups", ("D",)),
        ("technologies", ("2",)),
        ("parties", ("acme",)),
        ("counterparties", ("*",)),
        ("limits", ("looser",)),
        ("works", ("us/cfr/15/744",)),
        ("roles", ("note",)),
        ("text", ("limit",)),
    ):
        asked = _as_watch("w", _table({key: values}))
        (tried,) = backtest_archive(held, [asked], since=SINCE, until=UNTIL)
        assert 0 < len(tried.fired) < tried.transitions, key


@pytest.mark.parametrize(
    ("key", "said"), [*(("text", one) for one in TEXTS), *(("regex", one) for one in PATTERNS)]
)
def test_of_words_alone_only_what_says_them_is_read(
    held: Archive, everything: list[StoredChange], key: str, said: str
) -> None:
    asked = _as_watch("w", _table({key: (said,)}))
    met = {one.id for one in everything if WatchIndex([asked]).match(one)}
    read = {
        one.id for one in changes.into_editions(held, since=SINCE, until=UNTIL, screen=TextScreen([asked]))
    }
    assert met <= read
    assert len(read) < len(everything)
    assert bool(met) == ("nowhere" not in said)


def test_a_watch_that_can_be_met_without_words_is_not_screened() -> None:
    words = _table({"text": ("limit",)})
    assert TextScreen([words]).narrows
    assert not TextScreen([words, _table({"countries": ("TH",)})]).narrows
    assert not TextScreen([Conditions(none=(words,))]).narrows
    assert not TextScreen([Conditions(any=(words, _table({"kinds": ("repeal",)})))]).narrows
    assert TextScreen([Conditions(any=(words, _table({"kinds": ("repeal",), "regex": ("x",)})))]).narrows
    assert TextScreen([Conditions(all=(words,), countries=("TH",))]).narrows


def test_what_cannot_be_looked_up_lets_everything_through(
    held: Archive, everything: list[StoredChange]
) -> None:
    def need(of: Conditions) -> object:
        return narrowing([of], lambda type_: touched(held, type_))

    assert need(Conditions(text=("limit",))) == Either(of=(ANY,))
    assert need(Conditions(none=(Conditions(eccn=("3A090",)),))) == Either(of=(ANY,))
    assert list(changes.into_editions(held, since=SINCE, until=UNTIL, need=Either(of=(ANY,)))) == everything
    assert list(changes.into_editions(held, since=SINCE, until=UNTIL, need=Either(of=()))) == []


def test_changes_into_editions_are_those_of_the_days_asked_for(held: Archive) -> None:
    every = [one for one in changes.changes(held) if SINCE <= one.after <= UNTIL]
    found = list(changes.into_editions(held, since=SINCE, until=UNTIL))
    assert sorted(one.id for one in found) == sorted(one.id for one in every)
    assert [one.after for one in found] == sorted(one.after for one in every)
    assert changes.transitions_into(held, since=SINCE, until=UNTIL) == len(
        {one.transition_id for one in every}
    )
