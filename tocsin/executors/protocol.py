"""What an executor is: it takes a function and its argument, and owes the result; whoever has several asks for them in order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Protocol, Self, TypeVar

A = TypeVar("A")
B = TypeVar("B")
X = TypeVar("X")
Owed = TypeVar("Owed", covariant=True)


class WorkLost(Exception):
    """A task whose result will not come: its workers died again and again, the cluster is gone. Whoever asked can do it himself."""


def failed(error: BaseException) -> WorkLost:
    """What to raise in the place of an error of the function."""
    return WorkLost(f"a task failed ({type(error).__name__}: {error}): it is done anew here")


class Pending(Protocol[Owed]):
    """A result that is on its way."""

    def done(self) -> bool:
        """Whether ``result`` would answer at once."""
        ...

    def result(self) -> Owed:
        """The result, waited for. Raises ``WorkLost`` where none will come, or where the function raised: it is pure, so that who calls it himself
        sees the same error in its place."""
        ...


class Executor(Protocol):
    """``ahead`` is how many tasks may be under way at once, 0 where nothing is gained by any; ``notes`` what a person should know of lost work."""

    @property
    def ahead(self) -> int: ...
    @property
    def notes(self) -> list[str]: ...

    def submit(self, function: Callable[[A], B], argument: A) -> Pending[B]:
        """Have ``function(argument)`` done. The function is one of a module, pure, and may be called more than once."""
        ...

    def close(self) -> None:
        """End what was started. What is under way is dropped."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class ClosedAtTheEnd(ABC):
    """A context that closes what it holds when it is left."""

    @abstractmethod
    def close(self) -> None:
        """End what was started."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


WINDOW = 64_000_000
"""How many bytes of arguments may be under way at once: what is owed of them is about as large, and the process that waits holds both."""


def in_order(
    executor: Executor,
    function: Callable[[A], B],
    items: Iterable[tuple[X, A | None]],
    size: Callable[[A], int] = lambda _: 0,
) -> Iterator[tuple[X, B | None]]:
    """The results of a function in the order of the items; see ``in_turn``."""
    return in_turn(executor, lambda argument: executor.submit(function, argument), items, size)


def in_turn(
    executor: Executor,
    begin: Callable[[A], Pending[B]],
    items: Iterable[tuple[X, A | None]],
    size: Callable[[A], int] = lambda _: 0,
) -> Iterator[tuple[X, B | None]]:
    """What ``begin`` promised of each item, in their order, each with what stood beside its argument; None where there was no argument, or where its
    work was lost, which the executor's notes then say.

    At most ``executor.ahead`` tasks are under way, of fewer bytes by ``size`` than ``WINDOW``: however long the items are, memory stays flat.
    """
    waiting: deque[tuple[X, Pending[B] | None, int]] = deque()
    under_way = held = 0
    for beside, argument in items:
        pending = None if argument is None else begin(argument)
        length = 0 if argument is None else size(argument)
        waiting.append((beside, pending, length))
        under_way += pending is not None
        held += length
        while waiting and (under_way > executor.ahead or held >= WINDOW or _is_ready(waiting[0][1])):
            first, owed, length = waiting.popleft()
            under_way -= owed is not None
            held -= length
            _look_at(waiting)
            yield first, _result(executor, owed)
    while waiting:
        first, owed, _ = waiting.popleft()
        _look_at(waiting)
        yield first, _result(executor, owed)


def _is_ready(pending: Pending[B] | None) -> bool:
    return pending is None or pending.done()


def _look_at(waiting: Iterable[tuple[X, Pending[B] | None, int]]) -> None:
    """Before the process turns to something else: a task of several steps takes its next one when it is looked at."""
    for _, owed, _ in waiting:
        _is_ready(owed)


def _result(executor: Executor, pending: Pending[B] | None) -> B | None:
    if pending is None:
        return None
    try:
        return pending.result()
    except WorkLost as lost:
        if str(lost) not in executor.notes:
            executor.notes.append(str(lost))
        return None
