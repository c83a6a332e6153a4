"""S1: an advance notice names categories of emerging technology and asks for comments; later the time for them is made longer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.stories.register import SETTINGS, Printed, register
from tests.stories.running import story
from tests.stories.threads import thread_of

DAY, LATER, BEFORE = date(2018, 11, 19), date(2018, 12, 14), date(2018, 11, 16)
CATEGORIES = (
    (
        "Group 1. Biotechnology, which takes in nanobiology; synthetic biology; genomic and genetic "
        "engineering; neurotechnology."
    ),
    (
        "Group 2. Artificial intelligence and machine learning, which takes in neural networks and deep "
        "learning; evolutionary and genetic computation; reinforcement learning; computer vision; expert "
        "systems; speech and audio processing; natural language processing; planning; audio and video "
        "manipulation (voice cloning, deepfakes); AI cloud; AI chipsets."
    ),
    "Group 3. Position, navigation and timing.",
    "Group 4. Microprocessors, which takes in systems on chip; stacked memory on chip.",
    "Group 5. Advanced computing, which takes in memory-centric logic.",
    (
        "Group 6. Data analytics, which takes in visualization; automated analysis algorithms; "
        "context-aware computing."
    ),
    (
        "Group 7. Quantum information and sensing, which takes in quantum computing; quantum encryption; "
        "quantum sensing."
    ),
    (
        "Group 8. Logistics, which takes in mobile electric power; modeling and simulation; total asset "
        "visibility; distribution-based logistics."
    ),
    "Group 9. Additive manufacturing, which takes in 3D printing.",
    (
        "Group 10. Robotics, which takes in micro-drones and micro-robotic systems; swarming; "
        "self-assembling robots; molecular robotics; robot compilers; smart dust."
    ),
    (
        "Group 11. Brain-computer interfaces, which takes in neural-controlled interfaces; mind-machine "
        "interfaces; direct neural interfaces; brain-machine interfaces."
    ),
    (
        "Group 12. Hypersonics, which takes in flight control algorithms; propulsion; thermal protection; "
        "specialized materials."
    ),
    ("Group 13. Advanced materials, which takes in adaptive camouflage; functional textiles; biomaterials."),
    "Group 14. Advanced surveillance, which takes in faceprint and voiceprint.",
)
OLD = Printed(number="2018-25001", day=BEFORE, title="A Meeting of an Invented Committee")
NOTICE = Printed(
    number="2018-25221",
    day=DAY,
    root="PRORULE",
    title="Review of Controls for Certain Emerging Technologies",
    action="Advance notice of proposed rulemaking (ANPRM).",
    dates="Submit comments on or before December 19, 2018.",
    body=("Comments are asked on these groups of technology:", *CATEGORIES),
    cfr=((15, 744),),
    said={
        "comments_close_on": "2018-12-19",
        "regulation_id_numbers": ["0694-AH61"],
        "citation": "83 FR 58201",
        "cfr_references": [{"title": 15, "part": 744}],
    },
)
EXTENSION = Printed(
    number="2018-27148",
    day=LATER,
    root="PRORULE",
    title="Review of Controls for Certain Emerging Technologies; Extension of Comment Period",
    action="Advance notice of proposed rulemaking; extension of comment period.",
    dates="The comment period for the ANPRM published on November 19, 2018, at 83 FR 58201 is extended until January 10, 2019.",
    body=(
        "The comment period is extended. Commenters may write on neural networks and deep learning until January 10, 2019.",
    ),
    cfr=((15, 744),),
    said={"comments_close_on": "2019-01-10", "regulation_id_numbers": ["0694-AH61"]},
)
NUMBERED = {str(n) for n in range(1, 15)}


def test_all_categories_are_touched_the_deadline_is_told_and_the_extension_follows_its_notice(
    tmp_path: Path,
) -> None:
    with register(OLD, NOTICE, EXTENSION, today=BEFORE) as replica:
        told = story(
            tmp_path,
            replica,
            "us_federal_register",
            SETTINGS,
            networks={"technologies": ["2.1"]},
            engines={"technologies": ["12.2"]},
            italy={"countries": ["IT"]},
        )
        assert told.on(BEFORE) == []
        published = told.on(DAY)
        touched = told.touched("technology")
        calendar = told.place.run("calendar").stdout
        extended = told.on(LATER)
    assert {alert["watch"] for alert in published} == {"networks", "engines"}
    assert {sort.partition(".")[0] for sort in touched} >= NUMBERED
    assert {"1.1", "2.11", "4.2", "7.2", "8.3", "10.6", "11.4", "13.1", "14.1"} <= touched
    (notice,) = [alert for alert in published if alert["watch"] == "networks"]
    assert "2018-12-19" in notice["body"]
    assert "15 CFR" in notice["body"]
    assert "2018-12-19" in calendar
    (extension,) = [
        alert for alert in extended if alert["watch"] == "networks" and "2019-01-10" in alert["body"]
    ]
    assert thread_of(told.place, extension) == thread_of(told.place, notice) != ""
