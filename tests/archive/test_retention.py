"""What a rule drops goes for good and says so; what anything still needs stays, and reads as it did."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive import backup, chain, editions, retention
from archive.captures import CaptureStore
from archive.dropped import dropped
from archive.errors import BadInput
from archive.lock import alone_with_bodies, no_body_goes
from archive.retention import Rule
from archive.store import Archive
from archive.verify import verify
from tests.archive.building import DAY, WORK, at, capture, edition, item

YEARS = 365 * 24
NOW = at(6 * YEARS)
RULE = Rule(source="us_ecfr", count=2, unit="year", reason='sources.us_ecfr.keep_captures = "2 years"')
WORDS = " ".join(f"the exporter shall keep record {number} of the shipment" for number in range(300))


def published(archive: Archive, number: int, *, hours: float, document: str = "title-15/part-999") -> str:
    """An edition of a document, published; the SHA-256 of its bytes, which share most with the edition before."""
    body = f"<part>{WORDS} edition {number} of {document}</part>".encode()
    row = editions.record_capture(archive, None, capture(body, days=number, document=document, hours=hours))
    text = edition(item("1", f"edition {number}"), days=number, work=f"{WORK}/{document}")
    editions.publish(archive, text, row.id, observed=at(hours), provisional=False)
    return row.sha256


def applied(archive: Archive, rule: Rule = RULE) -> int:
    return retention.drop(archive, [retention.plan(archive, rule, NOW)], NOW)


def grave(archive: Archive) -> list[str]:
    return [finding.what for finding in verify(archive) if finding.grave]


def test_old_bodies_go_and_verify_says_when_and_why_they_did(archive: Archive) -> None:
    kept = [published(archive, number, hours=number * YEARS) for number in range(6)]
    rows = archive.database.execute("SELECT * FROM capture ORDER BY id").fetchall()
    assert applied(archive) == 4  # fetched 6, 5, 4 and 3 years ago
    assert [sha256 in archive.captures for sha256 in kept] == [False] * 4 + [True] * 2
    assert archive.database.execute("SELECT * FROM capture ORDER BY id").fetchall() == rows
    said = [finding.what for finding in verify(archive)]
    assert grave(archive) == []
    assert len(said) == 4
    assert f'dropped by retention on {NOW.date()} (sources.us_ecfr.keep_captures = "2 years")' in said[0]
    with pytest.raises(BadInput, match="dropped by retention on"):
        editions.load_capture(archive, 1)
    expression = editions.expression(archive, f"{WORK}/title-15/part-999", on=DAY)
    assert expression is not None
    assert expression.provisions[0].text == "edition 0"


def test_what_is_needed_stays_however_old_it_is(archive: Archive) -> None:
    newest = published(archive, 0, hours=0)
    other = published(archive, 1, hours=1, document="title-15/part-998")
    unread = editions.record_capture(archive, None, capture(b"not read", days=2, hours=2, document="u"))
    held = editions.record_capture(archive, None, capture(b"held", days=3, hours=3, document="h"))
    editions.hold(archive, held.id, "too short")
    to_come = published(archive, 365 * 9, hours=4, document="future")
    published(archive, 365 * 9 + 1, hours=5, document="future")
    foreign = replace(capture(b"of another", days=0, hours=0, document="x"), source="us_csl")
    editions.record_capture(archive, None, foreign)
    assert retention.plan(archive, RULE, NOW).bodies == ()
    assert applied(archive) == 0
    for sha256 in (newest, other, unread.sha256, held.sha256, to_come):
        assert sha256 in archive.captures
    assert list(verify(archive)) == []


def test_a_rejected_capture_goes_and_bytes_that_another_source_needs_do_not(archive: Archive) -> None:
    wall = editions.record_capture(archive, None, capture(b"a wall", days=0, hours=0))
    editions.hold(archive, wall.id, "a wall")
    editions.reject(archive, wall.id, "it is one")
    shared = editions.record_capture(archive, None, capture(b"shared", days=1, hours=1, document="s"))
    editions.hold(archive, shared.id, "x")
    editions.reject(archive, shared.id, "x")
    editions.record_capture(
        archive, None, replace(capture(b"shared", days=1, hours=1, document="t"), source="us_csl")
    )
    assert [sha256 for sha256, _ in retention.plan(archive, RULE, NOW).bodies] == [wall.sha256]


def test_bytes_that_come_again_are_there_again(archive: Archive) -> None:
    first = published(archive, 0, hours=0)
    published(archive, 1, hours=5 * YEARS)
    applied(archive)
    assert first in dropped(archive)
    assert published(archive, 0, hours=6 * YEARS) == first
    assert dropped(archive) == {}
    assert list(verify(archive)) == []


def test_a_dropping_that_nobody_wrote_down_is_grave_and_one_that_was_is_in_the_chain(
    archive: Archive,
) -> None:
    first = published(archive, 0, hours=0)
    second = published(archive, 1, hours=1)
    published(archive, 2, hours=5 * YEARS)
    applied(archive)
    assert [link.kind for link in chain.links(archive) if link.kind == retention.KIND] == [retention.KIND]
    archive.database.execute("DROP TRIGGER dropped_body_delete")
    archive.database.execute("DELETE FROM dropped_body WHERE sha256 = ?", (first,))
    said = grave(archive)
    assert any(first in one and "not there" in one for one in said)
    assert any("retention" in one and "changed" in one for one in said)
    assert not any(second in one for one in said)


def test_nothing_that_was_dropped_is_ever_written_otherwise(archive: Archive) -> None:
    published(archive, 0, hours=0)
    published(archive, 1, hours=5 * YEARS)
    applied(archive)
    for statement in (
        "UPDATE retention SET reason = 'x'",
        "DELETE FROM retention",
        "UPDATE dropped_body SET size = 0",
        "DELETE FROM dropped_body",
        "INSERT OR REPLACE INTO dropped_body SELECT * FROM dropped_body",
        "INSERT OR REPLACE INTO retention SELECT * FROM retention",
    ):
        with pytest.raises(Exception, match="never changed"):
            archive.database.execute(statement)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.lists(st.sampled_from([0, 1, 2, 40]), min_size=1, max_size=14),
    gone=st.sets(st.integers(0, 13)),
    again=st.sets(st.integers(0, 13)),
)
def test_whatever_is_dropped_all_else_reads_as_before(
    archive: Archive, sizes: list[int], gone: set[int], again: set[int]
) -> None:
    """``sizes`` say how much each edition differs: from nearly nothing to a new keyframe."""
    archive.captures.database.execute("PRAGMA defer_foreign_keys = ON")
    archive.captures.database.executescript(
        "PRAGMA foreign_keys = OFF; DELETE FROM body; PRAGMA foreign_keys = ON;"
    )
    store: CaptureStore = archive.captures
    bodies = [
        (WORDS + "".join(f" {number}x{word * 7919 % 10007}" for word in range(size * 60))).encode()
        + str(number).encode()
        for number, size in enumerate(sizes)
    ]
    keys = [store.put(body, "d") for body in bodies]
    for chosen in (gone, again):
        left = {keys[number] for number in chosen if number < len(keys) and keys[number] in store}
        store.drop(left)
        assert not any(key in store for key in left)
    there = [number for number, key in enumerate(keys) if key in store]
    assert [store.get(keys[number]) for number in there] == [bodies[number] for number in there]
    assert store.database.execute("PRAGMA foreign_key_check").fetchall() == []
    more = store.put(b"one more " + WORDS.encode(), "d")
    assert store.get(more) == b"one more " + WORDS.encode()


def test_dropping_the_keyframe_gives_room_back_and_shrinking_gives_it_to_the_disk(archive: Archive) -> None:
    for number in range(8):
        archive.captures.put(os.urandom(60_000) + str(number).encode(), f"document {number}")
    _, before = archive.captures.free()
    archive.captures.drop(list(archive.captures.hashes())[:6])
    empty, size = archive.captures.free()
    assert size == before
    assert empty > 300_000
    archive.captures.shrink()
    assert archive.captures.free()[0] == 0
    assert archive.captures.free()[1] < before / 2
    assert len([archive.captures.get(key) for key in archive.captures.hashes()]) == 2


def _killed_at(folder: Path, number: int) -> bool:
    """Apply the rule in a child that kills itself as the ``number``-th SQL statement begins; False where it came to its end before."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with Archive.open(folder) as archive:
                counted = iter(range(1, 10_000))

                def count(_statement: str) -> None:
                    if next(counted) == number:
                        os.kill(os.getpid(), signal.SIGKILL)

                archive.database.set_trace_callback(count)
                archive.captures.database.set_trace_callback(count)
                applied(archive)
            status = 0
        finally:
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    assert os.WIFSIGNALED(ended) or os.waitstatus_to_exitcode(ended) == 0
    return os.WIFSIGNALED(ended)


