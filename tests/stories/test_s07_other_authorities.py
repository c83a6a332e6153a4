"""S7: other authorities act (State, Treasury and its outbound programme, Commerce for CHIPS, OFAC's list): each is heard of, by those whom it concerns."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from tests.replica.lists import Lists, sdn
from tests.stories.register import Printed, register
from tests.stories.running import story

BEFORE, DAY = date(2031, 2, 3), date(2031, 3, 3)
AGENCIES = [
    'state-department: "defense trade" | "statutory debarment"',
    "foreign-assets-control-office",
    "international-investment-office",
]
STATE = Printed(
    number="2031-00101",
    day=DAY,
    root="RULE",
    title="International Traffic in Arms Regulations: Category XI of This Test",
    action="Final rule.",
    dates="This rule is effective April 1, 2031.",
    body=("USML Category XI(c)(4) is revised to add certain transceivers that are shipped to Chile.",),
    cfr=((22, 121),),
    agencies=("state-department",),
    said={"effective_on": "2031-04-01"},
)
OUTBOUND = Printed(
    number="2031-00102",
    day=DAY,
    root="RULE",
    title="Investments in Technologies of a Country of Concern",
    action="Final rule.",
    dates="Effective May 5, 2031.",
    body=("A transaction in quantum computing with a person of Mongolia is notifiable.",),
    cfr=((31, 850),),
    agencies=("treasury-department", "international-investment-office"),
    said={"effective_on": "2031-05-05"},
)
CHIPS = Printed(
    number="2031-00103",
    day=DAY,
    root="RULE",
    title="Preventing the Improper Use of Invented Funding",
    action="Final rule.",
    dates="Effective June 2, 2031.",
    body=("A recipient may not expand capacity for stacked memory on chip in Laos for ten years.",),
    cfr=((15, 231),),
    agencies=("commerce-department",),
    said={"effective_on": "2031-06-02"},
)
DEBARRED = Printed(
    number="2031-00104",
    day=DAY,
    title="Notice of Statutory Debarment Under an Invented Act",
    body=("The following person of Paraguay is debarred: Invented Torch Company.",),
    cfr=(),
    agencies=("state-department",),
)
VISAS = Printed(
    number="2031-00105",
    day=DAY,
    title="Fees for Invented Visas",
    body=("Fees for visas of persons of Chile are raised.",),
    cfr=(),
    agencies=("state-department",),
)
OLD = Printed(
    number="2031-00001",
    day=BEFORE,
    title="Defense Trade Advisory Group of This Test; Meeting",
    agencies=("state-department",),
    cfr=(),
)
NAMES = {number: f"Invented Party {number}" for number in range(60)}


def test_each_authority_is_heard_of_in_its_own_words(tmp_path: Path) -> None:
    with register(OLD, STATE, OUTBOUND, CHIPS, DEBARRED, VISAS, today=BEFORE) as replica:
        replica.lists = Lists(
            sdn={BEFORE: sdn(NAMES, BEFORE), DAY: sdn({**NAMES, 900: "Gloomlight Shipping"}, DAY)}
        )
        told = story(
            tmp_path,
            replica,
            "us_federal_register",
            {"agencies": AGENCIES, "parts": ["22/120-130", "31/850", "15/231"]},
            arms={"usml": ["XI.c.4"]},
            quantum={"technologies": ["7.1"]},
            laos={"countries": ["LA"]},
            paraguay={"countries": ["PY"]},
            chile={"countries": ["CL"]},
            gloomlight={"parties": ["Gloomlight Shipping"]},
        )
        with (told.place.folder / "tocsin.toml").open("a") as config:
            config.write("[sources.us_ofac_sdn]\nfloor = 50\nreconcile = false\npace = 500.0\nretries = 0\n")
        assert told.on(BEFORE) == []
        told.source = "us_ofac_sdn"
        assert told.on(BEFORE) == []
        listed = told.on(DAY)
        told.source = "us_federal_register"
        papers = told.on(DAY)
        held = {json.dumps(change["work"]) for change in told.place.changes()}
    by_watch = {alert["watch"]: alert["body"] for alert in papers}
    assert set(by_watch) == {"arms", "quantum", "laos", "paraguay", "chile"}
    assert "2031-04-01" in by_watch["arms"]
    assert "2031-05-05" in by_watch["quantum"]
    assert "2031-06-02" in by_watch["laos"]
    assert "Torch" in by_watch["paraguay"]
    assert not any("00105" in work for work in held), "a paper on visas matches no condition of this source"
    assert [alert["watch"] for alert in listed] == ["gloomlight"]
    assert "not a screening" in listed[0]["body"]
