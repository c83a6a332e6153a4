"""What an exclusion takes out, and where it ends: the things inside it are let off, those beside it stay as they were.

Each bracket is read by itself. In "… 4800以上のもの（部分品を除く。）" the exclusion is the bracket's, and says nothing of the limit before it;
in "…（出力が10ワット未満のものを除く。）" the limit is inside. Marks stand before what they take out (*except*, *ausgenommen*, *sauf*, 不包括), after it
(を除く, 以外の, 除外) or around it (除…外).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

_BRACKETS = dict(zip("(（[［〔【", ")）]］〕】", strict=True))
_MARKS = re.compile(rf"[{re.escape(''.join(chain.from_iterable(_BRACKETS.items())))}\n]")
# How far an exclusion is looked for to either side, in characters, and in how many brackets: no sentence of a regulation is longer.
_SEEN, _DEEPEST = 4000, 8
_SENTENCE_ENDS = re.compile(r"[;；。\n]|(?<=[a-z)])\.\s")

EXCEPTED = re.compile(
    r"\b(?:except(?:ing)?|excluding|excludes|(?:with|to) the exclusion of|not including|other than|with the exception of|"
    r"ausgenommen|mit Ausnahme|außer(?! Kraft)|andere als|"
    r"sauf(?! si\b)|hormis|except[ée]e?s?|autres? que|uitgezonderd|met uitzondering|behalve|anders? dan)\b|"
    r"à l['’]exclusion|à l['’]exception|不包括|不包含|但不含",
    re.IGNORECASE,
)
# What a condition of the main thing begins with, after an exclusion that stood between commas.
_CONDITION = (
    r"(?:(?:and|und|et|en)\s+)?(?:having|with|whose|capable|usable|suitable|(?:specially )?designed|rated|operating|exceeding|mit|deren|ayant|dont|présentant|possédant|met|"
    r"(?:of |von |de |d['’]|van )?(?:more than|less than|at least|over|mehr als|weniger als|mindestens|höchstens|plus de|moins de|au moins|au plus|meer dan|minder dan))\b"
)
_CODE = r"\b\d[A-E]\d{3}\b(?:\.\w+)*"
_COMES_TO_AN_END = re.compile(
    rf"[,)]\s+[“\"'‘]?{_CONDITION}|，(?!且|并|並|同时|同時|以及|和|或)|"
    # What a control number names needs no further condition: "other than those specified in 3A001.a having …", "…, designed to …".
    rf"{_CODE}(?:\s(?:erfasst\w*|genannt\w*|aufgeführt\w*|(?:Buchstabe|Nummer|alinéa|point) \w+))*"
    rf"(?:(?:,|\s(?:and|und|et|en))?\s[“\"'‘]?(?:{_CONDITION}|(?:for|für|pour|voor|\w+(?:ed|able|ible|ing))\b))|"
    # A stuff by its name needs none either: "any material other than silicon with a thickness …".
    r"(?<=other than )(?!those\b|that\b|any\b|an?\b|the\b)[a-z]+\s(?:with|having)\b",
    re.IGNORECASE,
)
# "Except as provided in paragraph (b), no person may …": the exclusion that opens a sentence ends where the sentence's own subject stands.
_SUBJECT_FOLLOWS = re.compile(
    r",\s+(?:no|any|an?|the|all|each|every|you|this|these|it|they|der|die|das|ist|sind|gilt|gelten|bedarf|bedürfen|le|la|les|toute?s?|aucune?|de|het|is|zijn)\b"
)
_JAPANESE = re.compile(r"[をは]除[くきい外]")
_JAPANESE_LEFT_BEHIND = re.compile(r"のうち|であ[つっ]て|ものから|もので、|に限り")
_RESTRICTED = re.compile(r"に限り、?")
_PROVISO = re.compile(r"ただし|但し")
# 以外 of things, not of what they are made of: in "2.5パーセント未満のシリコン以外の膜" the limit is the film's.
_OTHER_THAN = re.compile(r"(?<=もの)以外の|以外のもの")
_OTHER_THAN_LEFT_BEHIND = re.compile(r"[、,]|のうち|であ[つっ]て")
_CHINESE = re.compile(r"(?<!を)除外")
_CHINESE_LEFT_BEHIND = re.compile(r"[，,](?!且|并|並|同时|同時|以及|和|或)")
_CHINESE_AROUND = re.compile(
    r"(?<![を解消去清删刪排免扣拆移废廢剔根])除(?![外非去草湿濕くきい])(?P<what>[^。；;]{1,200}?)(?:以外|之外|外(?=[，,的]))"
)


def exclusions_around(text: str, at: int) -> tuple[int, ...]:
    """Where each exclusion begins that takes out what stands at a place of a text: one a bracket at most, the outermost first.

    An exclusion from an exclusion is two: what it names is taken in again.
    """
    start = max(text.rfind("\n", 0, at) + 1, at - _SEEN)
    found = []
    for level, place, outermost in _levels(text[start : at + _SEEN], at - start):
        first, last = _sentence(level, place)
        begins = _begins(level[first:last], place - first, outermost=outermost)
        if begins is not None:
            found.append(start + first + begins)
    return tuple(found)


def has_exclusion(words: str) -> bool:
    """Whether words say that something is taken out."""
    return any(mark.search(words) for mark in (EXCEPTED, _JAPANESE, _OTHER_THAN, _CHINESE, _CHINESE_AROUND))


def without_brackets(text: str) -> str:
    """A text without what stands in its closed brackets."""
    spans = _spans(text)
    if not spans:
        return text
    kept = list(text)
    for opened, closed in _outermost(spans):
        kept[opened : closed + 1] = " " * (closed + 1 - opened)
    return "".join(kept)


def excludes_its_list(text: str) -> bool:
    """Whether a text that stands above a list takes out what is in the list: "excluding any of the following:", （次に掲げるものを除く。）."""
    text = text.strip()
    if text.endswith((":", "：")):
        return bool(exclusions_around(text, len(text) - 1))
    inside = [text[opened + 1 : closed] for opened, closed in _spans(text) if closed == len(text) - 1]
    if inside:
        return bool(_LIST_TAKEN_OUT.search(inside[-1])) and not _LIST.search(without_brackets(text))
    return bool(_LIST_TAKEN_OUT.search(without_brackets(text)))


_LIST = re.compile(r"次の|次に|以下の|以下に|下記|各号|下列")
_LIST_TAKEN_OUT = re.compile(
    r"(?:次の|次に|以下の|以下に|下記|各号|下列)(?:(?!のうち|であ)[^。])*(?:[をは]除く|(?<!を)除外)。?\s*$"
)


def _begins(sentence: str, place: int, *, outermost: bool) -> int | None:
    """Where the exclusion begins that holds a place of a sentence, None where none does."""
    for mark in reversed([*EXCEPTED.finditer(sentence, 0, place)]):
        opens = not sentence[: mark.start()].strip()
        if opens and not outermost:
            return mark.start()  # the whole bracket is the exclusion
        ended = _COMES_TO_AN_END.search(sentence, mark.end(), place)
        if not ended and not (opens and _SUBJECT_FOLLOWS.search(sentence, mark.end(), place)):
            return mark.start()
    if sentence.isascii():
        return None  # the other marks are Japanese and Chinese
    for mark in _CHINESE_AROUND.finditer(sentence):
        if mark.start("what") <= place < mark.end("what"):
            return mark.start()
    for mark in _JAPANESE.finditer(sentence, place):
        if not outermost:
            begins = _last_end(_RESTRICTED, sentence, mark.start())
            if begins <= place:
                return begins
            continue
        proviso = _last_end(_PROVISO, sentence, mark.start())
        begins = proviso or _last_end(_JAPANESE_LEFT_BEHIND, sentence, mark.start())
        if begins <= place:
            return begins
    for marks, left_behind in ((_OTHER_THAN, _OTHER_THAN_LEFT_BEHIND), (_CHINESE, _CHINESE_LEFT_BEHIND)):
        for mark in marks.finditer(sentence, place):
            begins = _last_end(left_behind, sentence, mark.start())
            if marks is _CHINESE:
                begins = (max(0, sentence.rfind("但", 0, mark.start())) or begins) if outermost else 0
            if begins <= place:
                return begins
    return None


def _last_end(pattern: re.Pattern[str], text: str, end: int) -> int:
    return max((match.end() for match in pattern.finditer(text, 0, end)), default=0)


def _sentence(level: str, place: int) -> tuple[int, int]:
    first = _last_end(_SENTENCE_ENDS, level, place)
    end = _SENTENCE_ENDS.search(level, place)
    return first, end.start() if end else len(level)


def _levels(text: str, at: int) -> Iterator[tuple[str, int, bool]]:
    """The text as each bracket around a place has it, the whole text first: brackets inside it are blank, and so is what is outside.

    With each, where the place is in it (the opening of the inner bracket that holds the place), and whether it is the whole text.
    """
    spans = _spans(text)
    around = sorted(span for span in spans if span[0] < at < span[1])
    holding = [(-1, len(text)), *around[-_DEEPEST:]]
    for depth, (opened, closed) in enumerate(holding):
        kept = list(" " * (opened + 1) + text[opened + 1 : closed])
        for first, last in _outermost([span for span in spans if opened < span[0] and span[1] < closed]):
            kept[first + 1 : last] = " " * (last - first - 1)
        place = holding[depth + 1][0] if depth + 1 < len(holding) else at
        yield "".join(kept), place, depth == 0


def _outermost(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The brackets that stand in none of the others."""
    end = -1
    for opened, closed in sorted(spans):
        if opened > end:
            end = closed
            yield opened, closed


def _spans(text: str) -> list[tuple[int, int]]:
    """The brackets of a text that open and close: the mark of an item, "a)", closes none."""
    opened: list[tuple[int, str]] = []
    found = []
    for mark in _MARKS.finditer(text):
        at, sign = mark.start(), mark[0]
        if sign in _BRACKETS:
            opened.append((at, _BRACKETS[sign]))
        elif opened and sign == opened[-1][1]:
            found.append((opened.pop()[0], at))
        elif sign == "\n":
            opened.clear()
    return found
