"""What nobody acknowledged in time goes to the deputy, as a message of its own that names the first; once. Without a deputy the operators hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from alerts.language import texts
from alerts.message import Payload
from alerts.notices import notice
from alerts.people import Recipient, Rules
from archive import acknowledged, holds, outbox
from archive.acknowledged import Awaited
from archive.codec import dumps, loads
from archive.identifiers import delivery_key, digest
from archive.outbox import Owed
from archive.records import Delivery
from archive.store import Archive

_SHOWN = 10
"""Characters of a key in the command that acknowledges it."""


def escalate(archive: Archive, rules: Rules, now: datetime) -> int:
    """Owe the escalations that are due, one message for all that one person has left; answers how many alerts were escalated. One for which there
    is nobody stays overdue, and is tried again."""
    by_owner: dict[str, list[Awaited]] = {}
    for one in acknowledged.overdue(archive, now):
        by_owner.setdefault(one.owner, []).append(one)
    escalated = 0
    for owner, late in by_owner.items():
        with archive.transaction():
            escalated += _escalate(archive, rules.person(owner), late, rules, now)
    return escalated


def _escalate(
    archive: Archive, owner: Recipient, late: Sequence[Awaited], rules: Rules, now: datetime
) -> int:
    rows = [
        row
        for one in late
        for row in reversed(outbox.deliveries(archive, transition_id=one.transition_id, person=one.owner))
    ]
    deputy = rules.people.get(owner.deputy)
    targets = _targets(deputy, rules, rows)
    if not rows or not targets:
        return 0
    moment = digest("escalation", owner.name, *sorted(one.transition_id for one in late))
    payload = dumps(_message(late, owner, deputy, rows))
    until = deputy.hours.next_sending(now) if deputy else now
    for target in targets:
        message_id = digest("message", moment, target)
        for name in dict.fromkeys(row.delivery.watch for row in rows):
            changes = [key for row in rows if row.delivery.watch == name for key in row.delivery.changes]
            delivery = Delivery(
                key=delivery_key(moment, name, target),
                message_id=message_id,
                transition_id=moment,
                watch=name,
                target=target,
                changes=tuple(dict.fromkeys(changes)),
                payload=payload,
            )
            outbox.enqueue(archive, delivery, now, paced=True)
            if deputy is None or until <= now:
                outbox.let_go(archive, delivery.key, owner.name, now)
                continue
            why = f"it waits for the next working hour of {deputy.name}"
            holds.hold(archive, delivery.key, holds.HOURS, why, person=owner.name, at=now, until=until)
        for row in rows:
            told = f"{owner.name} has not acknowledged it; {target} was told"
            holds.note_told(archive, row.delivery.key, told, message_id, at=now)
    for one in late:
        acknowledged.mark_escalated(archive, one, now)
    return len(late)


def _targets(deputy: Recipient | None, rules: Rules, rows: Sequence[Owed]) -> tuple[str, ...]:
    """Where it goes: to the deputy's targets, to those of the alerts where the deputy has none, to the operators where there is no deputy."""
    if deputy is None:
        return rules.operators
    return deputy.notify or tuple(dict.fromkeys(row.delivery.target for row in rows))


def _message(
    late: Sequence[Awaited], owner: Recipient, deputy: Recipient | None, rows: Sequence[Owed]
) -> Payload:
    alerts = {row.delivery.transition_id: row for row in reversed(rows)}
    payloads = [loads(alerts[key].delivery.payload, Payload) for key in reversed(alerts)]
    first = payloads[0]
    say = texts(deputy.language if deputy else first.language)
    title, more = first.title, len(payloads) - 1
    if more:
        title = say("{first} and {count} more", first=title, count=more)
    whom = (
        say("You hear of it as the deputy, {name}.", name=deputy.name)
        if deputy
        else say("There is no deputy.")
    )
    said = say.plural(
        "{owner} has not acknowledged this alert, let go from {since} on, within the working time that was set, up to {due}.",
        "{owner} has not acknowledged these alerts, let go from {since} on, within the working time that was set, up to {due}.",
        len(payloads),
        owner=owner.name,
        since=say.instant(min(one.since for one in late)),
        due=say.instant(max(one.due for one in late)),
    )
    return notice(
        say("Not acknowledged by {owner}: {title}", owner=owner.name, title=title),
        [say("{first} {second}", first=said, second=whom)],
        listed=[
            (
                say(
                    "{label}: {value}",
                    label=loads(row.delivery.payload, Payload).title,
                    value=f"tocsin alerts ack {row.delivery.key[:_SHOWN]}",
                ),
                "",
            )
            for row in reversed(alerts.values())
        ],
        enclosed=payloads,
        watches=tuple(dict.fromkeys(row.delivery.watch for row in rows)),
        thread=first.thread,
        link=first.link,
        say=say,
    )
