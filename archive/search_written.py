"""Phrases that stand in a text just as they are looked for: SQLite sees that by itself, and no text has to be folded for it. Where it does not see one, it may
still be there, in full width or over the end of a line, and the folded text decides."""

from __future__ import annotations

import re
import sqlite3
import string
from collections.abc import Sequence

from archive import codec
from archive.search_query import Phrase, Query

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
# What may stand beside a phrase so that it is surely not cut out of a word: "\n" is put around each field. An accent would make one letter of two.
_EDGES = codec.dumps(["\n", " ", *string.punctuation])


def meeting_as_written(database: sqlite3.Connection, sayings: Sequence[int], query: Query) -> frozenset[int]:
    """Those of some sayings of the index, all of which have its words, that surely meet a query; maybe none."""
    # Of words of letters and figures the index has said already that they are there.
    sought = [some for some in query.wanted if not all(one.is_plain for one in some)]
    if query.unwanted or not sought or not all(len(some) == 1 and _is_sought(some[0]) for some in sought):
        return frozenset()
    phrases = [some[0].words for some in sought]
    places = ", ".join(f"instr(said, :phrase{n}) AS at{n}" for n in range(len(phrases)))
    stands = " AND ".join(_stands(n, phrase) for n, phrase in enumerate(phrases))
    (found,) = database.execute(
        f"""
        WITH given AS MATERIALIZED (
            SELECT saying.id, lower(char(10) || num || char(10) || coalesce(heading.body, '') || char(10) || coalesce(words.body, '') || char(10)) AS said
            FROM json_each(:sayings) AS wanted
            JOIN search.saying ON saying.id = wanted.value
            LEFT JOIN text AS heading ON heading.id = saying.heading
            LEFT JOIN text AS words ON words.id = saying.text
        ), placed AS MATERIALIZED (SELECT id, said, {places} FROM given)
        SELECT json_group_array(id) FROM placed WHERE {stands}
        """,  # noqa: S608 - numbers and words of ours
        {
            "sayings": codec.dumps(list(sayings)),
            "edges": _EDGES,
            **{f"phrase{n}": phrase for n, phrase in enumerate(phrases)},
        },
    ).fetchone()
    return frozenset(codec.loads(found, list[int]))


def _is_sought(phrase: Phrase) -> bool:
    """Whether a phrase reads the same in a text that is not folded."""
    return not phrase.open_end and (phrase.words.isascii() or _is_han(phrase.words))


def _is_han(words: str) -> bool:
    return _HAN.fullmatch(words) is not None


def _stands(number: int, phrase: str) -> str:
    at = f"at{number}"
    if _is_han(phrase):  # whose characters are words of their own
        return f"{at} > 0"
    edges = (f"{at} - 1", f"{at} + {len(phrase)}")
    return " AND ".join([f"{at} > 0", *(_EDGE.format(at=one) for one in edges)])


_EDGE = "substr(said, {at}, 1) IN (SELECT value FROM json_each(:edges))"
