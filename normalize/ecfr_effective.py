"""Effective-date notes as applicability: what is printed but stayed, or printed until a day that is known.

The eCFR prints stayed text as if it were in force and says only in a note that it is not: "At 90 FR 50857, Nov. 12, 2025, in
§ 744.11, paragraph (a)(1) was stayed, effective until Nov. 9, 2026." On 2026-11-10 that paragraph is law again without a letter
changed. A state holds for a provision's own words, so it is set on every provision that it reaches: on the named paragraph and all
under it, but for "the introductory text" and for single sentences on that paragraph alone. Words to come that a note prints itself
are law of the future, and stand under the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from archive.records import Applicability
from normalize.audit import Account
from normalize.draft import Draft
from normalize.ecfr_states import read_note
from normalize.ecfr_targets import Target

_BEGINS = re.compile(r"(?:\d{1,2}\.\s+)?At \d+ FR \d+,")
_SET_FORTH = re.compile(r"\bset forth\b|\bas follows\b|\breads?\b|\bto read\b", re.I)


def apply_notes(unit: Draft, everything: Sequence[Draft], account: Account) -> None:
    """Reads the effective-date notes directly under ``unit`` (addresses are settled) and sets what they say on the provisions they
    name, which are looked for in ``everything``. What cannot be read or found is told."""
    for note in unit.children:
        if note.segment == "effective-date-note":
            _apply(note, unit, everything, account)


def _apply(note: Draft, unit: Draft, everything: Sequence[Draft], account: Account) -> None:
    for words, printed in _statements(note):
        said = read_note(words, unit.eid)
        for sentence in said.unread:
            account.remark(note.eid, f"this effective-date note could not be read: {sentence[:120]}")
        for target, state in said.states:
            _mark(target, state, note, everything, account)
        if said.coming and _SET_FORTH.search(words):
            for draft in printed:
                draft.applicability.append(said.coming)


def _statements(note: Draft) -> Iterator[tuple[str, list[Draft]]]:
    """What a note says, each time with the text to come that it sets forth after it. Several statements are numbered ("1. At 90 FR
    …", "2. At 91 FR …"); as long as none sets a text forth they are one, because later ones change what earlier ones said."""
    words, printed = [note.text], list[Draft]()
    for draft in islice(note.walk(), 1, None):
        goes_on = draft.unit == "text" and not printed and not _SET_FORTH.search(words[-1])
        if not (goes_on or _BEGINS.match(draft.text)):
            printed.append(draft)
            continue
        if printed:
            yield " ".join(words), printed
            words, printed = [], []
        words.append(draft.text)
    yield " ".join(words).strip(), printed


def _mark(
    target: Target, state: Applicability, note: Draft, everything: Sequence[Draft], account: Account
) -> None:
    found = _reached(target, everything)
    if target.note == "" and len({draft.segment for draft in found if draft.unit == "note"}) > 1:
        account.remark(
            note.eid,
            f"the effective-date note names the note to {target.eid}, which has several: all are marked",
        )
    if not found:
        account.remark(note.eid, f"the effective-date note names {target.eid}, which is not here")
    for draft in found:
        draft.applicability.append(state)


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
