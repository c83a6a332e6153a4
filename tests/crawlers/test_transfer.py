"""Compressed bodies: whole or cut, never in between."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.transfer import Cut, unpacked


@given(st.binary(max_size=3000))
def test_what_was_packed_is_unpacked(body: bytes) -> None:
    assert unpacked(gzip.compress(body), "gzip", limit=10_000) == body
    assert unpacked(body, "", limit=10) == body


@given(st.binary(min_size=1, max_size=2000), st.data())
def test_any_cut_of_a_gzip_stream_is_noticed(body: bytes, data: st.DataObject) -> None:
    packed = gzip.compress(body)
    end = data.draw(st.integers(min_value=1, max_value=len(packed) - 1))
    with pytest.raises(Cut):
        unpacked(packed[:end], "gzip", limit=10_000)


def test_streams_in_a_row_are_one_body() -> None:
    assert unpacked(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip", limit=100) == b"one two"


def test_a_bomb_a_strange_encoding_and_rubbish_are_refused() -> None:
    with pytest.raises(Cut, match="more than 1,000 bytes"):
        unpacked(gzip.compress(b"0" * 100_000), "gzip", limit=1000)
    with pytest.raises(Cut, match="br"):
        unpacked(b"x", "br", limit=1000)
    with pytest.raises(Cut, match="damaged"):
        unpacked(b"not packed at all", "gzip", limit=1000)
