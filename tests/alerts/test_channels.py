"""Splitting for channels: the parts are the whole, each within its limit, and nothing is cut without a word."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.cards import discord_messages, slack_messages, teams_messages
from alerts.channels import PARTS, fit, split, units
from alerts.language import LANGUAGES, texts
from alerts.message import Payload
from tests.alerts.fakes import discord, slack, teams
from tests.alerts.fakes.server import Request

LINK = "http://127.0.0.1:8801/change/c1"
ACKNOWLEDGE = "http://127.0.0.1:8801/acknowledge/m1?by=ann"
TITLE = "10 CFR Part 810: inserted Thailand"
CUT = re.compile(r"\n\[… ([\d,]+) characters more not shown here …\]")
HOSTILE = (
    "<!channel> @everyone *urgent* ```x``` <https://evil.example|click> [a](b) {{ app_title }} <at>all</at> 🛰️"
)
hostile_texts = st.text(alphabet=st.sampled_from("ab \n&<>*_{}`@é芯🛰\u0301"), max_size=400)
bodies = st.builds(
    lambda seed, size: (seed * (size // len(seed) + 1))[:size],
    st.text(alphabet=st.sampled_from("ab \n&<>*{}`@é芯🛰"), min_size=1, max_size=40),
    st.integers(min_value=1, max_value=30_000),
)


@settings(max_examples=150, deadline=None)
@given(hostile_texts, st.integers(min_value=8, max_value=60))
def test_the_parts_joined_are_the_whole_each_within_the_limit(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert "".join(parts) == text
    assert all(units(part) <= limit for part in parts)
    assert parts == ("",) or all(parts)


@settings(max_examples=100, deadline=None)
@given(hostile_texts, st.integers(min_value=150, max_value=200), st.integers(min_value=1, max_value=3))
def test_what_does_not_fit_is_counted_and_linked(text: str, limit: int, most: int) -> None:
    text *= 4
    parts = fit(text, limit, most, LINK)
    assert len(parts) <= most
    assert all(units(part) <= limit for part in parts)
    joined = "".join(parts)
    if notice := CUT.search(joined):
        shown = joined[: notice.start()]
        assert text.startswith(shown)
        assert len(shown) + int(notice[1].replace(",", "")) == len(text)
        assert joined.endswith(f"] {LINK}\n")
    else:
        assert joined == text


@settings(max_examples=60, deadline=None)
@given(hostile_texts, st.integers(min_value=12, max_value=150))
def test_a_limit_too_small_for_the_notice_is_kept_all_the_same(text: str, limit: int) -> None:
    (part,) = fit(text * 3, limit, 1, LINK)
    assert units(part) <= limit
    if part != text * 3:
        assert "[…" in part


def test_parts_end_at_line_ends_where_there_are_any() -> None:
    text = "".join(f"line {number} of a long message\n" for number in range(40))
    assert all(part.endswith("\n") for part in split(text, 120))


def test_a_part_never_ends_inside_a_letter() -> None:
    assert split("a" * 9 + "e\u0301" * 4, 10)[1].startswith("e\u0301")


def test_an_emoji_counts_as_two_as_services_may_count_it() -> None:
    assert units("a芯🛰") == 4
    assert split("🛰" * 6, 4) == ("🛰🛰",) * 3


def saying(body: str, link: str = LINK, language: str = "en") -> Payload:
    return Payload(
        title=TITLE,
        body=body,
        html="",
        link=link,
        thread="t",
        watches=("w",),
        language=language,
        acknowledge=ACKNOWLEDGE,
    )


def posted(message: str, path: str = "/") -> Request:
    return Request(path, {"content-type": "application/json"}, message.encode())


@settings(max_examples=40, deadline=None)
@given(bodies, st.booleans())
def test_slack_takes_the_blocks_and_they_join_to_the_whole(body: str, bot: bool) -> None:
    service = slack.Slack()
    messages = slack_messages(HOSTILE, saying(body), bot=bot)
    for message in messages:
        assert message.isascii()
        assert "{{" not in message
        whole = json.dumps({"attachments": [json.loads(message)]})
        service.judge(posted(whole, "/api/chat.postMessage" if bot else "/services"))
    assert len(service.taken) == len(messages)
    assert len(messages) == 1 or bot
    assert service.called == []
    joined = "".join(map(slack.body_of, service.taken))
    assert joined.split() == body.split() or CUT.search(joined)
    closing = service.taken[-1]["attachments"][0]["blocks"][-1]["text"]["text"]
    assert closing == f"<{LINK}|Read it in the archive> · <{ACKNOWLEDGE}|Acknowledge>"


@settings(max_examples=40, deadline=None)
@given(bodies)
def test_discord_takes_the_embeds_and_they_join_to_the_whole(body: str) -> None:
    service = discord.Discord()
    messages = discord_messages(HOSTILE, saying(body))
    for message in messages:
        service.judge(posted(message))
    assert len(service.taken) == len(messages) <= PARTS
    assert service.called == []
    assert "".join(map(discord.body_of, service.taken)) == body


@settings(max_examples=40, deadline=None)
@given(bodies)
def test_teams_takes_the_cards_and_they_join_to_the_whole(body: str) -> None:
    service = teams.Teams()
    messages = teams_messages(HOSTILE, saying(body))
    for message in messages:
        service.judge(posted(message, "/workflows/w/triggers/manual/paths/invoke?sig=s"))
    assert len(service.taken) == len(messages) <= PARTS
    joined = "".join(map(teams.body_of, service.taken))
    assert "".join(joined.split()) == "".join(body.split()) or CUT.search(joined)


def test_lines_of_a_card_stay_lines() -> None:
    body = "".join(f"line {number} of a long message\n\n" for number in range(300))
    service = teams.Teams()
    for message in teams_messages(TITLE, saying(body)):
        service.judge(posted(message, "/workflows/w/triggers/manual/paths/invoke?sig=s"))
    assert len(service.taken) > 1
    assert "".join(map(teams.body_of, service.taken)) == body


def test_a_message_of_more_than_fifty_blocks_says_that_it_was_cut() -> None:
    body = "".join(f"line {number} of a very long message\n" for number in range(9_000))
    (message,) = slack_messages(TITLE, saying(body), bot=False)
    blocks = json.loads(message)["blocks"]
    assert len(blocks) == 50
    assert CUT.search(blocks[-2]["text"]["text"])
    assert blocks[-2]["text"]["text"].endswith(f"{LINK}\n")
    assert LINK in blocks[-1]["text"]["text"]


def test_a_long_title_keeps_the_number_of_its_part() -> None:
    messages = discord_messages("x*" * 300, saying("line\n" * 2_000))
    titles = [json.loads(message)["embeds"][0]["title"] for message in messages]
    assert [discord.shown(title)[-7:] for title in titles] == [
        f"… ({n}/{len(messages)})" for n in range(1, len(messages) + 1)
    ]


def test_a_hostile_title_stays_text_in_slack() -> None:
    (written,) = slack_messages(HOSTILE + "x" * 300, saying("body"), bot=False)
    header = json.loads(written)["blocks"][0]["text"]
    assert header["type"] == "plain_text"
    assert "<" not in header["text"]
    assert units(header["text"]) <= 150
    assert header["text"].endswith("…")


def test_a_link_cannot_leave_its_place_in_slack() -> None:
    (written,) = slack_messages(TITLE, saying("body", "http://127.0.0.1/change?x=a|b> <!channel>"), bot=False)
    closing = unescape(json.loads(written)["blocks"][-1]["text"]["text"])
    assert (
        closing
        == f"<http://127.0.0.1/change?x=a%7Cb%3E%20%3C!channel%3E|Read it in the archive> · <{ACKNOWLEDGE}|Acknowledge>"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_channel_adds_is_in_the_language_of_the_message(language: str) -> None:
    say = texts(language)
    payload = saying("輸出貿易管理令\n" * 40_000, language=language)
    for written in (
        slack_messages(TITLE, payload, bot=False),
        discord_messages(TITLE, payload),
        teams_messages(TITLE, payload),
    ):
        shown = json.dumps(json.loads(written[-1]), ensure_ascii=False)
        for text in ("Read it in the archive", "Acknowledge"):
            assert say(text) in shown
        before, _, after = say("[… {number} characters more not shown here …]").partition("{number}")
        assert before in shown
        assert after in shown
