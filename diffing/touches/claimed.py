"""What acts announce beside what was observed: announced and found, announced and not found, found and never announced.

An instruction names its target as far as it says it; a change answers to it where it stands at that target or under it, in an
edition from the effective day on. The codified text follows its acts by days, so "not found" always says what was looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from archive.records import Amendment, Change, StoredChange
from archive.vocabulary.countries import country_code
from archive.vocabulary.party_names import party_key

WITHIN = timedelta(days=60)
"""How long after its effective day a change still counts as the announced one: editorial offices print within days, and the next
act on the same place comes after weeks."""

_MARKS = "./"
_LEVEL = re.compile(r"[./]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One change that an act says it makes. ``act`` is the work of the document (``us/fr/2026-05902``)."""

    act: str
    amendment: Amendment


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a claim.

    ``found``: ``changes`` stand at its target, in an edition from its day on. ``missing``: editions from before and from after the day are
    held, and nothing changed there; ``checked`` is the newest that was looked at. ``awaited``: the newest edition held, ``checked``, is older
    than the day. ``unchecked``: nothing can be said, and ``reason`` says why.
    """

    claim: Claim
    state: str
    changes: tuple[StoredChange, ...] = ()
    checked: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The outcomes in the order of the claims, and the substantive changes that no claim covers. Those are looked for only in works that some
    claim names, and from the first day claimed there on: of others nobody can say that an act was missed."""

    outcomes: tuple[Outcome, ...]
    unannounced: tuple[StoredChange, ...]


def claims_of(act: str, amendments: Iterable[Amendment]) -> tuple[Claim, ...]:
    """The amendments of one act as claims."""
    return tuple(Claim(act=act, amendment=amendment) for amendment in amendments)


def compare_claims(
    claims: Iterable[Claim],
    observed: Iterable[StoredChange],
    editions: Mapping[str, Sequence[date]],
    *,
    within: timedelta = WITHIN,
) -> Comparison:
    """Each claim against the changes ``observed``; ``editions`` gives the dates of the editions held of each work."""
    claims = tuple(claims)
    by_work: dict[str, list[StoredChange]] = {}
    for stored in observed:
        by_work.setdefault(stored.work, []).append(stored)
    checked = [_checked(claim, editions) for claim in claims]
    found = _answering(claims, checked, by_work, within)
    outcomes = tuple(
        replace(outcome, state="found", changes=tuple(changes)) if changes else outcome
        for outcome, changes in zip(checked, found, strict=True)
    )
    covered = {stored.id for outcome in outcomes for stored in outcome.changes}
    first: dict[str, date] = {}
    for claim in claims:
        work, day = claim.amendment.work, claim.amendment.effective
        if work and day is not None:
            first[work] = min(day, first.get(work, day))
    unread = [claim.amendment for claim in claims if claim.amendment.operation == "unknown"]
    unannounced = tuple(
        stored
        for work, day in sorted(first.items())
        for stored in by_work.get(work, ())
        if stored.change.materiality == "substantive"
        and stored.before is not None
        and stored.after >= day
        and stored.id not in covered
        and not any(_may_be(one, stored, within) for one in unread)
    )
    return Comparison(outcomes=outcomes, unannounced=unannounced)


def _checked(claim: Claim, editions: Mapping[str, Sequence[date]]) -> Outcome:
    """What can be said of a claim before any change was looked at: ``missing`` where it could have been found."""
    said = claim.amendment
    held = sorted(editions.get(said.work, ()))
    if reason := _cannot_be_checked(said, held):
        return Outcome(claim=claim, state="unchecked", checked=held[-1] if held else None, reason=reason)
    day = said.effective
    assert day is not None
    return Outcome(claim=claim, state="awaited" if held[-1] < day else "missing", checked=held[-1])


def _answering(
    claims: Sequence[Claim],
    checked: Sequence[Outcome],
    by_work: Mapping[str, list[StoredChange]],
    within: timedelta,
) -> list[list[StoredChange]]:
    """Of each claim that could have been found the changes that answer to it. Change by change: one that many claims ask for is read once."""
    found: list[list[StoredChange]] = [[] for _ in claims]
    asking: dict[str, list[int]] = {}
    for order, outcome in enumerate(checked):
        if outcome.state == "missing":
            asking.setdefault(outcome.claim.amendment.work, []).append(order)
    for work, orders in asking.items():
        at, below, anywhere = _by_place(claims, orders)
        for stored in by_work.get(work, ()):
            names = _Names(stored.change)
            near = {order for eid in _eids(stored) for part in _enclosing(eid) for order in at.get(part, ())}
            own = (stored.change.old_eid, stored.change.new_eid)
            near |= {order for eid in own if eid for order in below.get(eid, ())}
            for order in (*anywhere, *near):
                said = claims[order].amendment
                assert said.effective is not None
                if _is_in_time(stored, said.effective, within) and _answers(stored, said, names):
                    found[order].append(stored)
    return found


def _by_place(
    claims: Sequence[Claim], orders: Iterable[int]
) -> tuple[dict[str, list[int]], dict[str, list[int]], list[int]]:
    """Claims by the eid that they name and by each one above it, and those that name none: ``answers`` looks nowhere else."""
    at: dict[str, list[int]] = {}
    below: dict[str, list[int]] = {}
    anywhere: list[int] = []
    for order in orders:
        eid = claims[order].amendment.eid
        if not eid:
            anywhere.append(order)
            continue
        at.setdefault(eid, []).append(order)
        for part in _enclosing(eid):
            below.setdefault(part, []).append(order)
    return at, below, anywhere


def _enclosing(eid: str) -> tuple[str, ...]:
    """An eid and those that it is within."""
    return (eid, *(eid[: mark.start()] for mark in _LEVEL.finditer(eid)))


