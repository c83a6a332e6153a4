"""Mentions of the United States Munitions List, of the Common Military List (ML) and of the British PL numbers."""

from __future__ import annotations

import re

from archive.vocabulary.traps import is_labelled_otherwise
from archive.vocabulary.usml import CATEGORIES, canonical_usml
from diffing.touches.context import Context, Found
from diffing.touches.moved import is_moved

_ROMAN = r"X?(?:IX|IV|V?I{1,3}|V)|XX?I{0,1}|X"
_LEVELS = r"(?:\s?\(?(?:[a-z]{1,2}|[0-9]{1,2}|[ivx]{1,7}|[A-Z])\))+"
_DOTTED = r"(?:\.(?:[a-z]{1,4}|[0-9]{1,2})(?![0-9A-Za-z]))+"
_WORDED = r"(?:,?\s(?:Buchstabe|Nummer|Absatz|lettre|point|alinéa|paragraphe)\s\(?(?:[a-z](?![a-z])|[0-9]{1,2})\)?)+"
_CATEGORY = re.compile(
    rf"""(?=[CcKU1カ类類第美米軍])(?:(?P<list>\b(?:USML|U\.S\.\s+Munitions\s+List)[:,]?\s*|\b121\.1[,:]?\s*|(?:USML|美国军品清单|美國軍品清單|美国弹药清单|米国軍需品リスト|軍需品リスト)(?:の)?第?)?
      (?P<word>\b[Cc]ategor(?:y|ies)\s+|\b[Cc]at(?:s?\.|\s)\s*|\bKategorien?\s+|\b[Cc]atégories?\s+|カテゴリー?\s*|类别\s*|類別\s*|第)?)
    (?P<roman>{_ROMAN})(?![A-Za-z])(?:类|類|カテゴリー)?(?:,?\s(?:[Ss]ub)?[Pp]aragraphs?\s?(?=\())?(?P<levels>{_LEVELS}|{_DOTTED}|{_WORDED})?""",
    re.X,
)
_PARAGRAPHS = re.compile(
    rf"(?:(?:[Ss]ub)?[Pp]aragraphs?\s+|(?<![\w).])\*?(?=\([a-z]{{1,2}}\)))(?P<inner>{_LEVELS}(?:(?:,\s*(?:and\s|or\s)?|\s(?:and|or)\s){_LEVELS})*)\s+(?:of|in|under|to)\s+(?:USML\s+)?(?:the\s+)?$"
)
_MORE = re.compile(
    rf"\s*?(?:(?:\sof\s(?:the\s)?USML)?,?\s[(]?(?:except(?:\sfor)?|other\sthan|excluding|but\snot|not\sincluding|with\sthe\sexception\sof)\s(?=[(XVI])|,\s*(?:and\s|or\s|und\s|oder\s|et\s|ou\s|especially\s|in\sparticular\s|particularly\s|notably\s|including\s|namely\s|e\.g\.,?\s)?|/|\s(?:and|or|und|oder|et|ou)\s|(?P<range>\s(?:to|through|bis|à)\s|-)|、|及び|又は|和|或|及)\s*(?:(?:sub)?paragraphs?\s)?(?:(?P<roman>{_ROMAN})(?![A-Za-z]))?(?P<levels>{_LEVELS}|{_DOTTED})?"
)
_LEVEL = re.compile(r"[A-Za-z]+|[0-9]+")
_LEVEL_WORD = re.compile(r"(?!\b[ivx]+\b)[A-Za-zé]{5,}")
_IS_USML = re.compile(
    r"\busml\b|munitions list|\bitar\b|121\.1|22 cfr|ddtc|军品清单|軍品清單|軍需品リスト|弹药清单|munitionsliste|liste des munitions"
)
_IS_OTHER = re.compile(
    r"\bmtcr\b|missile technology control|\bschedule\b|risk|annex|hurricane|title|chapter|\bcat\.? ?[5-8]e?\b|wassenaar|overvoltage"
)

