"""Past editions of the Commerce Control List replayed with a watch for each entry: who would have heard, and that the back-test agrees.

What has to be told is reckoned here without touches, index or watches: the entries whose own words or numbers changed, by the addresses of the
changes, and the entry numbers that a pattern finds in changed words. The youngest editions are replayed, which keeps it to some seconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from alerts.backtest import backtest
from alerts.conditions import Watch
from alerts.match import WatchIndex
from alerts.messages import Context
from archive import changes, ledger
from archive.codec import loads
from archive.records import Capture, Reading, StoredChange
from archive.store import Archive
from tests.quality.ccl_units import editions, expression
from tocsin.intake import Intake

REPLAYED = 9
_ENTRY = re.compile(r"(?<![A-Za-z0-9.])([0-9][A-E][0-9]{3})(?![0-9A-Za-z])")
Pair = tuple[str, str]  # (transition, entry)


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, tuple[Watch, ...]]]:
    texts = [expression(path) for path in editions()[-REPLAYED:]]
    entries = sorted({one.eid.partition(".")[0] for text in texts for one in text.walk()})
    watches = tuple(
        Watch(
            name=entry,
            owner="a@example.org",
            reason="r",
            matter="m",
            eccn=(entry,),
            notify=(f"file:{entry}.jsonl",),
        )
        for entry in entries
    )
    now = datetime(2026, 6, 18, tzinfo=UTC)
    with Archive.create(tmp_path_factory.mktemp("replay") / "archive") as archive:
        run = ledger.start_run(archive, "us_ecfr", at=now, replayed=True)
        intake = Intake(
            archive=archive,
            run=run,
            now=now,
            watches=WatchIndex(watches),
            context=Context(now=now),
            sure=True,
        )
        for text in texts:
            capture = Capture(
                source="us_ecfr",
                document="list",
                url="file:///list",
                body=text.as_of.isoformat().encode(),
                as_of=text.as_of,
                fetched_at=now,
            )
            assert intake.take(capture, Reading(expressions=(text,))).outcome == "published"
        yield archive, watches


def owed(archive: Archive) -> set[Pair]:
    rows = archive.database.execute("SELECT transition_id, watch FROM delivery")
    return {(transition, watch) for transition, watch in rows}


def substantive(archive: Archive) -> list[StoredChange]:
    return list(changes.changes(archive, materiality="substantive"))


def own_entries(stored: StoredChange) -> set[Pair]:
    eids = filter(None, (stored.change.old_eid, stored.change.new_eid))
    return {(stored.transition_id, eid.partition(".")[0]) for eid in eids}


def named_entries(stored: StoredChange) -> set[Pair]:
    """The entries whose numbers stand in inserted or deleted words, whole or in part."""
    found = set()
    for sign, text in (("+", stored.change.text_after), ("-", stored.change.text_before)):
        at = 0
        for mark, words in stored.change.ops:
            if mark == sign:
                met = (
                    hit for hit in _ENTRY.finditer(text) if hit.start() < at + len(words) and at < hit.end()
                )
                found |= {(stored.transition_id, hit[1]) for hit in met}
            at += len(words) if mark in ("=", sign) else 0
    return found


def test_alerts_go_to_the_entries_that_changed_and_those_named_in_changed_words_alone(
    replayed: tuple[Archive, tuple[Watch, ...]],
) -> None:
    archive, watches = replayed
    names = {watch.name for watch in watches}
    own = {pair for one in substantive(archive) for pair in own_entries(one)}
    named = {pair for one in substantive(archive) for pair in named_entries(one) if pair[1] in names}
    assert len(own) > 100
    assert owed(archive) == own | named


def test_what_is_only_named_is_marked_as_cross_reference(replayed: tuple[Archive, tuple[Watch, ...]]) -> None:
    archive, watches = replayed
    own = {pair for one in substantive(archive) for pair in own_entries(one)}
    marked = {
        (alert.transition_id, tried.watch.name)
        for tried in backtest(watches, changes.changes(archive), since=date.min, until=date.max)
        for alert in tried.fired
        if alert.cross_reference
    }
    assert marked == owed(archive) - own
    assert marked
    for transition, watch in sorted(marked)[:20]:
        (payload,) = archive.database.execute(
            "SELECT payload FROM delivery WHERE transition_id = ? AND watch = ?", (transition, watch)
        ).fetchone()
        body = loads(payload, dict[str, object])["body"]
        assert isinstance(body, str)
        why = [line for line in body.splitlines() if line.startswith(f"Matched by “{watch}”")]
        assert why
        assert all("as cross-reference" in line for line in why)


def test_the_back_test_says_the_same_numbers_as_the_replay(
    replayed: tuple[Archive, tuple[Watch, ...]],
) -> None:
    archive, watches = replayed
    rows = archive.database.execute("SELECT watch, count(*) FROM delivery GROUP BY watch")
    told = dict(rows.fetchall())
    tried = backtest(watches, changes.changes(archive), since=date.min, until=date.max)
    assert {one.watch.name: len(one.fired) for one in tried if one.fired} == told
