"""The provisions that an effective-date note names: ``paragraph (a)(1) and the introductory text of paragraph (b)(2)``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from normalize.eids import slug

_PATH = r"(?:\(\s?[A-Za-z0-9]{1,6}\s?\))+"
_PATHS = rf"{_PATH}(?:(?:,? and|,? or|,? through|,)?\s*{_PATH})*"
_UNIT = re.compile(
    rf"(?:§+|\b[Ss]ections?|(?<=\d),?\s+and|(?<=\d),|(?<=\d)\s+(?P<joint>through))\s*(?P<section>\d+[A-Za-z]?\.\d+[A-Za-z]?)(?:\s?(?P<paths>{_PATHS}))?"
    r"|\b(?P<kind>[Ss]ubpart|[Aa]ppendix|[Ss]upplement)\s+(?:no\.?\s*|No\.?\s*)?(?P<sign>[A-Z]{1,3}|\d{1,3})\b"
)
_CATEGORY = re.compile(r"Category (?P<category>[IVXLC]+)\b")
_NAMED = re.compile(
    r"(?P<own>(?:introductory text|sentences?|(?:words?|phrases?)\s+[“\"][^”\"]{1,80}[”\"])\s+(?:of|in|to)\s+)?"
    r"(?P<note>[Nn]otes?(?:\s+(?P<number>\d+))?\s+(?:to|following)\s+)?"
    rf"paragraphs?\s+(?P<paths>{_PATHS})"
)
_TERMS = re.compile(
    r"definitions?\s+(?:of|for)(?P<terms>(?:(?:,? and|,)?\s*(?:the terms?\s+)?[“\"'‘][^”\"]{1,160}[”\"'’])+)"
)
_TERM = re.compile(r"[“\"'‘]([^”\"]{1,160}?)[,.]?[”\"'’](?=\s|,|;|$)")
_ONE_PATH = re.compile(rf"(?P<joint>through|to)?\s*(?P<path>{_PATH})")
_OWN = re.compile(r"\bintroductory (?:text|paragraph)|\bsentences?\b|\b(?:words?|phrases?) [“\"]")
_PREFIX = {"subpart": "subpart-", "appendix": "app-", "supplement": "supp-"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a note names: the address of a provision; ``own``: its own words alone; ``note``: a note to it, by its number or ""."""

    eid: str
    own: bool = False
    note: str | None = None


def named_targets(words: str, unit: str) -> tuple[Target, ...]:
    """The paragraphs and definitions that ``words`` name, in the section or category they name or else in ``unit``. Empty where they
    name none."""
    places = [(found.start(), _unit_eid(found)) for found in _UNIT.finditer(words)]
    found = [
        (one.start(), Target(eid=f"{one['section']}.{path}"))
        for one in _UNIT.finditer(words)
        if one["paths"]
        for path in _paths(one["paths"])
    ]
    for named in _NAMED.finditer(words):
        base = _base(words, named.start(), places, unit)
        note = (named["number"] or "") if named["note"] else None
        found += [
            (named.start(), Target(eid=f"{base}.{path}", own=bool(named["own"]), note=note))
            for path in _paths(named["paths"])
        ]
    for listed in _TERMS.finditer(words):
        base = _base(words, listed.start(), places, unit)
        found += [
            (listed.start(), Target(eid=f"{base}.{slug(term[1], words=8)}"))
            for term in _TERM.finditer(listed["terms"])
        ]
    own = bool(_OWN.search(words))
    return tuple(
        dict.fromkeys(
            Target(
                eid=one.eid,
                own=one.own or (own and one.note is None and "paragraph" not in words),
                note=one.note,
            )
            for _, one in sorted(found, key=lambda pair: pair[0])
        )
    )


def whole_targets(words: str, unit: str) -> tuple[Target, ...]:
    """The sections, subparts and appendices that ``words`` name as a whole, or ``unit``."""
    own = bool(_OWN.search(words))
    eids: list[str] = []
    for found in _UNIT.finditer(words):
        if not found["paths"]:
            eid = _unit_eid(found)
            if found["joint"] and eids:
                eids += _sections_between(eids[-1], eid)
            eids.append(eid)
    eids = list(dict.fromkeys(eids))
    # "In part 744, supplement no. 4": the larger unit is only where the smaller one is.
    return tuple(Target(eid=eid, own=own) for eid in eids or [unit])


def _unit_eid(found: re.Match[str]) -> str:
    if found["section"]:
        return found["section"]
    return f"{_PREFIX[found['kind'].lower()]}{found['sign']}"


def _sections_between(first: str, last: str) -> list[str]:
    """``990.1``, ``990.4`` → ``990.2``, ``990.3``; none where they are not two numbered sections of one part."""
    (part, _, start), (same, _, end) = first.partition("."), last.partition(".")
    if part != same or not (start.isdigit() and end.isdigit()):
        return []
    return [f"{part}.{number}" for number in _between(start, end)]


def _base(words: str, at: int, places: list[tuple[int, str]], unit: str) -> str:
    """The unit that holds what stands at ``at``: the last one named before it, else the first after ("paragraph (a) of § 1.2")."""
    before = [eid for place, eid in places if place < at]
    base = before[-1] if before else places[0][1] if places else unit
    if category := _CATEGORY.search(words):
        return f"{base}.{category['category']}"
    return base


def _paths(words: str) -> Iterator[str]:
    """``(a)(1) and (2)`` → ``a.1``, ``a.2``; ``(a)(1) through (a)(3)`` → ``a.1``, ``a.2``, ``a.3``."""
    found: list[list[str]] = []
    for one in _ONE_PATH.finditer(words):
        path = re.findall(r"\(\s?(\w+)\s?\)", one["path"])
        if found and _continues(found[-1], path):
            path = [*found[-1][: len(found[-1]) - len(path)], *path]
        if one["joint"] and found and path[:-1] == found[-1][:-1]:
            found.extend([*path[:-1], between] for between in _between(found[-1][-1], path[-1]))
        found.append(path)
    yield from (".".join(path) for path in found)


def _continues(before: list[str], path: list[str]) -> bool:
    """Whether ``path`` leaves out the levels that it shares with the one before it: "(a)(1) and (2)", not "(a)(1) and (b)"."""
    return len(path) < len(before) and _sort(path[0]) == _sort(before[len(before) - len(path)])


def _sort(sign: str) -> str:
    return "digit" if sign.isdigit() else "capital" if sign.isupper() else "letter"


def _between(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit():
        return [str(number) for number in range(int(first) + 1, min(int(last), int(first) + 100))]
    if len(first) == len(last) == 1:
        return [chr(code) for code in range(ord(first) + 1, ord(last))]
    return []
