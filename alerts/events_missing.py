"""What an act announced and the codified text does not show after the usual lag: said once, to the watches that the announcement met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts.citations import cite, cite_work
from alerts.explain import in_words
from alerts.match import Match
from alerts.message import Entry, Message, Section, WatchNote
from alerts.messages import Context
from alerts.owed import owed
from alerts.sources import note_of
from archive.identifiers import digest
from archive.records import Amendment, Change, Delivery, StoredChange
from diffing.touches.claimed import Outcome

LAG = 5
"""Weekdays after the later of its day and its printing by which an amendment stands in the codified text. The eCFR is one to three days behind the
Federal Register, longer over a holiday; an agency's consolidated text of any other source is given the same time."""
NOT_THERE = frozenset({"missing", "awaited"})
"""The states of an outcome that say: looked for, and not there."""
SHOWN = 40
"""Instructions that a message shows; the rest are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """What the paper ``act`` announced for ``day`` beside what was found: ``outcomes`` are those that could be checked. ``paper`` are the changes by
    which it appeared, ``event`` the act's thread, ``checked`` when the text's source was last read with success, ``later`` the titles of
    papers that came after it in its event."""

    act: str
    day: date
    outcomes: tuple[Outcome, ...]
    paper: tuple[StoredChange, ...]
    event: str
    checked: datetime
    later: tuple[str, ...] = ()

    @property
    def not_there(self) -> tuple[Outcome, ...]:
        """The announced changes that the text does not show."""
        return tuple(outcome for outcome in self.outcomes if outcome.state in NOT_THERE)


def due_day(day: date, published: date | None) -> date:
    """The first day on which an amendment for ``day`` is overdue in the codified text."""
    due, left = max(day, published or day), LAG
    while left:
        due += timedelta(days=1)
        left -= due.weekday() < 5
    return due


def instruction_of(said: Amendment) -> str:
    """An instruction in a line: ``4.b: revise paragraph, 15 CFR 744.11(c)``."""
    what = " ".join(
        part for part in (said.operation, said.unit, f"“{said.name}”" if said.name else "") if part
    )
    where = cite(said.work, said.eid) if said.work else ""
    under = f" under {said.under}" if said.under else ""
    return f"{said.instruction or 'an instruction'}: {what}{under}" + (f", {where}" if where else "")


def statement(overdue: Overdue) -> str:
    """``announced, not yet codified: 3 of 12 instructions``."""
    gone, whole = len(overdue.not_there), len(overdue.outcomes)
    if gone < whole:
        return f"announced, not yet codified in full: {gone} of {whole} instructions {'is' if gone == 1 else 'are'} not in the text"
    count = f"none of its {whole} instructions" if whole > 1 else "its one instruction"
    return f"announced, not yet codified: {count} is {'' if whole > 1 else 'not '}in the text"


def missing_for(overdue: Overdue, matches: Sequence[Match], context: Context) -> tuple[Delivery, ...]:
    """What is owed: for each target of the watches that the announcement met one message, as one Delivery for each watch. Ids depend on the paper,
    the day, watch and target alone, so that it is said once."""
    moment = digest("not codified", overdue.act, overdue.day.isoformat())
    deliveries: list[Delivery] = []
    for target in dict.fromkeys(target for found in matches for target in found.watch.notify):
        met = [found for found in matches if target in found.watch.notify]
        message = _compose(overdue, met, digest("message", moment, target), context)
        deliveries += owed(
            message,
            target,
            thread=overdue.event,
            moment=moment,
            transition_id=overdue.paper[0].transition_id,
        )
    return tuple(deliveries)


def _compose(overdue: Overdue, met: Sequence[Match], message_id: str, context: Context) -> Message:
    paper = overdue.paper[0]
    said = statement(overdue)
    note = note_of(paper.source, context.sources)
    why = tuple(dict.fromkeys((found.watch.name, _why(found)) for found in met))
    entries = [_entry(outcome, why) for outcome in overdue.not_there[:SHOWN]]
    sections: dict[str, list[Entry]] = {}
    for outcome, entry in zip(overdue.not_there, entries, strict=False):
        sections.setdefault(cite_work(outcome.claim.amendment.work), []).append(entry)
    rest = overdue.not_there[SHOWN:]
    return Message(
        message_id=message_id,
        title=f"{said[0].upper()}{said[1:]} ({paper.title or cite_work(paper.work)})",
        work=paper.work,
        work_title=paper.title,
        source=note.title,
        legal=note.legal_status,
        link=f"{context.address}/changes?transition={paper.transition_id}" if context.address else "",
        edition=_as_checked(overdue),
        facts=paper.facts,
        dates=(("effective", overdue.day, (overdue.day - context.now.date()).days),),
        watches=_notes(met),
        sections=tuple(Section(heading=heading, entries=tuple(found)) for heading, found in sections.items()),
        listed=tuple((instruction_of(outcome.claim.amendment), "") for outcome in rest),
    )


def _as_checked(overdue: Overdue) -> str:
    editions = " and ".join(sorted({str(one.checked) for one in overdue.not_there if one.checked}))
    later = f" After it came: {'; '.join(overdue.later)}." if overdue.later else ""
    return (
        f"The newest edition held is of {editions or 'an unknown day'}; its source was last read {overdue.checked:%Y-%m-%d %H:%M} UTC. The paper is "
        "the law from its day on, also where the codified text is behind. It may have been delayed, stayed or withdrawn since, or the text may "
        f"show the change in another place than it announces.{later}"
    )


def _entry(outcome: Outcome, why: tuple[tuple[str, str], ...]) -> Entry:
    said = outcome.claim.amendment
    looked = (
        "the newest edition is older than its day"
        if outcome.state == "awaited"
        else "nothing changed there since its day"
    )
    return Entry(
        change=Change(
            kind="applicability",
            materiality="substantive",
            reason=f"announced; {looked}",
            text_after=said.words,
            ops=(("=", said.words),) if said.words else (),
        ),
        citation=cite(said.work, said.eid),
        name="",
        verb=f"announced, not yet codified: {instruction_of(said)}",
        link="",
        why=why,
    )


def _notes(met: Sequence[Match]) -> tuple[WatchNote, ...]:
    changes: dict[str, tuple[Match, list[str]]] = {}
    for found in met:
        changes.setdefault(found.watch.name, (found, []))[1].append(found.change_id)
    return tuple(
        WatchNote(
            name=name,
            owner=found.watch.owner,
            reason=found.watch.reason,
            matter=found.watch.matter,
            changes=tuple(dict.fromkeys(ids)),
        )
        for name, (found, ids) in sorted(changes.items())
    )


def _why(found: Match) -> str:
    told = dict.fromkeys(in_words(reason) for reason in found.why if reason.key != "materiality")
    return f"the announcement met it: {'; '.join(told) or 'it asks for every change of law'}"
