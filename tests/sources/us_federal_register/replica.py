"""A dozen invented papers."""

from datetime import date

from tests.crawlers.invented import replica
from tests.replica.server import Replica

DAY = date(2026, 3, 1)
SETTINGS = {"since": "all"}


def server() -> Replica:
    """The papers on a day after the last."""
    return replica(DAY)
