"""Statutes as Markdown (headings with #, a paragraph a block) or as plain text, as the stream of blocks that pages give."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from normalize.audit import Account
from normalize.china_profile import MARKDOWN
from normalize.page_blocks import Block
from normalize.table import Cell, Row, Table

_HEADING = re.compile(r"(?P<marks>#{1,6})\s+(?P<words>.+?)(?:\s+#+)?$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_BULLET = re.compile(r"^[-*+]\s+(?=\S)")
_EMPHASIS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_RULE = re.compile(r"\s*([-*_])(?:\s*\1){2,}\s*$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")


def markdown_blocks(text: str, account: Account) -> Iterator[Block]:
    """The blocks of ``text``. Emphasis marks, rules and bullets are typography; what they mark stays."""
    place = etree.Element("text")
    for comment in _COMMENT.findall(text):
        account.discard(MARKDOWN, "comment", comment)
    rows: list[str] = []
    for line in _COMMENT.sub("\n", text).splitlines():
        line = line.replace("\u3000", " ").strip()
        if line.startswith("|") or (rows and "|" in line):
            rows.append(line)
            continue
        if rows:
            yield Block(kind="table", place=place, table=_table(rows, place))
            rows = []
        if not line or _RULE.fullmatch(line):
            continue
        if found := _HEADING.fullmatch(line):
            yield Block(kind="heading", place=place, level=len(found["marks"]), text=_plain(found["words"]))
        else:
            yield Block(kind="text", place=place, text=_plain(_BULLET.sub("", line, count=1)))
    if rows:
        yield Block(kind="table", place=place, table=_table(rows, place))


def typography_taken(text: str) -> str:
    """``text`` as it prints, without the signs of Markdown: what its provisions have to account for."""
    lines = []
    for line in _COMMENT.sub("\n", text).splitlines():
        if _RULE.fullmatch(line) or _TABLE_RULE.fullmatch(line):
            continue
        found = _HEADING.fullmatch(line.strip())
        line = found["words"] if found else _BULLET.sub("", line.strip(), count=1)
        lines.append(_plain(line))
    return "\n".join(lines)


def _plain(text: str) -> str:
    return " ".join(_EMPHASIS.sub(r"\2", text).split())


def _table(lines: list[str], place: etree._Element) -> Table:
    rows: list[Row] = []
    for line in lines:
        if _TABLE_RULE.fullmatch(line):
            continue
        cells = [_plain(cell) for cell in line.strip().strip("|").split("|")]
        rows.append(
            Row(
                cells=tuple(Cell(text=cell, column=at, of=cell) for at, cell in enumerate(cells)),
                place=place,
            )
        )
    headed = len(lines) > 1 and bool(_TABLE_RULE.fullmatch(lines[1]))
    return Table(head=tuple(rows[:1]) if headed else (), body=tuple(rows[1:] if headed else rows))
