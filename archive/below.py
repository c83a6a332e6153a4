"""What is at a place and below it, in SQL. "/" parts the levels of works, "." those of codes and eids, in some laws "/" those of
eids as well: ``level`` is the first of them. Both sort before "0", and "-" before both, so that
``us/cfr/15/744-1`` is not below ``us/cfr/15/744``."""

from __future__ import annotations


def at_or_below(column: str, level: str = "/") -> str:
    """The condition that a column names a place or one below it; an index on the column finds both. It takes the place as a value three times."""
    return f"({column} = ? OR ({column} >= ? || '{level}' AND {column} < ? || '0'))"
