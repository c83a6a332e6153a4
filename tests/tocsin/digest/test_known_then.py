"""A digest is built of the archive as it was known at an instant: whatever is written afterwards, it is the same, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from archive import acknowledged, calendar, changes, incidents, ledger, outbox
from archive.errors import TocsinError
from archive.incidents import Trouble
from archive.interned import sort_ids, sort_of
from archive.records import Delivery, Fuse, Touch
from archive.store import Archive
from tests.tocsin.digest.made import (
    LIST,
    MONDAY,
    TITLES,
    WEEK,
    digest_of,
    empty,
    instant,
    later,
    paper,
    take,
    text,
)
from tocsin.digest.building import build
from tocsin.digest.formats import FORMATS
from tocsin.digest.kept import content_of, find, keep, others
from tocsin.digest.records import Digest
from tocsin.digest.templating import Manner
from tocsin.digest.week import period

BEFORE, DAY, AFTER = MONDAY - timedelta(days=10), MONDAY + timedelta(days=1), MONDAY + timedelta(days=9)
FIRST = text(LIST, BEFORE, "Destinations: France, Japan.", "A licence is needed for 4800 units.")
SECOND = later(FIRST, DAY, "Destinations: France, Japan, Thailand.", "A licence is needed for 2400 units.")
UNTIL = instant(MONDAY + timedelta(days=7), 0)
NINE = Touch(type="technology", id="9")


def week(archive: Archive) -> None:
    """A week in which something of every sort happened."""
    take(archive, instant(BEFORE), FIRST)
    take(archive, instant(DAY), SECOND)
    take(
        archive,
        instant(DAY, 10),
        paper("2031-00001", DAY, "Final rule.", effective="2031-04-01"),
        source="us_federal_register",
    )
    take(archive, instant(DAY, 11), source="uk_notices", outcome="incomplete", reason="the host answered 503")
    trouble = Trouble(subject="", said="the host answered 503")
    incidents.settle(
        archive, "uk_notices", "failing", [trouble], at=instant(DAY, 11), patience=timedelta(days=1)
    )
    first = next(changes.changes(archive, work=LIST))
    outbox.enqueue(archive, delivery(first.transition_id, "m1"), instant(DAY, 12))
    outbox.enqueue(archive, delivery(first.transition_id, "m2"), instant(DAY, 12))
    send(archive, "m1", instant(DAY, 12))
    acknowledged.wait_for(
        archive, first.transition_id, "a@example.org", since=instant(DAY, 12), due=instant(DAY, 20)
    )
    calendar.keep(archive, LIST, [fuse("stay ends")], as_of=DAY, seen=DAY)


def delivery(transition: str, key: str) -> Delivery:
    payload = '{"title":"A title","body":"b","html":"h","link":"","thread":"t","watches":["w"]}'
    return Delivery(
        key=key, message_id=key, transition_id=transition, watch="w", target="x", changes=(), payload=payload
    )


def send(archive: Archive, key: str, at: datetime) -> None:
    assert outbox.claim(archive, key, at)
    outbox.mark_sent(archive, key, at)


def fuse(sort: str) -> Fuse:
    return Fuse(
        work=LIST,
        eid="p1",
        day=date(2031, 4, 2),
        named=date(2031, 4, 1),
        sort=sort,
        act="95 FR 1",
        words="It ends.",
    )


def a_later_edition(archive: Archive) -> None:
    take(archive, instant(AFTER), later(FIRST, AFTER, "Destinations: none.", "No licence is needed."))


def an_edition_in_between(archive: Archive) -> None:
    take(
        archive,
        instant(AFTER),
        later(FIRST, DAY - timedelta(days=3), "Destinations: France.", "A licence is needed for 3000 units."),
    )


def another_reader(archive: Archive) -> None:
    """The transition is analysed again, by an engine that finds something else, and nothing of the first analysis counts."""
    take(archive, instant(AFTER))
    first = next(changes.changes(archive, work=LIST))
    archive.database.execute(
        "INSERT INTO changeset (transition_id, engine, digest, reference, newest) VALUES (?, 'e/2', 'd', '', 0)",
        (first.transition_id,),
    )
    archive.database.execute(
        "UPDATE changeset SET newest = engine = 'e/2' WHERE transition_id = ?", (first.transition_id,)
    )


def other_terms(archive: Archive) -> None:
    """The touches of the same analysis are read with another state of the tables."""
    take(archive, instant(AFTER))
    rows = archive.database.execute(
        "SELECT change.id, changeset.id FROM change JOIN changeset ON changeset.id = change.changeset"
    ).fetchall()
    for change, changeset in rows:
        archive.database.execute("DELETE FROM touch_of_change WHERE change = ?", (change,))
        sort = sort_ids(archive.database, [(NINE,)])[sort_of(NINE)]
        archive.database.execute(
            "INSERT INTO touch_of_change VALUES (?, '', 0, ?, '9', 0, 0)", (change, sort)
        )
        archive.database.execute("UPDATE changeset SET reference = '' WHERE id = ?", (changeset,))


def a_delivery(archive: Archive) -> None:
    first = next(changes.changes(archive, work=LIST))
    send(archive, "m2", instant(AFTER))
    outbox.enqueue(archive, delivery(first.transition_id, "m3"), instant(AFTER))


def an_acknowledgement(archive: Archive) -> None:
    acknowledged.acknowledge(archive, "m1", person="a@example.org", note="", at=instant(AFTER))


def the_end_of_an_incident(archive: Archive) -> None:
    said = Trouble(subject="", said="the host answered 504")
    take(archive, instant(AFTER), source="uk_notices", outcome="incomplete", reason="504")
    incidents.settle(archive, "uk_notices", "failing", [said], at=instant(AFTER), patience=timedelta(days=1))
    incidents.settle(archive, "uk_notices", "failing", [], at=instant(AFTER, 12), patience=timedelta(days=1))


def another_calendar(archive: Archive) -> None:
    take(archive, instant(AFTER))
    calendar.keep(archive, LIST, [fuse("stay begins")], as_of=DAY, seen=AFTER)


LATER: tuple[Callable[[Archive], None], ...] = (
    a_later_edition,
    an_edition_in_between,
    another_reader,
    other_terms,
    a_delivery,
    an_acknowledgement,
    the_end_of_an_incident,
    another_calendar,
)


def printed(digest: Digest) -> dict[str, bytes]:
    manner = Manner(address="https://tocsin.example.org")
    return {form: made(digest, manner) for form, (_, made) in FORMATS.items() if form != "pdf"}


@pytest.mark.parametrize("after", LATER, ids=lambda one: one.__name__)
def test_what_is_written_later_changes_nothing_of_a_week(
    tmp_path: Path, after: Callable[[Archive], None]
) -> None:
    with empty(tmp_path) as archive:
        week(archive)
        before = digest_of(archive)
        as_it_is = digest_of(archive, known=instant(AFTER, 23))
        after(archive)
        again = digest_of(archive)
        as_it_is_now = digest_of(archive, known=instant(AFTER, 23))
    assert content_of(again) == content_of(before)
    assert printed(again) == printed(before)
    assert as_it_is_now != as_it_is, "the test planted something that a digest of a later instant shows"


def test_the_kept_digest_is_the_one_that_the_archive_gives_again(tmp_path: Path) -> None:
    with empty(tmp_path) as archive:
        week(archive)
        first = digest_of(archive)
        assert keep(archive, first, at=UNTIL)
        for after in LATER[3:]:
            after(archive)
        again = digest_of(archive)
        assert not keep(archive, again, at=UNTIL + timedelta(days=3))
        assert others(archive, again) == ()
        one, read = find(archive, WEEK)
    assert read == first == again
    assert one.built == UNTIL


def test_a_kept_digest_is_never_changed(tmp_path: Path) -> None:
    with empty(tmp_path) as archive:
        week(archive)
        keep(archive, digest_of(archive), at=UNTIL)
        for edit in ("UPDATE digest SET content = ''", "DELETE FROM digest", "DELETE FROM analysis_history"):
            with pytest.raises(Exception, match="never changed"):
                archive.database.execute(edit)


def test_at_an_earlier_instant_less_was_known(tmp_path: Path) -> None:
    with empty(tmp_path) as archive:
        week(archive)
        early = digest_of(archive, known=instant(DAY, 9) + timedelta(minutes=30))
        whole = digest_of(archive)
    assert early.substantive == 2
    assert whole.substantive == 3
    assert {one.source for one in early.coverage} == {"us_ecfr"}
    assert early.alerts.owed == 0


def test_a_run_that_still_goes_on_keeps_the_digest_waiting(tmp_path: Path) -> None:
    with empty(tmp_path) as archive:
        week(archive)
        ledger.start_run(archive, "us_ecfr", at=UNTIL - timedelta(minutes=1), replayed=True)
        with pytest.raises(TocsinError, match="has not ended"):
            digest_of(archive)
        before_it = period(WEEK, "UTC", now=UNTIL, known=UNTIL - timedelta(minutes=2))
        assert build(archive, before_it, titles=TITLES).substantive == 3


def test_touches_are_those_that_were_read_then(tmp_path: Path) -> None:
    with empty(tmp_path) as archive:
        week(archive)
        other_terms(archive)
        (then,) = [
            item
            for step in digest_of(archive).steps
            for item in step.items
            if "Thailand" in item.change.text_after
        ]
        late = digest_of(archive, known=datetime(2031, 12, 1, tzinfo=UTC))
        (now,) = [item for step in late.steps for item in step.items if "Thailand" in item.change.text_after]
    assert "country TH" in then.touches
    assert now.touches == ("technology 9",)
