"""How far a run is: a bar on a terminal, plain log lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TextIO

from tocsin.service import logs

Advance = Callable[[int, int | None, str], None]


class Reporter(Protocol):
    """Shows how far the run of a source is."""

    def source(self, name: str) -> AbstractContextManager[Advance]:
        """While the run of a source goes on."""

    def line(self, text: str) -> None:
        """Say a thing of its own."""


def reporter(stream: TextIO = sys.stderr, *, is_logged: bool = False) -> Reporter:
    """A bar where a person looks on, lines where nobody does, events where a service keeps its log."""
    if is_logged:
        return _Log()
    return _Bar(stream) if stream.isatty() else _Lines(stream)


class _Bar:
    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console  # only where a person looks on: it takes a tenth of a second

        self._console = Console(file=stream)

    @contextmanager
    def source(self, name: str) -> Iterator[Advance]:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=self._console) as progress:
            task = progress.add_task(name, total=None)

            def advance(done: int, expected: int | None, what: str) -> None:
                progress.update(task, completed=done, total=expected, description=f"{name}  {what}"[:60])

            yield advance

    def line(self, text: str) -> None:
        self._console.print(text, markup=False, highlight=False, soft_wrap=True)


class _Lines:
    """A line at the start, one every ten seconds of work, and what is told."""

    EVERY_SECONDS = 10.0

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @contextmanager
    def source(self, name: str) -> Iterator[Advance]:
        self.line(f"{name}: start")
        said = time.monotonic()

        def advance(done: int, expected: int | None, what: str) -> None:
            nonlocal said
            if time.monotonic() - said >= self.EVERY_SECONDS:
                said = time.monotonic()
                self.line(f"{name}: {done} of {'?' if expected is None else expected}  {what}")

        yield advance

    def line(self, text: str) -> None:
        self._stream.write(f"{text}\n")
        self._stream.flush()


class _Log:
    """The same as events of the service's log."""

    @contextmanager
    def source(self, name: str) -> Iterator[Advance]:
        log = logs.log().bind(source=name)
        log.info("run started")
        said = time.monotonic()

        def advance(done: int, expected: int | None, what: str) -> None:
            nonlocal said
            if time.monotonic() - said >= _Lines.EVERY_SECONDS:
                said = time.monotonic()
                log.info("run goes on", done=done, expected=expected, what=what)

        yield advance

    def line(self, text: str) -> None:
        logs.log().warning(text)
