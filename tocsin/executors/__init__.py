"""Where the pure part of the work is done: in this process, in a pool of its own processes, or on a cluster of machines.

Reading, comparing and touching are functions of what they are given. ``tasks.py`` is what a worker does: bytes in, records out. ``ahead.py`` has it done
before the writer needs it, ``answers.py`` holds the results against what the writer then asks; who has no answer works it out on the spot. So the
archive is the same with each executor, whatever becomes of a worker: a task that is lost, retried or done twice changes nothing.
"""

from __future__ import annotations

import os

from archive.errors import BadInput
from tocsin.executors.protocol import Executor

FORMS = "serial, processes, processes:N or dask://HOST:PORT"
_CLUSTER = "dask://"


def read(said: str) -> Executor:
    """The executor that a person names. It is a context manager: leaving it ends its workers, or lets go of the cluster.

    ``processes`` has a worker for each processor that this process may use; where there is one, it does all itself, since a worker would only wait for
    it. Raises ``BadInput`` for a word that names none, and where the cluster
    cannot be reached or its library is not installed.
    """
    # What does the work is imported when it is asked for: a command that only names the forms starts no differ and no pool.
    if said == "serial":
        return _alone()
    from tocsin.executors.processes import Processes
    from tocsin.executors.tasks import code

    code()  # of the files as this process has just imported them, before anybody updates them
    if said == "processes":
        found = len(os.sched_getaffinity(0))
        return Processes(found) if found > 1 else _alone()
    kind, _, number = said.partition(":")
    if kind == "processes" and number.isascii() and number.isdecimal() and 1 <= int(number) <= 256:
        return Processes(int(number))
    if said.startswith(_CLUSTER):
        from tocsin.executors.cluster import connected

        return connected(said.removeprefix(_CLUSTER))
    raise BadInput(f"no executor is called {said!r}", thing="--executor", mend=f"Say {FORMS}")


def _alone() -> Executor:
    from tocsin.executors.serial import Serial

    return Serial()
