"""Effective-date notes as applicability: what is printed but stayed, or printed until a day that is known.

The eCFR prints stayed text as if it were in force and says only in a note that it is not: "At 90 FR 50857, Nov. 12, 2025, in
§ 744.11, paragraph (a)(1) was stayed, effective until Nov. 9, 2026." On 2026-11-10 that paragraph is law again without a letter
changed. A state holds for a provision's own words, so it is set on every provision that it reaches: on the named paragraph and all
under it, but for "the introductory text" and for single sentences on that paragraph alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from archive.records import Applicability
from normalize.audit import Account
from normalize.draft import Draft

_ACT = re.compile(r"\bAt (?P<citation>\d+ FR \d+),\s*(?P<date>[A-Z][a-z]+\.? \d{1,2}, \d{4})")
_DATE = r"(?P<{0}>[A-Z][a-z]+\.? \d{{1,2}}, \d{{4}})"
_UNTIL = re.compile(r"\b(?:until|through|extended to|extended until|extended through) " + _DATE.format("end"))
_FROM = re.compile(r"\beffective (?:from |on |as of )?" + _DATE.format("start"))
_STAYED = re.compile(r"\b(?:was|were|is|are)\s+(?:further )?(?:stayed|suspended)\b")
_EXTENDED = re.compile(
    r"\b(?:stay|suspension|effective period|effectiveness|effective date)\b[^.]*\bextended\b"
)
_LIFTED = re.compile(r"\bstay\b[^.]*\b(?:lifted|ended|removed|terminated|dissolved)\b")
_AMENDED = re.compile(r"\bamended (?:by|in)\b|\b(?:was|were) (?:revised|removed|redesignated)\b")
_ADDED_ONLY = re.compile(r"\badding\b")

_SECTION = re.compile(r"§+\s*(?P<section>\d+[A-Za-z]?\.\d+[A-Za-z]?)")
_CATEGORY = re.compile(r"Category (?P<category>[IVXLC]+)\b")
_PATH = r"(?:\(\s?[A-Za-z0-9]{1,6}\s?\))+"
_NAMED = re.compile(
    r"(?P<own>(?:introductory text|sentences?)\s+(?:of|in|to)\s+)?"
    r"(?P<note>notes?(?:\s+(?P<number>\d+))?\s+(?:to|following)\s+)?"
    rf"paragraphs?\s+(?P<paths>{_PATH}(?:(?:,? and|,? or|,? through|,)?\s*{_PATH})*)"
)
_ONE_PATH = re.compile(rf"(?P<joint>through|to)?\s*(?P<path>{_PATH})")
_MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a note names: the address of a provision; ``own``: its own words alone; ``note``: a note to it, by its number or ""."""

    eid: str
    own: bool = False
    note: str | None = None


def apply_notes(unit: Draft, everything: Sequence[Draft], account: Account) -> None:
    """Reads the effective-date notes directly under ``unit`` (addresses are settled) and sets what they say on the provisions they
    name, which are looked for in ``everything``. What cannot be read or found is told."""
    for note in unit.children:
        if note.segment != "effective-date-note":
            continue
        words = " ".join([note.text, *(child.text for child in note.children if child.unit == "text")])
        states = list(read_states(words, unit.eid))
        if not states:
            account.remark(_place(note), f"this effective-date note could not be read: {words[:120]}")
        for target, state in states:
            found = _reached(target, everything)
            if target.note == "" and len({draft.segment for draft in found if draft.unit == "note"}) > 1:
                account.remark(
                    _place(note),
                    f"the effective-date note names the note to {target.eid}, which has several: all are marked",
                )
            if not found:
                account.remark(_place(note), f"the effective-date note names {target.eid}, which is not here")
            for draft in found:
                draft.applicability.append(state)


def _place(draft: Draft) -> str:
    return draft.eid


