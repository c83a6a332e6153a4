"""What processes of a test do to a doorkeeper. They import this file anew, so that it imports little."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime

from tocsin.web.doorkeeper import Doorkeeper

NOW = datetime(2026, 2, 9, 12, tzinfo=UTC)
RITA, PLACE = "rita", "192.0.2.1"


def guess(keeper: Doorkeeper, times: int) -> None:
    """Wrong passwords, one after the other."""
    for _ in range(times):
        keeper.failed(RITA, PLACE, NOW)


def die(keeper: Doorkeeper) -> None:
    """Be killed while it is this process's turn."""
    with keeper.one_at_a_time(), keeper._tries.turn():
        os.kill(os.getpid(), signal.SIGKILL)
