"""A document that its publisher took down, and one that is there again: each is told as what happens to the whole of it (docs/adr/0010)."""

from __future__ import annotations

from archive.records import Change, Expression


def document_withdrawn(expression: Expression, *, said: str) -> Change:
    """The repeal of a whole document, which is what its withdrawal is to those who relied on it. ``said`` is how it is known."""
    text = _text(expression)
    return Change(
        kind="repeal",
        materiality="substantive",
        reason=f"the document was withdrawn: {said}",
        unit="document",
        heading=expression.title,
        text_before=text,
        ops=(("-", text),) if text else (),
    )


def document_returned(expression: Expression) -> Change:
    """The insertion of a whole document that was withdrawn; what its words changed meanwhile is told beside it."""
    text = _text(expression)
    return Change(
        kind="insertion",
        materiality="substantive",
        reason="the document was withdrawn and is published again",
        unit="document",
        heading=expression.title,
        text_after=text,
        ops=(("+", text),) if text else (),
    )


def _text(expression: Expression) -> str:
    return "\n".join(one.text for one in expression.walk() if one.text)