def test_killed_at_any_statement_nothing_is_missing_and_the_next_time_finishes(tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    with Archive.create(folder) as archive:
        keys = [published(archive, number, hours=number * YEARS) for number in range(5)]
    number, between = 0, False
    while True:
        number += 1
        killed = _killed_at(folder, number)
        with Archive.open(folder, read_only=True) as archive:
            assert grave(archive) == []
            written = archive.database.execute("SELECT count(*) FROM retention").fetchone()[0]
            between = between or (written > 0 and keys[0] in archive.captures)
        if not killed:
            break
    assert number > 10
    assert between
    with Archive.open(folder, read_only=True) as archive:
        assert [key in archive.captures for key in keys] == [False, False, False, False, True]
        assert archive.captures.get(keys[4])


def test_no_backup_is_made_of_an_archive_that_loses_bodies_meanwhile(
    archive: Archive, tmp_path: Path
) -> None:
    published(archive, 0, hours=0)
    published(archive, 1, hours=5 * YEARS)
    with closing(alone_with_bodies(archive.folder)), pytest.raises(BadInput, match="being dropped"):
        backup.back_up(archive.folder, tmp_path / "copies", NOW)
    with closing(no_body_goes(archive.folder)), pytest.raises(BadInput, match="a backup is being made"):
        applied(archive)
    applied(archive)
    done = backup.back_up(archive.folder, tmp_path / "copies", NOW + timedelta(seconds=1))
    assert done.size > 0


@pytest.mark.parametrize(
    ("count", "unit", "before"),
    [
        (90, "day", datetime(2027, 12, 1, 12, tzinfo=UTC)),
        (1, "month", datetime(2028, 1, 29, 12, tzinfo=UTC)),
        (12, "month", datetime(2027, 2, 28, 12, tzinfo=UTC)),
        (2, "year", datetime(2026, 2, 28, 12, tzinfo=UTC)),
        (4, "year", datetime(2024, 2, 29, 12, tzinfo=UTC)),
        (14, "month", datetime(2026, 12, 29, 12, tzinfo=UTC)),
    ],
)
def test_months_and_years_are_those_of_the_calendar(count: int, unit: str, before: datetime) -> None:
    rule = Rule(source="x", count=count, unit=unit, reason="")
    assert rule.before(datetime(2028, 2, 29, 12, tzinfo=UTC)) == before
