"""The limits of 2023-10-18 against the genuine Commerce Control List of 2026-06-24: each that is on one side only is read and explained."""

from __future__ import annotations

from datetime import date

from normalize.reading import Hints, read
from tests.corpus import corpus_file
from tests.quality.ccl_limits import WATCHED, golden, limits
from tests.quality.ccl_units import editions, expression

_LIST = "files/www.ecfr.gov/ecfr/title-15_part-774_Supplement_No._1_to_Part_774.en.2026-06-24.xml"


def test_every_limit_that_came_or_went_since_is_explained() -> None:
    body = corpus_file(_LIST).read_bytes()
    reading = read("us_ecfr", body, Hints(as_of=date(2026, 6, 24)))
    listed = next(one for one in reading.expressions if one.work == "us/cfr/15/774/supp-1")
    was, now = limits(expression(editions()[-1])), limits(listed)
    found = {
        (place, limit, "")
        for entry in WATCHED
        for limit, place in was[entry].items()
        if limit not in now[entry]
    } | {
        (place, "", limit)
        for entry in WATCHED
        for limit, place in now[entry].items()
        if limit not in was[entry]
    }
    rows = golden("limits_2023_to_2026.tsv")
    assert all(len(row) == 4 and len(row[3]) > 40 for row in rows)
    assert found == {row[:3] for row in rows}
