"""What a change, or any text, touches: the one way into this package.

A change touches what its inserted and deleted words name, read from the whole text of their side so that a code cut by an
operation is read whole, and what the numbers, headings and row keys above it name. Unchanged prose touches nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache

from archive.records import Change, Enclosing, Touch
from archive.vocabulary.exclusions import excluded
from archive.vocabulary.technologies import Term
from diffing.touches.ai_act import ai_act
from diffing.touches.context import Context, Found, context_of
from diffing.touches.control_numbers import control_numbers
from diffing.touches.counterparties import candidates
from diffing.touches.countries import countries
from diffing.touches.country_sets import WORK as COUNTRY_GROUPS
from diffing.touches.dates import dates
from diffing.touches.german import german
from diffing.touches.groups import groups, members
from diffing.touches.japanese import japanese
from diffing.touches.list_cells import country_cells
from diffing.touches.munitions import munitions
from diffing.touches.own_codes import CCL, Own, own_codes, root_of
from diffing.touches.parties import is_list_of_parties, names_in, party_cell
from diffing.touches.reference import CountrySet, Reference
from diffing.touches.regimes import regimes
from diffing.touches.roles import role_of
from diffing.touches.series import series
from diffing.touches.technologies import technologies

__all__ = ["CountrySet", "Reference", "touches_in_text", "touches_of"]

_VIA_ORDER = {"inserted": 0, "deleted": 1, "text": 2, "enclosing": 3}


_SENTENCE_END = re.compile(r"\.\s+(?=[A-Z(§])|[。\n]")
_EMPTY = Reference()


def touches_in_text(
    text: str,
    *,
    source: str = "",
    language: str = "",
    on: date | None = None,
    work: str = "",
    reference: Reference = _EMPTY,
) -> tuple[Touch, ...]:
    """All that ``text`` names, in order of place. ``start`` and ``end`` count characters of ``text``; ``via`` is ``text``, or the
    group through which a country is reached as of ``on``."""
    context = context_of(text, source=source, work=work, language=language, on=on)
    mentions = _mentions(context, reference.terms)
    spans = sorted({(hit.start, hit.end) for hit in mentions})
    taken_out = dict(zip(spans, excluded(context.page.small, spans), strict=True))
    touches = []
    for hit in mentions:
        start, end = context.page.span(hit.start, hit.end)
        touches.append(
            Touch(
                type=hit.type,
                id=hit.id,
                regime=hit.regime,
                excluded=taken_out[hit.start, hit.end] and hit.type != "date",
                via="text",
                confidence=hit.confidence,
                start=start,
                end=end,
            )
        )
    touches += _through_groups(text, touches, reference, on or reference.on)
    return tuple(sorted(set(touches), key=_order))


def touches_of(
    change: Change, *, work: str, source: str, language: str, reference: Reference = _EMPTY
) -> tuple[Touch, ...]:
    """What ``change`` touches: ``via`` says whether by inserted or deleted words, by what encloses it, or through a group.

    In a list of codes the provision's own number is the item touch, as deep as the eid goes; other codes in its words are
    cross-references. In a list of parties the names and aliases of the row are parties, and no countries.
    """
    if work == COUNTRY_GROUPS:
        # A row says that its own country belongs to a group; who else does is not touched by it.
        reference = replace(reference, groups=())
    role = role_of(change, work)
    own = own_codes(change, work)
    roots = {root_of(one.id) for one in own}
    in_list = bool(own) or work.startswith(CCL)
    found: list[Touch] = []
    parties = is_list_of_parties(change, work)
    for via, sign, text in (("inserted", "+", change.text_after), ("deleted", "-", change.text_before)):
        runs = _runs(change, sign, text)
        if not runs:
            continue
        names = names_in(text) if parties else []
        for touch in touches_in_text(
            text, source=source, language=language, work=work, reference=reference, on=reference.on
        ):
            if not _meets(touch.start, touch.end, runs):
                continue
            if touch.type in ("country", "technology") and any(s <= touch.start < e for s, e, _ in names):
                continue
            as_role = role
            if in_list and touch.type == "code":
                as_role = role if root_of(touch.id) in roots else "cross-reference"
            found.append(replace(touch, via=via if touch.via == "text" else touch.via, role=as_role))
        changed = [name for name in names if _meets(name[0], name[1], runs)]
        found += [
            Touch(type="party", id=name, role=role, via=via, start=start, end=end)
            for start, end, name in changed
        ]
        found += _counterparties(changed, reference, role=role, via=via)
    found += _enclosing(
        change, own, parties, work=work, source=source, language=language, reference=reference
    )
    return _distinct(found)


def _counterparties(
    named: list[tuple[int, int, str]], reference: Reference, *, role: str, via: str
) -> list[Touch]:
    """Who of the user's counterparties the names may be, by the user's own reference where the list gives one: ``confidence`` is the score, and
    no verdict (docs/adr/0007)."""
    if not reference.counterparties:
        return []
    places = {name: (start, end) for start, end, name in reversed(named)}
    return [
        Touch(
            type="counterparty",
            id=candidate.counterparty.reference or candidate.counterparty.name,
            role=role,
            via=via,
            confidence=round(candidate.score / 100, 3),
            start=places[candidate.listed][0],
            end=places[candidate.listed][1],
        )
        for candidate in candidates(places, reference.counterparties)
    ]


def _mentions(context: Context, terms: tuple[Term, ...]) -> list[Found]:
    codes = [
        *control_numbers(context),
        *munitions(context),
        *german(context),
        *japanese(context),
        *ai_act(context),
        *regimes(context),
    ]
    return [
        *codes,
        *series(context),
        *groups(context),
        *countries(context),
        *country_cells(context),
        *technologies(context, terms),
        *dates(context),
    ]


def _through_groups(text: str, touches: list[Touch], reference: Reference, day: date | None) -> list[Touch]:
    """The countries behind the groups named, each group once, less what the same sentence takes out ("D:5 excluding A:5").

    An exception reaches no further than its sentence: elsewhere in the text the group counts in full.
    """
    if not _names_a_group(touches) or not (sets := reference.sets_on(day)):
        return []
    ends = [hit.end() for hit in _SENTENCE_END.finditer(text)]
    sentences: dict[int, list[Touch]] = {}
    for touch in touches:
        if touch.type in ("group", "country"):
            sentences.setdefault(bisect_left(ends, touch.start + 1), []).append(touch)
    found: dict[tuple[str, str, bool], Touch] = {}
    for named in sentences.values():
        groups = [touch for touch in named if touch.type == "group"]
        out = [touch for touch in named if touch.excluded]
        gone = {
            code
            for touch in out
            for code in (members(touch.id, sets) if touch.type == "group" else (touch.id,))
        }
        kept = [touch for touch in groups if not touch.excluded]
        for touch in kept or groups:
            for code in members(touch.id, sets):
                if touch.excluded or code not in gone:
                    reached = Touch(
                        type="country",
                        id=code,
                        via=touch.id,
                        excluded=touch.excluded,
                        confidence=touch.confidence,
                        start=touch.start,
                        end=touch.end,
                    )
                    found.setdefault((code, touch.id, touch.excluded), reached)
    return list(found.values())


def _names_a_group(touches: Iterable[Touch]) -> bool:
    return any(touch.type == "group" for touch in touches)


def _runs(change: Change, sign: str, text: str) -> list[tuple[int, int]]:
    """The inserted (or deleted) runs as spans of their side's text; all of it where the change has no other side."""
    runs, at = [], 0
    for mark, words in change.ops:
        if mark == sign:
            runs.append((at, at + len(words)))
        if mark in ("=", sign):
            at += len(words)
    if not change.ops and text and not (change.text_after and change.text_before):
        runs = [(0, len(text))]
    return runs


