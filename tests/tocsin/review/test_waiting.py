"""What a digest tells, change by change, with how it stands now: the same as reading everything anew, whatever is decided, owed or analysed again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive.changes import record_changeset
from archive.records import Change, StoredChange
from archive.store import Archive
from tests.archive.building import at, changeset, edition, item, publish, substitution, transition
from tests.tocsin.review.desk import PEOPLE, remember, tell, who
from tocsin.digest.told import Telling
from tocsin.review.by_place import ByPlace
from tocsin.review.decisions import assign, decide
from tocsin.review.items import Item, items_of
from tocsin.review.waiting import live

STEP = transition(1, hours=30)
FOUND = (
    substitution("1", "The limit is 4800.", "The limit is 2400."),
    substitution("2", "Apart.", "apart.", materiality="editorial"),
    Change(kind="insertion", materiality="substantive", reason="words", new_eid="3", text_after="New."),
    Change(kind="repeal", materiality="substantive", reason="words", old_eid="4", text_before="Gone."),
    Change(kind="join", materiality="substantive", reason="words", old_eid="5", new_eid="7", text_after="b"),
    Change(kind="join", materiality="editorial", reason="words", old_eid="6", new_eid="7", text_after="b"),
)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "archive") as made:
        remember(made, 1, chips={"eccn": ["3A090"], "owner": "rob"})
        texts = [item(eid, eid) for eid in "124567"]
        publish(made, edition(*texts), hours=2)
        publish(made, edition(*texts, item("3", "New."), days=1), hours=30)
        yield made


def analysed(archive: Archive, changes: tuple[Change, ...], engine: str) -> tuple[StoredChange, ...]:
    return record_changeset(archive, changeset(changes, STEP, engine), [()] * len(changes))


def tellings(stored: tuple[StoredChange, ...]) -> list[Telling]:
    return [
        Telling(
            change=one.id,
            transition=one.transition_id,
            eids=(one.change.old_eid, one.change.new_eid),
            citation="",
            review=None,
        )
        for one in stored
    ]


def read_anew(archive: Archive, told: list[Telling]) -> list[list[Item]]:
    everything = items_of(archive, STEP.id)
    here = ByPlace((one.found.change, one.found.eids, one) for one in everything)
    return [here.at(one.change, one.eids) for one in told]


def is_as_read_anew(archive: Archive, told: list[Telling]) -> bool:
    whole, now = read_anew(archive, told), live(archive, "v", told)
    assert now.is_to_decide == tuple(map(bool, whole))
    assert dict(now.said) == {
        order: tuple(items)
        for order, items in enumerate(whole)
        if any(one.state or one.assigned for one in items)
    }
    assert all(
        {one.found.change for one in items} <= set(changes)
        for items, changes in zip(whole, now.changes, strict=True)
    )
    return any(whole)


def test_what_is_said_and_owed_and_found_again_is_seen_at_once(archive: Archive) -> None:
    stored = analysed(archive, FOUND, "tocsin-diff/1")
    told = tellings(stored)
    assert is_as_read_anew(archive, told)
    assert not live(archive, "v", told).is_to_decide[1]
    tell(archive, stored[1], "chips")
    assert is_as_read_anew(archive, told)
    assert live(archive, "v", told).is_to_decide[1], "a watch was told of it, so it is to be decided"
    decide(archive, who("rob"), stored[0].id, "relevant", people=PEOPLE, at=at(40))
    assign(archive, who("rob"), stored[3].id, "cora", people=PEOPLE, at=at(41))
    assert is_as_read_anew(archive, told)
    assert set(live(archive, "v", told).said) == {0, 3}
    decide(archive, who("rob"), stored[4].id, "not applicable", people=PEOPLE, at=at(42), reason="None.")
    assert is_as_read_anew(archive, told)
    assert set(live(archive, "v", told).said) == {0, 3, 4, 5}, "both sides of a join are one place"
    analysed(archive, (replace(FOUND[0], kind="renumber"), *FOUND[2:]), "tocsin-diff/2")
    assert is_as_read_anew(archive, told)
    assert live(archive, "v", told).changes[1] == ()


def test_a_transition_that_counts_no_more_has_nothing_to_decide(archive: Archive) -> None:
    told = tellings(analysed(archive, FOUND, "tocsin-diff/1"))
    assert is_as_read_anew(archive, told)
    with archive.transaction():
        archive.database.execute("UPDATE changeset SET newest = 0")
    assert not is_as_read_anew(archive, told)


def test_one_change_is_read_as_among_all(archive: Archive) -> None:
    stored = analysed(archive, FOUND, "tocsin-diff/1")
    tell(archive, stored[1], "chips")
    decide(archive, who("rob"), stored[4].id, "relevant", people=PEOPLE, at=at(42))
    everything = items_of(archive, STEP.id)
    for one in stored:
        own = tuple(each for each in everything if each.found.change == one.id)
        assert items_of(archive, STEP.id, change=one.id) == own
    old = stored[0].id
    analysed(archive, (replace(FOUND[0], kind="renumber"), *FOUND[1:]), "tocsin-diff/2")
    (now,) = items_of(archive, STEP.id, change=old)
    assert now.found.change != old
    assert now.found.eids == ("1", "1")
