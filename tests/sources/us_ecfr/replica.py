"""Two invented titles of the CFR."""

from tests.crawlers.invented import ECFR_PARTS, FIRST, replica
from tests.replica.server import Replica

DAY = FIRST
SETTINGS = {"parts": ECFR_PARTS}


def server() -> Replica:
    """The titles a day after their first edition."""
    return replica()
