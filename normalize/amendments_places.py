"""Paragraph designations as amendatory instructions list them: ``(a)(2)(i), (ii), and (b)(1) through (3)``.

The levels of a section alternate by a fixed order (1 CFR 21.11; Document Drafting Handbook, 1-37): ``(a)(1)(i)(A)`` and then, in
italics, ``(1)(i)``. A designation that gives only its last mark takes the rest from the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

_MARK = re.compile(r"\(\s*([0-9A-Za-z]{1,5})\s*\)|([0-9]+)|([A-Z])")
_ROMAN = re.compile(r"(?:x{0,3})(?:ix|iv|v?i{0,3})")
_NUMERALS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_LONGEST_RANGE = 60

Marks = tuple[str, ...]


def marks_of(designation: str) -> Marks:
    """``(a)(2)(ii)`` → ``("a", "2", "ii")``; a bare number or capital before brackets is a mark too (``B(2)``, ``(b)29``)."""
    if "(" not in designation and designation[:1].islower():
        return tuple(part for part in designation.strip(". ").split(".") if part)  # an ECCN's: b.2.a
    return tuple(next(group for group in found.groups() if group) for found in _MARK.finditer(designation))


def dotted(marks: Sequence[str]) -> str:
    """``("a", "2", "ii")`` → ``a.2.ii``, the end of a paragraph's eid."""
    return ".".join(marks)


def completed(marks: Marks, before: Marks) -> Marks:
    """A designation that leans on the one before it, in full: ``(3)`` after ``(c)(2)`` is ``(c)(3)``."""
    if not before or not marks or _stands_alone(marks, before):
        return marks
    level = _level(marks[0], before)
    return marks if level is None or level > len(before) else (*before[:level], *marks)


def _stands_alone(marks: Marks, before: Marks) -> bool:
    first = marks[0]
    if len(marks) > 1 and first.islower() and first.isalpha() and marks[1].isdigit():
        return True
    if not before[0].islower() and len(marks) > 1 and first.isupper() and not before[0].isdigit():
        return True
    return first.isalpha() and first.islower() and not is_roman(first)


def _level(first: str, before: Marks) -> int | None:
    """The level at which a leaning designation begins, told by what kind of mark it is and how deep the one before was."""
    depth = len(before)
    same = [level for level, mark in enumerate(before) if _kind(mark, level) == _kind_like(first, level)]
    if not same:
        return None
    if first.isdigit():
        return same[-1]
    if is_roman(first) and depth < 3:
        return 0
    return same[-1]


def _kind(mark: str, level: int) -> str:
    if mark.isdigit():
        return "number"
    if mark.isupper():
        return "capital"
    return "roman" if level >= 2 and is_roman(mark) else "letter"


def _kind_like(mark: str, level: int) -> str:
    return _kind(mark, level)


def is_roman(mark: str) -> bool:
    """Whether a mark can be a lower-case roman number up to xxxix."""
    return bool(mark) and _ROMAN.fullmatch(mark) is not None


def between(first: Marks, last: Marks) -> tuple[Marks, ...] | None:
    """All paragraphs from ``first`` through ``last``, which must be siblings; None where they cannot be listed."""
    if len(first) != len(last) or first[:-1] != last[:-1]:
        return None
    series = _series(first[-1], last[-1], deep=len(first) >= 3)
    return None if series is None else tuple((*first[:-1], mark) for mark in series)


def _series(first: str, last: str, *, deep: bool) -> tuple[str, ...] | None:
    if first.isdigit() and last.isdigit():
        low, high = int(first), int(last)
        return (
            tuple(str(number) for number in range(low, high + 1))
            if low < high <= low + _LONGEST_RANGE
            else None
        )
    roman = is_roman(first) and is_roman(last) and (deep or len(first) > 1 or len(last) > 1)
    if roman:
        low, high = _roman_value(first), _roman_value(last)
        return tuple(_to_roman(number) for number in range(low, high + 1)) if low < high else None
    if len(first) == len(last) == 1 and first.isalpha() and last.isalpha() and first < last:
        return tuple(chr(code) for code in range(ord(first), ord(last) + 1))
    if len(first) == len(last) == 2 and first[0] == first[1] and last[0] == last[1] and first < last:
        return tuple(chr(code) * 2 for code in range(ord(first[0]), ord(last[0]) + 1))
    return None


def _roman_value(mark: str) -> int:
    tens = len(mark) - len(mark.lstrip("x"))
    rest = mark[tens:]
    return tens * 10 + _NUMERALS.index(rest)


def _to_roman(number: int) -> str:
    return "x" * (number // 10) + _NUMERALS[number % 10]


def list_of(parts: Iterable[tuple[str, str]]) -> Iterator[Marks] | None:
    """Designations with the joint before each (``""``, ``and``, ``through``) as full marks, ranges listed out; None where a range
    cannot be."""
    found: list[Marks] = []
    before: Marks = ()
    for joint, designation in parts:
        marks = completed(marks_of(designation), before)
        if joint == "through" and before:
            span = between(before, marks)
            if span is None:
                return None
            found.extend(span[1:])
        else:
            found.append(marks)
        before = marks
    return iter(found)
