"""A page's content as a stream of blocks in reading order: headings, runs of text, list items, tables; whatever the layout around."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from normalize.inline import inline_text, tag_of
from normalize.table import Table, read_table

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SUMMARY_LEVEL = 7
_BLOCKS = frozenset(
    "p div section article main header footer aside ul ol li dl dt dd table blockquote pre figure figcaption address details summary "
    "hr center fieldset legend menu dir body tbody tr td th thead tfoot caption video audio".split()
) | frozenset(_HEADINGS)
_LISTS = frozenset({"ul", "ol", "menu", "dir", "dl"})
_COUNTED_CEILING = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """``kind`` is ``heading`` (``level`` 1 the highest), ``text``, ``item`` (it opens an item of the list at depth ``level``; ``num`` is the
    number a browser prints before it), ``close`` (the list at ``level`` ends) or ``table``."""

    kind: str
    place: etree._Element
    level: int = 0
    text: str = ""
    num: str = ""
    table: Table | None = None


def blocks(content: etree._Element) -> Iterator[Block]:
    """The blocks of ``content``. The depth of the tree was bounded when it was parsed."""
    yield from _inside(content, 0)


def _inside(element: etree._Element, depth: int) -> Iterator[Block]:
    """The blocks of a container: runs of inline content between them are text."""
    run = _new_run(element.text)
    for child in element:
        tag = tag_of(child)
        if not tag:
            _extend(run, child.tail)
            continue
        if tag in _BLOCKS or _holds_blocks(child):
            if text := inline_text(run):
                yield Block(kind="text", place=element, level=depth, text=text)
            yield from _block(child, tag, depth)
            run = _new_run(child.tail)
        else:
            run.append(deepcopy(child))
    if text := inline_text(run):
        yield Block(kind="text", place=element, level=depth, text=text)


def _block(element: etree._Element, tag: str, depth: int) -> Iterator[Block]:
    if tag in _HEADINGS or tag == "summary":
        level = _HEADINGS.get(tag, _SUMMARY_LEVEL)
        if text := " ".join(inline_text(element).split()):
            yield Block(kind="heading", place=element, level=level, text=text)
    elif tag == "table":
        yield from _table(element, depth)
    elif tag in _LISTS:
        yield from _list(element, tag, depth + 1)
    elif tag == "pre":
        for line in "".join(_breaks(element)).splitlines():
            if line.strip():
                yield Block(kind="text", place=element, level=depth, text=" ".join(line.split()))
    else:
        yield from _inside(element, depth)


def _list(element: etree._Element, tag: str, depth: int) -> Iterator[Block]:
    number = _counted(element.get("start"), 1)
    run = _new_run(element.text)
    if text := inline_text(run):
        yield Block(kind="text", place=element, level=depth - 1, text=text)
    for child in element:
        name = tag_of(child)
        if name in ("li", "dt"):
            number = _counted(child.get("value"), number)
            printed = f"{_in_style(number, element.get('type', '1'))}." if tag == "ol" else ""
            yield Block(kind="item", place=child, level=depth, num=printed)
            number += 1
            yield from _inside(child, depth)
        elif name:
            yield from (_inside(child, depth) if name in ("dd", "div") else _block(child, name, depth))
        if child.tail and child.tail.strip():
            yield Block(kind="text", place=element, level=depth, text=" ".join(child.tail.split()))
    yield Block(kind="close", place=element, level=depth)


def _table(element: etree._Element, depth: int) -> Iterator[Block]:
    """A table of data as a table; one of layout (a single cell, or cells that hold tables and lists) as what it holds."""
    cells = list(element.iter("td", "th"))
    nested = next(element.iterdescendants("table"), None) is not None
    if len(cells) <= 1 or nested or any(_is_layout(cell) for cell in cells):
        for row in element.iter("tr", "caption"):
            if _own_table(row) is not element:
                continue
            if row.tag == "caption":
                yield from _inside(row, depth)
                continue
            for cell in row.iterchildren("td", "th"):
                yield from _inside(cell, depth)
        return
    table = read_table(element)
    if table.head or table.body or table.foot or table.caption:
        yield Block(kind="table", place=element, level=depth, table=table)


def _own_table(element: etree._Element) -> etree._Element | None:
    return next((above for above in element.iterancestors("table")), None)


def _is_layout(cell: etree._Element) -> bool:
    return next(cell.iterdescendants(*_HEADINGS), None) is not None


def _holds_blocks(element: etree._Element) -> bool:
    return next(element.iterdescendants(*_BLOCKS), None) is not None


def _new_run(text: str | None) -> etree._Element:
    run = etree.Element("run")
    run.text = text
    return run


def _extend(run: etree._Element, text: str | None) -> None:
    if text:
        if len(run):
            run[-1].tail = (run[-1].tail or "") + text
        else:
            run.text = (run.text or "") + text


def _breaks(element: etree._Element) -> Iterator[str]:
    for one in element.iter():
        if tag_of(one) == "br":
            yield "\n"
        if tag_of(one) and one.text:
            yield one.text
        if one.tail and one is not element:
            yield one.tail


def _counted(said: str | None, otherwise: int) -> int:
    text = (said or "").strip()
    return (
        min(int(text), _COUNTED_CEILING) if text.isascii() and text.isdigit() and len(text) < 7 else otherwise
    )


def _in_style(number: int, style: str) -> str:
    if style in ("a", "A") and 1 <= number <= 26:
        return chr(ord(style) + number - 1)
    if style in ("i", "I") and number < 90:
        from normalize.markers import to_roman

        return to_roman(number) if style == "i" else to_roman(number).upper()
    return str(number)
