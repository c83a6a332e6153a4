"""A run that is cut off says so in the ledger at once, where it still can; one whose process is killed is found by the next."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager

from archive import clock, ledger
from archive.errors import TocsinError
from archive.store import Archive
from tocsin.service import logs
from tocsin.service.stopping import Stopped


@contextmanager
def cut_off(archive: Archive, run: int) -> Iterator[None]:
    """While a run goes on: what ends it before its time is written as its reason, and a mistake of ours with its traceback into the log, and passes on."""
    try:
        yield
    except BaseException as error:
        if logs.is_on() and isinstance(error, Exception) and not isinstance(error, TocsinError):
            logs.broke("run broke", error)
        with contextlib.suppress(Exception):  # the disk may be why it ended
            if ledger.is_unfinished(archive, run):
                at = clock.now()
                ledger.finish_run(archive, run, at=at, outcome=ledger.INTERRUPTED, reason=_reason(error))
        raise


def _reason(error: BaseException) -> str:
    if isinstance(error, TocsinError):
        return error.line()
    if isinstance(error, Stopped | KeyboardInterrupt | GeneratorExit):
        return "it was told to stop"
    return f"it broke: {type(error).__name__}"
