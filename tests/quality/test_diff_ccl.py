"""Floors over all dated editions of the Commerce Control List: nothing missed, nothing invented, nothing told twice.

``floors_diff.json`` holds the digest of the corpus the floors were read on and the floors themselves. Whoever changes it changes a
promise, in a diff that a reviewer sees.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from archive.records import Change
from archive.vocabulary.folding import comparison_key
from diffing.engine import compare
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


# A number with a unit after it, or a comparison before or after it: found apart from the program's own reading of limits.
_UNIT = (
    r"(?:[nµμmckMGT]?(?:m|W|Hz|V|A|s|g|Pa|J|K|N|bits?|bytes?)|percent|dB\w*|degrees?|days?|years?|hours?|inch(?:es)?|rpm|ppm|"
    r"psi|Torr|[kM]?eV|WT|mrad|rad|liters?)\b|\s?[°%]"
)
_NUMBER = r"(?<![\w.,/^-])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_QUANTITIES = (
    re.compile(_NUMBER + rf"\s?(?:{_UNIT})"),
    re.compile(
        r"(?:less than|more than|greater than|exceeding|at least|equal to|[<>≤≥]) "
        + _NUMBER
        + r"(?![\w.]*\d)"
    ),
    re.compile(_NUMBER + r" or (?:more|less|greater)"),
)


def numbers(text: str) -> Counter[str]:
    found = {
        (match.start(1), match[1].replace(",", "")) for one in _QUANTITIES for match in one.finditer(text)
    }
    return Counter(number for _, number in found)


def test_every_number_of_a_limit_that_changed_is_reported() -> None:
    changed = 0
    unreported = []
    for day, _, _, changes in compared():
        for change in changes:
            if change.kind in ("split", "join"):  # each is told beside the whole text it is a part of
                continue
            before, after = numbers(change.text_before), numbers(change.text_after)
            for gone, said in (
                (before - after, [limit.old for limit in change.limits]),
                (after - before, [limit.new for limit in change.limits]),
            ):
                told = {float(number) for one in said for number in re.findall(r"\d+(?:\.\d+)?", one)}
                changed += len(gone)
                unreported += [(day, change.new_eid, number) for number in gone if float(number) not in told]
    assert changed > 1500
    assert len(unreported) <= FLOORS["unreported_numbers"], unreported


# Read in the editions, old text beside new, by the edition that first shows the limit.
HISTORY = [
    ("2017-08-15", "4A003.b", "> 12.5 weighted TeraFLOPS", "> 16 weighted TeraFLOPS", "looser"),
    ("2018-11-02", "4A003.b", "> 16 weighted TeraFLOPS", "> 29 Weighted TeraFLOPS", "looser"),
    ("2023-08-18", "4A003.b", "> 29 Weighted TeraFLOPS", "> 70 Weighted TeraFLOPS", "looser"),
    ("2017-08-15", "3A001.b.11.a", "< 156 ps", "< 143 ps", "looser"),
    ("2017-08-15", "3A001.b.11.e", "< 1 ms", "< 100 us", "looser"),
    ("2017-08-15", "3A001.b.11.b", "> 1.6 GHz", "> 2.2 GHz", "looser"),
    ("2017-08-15", "3A001.b.11.b", "<= 10.6 GHz", "<= 31.8 GHz", "tighter"),
    ("2017-08-15", "3A001.b.11.d", "<= 43.5 GHz", "<= 37 GHz", "looser"),
    ("2017-08-15", "3A001.b.11.e", "<= 56 GHz", "<= 90 GHz", "tighter"),
    ("2020-09-11", "3A001.a.5.b.1", "", "< 12 bit", "looser"),
    ("2023-02-24", "3A001.b", "> 48.54 dBm", "> 48.45 dBm", "tighter"),
    ("2023-01-17", "3A090.a.4", "", ">= 4800", "tighter"),
    ("2023-01-17", "3A090.a.1", "", ">= 4800", "tighter"),
    ("2023-01-17", "3A090.a.2", "", ">= 4800", "tighter"),
    ("2023-01-17", "3A090.a.3", "", ">= 4800", "tighter"),
]


@pytest.mark.parametrize("told", HISTORY, ids=lambda told: f"{told[1]} of {told[0]}")
def test_the_history_of_the_watched_limits_is_told(told: tuple[str, str, str, str, str]) -> None:
    found = {
        (day, limit.eid, limit.old, limit.new, limit.direction)
        for day, _, _, changes in compared()
        for change in changes
        for limit in change.limits
    }
    assert told in found
