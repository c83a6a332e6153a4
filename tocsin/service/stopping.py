"""To be told to stop: SIGTERM ends what is under way in its own time, so that nothing is left lying about and the ledger says what happened."""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn

STATUS = 128 + signal.SIGTERM
"""The exit status of a process that was told to stop."""


class Stopped(SystemExit):
    """Somebody told this process to stop."""


def stop_when_told() -> None:
    """From here on SIGTERM raises :class:`Stopped` in the main thread, once: what cleans up after it is left to end."""
    signal.signal(signal.SIGTERM, _stop)


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise Stopped(STATUS)
