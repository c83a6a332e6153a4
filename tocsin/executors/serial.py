"""No workers: each task is done when its result is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Generic, Self

from tocsin.executors.protocol import A, B, Pending, WorkLost


class Serial:
    """This process alone."""

    ahead = 0

    def __init__(self) -> None:
        self.notes: list[str] = []

    def submit(self, function: Callable[[A], B], argument: A) -> Pending[B]:
        """Keep it until its result is asked for."""
        return _Kept(function, argument)

    def close(self) -> None:
        """Nothing was started."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


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
            raise WorkLost(
                f"a task failed ({type(error).__name__}: {error}): it is done anew here"
            ) from error
