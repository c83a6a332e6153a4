"""What an act announced and the codified text does not show after the usual lag: said once, to the watches that the announcement met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alerts.citations import cite, cite_work
from alerts.explain import in_words
from alerts.labels import OPERATIONS, STAGES, UNITS, label
from alerts.language import ENGLISH, Texts
from alerts.match import Match
from alerts.message import Entry, Message, Section, WatchNote
from alerts.messages import Context, history_of
from alerts.official_pages import official_page
from alerts.owed import owed
from alerts.sources import legal_line, note_of
from archive.events import Stage
from archive.identifiers import delivery_key, digest
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
    which it appeared, ``event`` the act's thread, ``checked`` when the text's source was last read with success, ``later`` the stages
    by which papers came after it in its event."""

    act: str
    day: date
    outcomes: tuple[Outcome, ...]
    paper: tuple[StoredChange, ...]
    event: str
    checked: datetime
    later: tuple[Stage, ...] = ()

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


def instruction_of(said: Amendment, say: Texts = ENGLISH) -> str:
    """An instruction in a line: ``4.b: revise paragraph, 15 CFR 744.11(c)``."""
    what = label(say, OPERATIONS, said.operation)
    if said.unit:
        what = say("{operation} {unit}", operation=what, unit=label(say, UNITS, said.unit))
    if said.name:
        what = say("{what} “{name}”", what=what, name=said.name)
    if said.under:
        what = say("{what} under {heading}", what=what, heading=said.under)
    number = said.instruction or say("an instruction")
    where = [cite(said.work, said.eid, say=say)] if said.work else []
    return say("{label}: {value}", label=number, value=say(", ").join([what, *where]))


def statement(overdue: Overdue, say: Texts = ENGLISH) -> str:
    """``announced, not yet codified: 3 of 12 instructions``."""
    gone, whole = len(overdue.not_there), len(overdue.outcomes)
    if gone < whole:
        return say.plural(
            "announced, not yet codified in full: {number} of {whole} instructions is not in the text",
            "announced, not yet codified in full: {number} of {whole} instructions are not in the text",
            gone,
            whole=whole,
        )
    return say.plural(
        "announced, not yet codified: its one instruction is not in the text",
        "announced, not yet codified: none of its {number} instructions is in the text",
        whole,
    )


def missing_for(overdue: Overdue, matches: Sequence[Match], context: Context) -> tuple[Delivery, ...]:
    """What is owed: for each target of the watches that the announcement met one message, as one Delivery for each watch. Ids depend on the paper,
    the day, watch and target alone, so that it is said once."""
    moment = digest("not codified", overdue.act, overdue.day.isoformat())
    deliveries: list[Delivery] = []
    for target in dict.fromkeys(target for found in matches for target in found.watch.notify):
        met = [found for found in matches if target in found.watch.notify]
        message = _compose(overdue, met, moment, target, context)
        deliveries += owed(
            message,
            target,
            thread=overdue.event,
            moment=moment,
            transition_id=overdue.paper[0].transition_id,
        )
    return tuple(deliveries)


def _compose(overdue: Overdue, met: Sequence[Match], moment: str, target: str, context: Context) -> Message:
    message_id, notes = digest("message", moment, target), _notes(met)
    say = context.texts_for(found.watch for found in met)
    paper = overdue.paper[0]
    said = statement(overdue, say)
    note = note_of(paper.source, context.sources)
    why = tuple(dict.fromkeys((found.watch.name, _why(found, say)) for found in met))
    entries = [_entry(outcome, why, say) for outcome in overdue.not_there[:SHOWN]]
    sections: dict[str, list[Entry]] = {}
    for outcome, entry in zip(overdue.not_there, entries, strict=False):
        sections.setdefault(cite_work(outcome.claim.amendment.work, say=say), []).append(entry)
    rest = overdue.not_there[SHOWN:]
    evidence = context.evidence
    return Message(
        message_id=message_id,
        title=say(
            "{first} ({second})",
            first=f"{said[0].upper()}{said[1:]}",
            second=paper.title or cite_work(paper.work, say=say),
        ),
        work=paper.work,
        work_title=paper.title,
        source=say(note.title),
        legal=legal_line(note, None, say),
        link=f"{context.address}/changes?transition={paper.transition_id}" if context.address else "",
        edition=_as_checked(overdue, say),
        language=say.language,
        text_language=evidence.language if evidence else "",
        history=history_of(context.history, say),
        official=official_page(paper, evidence.url if evidence else ""),
        evidence=evidence,
        proof=f"{context.address}/change/{paper.id}#evidence" if context.address else "",
        acknowledge=context.acknowledged_at(message_id),
        key=delivery_key(moment, notes[0].name, target),
        facts=paper.facts,
        dates=((say("effective"), overdue.day, (overdue.day - context.now.date()).days),),
        watches=notes,
        sections=tuple(Section(heading=heading, entries=tuple(found)) for heading, found in sections.items()),
        listed=tuple((instruction_of(outcome.claim.amendment, say), "") for outcome in rest),
    )


def _as_checked(overdue: Overdue, say: Texts) -> str:
    days = sorted({one.checked for one in overdue.not_there if one.checked})
    said = say(
        "The newest edition held is of {editions}; its source was last read {at}. The paper is the law from its day on, also where the codified text "
        "is behind. It may have been delayed, stayed or withdrawn since, or the text may show the change in another place than it announces.",
        editions=say.series(map(say.day, days)) if days else say("an unknown day"),
        at=say.instant(overdue.checked),
    )
    if not overdue.later:
        return said
    papers = dict.fromkeys(
        say(
            "{title} ({stage}, {day})",
            title=paper.title or paper.work,
            stage=label(say, STAGES, paper.stage),
            day=say.day(paper.at.date()),
        )
        for paper in overdue.later
    )
    return say(
        "{first} {second}", first=said, second=say("After it came: {papers}.", papers=say("; ").join(papers))
    )


def _entry(outcome: Outcome, why: tuple[tuple[str, str], ...], say: Texts) -> Entry:
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
        citation=cite(said.work, said.eid, say=say),
        name="",
        verb=say("announced, not yet codified: {instruction}", instruction=instruction_of(said, say)),
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


def _why(found: Match, say: Texts) -> str:
    told = dict.fromkeys(in_words(reason, say) for reason in found.why if reason.key != "materiality")
    asked = say("; ").join(told) or say("it asks for every change of law")
    return say("the announcement met it: {why}", why=asked)
