"""When a decision no longer stands, and why; and when it does although something is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from archive import calendar, editions, events
from archive.changes import change, record_changeset, supersede_transitions
from archive.events import Stage
from archive.records import Change, ChangeSet, Fact, Fuse, StoredChange
from archive.store import Archive
from tests.archive.building import WORK, at, changeset, edition, item, on, publish, substitution, transition
from tests.tocsin.review.desk import AFTER, BEFORE, change_in, decided, later, remember, state
from tocsin.review.items import items_of_change
from tocsin.review.lapses import Now, state_of


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "archive") as made:
        yield made


@pytest.fixture
def stored(archive: Archive) -> StoredChange:
    return change_in(archive)


def why(archive: Archive, hours: float | None = None) -> list[str]:
    return [lapse.why for lapse in state(archive, hours).lapses]


def test_a_decision_stands_while_nothing_changes(archive: Archive, stored: StoredChange) -> None:
    decided(archive, stored)
    assert state(archive).lapses == ()
    assert not state(archive).is_open


def test_a_later_change_of_the_same_provision_opens_it(archive: Archive, stored: StoredChange) -> None:
    decided(archive, stored)
    later(
        archive,
        2,
        [substitution("1", AFTER, "The limit is 1200.")],
        ("1", "The limit is 1200."),
        ("2", "Apart."),
        hours=60,
    )
    assert state(archive).is_open
    assert why(archive) == [
        "a later change of the same provision (substantive substitution, edition of 2026-01-03)"
    ]
    assert state(archive).lapses[0].at == at(60)
    assert why(archive, hours=59) == []


def test_a_later_change_of_another_provision_opens_nothing(archive: Archive, stored: StoredChange) -> None:
    decided(archive, stored)
    later(archive, 2, [substitution("2", "Apart.", "Together.")], ("1", AFTER), ("2", "Together."), hours=60)
    assert why(archive) == []


def test_a_later_change_of_words_opens_it_even_if_it_is_editorial(
    archive: Archive, stored: StoredChange
) -> None:
    decided(archive, stored)
    again = replace(substitution("1", AFTER, "The limit is: 2400."), materiality="editorial")
    later(archive, 2, [again], ("1", "The limit is: 2400."), ("2", "Apart."), hours=60)
    assert why(archive) == [
        "a later change of the same provision (editorial substitution, edition of 2026-01-03)"
    ]


@pytest.mark.parametrize("materiality", ["editorial", "technical"])
def test_a_later_renumbering_without_words_opens_nothing(
    archive: Archive, stored: StoredChange, materiality: str
) -> None:
    decided(archive, stored)
    renumbered = Change(
        kind="renumbering",
        materiality=materiality,
        reason="a number",
        old_eid="1",
        new_eid="3",
        text_before=AFTER,
        text_after=AFTER,
    )
    later(archive, 2, [renumbered], ("3", AFTER), ("2", "Apart."), hours=60)
    assert why(archive) == []


def test_what_was_known_when_it_was_decided_does_not_open_it(archive: Archive, stored: StoredChange) -> None:
    later(
        archive,
        2,
        [substitution("1", AFTER, "The limit is 1200.")],
        ("1", "The limit is 1200."),
        ("2", "Apart."),
        hours=60,
    )
    decided(archive, stored, hours=70)
    assert why(archive) == []


def test_a_changed_watch_opens_it_and_names_the_key(archive: Archive, stored: StoredChange) -> None:
    decided(archive, stored)
    remember(
        archive,
        50,
        chips={"eccn": ["3A090", "3A991"], "owner": "rob"},
        servers={"eccn": ["4A090"], "owner": "rob"},
    )
    assert state(archive).is_open
    assert why(archive) == ["the watch “chips” was edited: eccn"]
    assert state(archive).lapses[0].at == at(50)
    assert why(archive, hours=49) == []


def test_another_watch_another_owner_or_another_target_opens_nothing(
    archive: Archive, stored: StoredChange
) -> None:
    decided(archive, stored)
    remember(
        archive,
        50,
        chips={"eccn": ["3A090"], "owner": "cora", "notify": ["legal-mail"], "parties": []},
        servers={"eccn": ["4A090", "4A994"]},
    )
    assert why(archive) == []


def test_a_watch_that_was_taken_out_opens_it(archive: Archive, stored: StoredChange) -> None:
    decided(archive, stored)
    remember(archive, 50, servers={"eccn": ["4A090"], "owner": "rob"})
    assert why(archive) == ["the watch “chips” was taken out"]


def test_a_new_engine_opens_nothing_even_if_it_finds_another_kind_of_change(
    archive: Archive, stored: StoredChange
) -> None:
    key = decided(archive, stored)
    otherwise = replace(substitution("1", BEFORE, AFTER), kind="renumbering", old_eid="0")
    again = ChangeSet(transition=transition(1, hours=30), engine="tocsin-diff/2", changes=(otherwise,))
    (found,) = record_changeset(archive, again, [()])
    assert found.id != stored.id
    assert why(archive) == []
    (still,) = items_of_change(archive, found.id)
    assert still.state is not None
    assert still.state.decision.id == key
    assert not still.is_open
    assert [one.found.change for one in items_of_change(archive, stored.id)] == [found.id]


def test_a_new_recipe_that_reads_the_same_words_opens_nothing(archive: Archive, stored: StoredChange) -> None:
    decided(archive, stored)
    reread(archive, BEFORE.replace(" ", "\u00a0 "), AFTER.replace(" ", "\n"))
    assert why(archive) == []


def test_a_new_recipe_that_reads_other_words_opens_it(archive: Archive, stored: StoredChange) -> None:
    decided(archive, stored)
    reread(archive, BEFORE, "The limit is 2,400 operations.")
    assert why(archive) == ["the law text after is read otherwise now"]
    assert state(archive).lapses[0].at == at(80)
    assert why(archive, hours=79) == []


def test_an_edition_in_between_opens_it(archive: Archive, stored: StoredChange) -> None:
    decided(archive, stored)
    supersede_transitions(archive, WORK, into=on(1))
    assert why(archive) == ["an edition in between came to hand, and its transition no longer counts"]


def test_a_moved_date_opens_the_date_alone(archive: Archive) -> None:
    stored = paper(archive, effective="2026-03-01")
    decided(archive, stored)
    delayed = paper(archive, number=2, effective="2026-06-01", hours=60)
    assert why(archive) == []
    for hours, one, sort in ((31, stored, "published"), (61, delayed, "extended")):
        stage = Stage(transition_id=one.transition_id, stage=sort, work=one.work, title="t", at=at(hours))
        events.add_stage(archive, "act", stage, [("rin", "0694-ZZ99")])
    assert not state(archive).is_open
    assert state(archive).is_date_open
    assert why(archive) == ["a date moved (effective: 2026-03-01 → 2026-06-01)"]
    assert why(archive, hours=60) == []


def test_a_date_of_the_calendar_that_moved_opens_the_date_alone(
    archive: Archive, stored: StoredChange
) -> None:
    kept_until(archive, 20)
    decided(archive, stored)
    kept_until(archive, 25)
    assert state(archive).is_date_open
    assert not state(archive).is_open
    assert why(archive) == ["a date moved (stay ends: 2026-01-21 → 2026-01-26)"]


def test_a_stay_without_a_changed_word_opens_the_date_alone(archive: Archive, stored: StoredChange) -> None:
    decided(archive, stored)
    stayed = Change(
        kind="applicability",
        materiality="substantive",
        reason="stayed",
        old_eid="1",
        new_eid="1",
        text_before=AFTER,
        text_after=AFTER,
    )
    later(archive, 2, [stayed], ("1", AFTER), ("2", "Apart."), hours=60)
    assert not state(archive).is_open
    assert state(archive).is_date_open
    assert why(archive) == ["since 2026-01-03 the provision applies otherwise: stayed"]


def test_the_state_is_a_pure_function_of_records(archive: Archive, stored: StoredChange) -> None:
    decided(archive, stored)
    one = state(archive).decision
    now = Now(bond=one.bond, read_at=at(40), watch_at=at(40), date_at=at(40))
    assert state_of(one, now).lapses == ()
    changed = replace(now, bond=replace(one.bond, old="x", watch="y", dates=(("effective", "2026-01-01"),)))
    assert [lapse.why for lapse in state_of(one, changed).lapses] == [
        "the law text before is read otherwise now",
        "the watch “chips” was edited",
    ]
    assert state_of(one, changed) == state_of(one, changed)


def test_a_change_that_carried_others_along_is_opened_by_a_change_of_one_of_them(archive: Archive) -> None:
    remember(archive, 1, chips={"eccn": ["3A090"]})
    publish(archive, edition(item("a", "", item("a.1", "Words."))), hours=2)
    publish(archive, edition(item("b", "", item("b.1", "Words.")), days=1), hours=30)
    moved = Change(
        kind="move",
        materiality="substantive",
        reason="r",
        old_eid="a",
        new_eid="b",
        carried=(("a.1", "b.1"),),
    )
    (stored,) = record_changeset(archive, changeset([moved], transition(1, hours=30)), [()])
    decided(archive, stored)
    publish(archive, edition(item("b", "", item("b.1", "Others.")), days=2), hours=60)
    record_changeset(
        archive, changeset([substitution("b.1", "Words.", "Others.")], transition(2, hours=60)), [()]
    )
    assert state(archive).is_open


def reread(archive: Archive, before: str, after: str) -> None:
    """The two editions by another recipe, from hour 80 on."""
    held = editions.editions(archive, WORK)
    texts = (before, after)
    derived = [
        (edition(item("1", text), item("2", "Apart."), days=days, recipe="us_ecfr/2"), held[days].capture_id)
        for days, text in enumerate(texts)
    ]
    editions.rederive(archive, WORK, derived, at=at(80))


def paper(archive: Archive, *, effective: str, number: int = 1, hours: float = 30) -> StoredChange:
    """A rule that appeared."""
    work = f"us/fr/2026-0000{number}"
    said = replace(
        edition(item("p", "Words."), days=number, work=work, recipe="us_federal_register/1"),
        kind="document",
        facts=(Fact(name="effective", value=effective),),
    )
    publish(archive, said, hours=hours)
    step = replace(
        transition(number, work=work, hours=hours, source="us_federal_register"),
        before=None,
        before_sha256="",
    )
    appeared = Change(
        kind="insertion",
        materiality="substantive",
        reason="it appeared",
        text_after="Words.",
        ops=(("+", "Words."),),
    )
    record_changeset(archive, changeset([appeared], step), [()])
    found = change(
        archive, archive.database.execute("SELECT key FROM change ORDER BY id DESC LIMIT 1").fetchone()[0]
    )
    assert found is not None
    return found


def kept_until(archive: Archive, days: int) -> None:
    """That a stay of the provision ends after so many days."""
    fuse = Fuse(
        work=WORK,
        eid="1",
        day=on(days + 1),
        named=on(days),
        sort="stay ends",
        words="stayed until further notice",
    )
    calendar.keep(archive, WORK, [fuse], as_of=on(1), seen=on(2))
