"""Workers on other machines, by Dask: its scheduler gives a task whose worker died to another one. The only module that knows Dask.

Whoever reaches the scheduler can run what he likes on the workers: it belongs into a network of its own (docs.dask.org, "Security").
"""

from __future__ import annotations

import math
import re
import time
import warnings
from asyncio import CancelledError
from collections.abc import Callable
from typing import Any, Generic

from archive.errors import BadInput
from tocsin.executors.protocol import A, B, ClosedAtTheEnd, Pending, WorkLost

REACHED = "10 s"
"""How long a scheduler may take to answer the first time."""

_LOOK = 5.0
"""Seconds after which a result that is not there yet makes us look whether there are workers at all."""

_PATIENCE = 12
"""How many looks in turn may find no worker: a cluster that lost its last one gets a minute to bring others."""

_PLACE = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+):(?P<port>[0-9]{1,5})")


def connected(place: str) -> Cluster:
    """The cluster whose scheduler is at ``HOST:PORT``. Raises ``BadInput`` where the place is none, the library is not there, or nobody answers."""
    found = _PLACE.fullmatch(place)
    if found is None or not 0 < int(found["port"]) < 65536:
        raise BadInput(
            "no host with a port",
            thing=f"dask://{place}",
            mend="Say dask://HOST:PORT, such as dask://10.0.0.5:8786",
        )
    try:
        import distributed
    except ImportError:
        raise BadInput(
            "the library that speaks to a cluster is not installed",
            thing=f"dask://{place}",
            mend="Install it by pip install 'tocsin[cluster]', or say processes",
        ) from None
    try:
        connect: Any = distributed.Client  # it publishes no types
        client = connect(f"tcp://{place}", timeout=REACHED, set_as_default=False)
    except (OSError, ValueError) as error:
        raise BadInput(
            f"no scheduler answers ({error or type(error).__name__})",
            thing=f"dask://{place}",
            mend="Start one by 'dask scheduler', name its address, or say processes",
        ) from None
    return Cluster(client)


class Cluster(ClosedAtTheEnd):
    """A connected client of ``distributed``. Twice as many tasks are under way as the workers have threads, and at least four."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.notes: list[str] = []
        self._ahead, self._looked = 4, -math.inf

    @property
    def ahead(self) -> int:
        """Workers come and go: the scheduler is asked every few seconds."""
        now = time.monotonic()
        if now - self._looked >= _LOOK:
            self._looked = now
            threads = sum(int(worker["nthreads"]) for worker in self.known_workers().values())
            self._ahead = max(4, 2 * threads)
        return self._ahead

    def known_workers(self) -> dict[str, Any]:
        """The workers that the scheduler has, by address; none where it is gone."""
        scheduler = self.client.scheduler
        if scheduler is None:
            return {}
        try:
            # Asked by ourselves: Client.scheduler_info waits for minutes on a scheduler that is gone, and then answers what it knew before.
            known = self.client.sync(scheduler.identity, n_workers=-1, callback_timeout=_LOOK)
        except (OSError, RuntimeError):
            return {}
        workers: dict[str, Any] = known["workers"]
        return workers

    def submit(self, function: Callable[[A], B], argument: A) -> Pending[B]:
        """Hand it to the scheduler: always as a task of its own, never as the result of an equal one of another client."""
        with warnings.catch_warnings():
            # A document is as large as it is; it is sent once, to whoever reads it.
            warnings.filterwarnings("ignore", message="Sending large graph", category=UserWarning)
            try:
                return _Task(self, self.client.submit(function, argument, pure=False))
            except (
                Exception,
                CancelledError,
            ) as error:  # the client lost its scheduler: it raises what it likes
                return _NeverSent(error)

    def close(self) -> None:
        """Let go of the cluster; it goes on for others."""
        self.client.close()


class _Task(Generic[B]):
    def __init__(self, cluster: Cluster, future: Any) -> None:
        self._cluster, self._future = cluster, future

    def done(self) -> bool:
        is_done: bool = self._future.done()
        return is_done

    def result(self) -> B:
        empty = 0
        while empty < _PATIENCE:
            try:
                found: B = self._future.result(timeout=_LOOK)
                return found
            except TimeoutError:
                empty = 0 if self._cluster.known_workers() else empty + 1
            except (
                Exception
            ) as error:  # the function's own, a worker that died too often, a scheduler that is gone
                raise WorkLost(
                    f"the cluster failed a task ({type(error).__name__}: {error}): it is done here"
                ) from error
        self._future.cancel()
        raise WorkLost("the cluster has no workers any more: the work is done here")


class _NeverSent:
    """A task that the scheduler did not get."""

    def __init__(self, error: BaseException) -> None:
        self._error = error

    def done(self) -> bool:
        return True

    def result(self) -> Any:
        raise WorkLost(
            f"the cluster takes no tasks ({type(self._error).__name__}: {self._error}): the work is done here"
        )
