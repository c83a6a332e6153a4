"""Numbers of Japanese law, read and written in each of its styles, and the marks that are made of them.

A branch number (の) is ``_`` as in the government's own standard XML (``Num="16_4"``), a range (から … まで) is ``:``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from archive.vocabulary.japanese_numerals import IROHA, to_int, to_iroha

_DIGITS = "〇一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
# 一 〇 and what position tells to be a number: the characters that a numeral may hold after width folding.
_NUMERAL = "0-9〇○零一二三四五六七八九十百千ニハミチー―O"
_ONE = re.compile(
    rf"第?(?P<number>[{_NUMERAL}]+(?:の[{_NUMERAL}]+)*)(?:編|章|節|款|目|条|項|号)?(?P<branch>(?:の[{_NUMERAL}]+)*)"
)
_JOINTS = re.compile("から|及び|並びに|、|~")
_ROMAN = re.compile(r"[ivxlc]+|[IVXLC]+")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_RING = re.compile("[①-⑳]")
# Notices count アイウ, laws イロハ: the neighbours tell which it is.
_SYLLABARY = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_BRACKETS = str.maketrans({"〔": "(", "〕": ")", "［": "(", "］": ")"})


def to_kanji(number: int) -> str:
    """16 → 十六, 203 → 二百三. Raises ``ValueError`` below 1 and from 100,000,000 on, which no mark of a law reaches."""
    if not 1 <= number < 100_000_000:
        raise ValueError(number)
    if number >= 10_000:
        head = to_kanji(number // 10_000) + "万"
        return head + (to_kanji(number % 10_000) if number % 10_000 else "")
    written = ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十")):
        count, number = divmod(number, size)
        if count:
            written += (_DIGITS[count] if count > 1 else "") + name
    return written + (_DIGITS[number] if number else "")


def to_positional(number: int) -> str:
    """16 → 一六, 230 → 二三〇, as rows of tables are numbered."""
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def to_full_width(number: int) -> str:
    """16 → １６, as paragraphs are numbered."""
    return str(number).translate(_FULL_WIDTH)


def folded(mark: str) -> str:
    """A mark as it is compared: half-width digits and brackets, no blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", mark).translate(_BRACKETS))


@lru_cache(maxsize=8_192)
def read_number(written: str) -> str | None:
    """The number of a mark such as 第十六条の四, 十六の四, １６, （十六）, 三から五まで: ``16_4``, ``16``, ``3:5``; None where it is none."""
    text = folded(written).replace("(", "").replace(")", "").rstrip(".")
    parts = [_ONE.fullmatch(part) for part in _JOINTS.split(text.removesuffix("まで"))]
    numbers = [_branched(part["number"] + part["branch"]) if part else None for part in parts]
    first, last = numbers[0], numbers[-1]
    if first is None or last is None or None in numbers:
        return None
    return f"{first}:{last}" if len(numbers) > 1 else first


def ordinal(number: str) -> tuple[int, ...]:
    """What a number sorts by: ``16_4`` → (16, 4). Of a range its last."""
    return tuple(int(part) for part in number.rpartition(":")[2].split("_"))


def _branched(written: str) -> str | None:
    numbers = [to_int(part) for part in written.split("の") if part]
    return "_".join(str(one) for one in numbers) if numbers and None not in numbers else None


@dataclass(frozen=True, slots=True)
class Sign:
    """One reading of a mark: its ``style``, the ``segment`` that it adds to an address, its place in its ``order`` (of a range
    the last; ``begin`` is its first), and how far it is from what is printed (0: as printed, 1: a look-alike)."""

    style: str
    segment: str
    order: tuple[int, ...]
    oddity: int = 0
    begin: tuple[int, ...] = ()

    @property
    def first(self) -> tuple[int, ...]:
        """Where a range begins; of a single mark its place."""
        return self.begin or self.order


