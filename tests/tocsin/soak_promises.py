"""What a soak has to keep: each promise with what was found, beside a soak of the same days to which nothing happened."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from archive import outbox
from archive.store import Archive
from archive.verify import verify
from tests.tocsin.soaking import Sample, Soak
from tocsin.cadence import LocalTimes

MEMORY = "memory is flat"
MOST_GROWTH = 0.05
"""Of the memory over the second half of a soak, as the trend says: what is more is no flat line."""
MOST_HANDLES = 1.0
"""Handles more at the end of the second half than at its beginning, as the trend says: a leak of one a round would be hundreds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One promise: whether it was kept, and what was counted."""

    name: str
    kept: bool
    found: str


def promises(soaked: Soak, faultless: Soak) -> Iterator[Promise]:
    """All of them, each with its figures."""
    for name, one in (("soaked", soaked), ("faultless", faultless)):
        with Archive.open(one.folder / "archive", read_only=True) as archive:
            grave = [finding.what for finding in verify(archive) if finding.grave]
            yield _promise(f"verify finds nothing ({name})", grave, f"{_count(archive, 'edition')} editions")
            yield _promise(
                f"what is known only grows ({name})", _back_dated(archive), "known intervals in order"
            )
    yield _promise("nothing accepted or owed was ever gone", soaked.lost, f"{soaked.kills.total()} kills")
    yield from _same_law(soaked, faultless)
    yield from _messages(soaked)
    yield _once_a_day(soaked)
    yield from _flat(soaked.samples)


def _promise(name: str, wrong: list[str], found: str) -> Promise:
    more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
    return Promise(name=name, kept=not wrong, found=f"{wrong[0]}{more}" if wrong else found)


def _count(archive: Archive, table: str) -> int:
    (number,) = archive.database.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(number)


def _back_dated(archive: Archive) -> list[str]:
    return [
        f"{table} {number} was known until before it was known"
        for table in ("provision", "edition")
        for (number,) in archive.database.execute(f"SELECT id FROM {table} WHERE known_to < known_from")
    ]


_STEP = "work.path, transition.before, transition.after"
"""A step by its days. Its id hangs on the bytes, and a replica writes its own address into the metadata that it computes: two of them never agree in it."""


def _same_law(soaked: Soak, faultless: Soak) -> Iterator[Promise]:
    dated = tuple(sorted(soaked.world.dated & soaked.world.settings.keys()))
    marks = ", ".join("?" * len(dated))
    queries = {
        "editions": "SELECT work.path, edition.as_of, recipe, digest FROM edition JOIN series ON series.id = series"
        f" JOIN work ON work.id = work WHERE known_to IS NULL AND source IN ({marks})",
        "changes": f"SELECT {_STEP}, change.kind, materiality, old_eid, new_eid, lead_before, old.body, lead_after, new.body, ops FROM change"
        " JOIN changeset ON changeset.id = changeset JOIN transition ON transition.id = transition_id JOIN work ON work.id = transition.work"
        " LEFT JOIN text AS old ON old.id = text_before LEFT JOIN text AS new ON new.id = text_after"
        f" WHERE newest = 1 AND transition.source IN ({marks})",
        "messages owed": f"SELECT {_STEP}, watch, target FROM delivery JOIN transition ON transition.id = transition_id"
        f" JOIN work ON work.id = transition.work WHERE transition.source IN ({marks})",
    }
    for name, query in queries.items():
        with_faults, without = (_rows(one, query, dated) for one in (soaked, faultless))
        wrong = [f"too much: {str(row)[:300]}" for row in sorted(with_faults - without, key=str)]
        wrong += [f"missing: {str(row)[:300]}" for row in sorted(without - with_faults, key=str)]
        wrong = wrong or ([] if without else ["there was nothing to compare"])
        yield _promise(f"dated sources: the {name} of a faultless run", wrong, f"{len(without)} {name}")


def _rows(soak: Soak, query: str, values: tuple[str, ...]) -> set[tuple[Any, ...]]:
    with Archive.open(soak.folder / "archive", read_only=True) as archive:
        return set(archive.database.execute(query, values))


def _messages(soak: Soak) -> Iterator[Promise]:
    arrived = soak.arrived()
    came = {(target, message, watch) for target, message, watch, _ in arrived}
    with Archive.open(soak.folder / "archive", read_only=True) as archive:
        rows = outbox.deliveries(archive)
        gathered = dict(
            archive.database.execute(
                "SELECT delivery, gathered FROM delivery_hold WHERE gathered <> '' AND sort <> 'escalated'"
            )
        )
        uncertain = {
            message
            for (message,) in archive.database.execute(
                "SELECT message_id FROM delivery_attempt JOIN delivery ON delivery.key = delivery WHERE outcome = 'unknown'"
            )
        }
    fates = Counter(row.state for row in rows)
    wrong = [
        f"{number} are {state}"
        for state, number in fates.items()
        if state not in ("sent", "gathered", "muted")
    ]
    wrong += [
        f"{row.delivery.key} did not arrive"
        for row in rows
        if row.state in ("sent", "gathered")
        and (row.delivery.target, gathered.get(row.delivery.key, row.delivery.message_id), row.delivery.watch)
        not in came
    ]
    wrong = wrong or ([] if rows else ["nothing was owed"])
    yield _promise("every message that was owed arrived", wrong, json.dumps(fates))
    seen: Counter[tuple[str, str, str]] = Counter()
    wrong = []
    for target, message, watch, marked in arrived:
        if not marked and seen[target, message, watch]:
            wrong.append(f"{message} for {watch} came again without a mark")
        if marked and message not in uncertain:
            wrong.append(f"{message} for {watch} is marked and nobody was in doubt")
        seen[target, message, watch] += 1
    repeats = sum(marked for *_, marked in arrived)
    yield _promise(
        "every alert once, or marked as a repetition", wrong, f"{len(arrived)} arrivals, {repeats} marked"
    )


def _once_a_day(soak: Soak) -> Promise:
    """Each source by its own clocks: one run a local day that counts, over every night."""
    wrong, days, nights = [], 0, set()
    for name, instants in soak.due.items():
        cadence = soak.planned[name].cadence
        assert isinstance(cadence, LocalTimes)
        run_on = Counter(instant.astimezone(cadence.zone).date() for instant in instants)
        first, last = min(run_on), max(run_on)
        for number in range((last - first).days + 1):
            day = date.fromordinal(first.toordinal() + number)
            wanted = len(cadence.times) if cadence._counts(day) else 0
            days += 1
            if run_on[day] != wanted:
                wrong.append(f"{name} ran {run_on[day]} times on {day}")
            if _offset(day, cadence.zone) != _offset(date.fromordinal(day.toordinal() + 1), cadence.zone):
                nights.add((day, cadence.zone.key))
    told = ", ".join(f"{day} {zone}" for day, zone in sorted(nights)) or "none in this span"
    return _promise(
        "one run a local day, over every night", wrong, f"{days} source days; clocks were set: {told}"
    )


def _offset(day: date, zone: ZoneInfo) -> Any:
    return datetime(day.year, day.month, day.day, tzinfo=zone).utcoffset()


def _flat(samples: list[Sample]) -> Iterator[Promise]:
    half = samples[len(samples) // 2 :]
    rounds = half[-1].number - half[0].number
    memory = trend([(one.number, one.rss) for one in half])
    grown = memory * rounds / (sum(one.rss for one in half) / len(half))
    peak = max(one.rss for one in samples)
    yield Promise(
        name=MEMORY,
        kept=grown <= MOST_GROWTH,
        found=f"{half[0].rss:.1f} → {half[-1].rss:.1f} MB over the last {rounds} rounds, {memory * 1000:+.1f} kB a round, {grown:+.1%}; peak {peak:.1f} MB",
    )
    handles = trend([(one.number, float(one.handles)) for one in half])
    yield Promise(
        name="file handles are flat",
        kept=handles * rounds <= MOST_HANDLES,
        found=f"{half[0].handles} → {half[-1].handles}, {handles * rounds:+.2f} over the last {rounds} rounds",
    )


def trend(points: list[tuple[int, float]]) -> float:
    """The slope of the median of the slopes between points far apart (Theil and Sen): a few rounds that took more do not bend it."""
    step = max(1, len(points) // 2)
    slopes = sorted(
        (later[1] - earlier[1]) / (later[0] - earlier[0])
        for earlier, later in zip(points, points[step:], strict=False)
        if later[0] > earlier[0]
    )
    return slopes[len(slopes) // 2] if slopes else 0.0
