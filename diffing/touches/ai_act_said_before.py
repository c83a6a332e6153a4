"""Places of the AI Act that are said of the one named last: "Annex III, in particular point 6(a) thereof", "paragraph 2 of that Article",
"dessen Absatz 2", "son paragraphe 2", 同条第2項, 该条第二款.
"""

from __future__ import annotations

import re

from archive.vocabulary.japanese_numerals import to_int
from diffing.touches.context import Found

_MARK = r"\(?(?:[0-9]{1,2}|[a-z](?![a-z]))\)?(?:\(?[a-z]\)?(?![a-z])|\([ivx]+\))?"
_LIST = rf"{_MARK}(?:(?:,\s*(?:and\s|or\s|und\s|et\s)?|\s(?:and|or|und|oder|et|ou|to|bis|à)\s|-){_MARK})*"
_WORD = (
    r"(?:[Pp]aragraphs?|[Pp]oints?|Absatz|Absätzen?|Abs\.|Buchstaben?|Nummern?|Nr\.|paragraphes?|lettres?)"
)
_DEEPER = rf"(?:,?\s(?:first\s|second\s)?{_WORD}\s{_LIST})?"
_LATIN = re.compile(
    rf"""(?:(?P<whose>\b(?:its|whose|dessen|deren|seinem|seinen|ihrem|ihren|ses|son|sa
      |(?:except(?:\sfor)?|other\sthan|excluding|with\sthe\sexception\sof|apart\sfrom|but\snot|including|in\sparticular|notably|mit\sAusnahme\s(?:von|der|des)|ausgenommen|nicht(?:\sjedoch|\saber)?(?:\s(?:nach|von|für|unter))?|einschließlich|insbesondere|sauf|hormis|notamment|y\scompris|à\sl'(?:exception|exclusion)\sd(?:e|u|es))(?:\s(?:the|les?|la))?))\s)?\b{_WORD}\s(?P<marks>{_LIST})(?P<deeper>{_DEEPER})(?:\s(?:of|de\sl'|du|des)\s?(?:paragraphe?|Absatzes)\s(?P<under>[0-9]{{1,2}}))?
    (?P<back>\s(?:thereof\b|davon\b|of\s(?:that|the\ssame|the\ssaid)\s(?P<of>Article|Annex|paragraph|provision)\b
      |(?:des(?:selben|\sgenannten)|jenes|derselben|dieses)\s(?:Artikels|Anhangs|Absatzes)\b|d(?:udit|e\s(?:cet|ce|ladite|cette|la\smême))\s(?:article|annexe|paragraphe)\b|du\smême\s(?:article|paragraphe)\b))?""",
    re.X,
)
_NUMERAL = r"[0-9一二三四五六七八九十]{1,3}"
_WIDE = re.compile(
    rf"(?:同|该|該|本)(?:条|條|附属書|附件|附屬書)の?第?\s?(?P<first>{_NUMERAL})(?:款|項|项|点|點)(?:第?\s?[(]?(?P<second>[a-z]|{_NUMERAL})[)]?(?:号|號|項|项|目|点|點))?"
)
_NUMBER = re.compile(
    r"(?P<range>(?:\b(?:to|bis|à)\s|-)\s*)?\(?\b(?P<mark>[0-9]{1,2}|[a-z](?![a-z]))(?:\)?\(?(?P<deeper>[a-z]|[ivx]+)\))?"
)
_ANOTHER = re.compile(
    r"\b(?:Articles?|Artikels?|article)\s[0-9]|\bAnnex|\bAnhang|\.\s+[A-Z]|第[0-9一二三四五六七八九十百]+[条條]|。|\b(?:GDPR|DSGVO|RGPD|Directive|Richtlinie)\b"
)
_FIRST_WORDS = re.compile(rf"^,?\s(?:first\s|second\s)?{_WORD}\s")
_FAR = 160


def said_of_last(text: str, found: list[Found]) -> list[Found]:
    """The places in ``text`` said of the last of ``found`` that stands before them in the same sentence."""
    said: list[Found] = []
    for hit in (*_LATIN.finditer(text), *_WIDE.finditer(text)):
        is_wide = hit.re is _WIDE
        if not is_wide and not hit["whose"] and not hit["back"]:
            continue
        before = [one for one in found if one.end <= hit.start()]
        if not before or any(one.start < hit.end() and hit.start() < one.end for one in found):
            continue
        last = max(before, key=lambda one: one.end)
        gap = text[last.end : hit.start()]
        if len(gap) > _FAR or _ANOTHER.search(gap):
            continue
        top, *levels = last.id.split(".")
        if is_wide:
            paths = [[str(to_int(hit["first"])), *_second(hit["second"])]]
        else:
            kept = _kept(levels, hit["of"] or hit["back"] or "", hit["marks"])
            kept = [hit["under"]] if hit["under"] else kept
            paths = [[*kept, *path] for path in _paths(hit["marks"])]
            deeper = _paths(_FIRST_WORDS.sub("", hit["deeper"])) if hit["deeper"] else []
            paths = [[*path, *below] for path in paths for below in deeper] or paths
        start = hit.start() if is_wide else hit.start("marks")
        said += [Found(start, hit.end(), "code", ".".join([top, *path]), "aia", 0.8) for path in paths]
    return said


def _second(mark: str | None) -> list[str]:
    if not mark:
        return []
    return [mark] if mark.isalpha() and mark.isascii() else [str(to_int(mark))]


def _kept(levels: list[str], of: str, marks: str) -> list[str]:
    """What of the place named last stays above: of "that paragraph" its number; a paragraph takes the place of a paragraph."""
    is_number = marks.lstrip("(")[:1].isdigit()
    if re.search("[Aa]bsatz|paragraph", of):
        return levels[:1]
    if re.search("[Aa]rti|[Aa]nn|[Aa]nh", of):
        return []
    if is_number:
        return levels[: next((at for at, level in enumerate(levels) if level.isdigit()), len(levels))]
    return levels[: next((at for at, level in enumerate(levels) if level.isalpha()), len(levels))]


def _paths(marks: str) -> list[list[str]]:
    paths: list[list[str]] = []
    for hit in _NUMBER.finditer(marks):
        own = [hit["mark"], *([hit["deeper"]] if hit["deeper"] else [])]
        if hit["range"] and paths and len(paths[-1]) == len(own) == 1:
            low, high = paths[-1][0], own[0]
            if low.isdigit() and high.isdigit():
                paths += [[str(n)] for n in range(int(low) + 1, int(high))]
            elif low.isalpha() and high.isalpha():
                paths += [[chr(n)] for n in range(ord(low) + 1, ord(high))]
        paths.append(own)
    return paths
