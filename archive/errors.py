"""The one tree of errors. Each carries data: what went wrong, where, and how to mend it.

``TocsinError`` is caught in one place, the command line, which prints :meth:`TocsinError.line` and exits
with ``exit_status``: 2 for bad input of a person, 1 for a run that did not reach its goal.
"""

from __future__ import annotations

from datetime import timedelta


class TocsinError(Exception):
    """Something a person has to know: ``thing`` (a file, a source, a work), ``place`` in it, ``mend``."""

    exit_status = 1

    def __init__(self, message: str, *, thing: str = "", place: str = "", mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.thing = thing
        self.place = place
        self.mend = mend

    def line(self) -> str:
        """One clear line: ``thing, place: message. mend``."""
        where = ", ".join(part for part in (self.thing, self.place) if part)
        said = f"{where}: {self.message}" if where else self.message
        return f"{said}. {self.mend}" if self.mend else said

    def __str__(self) -> str:
        return self.line()


class BadInput(TocsinError):
    """What a person handed in cannot be used: a file, a configuration, a watch, an option."""

    exit_status = 2


class UnreadableDocument(BadInput):
    """Bytes that no reader of ours can take for the document they are said to be."""


class UnsoundArchive(BadInput):
    """An archive that is absent, foreign, or of a newer schema than this program knows."""


class StorageFailed(TocsinError):
    """The disk, or a file of the archive, is at fault: it says nothing of what was to be written, and of its transaction nothing was."""


class Refused(TocsinError):
    """A fetched response that is not the document. ``kind`` names the failure, for the ledger."""

    def __init__(self, kind: str, message: str, *, thing: str = "", place: str = "", mend: str = "") -> None:
        super().__init__(message, thing=thing, place=place, mend=mend)
        self.kind = kind


class DeliveryFailed(TocsinError):
    """A message that its channel did not take. ``uncertain`` when it may have arrived all the same; ``retry_after`` is the wait
    that the channel asked for, None where it asked for none."""

    def __init__(
        self,
        message: str,
        *,
        thing: str = "",
        uncertain: bool = False,
        mend: str = "",
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(message, thing=thing, mend=mend)
        self.uncertain = uncertain
        self.retry_after = retry_after