def _cannot_be_checked(said: Amendment, held: Sequence[date]) -> str:
    if said.operation == "unknown":
        return "the instruction was not understood"
    if said.operation == "keep":
        return "it says that nothing changes"
    if said.effective is None:
        return "it has no effective day"
    if not said.work:
        return "it names no work"
    if not held:
        return "the work is not held"
    if held[0] >= said.effective:
        return "no edition from before its day is held"
    return ""


def _is_in_time(stored: StoredChange, day: date, within: timedelta) -> bool:
    """Whether the change can have come on ``day`` or in the time after it: it came between its two editions."""
    return stored.before is not None and stored.after >= day and stored.before < day + within


def _may_be(said: Amendment, stored: StoredChange, within: timedelta) -> bool:
    """Whether an instruction that was not understood may be what announced the change: same part, same time."""
    if said.effective is not None and not _is_in_time(stored, said.effective, within):
        return False
    return not said.part or f"/{said.part}/" in f"{stored.work}/"


# ── does a change answer to an announcement ──────────────────────────────────────────────────────────


def answers(stored: StoredChange, said: Amendment) -> bool:
    """Whether the change stands at the announced target or under it, whenever it came."""
    return _answers(stored, said, _Names(stored.change))


def _answers(stored: StoredChange, said: Amendment, names: _Names) -> bool:
    if stored.work != said.work:
        return False
    if said.eid:
        return _at_place(stored, said, names)
    if said.unit == "authority citation":
        return stored.change.unit == "authority"
    if said.subpart and not (said.section or said.name):
        return any(_is_subpart(place.num or place.heading, said.subpart) for place in stored.change.path) or (
            _is_subpart(stored.change.num or stored.change.heading, said.subpart)
        )
    return _is_named(names, said) and _is_under(stored, said.under)


def _at_place(stored: StoredChange, said: Amendment, names: _Names) -> bool:
    eids = _eids(stored)
    if any(_is_within(eid, said.eid) for eid in eids):
        return said.unit not in ("definition", "entry") or _is_named(names, said)
    # What the text does not number by itself stands in the provision above it.
    own = (stored.change.old_eid, stored.change.new_eid)
    above = next((eid for eid in own if eid and eid != said.eid and _is_within(said.eid, eid)), "")
    if not above:
        return False
    mark = _LEVEL.split(said.eid[len(above) + 1 :])[0]
    changed = "".join(words for sign, words in stored.change.ops if sign != "=")
    return f"({mark})" in changed or f".{mark}" in changed


def _eids(stored: StoredChange) -> set[str]:
    change = stored.change
    found = {change.old_eid or "", change.new_eid or ""}
    found |= {eid for pair in change.carried for eid in pair}
    return found - {""}


def _is_within(eid: str, target: str) -> bool:
    return eid == target or (eid.startswith(target) and eid[len(target)] in _MARKS)


def _is_named(names: _Names, said: Amendment) -> bool:
    """Whether the words of the change, or what it stands under, have the name; an announcement without one fits all."""
    wanted = (
        _heading_key(said.name) if said.unit in ("entry", "definition", "words", "country", "note") else ""
    )
    return not wanted or names.have(wanted)


class _Names:
    """What a change and what encloses it are called, and its words, made comparable once for all the claims that ask for them."""

    __slots__ = ("_change", "_headings", "_texts")

    def __init__(self, change: Change) -> None:
        self._change = change
        self._headings: str | None = None
        self._texts: tuple[tuple[str, bytes | None], ...] = ()

    def have(self, wanted: str) -> bool:
        """Whether the words of a key stand in any of them, one after the other."""
        if self._headings is None:
            self._read()
        if self._headings and f" {wanted} " in self._headings:
            return True
        longest = _longest(wanted)
        return any(
            (letters is None or longest in letters) and f" {wanted} " in f" {_text_key(text)} "
            for text, letters in self._texts
        )

    def _read(self) -> None:
        change = self._change
        above = (part for place in change.path for part in (place.num, place.heading))
        keys = (_heading_key(text) for text in (change.heading, change.num, *above) if text)
        self._headings = "\n".join(f" {key} " for key in keys)
        self._texts = tuple(
            (text, _letters(text)) for text in (change.text_before, change.text_after) if text
        )


@lru_cache(maxsize=1024)
def _longest(wanted: str) -> bytes:
    return max(wanted.split(), key=len).encode()


def _letters(text: str) -> bytes | None:
    """The letters of a text run together, in which every word of its key stands; None where that is not so simple."""
    return text.lower().encode().translate(None, _BETWEEN) if text.isascii() and "&" not in text else None


_BETWEEN = b". '`"
"""What the letters of one word of a key may have between them."""


@lru_cache(maxsize=8192)
def _heading_key(text: str) -> str:
    """What thousands of changes stand under is the same few headings."""
    return party_key(text)


@lru_cache(maxsize=64)
def _text_key(text: str) -> str:
    """One change is asked for by many claims in a row."""
    return party_key(text)


def _is_under(stored: StoredChange, heading: str) -> bool:
    if not heading:
        return True
    country = country_code(heading)
    change = stored.change
    wanted = heading.casefold()
    cells = (change.text_after or change.text_before).split(" | ")[:2]
    for text in (*(f"{place.num} {place.heading}".strip() for place in change.path), change.heading, *cells):
        if text and (wanted in text.casefold() or (country is not None and country_code(text) == country)):
            return True
    # A heading that is no country and that the codified text prints nowhere above says nothing against the change.
    return country is None


def _is_subpart(words: str, letter: str) -> bool:
    return words.casefold().startswith(f"subpart {letter}".casefold())
