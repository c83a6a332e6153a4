"""Redlines in the marks of each format: of their own, never by colour alone. All text is escaped: it comes from fetched pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from archive.records import Operation

_ACTIVE = re.compile(r"([\\`*_\[\]<>#|~])")
_BLANKS = re.compile(r"\s+")


def html_redline(ops: Iterable[Operation]) -> str:
    """``ins`` and ``del``, which the style sheet underlines and strikes; a blank keeps neighbours apart when the text is copied."""
    parts: list[str] = []
    previous = ""
    for sign, text in ops:
        said = escape(text).replace("\n", "<br>")
        if sign == "=":
            parts.append(said)
        else:
            gap = " " if (previous, sign) == ("-", "+") else ""
            tag = "del" if sign == "-" else "ins"
            parts.append(f"{gap}<{tag}>{said}</{tag}>")
        previous = sign
    return "".join(parts)


def markdown(text: str) -> str:
    """Text on one line, with every mark that Markdown acts upon escaped."""
    return _ACTIVE.sub(r"\\\1", _BLANKS.sub(" ", text))


def markdown_redline(ops: Iterable[Operation]) -> str:
    """Inserted words bold, deleted words struck; emphasis does not open before a blank, nor cross a line."""
    return "".join(_emphasised(sign, text) for sign, text in ops).strip()


def _emphasised(sign: str, text: str) -> str:
    if sign == "=":
        return "  \n".join(markdown(line) for line in text.split("\n"))
    mark = "~~" if sign == "-" else "**"
    lines = (f" {mark}{markdown(line.strip())}{mark} " if line.strip() else line for line in text.split("\n"))
    return "  \n".join(lines)
