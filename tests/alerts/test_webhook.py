"""The webhook of our own, as its receiver sees it: signed, as its schema says, once for each id."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from alerts.delivery import Post
from alerts.outgoing import Outgoing
from alerts.targets import Target
from alerts.webhook import Said, WatchSaid, body_of, signed
from archive.errors import DeliveryFailed
from tests.alerts.fakes.places import Place, webhook_place
from tests.alerts.fakes.webhook import SCHEMA, SECRET, Webhook
from tests.alerts.test_mail import OUTGOING


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with ExitStack() as stack:
        yield webhook_place(stack, tmp_path)


def send(url: str, outgoing: Outgoing = OUTGOING, folder: Path = Path(), **environment: str) -> None:
    Post(folder=folder, environment=environment).deliver(outgoing, Target(name="hook", said=url))


def failure(place: Place, fault: str) -> DeliveryFailed:
    place.choose = lambda: fault
    with pytest.raises(DeliveryFailed) as caught:
        send(place.url)
    assert not [secret for secret in (*place.secrets, "of-ours") if secret in caught.value.line()]
    return caught.value


def test_it_is_taken_by_a_receiver_that_checks_signature_and_schema(place: Place) -> None:
    send(place.url)
    assert place.service.taken == [
        {
            "type": "tocsin.alert",
            "version": 1,
            "id": "ab12",
            "sent_at": "2026-06-18T09:00:00Z",
            "possible_repeat": False,
            "target": "hook",
            "title": OUTGOING.title,
            "text": OUTGOING.payload.body,
            "link": OUTGOING.payload.link,
            "acknowledge": "",
            "language": "en",
            "thread": "0f",
            "watches": [{"name": "w", "changes": ["c1"]}],
        }
    ]


def test_a_repeat_has_the_same_id_and_says_that_it_may_be_one(place: Place) -> None:
    assert isinstance(place.service, Webhook)
    send(place.url)
    send(place.url, replace(OUTGOING, repeat=True, sent_at=OUTGOING.sent_at + timedelta(hours=1)))
    assert place.service.ids == ["ab12"]
    assert [message["possible_repeat"] for message in place.service.repeats] == [True]
    first, again = (json.loads(body_of(replace(OUTGOING, repeat=repeat), "hook")) for repeat in (False, True))
    assert (first["possible_repeat"], again["possible_repeat"]) == (False, True)
    assert first["title"] == again["title"]


def test_the_signature_is_that_of_standard_webhooks() -> None:
    key = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    body = b'{"test": 2432232314}'
    headers = signed("msg_1", OUTGOING.sent_at, body, (key, b"another secret of 24 by."))
    second = str(int(OUTGOING.sent_at.timestamp()))
    assert headers["webhook-timestamp"] == second
    first, other = headers["webhook-signature"].split()
    expected = hmac.new(key, b"msg_1." + second.encode() + b"." + body, hashlib.sha256).digest()
    assert first == "v1," + base64.b64encode(expected).decode()
    assert other.startswith("v1,")
    assert other != first


def test_the_schema_is_sound_and_names_what_is_sent() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["properties"]) == set(SCHEMA["required"]) == {field.name for field in fields(Said)}
    watches = SCHEMA["properties"]["watches"]["items"]
    assert set(watches["properties"]) == {field.name for field in fields(WatchSaid)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": 2},
        {"id": "with a blank"},
        {"sent_at": 5},
        {"watches": []},
        {"title": ""},
        {"possible_repeat": "no"},
        {"watches": [{"name": "w"}]},
    ],
)
def test_the_schema_refuses_what_is_not_such_a_message(wrong: dict[str, object]) -> None:
    sound = json.loads(body_of(OUTGOING, "hook"))
    validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    assert validator.is_valid(sound)
    assert not validator.is_valid({**sound, **wrong})


def test_the_secret_stays_out_of_the_address_that_is_called(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths: list[str] = []
    judge = place.service.judge
    monkeypatch.setattr(
        place.service, "judge", lambda request: (paths.append(request.path), judge(request))[1]
    )
    send(place.url.replace(SECRET, "env:KEY"), KEY=SECRET)
    assert paths == ["/hook/of-ours?tenant=a"]


def test_a_secret_comes_from_the_environment_or_a_file_and_two_sign_together(
    place: Place, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text(
        f"whsec_{base64.b64encode(b'x' * 24).decode()} {SECRET}\n", encoding="ascii"
    )
    send(place.url.replace(SECRET, "env:KEY"), KEY=SECRET)
    send(place.url.replace(SECRET, "file:key"), replace(OUTGOING, message_id="ab13"), folder=tmp_path)
    assert len(place.service.taken) == 2


def test_a_receiver_with_another_secret_refuses(place: Place) -> None:
    with pytest.raises(DeliveryFailed, match=r"did not take it \(401\)") as caught:
        send(place.url.replace(SECRET, "another-secret-of-24-by."))
    assert not caught.value.uncertain


@pytest.mark.parametrize(
    ("fault", "said", "uncertain"),
    [
        ("limited", "did not take it (429)", False),
        ("broken", "did not take it (500)", False),
        ("gone", "did not take it (503)", False),
        ("moved", "redirects elsewhere (302)", False),
        ("reset", "no answer came (ConnectionError)", True),
        ("lost", "no answer came (ConnectionError)", True),
    ],
)
def test_each_failure_is_told_for_what_it_is(place: Place, fault: str, said: str, uncertain: bool) -> None:
    failed = failure(place, fault)
    assert said in failed.line()
    assert failed.uncertain is uncertain
    assert failed.retry_after == (timedelta(seconds=90) if fault == "limited" else None)
    assert place.service.asked == 1


def test_silence_is_uncertain(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.webhook.TIMEOUT", (10.0, 0.3))
    failed = failure(place, "silent")
    assert failed.uncertain
    assert "no answer came (ReadTimeout)" in failed.line()


def test_a_host_that_is_away_is_certain_to_have_failed(tmp_path: Path) -> None:
    with ExitStack() as stack:
        place = webhook_place(stack, tmp_path)
    failed = failure(place, "")
    assert not failed.uncertain
    assert "cannot be reached" in failed.line()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("webhook+https:///hook?secret=env:KEY", "names no host"),
        ("webhook+https://host.example/hook", "names no secret"),
        ("webhook+https://host.example/hook?secret=hush-hush", "shorter than 16 bytes"),
        ("webhook+https://host.example/hook?secret=whsec_hush-hush-hush-hush!", "not base64"),
        ("webhook+https://host.example/hook?secret=env:ABSENT", "ABSENT is empty or not set"),
        ("webhook+https://host.example/hook?secret=file:absent", "cannot be read"),
    ],
)
def test_an_unusable_address_is_told_without_repeating_it(url: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(DeliveryFailed, match=said) as caught:
        send(url, folder=tmp_path)
    assert "hush" not in caught.value.line()
    assert "host.example" not in caught.value.line().removesuffix(caught.value.mend)
