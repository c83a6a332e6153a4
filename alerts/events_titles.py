"""Acts that a later paper names by their titles: corrections and stays often have no number in common with what they correct.

Only a paper that says in its action or at the end of its title that it follows another counts, and only what its title or its summary says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta

from rapidfuzz.utils import default_process

FOLLOWS = re.compile(
    r"\b(?:correct(?:ions?|s|ing|ed)|stay(?:s|ed|ing)?|suspen(?:ds?|ded|sions?|ding)|delay(?:s|ed|ing)?|exten(?:ds?|ded|sions?|ding)"
    r"|reopen(?:s|ed|ing)?|withdraw(?:s|n|als?|ing)?)\b",
    re.I,
)
"""Words by which a paper says that it follows another."""
WITHIN = timedelta(days=550)
"""How long after a paper another one that follows it is expected; the same title some years later is another act."""
_LEAST = 5
"""Words of a title that name one act; fewer are said of many."""
_LAST_CLAUSE = re.compile(r"[;:—–]\s*([^;:—–]+)$")


def names_by_title(title: str, action: str, abstract: str) -> str:
    """What a paper that follows another says of it, ready to be searched; "" for one that follows none."""
    last = _LAST_CLAUSE.search(title)
    if not FOLLOWS.search(action) and not (last and FOLLOWS.search(last[1])) and not FOLLOWS.match(title):
        return ""
    return f" {_words(title)} | {_words(abstract)} "


def named_by_title(said: str, papers: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The events, of ``papers`` as pairs of event and title, whose titles stand in ``said``. A title that several events have says nothing, and
    one that stands in a longer one that was found says nothing more."""
    events: dict[str, dict[str, None]] = {}
    for event, title in papers:
        words = _words(title)
        if len(words.split()) >= _LEAST and f" {words} " in said:
            events.setdefault(words, {})[event] = None
    whole = [words for words in events if not any(words != other and words in other for other in events)]
    return tuple(
        dict.fromkeys(event for words in whole if len(events[words]) == 1 for event in events[words])
    )


def _words(text: str) -> str:
    """The words of a text, case and punctuation aside."""
    return " ".join(default_process(text).split())
