"""Numbers and marks of Japanese law: arabic, full-width, 十六, 一六, 〇; the iroha order; look-alikes read by position.

Row labels of a table are positional (一〇, 一六), bracketed numbers use ten (（十六）); both mean a plain number.
"""

from __future__ import annotations

IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"

# What print and optical reading confuse: a character that stands where a number, or where an iroha mark, must stand.
_AS_NUMBER = {
    "ニ": "二",
    "ハ": "八",
    "ー": "一",
    "―": "一",
    "-": "一",
    "ミ": "三",
    "チ": "千",
    "O": "〇",
    "○": "〇",
    "零": "〇",
}
_AS_IROHA = {
    "二": "ニ", "八": "ハ", "口": "ロ", "力": "カ", "夕": "タ", "卜": "ト", "へ": "ヘ", "三": "ミ", "千": "チ",
    "工": "エ", "才": "オ", "り": "リ", "木": "ホ", "又": "ヌ", "礼": "レ", "夂": "ク", "也": "ヤ", "山": "ム",
}  # fmt: skip
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {c: i for i, c in enumerate("0123456789")}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}

NUMERAL = "0-9〇零一二三四五六七八九十百千"
"""The characters of a number, for use inside a character class of a regular expression (after width folding)."""
NUMERAL_LOOSE = NUMERAL + "ニハミ○"
"""With those that only position tells from a number."""


def to_int(numeral: str) -> int | None:
    """The value of ``numeral`` in any of the styles, look-alikes included; None for what is no number."""
    characters = [_AS_NUMBER.get(c, c) for c in numeral]
    if not characters or any(c not in _DIGITS and c not in _UNITS for c in characters):
        return None
    if not any(c in _UNITS for c in characters):
        return int("".join(str(_DIGITS[c]) for c in characters))
    total = section = digit = 0
    for c in characters:
        if c in _DIGITS:
            digit = digit * 10 + _DIGITS[c]
        elif c == "万":
            total, section, digit = (total + (section + digit or 1) * 10_000), 0, 0
        else:
            section, digit = section + (digit or 1) * _UNITS[c], 0
    return total + section + digit


def to_iroha(mark: str) -> str | None:
    """The iroha mark that ``mark`` is or looks like; None where it can be none."""
    read = _AS_IROHA.get(mark, mark)
    return read if read in IROHA else None


def iroha_range(first: str, last: str) -> list[str]:
    """The marks from ``first`` to ``last``, both included, in iroha order; empty when they stand the other way round."""
    return list(IROHA[IROHA.index(first) : IROHA.index(last) + 1])
