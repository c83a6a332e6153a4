"""The calendar kept and told: new editions are searched for dates that lie ahead, and those that have come are owed to the watches they touch;
with them what was announced for a day and is overdue in the text.

It runs with every round of every source, and once for each reminder: a day that passed while the program was down is told by the next round.
"""

from __future__ import annotations

from datetime import date

from alerts.match import WatchIndex
from alerts.messages import Context
from alerts.reminders import Due, groups_of, reminders_for, stage_due, subject_of
from archive import calendar, editions, ledger, outbox
from archive.calendar import KeptFuse
from archive.records import Expression
from archive.store import Archive
from diffing.fuses import fuses_of
from tocsin.announced import remind_of_missing


def remind(archive: Archive, watches: WatchIndex, context: Context) -> int:
    """Search what is new, owe what is due as of ``context.now``; answers how many deliveries were owed."""
    owed = remind_of_missing(archive, watches, context)
    today = context.now.date()
    search(archive, today)
    due = [
        _due(archive, kept, stage, context)
        for kept in calendar.untold(archive)
        if (stage := stage_due(kept, today)) is not None
    ]
    if not due:
        return owed
    checked = {source.source: source.last_success for source in ledger.health(archive)}
    for group in groups_of(due):
        deliveries = reminders_for(group, watches, context, checked=checked.get(group[0].kept.source))
        with archive.transaction():
            owed += sum(outbox.enqueue(archive, delivery, context.now) for delivery in deliveries)
            calendar.mark_told(archive, (one.kept.id for one in group), group[0].stage)
    return owed


def search(archive: Archive, today: date) -> None:
    """Take the fuses of every work that has a new edition into the calendar: of the edition that stands, then of those that lie ahead, each of
    which corrects what the one before it had for the days after its own."""
    for work in calendar.unsearched(archive):
        held = [edition.as_of for edition in editions.editions(archive, work)]
        standing = [day for day in held if day <= today][-1:]
        for day in standing + [day for day in held if day > today]:
            expression = editions.expression(archive, work, on=day)
            if expression is not None:
                found = fuses_of(expression, today=today)
                calendar.keep(archive, work, found, as_of=day, seen=today)


def _due(archive: Archive, kept: KeptFuse, stage: int, context: Context) -> Due:
    held = _held(archive, kept)
    return Due(
        kept=kept,
        stage=stage,
        subject=subject_of(kept, held, context.now),
        language=held.language if held else "",
    )


def _held(archive: Archive, kept: KeptFuse) -> Expression | None:
    return editions.expression(archive, kept.fuse.work, on=kept.as_of)
