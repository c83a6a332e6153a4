"""What is owed is told: reminders, what waited for its hour, what is due; then what could not be delivered, to those who can mend it.

Every step writes what it decided in a transaction of its own, and the next call goes on where a killed one stopped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from alerts.escalation import escalate
from alerts.flapping import settle_unstable
from alerts.match import WatchIndex
from alerts.messages import Context
from alerts.operators import settle_dead_letters, tell_operators
from alerts.pacing import Pacing
from alerts.roundups import form_roundups
from alerts.sending import Sent, send_due
from archive import clock
from archive.incidents import CLOSED
from archive.store import Archive
from tocsin.config import Config
from tocsin.reminders import remind
from tocsin.review.life import advance


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What came of it: messages ``sent``, and a line for each that was not and each incident that began."""

    sent: int
    failures: tuple[str, ...]


def tell(archive: Archive, config: Config, watches: WatchIndex, context: Context) -> Told:
    """Owe what the calendar brings, decide when each message goes, and send what is due."""
    now = clock.now()
    context = replace(context, now=now)
    remind(archive, watches, context)
    pacing = Pacing(archive, {watch.name: watch for watch in watches.watches}, config.alerts, now)
    settle_unstable(archive, watches, context)
    pacing.release()
    form_roundups(pacing)
    pacing.decide()
    escalate(archive, config.alerts, now)
    tell_operators(archive, config.alerts, now)
    advance(archive, config, now=now)
    rounds = [_send(archive, config)]
    steps = settle_dead_letters(archive, now)
    if tell_operators(archive, config.alerts, now):
        rounds.append(_send(archive, config))
    began = (step.line() for step in steps if step.what != CLOSED)
    return Told(
        sent=sum(sent.sent for sent in rounds),
        failures=(*(line for sent in rounds for line in sent.failures), *began),
    )


def _send(archive: Archive, config: Config) -> Sent:
    return send_due(archive, config.targets, clock.now(), folder=config.folder)
