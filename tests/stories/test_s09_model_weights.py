"""S9: a rule controls closed model weights above 10^26 operations; months later the bureau says it will not enforce it, and no text changes."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from tests.replica.offices import Release
from tests.sources.us_bis.replica import RELEASES, pages
from tests.stories.register import SETTINGS, Printed, register
from tests.stories.running import story
from tests.stories.threads import thread_of

BEFORE, DAY, SAID = date(2025, 1, 8), date(2025, 1, 15), date(2025, 5, 13)
OLD = Printed(number="2025-00001", day=BEFORE, title="A Meeting of an Invented Committee")
RULE = Printed(
    number="2025-00636",
    day=DAY,
    root="RULE",
    title="Framework for Artificial Intelligence Diffusion of This Test",
    action="Interim final rule; request for comments.",
    dates="Effective date: January 13, 2025. Compliance date: May 15, 2025. Comments must be received on or before May 15, 2025.",
    summary="New ECCN 4E091 controls the model weights of closed-weight artificial intelligence models trained with more than 10<SU>26</SU> operations.",
    body=(
        "A license is required to export model weights of ECCN 4E091 that were trained on more than 10<SU>26</SU> computational operations.",
        "License Exceptions AIA, ACM and LPP are available for advanced computing integrated circuits of ECCN 3A090 to some countries.",
        "The total processing performance of all items for one country is capped at 790,000,000 until 2027.",
        "A model derived from a published one is exempt where the additional training uses 25 percent of its operations or less.",
    ),
    said={
        "effective_on": "2025-01-13",
        "comments_close_on": "2025-05-15",
        "citation": "90 FR 4544",
        "regulation_id_numbers": ["0694-AJ90"],
    },
)
RELEASE = Release(
    place="www.bis.gov/press-release/bureau-will-not-enforce-its-diffusion-framework",
    title="Bureau Announces That It Will Not Enforce the Diffusion Framework of This Test",
    day=SAID,
    paragraphs=(
        "WASHINGTON — The Bureau will not enforce the Framework for Artificial Intelligence Diffusion of This Test (90 FR 4544), which had a compliance "
        "date of May 15, 2025. Model weights of ECCN 4E091 need no license under it.",
        "A notice that formally rescinds the rule will be published in the Federal Register.",
    ),
)


def test_dates_stay_apart_the_power_is_whole_and_what_is_not_enforced_is_tied_to_its_rule(
    tmp_path: Path,
) -> None:
    with register(OLD, RULE, today=BEFORE) as replica:
        replica.pages = pages(
            tuple(
                Release(
                    place=one.place,
                    title=one.title,
                    day=BEFORE - timedelta(days=n),
                    paragraphs=one.paragraphs,
                )
                for n, one in enumerate(RELEASES)
            )
        )
        told = story(
            tmp_path,
            replica,
            "us_federal_register",
            SETTINGS,
            weights={"eccn": ["4E091"]},
            chips={"eccn": ["3A090"]},
            models={"technologies": ["X3"]},
            lathes={"eccn": ["2B001"]},
        )
        with (told.place.folder / "tocsin.toml").open("a") as config:
            config.write("[sources.us_bis]\npace = 500.0\nretries = 0\n")
        assert told.on(BEFORE) == []
        told.source = "us_bis"
        assert told.on(BEFORE) == []
        told.source = "us_federal_register"
        published = told.on(DAY)
        calendar = told.place.run("calendar").stdout
        told.source = "us_bis"
        replica.pages = pages(
            (
                RELEASE,
                *(
                    Release(
                        place=one.place,
                        title=one.title,
                        day=BEFORE - timedelta(days=n),
                        paragraphs=one.paragraphs,
                    )
                    for n, one in enumerate(RELEASES)
                ),
            )
        )
        announced = [alert for alert in told.on(SAID) if "not enforce" in alert["body"].lower()]
        texts = told.place.run("show", "us/fr/2025-00636").stdout
        changed = {change["work"] for change in told.place.changes()}
    assert {alert["watch"] for alert in published} == {"weights", "chips", "models"}
    body = next(alert["body"] for alert in published if alert["watch"] == "weights")
    assert {"2025-01-13", "2025-05-15"} <= {word.strip(".,;()") for word in body.split()}
    assert "10^26" in body
    assert "2025-05-15" in calendar
    assert "10^26" in texts
    assert {alert["watch"] for alert in announced} == {"weights", "models"}
    assert not [work for work in changed if work.startswith("us/cfr")], "the text of the code did not change"
    weights = next(alert for alert in announced if alert["watch"] == "weights")
    rule = next(alert for alert in published if alert["watch"] == "weights")
    assert thread_of(told.place, weights) == thread_of(told.place, rule) != ""