def _meets(start: int, end: int, runs: list[tuple[int, int]]) -> bool:
    index = bisect_left(runs, (end, 0)) - 1
    return index >= 0 and runs[index][1] > start


def _enclosing(
    change: Change,
    own: tuple[Own, ...],
    parties: bool,
    *,
    work: str,
    source: str,
    language: str,
    reference: Reference,
) -> list[Touch]:
    found = [Touch(type=one.type, id=one.id, regime=one.regime, role="item", via="enclosing") for one in own]
    key = ""
    if change.unit in ("row", "entry", "li") and not parties:
        key = (
            (change.text_after or change.text_before).split(" | ")[0]
            if " | " in (change.text_after or change.text_before)
            else ""
        )
    if parties:
        text = change.text_after or change.text_before
        start, end = party_cell(text)
        key = text[:start].rstrip(" |")
        named = names_in(text[start:end])
        if named:
            found.append(Touch(type="party", id=named[0][2], role="heading", via="enclosing"))
    here = Enclosing(eid="", unit=change.unit, num=change.num, heading="" if parties else change.heading)
    for place in (*change.path, here, Enclosing(eid="", heading=key)):
        words = "\n".join(part for part in (place.num, place.heading) if part)
        if not words:
            continue
        for touch in _in_heading(words, source=source, language=language, work=work, reference=reference):
            if own and touch.type == "code":
                continue  # a heading of the list names other entries; only its own number governs what is under it
            if touch.type == "date":
                continue
            via = "enclosing" if touch.via == "text" else touch.via
            found.append(replace(touch, via=via, role="heading", start=0, end=0))
    return found


def _in_heading(
    words: str, *, source: str, language: str, work: str, reference: Reference
) -> tuple[Touch, ...]:
    """``touches_in_text`` of what stands above changes; only what groups stand for hangs on the reference."""
    touches = _named(words, source, language, work, reference.terms)
    if _names_a_group(touches):
        return touches_in_text(words, source=source, language=language, work=work, reference=reference)
    return touches


@lru_cache(maxsize=1 << 13)
def _named(words: str, source: str, language: str, work: str, terms: tuple[Term, ...]) -> tuple[Touch, ...]:
    """What a number and heading name by themselves, remembered: thousands of changes stand under the same few."""
    reference = Reference(terms=terms)
    return touches_in_text(words, source=source, language=language, work=work, reference=reference)


def _distinct(touches: list[Touch]) -> tuple[Touch, ...]:
    """One touch for each thing, way and role; what words brought is not told again as enclosing."""
    by_words = {
        (t.type, t.id, t.regime) for t in touches if t.via in ("inserted", "deleted") and not t.excluded
    }
    seen: dict[tuple[object, ...], Touch] = {}
    for touch in sorted(touches, key=_order):
        if (
            touch.via == "enclosing"
            and touch.role != "item"
            and (touch.type, touch.id, touch.regime) in by_words
        ):
            continue
        seen.setdefault((touch.type, touch.id, touch.regime, touch.via, touch.role, touch.excluded), touch)
    return tuple(seen.values())


def _order(touch: Touch) -> tuple[object, ...]:
    return (
        _VIA_ORDER.get(touch.via, 4),
        touch.start,
        touch.end,
        touch.type,
        touch.id,
        touch.regime,
        touch.via,
        touch.role,
    )
