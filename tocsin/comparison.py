"""Two editions compared in the scope that both of them have."""

from __future__ import annotations

from archive.records import Change, Expression
from archive.shared_scope import shared
from diffing.engine import Comparison, compare
from diffing.pairing import Paired


def compared(before: Expression, after: Expression) -> tuple[Change, ...]:
    """What changed, in document order. A part that one of them does not print was neither repealed nor inserted: it is not compared, and
    ``archive.shared_scope.statement`` says so."""
    return compare(*shared(before, after))


def aligned(before: Expression, after: Expression, paired: Paired | None = None) -> Comparison:
    """The same, aligned and not yet judged; ``paired`` is how they were aligned before, if they were."""
    return Comparison(*shared(before, after), paired)
