"""The outbox emptied: each message that is due is claimed, sent, and marked with what came of it.

The rows of one message to one target (a row for each watch that it names) are claimed, sent and marked together: one message leaves for them
all. The claim is committed before a byte leaves, so that a process that dies in between leaves a message known to be uncertain, which
is offered again with the same id and the mark of a possible repeat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TextIO

from alerts.delivery import Post
from alerts.message import Payload
from alerts.outgoing import Outgoing
from alerts.targets import Target, find_target
from archive import linking, outbox
from archive.codec import loads
from archive.errors import DeliveryFailed, TocsinError
from archive.outbox import Owed
from archive.store import Archive

BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What came of a round, counted in messages: ``sent`` (of which ``repeats`` were marked as possible repeats), ``failed`` with another try
    to come, ``dead`` without one; ``failures`` has a line for each of the last two."""

    sent: int = 0
    repeats: int = 0
    failed: int = 0
    dead: int = 0
    failures: tuple[str, ...] = ()


def send_due(
    archive: Archive,
    targets: Mapping[str, Target],
    now: datetime,
    *,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    stream: TextIO | None = None,
) -> Sent:
    """Send every message that is due, each at most once in this round; a target that asks for a rest gets one. Never raises for a channel that fails.
    What came of the round is put into the chain when it ends.

    ``folder`` is that of the configuration, from which relative paths of targets are taken; ``environment`` holds the secrets
    (the process's own by default); ``stream`` is what ``console:`` writes to (standard output by default).
    """
    post = Post(folder=folder, environment=environment, stream=stream)
    outbox.recover(archive, now)
    tally = Sent()
    tried: set[str] = set()
    resting: set[str] = set()  # targets that asked to be left alone for a while
    while groups := [group for group in _due(archive, now) if group[0].delivery.key not in tried]:
        for group in groups:
            tried.update(owed.delivery.key for owed in group)
            if group[0].delivery.target not in resting:
                tally = _send(archive, post, targets, group, now, tally, resting)
    linking.link_sending(archive, at=now)
    return tally


def _due(archive: Archive, now: datetime) -> list[list[Owed]]:
    """The next messages, each with all its rows: a batch that ends within a message gives that one up, or is widened for it."""
    limit = BATCH
    while True:
        batch = outbox.due(archive, now, limit)
        groups: dict[tuple[str, str], list[Owed]] = {}
        for owed in batch:
            groups.setdefault((owed.delivery.message_id, owed.delivery.target), []).append(owed)
        if len(batch) < limit:
            return list(groups.values())
        if len(groups) > 1:
            return list(groups.values())[:-1]
        limit *= 4


def _send(
    archive: Archive,
    post: Post,
    targets: Mapping[str, Target],
    group: Sequence[Owed],
    now: datetime,
    tally: Sent,
    resting: set[str],
) -> Sent:
    with archive.transaction():
        group = [owed for owed in group if outbox.claim(archive, owed.delivery.key, now)]
    if not group:  # somebody else has claimed it
        return tally
    keys = [owed.delivery.key for owed in group]
    repeat = any(owed.possible_repeat for owed in group)
    failure = _deliver(post, targets, group, now, repeat)
    with archive.transaction():
        for key in keys:
            if failure is None:
                outbox.mark_sent(archive, key, now)
            else:
                outbox.mark_failed(
                    archive,
                    key,
                    now,
                    failure.line(),
                    uncertain=failure.uncertain,
                    retry_after=failure.retry_after,
                )
        if failure is not None and failure.retry_after is not None:
            resting.add(group[0].delivery.target)
            rest = max(failure.retry_after, timedelta(seconds=1))
            outbox.put_off(archive, group[0].delivery.target, now, now + rest)
    if failure is None:
        return replace(tally, sent=tally.sent + 1, repeats=tally.repeats + repeat)
    dead = outbox.delivery(archive, keys[0]).state == "dead"
    return replace(
        tally,
        failed=tally.failed + (not dead),
        dead=tally.dead + dead,
        failures=(*tally.failures, failure.line()),
    )


def _deliver(
    post: Post, targets: Mapping[str, Target], group: Sequence[Owed], now: datetime, repeat: bool
) -> DeliveryFailed | None:
    first = group[0].delivery
    try:
        outgoing = Outgoing(
            message_id=first.message_id,
            payload=loads(first.payload, Payload),
            watches=tuple((owed.delivery.watch, owed.delivery.changes) for owed in group),
            sent_at=now,
            repeat=repeat,
        )
        post.deliver(outgoing, find_target(first.target, targets))
    except DeliveryFailed as error:
        return error
    except TocsinError as error:
        return DeliveryFailed(error.message, thing=error.thing or f"target {first.target}", mend=error.mend)
    except Exception as error:
        # A channel's library that breaks must not keep the messages behind this one. Its words may hold the address: only its type is told.
        return DeliveryFailed(
            f"it broke while it was sent ({type(error).__name__})",
            thing=f"target {first.target}",
            uncertain=True,
        )
    return None
