"""Why a change is substantive or editorial, in the reader's language: the phrases of ``diffing`` are known here and translated at the border.

``diffing`` says its reasons in English, as data that the archive keeps. What is not known here is said as it stands there; a test holds this table
against all that ``diffing`` can say.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from alerts.language import Texts, mark

_WHOLE = (
    mark("no word changed"),
    mark("the same text but for blanks, dashes, quotation marks, width or listed spellings"),
    mark("a citation line or note of the last amendment"),
    mark("moved under another parent, which governs it now"),
    mark("part of it stands under another parent, which governs it now"),
    mark("a placeholder on both sides"),
    mark("a placeholder where no text was"),
    mark("a placeholder where no text is"),
    mark("a placeholder vanished where no text was"),
    mark("the text was taken out and a placeholder put in its place"),
    mark("a text took the place of a placeholder"),
    mark("only the number mark differs"),
    mark("only the running number of the row differs"),
    mark("nothing is said in it"),
    mark("new text"),
    mark("text taken out"),
    mark("a new document"),
    mark("the document was withdrawn and is published again"),
    mark("a date of the calendar; no word changed"),
    mark("announced; nothing changed there since its day"),
    mark("announced; the newest edition is older than its day"),
)
_NOISE = (
    mark("spelling variants"),
    mark("blanks and hyphens inside a word"),
    mark("ß and ss"),
    mark("British and American endings"),
    mark("accents on capitals"),
    mark("small and large kana"),
    mark("signs for letters"),
    mark("points of an abbreviation"),
    mark("punctuation, case and typographic forms"),
    mark("look-alike kana"),
    mark("the long vowel at the end of a loan word"),
    mark("empty cells"),
    mark("the citation of the last amendment"),
    mark("references that follow a renumbering"),
    mark("footnote marks that follow their footnotes"),
)
_SORTS = (
    mark("a comparator changed"),
    mark("a number or code changed"),
    mark("a word of duty or permission changed"),
    mark("a negation or exception changed"),
    "and or or changed",
    mark("quotation marks of another sort, or a defined term"),
    mark("words changed"),
    mark("words added"),
    mark("words taken out"),
)
_CALLED = {"and or or changed": mark("“and” or “or” changed")}
"""What a reader would stumble over, said otherwise."""
_STRUCTURE = (
    mark("moved among its siblings"),
    mark("renumbered"),
    mark("split"),
    mark("joined"),
)
_STATES = {
    "stayed": mark("stayed"),
    "not yet in force": mark("not yet in force"),
    "ended": mark("ended"),
    "the stay is over": mark("the stay is over"),
    "in force": mark("in force"),
    "in force again": mark("in force again"),
}
_CLAUSES = 50
_LATE = mark("late finding: ")
_DATES_CHANGED = "the dates of its application changed: "
_DAY = r"\d{4}-\d\d-\d\d"
_BEGAN = re.compile(
    rf"(stayed|not yet in force|ended)(?: from ({_DAY}))?(?: to ({_DAY}))?(?: by ([^;]+))?", re.DOTALL
)
_OVER = re.compile(rf"(the stay is over|in force again|in force) as of ({_DAY})")
_MARK = re.compile(r"another (number mark|control number): ['\"](.*)['\"] became ['\"](.*)['\"]", re.DOTALL)
_WITHDRAWN = "the document was withdrawn: "
_MOVED = re.compile(r"the document moved from (\S+) to (\S+)")


def reason_in(say: Texts, reason: str) -> str:
    """A reason of ``Change.reason`` in a language; what is not known stays as it is, and so does one of more clauses than anybody reads."""
    return (_said(say, reason) if reason.count("; ") <= _CLAUSES else "") or reason


def _said(say: Texts, reason: str) -> str:
    """The reason in a language, "" where it is not known."""
    for read in _READERS:
        if found := read(say, reason):
            return found
    return ""


def _whole(say: Texts, reason: str) -> str:
    return say(reason) if reason in _WHOLE else ""


def _late(say: Texts, reason: str) -> str:
    return f"{say(_LATE)}{reason_in(say, reason.removeprefix(_LATE))}" if reason.startswith(_LATE) else ""


def _several(say: Texts, reason: str) -> str:
    """Clauses joined by a semicolon: a whole phrase and what follows from it, or anything and what it says of force. What a clause quotes may hold
    a semicolon, so the last place that parts two known clauses counts."""
    at = reason.rfind("; ")
    while at > 0:
        left, right = reason[:at], reason[at + 2 :]
        if (
            (left in _WHOLE or _is_of_force(right))
            and (first := _said(say, left))
            and (second := _said(say, right))
        ):
            return say("{first}; {second}", first=first, second=second)
        at = reason.rfind("; ", 0, at)
    return ""


def _is_of_force(clause: str) -> bool:
    return bool(_BEGAN.fullmatch(clause) or _OVER.fullmatch(clause) or clause.startswith(_DATES_CHANGED))


def _noise(say: Texts, reason: str) -> str:
    """``only A, B and C differ``, of which A may itself hold a comma and an *and*."""
    if not (reason.startswith("only ") and reason.endswith(" differ")):
        return ""
    rest, found = reason.removeprefix("only ").removesuffix(" differ"), []
    while rest:
        first = next(
            (one for one in _NOISE if rest == one or rest.startswith((f"{one}, ", f"{one} and "))), ""
        )
        if not first:
            return ""
        found.append(say(first))
        rest = rest.removeprefix(first).removeprefix(", ").removeprefix(" and ")
    return say("only {what} differ", what=say.series(found))


def _structure(say: Texts, reason: str) -> str:
    for start in _STRUCTURE:
        if reason.startswith(f"{start}, ") and (rest := _said(say, reason.removeprefix(f"{start}, "))):
            return say("{first}, {second}", first=say(start), second=rest)
    return ""


def _sort(say: Texts, reason: str) -> str:
    for sort in _SORTS:
        if reason.startswith(f"{sort}: "):
            words = reason.removeprefix(f"{sort}: ")
            return say(
                "{label}: {value}", label=say(_CALLED.get(sort, sort)), value=words.lstrip(" ,;") or words
            )
    return ""


def _mark_changed(say: Texts, reason: str) -> str:
    found = _MARK.fullmatch(reason)
    if found is None:
        return ""
    if found[1] == "number mark":
        return say("another number mark: '{old}' became '{new}'", old=found[2], new=found[3])
    return say("another control number: '{old}' became '{new}'", old=found[2], new=found[3])


def _moved(say: Texts, reason: str) -> str:
    found = _MOVED.fullmatch(reason)
    return say("the document moved from {old} to {new}", old=found[1], new=found[2]) if found else ""


def _withdrawn(say: Texts, reason: str) -> str:
    if not reason.startswith(_WITHDRAWN):
        return ""
    return say("the document was withdrawn: {how}", how=reason.removeprefix(_WITHDRAWN))


def _in_force(say: Texts, reason: str) -> str:
    if reason == f"{_DATES_CHANGED}none are given now":
        return say("the dates of its application changed: none are given now")
    if reason.startswith(_DATES_CHANGED):
        rest = _said(say, reason.removeprefix(_DATES_CHANGED))
        return say("the dates of its application changed: {dates}", dates=rest) if rest else ""
    if found := _OVER.fullmatch(reason):
        return say(
            "{state} as of {day}", state=say(_STATES[found[1]]), day=say.day(date.fromisoformat(found[2]))
        )
    found = _BEGAN.fullmatch(reason)
    if found is None:
        return ""
    state, start, end, by = found.groups()
    said = say(_STATES[state])
    if start:
        said = say("{state} from {day}", state=said, day=say.day(date.fromisoformat(start)))
    if end:
        said = say("{state} to {day}", state=said, day=say.day(date.fromisoformat(end)))
    return say("{state} by {act}", state=said, act=by) if by else said


_READERS: tuple[Callable[[Texts, str], str], ...] = (
    _whole,
    _late,
    _several,
    _noise,
    _structure,
    _mark_changed,
    _moved,
    _withdrawn,
    _in_force,
    _sort,
)
