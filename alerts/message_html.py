"""A message as HTML for mail: inline styles, because mail programs drop style sheets, ``<ins>`` and ``<del>``; what a sheet adds is darkness.

Between deleted and inserted words stands an arrow, so that the numbers do not run together where a program drops the styles. Law text carries
its own language, so that its characters are drawn as its readers write them.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import pairwise

from alerts.language import ENGLISH, Texts, texts
from alerts.mail_style import DARK, font, styled
from alerts.message import Entry, Message, visible
from alerts.message_text import (
    acknowledge_line,
    carried_line,
    cut_line,
    day_line,
    done_line,
    evidence_line,
    fact_rows,
    history_lines,
    limit_rows,
    materiality_line,
    rest_lines,
    watch_line,
    why_line,
)
from alerts.official_pages import is_web
from archive.records import Operation

_PAGE = "margin:0;padding:16px;font-size:15px;line-height:1.5"
_COLUMN = "max-width:720px;margin:0 auto;overflow-wrap:anywhere"
_LINE = "margin:0 0 4px;font-size:13px"
_PLAIN = "margin:0 0 4px"
_BOX = "margin:0 0 20px;padding:12px 14px;border:1px solid #d4d4d4;border-radius:6px"
_REDLINE = "margin:8px 0;font-size:15px;line-height:1.6"
_STRUCK = "text-decoration:line-through"
_ADDED = "text-decoration:underline;font-weight:600"
_ADDED_LONG = "text-decoration:underline"
_LONG = 120  # characters; a page of bold words is hard to read
_HEADING = "font-size:16px;margin:20px 0 8px"
_LIST = "margin:0 0 16px;padding-left:20px"
_TABLE = "border-collapse:collapse;margin:4px 0 10px;width:100%"
_CELL = "padding:4px 8px;border:1px solid #d4d4d4;text-align:left;vertical-align:top;font-size:14px"
_WHOLE_WORDS = "overflow-wrap:normal"
_SHORT = 14  # characters
_BUTTON = "display:inline-block;padding:8px 16px;border-radius:6px;text-decoration:none;font-weight:600"


def render_html(message: Message) -> str:
    """The HTML part of a mail: one complete document, every text escaped."""
    return visible("".join(_document(message, texts(message.language))))


def redline(ops: tuple[Operation, ...], say: Texts = ENGLISH) -> str:
    """The operations as styled runs; deleted and inserted words that meet are parted by an arrow, also for a reader that hears them."""
    parts = [_run(sign, text, say) for sign, text in ops]
    for at, ((sign, _), (following, _)) in reversed(list(enumerate(pairwise(ops)))):
        if {sign, following} == {"-", "+"}:
            parts.insert(at + 1, " → " if sign == "-" else " ")
    return "".join(parts)


def _run(sign: str, text: str, say: Texts) -> str:
    if sign == "=":
        return _broken(text)
    if sign == "-":
        return f'<span {styled("del", _STRUCK)} title="{escape(say("deleted"))}">{_broken(text)}</span>'
    attributes = styled("ins", _ADDED) if len(text) <= _LONG else styled("long", _ADDED_LONG)
    return f'<span {attributes} title="{escape(say("added"))}">{_broken(text)}</span>'


def _broken(text: str) -> str:
    """Escaped, with line ends as ``<br>``: Outlook drops ``white-space``."""
    return escape(text).replace("\n", "<br>")


def _document(message: Message, say: Texts) -> Iterator[str]:
    law = _lang(message.text_language)
    yield f'<!DOCTYPE html><html lang="{escape(message.language)}"><head><meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
    yield f"<title>{escape(message.title)}</title><style>{DARK}</style></head>"
    yield f"<body {styled('page', f'{_PAGE};{font(message.language)}')}>"
    yield f"<div {styled('page', _COLUMN)}>"
    yield f'<h1 style="font-size:20px;line-height:1.3;margin:0 0 8px">{escape(message.title)}</h1>'
    yield _line_of(_named(message, say)) + _line(message.edition)
    if message.update:
        yield _line(message.update)
    yield from (_plain(day_line(*dated, say), f"{_PLAIN};font-weight:600") for dated in message.dates)
    for name, value in fact_rows(message, say):
        yield _plain(say("{label}: {value}", label=name, value=value))
    if message.history:
        yield _heading(say("Earlier stages of this act"))
        yield _items(escape(line) for line in history_lines(message, say))
    yield _heading(say("Why you hear of this"))
    yield _items(escape(watch_line(note, say)) for note in message.watches)
    for section in message.sections:
        if section.heading:
            yield f'<h2{law} style="{_HEADING}">{escape(section.heading)}</h2>'
        for entry in section.entries:
            yield from _entry(entry, message, say)
    yield from _remainder(message, say)
    yield '<hr class="rule" style="border:0;border-top:1px solid #d4d4d4;margin:16px 0 12px">'
    yield from _where(message, say)
    yield _line(message.legal)
    yield "</div></body></html>\n"


def _entry(entry: Entry, message: Message, say: Texts) -> Iterator[str]:
    change, law = entry.change, _lang(message.text_language)
    yield f"<div {styled('box', _BOX)}>"
    yield f'<h3 style="font-size:15px;margin:0">{escape(entry.citation)}</h3>'
    yield _line(done_line(entry, say))
    words = redline(change.ops, say) or _broken(change.text_after)
    if words:
        family = font(message.text_language)
        yield f'<div{law} style="{_REDLINE};{escape(family)}">{words}</div>'
    if change.carried:
        yield _line(carried_line(entry, say))
    if entry.cut:
        whole = say("Read the whole change")
        link = f"{escape(say('; '))}{_link(entry.link, whole)}" if entry.link else ""
        yield _line_of(f"{escape(cut_line(entry, say))}{link}")
    yield from (
        _line_of(say("Found: {quote}", quote=f"<span{law}>{escape(quote)}</span>")) for quote in entry.quotes
    )
    if change.limits:
        yield _limits(entry, law, say)
    yield from (_line(why_line(*why, say)) for why in entry.why)
    yield _line(materiality_line(entry, say))
    if entry.link:
        pages = (
            _link(entry.link, say("Read it in the archive")),
            _link(_proof(entry.link), say("Its evidence")),
        )
        yield _line_of(" · ".join(pages))
    yield "</div>"


def _limits(entry: Entry, law: str, say: Texts) -> str:
    """The old and the new limits as a table that fits a telephone: which way one went stands under its name."""
    head = (say("Limit"), say("Before"), say("After"))
    cells = "".join(f'<th scope="col" {_cell("head", _WHOLE_WORDS)}>{escape(name)}</th>' for name in head)
    rows = "".join(
        f'<tr><th scope="row" {_cell("box", "font-weight:400")}><span{law}>{escape(name)}</span>'
        f"<br><strong>{escape(direction)}</strong></th>"
        + "".join(f"<td {_cell('box', _WHOLE_WORDS)}>{_held_together(value)}</td>" for value in (old, new))
        + "</tr>"
        for name, old, new, direction in limit_rows(entry, say)
    )
    return f'<table style="{_TABLE}"><thead><tr>{cells}</tr></thead><tbody>{rows}</tbody></table>'


def _named(message: Message, say: Texts) -> str:
    """The source, and the work in its own language."""
    if not message.work_title:
        return escape(message.source)
    title = f"<span{_lang(message.text_language)}>{escape(message.work_title)}</span>"
    return say("{label}: {value}", label=escape(message.source), value=title)


def _held_together(value: str) -> str:
    """A short value on one line: a comparator at the end of a line is read past."""
    return escape(value.replace(" ", "\u00a0") if len(value) <= _SHORT else value)


def _cell(look: str, more: str) -> str:
    return styled(look, f"{_CELL};{more}").replace('class="', 'class="cell ')


def _remainder(message: Message, say: Texts) -> Iterator[str]:
    uncounted, others = rest_lines(message, say)
    if message.listed:
        yield _heading(say("Also changed, not shown here"))
        yield _items(_link(link, name) if link else escape(name) for name, link in message.listed)
    if uncounted:
        yield _line(uncounted)
    if others:
        yield _line(others)


def _where(message: Message, say: Texts) -> Iterator[str]:
    if message.acknowledge:
        button = f'<a href="{escape(message.acknowledge)}" {styled("button", _BUTTON)}>{escape(say("Acknowledge"))}</a>'
        yield f'<p style="margin:0 0 12px">{button}</p>'
    links = [
        _link(address, words)
        for address, words in (
            (message.link, say("All changes of this edition")),
            (message.official, say("Official page")),
        )
        if address
    ]
    if links:
        yield _line_of(" · ".join(links))
    if evidence := evidence_line(message, say):
        yield _line_of(
            f"{escape(evidence)} {_link(message.proof, say('Its evidence'))}"
            if message.proof
            else escape(evidence)
        )
    if command := acknowledge_line(message, say):
        yield _line(command)


def _proof(link: str) -> str:
    return f"{link}#evidence"


def _lang(language: str) -> str:
    """The attribute for law text; an empty one where its language is not known, so that nobody takes it for the reader's."""
    return f' lang="{escape(language)}"'


def _heading(text: str) -> str:
    return f'<h2 style="{_HEADING}">{escape(text)}</h2>'


def _items(items: Iterator[str]) -> str:
    return f'<ul style="{_LIST}">{"".join(f"<li>{item}</li>" for item in items)}</ul>'


def _plain(text: str, style: str = _PLAIN) -> str:
    return f'<p style="{style}">{escape(text)}</p>'


def _line(text: str) -> str:
    return _line_of(escape(text))


def _line_of(markup: str) -> str:
    return f"<p {styled('muted', _LINE)}>{markup}</p>"


def _link(address: str, words: str) -> str:
    """A link, where the address is one of the web; else its words."""
    if not is_web(address):
        return escape(words)
    return f'<a href="{escape(address)}" {styled("link")}>{escape(words)}</a>'
