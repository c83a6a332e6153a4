"""Countries' names with one slip of the pen (Kazakstan, Kyrgystan): a letter lost, doubled, exchanged or swapped.

Only for long names in Latin script, only for a capitalised word that is no known name, and never when the slip is at the
end, where demonyms differ (Armenian, Armenier, arménien). Control numbers are never read so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from archive.vocabulary.countries import spellings
from diffing.touches.context import Context, Found

_WORD = re.compile(r"(?<![\w'’-])[A-ZÄÖÜÉ][a-zäöüßéèêçïëôîâœ]{6,16}(?!\w)")
_SHORTEST = 7
# Real words one letter away from a country.
_OTHER_WORDS = frozenset(
    "columbia granada panamax jordans iberia siberia albany bolivar germain islands romance britain brittany georgina normandy virginia vermont mexicana moravia polonia slavonia".split()
)


@cache
def _index() -> dict[str, tuple[str, str]]:
    """Each long one-word name with each of its letters left out → (name, code)."""
    index: dict[str, tuple[str, str]] = {}
    for name in spellings():
        if len(name.key) >= _SHORTEST and re.fullmatch(r"[a-z]+", name.key) and "nl" not in name.languages:
            for at in range(len(name.key) + 1):
                index.setdefault(name.key[:at] + name.key[at + 1 :], (name.key, name.code))
    return index


@cache
def _known() -> frozenset[str]:
    return (
        frozenset(word for name in spellings() for word in re.findall(r"[a-zäöüß]+", name.key)) | _OTHER_WORDS
    )


def misspelt(context: Context, taken: list[tuple[int, int]]) -> list[Found]:
    """Misspelt names outside the spans that are ``taken`` (ascending), with less confidence."""
    found: list[Found] = []
    small, cased = context.page.small, context.page.cased
    for hit in _WORD.finditer(cased):
        code = _read(small[hit.start() : hit.end()])
        if not code or re.match(r"\s[A-Z]", cased[hit.end() : hit.end() + 2]):
            continue
        index = bisect_right(taken, (hit.start(), 1 << 62)) - 1
        if index < 0 or taken[index][1] <= hit.start():
            found.append(Found(hit.start(), hit.end(), "country", code, "", 0.6))
    return found


@lru_cache(maxsize=50_000)
def _read(word: str) -> str:
    """The code of the country that ``word`` misspells, "" where it misspells none."""
    index = _index()
    if word in _known():
        return ""
    for trial in (word, *(word[:at] + word[at + 1 :] for at in range(len(word)))):
        name, code = index.get(trial, ("", ""))
        if name and name[0] == word[0] and OSA.distance(word, name) == 1 and not _differs_at_end(word, name):
            return code
    return ""


def _differs_at_end(word: str, name: str) -> bool:
    shared = next(
        (i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name))
    )
    return shared >= min(len(word), len(name)) - 1
