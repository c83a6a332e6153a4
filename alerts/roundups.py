"""Round-ups: one message to a target for all that waited for its hour. It is formed once, in the transaction that marks what it tells of."""

from __future__ import annotations

from collections.abc import Sequence

from alerts.language import Texts, common_language, mark, texts
from alerts.message import Payload
from alerts.notices import notice
from alerts.pacing import Pacing, messages
from archive import holds, outbox
from archive.codec import dumps, loads
from archive.holds import Hold
from archive.identifiers import delivery_key, digest
from archive.outbox import Owed
from archive.records import Delivery

_NAMES = {
    holds.DAILY: mark("Daily round-up"),
    holds.WEEKLY: mark("Weekly round-up"),
    holds.MUTED: mark("Muted"),
}


def form_roundups(pacing: Pacing) -> int:
    """Form the round-ups whose hour has come; answers how many."""
    archive, now = pacing.archive, pacing.now
    with archive.transaction():
        found: dict[str, list[tuple[Owed, Hold]]] = {}
        for row in outbox.waiting(archive, now):
            hold = holds.standing(archive, row.delivery.key)
            if hold is not None and hold.sort in _NAMES:
                found.setdefault(row.delivery.target, []).append((row, hold))
        for target, waited in found.items():
            _form(pacing, target, waited)
    return len(found)


def _form(pacing: Pacing, target: str, waited: Sequence[tuple[Owed, Hold]]) -> None:
    archive, now = pacing.archive, pacing.now
    moment = digest("roundup", target, *sorted(row.delivery.key for row, _ in waited))
    message_id = digest("message", moment, target)
    rows = [row for row, hold in waited if hold.sort != holds.MUTED]
    payloads = [loads(group[0].delivery.payload, Payload) for group in messages(rows)]
    muted = {row.delivery.message_id: (row, hold) for row, hold in waited if hold.sort == holds.MUTED}
    told = {row.delivery.message_id for row in rows}
    listed = [(f"{one.title}", one.link) for one in payloads]
    listed += [
        (
            f"{loads(row.delivery.payload, Payload).title} [{hold.why}]",
            loads(row.delivery.payload, Payload).link,
        )
        for message, (row, hold) in muted.items()
        if message not in told
    ]
    say = texts(common_language(loads(row.delivery.payload, Payload).language for row, _ in waited))
    unstable = _held_as_unstable(pacing, target, say)
    watches = dict.fromkeys(row.delivery.watch for row, _ in waited)
    payload = dumps(
        notice(
            _title(
                pacing, [hold.sort for _, hold in waited], len(payloads), len(listed) - len(payloads), say
            ),
            [
                say(
                    "Formed {at} for what waited since {since}.",
                    at=say.instant(now),
                    since=say.instant(min(hold.at for _, hold in waited)),
                )
            ],
            listed=[*listed, *unstable],
            enclosed=payloads,
            watches=tuple(watches),
            thread=digest("thread", "roundup", target),
            say=say,
        )
    )
    for name in watches:
        of_watch = [row for row, _ in waited if row.delivery.watch == name]
        delivery = Delivery(
            key=delivery_key(moment, name, target),
            message_id=message_id,
            transition_id=moment,
            watch=name,
            target=target,
            changes=tuple(dict.fromkeys(key for row in of_watch for key in row.delivery.changes)),
            payload=payload,
        )
        outbox.enqueue(archive, delivery, now, paced=True)
        outbox.let_go(archive, delivery.key, pacing.person_of(of_watch[0]).name, now)
    for row in rows:
        pacing.await_reading(row, pacing.person_of(row))
    holds.gather(archive, [row.delivery.key for row, _ in waited], message_id, now)


def _title(pacing: Pacing, sorts: Sequence[str], whole: int, muted: int, say: Texts) -> str:
    sort = next(sort for sort in _NAMES if sort in sorts)
    counted = [say.plural("{number} alert", "{number} alerts", whole)] if whole else []
    if muted and whole:
        counted.append(say.plural("{number} muted", "{number} muted", muted))
    elif muted:
        counted.append(say.plural("{number} alert", "{number} alerts", muted))
    return say(
        "{name} of {day}: {counted}",
        name=say(_NAMES[sort]),
        day=say.day(pacing.now.date()),
        counted=say(", ").join(counted) or say("alerts told elsewhere"),
    )


def _held_as_unstable(pacing: Pacing, target: str, say: Texts) -> list[tuple[str, str]]:
    rows = [outbox.delivery(pacing.archive, key) for key in holds.held_for(pacing.archive, holds.UNSTABLE)]
    titles = {
        row.delivery.message_id: loads(row.delivery.payload, Payload)
        for row in rows
        if row.delivery.target == target
    }
    return [
        (say("{title} [held as unstable; what remains is told later]", title=one.title), one.link)
        for one in titles.values()
    ]
