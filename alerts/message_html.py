"""A message as HTML for mail: inline styles only, because mail programs drop style sheets, ``<ins>`` and ``<del>``.

Colours are given with their background, so that they stay readable where a mail program turns the page dark. Between deleted and
inserted words stands an arrow, so that the numbers do not run together where a program drops the styles.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from alerts.message import Entry, Message, visible
from alerts.message_text import day_line, done_line, fact_lines, limit_rows
from archive.records import Operation
from diffing.render.said import carried_line

_FONT = (
    "font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Sans CJK SC','Noto Sans CJK JP',sans-serif"
)
_PAGE = f"margin:0;padding:16px;background:#ffffff;color:#1c1c1c;{_FONT};font-size:15px;line-height:1.5"
_COLUMN = "max-width:720px;margin:0 auto;overflow-wrap:anywhere"
_MUTED = "margin:0 0 4px;color:#595959;font-size:13px"
_BOX = "margin:0 0 20px;padding:12px 14px;border:1px solid #d4d4d4;border-radius:6px;background:#ffffff;color:#1c1c1c"
_REDLINE = "margin:8px 0;overflow-wrap:anywhere;font-size:15px;line-height:1.6"
_DELETED = "background:#fbe4e4;color:#8c1616;text-decoration:line-through"
_INSERTED = "background:#dff3e3;color:#0f5123;text-decoration:underline;font-weight:600"
_LONG = 400  # characters; a page of bold and underlined words is hard to read
_INSERTED_LONG = "background:#eef9f0;color:#0f5123"
_CELL = "overflow-wrap:normal;padding:2px 12px 2px 0;text-align:left;vertical-align:top;font-size:14px"


def render_html(message: Message) -> str:
    """The HTML part of a mail: one complete document, every text escaped."""
    return visible("".join(_document(message)))


def redline(ops: tuple[Operation, ...]) -> str:
    """The operations as styled runs."""
    parts = []
    for at, (sign, text) in enumerate(ops):
        if sign == "=":
            parts.append(_broken(text))
        elif sign == "-":
            parts.append(f'<span style="{_DELETED}">{_broken(text)}</span>')
            if at + 1 < len(ops) and ops[at + 1][0] == "+":
                parts.append(" → ")
        else:
            style = _INSERTED if len(text) <= _LONG else _INSERTED_LONG
            parts.append(f'<span style="{style}">{_broken(text)}</span>')
    return "".join(parts)


def _broken(text: str) -> str:
    """Escaped, with line ends as ``<br>``: Outlook drops ``white-space``."""
    return escape(text).replace("\n", "<br>")


def _document(message: Message) -> Iterator[str]:
    yield '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield '<meta name="color-scheme" content="light">'
    yield f"<title>{escape(message.title)}</title></head>"
    yield f'<body style="{_PAGE}"><div style="{_COLUMN}">'
    yield f'<h1 style="font-size:20px;line-height:1.3;margin:0 0 8px">{escape(message.title)}</h1>'
    named = f"{message.source}: {message.work_title}" if message.work_title else message.source
    yield _line(named) + _line(message.edition)
    yield from (_line(day_line(*dated), "margin:0 0 4px;font-weight:600") for dated in message.dates)
    yield from (_line(line, "margin:0 0 4px") for line in fact_lines(message))
    yield '<h2 style="font-size:16px;margin:16px 0 4px">Why you hear of this</h2><ul style="margin:0 0 16px;padding-left:20px">'
    for note in message.watches:
        count = f" ({len(note.changes)} changes)" if len(note.changes) > 1 else ""
        yield (
            f"<li><strong>{escape(note.name)}</strong> of {escape(note.owner)}, matter {escape(note.matter)}: "
            f"{escape(note.reason)}{count}</li>"
        )
    yield "</ul>"
    for section in message.sections:
        if section.heading:
            yield f'<h2 style="font-size:16px;margin:20px 0 8px">{escape(section.heading)}</h2>'
        for entry in section.entries:
            yield from _entry(entry)
    yield from _remainder(message)
    yield '<hr style="border:0;border-top:1px solid #d4d4d4;margin:16px 0 8px">' + _line(message.legal)
    if message.link:
        yield _line_of(_link(message.link, "All changes of this edition"))
    yield "</div></body></html>\n"


def _entry(entry: Entry) -> Iterator[str]:
    change = entry.change
    yield f'<div style="{_BOX}">'
    yield f'<h3 style="font-size:15px;margin:0">{escape(entry.citation)}</h3>'
    yield _line(done_line(entry))
    yield f'<div style="{_REDLINE}">{redline(change.ops) or _broken(change.text_after)}</div>'
    if change.carried:
        yield _line(carried_line(change))
    if entry.cut:
        yield _line_of(
            f"{entry.cut:,} changed characters are not shown here"
            + (f"; {_link(entry.link, 'the whole')}" if entry.link else ".")
        )
    yield from (_line(f"Found: {quote}") for quote in entry.quotes)
    if change.limits:
        yield '<table role="presentation" style="border-collapse:collapse;margin:4px 0 8px">'
        for row in limit_rows(entry):
            yield "<tr>" + "".join(f'<td style="{_CELL}">{escape(cell)}</td>' for cell in row) + "</tr>"
        yield "</table>"
    for watch, why in entry.why:
        yield _line(f"Matched by “{watch}”: {why}")
    yield _line(f"Materiality: {change.materiality} ({change.reason})")
    if entry.link:
        yield _line_of(_link(entry.link, "Read it in the archive"))
    yield "</div>"


def _remainder(message: Message) -> Iterator[str]:
    if message.listed:
        yield '<h2 style="font-size:16px;margin:20px 0 4px">Also changed, not shown here</h2><ul style="margin:0 0 8px;padding-left:20px">'
        for name, link in message.listed:
            yield f"<li>{_link(link, name) if link else escape(name)}</li>"
        yield "</ul>"
    if message.uncounted:
        yield _line(f"and {message.uncounted:,} more that are not named here.")
    if message.others:
        yield _line(
            f"{message.others:,} other substantive changes of this edition met none of these watches."
        )


def _line(text: str, style: str = _MUTED) -> str:
    return _line_of(escape(text), style)


def _line_of(markup: str, style: str = _MUTED) -> str:
    return f'<p style="{style}">{markup}</p>'


def _link(address: str, words: str) -> str:
    return f'<a href="{escape(address)}" style="color:#0b57a4">{escape(words)}</a>'
