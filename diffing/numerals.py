"""Japanese and Chinese numerals as numbers: 十六, 一〇, 二六三・三, 五、〇〇〇、〇〇〇, ６００."""

from __future__ import annotations

_DIGITS = {kanji: value for value, kanji in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "両": 2,
    "两": 2,
    "兩": 2,
}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "萬": 10**4, "億": 10**8, "亿": 10**8, "兆": 10**12}


def arabic(numeral: str) -> int | None:
    """The integer a numeral stands for, or None where it is none."""
    if not numeral:
        return None
    if numeral.isdecimal():
        return int(numeral)
    if all(character in _DIGITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral))
    total = section = 0
    digit: int | None = None
    for character in numeral:
        if character in _DIGITS or character.isdecimal():
            value = _DIGITS[character] if character in _DIGITS else int(character)
            digit = value if digit is None else digit * 10 + value
        elif character in _PLACES:
            section += (1 if digit is None else digit) * _PLACES[character]
            digit = None
        elif character in _GROUPS:
            section += digit or 0
            total += (section or 1) * _GROUPS[character]
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0)


def arabic_decimal(numeral: str) -> str | None:
    """A numeral with 、 between thousands and ・ before decimals, as arabic digits with a point: 二六三・三 → 263.3."""
    whole, _, part = numeral.partition("・")
    value = arabic(whole.replace("、", ""))
    if value is None:
        return None
    if not part:
        return str(value)
    decimals = "".join(str(_DIGITS[c]) if c in _DIGITS else c for c in part)
    return f"{value}.{decimals}" if decimals.isdecimal() else None
