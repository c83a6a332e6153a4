"""What an executor is: it takes a function and its argument, and owes the result; whoever has several asks for them in order."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, Protocol, Self, TypeVar

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


Begun = TypeVar("Begun", bound=Pending[Any])


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
"""How many bytes may be held of what is under way: arguments, and what is owed of them."""


class Window:
    """The bytes that one process holds of what is under way for it, in all the steps that it has done ahead."""

    def __init__(self) -> None:
        self.held = 0

    @property
    def is_full(self) -> bool:
        """Whether nothing more should be begun."""
        return self.held >= WINDOW


def in_order(
    executor: Executor,
    function: Callable[[A], B],
    items: Iterable[tuple[X, A | None]],
    size: Callable[[A], int] = lambda _: 0,
    window: Window | None = None,
) -> Iterator[tuple[X, B | None]]:
    """The results of a function in the order of the items, each with what stood beside its argument; None where there was no argument, or where its
    work was lost, which the executor's notes then say. How many are under way: see ``begun_in_turn``."""
    begun = begun_in_turn(
        executor, lambda argument: executor.submit(function, argument), items, size, window or Window()
    )
    for beside, owed in begun:
        yield beside, None if owed is None else _result(executor, owed)


def begun_in_turn(
    executor: Executor,
    begin: Callable[[A], Begun],
    items: Iterable[tuple[X, A | None]],
    size: Callable[[A], int],
    window: Window,
) -> Iterator[tuple[X, Begun | None]]:
    """What ``begin`` made of each item, in their order, when it is done; or undone, for who gets it to wait for, when no more may be under way.

    At most ``executor.ahead`` tasks are, for which by ``size`` (argument and result) fewer bytes are held than the window takes: however long the items
    are, memory stays flat. For one that is given out another one is begun first, so that workers have something to do meanwhile.
    """
    waiting: deque[tuple[X, Begun | None, int]] = deque()
    under_way = 0
    for beside, argument in items:
        pending = None if argument is None else begin(argument)
        length = 0 if argument is None else size(argument)
        waiting.append((beside, pending, length))
        under_way += pending is not None
        window.held += length
        may_give = pending is not None
        while waiting and (
            (owed := waiting[0][1]) is None
            or under_way > executor.ahead
            or window.is_full
            or (may_give and owed.done())
        ):
            first, owed, length = waiting.popleft()
            if owed is not None:
                under_way -= 1
                may_give = False
            _look_at(waiting)
            yield first, owed
            window.held -= length
    while waiting:
        first, owed, length = waiting.popleft()
        _look_at(waiting)
        yield first, owed
        window.held -= length


def note(executor: Executor, lost: WorkLost) -> None:
    """Say once what a person should know of lost work."""
    if str(lost) not in executor.notes:
        executor.notes.append(str(lost))


def _look_at(waiting: Iterable[tuple[X, Pending[Any] | None, int]]) -> None:
    """Before the process turns to something else: a task of several steps takes its next one when it is looked at."""
    for _, owed, _ in waiting:
        if owed is not None:
            owed.done()


def _result(executor: Executor, pending: Pending[B]) -> B | None:
    try:
        return pending.result()
    except WorkLost as lost:
        note(executor, lost)
        return None
