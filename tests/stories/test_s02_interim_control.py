"""S2: a technology becomes controlled for a time (0Y521): the new code on the day of publication, its effective date, and its end in the calendar."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.stories.register import SETTINGS, Printed, register
from tests.stories.running import story

BEFORE, DAY, LATER = date(2019, 12, 30), date(2020, 1, 6), date(2021, 1, 6)
OLD = Printed(number="2019-28001", day=BEFORE, title="A Meeting of an Invented Committee")
AMENDED = (
    '<REGTEXT TITLE="15" PART="774"><AMDPAR>1. In Supplement No. 1 to part 774, Category 0, add ECCN 0D521 to read as follows:</AMDPAR>'
    "<FP SOURCE='FP-2'>0D521 No other software may be named here, with a reason for control of regional stability (RS).</FP></REGTEXT>"
)
RULE = Printed(
    number="2019-28380",
    day=DAY,
    root="RULE",
    title="Addition of Software for Invented Imagery to the Export Control Classification Number 0Y521 Series",
    action="Interim final rule with request for comments.",
    dates="This rule is effective January 6, 2020. ECCN 0D521 expires on January 6, 2021. Comments must be received by March 6, 2020.",
    summary="Software that automates the analysis of geospatial imagery by a deep convolutional neural network is classified under ECCN 0D521.",
    body=(
        "The software of ECCN 0D521 requires a license to all destinations except Canada for regional stability (RS Column 1).",
    ),
    markup=AMENDED,
    said={"effective_on": "2020-01-06", "comments_close_on": "2020-03-06", "citation": "85 FR 459"},
)
EXTENSION = Printed(
    number="2020-28776",
    day=LATER,
    root="RULE",
    title="Extension of the Control on Software of ECCN 0D521",
    action="Interim final rule; extension.",
    dates="This rule is effective January 6, 2021. ECCN 0D521 expires on January 6, 2022.",
    body=("The control of ECCN 0D521 under the 0Y521 series is extended for one year.",),
    said={"effective_on": "2021-01-06", "citation": "86 FR 461"},
)


def test_the_new_code_is_told_on_the_day_with_its_dates_and_its_end_is_in_the_calendar(
    tmp_path: Path,
) -> None:
    with register(OLD, RULE, EXTENSION, today=BEFORE) as replica:
        told = story(
            tmp_path,
            replica,
            "us_federal_register",
            SETTINGS,
            imagery={"eccn": ["0D521"]},
            networks={"technologies": ["2.1"]},
            masks={"eccn": ["3B001"]},
        )
        assert told.on(BEFORE) == []
        published = told.on(DAY)
        calendar = told.place.run("calendar").stdout
        extended = [
            alert for alert in told.on(LATER) if "2022-01-06" in alert["body"] or "extended" in alert["body"]
        ]
    assert {alert["watch"] for alert in published} == {"imagery", "networks"}
    body = next(alert["body"] for alert in published if alert["watch"] == "imagery")
    assert "0D521" in body
    assert "2020-01-06" in body
    assert "regional stability" in body
    assert "2020-03-06" in calendar
    assert "2021-01-06" in calendar
    assert "imagery" in {alert["watch"] for alert in extended}
