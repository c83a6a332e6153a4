"""Pages that do not keep still. One that comes back to an earlier text within the window is held, with every step that follows; when the window is over
people hear once what remains: the net change, or that it is again as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from alerts.events import is_paper
from alerts.language import common_language, texts
from alerts.match import WatchIndex
from alerts.message import Payload
from alerts.messages import Context, compose
from alerts.notices import notice
from alerts.owed import rendered
from archive import editions, holds, outbox, unstable
from archive.codec import dumps, loads
from archive.identifiers import delivery_key, digest
from archive.outbox import Owed
from archive.records import Delivery, Expression, StoredChange
from archive.shared_scope import shared
from archive.store import Archive
from archive.unstable import Seen, Unstable
from diffing.engine import compare
from diffing.touches.engine import touches_of


def unstable_of(archive: Archive, transition_id: str, window: timedelta, now: datetime) -> Unstable | None:
    """What holds the messages about a transition, begun with it where it is the return; None where its document keeps still."""
    found = unstable.edition_of(archive, transition_id) if window else None
    if found is None:
        return None
    work, edition = found
    if is_paper(work) or not unstable.is_page(archive, work):
        return None
    for one in unstable.open_ones(archive):
        if one.work == work:
            return one
    earlier = unstable.came_back_to(unstable.texts_of(archive, work), edition, window)
    if earlier is None:
        return None
    return unstable.begin(archive, work, earlier.edition, at=now, until=now + window)


def settle_unstable(archive: Archive, watches: WatchIndex, context: Context) -> None:
    """Owe what remains of each work whose window is over: to each target one message, which tells of all that was held."""
    for one in unstable.open_ones(archive):
        if one.until <= context.now:
            with archive.transaction():
                _settle(archive, one, watches, context)
                unstable.end(archive, one.id, context.now)


def _settle(archive: Archive, one: Unstable, watches: WatchIndex, context: Context) -> None:
    rows = [outbox.delivery(archive, key) for key in holds.held_for(archive, holds.UNSTABLE)]
    rows = [row for row in rows if _is_of(archive, row, one.work)]
    texts = unstable.texts_of(archive, one.work)
    base, last = _base(texts, one), texts[-1]
    net = () if base.digest == last.digest else _net(archive, one, base, context)
    for target in dict.fromkeys(row.delivery.target for row in rows):
        held = [row for row in rows if row.delivery.target == target]
        deliveries = _told(one, base, held, net, target, watches, context)
        for delivery in deliveries:
            outbox.enqueue(archive, delivery, context.now)
        keys = [row.delivery.key for row in held]
        holds.gather(archive, keys, deliveries[0].message_id, context.now)


def _base(texts: Sequence[Seen], one: Unstable) -> Seen:
    """The text that it came back to; where a new recipe has read everything anew since, that of the same day."""
    exact = [seen for seen in texts if seen.edition == one.base]
    return (exact or [seen for seen in texts if seen.as_of == one.base_day.isoformat()] or list(texts))[0]


def _is_of(archive: Archive, row: Owed, work: str) -> bool:
    found = unstable.edition_of(archive, row.delivery.transition_id)
    return found is not None and found[0] == work


def _net(archive: Archive, one: Unstable, base: Seen, context: Context) -> tuple[StoredChange, ...]:
    """What a work says now and did not say in the text that it came back to, as changes of one step that is not in the archive."""
    before = editions.expression(archive, one.work, on=date.fromisoformat(base.as_of), known=base.known_from)
    after = editions.expression(archive, one.work)
    assert before is not None, "a text that was seen is held"
    assert after is not None, "and so is the one that stands"
    moment = _moment(one)
    found = compare(*shared(before, after))
    source = next((row.source for row in editions.works(archive, one.work)), "")
    return tuple(
        StoredChange(
            id=digest("change", moment, str(at)),
            source=source,
            work=one.work,
            title=after.title,
            transition_id=moment,
            before=before.as_of,
            after=after.as_of,
            observed_at=context.now,
            change=change,
            touches=touches_of(change, work=one.work, source=source, language=_language(after)),
            facts=after.facts,
        )
        for at, change in enumerate(found)
    )


def _language(expression: Expression) -> str:
    return expression.language


def _moment(one: Unstable) -> str:
    return digest("unstable", one.work, str(one.id))


def _told(
    one: Unstable,
    base: Seen,
    held: Sequence[Owed],
    net: Sequence[StoredChange],
    target: str,
    watches: WatchIndex,
    context: Context,
) -> tuple[Delivery, ...]:
    """The message to one target: the net change where it meets the watches that heard of a step, else that it is as it was."""
    names = dict.fromkeys(row.delivery.watch for row in held)
    payloads = {row.delivery.message_id: loads(row.delivery.payload, Payload) for row in held}
    steps = [(payload.title, payload.link) for payload in payloads.values()]
    moment = _moment(one)
    say = texts(common_language(payload.language for payload in payloads.values()))
    how = say.plural(
        "It came back to its text of {day} on {at} and was held as unstable until {until}; {number} message about it waited.",
        "It came back to its text of {day} on {at} and was held as unstable until {until}; {number} messages about it waited.",
        len(steps),
        day=say.day(date.fromisoformat(base.as_of)),
        at=say.instant(one.at),
        until=say.instant(one.until),
    )
    matches = [
        found
        for change in net
        for found in watches.match(change)
        if found.watch.name in names and target in found.watch.notify
    ]
    thread = digest("thread", one.work)
    if matches:
        plain = replace(context, address="", thread="", updates=type(context.updates)(), evidence=None)
        message = compose(net, matches, target, plain)
        message = replace(message, key=delivery_key(moment, message.watches[0].name, target))
        payload = loads(rendered(message, thread=thread), Payload)
        told = notice(
            say("Unstable, and now settled: {title}", title=payload.title),
            [how, say("What remains of it, beside that text:")],
            listed=steps,
            enclosed=[payload],
            watches=tuple(names),
            thread=thread,
            say=say,
        )
        changes = {note.name: note.changes for note in message.watches}
    else:
        what = (
            say("What it says now meets none of these watches. What was held:")
            if net
            else say("It says the same again. What was held:")
        )
        told = notice(
            say("Unstable, and again as it was: {title}", title=next(iter(payloads.values())).title),
            [how, what],
            listed=steps,
            watches=tuple(names),
            thread=thread,
            say=say,
        )
        changes = {}
    message_id = digest("message", moment, target)
    return tuple(
        Delivery(
            key=delivery_key(moment, name, target),
            message_id=message_id,
            transition_id=moment,
            watch=name,
            target=target,
            changes=changes.get(name, ())
            or tuple(key for row in held if row.delivery.watch == name for key in row.delivery.changes),
            payload=dumps(told),
        )
        for name in names
    )
