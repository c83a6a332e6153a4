"""JSON from outside, parsed under suspicion: its size, its depth and its number of values are bounded before it is parsed."""

from __future__ import annotations

import json
import re

from archive.errors import UnreadableDocument

DEPTH_LIMIT = 40
# A parsed value takes about a hundred bytes. The largest answer that is read, the screening list, has some two million.
VALUES_LIMIT = 4_000_000

_BRACKETS = re.compile(rb"[\[\]{}]")


def parse_json(body: bytes, *, thing: str, size_limit: int) -> object:
    """The value of ``body`` (UTF-8, with or without its mark). Raises ``UnreadableDocument`` with the place of the fault."""
    if len(body) > size_limit:
        raise UnreadableDocument(
            f"the document has {len(body):,} bytes, more than the {size_limit:,} that any real one has",
            thing=thing,
            mend="Fetch it in parts",
        )
    if body.count(b",") + body.count(b"[") + body.count(b"{") > VALUES_LIMIT or _depth(body) > DEPTH_LIMIT:
        raise UnreadableDocument(
            "the JSON is nested deeper, or has more values, than any real answer",
            thing=thing,
            mend="Look at where it came from",
        )
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            "the JSON is not UTF-8", thing=thing, place=f"byte {error.start:,}", mend="Fetch it again"
        ) from None
    except json.JSONDecodeError as error:
        raise UnreadableDocument(
            f"the JSON is broken or cut off: {error.msg}",
            thing=thing,
            place=f"line {error.lineno}, column {error.colno}",
            mend="Fetch it again",
        ) from None
    except RecursionError:  # closing brackets in strings can hide how deep the real ones go
        raise UnreadableDocument(
            "the JSON is nested deeper than any real answer", thing=thing, mend="Look at where it came from"
        ) from None
    except ValueError as error:  # a number of thousands of digits, NaN
        raise UnreadableDocument(
            f"the JSON has a value that no answer has: {error}",
            thing=thing,
            mend="Look at where it came from",
        ) from None


def _depth(body: bytes) -> int:
    """How deep brackets open; those inside strings count too, which no real answer has in such numbers."""
    depth = deepest = 0
    for found in _BRACKETS.finditer(body):
        depth += 1 if found.group() in b"[{" else -1
        deepest = max(deepest, depth)
        if deepest > DEPTH_LIMIT:
            break
    return deepest


def _no_constant(name: str) -> object:
    raise ValueError(name)
