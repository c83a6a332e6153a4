"""Country groups of Supplement No. 1 to part 740 (A:1 to E:2) in running text, and the countries behind them on a date."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from diffing.touches.context import Context, Found

_GROUP = re.compile(r"(?P<letter>[ABDE])(?<![0-9A-Za-z:.].):[ ]?(?P<number>[1-6])(?![0-9A-Za-z:]|\.[0-9])")
_WHOLE = re.compile(
    r"\b(?:Country\s+Groups?|COUNTRY\s+GROUPS?|Ländergruppen?|[Gg]roupes?\s+de\s+pays|国別グループ|カントリー・?グループ|国家组|国家組|國家組|国家组别|國家組別|国家分组)\s*(?P<letter>[ABDE])(?![A-Za-z0-9:'])(?P<more>(?:\s*(?:,|and|or|und|oder|et|ou|及び|和|或|、)\s*[ABDE](?![A-Za-z0-9:'])){0,3})"
)
# The Japanese regions of the general licences, い地域① to り地域; は, に, と and へ are particles as well and need their number or a quotation mark.
_REGION = re.compile(
    r"(?:(?:(?<![^\n 、,・(「『。/|])|(?<=又は)|(?<=及び)|(?<=から)|(?<=並びに)|(?<=若しくは))(?P<name>[いろほち]地域|り地域(?![のにをがは])|[はにとへ]地域(?=[①-⑨」]))|(?<=「)(?P<quoted>[いろはにほへとちり]地域))(?P<number>[①-⑨])?(?P<more>(?:(?:、|及び|又は|から|・)[①-⑨])*)"
)
_RANGE = re.compile(r"\s?(?:-|~|\b(?:to|through|bis|à)\b|から|至|到)\s?")
_CUE = re.compile(
    r"countr|group|supp|740|destination|region|landergruppe|groupe|pays|国|國|組|组|グループ|地域|地区|macau|licen|[abde]:[1-6](?!:)"
)
_NOT = re.compile(
    r"ratio|score|verhaltnis|ratios|odds|dilut|aspect|mixture|drive|mapping|vitamin|proportion|\bgmt\b|a\.m|p\.m|psalm"
)


def groups(context: Context) -> list[Found]:
    """Country groups that the text names, as ``group:D:5``; a bare ``D:1`` counts only near a word that speaks of countries."""
    text, small = context.page.cased, context.page.small
    found: list[Found] = []
    for hit in _GROUP.finditer(text):
        near = small[max(0, hit.start() - 120) : hit.start()] + " " + small[hit.end() : hit.end() + 60]
        close = small[max(0, hit.start() - 40) : hit.end() + 25]
        if (context.source or context.work or _CUE.search(near)) and not (
            _NOT.search(close) and "group" not in close
        ):
            found.append(
                Found(hit.start(), hit.end(), "group", f"group:{hit['letter']}:{hit['number']}", "ear")
            )
    found += [
        Found(first.start, last.end, "group", f"{first.id[:-1]}{number}", "ear")
        for first, last in pairwise(found)
        if first.id[:-1] == last.id[:-1] and _RANGE.fullmatch(text, first.end, last.start)
        for number in range(int(first.id[-1]) + 1, int(last.id[-1]))
    ]
    for hit in _REGION.finditer(text) if "地域" in text else ():
        name = hit["name"] or hit["quoted"]
        numbers = [hit["number"] or "", *re.findall("[①-⑨]", hit["more"])]
        found += [Found(hit.start(), hit.end(), "group", f"group:{name}{number}", "jp") for number in numbers]
    for hit in _WHOLE.finditer(text):
        for letter in re.finditer(r"[ABDE](?![a-zA-Z])", hit["letter"] + hit["more"]):
            at = hit.start("letter") + letter.start()
            found.append(Found(at, at + 1, "group", f"group:{letter[0]}", "ear"))
    return found


def members(group: str, sets: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The countries of ``group:D:5``; of ``group:D`` those of D:1 to D:5. Empty where the reference does not hold it."""
    name = group.removeprefix("group:")
    if name in sets:
        return sets[name]
    return tuple(
        sorted({code for key, codes in sets.items() if key.startswith(f"{name}:") for code in codes})
    )
