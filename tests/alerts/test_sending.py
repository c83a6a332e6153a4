"""The outbox emptied over an archive on disk: once, in one message for all watches of a target, and never lost."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.delivery import Post
from alerts.message import Payload
from alerts.outgoing import Outgoing
from alerts.sending import Sent, send_due
from alerts.targets import Target
from archive import outbox
from archive.codec import dumps
from archive.identifiers import delivery_key
from archive.records import Delivery
from archive.store import Archive
from tests.alerts.fakes.server import serve
from tests.alerts.fakes.webhook import SECRET, Webhook
from tests.alerts.made import NOW
from tests.alerts.receivers import web_server

FILE = "file:alerts.jsonl"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.create(tmp_path / "archive") as opened:
        yield opened


def owe(archive: Archive, transition: str, watches: tuple[str, ...] = ("w",), target: str = FILE) -> None:
    payload = Payload(
        title=f"Title {transition}", body="4800 → 2400\n", html="", link="", thread="t", watches=watches
    )
    for watch in watches:
        delivery = Delivery(
            key=delivery_key(transition, watch, target),
            message_id=f"m-{transition}-{target}",
            transition_id=transition,
            watch=watch,
            target=target,
            changes=("c1",),
            payload=dumps(payload),
        )
        outbox.enqueue(archive, delivery, NOW)


def send(archive: Archive, tmp_path: Path, later: timedelta = timedelta(0), **targets: str) -> Sent:
    named = {name: Target(name=name, said=said) for name, said in targets.items()}
    return send_due(archive, named, NOW + later, folder=tmp_path, environment={}, stream=io.StringIO())


def records(tmp_path: Path) -> list[dict[str, object]]:
    path = tmp_path / "alerts.jsonl"
    return (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    )


def test_what_is_owed_is_sent_once(archive: Archive, tmp_path: Path) -> None:
    owe(archive, "t1")
    assert send(archive, tmp_path) == Sent(sent=1)
    assert send(archive, tmp_path) == Sent()
    assert [record["title"] for record in records(tmp_path)] == ["Title t1"]
    assert outbox.counts(archive)["sent"] == 1


def test_the_watches_of_a_message_share_it_and_have_a_line_each(archive: Archive, tmp_path: Path) -> None:
    owe(archive, "t1", ("a", "b", "c"))
    with web_server() as (posted, port):
        owe(archive, "t1", ("a", "b", "c"), target="hook")
        assert send(archive, tmp_path, hook=f"json://127.0.0.1:{port}/") == Sent(sent=2)
    assert len(posted) == 1
    assert [record["watch"] for record in records(tmp_path)] == ["a", "b", "c"]
    assert len({record["message_id"] for record in records(tmp_path)}) == 1


def test_a_message_is_not_torn_by_the_size_of_a_batch(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alerts.sending.BATCH", 4)
    for number in range(5):
        owe(archive, f"t{number}", ("a", "b", "c", "d", "e")[: number + 1])
    assert send(archive, tmp_path) == Sent(sent=5)
    assert len(records(tmp_path)) == 15


def test_a_channel_that_fails_is_tried_again_later_and_keeps_no_other_waiting(
    archive: Archive, tmp_path: Path
) -> None:
    with web_server(lambda one: 503) as (_, port):
        owe(archive, "t1", target="hook")
        owe(archive, "t1")
        sent = send(archive, tmp_path, hook=f"json://127.0.0.1:{port}/")
    assert (sent.sent, sent.failed, sent.dead) == (1, 1, 0)
    assert "target hook (json:…): the channel did not take it" in sent.failures[0]
    assert send(archive, tmp_path, timedelta(seconds=30), hook="json://127.0.0.1:9/") == Sent()
    with web_server() as (posted, port):
        assert send(archive, tmp_path, timedelta(minutes=5), hook=f"json://127.0.0.1:{port}/") == Sent(sent=1)
    assert [one["title"] for one in posted] == ["Title t1"]


def test_a_channel_that_asks_for_a_rest_gets_it_and_what_waits_with_it_costs_no_attempt(
    archive: Archive, tmp_path: Path
) -> None:
    service = Webhook()
    faults = iter(["", "limited"])
    with serve(service, lambda: next(faults, "")) as port:
        hook = f"webhook+http://127.0.0.1:{port}/?secret={SECRET}"
        for number in range(20):
            owe(archive, f"t{number}", target="hook")
        owe(archive, "t0")
        first = send(archive, tmp_path, hook=hook)
        assert (first.sent, first.failed, service.asked) == (2, 1, 2)
        assert send(archive, tmp_path, timedelta(seconds=89), hook=hook) == Sent()
        assert send(archive, tmp_path, timedelta(seconds=90), hook=hook).sent == 19
    assert sorted(service.ids) == sorted(f"m-t{number}-hook" for number in range(20))
    tries = [len(outbox.send_attempts(archive, one.delivery.key)) for one in outbox.deliveries(archive)]
    assert sorted(tries) == [1] * 20 + [2]


def test_a_channel_that_never_comes_back_ends_in_a_dead_letter(archive: Archive, tmp_path: Path) -> None:
    owe(archive, "t1", target="gone")
    rounds = [send(archive, tmp_path, timedelta(days=day)) for day in range(outbox.MAX_ATTEMPTS + 1)]
    assert [one.failed for one in rounds] == [1] * (outbox.MAX_ATTEMPTS - 1) + [0, 0]
    assert [one.dead for one in rounds][-2:] == [1, 0]
    assert "no such target any more" in outbox.deliveries(archive, state="dead")[0].error


def test_a_send_cut_short_is_repeated_with_the_mark_and_the_same_id(archive: Archive, tmp_path: Path) -> None:
    owe(archive, "t1", ("a", "b"))
    for owed in outbox.due(archive, NOW):
        assert outbox.claim(archive, owed.delivery.key, NOW)
    assert send(archive, tmp_path) == Sent(sent=1, repeats=1)
    assert [record["title"] for record in records(tmp_path)] == ["[possible repeat] Title t1"] * 2
    assert {record["message_id"] for record in records(tmp_path)} == {f"m-t1-{FILE}"}


def test_a_channel_that_breaks_is_uncertain_and_tells_no_secret(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Post, outgoing: Outgoing, target: Target) -> None:
        raise RuntimeError(f"connection to {target.said} lost")

    monkeypatch.setattr(Post, "deliver", broken)
    owe(archive, "t1", target="hook")
    (failure,) = send(archive, tmp_path, hook="json://hush-hush").failures
    assert "it broke while it was sent (RuntimeError)" in failure
    assert "hush" not in failure
    assert outbox.deliveries(archive)[0].possible_repeat
    dump = "\n".join(archive.database.iterdump())
    assert "hush" not in dump


def test_with_a_fifth_of_sends_failing_every_message_arrives_once_or_is_a_dead_letter(
    archive: Archive, tmp_path: Path
) -> None:
    chance = random.Random(7)
    with web_server(lambda one: 500 if chance.random() < 0.2 else 200) as (posted, port):
        hook = f"json://127.0.0.1:{port}/"
        with archive.transaction():
            for number in range(60):
                owe(archive, f"t{number}", target="hook")
        total = sum(
            send(archive, tmp_path, timedelta(days=day), hook=hook).sent for day in range(outbox.MAX_ATTEMPTS)
        )
    dead = outbox.counts(archive)["dead"]
    assert total + dead == 60
    assert sorted({one["title"] for one in posted}) == sorted(one["title"] for one in posted)
    assert len(posted) == total


SENDER = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from alerts.sending import send_due
from archive.store import Archive
folder = Path(sys.argv[1])
with Archive.open(folder / "archive") as archive:
    print("ready", flush=True)
    print(send_due(archive, {}, datetime(2026, 6, 18, 10, tzinfo=UTC), folder=folder).sent, flush=True)
"""


