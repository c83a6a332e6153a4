"""Which papers of the Federal Register are taken without any setting: every agency and part of our matters, and of the large agencies what is ours."""

from __future__ import annotations

from datetime import date

import pytest

from archive.errors import BadInput
from crawlers.card import source_card
from crawlers.families.federal_register_settings import FederalRegisterSettings
from normalize.reading import read
from tests.crawlers.crawling import visited
from tests.replica.federal_register import FederalRegister, Paper
from tests.replica.server import Replica
from tocsin.hints import hints_of

DAY = date(2026, 3, 2)

OURS = {
    "2026-00001": Paper(number="2026-00001", day=DAY, title="Export rule", cfr=((15, 774),)),
    "2026-00002": Paper(number="2026-00002", day=DAY, title="Advisory committee of BIS meets"),
    "2026-00003": Paper(
        number="2026-00003", day=DAY, title="Blocking of property", agencies=("treasury-department", "foreign-assets-control-office")
    ),
    "2026-00004": Paper(
        number="2026-00004", day=DAY, title="Debarment under the Arms Export Control Act", agencies=("state-department",)
    ),
    "2026-00005": Paper(number="2026-00005", day=DAY, title="ITAR rule", agencies=("state-department",), cfr=((22, 121),)),
    "2026-00006": Paper(number="2026-00006", day=DAY, title="Rule on investments", agencies=("treasury-department",), cfr=((31, 850),)),
    "2026-00007": Paper(
        number="2026-00007", day=DAY, title="Notice on outbound investment in lamps", agencies=("treasury-department", "international-investment-office")
    ),
    "2026-00008": Paper(number="2026-00008", day=DAY, title="Guardrails", agencies=("commerce-department",), cfr=((15, 231),)),
    "2026-00009": Paper(
        number="2026-00009", day=DAY, title="Notice under the CHIPS Act", agencies=("commerce-department", "national-institute-of-standards-and-technology")
    ),
    "2026-00010": Paper(number="2026-00010", day=DAY, title="Assistance abroad", agencies=("energy-department",), cfr=((10, 810),)),
    "2026-00011": Paper(number="2026-00011", day=DAY, title="Proposed subsequent arrangement", agencies=("energy-department",)),
    "2026-00012": Paper(number="2026-00012", day=DAY, title="Reactor parts", agencies=("nuclear-regulatory-commission",), cfr=((10, 110),)),
    "2026-00013": Paper(
        number="2026-00013", day=DAY, title="Application for a License to Export Pumps", agencies=("nuclear-regulatory-commission",)
    ),
    "2026-00014": Paper(
        number="2026-00014", day=DAY, title="Review of export controls", agencies=("commerce-department", "international-trade-administration")
    ),
    "2026-00015": Paper(
        number="2026-00015", day=DAY, title="Order on artificial intelligence", agencies=("executive-office-of-the-president",)
    ),
    "2026-00016": Paper(number="2026-00016", day=DAY, title="Sanctions regulations", agencies=("treasury-department",), cfr=((31, 587),)),
    "2002-00017": Paper(number="2002-00017", day=date(2001, 5, 3), title="Old rule", agencies=("export-administration-bureau",)),
}  # fmt: skip
OTHERS = [
    Paper(number="2026-00101", day=DAY, title="Visa waiver", agencies=("state-department",)),
    Paper(
        number="2026-00102",
        day=DAY,
        title="Dumping of nails",
        agencies=("international-trade-administration",),
    ),
    Paper(number="2026-00103", day=DAY, title="Rate of a dam", agencies=("energy-department",)),
    Paper(
        number="2026-00104",
        day=DAY,
        title="Reactor of an invented town",
        agencies=("nuclear-regulatory-commission",),
    ),
    Paper(number="2026-00105", day=DAY, title="Fish", agencies=("commerce-department",)),
    Paper(number="2026-00106", day=DAY, title="Bonds", agencies=("treasury-department",)),
    Paper(
        number="2026-00107",
        day=DAY,
        title="Air",
        agencies=("environmental-protection-agency",),
        cfr=((40, 52),),
    ),
]


def register(*papers: Paper) -> Replica:
    return Replica(today=DAY, register=FederalRegister(papers=list(papers)))


def test_without_any_setting_every_agency_and_part_of_our_matters_is_selected_and_nothing_else() -> None:
    with register(*OURS.values(), *OTHERS) as server:
        run = visited("us_federal_register", server.hosts, DAY)
    assert run.finished.outcome == "complete", run.finished.reason
    assert {str(capture.meta["document_number"]) for capture in run.captures} == set(OURS)
    assert len(run.captures) == len(OURS), "a paper that several searches list is one"


def test_whoever_names_agencies_gets_those_alone() -> None:
    settings = FederalRegisterSettings(agencies=("state-department",), parts=())
    assert list(settings.searches().values()) == [(("conditions[agencies][]", "state-department"),)]


@pytest.mark.parametrize("said", ["State", "state-department:", "state department", ": words"])
def test_an_agency_that_is_none_is_told(said: str) -> None:
    with pytest.raises(BadInput, match="no slug"):
        source_card("us_federal_register").configured({"agencies": [said]})


def test_a_correction_names_the_paper_that_it_corrects_whether_by_its_number_its_record_or_its_words() -> (
    None
):
    words = (
        "In FR Doc. 2026-00300, on page 12, in the second column, the lamp is corrected to read the lantern."
    )
    papers = (
        Paper(number="C1-2026-00200", day=DAY, title="Lamps; Correction", paragraphs=("The lamp is corrected.",)),
        Paper(number="2026-00201", day=DAY, title="Oil; Correction", corrects="2026-00299", paragraphs=("The oil is corrected.",)),
        Paper(number="2026-00202", day=DAY, title="Wicks; Correction", paragraphs=(words,)),
        Paper(number="2026-00203", day=DAY, title="Wicks; Correction without text", corrects="2026-00301"),
    )  # fmt: skip
    with register(*papers) as server:
        run = visited("us_federal_register", server.hosts, DAY)
    corrected = {}
    for capture in run.captures:
        (expression,) = read(capture.source, capture.body, hints_of(capture)).expressions
        corrected[capture.document] = [fact.value for fact in expression.facts if fact.name == "corrects"]
    assert corrected == {
        "C1-2026-00200": ["2026-00200"],
        "2026-00201": ["2026-00299"],
        "2026-00202": ["2026-00300"],
        "2026-00203": ["2026-00301"],
    }
