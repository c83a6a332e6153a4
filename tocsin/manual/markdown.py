"""The few forms of Markdown that the reference is made of."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Sequence

WRITTEN = "<!-- Written by `make reference` from the code: change the words there. -->"


def page(title: str, *parts: str) -> str:
    """A page: its title, where it comes from, and its parts set apart by empty lines."""
    return "\n\n".join((f"# {title}", WRITTEN, *(part.strip() for part in parts if part.strip()))) + "\n"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; "" where it has no row."""
    lines = [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join((f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *lines))


def code(words: str) -> str:
    """Words as code, "" for none."""
    return f"`{words}`" if words else ""


def prose(docstring: str | None) -> str:
    """A docstring as paragraphs: its lines joined, the marks of its code those of Markdown."""
    paragraphs = re.split(r"\n\s*\n", inspect.cleandoc(docstring or ""))
    joined = "\n\n".join(re.sub(r"\s*\n\s*", " ", paragraph).strip() for paragraph in paragraphs)
    return re.sub(r":[a-z]+:`~?([^`]+)`", r"`\1`", joined.replace("``", "`"))


def _cell(words: str) -> str:
    return words.replace("\n", " ").replace("|", "\\|").strip()
