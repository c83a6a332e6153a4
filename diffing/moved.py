"""A document that its publisher put at another address: the same paper, with or without other words."""

from __future__ import annotations

from archive.records import Change, Expression


def document_moved(expression: Expression, *, before: str, after: str) -> Change:
    """The move of a whole document from one address to another. No word of law follows from an address, so it is editorial; what its words
    changed as well is told beside it."""
    return Change(
        kind="move",
        materiality="editorial",
        reason=f"the document moved from {before} to {after}",
        unit="document",
        heading=expression.title,
        text_before=expression.title,
        text_after=expression.title,
        ops=(("=", expression.title),) if expression.title else (),
        likeness=1.0,
    )