_ML_LEVELS = r"(?:(?<=[0-9])\s[a-z]\)|\s?\.?(?:[a-z](?![A-Za-z0-9À-ɏ])|[a-z][0-9]{1,2}(?![A-Za-z0-9À-ɏ]))|\.[0-9]{1,2}(?![0-9])|\s?\([a-z0-9]{1,2}\)|,?\s(?:Buchstaben?|Nummern?|Unternummern?|points?|lettres?|paragraphs?|items?)\s\(?[a-z0-9]{1,2}\b\)?)"
_ML = re.compile(
    rf"(?P<kind>[MP]L)(?<![0-9A-Za-z_#.]..)(?P<blank>\s?)(?P<number>(?<=PL)[0-9]{{4}}|(?<=PL\s)[0-9]{{4}}|(?:2[0-2]|1[0-9]|[1-9])(?![0-9]))(?P<levels>{_ML_LEVELS}*)(?![0-9A-Za-z])"
)  # fmt: skip
_ML_NEAR = re.compile(
    r"military|munition|militar|rustung|waffen|militaire|軍|军|武器|\bml\s?\d|\bpl\s?\d|liste|defence"
)
_IS_MODEL = re.compile(
    r"\s(?:[a-z]+\s)?(?:models?|layers?|machines?|algorithms?|engineers?|papers?|pipelines?|lathes?|engines?|vehicles?)\b|-[A-Z0-9]"
)
_IS_PART_OF = re.compile(r"\sof\s+(?!the\s+(?:[A-Z]|military|munitions))[a-z]+\b")
_ML_MORE = re.compile(
    rf"\s*(?P<join>,\s*(?:and\s|or\s|und\s|oder\s|et\s|ou\s)?|\s(?:and|or|und|oder|et|ou)\s|(?P<range>\s(?:to|through|bis|à)\s|-|~|から|至|到)|、|及び|又は|和|或)\s*(?:(?P<full>ML|PL)\s?(?P<number>[0-9]{{1,4}}))?(?P<levels>(?:(?<=[0-9])\s)?\.?[a-z](?:\.[0-9]{{1,2}})?(?![0-9A-Za-z'])|(?<=[0-9]){_ML_LEVELS}+)?"
)


# "related to XII(b)(1)": without the word, in a text that names the list.
_BARE = re.compile(
    rf"(?:\b(?:to|in|of|under|than|by|from|and|or|with)\s|[,(]\s?)(?P<roman>{_ROMAN})(?P<levels>\([a-z]{{1,2}}\)(?:\([0-9a-zA-Z]{{1,7}}\))*)"
)


def munitions(context: Context) -> list[Found]:
    """Paragraphs of the munitions lists that the text names, lists expanded."""
    return [*_usml(context), *_common_list(context)]


def _usml(context: Context) -> list[Found]:
    text, small = context.page.cased, context.page.small
    hits = [
        hit for hit in _CATEGORY.finditer(text) if (hit["word"] or hit["list"]) and hit["roman"] in CATEGORIES
    ]
    if not hits:
        return []
    whole = bool(_IS_USML.search(small)) or context.work.startswith("us/cfr/22/")
    found: list[Found] = []
    done = 0
    for hit in hits:
        if hit.start() < done:
            continue
        near = small[max(0, hit.start() - 100) : hit.end() + 100]
        paragraphs = _PARAGRAPHS.search(text, max(0, hit.start() - 120), hit.start())
        named = bool(hit["list"]) or bool(_IS_USML.search(near))
        other = _IS_OTHER.search(small[max(0, hit.start() - 45) : hit.end() + 30])
        # A bare category needs the list to be named; one with its paragraph speaks for itself.
        if not named and (other or not (hit["levels"] or paragraphs or whole)):
            continue
        said_after = _IS_USML.search(small[hit.end() : hit.end() + 30])
        if other and not hit["list"] and "mtcr" in other[0] and not (hit["levels"] and said_after):
            continue
        sure = 1.0 if named or whole else 0.7
        category, levels = hit["roman"], _LEVEL.findall(_LEVEL_WORD.sub(" ", hit["levels"] or ""))
        if paragraphs is not None:
            codes, said = [], list[str]()
            for part in re.finditer(_LEVELS, paragraphs["inner"]):
                said = _step(said, _LEVEL.findall(part[0])) if said else _LEVEL.findall(part[0])
                codes.append(canonical_usml(category, said))
            found += [
                Found(paragraphs.start(), hit.end(), "code", code, "usml", sure) for code in codes if code
            ]
            done = hit.end()
            continue
        code = canonical_usml(category, levels)
        if code is None:
            continue
        start = hit.start("list") if hit["list"] else hit.start("word") if hit["word"] else hit.start("roman")
        found.append(Found(start, hit.end(), "code", code, "usml", sure))
        end = hit.end()
        while (more := _MORE.match(text, end)) is not None and (more["roman"] or more["levels"]):
            own = _LEVEL.findall(more["levels"] or "")
            if more["roman"]:
                if more["roman"] not in CATEGORIES:
                    break
                if (
                    more["range"]
                    and not own
                    and not levels
                    and not is_moved(text, hit.start(), more.end(), more["range"])
                ):
                    low, high = CATEGORIES.index(category), CATEGORIES.index(more["roman"])
                    found += [
                        Found(start, more.end(), "code", f"USML:{c}", "usml", sure)
                        for c in CATEGORIES[low + 1 : high]
                    ]
                category, levels = more["roman"], own
            else:
                kept = _step(levels, own)
                if (
                    more["range"]
                    and kept[:-1] == levels[:-1]
                    and not is_moved(text, hit.start(), more.end(), more["range"])
                ):
                    found += [
                        Found(start, more.end(), "code", between, "usml", sure)
                        for letter in _inside(levels[-1], kept[-1])
                        if (between := canonical_usml(category, [*kept[:-1], letter]))
                    ]
                levels = kept
            code = canonical_usml(category, levels)
            if code is None:
                break
            start, end = more.start("roman" if more["roman"] else "levels"), more.end()
            found.append(Found(start, end, "code", code, "usml", sure))
        done = end
    return [*found, *_bare(context, found)] if whole and found else found


