"""Lists that a law prints inside one run of text: （一） … （二） …, with １ ２ ３ and イ ロ ハ under them.

In 別表第一 of the Export Trade Control Order the numbered goods of a row are not elements: the source has one sentence for all of them,
or lines parted by breaks. What looks like a mark may be a reference (五の項（十六）に掲げる); a mark is what continues the count of
an open list, or begins one, outside brackets and not where a reference stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from archive.vocabulary.japanese_numerals import IROHA
from normalize.japan_numbers import Sign, follows, signs

_K = "一二三四五六七八九十百〇ニハー"
_MARK = re.compile(
    rf"[(（](?:[{_K}]+(?:の[{_K}]+)*|[0-9０-９]+(?:の[0-9０-９]+)*|[{IROHA}へ]|[ivxｉｖｘ]+)[)）]"
    rf"(?:(?:から|及び)[(（][{_K}]+(?:の[{_K}]+)*[)）](?:まで)?)?(?=[\s\u3000]|(?P<tight>.))"
    rf"|(?P<ring>[①-⑳])"
    rf"|(?P<bare>第?[0-9０-９]+(?:の[0-9０-９]+)*|[{_K}]+(?:の[{_K}]+)*(?:(?:から|及び)[{_K}]+(?:の[{_K}]+)*(?:まで)?)?|[{IROHA}へ口力夕卜])"
    rf"(?=[ \u3000])"
)
# What stands before a bracket that only refers to an item: 五の項（十六）, （一）及び（二）, 同項（三）, （一）から（四）まで.
_REFERRED_BEFORE = re.compile(r"(?:項|号|条|欄|、|及び|並びに|又は|若しくは|から|「|のうち|[)）]の|第)$")
# And after one: （一）に掲げるもの, （二）１, （四）までに.
_REFERRED_AFTER = re.compile(
    r"(?:に(?:掲げ|該当|規定|おい|係|定め|よ|あ|お|関)|から|まで|及び|並びに|又は|若しくは|、|の(?:項|うち|規定|中欄)|中「|を(?:除|含|い)|[0-9０-９]|[イロハニホヘト](?:に|、|及|又|の|か))"
)
_BEFORE = 6
_GAP_LIMIT = 40


@dataclass(slots=True)
class Listed:
    """An item of a list in running text: its mark as printed, the segment of its address, its own words, the items under it."""

    mark: str
    segment: str
    text: str = ""
    items: list[Listed] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Candidate:
    start: int
    end: int
    mark: str
    readings: tuple[Sign, ...]
    at_line: bool
    spaced: bool


@dataclass(slots=True)
class _Open:
    sign: Sign
    item: Listed


def split_list(text: str, *, running: bool = True) -> tuple[str, list[Listed]]:
    """The words before the list, and its items; ``(text, [])`` where there is no list.

    With ``running`` a mark may stand anywhere, else only at the start of a line. A list that begins with another number than its
    first must begin the text (a cell that goes on from the one above).
    """
    found: list[Listed] = []
    stack: list[_Open] = []
    intro, position, current = "", 0, None
    for candidate in _candidates(text):
        if not running and not candidate.at_line:
            continue
        place = _place(candidate, stack)
        if place is None:
            continue
        depth, sign = place
        words = text[position : candidate.start].strip(" \u3000\n")
        if current is None:
            intro = words
        else:
            current.text = words
        del stack[depth:]
        current = Listed(candidate.mark, sign.segment)
        (stack[-1].item.items if stack else found).append(current)
        stack.append(_Open(sign, current))
        position = candidate.end
    if current is None:
        return text, []
    current.text = text[position:].strip(" \u3000\n")
    return intro, found


def _candidates(text: str) -> Iterator[_Candidate]:
    depths = _depths(text)
    for hit in _MARK.finditer(text):
        start, end = hit.start(), hit.end()
        at_line = _begins_line(text, start)
        spaced = not hit["tight"]
        if (
            depths[start]
            or (hit["ring"] and not at_line)
            or (hit["bare"] and not at_line and _part_of_a_word(text, start, hit["bare"]))
        ):
            continue
        if not at_line and _REFERRED_BEFORE.search(text[max(0, start - _BEFORE) : start]):
            continue
        if not spaced and _REFERRED_AFTER.match(text, end):
            continue
        readings = signs(hit.group())
        if readings:
            yield _Candidate(start, end, hit.group(), readings, at_line, spaced)


def _begins_line(text: str, start: int) -> bool:
    while start and text[start - 1] in " \u3000":
        start -= 1
    return start == 0 or text[start - 1] == "\n"


def _part_of_a_word(text: str, start: int, bare: str) -> bool:
    """Whether a bare mark goes on from a word of its own script: the ン of レンズ, the 二 of 第二."""
    before = text[max(0, start - 2) : start]
    if bare[0] in IROHA or bare[0] in "ー―":
        return bool(re.search("[ァ-ヶー]$", before))
    if bare.startswith("第"):
        return True
    return bool(re.search("(?:[0-9０-９一二三四五六七八九十百千]の?|[・．.第])$", before))


def _depths(text: str) -> list[int]:
    """How many brackets are open before each character; a line break closes all."""
    depths, depth = [], 0
    for character in text:
        depths.append(depth)
        if character in "(（「『":
            depth += 1
        elif character in ")）」』":
            depth = max(0, depth - 1)
        elif character == "\n":
            depth = 0
    return depths


def _place(candidate: _Candidate, stack: list[_Open]) -> tuple[int, Sign] | None:
    """At which depth the candidate is the next item, and read as what; None where it is none."""
    best: tuple[float, int, Sign] | None = None
    for sign in candidate.readings:
        for depth, level in enumerate(stack):
            gap = follows(level.sign, sign)
            if gap is None or gap > _GAP_LIMIT or (gap and not (candidate.at_line and candidate.spaced)):
                continue
            cost = gap + sign.oddity * 0.5 + 0.01 * (len(stack) - depth)
            if best is None or cost < best[0]:
                best = cost, depth, sign
        if any(level.sign.style == sign.style for level in stack):
            continue
        if (sign.first == (1,) and (candidate.spaced or candidate.at_line or sign.style.startswith("("))) or (
            not stack and candidate.start == 0 and candidate.spaced
        ):
            cost = 0.4 + sign.oddity * 0.5
            if best is None or cost < best[0]:
                best = cost, len(stack), sign
    return (best[1], best[2]) if best else None
