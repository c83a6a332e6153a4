"""A change as Markdown: bold for added, struck for deleted, as chat and forges show it."""

from __future__ import annotations

import re

from archive.records import Change
from diffing.render.fold import FOLDED, folded
from diffing.render.said import carried_line, headline, limit_line

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")


def markdown(change: Change) -> str:
    """Headline in bold, redline, limits as a list, what went along."""
    parts = [f"**{_escaped(headline(change))}**"]
    if any(sign != "=" for sign, _ in change.ops):
        parts.append("".join(_marked(sign, words) for sign, words in folded(change.ops)).strip())
    elif change.text_after:
        parts.append(_escaped(change.text_after))
    if change.limits:
        parts.append("\n".join(f"- {_escaped(limit_line(limit))}" for limit in change.limits))
    if change.carried:
        parts.append(f"_{_escaped(carried_line(change))}_")
    return "\n\n".join(parts)


def _marked(sign: str, words: str) -> str:
    if sign == FOLDED:
        return f" \\[{FOLDED}\\] "
    if sign == "=" or not words.strip():
        return _escaped(words)
    # Emphasis does not open before a blank nor cross a line.
    mark = "~~" if sign == "-" else "**"
    lines = []
    for line in words.split("\n"):
        inner = line.strip()
        lead, trail = line[: len(line) - len(line.lstrip())], line[len(line.rstrip()) :]
        lines.append(f"{lead or ' '}{mark}{_escaped(inner)}{mark}{trail or ' '}" if inner else line)
    return "\n".join(lines)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "  \n")
