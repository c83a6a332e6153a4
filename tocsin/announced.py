"""Announced and codified reconciled: what papers of known acts announce is kept, looked for in the texts, and told once where it is overdue.

It runs with every round of every source: what fell due while the program was down is told by the next round that has read the text's source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby

from alerts.events_missing import NOT_THERE, Overdue, due_day, instruction_of, missing_for
from alerts.match import WatchIndex
from alerts.messages import Context
from archive import announced, changes, editions, events, ledger, outbox
from archive.announced import Announced
from archive.events import Stage
from archive.evidence import evidence_of
from archive.narrowing import ANY, Either, Every, Need, Standing, Stepped, Valued
from archive.records import Delivery, StoredChange
from archive.store import Archive
from diffing.touches.claimed import WITHIN, Claim, Outcome, compare_claims
from tocsin.claimed import claims_held


def search(archive: Archive) -> None:
    """Take in what the papers of known acts announce, of each that has a new edition. A proposal has no day and announces nothing yet."""
    for act in announced.unsearched(archive):
        found = {
            (claim.amendment.work, claim.amendment.effective)
            for claim in claims_held(archive, act)
            if claim.amendment.work and claim.amendment.effective and claim.amendment.operation != "keep"
        }
        announced.keep(archive, act, [(work, day) for work, day in found if day is not None])


def outcomes_of(archive: Archive, act: str) -> tuple[Outcome, ...]:
    """What became of each instruction of a paper, in its order; () where it is not held or amends nothing."""
    claims = claims_held(archive, act)
    works = works_of(claims)
    days = {work: [edition.as_of for edition in editions.editions(archive, work)] for work in works}
    return compare_claims(claims, answering(archive, claims), days).outcomes


def works_of(claims: Iterable[Claim]) -> tuple[str, ...]:
    """The works that claims name."""
    return tuple(sorted({claim.amendment.work for claim in claims if claim.amendment.work}))


def answering(archive: Archive, claims: Sequence[Claim]) -> Iterator[StoredChange]:
    """The changes of the works that claims name which can answer to one of them, and some more."""
    for work in works_of(claims):
        yield from changes.changes(archive, work=work, need=_need(claims, work))


def _need(claims: Iterable[Claim], work: str) -> Need:
    """What every change of a work has that answers to one of the claims (``diffing.touches.claimed.answers``): most of what a work ever saw came at
    another time or stands elsewhere."""
    at: dict[date, set[str]] = {}
    for said in (claim.amendment for claim in claims):
        if said.work == work and said.effective is not None:
            at.setdefault(said.effective, set()).add(said.eid)
    steps = tuple(
        # Without an eid it is told by what it is called, which only the change itself says.
        Every(
            of=(
                Stepped(since=day, before=day + WITHIN),
                ANY if "" in eids else Standing(eids=tuple(sorted(eids))),
            )
        )
        for day, eids in sorted(at.items())
    )
    return Every(of=(Valued(column="work", values=(work,)), Either(of=steps)))


def acts_behind(archive: Archive, stored: Sequence[StoredChange]) -> tuple[str, ...]:
    """The events whose papers announce changes that one transition of a text shows; for texts that do not cite the acts behind them."""
    first = stored[0]
    if first.before is None:
        return ()
    search(archive)
    found: dict[str, None] = {}
    standing = announced.on_work(archive, first.work, since=first.before - WITHIN, until=first.after)
    for act, rows in groupby(sorted(standing, key=lambda one: one.act), key=lambda one: one.act):
        claims = [claim for claim in claims_held(archive, act) if claim.amendment.work == first.work]
        held = {first.work: [first.before, first.after]}
        if any(outcome.state == "found" for outcome in compare_claims(claims, stored, held).outcomes):
            found |= dict.fromkeys(event for row in rows for event in row.events)
    return tuple(found)


def remind_of_missing(archive: Archive, watches: WatchIndex, context: Context) -> int:
    """Close what was found, tell what is overdue; answers how many deliveries were owed."""
    search(archive)
    today = context.now.date()
    open_ = announced.looked_for(archive, since=today - 3 * WITHIN, until=today)
    owed = 0
    for (act, day), group in groupby(
        sorted(open_, key=lambda one: (one.act, one.day)), key=lambda one: (one.act, one.day)
    ):
        rows = tuple(group)
        checked = _checked(archive, rows, due=_due(archive, act, day), today=today)
        if checked is not None:
            owed += _settle(archive, rows, checked, watches, context)
    return owed


def _settle(
    archive: Archive, rows: Sequence[Announced], checked: datetime, watches: WatchIndex, context: Context
) -> int:
    act, day = rows[0].act, rows[0].day
    works = {row.work for row in rows}
    outcomes = tuple(
        outcome
        for outcome in outcomes_of(archive, act)
        if outcome.state in (*NOT_THERE, "found")
        and outcome.claim.amendment.effective == day
        and outcome.claim.amendment.work in works
    )
    told = {
        work: [
            instruction_of(one.claim.amendment)
            for one in outcomes
            if one.state in NOT_THERE and one.claim.amendment.work == work
        ]
        for work in works
    }
    paper = _appearance(archive, act)
    deliveries: tuple[Delivery, ...] = ()
    if paper and any(told.values()):
        overdue = Overdue(
            act=act,
            day=day,
            outcomes=outcomes,
            paper=paper,
            event=rows[0].events[0],
            checked=checked,
            later=_later(archive, rows[0].events, act),
        )
        matches = [found for stored in paper for found in watches.match(stored)]
        known = replace(
            context,
            evidence=evidence_of(archive, paper[0].transition_id),
            history=events.event(archive, rows[0].events[0]).stages,
        )
        deliveries = missing_for(overdue, matches, known)
    with archive.transaction():
        owed = sum(outbox.enqueue(archive, delivery, context.now) for delivery in deliveries)
        for row in rows:
            announced.close(archive, row, on=context.now.date(), missing=told[row.work])
    return owed


def _due(archive: Archive, act: str, day: date) -> date:
    newest = editions.latest(archive, act)
    return due_day(day, newest.published if newest else None)


def _checked(archive: Archive, rows: Iterable[Announced], *, due: date, today: date) -> datetime | None:
    """When the sources of all the works were last read with success, where that was when the amendment was due or after; else None: then nothing can
    be said of the text yet."""
    if today < due:
        return None
    last = {source.source: source.last_success for source in ledger.health(archive)}
    sources = {
        work.source for row in rows for work in editions.works(archive, row.work) if work.path == row.work
    }
    read = [instant for source in sources if (instant := last.get(source)) is not None]
    if not read or len(read) < len(sources) or min(read).date() < due:
        return None
    return min(read)


def _appearance(archive: Archive, act: str) -> tuple[StoredChange, ...]:
    """The changes by which a paper first appeared: what the watches heard of."""
    stages = (stage for key in events.of_work(archive, act) for stage in events.event(archive, key).stages)
    for stage in stages:
        if stage.work == act and (found := changes.of_transition(archive, stage.transition_id)):
            return found
    return ()


def _later(archive: Archive, keys: Iterable[str], act: str) -> tuple[Stage, ...]:
    """The stages by which papers came after one in its events."""
    found: dict[str, Stage] = {}
    for key in keys:
        stages = events.event(archive, key).stages
        first = next((at for at, stage in enumerate(stages) if stage.work == act), len(stages))
        found |= {
            stage.transition_id: stage
            for stage in stages[first + 1 :]
            if stage.work != act and stage.stage not in ("codified", "listed")
        }
    return tuple(found.values())