def test_a_sender_killed_at_any_moment_loses_nothing_and_marks_what_it_repeats(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "archive") as archive, archive.transaction():
        for number in range(40):
            owe(archive, f"t{number}", ("a", "b"))
    moments = random.Random(11)
    killed = 0
    for _ in range(5):
        sender = subprocess.Popen(
            [sys.executable, "-c", SENDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert sender.stdout
        with sender, sender.stdout as output:
            assert output.readline() == "ready\n"
            time.sleep(moments.uniform(0.0, 0.05))
            sender.kill()
        killed += sender.returncode != 0
    assert killed
    with Archive.open(tmp_path / "archive") as archive:
        send_due(archive, {}, NOW + timedelta(hours=2), folder=tmp_path)
        for dead in outbox.deliveries(archive, state="dead"):  # killed twice over the same message
            outbox.retry(archive, dead.delivery.key, NOW)
        send_due(archive, {}, NOW + timedelta(hours=2), folder=tmp_path)
        assert outbox.counts(archive)["sent"] == 80
    seen = [(record["watch"], str(record["title"])) for record in records(tmp_path)]
    unmarked = [one for one in seen if not one[1].startswith("[possible repeat] ")]
    assert len(unmarked) == len(set(unmarked))
    arrived = {(watch, title.removeprefix("[possible repeat] ")) for watch, title in seen}
    assert arrived == {(watch, f"Title t{number}") for watch in "ab" for number in range(40)}
    assert len(seen) <= 80 + 2 * killed
