"""Reminders of the calendar: a date on which law changes by itself, told 90, 30 and 7 days ahead and on the day, to the watches that it touches.

No word changes on such a day, so there is nothing to observe. A reminder says what was due by the text held, as of which check, and that what
moves the date may stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from alerts.citations import cite, cite_work
from alerts.conditions import Watch
from alerts.explain import HELD, in_words
from alerts.labels import FUSES, label
from alerts.language import Texts
from alerts.match import Match, WatchIndex
from alerts.message import Entry, Message, Section, WatchNote
from alerts.message_text import days_left
from alerts.messages import Context
from alerts.official_pages import official_page
from alerts.owed import rendered
from alerts.sources import legal_line, note_of
from archive.calendar import KeptFuse
from archive.identifiers import delivery_key, digest
from archive.records import Change, Delivery, Enclosing, Expression, Provision, StoredChange
from diffing.touches.engine import touches_of

STAGES = (90, 30, 7, 0)
"""Days ahead at which a fuse is told."""
_READ = 100_000
"""Characters of a provision, with all under it, in which a watch's terms are looked for."""
_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A fuse with the reminder that is due, and the provision that it stands in as a watch sees it: as if every word of it changed;
    ``language`` is that of its text, "" where its edition is not held."""

    kept: KeptFuse
    stage: int
    subject: StoredChange
    language: str = ""


def stage_due(kept: KeptFuse, today: date) -> int | None:
    """The reminder that is due on ``today``, None for none: the nearest to the day whose date has come since the fuse was found.

    What had passed before it was found is not told late; the day itself counts if the fuse was found on it. Of several that were missed,
    only the nearest is made up for.
    """
    passed = [stage for stage in STAGES if _has_come(kept, stage, today)]
    stage = min(passed, default=None)
    return None if stage is None or (kept.told is not None and kept.told <= stage) else stage


def _has_come(kept: KeptFuse, stage: int, today: date) -> bool:
    turn = kept.fuse.day - timedelta(days=stage)
    known_before = kept.seen < turn or (stage == 0 and kept.seen == turn)
    return known_before and turn <= today


def subject_of(kept: KeptFuse, expression: Expression | None, now: datetime) -> StoredChange:
    """The provision of a fuse, in the edition that has it, as a change of all that it says; its sentence alone where the edition is not held."""
    fuse = kept.fuse
    path, provision = _find(expression, fuse.eid)
    text = (_text(provision) if provision else _whole(expression) or fuse.words)[:_READ]
    change = Change(
        kind="applicability",
        materiality="substantive",
        reason="a date of the calendar; no word changed",
        old_eid=fuse.eid or None,
        new_eid=fuse.eid or None,
        unit=provision.unit if provision else "",
        num=provision.num if provision else "",
        heading=provision.heading if provision else kept.title,
        text_after=text,
        ops=(("+", text),),
        path=path,
    )
    language = expression.language if expression else ""
    return StoredChange(
        id=kept.id,
        source=kept.source,
        work=fuse.work,
        title=kept.title,
        transition_id=kept.id,
        before=kept.as_of,
        after=kept.as_of,
        observed_at=now,
        change=change,
        touches=touches_of(change, work=fuse.work, source=kept.source, language=language),
        facts=expression.facts if expression else (),
    )


def groups_of(due: Sequence[Due]) -> tuple[tuple[Due, ...], ...]:
    """What belongs in one message: the provisions on which one act, or one work, sets one day."""
    groups: dict[tuple[object, ...], list[Due]] = {}
    for one in due:
        fuse = one.kept.fuse
        groups.setdefault((fuse.day, one.stage, one.kept.source, fuse.act or fuse.work), []).append(one)
    return tuple(tuple(group) for group in groups.values())


def reminders_for(
    group: Sequence[Due], watches: WatchIndex, context: Context, *, checked: datetime | None
) -> tuple[Delivery, ...]:
    """What is owed for one group: for each target one message, as one Delivery for each watch. ``checked`` is when the source was last
    read with success, None where it never was. Ids depend on the fuses, the stage, watch and target alone."""
    matches = [(one, found) for one in group for found in watches.match(one.subject)]
    targets = dict.fromkeys(target for _, found in matches for target in found.watch.notify)
    moment = digest("reminder", str(group[0].stage), *sorted(one.kept.id for one in group))
    deliveries: list[Delivery] = []
    for target in targets:
        met = [(one, found) for one, found in matches if target in found.watch.notify]
        message = _compose(met, moment, target, context, checked)
        payload = rendered(message, thread=digest("thread", message.work))
        for watch in dict.fromkeys(found.watch for _, found in met):
            deliveries.append(
                Delivery(
                    key=delivery_key(moment, watch.name, target),
                    message_id=message.message_id,
                    transition_id=moment,
                    watch=watch.name,
                    target=target,
                    changes=tuple(dict.fromkeys(one.kept.id for one, found in met if found.watch == watch)),
                    payload=payload,
                )
            )
    return tuple(deliveries)


def _compose(
    met: Sequence[tuple[Due, Match]], moment: str, target: str, context: Context, checked: datetime | None
) -> Message:
    message_id = digest("message", moment, target)
    notes = _notes(dict.fromkeys(found.watch for _, found in met))
    say = context.texts_for(found.watch for _, found in met)
    touched = list({one.kept.id: one for one, _ in met}.values())
    first = touched[0].kept
    left = (first.fuse.day - context.now.date()).days
    note = note_of(first.source, context.sources)
    sorts = [label(say, FUSES, sort) for sort in dict.fromkeys(one.kept.fuse.sort for one in touched)]
    official = official_page(touched[0].subject)
    return Message(
        message_id=message_id,
        title=_title(touched, sorts, left, say),
        work=first.fuse.work,
        work_title=first.title,
        source=say(note.title),
        legal=legal_line(note, None, say),
        link="",
        edition=_as_held(touched, checked, say),
        language=say.language,
        text_language=touched[0].language,
        official=official,
        acknowledge=context.acknowledged_at(message_id),
        key=delivery_key(moment, notes[0].name, target),
        dates=tuple((sort, first.fuse.day, left) for sort in sorts),
        watches=notes,
        sections=tuple(
            Section(
                heading=cite_work(one.kept.fuse.work, one.kept.title, say),
                entries=(_entry(one, met, left, say),),
            )
            for one in touched
        ),
    )


def _title(touched: Sequence[Due], sorts: Sequence[str], left: int, say: Texts) -> str:
    """``In 30 days, 2026-07-18: stay ends, 15 CFR …, ECCN 3A090 (90 FR 99999)``."""
    fuse = touched[0].kept.fuse
    until = days_left(left, say)
    said = say(
        "{when}, {day}: {what}, {where}",
        when=until[:1].upper() + until[1:],
        day=say.day(fuse.day),
        what=say.series(sorts),
        where=_places(touched, say),
    )
    return say("{first} ({second})", first=said, second=fuse.act) if fuse.act else said


def _as_held(touched: Sequence[Due], checked: datetime | None, say: Texts) -> str:
    editions = say.series(say.day(day) for day in sorted({one.kept.as_of for one in touched}))
    last = say("last checked {at}", at=say.instant(checked)) if checked else say("not checked since")
    return say(
        "This is what was due by the text held, the edition of {editions}, {last}. No word changed. An extension, a delay or an earlier end may have "
        "been published elsewhere: look for one before you rely on the date.",
        editions=editions,
        last=last,
    )


def _places(touched: Sequence[Due], say: Texts) -> str:
    cited = list(
        dict.fromkeys(cite(one.kept.fuse.work, one.kept.fuse.eid, one.kept.title, say) for one in touched)
    )
    shown = say(", ").join(cited[:_NAMED])
    more = len(cited) - _NAMED
    return say("{first} and {count} more", first=shown, count=more) if more > 0 else shown


def _notes(watches: dict[Watch, None]) -> tuple[WatchNote, ...]:
    return tuple(
        WatchNote(name=watch.name, owner=watch.owner, reason=watch.reason, matter=watch.matter, changes=())
        for watch in sorted(watches, key=lambda watch: watch.name)
    )


def _entry(one: Due, met: Sequence[tuple[Due, Match]], left: int, say: Texts) -> Entry:
    fuse = one.kept.fuse
    what, day = label(say, FUSES, fuse.sort), say.day(fuse.day)
    verb = say("{what} is due on {day}", what=what, day=day)
    if left <= 0:
        verb = say("{what} was due on {day}", what=what, day=day)
    if fuse.named != fuse.day:
        verb = say("{first}, last day {day}", first=verb, day=say.day(fuse.named))
    why = [(found.watch.name, _why(found, say)) for other, found in met if other.kept.id == one.kept.id]
    return Entry(
        change=Change(
            kind="applicability",
            materiality="substantive",
            reason=one.subject.change.reason,
            text_after=fuse.words,
            ops=(("=", fuse.words),) if fuse.words else (),
        ),
        citation=cite(fuse.work, fuse.eid, one.kept.title, say),
        name="",
        verb=verb,
        link="",
        why=tuple(dict.fromkeys(why)),
    )


def _why(found: Match, say: Texts) -> str:
    """What of the provision the watch asks for; the words are all there, none was inserted."""
    told = [
        in_words(replace(reason, via=HELD) if reason.via == "inserted" else reason, say)
        for reason in found.why
        if reason.key != "materiality"
    ]
    return say("; ").join(dict.fromkeys(told)) or say("it asks for every change of law")


def _find(expression: Expression | None, eid: str) -> tuple[tuple[Enclosing, ...], Provision | None]:
    """A provision, and what encloses it, root first."""
    if expression is None or not eid:
        return (), None
    above: list[tuple[tuple[Enclosing, ...], Provision]] = [((), root) for root in expression.provisions]
    while above:
        path, provision = above.pop()
        if provision.eid == eid:
            return path, provision
        here = Enclosing(eid=provision.eid, unit=provision.unit, num=provision.num, heading=provision.heading)
        above.extend(((*path, here), child) for child in provision.children)
    return (), None


def _text(provision: Provision) -> str:
    return "\n".join(part for each in provision.walk() for part in (each.heading, each.text) if part)


def _whole(expression: Expression | None) -> str:
    return "\n".join(map(_text, expression.provisions)) if expression else ""
