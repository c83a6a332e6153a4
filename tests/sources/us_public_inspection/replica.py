"""A desk with two invented papers of the bureau, one of them without text, and one of another agency."""

from datetime import date, timedelta

from tests.replica.federal_register import FederalRegister, Paper
from tests.replica.server import Replica

DAY = date(2026, 3, 3)
SETTINGS: dict[str, object] = {}

_PRINTED = DAY + timedelta(days=2)
_WORDS = (
    "The Bureau of Invented Security adds a party of Peru to its list of invented parties, effective on the day of filing.",
    "Shipments that were on their way on that day may go on to where they were going until 30 days after it.",
)


def server() -> Replica:
    """The desk on a day between filing and printing."""
    papers = [
        Paper(number="2026-00301", day=_PRINTED, root="RULE", title="Addition of an Invented Party", filed=DAY, paragraphs=_WORDS),
        Paper(number="2026-00302", day=_PRINTED, title="Invented Meeting", filed=DAY),
        Paper(number="2026-00303", day=_PRINTED, title="Clean Air", filed=DAY, agencies=("environmental-protection-agency",)),
    ]  # fmt: skip
    return Replica(today=DAY, register=FederalRegister(papers=papers))
