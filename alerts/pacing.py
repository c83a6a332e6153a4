"""When each message goes: at once, at the next working hour of its person, in a round-up, or when its document keeps still.

Every message that is owed is decided on once, in the transaction that writes what was decided. Where the watches of one message differ, the quickest
counts: who is told at once of a change need not read of it again on Monday. What a person muted is listed in the next round-up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.conditions import Watch
from alerts.flapping import unstable_of
from alerts.language import ENGLISH, Texts, texts
from alerts.message import Payload
from alerts.muting import Muting
from alerts.notices import with_line
from alerts.people import Recipient, Rules
from alerts.pressing import days_of, passing, stored_of
from archive import acknowledged, holds, outbox
from archive.codec import dumps, loads
from archive.outbox import Owed
from archive.records import StoredChange
from archive.store import Archive

_SORTS = {"now": holds.HOURS, "daily": holds.DAILY, "weekly": holds.WEEKLY}
_WHY = {
    holds.HOURS: "it waits for the next working hour of {owner}",
    holds.DAILY: "it comes with the daily round-up of {owner}",
    holds.WEEKLY: "it comes with the weekly round-up of {owner}",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wait:
    """That a message waits until an instant: for what, in words, and for whom."""

    until: datetime
    sort: str
    why: str
    person: Recipient


class Pacing:
    """The rules held against the outbox at one instant."""

    def __init__(self, archive: Archive, watches: Mapping[str, Watch], rules: Rules, now: datetime) -> None:
        self.archive, self.watches, self.rules, self.now = archive, watches, rules, now
        self._muting = Muting(archive, now)
        self._stored: dict[str, tuple[StoredChange, ...]] = {}

    def decide(self) -> None:
        """Let go or hold every message that nobody has decided on."""
        with self.archive.transaction():
            for group in messages(outbox.unpaced(self.archive)):
                self._decide(group)

    def release(self) -> None:
        """Let go what waited for a working hour that has come; and what was held as unstable and is told by nothing else by then."""
        with self.archive.transaction():
            for row in outbox.waiting(self.archive, self.now):
                hold = holds.standing(self.archive, row.delivery.key)
                if hold is not None and hold.sort in (holds.HOURS, holds.UNSTABLE):
                    holds.end(self.archive, row.delivery.key, self.now)
                    self.let_go(row)

    def person_of(self, row: Owed) -> Recipient:
        """The owner of the watch of a delivery; of a watch that is gone the one whom it had, as far as that was written."""
        watch = self.watches.get(row.delivery.watch)
        return self.rules.person(watch.owner if watch else row.person)

    def let_go(self, row: Owed) -> None:
        """Let a message go, and await that it is acknowledged where it has to be."""
        person = self.person_of(row)
        outbox.let_go(self.archive, row.delivery.key, person.name, self.now)
        self.await_reading(row, person)

    def await_reading(self, row: Owed, person: Recipient) -> None:
        """From now on this person's reading is awaited, where it has to be."""
        if self.rules.escalate_after is not None and person.name in self.rules.people and self._counts(row):
            due = person.hours.after_working(self.now, self.rules.escalate_after)
            acknowledged.wait_for(
                self.archive, row.delivery.transition_id, person.name, since=self.now, due=due
            )

    def _decide(self, group: Sequence[Owed]) -> None:
        rest = []
        for row in group:
            person = self.person_of(row)
            mute = self._muting.of(row, person)
            if mute is None:
                rest.append(row)
                continue
            until = person.hours.next_roundup(self.now, weekly=False)
            self._hold([row], _Wait(until=until, sort=holds.MUTED, why=mute.line(), person=person))
        if not rest:
            return
        wait = self._wait(rest)
        if wait is not None and (rule := self._presses(rest, wait)):
            payload = loads(rest[0].delivery.payload, Payload)
            payload = with_line(payload, self._presses(rest, wait, texts(payload.language)))
            for row in rest:
                outbox.reword(self.archive, row.delivery.key, dumps(payload))
                holds.note(self.archive, row.delivery.key, rule, at=self.now)
            wait = None
        if wait is not None:
            self._hold(rest, wait)
            return
        for row in rest:
            self.let_go(row)

    def _hold(self, rows: Sequence[Owed], wait: _Wait) -> None:
        for row in rows:
            holds.hold(
                self.archive,
                row.delivery.key,
                wait.sort,
                wait.why,
                person=self.person_of(row).name,
                at=self.now,
                until=wait.until,
            )

    def _wait(self, rows: Sequence[Owed]) -> _Wait | None:
        """What a message has to wait for, None for nothing."""
        person = self.person_of(rows[0])
        unstable = unstable_of(self.archive, rows[0].delivery.transition_id, self.rules.unstable, self.now)
        if unstable is not None:
            why = f"{unstable.work} came back to an earlier text and is held as unstable"
            return _Wait(until=unstable.until, sort=holds.UNSTABLE, why=why, person=person)
        waits = []
        for row in rows:
            person = self.person_of(row)
            watch = self.watches.get(row.delivery.watch)
            rate = watch.rate if watch else "now"
            if rate == "now":
                until = person.hours.next_sending(self.now)
            else:
                until = person.hours.next_roundup(self.now, weekly=rate == "weekly")
            if until <= self.now:
                return None
            sort = _SORTS[rate]
            waits.append(
                _Wait(until=until, sort=sort, why=_WHY[sort].format(owner=person.name), person=person)
            )
        return min(waits, key=lambda wait: wait.until)

    def _presses(self, rows: Sequence[Owed], wait: _Wait, say: Texts = ENGLISH) -> str:
        """By which rule a message does not wait, "" where it does."""
        stored = self._changes(rows[0])
        days = days_of(self.archive, stored, rows)
        passes = passing(days, wait.person.hours, self.now, wait.until, say)
        if not passes:
            return ""
        return say(
            "Sent before its hour ({at}), because a date would have come or passed while it waited: {dates}.",
            at=say.instant(wait.until),
            dates=passes,
        )

    def _changes(self, row: Owed) -> tuple[StoredChange, ...]:
        """What a message is about, () for one that is about no transition; of the last that was asked for, as the rows of a message come together."""
        transition = row.delivery.transition_id
        if transition not in self._stored:
            self._stored = {transition: stored_of(self.archive, transition)}
        return self._stored[transition]

    def _counts(self, row: Owed) -> bool:
        """Whether a message has to be acknowledged: its watch says so, or what it met is of a materiality that the rules name."""
        watch = self.watches.get(row.delivery.watch)
        if watch is not None and watch.acknowledge is not None:
            return watch.acknowledge
        stored = self._changes(row)
        if not stored:  # a reminder: the law changes on its day
            return "substantive" in self.rules.acknowledge
        met = set(row.delivery.changes)
        return any(one.change.materiality in self.rules.acknowledge for one in stored if one.id in met)


def messages(rows: Sequence[Owed]) -> list[list[Owed]]:
    """The rows of each message to each target, together."""
    found: dict[tuple[str, str], list[Owed]] = {}
    for row in rows:
        found.setdefault((row.delivery.message_id, row.delivery.target), []).append(row)
    return list(found.values())
