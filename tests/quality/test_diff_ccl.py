"""Floors over all dated editions of the Commerce Control List: nothing missed, nothing invented, nothing told twice.

``floors_diff.json`` holds the digest of the corpus the floors were read on and the floors themselves. Whoever changes it changes a
promise, in a diff that a reviewer sees.
"""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import pairwise
from pathlib import Path

from archive.records import Change
from archive.vocabulary.folding import comparison_key
from diffing.engine import compare
from tests.quality.ccl_limits import golden, told
from tests.quality.ccl_numbers import numbers_of_limits
from tests.quality.ccl_units import digest, editions, expression, raw_units

FLOORS = json.loads((Path(__file__).parent / "floors_diff.json").read_text(encoding="utf-8"))


@cache
def compared() -> list[tuple[str, dict[str, str], dict[str, str], tuple[Change, ...]]]:
    paths = editions()
    trees = {path: expression(path) for path in paths}
    units = {path: raw_units(path) for path in paths}
    return [
        (after.name[10:20], units[before], units[after], compare(trees[before], trees[after]))
        for before, after in pairwise(paths)
    ]


def test_the_corpus_is_the_one_the_floors_were_read_on() -> None:
    paths = editions()
    assert len(paths) == FLOORS["editions"]
    assert digest(paths) == FLOORS["corpus_sha256"]


def test_every_unit_whose_text_differs_is_inside_a_reported_change() -> None:
    missed = []
    for day, before, after, changes in compared():
        old = {change.old_eid for change in changes} | {
            eid for change in changes for eid, _ in change.carried
        }
        new = {change.new_eid for change in changes} | {
            eid for change in changes for _, eid in change.carried
        }
        for eid in before.keys() | after.keys():
            if before.get(eid) != after.get(eid):
                told = (eid not in before or eid in old) and (eid not in after or eid in new)
                missed += [] if told else [(day, eid)]
    assert len(missed) <= FLOORS["missed_units"], missed[:20]


def test_no_substantive_change_lies_outside_the_units_that_differ() -> None:
    invented = []
    for day, before, after, changes in compared():
        differing = {eid for eid in before.keys() | after.keys() if before.get(eid) != after.get(eid)}
        invented += [
            (day, change.kind, change.old_eid, change.new_eid)
            for change in changes
            if change.materiality == "substantive" and not {change.old_eid, change.new_eid} & differing
        ]
    assert len(invented) <= FLOORS["invented_substantive"], invented[:20]


def test_no_text_is_told_as_deleted_and_added() -> None:
    doubled = []
    for day, _, _, changes in compared():
        gone = {
            comparison_key(c.text_before) for c in changes if c.kind == "repeal" and len(c.text_before) > 20
        }
        come = {
            comparison_key(c.text_after) for c in changes if c.kind == "insertion" and len(c.text_after) > 20
        }
        doubled += [(day, text[:60]) for text in gone & come]
    assert len(doubled) <= FLOORS["told_twice"], doubled[:20]


def test_operations_rebuild_every_text() -> None:
    for _, _, _, changes in compared():
        for change in changes:
            assert "".join(text for sign, text in change.ops if sign != "+") == change.text_before
            assert "".join(text for sign, text in change.ops if sign != "-") == change.text_after


def test_every_number_of_a_limit_that_changed_is_reported() -> None:
    """Each that is not has its place and its reason in the file of the floors, and each of those is still there."""
    changed = 0
    unreported = set()
    for day, _, _, changes in compared():
        for change in changes:
            if change.kind in ("split", "join"):  # each is told beside the whole text it is a part of
                continue
            before, after = numbers_of_limits(change.text_before), numbers_of_limits(change.text_after)
            for gone, said in (
                (before - after, [limit.old for limit in change.limits]),
                (after - before, [limit.new for limit in change.limits]),
            ):
                told = {float(number) for one in said for number in re.findall(r"\d+(?:\.\d+)?", one)}
                changed += len(gone)
                place = change.new_eid or change.old_eid
                unreported |= {f"{day} {place} {number:g}" for number in gone if number not in told}
    assert changed > 1500
    assert unreported == set(FLOORS["unreported_numbers"])


def test_the_history_of_the_watched_limits_is_the_one_that_was_read() -> None:
    """Each limit of 3A001, 3A090, 4A003, 4A090 and 3B001 over all editions, read in the texts, old beside new."""
    found = {row for day, _, _, changes in compared() for row in told(day, changes)}
    read = set(golden("limits_history.tsv"))
    assert found == read, (sorted(found - read), sorted(read - found))
