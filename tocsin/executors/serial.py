"""No workers: each task is done when its result is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic

from tocsin.executors.protocol import A, B, ClosedAtTheEnd, Pending, failed


class Serial(ClosedAtTheEnd):
    """This process alone."""

    ahead = 0

    def __init__(self) -> None:
        self.notes: list[str] = []

    def submit(self, function: Callable[[A], B], argument: A) -> Pending[B]:
        """Keep it until its result is asked for."""
        return _Kept(function, argument)

    def close(self) -> None:
        """Nothing was started."""


@dataclass(frozen=True, slots=True)
class _Kept(Generic[A, B]):
    function: Callable[[A], B]
    argument: A

    def done(self) -> bool:
        return False

    def result(self) -> B:
        try:
            return self.function(self.argument)
        except Exception as error:
            raise failed(error) from error
