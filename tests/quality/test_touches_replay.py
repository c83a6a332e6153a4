"""Replay of the dated editions of the control list: each change touches its own number, the numbers that its words name, and no other.

What is expected is worked out here without the program's own readers: the own number from the eid, the named ones from the changed
words by a pattern for the proper form of a code.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from archive.records import Change, Touch
from diffing.engine import compare
from diffing.touches.engine import touches_of
from tests.quality.ccl_units import editions, expression

_WORK = "us/cfr/15/774/supp-1"
_LEVEL = r"(?:\.(?:[a-z]{1,2}|[0-9]{1,3})(?![0-9A-Za-z]))*"
_OWN = re.compile(rf"[0-9][A-E][0-9]{{3}}{_LEVEL}")
# A code in its proper form, with nothing around it that makes it a part of something longer.
_NAMED = re.compile(rf"(?<![0-9A-Za-z.$#_-])[0-9][A-E][0-9]{{3}}{_LEVEL}(?![0-9A-Za-z_-]|\.[0-9a-z])")


@cache
def _replay() -> tuple[tuple[str, Change, tuple[Touch, ...]], ...]:
    trees = [(path.name[10:20], expression(path)) for path in editions()]
    return tuple(
        (day, change, touches_of(change, work=_WORK, source="us_ecfr", language="en"))
        for (_, before), (day, after) in pairwise(trees)
        for change in compare(before, after)
    )


def _own(change: Change) -> set[str]:
    """The number at the head of the eid, and of the old one where the provision left it."""
    here = _OWN.match(change.new_eid or "")
    if here is None:
        here = next((hit for place in reversed(change.path) if (hit := _OWN.match(place.eid))), None)
    left = (
        _OWN.match(change.old_eid or "") if here is None or change.kind in ("move", "renumbering") else None
    )
    return {hit[0] for hit in (here, left) if hit}


def _sides(change: Change) -> list[tuple[str, str, list[tuple[int, int]]]]:
    """The text of each side with the spans of its changed words."""
    sides = []
    for via, sign, text in (("inserted", "+", change.text_after), ("deleted", "-", change.text_before)):
        at, runs = 0, []
        for mark, words in change.ops:
            if mark == sign:
                runs.append((at, at + len(words)))
            if mark in ("=", sign):
                at += len(words)
        if not change.ops and text and not (change.text_after and change.text_before):
            runs = [(0, len(text))]
        sides.append((via, text, runs))
    return sides


def test_every_change_touches_its_own_number_as_the_item_and_no_other() -> None:
    changes = 0
    wrong = []
    for day, change, touches in _replay():
        items = {t.id for t in touches if t.type == "code" and t.via == "enclosing"}
        roles = {t.role for t in touches if t.type == "code" and t.via == "enclosing"}
        changes += bool(_own(change))
        if items != _own(change) or not roles <= {"item"}:
            wrong.append((day, change.new_eid or change.old_eid, items, _own(change)))
    assert changes > 2_500
    assert wrong == [], wrong[:20]


def test_every_number_that_changed_words_name_is_touched_where_it_stands() -> None:
    named = 0
    missed = []
    for day, change, touches in _replay():
        for via, text, runs in _sides(change):
            found = {t.id for t in touches if t.type == "code" and t.via == via}
            for hit in _NAMED.finditer(text):
                if not any(start < hit.end() and hit.start() < end for start, end in runs):
                    continue
                if any(text[max(0, hit.start() - 7) : hit.start()].endswith(ends) for ends in ("hex ", "0x")):
                    continue
                named += 1
                if hit[0] not in found:
                    missed.append((day, change.new_eid or change.old_eid, via, hit[0]))
    assert named > 2_000
    assert missed == [], missed[:20]


def test_others_than_the_own_are_cross_references_and_stand_in_the_words() -> None:
    counted = 0
    wrong = []
    for day, change, touches in _replay():
        roots = {code[:5] for code in _own(change)}
        texts = {via: text for via, text, _ in _sides(change)}
        for touch in touches:
            if touch.type != "code" or touch.via not in texts or touch.regime != "ear":
                continue
            counted += 1
            is_other = touch.id[:5] not in roots
            letters = re.sub(r"[^0-9A-Za-z]", "", texts[touch.via]).upper()
            ranged = re.search(rf"{touch.id[:2]}[0-9]{{3}}\W+(?:to|through|-)", texts[touch.via])
            if (is_other and touch.role != "cross-reference") or (touch.id[:5] not in letters and not ranged):
                wrong.append((day, change.new_eid or change.old_eid, touch.id, touch.role))
    assert counted > 2_000
    assert wrong == [], wrong[:20]
