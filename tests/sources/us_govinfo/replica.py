"""Bulk files over the invented papers and parts, read as if both of the sources that it stands in for were walled."""

from datetime import date

from tests.crawlers.invented import replica
from tests.replica.federal_register import Paper
from tests.replica.server import Replica

DAY = date(2026, 3, 20)
SETTINGS = {"when": "always"}


def server() -> Replica:
    """The bulk files on a day after the last paper and the last amendment; part 744 is one that is watched without any setting."""
    made = replica(DAY)
    made.register.papers += [
        Paper(
            number="2026-00500",
            day=date(2026, 3, 18),
            root="RULE",
            title="Lenses for Lanterns",
            cfr=((15, 744),),
            pages=(12345, 12345),
            paragraphs=("The licence for lenses of kind 3A990 that go to Peru is due within 20 days.",),
        ),
        Paper(
            number="2026-00501",
            day=date(2026, 3, 18),
            title="Fish",
            agencies=("commerce-department",),
            paragraphs=("Nobody may catch invented fish by lantern.",),
        ),
    ]
    for part in made.ecfr.parts:
        part.number = {"1001": "744", "1900": "810"}.get(part.number, part.number)
        part.editions = {
            day: {name.replace("1001", "744").replace("1900", "810"): text for name, text in units.items()}
            for day, units in part.editions.items()
        }
    return made
