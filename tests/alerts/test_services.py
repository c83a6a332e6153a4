"""Slack, Discord, Teams and Telegram as services on loopback that keep their documented limits, through Apprise's plugins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from alerts.delivery import Post
from alerts.outgoing import Outgoing
from alerts.targets import Target
from archive.errors import DeliveryFailed
from tests.alerts.fakes import discord, slack, teams
from tests.alerts.fakes.places import (
    Place,
    discord_place,
    slack_bot_place,
    slack_place,
    teams_place,
    telegram_place,
)
from tests.alerts.test_mail import OUTGOING

HOSTILE = (
    "<!channel> @everyone *urgent* ```x``` <https://evil.example|click> [a](b) {{ app_title }} <at>all</at>"
)
PLACES = {
    "slack": slack_place,
    "slack bot": slack_bot_place,
    "discord": discord_place,
    "teams": teams_place,
    "telegram": telegram_place,
}


@pytest.fixture(params=list(PLACES))
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    with ExitStack() as stack:
        yield PLACES[request.param](stack, tmp_path)


def saying(title: str = OUTGOING.payload.title, body: str = OUTGOING.payload.body) -> Outgoing:
    return replace(OUTGOING, payload=replace(OUTGOING.payload, title=title, body=body))


def send(place: Place, outgoing: Outgoing = OUTGOING, query: str = "") -> None:
    url = place.url + (f"{'&' if '?' in place.url else '?'}{query}" if query else "")
    Post(folder=Path(), environment={}).deliver(outgoing, Target(name="chat", said=url))


def failure(place: Place, fault: str, outgoing: Outgoing = OUTGOING, query: str = "") -> DeliveryFailed:
    faults = iter([fault])
    place.choose = lambda: next(faults, "")
    with pytest.raises(DeliveryFailed) as caught:
        send(place, outgoing, query)
    return caught.value


def test_a_message_arrives_once_with_its_title_and_its_link(place: Place) -> None:
    send(place)
    (title,) = place.service.titles
    assert discord.shown(title) == OUTGOING.title
    assert OUTGOING.payload.link in str(place.service.taken) or isinstance(place.service.taken[0], str)
    assert place.service.refused == []


@pytest.mark.parametrize("lines", [40, 300, 12_000])
def test_a_long_message_is_taken_in_parts_or_says_that_it_was_cut(place: Place, lines: int) -> None:
    body = "".join(
        f"line {number} & <b> of a *long* `message` {{{{ app_title }}}}, @everyone\n"
        for number in range(lines)
    )
    send(place, saying(HOSTILE, body))
    assert place.service.refused == []
    joined = "".join(place.body_of(message) for message in place.service.taken)
    if "more not shown here" in joined:
        assert lines == 12_000
        assert OUTGOING.payload.link in joined
        joined = joined.rpartition("\n[… ")[0]
        assert "".join(body.split()).startswith("".join(joined.split()))
    else:
        assert "".join(joined.split()) == "".join(body.split())
    assert place.service.asked == len(place.service.taken) <= 10


def test_what_is_hostile_calls_nobody_and_stays_as_it_is(place: Place) -> None:
    send(place, saying(HOSTILE, f"{HOSTILE}\n"))
    service = place.service
    assert getattr(service, "called", []) == []
    assert discord.shown(service.titles[0]).replace("\u200b", "") == HOSTILE
    assert HOSTILE in place.body_of(service.taken[0]).replace("\u200b", "")


def test_429_is_certain_and_its_wait_reaches_the_outbox(place: Place) -> None:
    failed = failure(place, "limited")
    assert failed.retry_after == timedelta(seconds=place.wait)
    assert not failed.uncertain
    assert place.service.asked == 1
    assert "429" in failed.line()


@pytest.mark.parametrize("fault", ["broken", "gone"])
def test_5xx_is_certain_and_asks_for_no_wait(place: Place, fault: str) -> None:
    failed = failure(place, fault)
    assert not failed.uncertain
    assert failed.retry_after is None
    assert place.service.taken == []


@pytest.mark.parametrize("fault", ["reset", "lost"])
def test_a_connection_that_breaks_leaves_it_uncertain(place: Place, fault: str) -> None:
    assert failure(place, fault).uncertain
    assert len(place.service.taken) == (fault == "lost")


def test_silence_after_the_message_is_uncertain(place: Place) -> None:
    failed = failure(place, "silent", query="rto=0.3")
    assert failed.uncertain
    assert len(place.service.taken) == 1


def test_a_slow_answer_is_an_answer(place: Place) -> None:
    place.choose = lambda: "slow"
    send(place)
    assert len(place.service.taken) == 1


def test_a_part_that_fails_after_another_is_uncertain(place: Place) -> None:
    faults = iter(["", "broken"])
    place.choose = lambda: next(faults)
    outgoing = saying(body="a line of a long message\n" * 2_000)
    if place.name == "slack":  # an incoming webhook takes a message whole
        send(place, outgoing)
        assert place.service.asked == 1
        return
    with pytest.raises(DeliveryFailed) as caught:
        send(place, outgoing)
    assert caught.value.uncertain


def test_no_word_of_a_failure_holds_the_address(place: Place) -> None:
    for fault in ("limited", "broken", "lost"):
        line = failure(place, fault).line()
        assert not [secret for secret in place.secrets if secret in line]


def test_a_service_that_redirects_has_not_taken_it(place: Place) -> None:
    failed = failure(place, "moved")
    assert "302" in failed.line()
    assert not failed.uncertain
    assert place.service.asked == 1


@pytest.mark.parametrize(("fault", "status"), [("broken", "500"), ("moved", "302")])
def test_no_option_of_an_address_makes_a_failure_a_success_or_sends_twice(
    place: Place, fault: str, status: str
) -> None:
    failed = failure(place, fault, query="retry=3&optional=yes&overflow=split&redirect=yes")
    assert status in failed.line()
    assert place.service.asked == 1


def test_a_refusal_in_the_words_of_the_service_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = "a" * 3_200
    monkeypatch.setattr("alerts.cards.SLACK_SECTION", 3_100)
    with ExitStack() as stack:
        place = slack_place(stack, tmp_path)
        with pytest.raises(DeliveryFailed, match="error=400: invalid_blocks"):
            send(place, saying(body=whole))


def test_a_template_that_the_operator_names_is_used(tmp_path: Path) -> None:
    (tmp_path / "own.json").write_text('{"content": "own: {{app_title}}"}', encoding="ascii")
    with ExitStack() as stack:
        place = discord_place(stack, tmp_path)
        send(place, query=f"template={tmp_path / 'own.json'}")
    assert place.service.taken[0]["content"] == f"own: {OUTGOING.title}"


@pytest.mark.parametrize(
    ("body_of", "service"),
    [(slack.body_of, slack.Slack), (discord.body_of, discord.Discord), (teams.body_of, teams.Teams)],
)
def test_the_fakes_refuse_what_is_empty(body_of: Callable[..., str], service: type) -> None:
    from tests.alerts.fakes.server import Request

    judged = service().judge(
        Request(
            "/workflows/w/triggers/manual/paths/invoke?sig=s", {"content-type": "application/json"}, b"{}"
        )
    )
    assert judged.status == 400
