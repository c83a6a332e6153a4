"""Numbers of the German Ausfuhrliste, Teil I Abschnitt A (war weapons and other arms): 0001 to 0022, with letters and numbers below.

Four digits alone say little: they count only near the name of the list, or in a text of the German law. Numbers of Teil I Abschnitt B
(``3A1906``) have the common form and are read with it.
"""

from __future__ import annotations

import re

from diffing.touches.context import Context, Found

_NUMBER = r"00(?:0[1-9]|1[0-9]|2[0-2])"
_FIRST = r"00(?<![0-9A-Za-z.,:/-]..)(?:0[1-9]|1[0-9]|2[0-2])"
_LEVELS = r"(?:(?:\.|\s)?[a-z](?![A-Za-z0-9À-ɏ])(?:\.?[0-9]{1,2}(?![0-9]))?|,?\s(?:Buchst(?:aben|abe|\.)|Nummern?|Nr\.|Unternummer|lit\.)\s[a-z0-9]{1,2}(?![a-z0-9]))*"
_HIT = re.compile(rf"(?P<number>{_FIRST})(?![0-9]|[:,/.-][0-9])(?P<levels>{_LEVELS})")
_MORE = re.compile(
    rf"\s*(?:,\s*|\s(?:und|oder|sowie|and|or|et|ou)\s|(?P<range>\s(?:bis|to|through|à)\s|-))(?:(?P<number>{_NUMBER})(?![0-9])(?P<levels>{_LEVELS})|(?P<letter>[a-z])(?![a-z0-9]))"
)
_LEVEL = re.compile(r"(?<![A-Za-zäöü])[a-z](?![a-zäöü])|[0-9]+")
_LIST = re.compile(
    r"ausfuhrliste|teil i,? abschnitt a|part i,? section a|liste d'exportation allemande|german export list|kriegswaffen|rustungsgut"
)


def german(context: Context) -> list[Found]:
    """Numbers of Abschnitt A that the text names, lists and ranges expanded."""
    text, small = context.page.cased, context.page.small
    if "00" not in text:
        return []
    own = context.source.startswith("de_") or context.work.startswith("de/")
    found: list[Found] = []
    done = 0
    for hit in _HIT.finditer(text):
        if hit.start() < done or context.is_blocked(hit.start()):
            continue
        if not own and not _LIST.search(small[max(0, hit.start() - 160) : hit.end() + 160]):
            continue
        number, levels = hit["number"], _LEVEL.findall(hit["levels"])
        found.append(Found(hit.start(), hit.end(), "code", ".".join([number, *levels]), "de", 0.9))
        done = hit.end()
        while (more := _MORE.match(text, done)) is not None:
            if more["number"]:
                if more["range"] and not levels:
                    between = range(int(number) + 1, int(more["number"]))
                    found += [Found(hit.start(), more.end(), "code", f"{n:04}", "de", 0.9) for n in between]
                elif more["range"] and more["number"] == number:
                    to = _LEVEL.findall(more["levels"])
                    if levels[:-1] == to[:-1] and levels[-1].isalpha() and to[-1].isalpha():
                        found += _letters(hit.start(), more.end(), [number, *levels], to[-1])
                number, levels = more["number"], _LEVEL.findall(more["levels"])
            elif levels and levels[-1].isalpha():
                if more["range"]:
                    found += _letters(hit.start(), more.end(), [number, *levels], more["letter"])
                levels = [*levels[:-1], more["letter"]]
            else:
                break
            start = done + len(more[0]) - len(more[0].lstrip(" ,"))
            found.append(Found(start, more.end(), "code", ".".join([number, *levels]), "de", 0.9))
            done = more.end()
    return found


def _letters(start: int, end: int, first: list[str], last: str) -> list[Found]:
    """The paragraphs between ``first`` and its sibling with the letter ``last``."""
    return [
        Found(start, end, "code", ".".join([*first[:-1], chr(letter)]), "de", 0.9)
        for letter in range(ord(first[-1]) + 1, ord(last))
    ]
