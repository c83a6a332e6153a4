"""Work that nobody waits for gives way to people who read: pages come as fast beside a backfill as without one, and a machine at rest does it as fast as ever."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

LOWER = 5
"""By how much the priority of this process is lower: where both want a processor, whoever serves a page gets three times as much. Not more: a person who signs
waits ten seconds for the transaction that is under way (docs/adr/0009). That of the next edition of a control list takes up to 0.8 s of a processor, and on a machine
that is busy all over a writer ten steps lower, with a tenth of what the others get, needs eight for it."""
_OF_SESSION = Path("/proc/self/autogroup")


def give_way() -> None:
    """From here on this process, and those that it starts, have a lower priority; one that somebody gave it already (``nice``, ``Nice=``) stays."""
    if os.getpriority(os.PRIO_PROCESS, 0) != 0:
        return
    os.nice(LOWER)
    if os.getsid(0) == os.getpid():
        # Linux shares out among sessions first (sched(7), "autogroup"), and a service is one of its own; that of a shell is the shell's to say.
        with suppress(OSError):
            _OF_SESSION.write_text(str(LOWER), encoding="ascii")
