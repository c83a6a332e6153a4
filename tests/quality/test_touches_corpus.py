"""Touches on the real control list and Entity List: every code found, typos at less confidence, none invented."""

from __future__ import annotations

import re
from functools import cache
from time import perf_counter

import pytest
from lxml import etree

from archive.records import Touch
from diffing.touches.engine import touches_in_text
from tests.corpus import corpus_file

_LIST = "files/www.ecfr.gov/ecfr/title-15_part-774_Supplement_No._1_to_Part_774.en.2026-06-24.xml"
_PART_744 = "files/www.ecfr.gov/ecfr/title-15_part-744.en.2026-07-18.xml"
_BLOCKS = ("P", "HEAD", "TD", "TH", "FP", "FP-1", "FP-2", "HD1", "HD2", "HD3", "LI")
# The proper form of a code, counted by a pattern of its own.
_PROPER = re.compile(
    r"(?<![0-9A-Za-z.$#])(?<![A-Za-z]-)[0-9][A-E][0-9]{3}(?:\.(?:[a-z]{1,2}|[0-9]{1,3}))*(?![0-9A-Za-z])"
)


@cache
def _text(file: str) -> str:
    tree = etree.parse(corpus_file(file))
    return "\n".join(re.sub(r"\s+", " ", "".join(block.itertext())).strip() for block in tree.iter(*_BLOCKS))


@cache
def _touches(file: str) -> tuple[Touch, ...]:
    return touches_in_text(_text(file), source="us_ecfr", language="en")


def test_every_code_of_the_control_list_is_found_where_it_stands() -> None:
    text = _text(_LIST)
    found: dict[int, list[Touch]] = {}
    for touch in _touches(_LIST):
        if touch.type == "code":
            found.setdefault(touch.start, []).append(touch)
    mentions = [(hit.start(), hit[0]) for hit in _PROPER.finditer(text)]
    assert len(mentions) > 6_500
    assert [text[at - 20 : at + 20] for at, _ in mentions if at not in found] == []
    read = [(code, found[at]) for at, code in mentions]
    assert [
        (code, [t.id for t in ts])
        for code, ts in read
        if all(t.id != code and t.confidence > 0.7 for t in ts)
    ] == []


def test_only_the_typos_of_the_source_are_less_sure() -> None:
    unsure = {touch.id for touch in _touches(_LIST) if touch.type == "code" and touch.confidence <= 0.7}
    assert {"4A090.a", "3B001.q", "9A004.g"} <= unsure
    assert len(unsure) < 20


def test_no_code_of_the_entity_list_is_unknown_but_the_one_misprint() -> None:
    known = {code[:5] for code in _PROPER.findall(_text(_LIST))}
    codes = [touch.id for touch in _touches(_PART_744) if touch.type == "code" and touch.regime == "ear"]
    assert len(codes) > 600
    assert {code for code in codes if code[:5] not in known} == {"1A025"}


@pytest.mark.parametrize("file", [_LIST, _PART_744])
def test_a_megabyte_takes_seconds_and_time_grows_with_length_alone(file: str) -> None:
    text = _text(file)
    touches_in_text("warm")
    timed = []
    for part in (text[: len(text) // 4], text):
        start = perf_counter()
        touches_in_text(part, source="us_ecfr", language="en")
        timed.append(perf_counter() - start)
    assert timed[1] < 8 * timed[0]
