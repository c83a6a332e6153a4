"""Splitting for channels: the parts are the whole, each within its limit, and nothing is cut without a word."""

from __future__ import annotations

import json
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.channels import SLACK_BLOCKS, SLACK_HEADER, fit, slack_blocks, split

LINK = "http://127.0.0.1:8801/change/c1"
texts = st.text(alphabet=st.sampled_from("ab \n&<>*_{}é芯🛰️\u0301"), max_size=400)


@settings(max_examples=150, deadline=None)
@given(texts, st.integers(min_value=8, max_value=60))
def test_the_parts_joined_are_the_whole_each_within_the_limit(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert "".join(parts) == text
    assert all(len(part) <= limit for part in parts)
    assert parts == ("",) or all(parts)


@settings(max_examples=100, deadline=None)
@given(texts, st.integers(min_value=150, max_value=200), st.integers(min_value=1, max_value=3))
def test_what_does_not_fit_is_counted_and_linked(text: str, limit: int, most: int) -> None:
    text *= 4
    parts = fit(text, limit, most, LINK)
    assert len(parts) <= most
    assert all(len(part) <= limit for part in parts)
    shown, cut, notice = "".join(parts).partition("\n[… cut here, ")
    if cut:
        missing = int(notice.partition(" more")[0].replace(",", ""))
        assert text.startswith(shown)
        assert len(shown) + missing == len(text)
        assert LINK in notice
    else:
        assert shown == text


def test_parts_end_at_line_ends_where_there_are_any() -> None:
    text = "".join(f"line {number} of a long message\n" for number in range(40))
    assert all(part.endswith("\n") for part in split(text, 120))


def test_a_part_never_ends_inside_a_letter() -> None:
    assert split("a" * 9 + "e\u0301" * 4, 10)[1].startswith("e\u0301")


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("ab \n&<>*{}é芯"), min_size=1),
    st.integers(min_value=1, max_value=20_000),
)
def test_slack_gets_sections_and_blocks_within_its_limits_that_join_to_the_whole(
    seed: str, size: int
) -> None:
    body = (seed * (size // len(seed) + 1))[:size]
    attachment = json.loads(slack_blocks("title", body, LINK))
    blocks = attachment["blocks"]
    assert len(blocks) <= SLACK_BLOCKS
    sections = [block["text"] for block in blocks if block["type"] == "section"]
    assert all(0 < len(text["text"]) < 3000 for text in sections)
    assert all(text["type"] == "plain_text" for text in sections[:-1])
    joined = "".join(unescape(text["text"]) for text in sections[:-1])
    if "cut here" not in joined:
        assert joined.split() == body.split()
    assert sections[-1]["text"] == f"<{LINK}|Read it in the archive>"


def test_a_message_of_more_than_fifty_blocks_says_that_it_was_cut() -> None:
    body = "".join(f"line {number} of a very long message\n" for number in range(9_000))
    blocks = json.loads(slack_blocks("title", body, LINK))["blocks"]
    assert len(blocks) == SLACK_BLOCKS
    assert "more characters; the whole" in blocks[-2]["text"]["text"]
    assert LINK in blocks[-1]["text"]["text"]


def test_a_hostile_title_stays_text_in_slack() -> None:
    title = "<!channel> *urgent* <https://evil.example|click> & {{ app_title }} " + "x" * 300
    written = slack_blocks(title, "body", LINK)
    header = json.loads(written)["blocks"][0]["text"]
    assert header["type"] == "plain_text"
    assert "<" not in header["text"]
    assert len(header["text"]) <= SLACK_HEADER
    assert header["text"].endswith("…")
    assert "{{" not in written
    assert written.isascii()
