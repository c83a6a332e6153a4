"""The comparisons of one capture, with all their shares: what a worker says is still to be judged is handed to whoever is free."""

from __future__ import annotations

from collections import deque

from tocsin.executors import tasks
from tocsin.executors.protocol import Executor, Pending, WorkLost
from tocsin.executors.tasks import Compared, Pair, Share

Shares = tuple[Compared, ...]
"""The shares of one comparison."""


class Divided:
    """A ``Pending`` of two steps: the pairs as one task, then the shares that its answer names, at most ``executor.ahead`` of them at once."""

    def __init__(self, executor: Executor, pairs: tuple[Pair, ...]) -> None:
        self._executor, self._pairs = executor, pairs
        self._pending = executor.submit(tasks.compare_pairs, pairs)
        self._found: list[list[Compared]] | None = None
        self._lost: WorkLost | None = None
        self._ahead: deque[tuple[int, Share]] = deque()
        self._under_way: deque[tuple[int, Pending[Compared]]] = deque()

    def done(self) -> bool:
        """Whether ``result`` would answer at once; if not, and a share could be handed in, it is."""
        try:
            if self._found is None and not self._pending.done():
                return False
            self._advance()
        except WorkLost as lost:
            self._lost = lost
            return True
        return not self._under_way

    def result(self) -> tuple[Shares, ...]:
        """The shares of each pair, waited for."""
        if self._lost is not None:
            raise self._lost
        found = self._advance()
        while self._under_way:
            at, owed = self._under_way.popleft()
            found[at].append(owed.result())
            self._advance()
        return tuple(map(tuple, found))

    def _advance(self) -> list[list[Compared]]:
        """Take in what is there, and hand in what can be; what is there so far."""
        if self._found is None:
            first = self._pending.result()
            self._found = [[one] for one in first]
            self._ahead.extend(
                (at, Share(pair=self._pairs[at], first=begin, last=end))
                for at, one in enumerate(first)
                for begin, end in one.rest
            )
        while self._under_way and self._under_way[0][1].done():
            at, owed = self._under_way.popleft()
            self._found[at].append(owed.result())
        while self._ahead and len(self._under_way) < self._executor.ahead:
            at, share = self._ahead.popleft()
            self._under_way.append((at, self._executor.submit(tasks.compare_share, share)))
        return self._found