def _bare(context: Context, found: list[Found]) -> list[Found]:
    """Paragraphs that the text names by the roman number alone, after it has named the list with one of its paragraphs."""
    text = context.page.cased
    return [
        Found(hit.start("roman"), hit.end(), "code", code, "usml", 0.8)
        for hit in _BARE.finditer(text)
        if hit["roman"] in CATEGORIES
        and any(0 <= hit.start() - other.end <= 150 for other in found)
        and not any(other.start <= hit.start("roman") < other.end for other in found)
        and (code := canonical_usml(hit["roman"], _LEVEL.findall(hit["levels"]))) is not None
    ]


_DEEP = [
    tens + ones for tens in ("", "x", "xx", "xxx") for ones in ("", *"i ii iii iv v vi vii viii ix".split())
][1:]
"""The small roman numbers, of paragraphs of the third level."""


def _step(levels: list[str], own: list[str]) -> list[str]:
    """A continuation replaces the levels of its own kind: after (c)(4), ``(c)(6)`` and ``(d)`` start anew, ``(6)`` is c.6."""
    if own[0].isdigit():
        for at in range(len(levels) - 1, -1, -1):
            if levels[at].isdigit():
                return [*levels[:at], *own]
        return [*levels, *own]
    if len(levels) >= 3 and re.fullmatch(r"[ivx]+", own[0]) and len(own) == 1:
        return [*levels[:2], *own]
    return own


def _inside(low: str, high: str) -> list[str]:
    if low.isdigit() and high.isdigit():
        return [str(n) for n in range(int(low) + 1, int(high))][:50]
    if re.fullmatch(r"[ivx]{2,}", low + high) and low in _DEEP and high in _DEEP and len(low + high) > 2:
        return _DEEP[_DEEP.index(low) + 1 : _DEEP.index(high)]
    if len(low) == len(high) == 1:
        return [chr(c) for c in range(ord(low) + 1, ord(high))]
    return []


def _common_list(context: Context) -> list[Found]:
    text, small = context.page.cased, context.page.small
    found: list[Found] = []
    done = 0
    for hit in _ML.finditer(text):
        if hit.start() < done or context.is_blocked(hit.start()):
            continue
        if is_labelled_otherwise(
            text[max(0, hit.start() - 40) : hit.start()], text[hit.end() : hit.end() + 12]
        ):
            continue
        near = small[max(0, hit.start() - 120) : hit.start()] + small[hit.end() : hit.end() + 120]
        if hit["blank"] and not hit["levels"] and not _ML_NEAR.search(near):
            continue
        if _IS_MODEL.match(text, hit.end()) or (not hit["levels"] and _IS_PART_OF.match(text, hit.end())):
            continue
        kind, number = hit["kind"], hit["number"]
        levels = list(re.findall(r"(?<![A-Za-z])[a-z](?![a-z])|[0-9]+", hit["levels"]))
        sure = 1.0 if not hit["blank"] else 0.8
        regime = "uk" if kind == "PL" else "ml"
        found.append(Found(hit.start(), hit.end(), "code", ".".join([kind + number, *levels]), regime, sure))
        end = hit.end()
        while (more := _ML_MORE.match(text, end)) is not None and (more["full"] or more["levels"]):
            own = re.findall(r"(?<![A-Za-z])[a-z](?![a-z])|[0-9]+", more["levels"] or "")
            if more["full"]:
                if kind == "ML" and not 1 <= int(more["number"]) <= 22:
                    break
                if more["range"] and more["number"] == number and len(own) == len(levels) == 1:
                    found += [
                        Found(hit.start(), more.end(), "code", f"{kind}{number}.{level}", regime, sure)
                        for level in _inside(levels[0], own[0])
                    ]
                elif more["range"] and kind == more["full"] and not own and not levels:
                    numbers = range(int(number) + 1, int(more["number"]))[:50]
                    found += [
                        Found(hit.start(), more.end(), "code", f"{kind}{n}", regime, sure) for n in numbers
                    ]
                kind, number, levels = more["full"], more["number"], own
            else:
                if not levels or (
                    own[0] in "ai"
                    and not re.match(r"[\s]*(?:$|[,.;:)]|and\b|or\b|und\b|et\b|of\b)", text[more.end() :])
                ):
                    break
                if more["range"] and len(own) == 1:
                    found += [
                        Found(
                            hit.start(),
                            more.end(),
                            "code",
                            ".".join([kind + number, *levels[:-1], letter]),
                            regime,
                            sure,
                        )
                        for letter in _inside(levels[-1], own[0])
                    ]
                levels = [*levels[:-1], *own] if own[0].isalpha() == levels[-1].isalpha() else own
            end = more.end()
            found.append(
                Found(
                    more.end() - len(more[0].lstrip(" ,")),
                    end,
                    "code",
                    ".".join([kind + number, *levels]),
                    regime,
                    sure,
                )
            )
        done = end
    return found
