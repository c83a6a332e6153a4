"""Countries' names with one slip of the pen (Kazakstan, Kyrgystan): a letter lost, doubled, exchanged or swapped.

Only for long names in Latin script, only for a capitalised word that is no known name, and never when the slip is at the
end, where demonyms differ (Armenian, Armenier, arménien). Control numbers are never read so.
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import OSA

from archive.vocabulary.countries import spellings
from diffing.touches.context import Context, Found

_WORD = re.compile(r"(?<![\w'’-])[A-ZÄÖÜÉ][a-zäöüßéèêçïëôîâœ]{6,16}(?!\w)")
_SHORTEST = 7
# Real words one letter away from a country.
_OTHER_WORDS = frozenset("columbia granada panamax jordans iberia siberia albany bolivar germain islands romance britain brittany georgina normandy virginia vermont mexicana moravia polonia slavonia".split())  # noqa: SIM905


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
    return frozenset(word for name in spellings() for word in re.findall(r"[a-zäöüß]+", name.key)) | _OTHER_WORDS


def misspelt(context: Context, taken: list[tuple[int, int]]) -> list[Found]:
    """Misspelt names outside the spans that are ``taken``, with less confidence."""
    found: list[Found] = []
    index, known = _index(), _known()
    small = context.page.small
    for hit in _WORD.finditer(context.page.cased):
        word = small[hit.start() : hit.end()]
        if word in known or any(start <= hit.start() < end for start, end in taken):
            continue
        for trial in (word, *(word[:at] + word[at + 1 :] for at in range(len(word)))):
            name, code = index.get(trial, ("", ""))
            if not name or name[0] != word[0] or OSA.distance(word, name) != 1 or _differs_at_end(word, name):
                continue
            after = context.page.cased[hit.end() : hit.end() + 2]
            if not re.match(r"\s[A-Z]", after):
                found.append(Found(hit.start(), hit.end(), "country", code, "", 0.6))
            break
    return found


def _differs_at_end(word: str, name: str) -> bool:
    shared = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    return shared >= min(len(word), len(name)) - 1
