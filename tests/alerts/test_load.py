"""Over a thousand changes to six kinds of targets, a fifth of all sends failing in every way: all arrive once, or are dead letters."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from alerts.message import Payload
from alerts.sending import send_due
from alerts.targets import Target
from archive import outbox
from archive.codec import dumps
from archive.identifiers import delivery_key
from archive.records import Delivery
from archive.store import Archive
from tests.alerts.fakes.discord import shown
from tests.alerts.fakes.places import Place, discord_place, slack_place, teams_place, webhook_place
from tests.alerts.fakes.webhook import Webhook
from tests.alerts.made import NOW
from tests.alerts.receivers import FaultyMailbox, mail_server
from tests.alerts.test_console import lines

EACH = 168
HOPELESS = 5
MARK = "[possible repeat] "
OVER_HTTP = ("limited", "broken", "gone", "moved", "reset", "lost")
BY_MAIL = ("later", "never", "reset", "lost")


@dataclass
class Plan:
    """Faults for a fifth of what is asked, by a seed, each kind as often; ``met`` counts them. Some answers are slow."""

    seed: int
    kinds: tuple[str, ...]
    met: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def __call__(self) -> str:
        drawn = self.chance.random()
        fault = self.chance.choice(self.kinds) if drawn < 0.2 else "slow" if drawn < 0.25 else ""
        self.met[fault] += 1
        return fault


@dataclass
class Channel:
    """A target under load: what arrived (titles as received), and how often it was asked."""

    url: str
    arrived: Callable[[], list[str]]
    asked: Callable[[], int]
    plan: Plan


@pytest.fixture
def channels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Channel]]:
    with ExitStack() as stack:
        found = {
            name: over_http(
                make(stack, tmp_path), Plan(seed, (*OVER_HTTP, "silent") if name == "slack" else OVER_HTTP)
            )
            for seed, (name, make) in enumerate(
                {
                    "slack": slack_place,
                    "teams": teams_place,
                    "discord": discord_place,
                    "webhook": webhook_place,
                }.items()
            )
        }
        found["mail"] = by_mail(stack, Plan(11, BY_MAIL))
        found["file"] = to_file(tmp_path, Plan(12, ("broken",)), monkeypatch)
        yield found


def over_http(place: Place, plan: Plan) -> Channel:
    place.choose = plan
    service = place.service

    def arrived() -> list[str]:
        if isinstance(service, Webhook):
            return [marked(message) for message in (*service.taken, *service.repeats)]
        return [shown(title) for title in service.titles]

    url = f"{place.url}?rto=0.5" if "silent" in plan.kinds else place.url
    return Channel(url, arrived, lambda: service.asked, plan)


def marked(message: dict[str, object]) -> str:
    return (MARK if message["possible_repeat"] else "") + str(message["title"])


def by_mail(stack: ExitStack, plan: Plan) -> Channel:
    mailbox = FaultyMailbox(plan)
    _, port = stack.enter_context(mail_server(mailbox))
    return Channel(
        f"smtp://127.0.0.1:{port}/?from=tocsin@example.org&to=ann@example.org",
        lambda: [message_from_bytes(one, policy=policy.default)["Subject"] for one in mailbox.messages],
        lambda: mailbox.asked,
        plan,
    )


def to_file(folder: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> Channel:
    """A disk that fails when it is to hold what was written."""
    asked: list[str] = []

    def fsync(handle: int, plain: Callable[[int], None] = os.fsync) -> None:
        if not os.path.samestat(os.fstat(handle), path.stat()):
            return plain(handle)
        asked.append(plan())
        if asked[-1] == "broken":
            raise OSError("the disk is full")
        return plain(handle)

    path = folder / "alerts.jsonl"
    path.touch()
    monkeypatch.setattr("alerts.console.os.fsync", fsync)
    return Channel(
        "file:alerts.jsonl", lambda: [str(one["title"]) for one in lines(path)], lambda: len(asked), plan
    )


def owe(archive: Archive, name: str, number: int) -> None:
    title = f"Change {number} for {name}"
    payload = Payload(
        title=title, body="4800 → 2400\n", html="<p>4800 → 2400</p>", link="", thread="t", watches=("w",)
    )
    outbox.enqueue(
        archive,
        Delivery(
            key=delivery_key(f"t{number}", "w", name),
            message_id=f"m-{number}-{name}",
            transition_id=f"t{number}",
            watch="w",
            target=name,
            changes=(f"c{number}",),
            payload=dumps(payload),
        ),
        NOW,
    )


def test_a_fifth_of_sends_failing_loses_nothing_and_repeats_nothing_unmarked(
    channels: dict[str, Channel], tmp_path: Path
) -> None:
    targets = {name: Target(name=name, said=channel.url) for name, channel in channels.items()}
    targets["hopeless"] = Target(name="hopeless", said="env:NOBODY_SET_THIS")
    total = EACH * len(channels) + HOPELESS
    assert total > 1_000
    with Archive.create(tmp_path / "archive") as archive:
        with archive.transaction():
            for number in range(EACH):
                for name in channels:
                    owe(archive, name, number)
            for number in range(HOPELESS):
                owe(archive, "hopeless", number)
        now = NOW
        send_due(archive, targets, now, folder=tmp_path, environment={})
        refused = [one for one in outbox.deliveries(archive, state="failed") if "429" in one.error]
        waits = {one.delivery.target: one.next_try - now for one in refused if one.next_try}
        assert len(refused) == len(waits)  # the first of a target: the others were left to wait with it
        asked_for = {"slack": 30, "teams": 17, "discord": 2, "webhook": 90}
        assert waits
        assert waits == {name: timedelta(seconds=asked_for[name]) for name in waits}
        while any(outbox.counts(archive)[state] for state in ("pending", "failed")):
            now += timedelta(hours=8)
            send_due(archive, targets, now, folder=tmp_path, environment={})
        every = outbox.deliveries(archive)
        attempts = {owed.delivery.key: outbox.send_attempts(archive, owed.delivery.key) for owed in every}

    assert Counter(owed.state for owed in every).keys() == {"sent", "dead"}
    assert len(every) == total
    faults = sum(channel.plan.met[kind] for channel in channels.values() for kind in channel.plan.kinds)
    assert 0.15 < faults / sum(channel.asked() for channel in channels.values()) < 0.25
    assert sum(one.outcome != "sent" for tried in attempts.values() for one in tried) >= faults

    for name, channel in channels.items():
        owed = [one for one in every if one.delivery.target == name]
        tries = [attempt for one in owed for attempt in attempts[one.delivery.key]]
        arrived = Counter(channel.arrived())
        unmarked = {title: count for title, count in arrived.items() if not title.startswith(MARK)}
        assert all(count == 1 for count in unmarked.values()), name
        assert {kind for kind in channel.plan.kinds if not channel.plan.met[kind]} == set(), name
        # One that was given up on for its silence may not have been looked at yet when this is.
        assert len(tries) == channel.asked() or (
            "silent" in channel.plan.kinds and len(tries) > channel.asked()
        ), name
        for one in owed:
            told = [attempt.outcome for attempt in attempts[one.delivery.key]]
            number = one.delivery.transition_id.removeprefix("t")
            title = f"Change {number} for {name}"
            came = arrived[title] + arrived[MARK + title]
            assert told.count("sent") == (one.state == "sent"), (name, told)
            assert came >= (one.state == "sent"), (name, told)
            assert came <= 1 or one.possible_repeat, (name, told)
            assert one.possible_repeat == ("unknown" in told), (name, told)
            assert one.state == "sent" or told.count("unknown") > 1 or len(told) == outbox.MAX_ATTEMPTS

    hopeless = [one for one in every if one.delivery.target == "hopeless"]
    assert [one.state for one in hopeless] == ["dead"] * HOPELESS
    assert all(len(attempts[one.delivery.key]) == outbox.MAX_ATTEMPTS for one in hopeless)
