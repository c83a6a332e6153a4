"""The comparisons of one capture, with all their shares: what a worker says is to be judged is handed to whoever is free."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from tocsin.executors import tasks
from tocsin.executors.protocol import B, Executor, Pending, WorkLost
from tocsin.executors.tasks import Compared, Pair, Share

AT_ONCE = 2
"""Shares take longer or shorter than was reckoned: while one of them is waited for, the others must not run out."""


class Divided:
    """A ``Pending`` of two steps: the pairs as one task, then the shares that its answer names, at most ``AT_ONCE`` times ``executor.ahead`` at once."""

    def __init__(self, executor: Executor, pairs: tuple[Pair, ...]) -> None:
        self._executor, self._pairs = executor, pairs
        self._pending: Pending[tuple[Compared, ...]] | None = executor.submit(tasks.compare_pairs, pairs)
        self._lost: WorkLost | None = None
        self._found: tuple[deque[Compared], ...] = tuple(deque() for _ in pairs)
        self._ahead: deque[tuple[int, Share]] = deque()
        self._under_way: deque[tuple[int, Pending[Compared]]] = deque()

    def done(self) -> bool:
        """Whether ``shares`` would wait for nothing; if not, and a share could be handed in, it is."""
        try:
            if self._pending is not None and not self._pending.done():
                return False
            self._advance()
        except WorkLost:
            return True
        return not self._under_way

    def result(self) -> tuple[tuple[Compared, ...], ...]:
        """The shares of each pair, waited for."""
        return tuple(tuple(self.shares(at)) for at in range(len(self._pairs)))

    def shares(self, at: int) -> Iterator[Compared]:
        """The shares of one pair, each as soon as it is there, which nobody else is given then. Raises ``WorkLost`` where one of the capture's is."""
        while True:
            self._advance()
            while self._found[at]:
                yield self._found[at].popleft()
            if not self._under_way:
                return
            self._take_in(*self._under_way.popleft())

    def _advance(self) -> None:
        """Take in what is there, and hand in what can be. Waits for the first step."""
        if self._lost is not None:
            raise self._lost
        if self._pending is not None:
            self._divide(self._pending)
            self._pending = None
        while self._under_way and self._under_way[0][1].done():
            self._take_in(*self._under_way.popleft())
        while self._ahead and len(self._under_way) < AT_ONCE * self._executor.ahead:
            at, share = self._ahead.popleft()
            self._under_way.append((at, self._executor.submit(tasks.compare_share, share)))

    def _divide(self, pending: Pending[tuple[Compared, ...]]) -> None:
        for at, one in enumerate(self._owed(pending)):
            self._found[at].append(one)
            self._ahead.extend(
                (at, Share(pair=self._pairs[at], paired=one.paired, first=first, last=last))
                for first, last in one.rest
            )

    def _take_in(self, at: int, pending: Pending[Compared]) -> None:
        self._found[at].append(self._owed(pending))

    def _owed(self, pending: Pending[B]) -> B:
        try:
            return pending.result()
        except WorkLost as lost:
            self._lost = lost
            raise
