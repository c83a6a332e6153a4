"""Countries' names with one slip of the pen (Kazakstan, Rusia, United Kindom): a letter lost, doubled, exchanged or swapped.

Only for longer words in Latin script, only for a capitalised word that is no known name, and never when the slip makes a
demonym (Armenian, Armenier, arménien). Control numbers are never read so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from archive.vocabulary.countries import spellings
from diffing.touches.context import Context, Found

_WORD = re.compile(r"(?<![\w'’-])[A-ZÄÖÜÉ][a-zäöüßéèêçïëôîâœ]{4,16}(?!\w)")
_SHORTEST = 6
_SURE = 7
_DIRECTION = re.compile(r"\b(?:to|from|in|into|via|through|against|nach|aus|vers|en|au)\s$")
# Real words one letter away from a country, or from a word of its name.
_OTHER_WORDS = frozenset(
    "columbia granada panamax jordans iberia siberia albany bolivar germain islands romance britain brittany georgina normandy virginia vermont mexicana "
    "moravia polonia slavonia jordon angora franco roland island unites unite untied stated state status estates stats citizen republics public federal federations frances "
    "guyanas kingdoms inland barat quater union unions people person peoples northern southern southeast southwest norths souths centrale central congos sainte saints marina mariano".split()
)
Place = tuple[str, int, str]  # the name, where the word stands in it, the code


@cache
def _index() -> dict[str, str]:
    """Each longer word of a country's name, with each of its letters left out → the word."""
    index: dict[str, str] = {}
    for word in sorted(_places()):
        if len(word) >= _SHORTEST:
            for at in range(len(word) + 1):
                index.setdefault(word[:at] + word[at + 1 :], word)
    return index


@cache
def _places() -> dict[str, list[Place]]:
    """Each word of the names, with the names it stands in."""
    places: dict[str, list[Place]] = {}
    for name in spellings():
        if re.fullmatch(r"[a-z' -]+", name.key) and not name.languages:
            for hit in re.finditer("[a-z]+", name.key):
                places.setdefault(hit[0], []).append((name.key, hit.start(), name.code))
    return places


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
        word = _meant(small[hit.start() : hit.end()])
        if not word:
            continue
        index = bisect_right(taken, (hit.start(), 1 << 62)) - 1
        if index >= 0 and taken[index][1] > hit.start():
            continue
        place = _place(small, hit.start(), hit.end(), word)
        if place is not None and not re.match(r"\s[A-Z]", cased[place[1] : place[1] + 2]):
            found.append(Found(place[0], place[1], "country", place[2], "", 0.6))
    return found


def _place(small: str, start: int, end: int, word: str) -> tuple[int, int, str] | None:
    """The longest name that stands there once ``word`` is put right: start, end, code."""
    for key, at, code in sorted(_places()[word], key=lambda place: (-len(place[0]), place)):
        first, rest = start - at, end + len(key) - at - len(word)
        if first < 0 or small[first:start] != key[:at] or small[end:rest] != key[at + len(word) :]:
            continue
        if key == word and not _is_name(small, start, end, word):
            continue
        return first, rest, code
    return None


@lru_cache(maxsize=50_000)
def _meant(word: str) -> str:
    """The word of a country's name that ``word`` misspells, "" where it misspells none."""
    index = _index()
    if word in _known():
        return ""
    for trial in (word, *(word[:at] + word[at + 1 :] for at in range(len(word)))):
        name = index.get(trial, "")
        if name and name[0] == word[0] and OSA.distance(word, name) == 1:
            return name
    return ""


def _is_name(small: str, start: int, end: int, name: str) -> bool:
    """Whether a lone word is the name with a slip, and no adjective, plural, people or person."""
    word = small[start:end]
    if re.search(r"(?:ian|ean|iev|ova|ski)s?$", word) and not name.endswith("an"):
        return False
    if name.startswith(word):
        return len(name) > 8
    # Short names are near to too many others: they need a word of direction before them.
    if len(word) < _SURE and not _DIRECTION.search(small[max(0, start - 9) : start]):
        return False
    shared = next(
        (i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name))
    )
    return shared < min(len(word), len(name)) - 1 or word[-1] not in "nsierod"