def read_states(words: str, unit: str) -> Iterator[tuple[Target, Applicability]]:
    """The states that the words of a note declare, each with its target. ``unit`` is the address of the section or supplement
    that prints the note. An extension by a later act changes the end of the state before it."""
    said: list[tuple[Target, Applicability]] = []
    for sentence, citation, printed in _acts(words):
        end = _day(found["end"]) if (found := _UNTIL.search(sentence)) else None
        start = _day(found["start"]) if (found := _FROM.search(sentence)) else None
        if said and _EXTENDED.search(sentence) and end:
            said = [(target, _extended(state, end, citation, sentence)) for target, state in said]
        elif said and _LIFTED.search(sentence):
            last = (start or printed) - timedelta(days=1)
            said = [(target, replace(state, end=last)) for target, state in said]
        elif stayed := _STAYED.search(sentence):
            state = Applicability(
                state="stayed", start=start or printed, end=end, citation=citation, words=sentence
            )
            said.extend((target, state) for target in _targets(sentence[: stayed.start()], unit))
        elif amended := _AMENDED.search(sentence):
            if _ADDED_ONLY.search(sentence) and "revis" not in sentence and "remov" not in sentence:
                continue  # nothing that is printed in the unit ends; the words to come stand in the note
            ends_on = end + timedelta(days=1) if end else start
            if ends_on is None:
                continue
            state = Applicability(state="ended", start=ends_on, citation=citation, words=sentence)
            where = sentence[: amended.start()] + " " + sentence[amended.end() :]
            said.extend((target, state) for target in _targets(where, unit))
    yield from said


def _extended(state: Applicability, end: date, citation: str, sentence: str) -> Applicability:
    words = f"{state.words} {sentence}"
    if state.state == "ended":
        return replace(
            state, start=end + timedelta(days=1), citation=f"{state.citation}, {citation}", words=words
        )
    return replace(state, end=end, citation=f"{state.citation}, {citation}", words=words)


def _acts(words: str) -> Iterator[tuple[str, str, date]]:
    starts = list(_ACT.finditer(words))
    ends = [*(start.start() for start in starts[1:]), len(words)]
    for act, end in zip(starts, ends, strict=bool(starts)):
        if (printed := _day(act["date"])) is not None:
            yield words[act.start() : end].strip(), act["citation"], printed


def _targets(words: str, unit: str) -> list[Target]:
    """The provisions that ``words`` name, in the unit that they name or else in ``unit``."""
    if found := _SECTION.search(words):
        unit = found["section"]
    if found := _CATEGORY.search(words):
        unit = f"{unit}.{found['category']}"
    targets = [
        Target(
            eid=f"{unit}.{path}",
            own=bool(named["own"]),
            note=(named["number"] or "") if named["note"] else None,
        )
        for named in _NAMED.finditer(words)
        for path in _paths(named["paths"])
    ]
    if targets:
        return targets
    return [Target(eid=unit, own="introductory text" in words or "sentence" in words)]


def _paths(words: str) -> list[str]:
    """``(a)(1) and (2)`` → ``a.1``, ``a.2``; ``(a)(1) through (a)(3)`` → ``a.1``, ``a.2``, ``a.3``."""
    found: list[list[str]] = []
    for one in _ONE_PATH.finditer(words):
        path = re.findall(r"\(\s?(\w+)\s?\)", one["path"])
        if found and len(path) < len(found[-1]):
            path = [*found[-1][: len(found[-1]) - len(path)], *path]
        if one["joint"] and found and path[:-1] == found[-1][:-1]:
            found.extend([*path[:-1], between] for between in _between(found[-1][-1], path[-1]))
        found.append(path)
    return [".".join(path) for path in found]


def _between(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit():
        return [str(number) for number in range(int(first) + 1, min(int(last), int(first) + 100))]
    if len(first) == len(last) == 1:
        return [chr(code) for code in range(ord(first) + 1, ord(last))]
    return []


def _reached(target: Target, everything: Sequence[Draft]) -> list[Draft]:
    by_eid = {draft.eid: draft for root in everything for draft in root.walk()}
    named = by_eid.get(target.eid)
    if named is None:
        return []
    if target.note is not None:
        wanted = f"note-{target.note}" if target.note else "note"
        notes = [one for one in named.children if one.unit == "note"]
        exact = [one for one in notes if one.segment == wanted]
        return [below for note in (exact or notes) for below in note.walk()]
    if target.own:
        return [named]
    return [draft for draft in named.walk() if draft.segment != "effective-date-note"]


def _day(words: str) -> date | None:
    """``Nov. 9, 2026`` or ``November 9, 2026``."""
    month, day, year = words.replace(",", "").split()
    number = _MONTHS.get(month[:3].lower())
    try:
        return date(int(year), number, int(day)) if number else None
    except ValueError:
        return None
