"""The words for a substantive difference: what sort of thing changed, so that a reader sees why it counts."""

from __future__ import annotations

import re

from diffing.difference import Difference

_SORTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "a comparator changed",
        re.compile(
            r"[<>≤≥=±≦≧]+|以上|以下|未満|超|less|more|greater|exceeding|least|most|not exceeding", re.I
        ),
    ),
    ("a number or code changed", re.compile(r".*\d.*|[〇零一二三四五六七八九十百千万億兆・、]+", re.DOTALL)),
    (
        "a word of duty or permission changed",
        re.compile(
            r"shall|must|may|should|will|can|muss|müssen|darf|dürfen|kann|können|soll|doit|doivent|peut|peuvent|moet|moeten|mag|mogen|kan|kunnen|应|可|须|必",
            re.I,
        ),
    ),
    (
        "a negation or exception changed",
        re.compile(
            r"no|not|never|none|unless|except|excluding|nicht|kein\w*|ausgenommen|ne|pas|sauf|niet|geen|tenzij|不|非|无|除|無|未",
            re.I,
        ),
    ),
    (
        "and or or changed",
        re.compile(
            r"and|or|both|either|und|oder|et|ou|en|of|及び|又は|並びに|若しくは|及|又|或|和|与|且", re.I
        ),
    ),
    ("quotation marks of another sort, or a defined term", re.compile(r"[\"'“”„‘’«»「」『』]")),
)


def substance(difference: Difference) -> str:
    """One clause: the sort of the change and the words, shortened."""
    changed = [*difference.gone, *difference.come]
    sort = next((name for name, pattern in _SORTS if any(pattern.fullmatch(token) for token in changed)), "")
    if not sort:
        sort = (
            "words changed"
            if difference.gone and difference.come
            else ("words added" if difference.come else "words taken out")
        )
    return f"{sort}: {_words(difference)}"


def _words(difference: Difference) -> str:
    gone, come = _short(difference.before_words()), _short(difference.after_words())
    if gone and come:
        return f"{gone} → {come}"
    return come or gone


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 60 else f"{words[:57]}…"
