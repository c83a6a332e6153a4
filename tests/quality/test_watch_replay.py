"""Past editions of the Commerce Control List replayed with a watch for each entry: who would have heard, and that the back-test agrees.

What has to be told is reckoned here without touches, index or watches: the entries whose own words or numbers changed, by the addresses of the
changes, and the entry numbers, ranges included, that a pattern finds in changed words. That the changes themselves miss no entry is checked
against the files, letter by letter, without the reader and the engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
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
from tests.quality.ccl_units import editions, expression, raw_units
from tocsin.intake import Intake

_ENTRY = re.compile(r"(?<![A-Za-z0-9.])([0-9][A-E][0-9]{3})(?![0-9A-Za-z])")
_RANGE = re.compile(r"(?<![A-Za-z0-9.])(([0-9][A-E])([0-9]{3})) (?:to|through) \2([0-9]{3})(?![0-9A-Za-z])")
_EDITORIAL = 0.03
"""The share of entries that differ in the files by spelling, footnote marks and placeholders alone (14 of 784 when this was written)."""
Pair = tuple[str, str]  # (transition, entry)


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Archive, tuple[Watch, ...]]]:
    texts = [expression(path) for path in editions()]
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


def named_entries(stored: StoredChange, known: set[str]) -> set[Pair]:
    """The entries whose numbers stand in inserted or deleted words, whole or in part, or in a range that does."""
    found: set[Pair] = set()
    for sign, text in (("+", stored.change.text_after), ("-", stored.change.text_before)):
        at, runs = 0, []
        for mark, words in stored.change.ops:
            if mark == sign:
                runs.append((at, at + len(words)))
            at += len(words) if mark in ("=", sign) else 0
        for hit in (*_ENTRY.finditer(text), *_RANGE.finditer(text)):
            if any(start < hit.end() and hit.start() < end for start, end in runs):
                found |= {(stored.transition_id, entry) for entry in _entries_of(hit) & known}
    return found


def _entries_of(hit: re.Match[str]) -> set[str]:
    if hit.re is _ENTRY:
        return {hit[1]}
    return {f"{hit[2]}{number:03}" for number in range(int(hit[3]), int(hit[4]) + 1)}


def differing(read: Callable[[str], str]) -> set[tuple[date, str]]:
    """The entries of which some unit, as ``read``, differs between neighbouring files, with the day of the later one."""
    found, before = set(), None
    for path in editions():
        now: dict[str, list[tuple[str, str]]] = {}
        for unit, text in raw_units(path).items():
            now.setdefault(unit.partition(".")[0], []).append((unit, read(text)))
        for entry in {*now, *before} if before is not None else ():
            if now.get(entry) != before.get(entry):
                found.add((date.fromisoformat(path.name[10:20]), entry))
        before = now
    return found


def test_the_changes_are_those_of_the_files(replayed: tuple[Archive, tuple[Watch, ...]]) -> None:
    archive, _ = replayed
    told = {(one.after, entry) for one in substantive(archive) for _, entry in own_entries(one)}
    others = {
        (one.after, entry)
        for one in changes.changes(archive, materiality=("editorial",))
        for _, entry in own_entries(one)
    }
    assert told <= differing(lambda text: text)
    words = differing(lambda text: " ".join(re.findall("[a-z0-9]+", text.lower())))
    assert words <= told | others
    assert len(words - told) < _EDITORIAL * len(words)


def test_alerts_go_to_the_entries_that_changed_and_those_named_in_changed_words_alone(
    replayed: tuple[Archive, tuple[Watch, ...]],
) -> None:
    archive, watches = replayed
    names = {watch.name for watch in watches}
    own = {pair for one in substantive(archive) for pair in own_entries(one)}
    named = {pair for one in substantive(archive) for pair in named_entries(one, names)}
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
