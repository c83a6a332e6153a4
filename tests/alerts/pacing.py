"""An outbox at some instant, with people who have hours: what tests of pacing stand on."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from alerts.conditions import Watch
from alerts.escalation import escalate
from alerts.flapping import settle_unstable
from alerts.hours import Hours
from alerts.match import WatchIndex
from alerts.message import Payload
from alerts.messages import Context
from alerts.operators import settle_dead_letters, tell_operators
from alerts.pacing import Pacing
from alerts.people import Recipient, Rules
from alerts.roundups import form_roundups
from alerts.sending import Sent, send_due
from alerts.targets import Target
from archive import outbox
from archive.codec import dumps
from archive.identifiers import delivery_key, digest
from archive.records import Delivery
from archive.store import Archive
from tests.alerts.made import watch

FILE = "file:alerts.jsonl"
EVENING = (time(19), time(8))
ANN = Recipient(
    name="ann",
    address="ann@example.org",
    hours=Hours(zone="Europe/Brussels", quiet=EVENING, roundup=time(8, 30)),
    deputy="bo",
)
BO = Recipient(name="bo", address="bo@example.org", notify=("file:bo.jsonl",))

THURSDAY_NOON = datetime(2026, 6, 18, 10, tzinfo=UTC)
FRIDAY_EVENING = datetime(2026, 6, 19, 18, tzinfo=UTC)
MONDAY_EIGHT = datetime(2026, 6, 22, 6, tzinfo=UTC)
MONDAY_HALF_PAST = datetime(2026, 6, 22, 6, 30, tzinfo=UTC)


@dataclass(kw_only=True)
class Desk:
    """An archive in a folder, the watches and the rules; ``at`` goes through one round of telling."""

    archive: Archive
    folder: Path
    watches: Sequence[Watch] = ()
    rules: Rules = field(default_factory=lambda: Rules(people={"ann": ANN, "bo": BO}))
    targets: Mapping[str, str] = field(default_factory=dict)

    def owe(
        self,
        transition: str,
        *watches: str,
        target: str = FILE,
        at: datetime = THURSDAY_NOON,
        changes: tuple[str, ...] = ("c1",),
    ) -> list[str]:
        """Owe a message on a transition to a target, for each of these watches; answers the keys."""
        payload = Payload(
            title=f"Title {transition}",
            body=f"Title {transition}\n\n4800 → 2400\n",
            html=f"<html><body><p>{transition}: 4800 → 2400</p></body></html>",
            link=f"http://127.0.0.1/{transition}",
            thread="t",
            watches=watches,
        )
        keys = []
        for name in watches:
            delivery = Delivery(
                key=delivery_key(transition, name, target),
                message_id=digest("message", transition, target),
                transition_id=transition,
                watch=name,
                target=target,
                changes=changes,
                payload=dumps(payload),
            )
            assert outbox.enqueue(self.archive, delivery, at)
            keys.append(delivery.key)
        return keys

    def at(self, now: datetime) -> Sent:
        """What the program does with the outbox at an instant."""
        index = WatchIndex(self.watches)
        pacing = Pacing(self.archive, {one.name: one for one in self.watches}, self.rules, now)
        settle_unstable(self.archive, index, Context(now=now))
        pacing.release()
        form_roundups(pacing)
        pacing.decide()
        escalate(self.archive, self.rules, now)
        tell_operators(self.archive, self.rules, now)
        sent = self._send(now)
        settle_dead_letters(self.archive, now)
        if tell_operators(self.archive, self.rules, now):
            self._send(now)
        return sent

    def _send(self, now: datetime) -> Sent:
        targets = {name: Target(name=name, said=said) for name, said in self.targets.items()}
        return send_due(self.archive, targets, now, folder=self.folder, environment={}, stream=io.StringIO())

    def lines(self, name: str = "alerts.jsonl") -> list[dict[str, Any]]:
        """The records of a file of alerts."""
        path = self.folder / name
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def titles(self, name: str = "alerts.jsonl") -> list[str]:
        """Their titles."""
        return [line["title"] for line in self.lines(name)]

    def states(self) -> dict[str, str]:
        """The state of the message on each transition."""
        return {
            row.delivery.transition_id: row.state for row in outbox.deliveries(self.archive) if row.delivery
        }


def of_ann(name: str, **given: Any) -> Watch:
    """A watch that Ann owns."""
    return watch(name, **{"owner": "ann", "notify": (FILE,), **given})