@lru_cache(maxsize=8_192)
def signs(mark: str) -> tuple[Sign, ...]:
    """All readings of a mark. ニ is the fourth of the iroha and, where numbers stand, a two: only its place tells."""
    text = folded(mark)
    if _RING.fullmatch(mark.strip()):
        return (Sign("ring", text, (int(text),)),)
    bracket = "(" if text.startswith("(") or text.endswith(")") else ""
    inner = text.strip("().")
    found: list[Sign] = []
    if (number := read_number(inner)) is not None:
        style = ("第" if inner.startswith("第") else "") + ("digit" if re.search("[0-9]", inner) else "kanji")
        odd = int(bool(re.search("[ニハミチー―O-]", inner)))
        begin = ordinal(number.partition(":")[0])
        found.append(Sign(bracket + style, number, ordinal(number), odd, begin))
    if len(inner) == 1 and (mora := to_iroha(inner)) is not None:
        found.append(Sign(f"{bracket}iroha", mora, (IROHA.index(mora) + 1,), int(mora != inner)))
    if len(inner) == 1 and inner in _SYLLABARY:
        found.append(Sign(f"{bracket}syllabary", inner, (_SYLLABARY.index(inner) + 1,)))
    if _IROHA_BRANCH.fullmatch(inner):
        head, *branches = inner.split("の")
        mora = to_iroha(head)
        rest = [to_int(branch) for branch in branches]
        if mora is not None and None not in rest:
            segment = "_".join([mora, *(str(one) for one in rest)])
            found.append(
                Sign(f"{bracket}iroha", segment, (IROHA.index(mora) + 1, *(one or 0 for one in rest)))
            )
    if _IROHA_RANGE.fullmatch(inner):
        first, last = to_iroha(inner[0]), to_iroha(inner.removesuffix("まで")[-1])
        if first is not None and last is not None:
            order, begin = (IROHA.index(last) + 1,), (IROHA.index(first) + 1,)
            found.append(Sign(f"{bracket}iroha", f"{first}:{last}", order, 0, begin))
    if _ROMAN.fullmatch(inner):
        found.append(Sign(f"{bracket}roman", inner.lower(), (_roman(inner.lower()),)))
    if len(inner) == 1 and inner.isascii() and inner.isalpha():
        found.append(Sign(f"{bracket}letter", inner.lower(), (ord(inner.lower()) - 96,)))
    return tuple(found)


_IROHA_BRANCH = re.compile(rf"[{IROHA}ニへ](?:の[{_NUMERAL}]+)+")
_IROHA_RANGE = re.compile(rf"[{IROHA}へ二八口力夕卜](?:から|及び)[{IROHA}へ二八口力夕卜](?:まで)?")


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in text]
    total = sum(values)
    for index, value in enumerate(values[:-1]):
        if value < values[index + 1]:
            total -= 2 * value
    return total


def follows(before: Sign, after: Sign) -> int | None:
    """How many numbers lie between two marks of one style: 0 for the next one, None where ``after`` does not come after."""
    if before.style != after.style or after.first <= before.order:
        return None
    b, a = before.order, after.first
    if a[0] == b[0]:
        step = next(i for i in range(len(a)) if i >= len(b) or a[i] != b[i])
        return max(0, a[step] - (b[step] if step < len(b) else 1) - 1)
    return max(0, a[0] - b[0] - 1)


def resolve(marks: list[str]) -> list[Sign | None]:
    """The marks of neighbours, each read in the light of those before and after it: of all readings the run with the fewest
    oddities. None for a mark that is none."""
    costs: list[dict[Sign, tuple[float, Sign | None]]] = []
    read = [signs(mark) for mark in marks]
    last: dict[Sign, tuple[float, Sign | None]] = {}
    for found in read:
        if not found:
            costs.append({})
            continue
        here: dict[Sign, tuple[float, Sign | None]] = {}
        for sign in found:
            here[sign] = min(
                (
                    (cost + sign.oddity * 0.5 + _turn(before, sign), before)
                    for before, (cost, _) in last.items()
                ),
                key=lambda pair: pair[0],
                default=(sign.oddity * 0.5 + 0.1 * min(sign.order[0] - 1, 20), None),
            )
        costs.append(here)
        last = here
    chosen: list[Sign | None] = [None] * len(marks)
    following: Sign | None = None
    for index in range(len(marks) - 1, -1, -1):
        if not costs[index]:
            continue
        costed = costs[index]
        if following is None or following not in costed:
            following = min(costed, key=lambda one: costed[one][0])
        chosen[index] = following
        following = costed[following][1]
    return chosen


def _turn(before: Sign, after: Sign) -> float:
    gap = follows(before, after)
    if gap is None:
        return 3.0
    return 0.05 * min(gap, 20)
