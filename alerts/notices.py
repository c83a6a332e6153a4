"""Messages that tell of messages: round-ups, what was held as unstable, what nobody acknowledged, incidents. Each is a few lines, a list, and the whole
text of what it is about.

Their own words are in the language of the messages that they tell of, where those have one in common; a message that they enclose stays in its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from alerts.language import ENGLISH, Texts
from alerts.mail_style import DARK, font, styled
from alerts.message import Payload, visible
from alerts.official_pages import is_web

RULE = "─" * 60
WHOLE = 150_000
"""Characters of enclosed messages; what comes after is named with its link."""
_INSIDE = re.compile(r"<body[^>]*>(?P<inside>.*)</body>", re.DOTALL | re.IGNORECASE)
_PAGE = "margin:0;padding:16px;font-size:15px;line-height:1.5;overflow-wrap:anywhere"
_PART = "margin:24px 0 0;padding:16px 0 0;border-top:2px solid #8a8a8a"


def notice(
    title: str,
    said: Sequence[str],
    *,
    listed: Sequence[tuple[str, str]] = (),
    enclosed: Sequence[Payload] = (),
    watches: Sequence[str] = (),
    thread: str = "",
    link: str = "",
    say: Texts = ENGLISH,
) -> Payload:
    """A message of ``title``, lines, a list of texts with a link each ("" for none), and whole messages enclosed, of which as many as ``WHOLE`` lets in."""
    title = " ".join(visible(title).split())
    whole: list[Payload] = []
    rest = list(enclosed)
    room = WHOLE
    while rest and len(rest[0].body) <= room:
        room -= len(rest[0].body)
        whole.append(rest.pop(0))
    named = [(one.title, one.link) for one in rest]
    too_long = say.plural(
        "{number} more is only named here, because this message would be too long:",
        "{number} more are only named here, because this message would be too long:",
        len(named),
    )
    more = [too_long] if named else []
    return Payload(
        title=title,
        body=visible("\n".join(_text(title, [*said, ""], listed, more, named, whole))).rstrip() + "\n",
        html=visible("".join(_html(title, said, listed, more, named, whole, say))),
        link=link,
        thread=thread,
        watches=tuple(watches),
        language=say.language,
    )


def with_line(payload: Payload, line: str) -> Payload:
    """The same message with a line after it."""
    body = f"{payload.body.rstrip()}\n\n{line}\n"
    end = payload.html.lower().rfind("</body>")
    if end < 0:
        return replace(payload, body=body)
    html = f'{payload.html[:end]}<p style="margin:16px 0 0">{escape(line)}</p>{payload.html[end:]}'
    return replace(payload, body=body, html=html)


def _text(
    title: str,
    said: Sequence[str],
    listed: Sequence[tuple[str, str]],
    more: Sequence[str],
    named: Sequence[tuple[str, str]],
    whole: Sequence[Payload],
) -> list[str]:
    lines = [title, "", *said, *_bullets(listed), "", *more, *_bullets(named)]
    for one in whole:
        lines += ["", RULE, one.body.rstrip()]
    return lines


def _bullets(listed: Sequence[tuple[str, str]]) -> list[str]:
    return [f"- {text}" + (f" {link}" if link else "") for text, link in listed]


def _html(
    title: str,
    said: Sequence[str],
    listed: Sequence[tuple[str, str]],
    more: Sequence[str],
    named: Sequence[tuple[str, str]],
    whole: Sequence[Payload],
    say: Texts,
) -> list[str]:
    parts = [
        f'<!DOCTYPE html><html lang="{escape(say.language)}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">',
        f"<title>{escape(title)}</title><style>{DARK}</style></head>",
        f"<body {styled('page', f'{_PAGE};{font(say.language)}')}>",
        f'<h1 style="font-size:20px;line-height:1.3;margin:0 0 8px">{escape(title)}</h1>',
        *(f"<p>{escape(line)}</p>" for line in said),
        _list(listed),
        *(f"<p>{escape(line)}</p>" for line in more),
        _list(named),
    ]
    for one in whole:
        found = _INSIDE.search(one.html)
        inside = found["inside"] if found else f"<pre>{escape(one.body)}</pre>"
        parts.append(
            f'<div lang="{escape(one.language)}" style="{_PART};{font(one.language)}">{inside}</div>'
        )
    return [*parts, "</body></html>"]


def _list(listed: Sequence[tuple[str, str]]) -> str:
    rows = [f"<li>{escape(text)}{_link(link)}</li>" for text, link in listed]
    return f"<ul>{''.join(rows)}</ul>" if rows else ""


def _link(link: str) -> str:
    if not is_web(link):
        return escape(f" {link}".rstrip())
    return f' <a href="{escape(link)}" {styled("link")}>{escape(link)}</a>'
