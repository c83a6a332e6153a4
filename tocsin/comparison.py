"""Two editions compared in the scope that both of them have."""

from __future__ import annotations

from archive.records import Change, Expression
from archive.shared_scope import shared
from diffing.engine import compare


def compared(before: Expression, after: Expression) -> tuple[Change, ...]:
    """What changed, in document order. A part that one of them does not print was neither repealed nor inserted: it is not compared, and
    ``archive.shared_scope.statement`` says so."""
    return compare(*shared(before, after))
