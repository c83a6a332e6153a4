"""The log of a service: key=value or JSON lines on standard error, each with the run it belongs to, and nothing secret in it.

A run's number is that of the ledger. It is bound while the run goes on (``bound``), so that whatever is written meanwhile carries it: what happened, the
lines of the crawl's child process, and the traceback of a mistake of ours. structlog is imported where a log is kept: it brings asyncio, rich and, where that
is installed, twisted, and a command that tells people lines needs none of them.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import sys
import threading
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TextIO

from tocsin.config_service import JSON, PLAIN
from tocsin.service.masking import Mask

FORM = "TOCSIN_LOG"
"""The variable by which the schedule tells its children the form of the log."""
_FIRST = ("timestamp", "level", "event", "run", "source")
_of_scrapy = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \[([^]]+)\] (\w+): (.*)", re.DOTALL)
_TOLD = "tocsin_told"  # on an exception: it is in the log
_LEVELS = {"WARNING": "warning", "ERROR": "error", "CRITICAL": "critical"}
_QUIET = ("INFO", "DEBUG")
_OF_LIBRARIES = "py.warnings"
"""What Python's warnings are logged by: they are for who writes the program, and the same in every run."""
_on = False


def chosen(said: str, *, is_service: bool, stream: TextIO = sys.stderr) -> str:
    """The form of the log: as the schedule said it to this process, as the configuration says it, else key=value on a terminal and JSON elsewhere; "" where
    a person asked for one round and reads lines."""
    form = os.environ.get(FORM, "") or said
    if form in (PLAIN, JSON):
        return form
    if not is_service:
        return ""
    return PLAIN if stream.isatty() else JSON


def set_up(form: str, mask: Mask, stream: TextIO = sys.stderr) -> None:
    """From here on this process writes its log in a form; what libraries log as a warning or worse goes the same way."""
    global _on
    import structlog

    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        masking(mask),
    ]
    last = _rendered_json if form == JSON else _rendered_plain
    structlog.configure(
        processors=[*shared, last],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, masking(mask), last],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    sys.excepthook = _broke
    threading.excepthook = lambda of: _broke(of.exc_type, of.exc_value, of.exc_traceback)
    _on = True


def is_on() -> bool:
    """Whether this process writes such a log."""
    return _on


def turn_off() -> None:
    """Back to lines for people (tests, and who used this process for something else)."""
    global _on
    import structlog

    structlog.reset_defaults()
    logging.getLogger().handlers = []
    sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
    _on = False


def log() -> Any:
    """The logger; it is to be asked only where ``is_on``."""
    import structlog

    return structlog.get_logger()


def broke(event: str, error: BaseException) -> None:
    """Write a mistake of ours with its traceback, once: whoever meets it again on its way up has nothing to add."""
    if not getattr(error, _TOLD, False):
        with contextlib.suppress(AttributeError):
            setattr(error, _TOLD, True)
        log().error(event, reason=f"{type(error).__name__}: {error}", exc_info=error)


def _broke(_kind: object, error: BaseException | None, _trace: object = None) -> None:
    """In the place of Python's own traceback, which nobody masks."""
    if error is not None and not isinstance(error, SystemExit | KeyboardInterrupt):
        broke("program broke", error)


def bound(**values: Any) -> AbstractContextManager[Any]:
    """While it lasts everything that is written carries these values."""
    if not _on:
        return nullcontext()
    from structlog.contextvars import bound_contextvars

    return bound_contextvars(**values)


def masking(mask: Mask) -> Callable[[Any, str, MutableMapping[str, Any]], dict[str, Any]]:
    """The processor that masks every text of an event."""

    def masked(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
        # What structlog keeps for itself while it formats a record of the standard library is no text.
        own = {key: value for key, value in event.items() if key.startswith("_")}
        said: Mapping[str, Any] = {key: value for key, value in event.items() if key not in own}
        return {**{key: mask.value(value) for key, value in said.items()}, **own}

    return masked


def heard(source: str) -> Callable[[str], None] | None:
    """What takes the lines that the crawl of a source writes to its standard error, and writes what matters of them into the log, with the run
    that is bound now; None where no log is kept."""
    if not _on:
        return None
    from structlog.contextvars import get_contextvars

    return Heard(log().bind(**{**get_contextvars(), "source": source}))


class Heard:
    """The lines of a child process as events: a record of its log with the lines that follow it (a traceback) is one. Its everyday records are left
    out, and so is what it only passes through. ``""`` ends the last one."""

    def __init__(self, to: Any) -> None:
        self._to = to
        self._lines: list[str] = []

    def __call__(self, line: str) -> None:
        """One line without its end."""
        if not line or _of_scrapy.match(line) or (line.startswith("Traceback ") and self._is_everyday()):
            self._write()
        if line:
            self._lines.append(line)

    def _is_everyday(self) -> bool:
        """Whether the record that is being read is one of those that are left out: a traceback after it is not its own."""
        hit = _of_scrapy.match(self._lines[0]) if self._lines else None
        return hit is not None and hit[2] in _QUIET

    def _write(self) -> None:
        said, self._lines = "\n".join(self._lines), []
        if not said.strip():
            return
        hit = _of_scrapy.fullmatch(said)
        if hit is None:
            self._to.warning("crawl said", said=said)
        elif hit[2] not in _QUIET and hit[1] != _OF_LIBRARIES:
            getattr(self._to, _LEVELS.get(hit[2], "warning"))("crawl said", by=hit[1], said=hit[3])


def _rendered_json(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    return json.dumps(_ordered(event), ensure_ascii=False, default=str)


def _rendered_plain(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> str:
    """``key=value``; a value with blanks or signs as JSON, so that an event stays one line."""
    return " ".join(f"{key}={_plain(value)}" for key, value in _ordered(event).items())


def _ordered(event: MutableMapping[str, Any]) -> dict[str, Any]:
    first = {key: event[key] for key in _FIRST if key in event}
    return {**first, **{key: value for key, value in event.items() if key not in first}}


def _plain(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(r"[\w.:/+-]+", value):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
