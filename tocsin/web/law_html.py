"""The text of a regulation as HTML: provisions as paragraphs under headings of their depth, rows as tables, each with its lasting address.

A page has thousands of these. Set by a template they took five times as long, for Datasette's templates wait for each value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from alerts.language import Texts
from alerts.message import visible
from archive.records import Provision
from tocsin.web import links
from tocsin.web.leaves import LONGEST, Leaf, Text
from tocsin.web.wording import Wording

_BARE = "¶"
"""What is followed to a provision that has neither number nor heading."""
_LONG_ROW = 100
"""Characters of a row that no telephone shows beside each other."""


def law(text: Text, work: str, *, query: Mapping[str, object], language: str, say: Texts) -> Markup:
    """One page of a text; its links keep the two days of ``query``."""
    html = "".join(_pieces(text, work, links.with_query("", query), say))
    return Markup(f'<div class="law" lang="{_plain(language)}">{html}</div>')  # noqa: S704 - every value in it is escaped


def _pieces(text: Text, work: str, query: str, say: Texts) -> Iterator[str]:
    said, table = Wording(say), say("Table")
    names: tuple[str, ...] = ()
    for at, leaf in enumerate(text.leaves):
        one = leaf.provision
        address = f'href="{_plain(links.work(work, one.eid) + query)}"'
        if leaf.cells:
            if leaf.begins:
                label, names = _plain(f"{table} {one.eid}"), _names(text.leaves, at)
                sort = ' class="stack"' if names else ""
                yield f'<div class="scroll d{leaf.depth}" role="region" tabindex="0" aria-label="{label}"><table{sort}>\n'
            # What heads a table stands on each sheet of paper again.
            head = leaf.begins and one.unit == "header"
            yield ("<thead>" if head else "<tbody>" if leaf.begins else "") + _row(leaf, address, names)
            yield "</thead><tbody>\n" if head else ""
            if leaf.ends:
                yield "</tbody></table></div>\n"
        elif one.num or one.heading or one.text or one.applicability:
            states = "".join(
                f'<p class="state">{_plain(said.state(state))}</p>' for state in one.applicability
            )
            yield f'<div class="provision d{leaf.depth}">{_words(leaf, address)}{states}</div>\n'


def _words(leaf: Leaf, address: str) -> str:
    one = leaf.provision
    cut = ' <span class="faint">[…]</span>' if leaf.cut else ""
    text = _plain(one.text[:LONGEST]) + cut
    if leaf.level:
        heading = _heading(one, address)
        return f"<h{leaf.level}>{heading}</h{leaf.level}>" + (f"<p>{text}</p>" if one.text else "")
    if one.num:
        link = f'<a class="num" {address}>{_plain(one.num)}</a>'
    else:
        link = f'<a class="num bare" {address} aria-label="{_plain(one.eid)}">{_BARE}</a>'
    heading = f" {_plain(one.heading)}" if one.heading else ""
    return f"<p>{link}{heading} {text}</p>"


def _heading(one: Provision, address: str) -> str:
    if one.num:
        return f'<a class="num" {address}>{_plain(one.num)}</a> {_plain(one.heading)}'
    return f'<a class="num" {address}>{_plain(one.heading)}</a>'


def _names(leaves: Sequence[Leaf], at: int) -> tuple[str, ...]:
    """The names of the columns of a table that begins here, where its rows are so long that a telephone stacks their cells; else none."""
    head, length, rows = leaves[at], 0, 0
    if head.ends or head.provision.unit != "header" or not 3 <= len(head.cells) <= 8:
        return ()
    for leaf in leaves[at + 1 :]:
        length, rows = length + len(leaf.provision.text), rows + 1
        if leaf.ends:
            break
    return tuple(map(_plain, head.cells)) if length > _LONG_ROW * rows else ()


def _row(leaf: Leaf, address: str, names: tuple[str, ...]) -> str:
    one, is_head = leaf.provision, leaf.provision.unit == "header"
    begin, end = ('<th scope="col">', "</th>") if is_head else ("<td>", "</td>")
    first, *others = leaf.cells
    link = f'<a class="num" {address}>{_plain(first or one.num or _BARE)}</a>'
    if is_head or len(names) != len(leaf.cells):
        cells = "".join(f"{begin}{_plain(cell)}{end}" for cell in others)
        return f"<tr>{begin}{link}{end}{cells}</tr>\n"
    named = zip(names, [link, *map(_plain, others)], strict=True)
    return "<tr>" + "".join(f'<td data-name="{name}">{cell}</td>' for name, cell in named) + "</tr>\n"


def _plain(value: str) -> str:
    """A value as text of HTML, without marks that act and are not seen."""
    return str(escape(value if value.isprintable() else visible(value)))
