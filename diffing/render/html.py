"""A change as HTML for mail and browser: ins and del with inline styles, which Gmail and Outlook keep; nothing by colour alone.

Line breaks become ``<br>``, for mail clients drop ``white-space``. All text is escaped: it comes from fetched pages.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from archive.records import Change, Operation
from diffing.render.fold import FOLDED, folded
from diffing.render.said import carried_line, headline, limit_line

_INS = "background-color:#dff5e1;color:#0b4a1c;text-decoration:underline;"
_DEL = "background-color:#fbe3e4;color:#7a1218;text-decoration:line-through;"
_MOVED = "border-left:4px solid #5a4fcf;padding-left:8px;"
_QUIET = "color:#595959;"


def redline_html(ops: Iterable[Operation]) -> str:
    """Operations as inline HTML; a blank stands between a deletion and what replaces it, so that copied text reads well."""
    pieces: list[str] = []
    previous = ""
    for sign, words in folded(ops):
        said = escape(words).replace("\n", "<br>")
        if sign == "-":
            pieces.append(f'<del style="{_DEL}">{said}</del>')
        elif sign == "+":
            gap = " " if previous == "-" else ""
            pieces.append(f'{gap}<ins style="{_INS}">{said}</ins>')
        elif sign == FOLDED:
            pieces.append(f' <span style="{_QUIET}" title="unchanged words left out">[{FOLDED}]</span> ')
        else:
            pieces.append(said)
        previous = sign
    return "".join(pieces)


def html(change: Change) -> str:
    """One block: headline, redline, limits, what went along; a move is marked at its side as well as named."""
    moved = change.kind in ("move", "renumbering", "split", "join")
    parts = [f'<p style="margin:0 0 4px 0;"><strong>{escape(headline(change))}</strong></p>']
    if any(sign != "=" for sign, _ in change.ops):
        parts.append(f'<p style="margin:0 0 4px 0;">{redline_html(change.ops)}</p>')
    elif change.text_after:
        said = escape(change.text_after).replace("\n", "<br>")
        parts.append(f'<p style="margin:0 0 4px 0;">{said}</p>')
    if change.limits:
        items = "".join(f"<li>{escape(limit_line(limit))}</li>" for limit in change.limits)
        parts.append(f'<ul style="margin:0 0 4px 0;">{items}</ul>')
    if change.carried:
        parts.append(f'<p style="margin:0;{_QUIET}">{escape(carried_line(change))}</p>')
    style = f"margin:0 0 12px 0;{_MOVED if moved else ''}"
    return f'<div style="{style}">{"".join(parts)}</div>'
