"""Messages to channels on loopback, through Apprise, and the secrets that never show."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import apprise
import pytest

from alerts.delivery import Post
from alerts.outgoing import Outgoing
from alerts.targets import Target, find_target, resolve
from archive.errors import DeliveryFailed
from tests.alerts.receivers import web_server
from tests.alerts.test_mail import OUTGOING


def post(folder: Path, environment: dict[str, str] | None = None, stream: io.StringIO | None = None) -> Post:
    return Post(folder=folder, environment=environment or {}, stream=stream)


def with_body(body: str) -> Outgoing:
    return replace(OUTGOING, payload=replace(OUTGOING.payload, body=body))


def test_a_webhook_gets_the_title_and_the_body(tmp_path: Path) -> None:
    with web_server() as (posted, port):
        target = Target(name="hook", said="env:HOOK")
        post(tmp_path, {"HOOK": f"json://127.0.0.1:{port}/secret-path"}).deliver(OUTGOING, target)
    assert [one["title"] for one in posted] == [OUTGOING.title]
    assert posted[0]["message"] == OUTGOING.payload.body.rstrip()


def test_a_long_message_is_split_and_its_parts_are_numbered(tmp_path: Path) -> None:
    body = "".join(f"line {number} of a long message\n" for number in range(2_000))
    with web_server(lambda one: 200 if len(one["message"]) <= 32_768 else 413) as (posted, port):
        post(tmp_path).deliver(with_body(body), Target(name="hook", said=f"json://127.0.0.1:{port}/"))
    assert [one["title"].rpartition(" ")[2] for one in posted] == ["(1/2)", "(2/2)"]
    assert "\n".join(one["message"] for one in posted).split() == body.split()


@pytest.mark.parametrize("status", [400, 404, 429, 500])
def test_a_channel_that_refuses_is_a_failed_delivery_without_its_address(tmp_path: Path, status: int) -> None:
    with web_server(lambda one: status) as (posted, port):
        target = Target(name="hook", said=f"json://user:hush-hush@127.0.0.1:{port}/secret-path?+token=abcdef")
        with pytest.raises(DeliveryFailed, match=f"did not take it .*error={status}") as caught:
            post(tmp_path).deliver(OUTGOING, target)
    assert posted == []
    for secret in ("hush-hush", "secret-path", "abcdef"):
        assert secret not in caught.value.line() + repr(target) + str(target)
    assert not caught.value.uncertain


def test_a_part_that_fails_after_another_arrived_is_uncertain(tmp_path: Path) -> None:
    body = "a line\n" * 8_000
    answers = iter([200, 500])
    with web_server(lambda one: next(answers)) as (_, port), pytest.raises(DeliveryFailed) as caught:
        post(tmp_path).deliver(with_body(body), Target(name="hook", said=f"json://127.0.0.1:{port}/"))
    assert caught.value.uncertain


def test_an_address_that_apprise_does_not_know_is_told_without_it(tmp_path: Path) -> None:
    with pytest.raises(DeliveryFailed, match="none that Apprise knows") as caught:
        post(tmp_path).deliver(OUTGOING, Target(name="x", said="nosuchthing://hush-hush"))
    assert "hush-hush" not in caught.value.line()


def test_a_target_is_one_service(tmp_path: Path) -> None:
    two = Target(name="x", said="json://127.0.0.1:9/hush-hush, json://127.0.0.1:9/other")
    with pytest.raises(DeliveryFailed, match="names several services") as caught:
        post(tmp_path).deliver(OUTGOING, two)
    assert "hush-hush" not in caught.value.line()


def test_the_console_and_a_file_are_served_without_apprise(tmp_path: Path) -> None:
    stream = io.StringIO()
    two = replace(OUTGOING, watches=(("w", ("c1",)), ("v", ("c1", "c2"))))
    post(tmp_path, stream=stream).deliver(two, find_target("console:", {}))
    post(tmp_path).deliver(two, find_target("file:alerts.jsonl", {}))
    assert "4800 → 2400" in stream.getvalue()
    records = [
        json.loads(line) for line in (tmp_path / "alerts.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert records == [
        {
            "message_id": "ab12",
            "watch": name,
            "target": "file:alerts.jsonl",
            "changes": changes,
            "title": OUTGOING.title,
            "body": OUTGOING.payload.body,
            "sent_at": "2026-06-18T09:00:00+00:00",
        }
        for name, changes in (("w", ["c1"]), ("v", ["c1", "c2"]))
    ]


def test_a_target_points_to_its_secret_in_the_environment_or_a_file(tmp_path: Path) -> None:
    (tmp_path / "hook").write_text("json://127.0.0.1/secret\nand a note\n", encoding="utf-8")
    assert resolve(Target(name="h", said="file:hook"), tmp_path, {}) == "json://127.0.0.1/secret"
    assert resolve(Target(name="h", said="env:H"), tmp_path, {"H": " json://x "}) == "json://x"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("env:ABSENT", "environment variable ABSENT is empty or not set"),
        ("file:absent", "cannot be read"),
        ("file:empty", "is empty"),
        ("file:text", "is not a URL"),
    ],
)
def test_a_secret_that_is_not_there_is_told(tmp_path: Path, said: str, message: str) -> None:
    (tmp_path / "empty").write_text("")
    (tmp_path / "text").write_text("hush-hush")
    with pytest.raises(DeliveryFailed, match=message) as caught:
        resolve(Target(name="h", said=said), tmp_path, {})
    assert "hush-hush" not in caught.value.line()


def test_a_target_whose_name_ends_in_jsonl_is_a_file_of_alerts(tmp_path: Path) -> None:
    post(tmp_path).deliver(OUTGOING, Target(name="log", said="file:sent/alerts.jsonl"))
    assert json.loads((tmp_path / "sent" / "alerts.jsonl").read_text(encoding="utf-8"))["target"] == "log"


def test_a_target_that_left_the_configuration_is_told() -> None:
    with pytest.raises(DeliveryFailed, match="no such target any more"):
        find_target("gone", {})


def test_the_apprise_here_answers_as_the_code_expects() -> None:
    result = apprise.Apprise().notify(body="x")
    assert not result
    assert result.timeout_count == 0
    assert list(result.logs()) is not None
