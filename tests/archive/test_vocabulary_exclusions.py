"""What a phrase takes out, and where its reach ends."""

from __future__ import annotations

import re

import pytest

from archive.vocabulary.exclusions import excluded


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("all @a except @b and @c.", "bc"),
        ("@a (except @b), @c", "b"),
        ("to any place other than @a is controlled for @b", "a"),
        ("@a, other than @b, and @c", "b"),
        ("except @a, @b, and @c; @d", "abc"),
        ("@a excluding @b", "b"),
        ("does not apply to @a or @b", "ab"),
        ("@a is required. @b", ""),
        ("@a(@b、@c及び@dを除く。)", "bcd"),
        ("@a以外の国", "a"),
        ("@aを仕向地とする場合を除き、@b", "a"),
        ("除@a、@b以外的@c", "ab"),
        ("除@a外，向@b出口", "a"),
        ("解除@a的限制", ""),
        ("@a(不包括@b和@c)", "bc"),
        ("mit ausnahme von @a und @b", "ab"),
        ("@a, ausgenommen @b, ist", "b"),
        ("@a ausgenommen", "a"),
        ("a l'exclusion de @a et @b", "ab"),
        ("tous sauf la @a et l'@b", "ab"),
    ],
)
def test_a_phrase_takes_out_its_list_and_no_more(text: str, out: str) -> None:
    mentions = [(hit.start(), hit.end()) for hit in re.finditer("@[a-d]", text)]
    found = "".join(
        text[start + 1] for (start, _), gone in zip(mentions, excluded(text, mentions), strict=True) if gone
    )
    assert found == out


def test_no_mentions_nothing_excluded() -> None:
    assert excluded("except as provided", []) == []
