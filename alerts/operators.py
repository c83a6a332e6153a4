"""What operators hear: incidents, each opened, escalated and closed once, through the same outbox as every alert."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from alerts.labels import label
from alerts.language import Texts, common_language, mark, texts
from alerts.notices import notice
from alerts.people import Rules
from archive import incidents, outbox
from archive.codec import dumps
from archive.identifiers import delivery_key, digest
from archive.incidents import CLOSED, DEAD, ESCALATED, FAILING, GAP, HELD, OPENED, UNCOUNTED, Step
from archive.records import Delivery
from archive.store import Archive

WATCH = "operators"
"""What stands in the place of a watch in a message to them."""
PATIENCE = timedelta(days=1)
"""How long messages may not arrive at a target before that is told again."""


def settle_dead_letters(archive: Archive, now: datetime) -> tuple[Step, ...]:
    """Open an incident for each target that has dead letters, close that of one whose messages have all arrived since; answers what happened."""
    return incidents.settle(
        archive, incidents.ALERTS, DEAD, incidents.dead_letters(archive), at=now, patience=PATIENCE
    )


def tell_operators(archive: Archive, rules: Rules, now: datetime) -> int:
    """Owe the operators what happened to incidents; answers how many messages. A target hears nothing of its own dead letters until they are
    over: it could not, and its messages about them would be more of them."""
    if not rules.operators:
        return 0
    owed = 0
    with archive.transaction():
        steps = incidents.untold(archive)
        for target in dict.fromkeys(rules.operators):
            told = [step for step in steps if not _is_about(step, target) or step.what == CLOSED]
            if told:
                readers = [person for person in rules.people.values() if target in person.notify]
                say = texts(common_language(person.language for person in readers))
                owed += outbox.enqueue(archive, _delivery(target, told, say), now, paced=True)
        incidents.mark_told(archive, steps, now)
    return owed


def _is_about(step: Step, target: str) -> bool:
    return step.incident.sort == DEAD and step.incident.subject == target


def _delivery(target: str, steps: Sequence[Step], say: Texts) -> Delivery:
    moment = digest("incidents", *(f"{step.incident.id} {step.what}" for step in steps))
    counted = say(", ").join(
        say("{number} {what}", number=number, what=label(say, _STEPS, what))
        for what, number in Counter(step.what for step in steps).items()
    )
    return Delivery(
        key=delivery_key(moment, WATCH, target),
        message_id=digest("message", moment, target),
        transition_id=moment,
        watch=WATCH,
        target=target,
        changes=(),
        payload=dumps(
            notice(
                say("Incidents: {counted}", counted=counted),
                [
                    say(
                        "'tocsin health' shows what stands, 'tocsin alerts list --state dead' what could not be delivered."
                    )
                ],
                listed=[(_line(step, say), "") for step in steps],
                watches=(WATCH,),
                thread=digest("thread", "incidents"),
                say=say,
            )
        ),
    )


def _line(step: Step, say: Texts) -> str:
    """``us_ecfr: incident 3 opened: gap, 2026-05902 of 2026-03-26 is not held``; what is wrong is said as the ledger has it."""
    one = step.incident
    return say(
        "{source}: incident {id} {what}: {sort}, {said}",
        source=one.source,
        id=str(one.id),
        what=label(say, _STEPS, step.what),
        sort=label(say, _SORTS, one.sort),
        said=one.said,
    )


_STEPS = {OPENED: mark("opened"), ESCALATED: mark("escalated"), CLOSED: mark("closed")}
_SORTS = {
    GAP: mark("gap"),
    HELD: mark("held"),
    UNCOUNTED: mark("uncounted"),
    FAILING: mark("failing"),
    DEAD: mark("dead letters"),
}
