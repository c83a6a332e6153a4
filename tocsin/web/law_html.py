"""The text of a regulation as HTML: provisions as paragraphs under headings of their depth, rows as tables, each with its lasting address.

A page has thousands of these. Set by a template they took five times as long, for Datasette's templates wait for each value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from markupsafe import Markup, escape

from alerts.language import Texts
from alerts.message import visible
from archive.records import Applicability, Provision
from tocsin.web import links
from tocsin.web.leaves import LONGEST, Leaf, Text
from tocsin.web.wording import Wording

_BARE = "¶"
"""What is followed to a provision that has neither number nor heading."""
_LONG_NAME = 60
"""Characters of a first cell beyond which it holds more than a name, and is no link."""
_LONG_ROW = 100
"""Characters of a row that no telephone shows beside each other."""


def law(
    text: Text, work: str, *, query: Mapping[str, object], language: str, say: Texts, on: date | None = None
) -> Markup:
    """One page of a text as it stands ``on`` a day; its links keep the two days of ``query``."""
    html = "".join(_pieces(text, links.provisions(work, query), say, on))
    return Markup(f'<div class="law" lang="{plain(language)}">{html}</div>')  # noqa: S704 - every value in it is escaped


def _pieces(text: Text, addressed: Callable[[str], str], say: Texts, on: date | None) -> Iterator[str]:
    said, table = Wording(say), say("Table")
    names: tuple[str, ...] = ()
    above: list[tuple[Applicability, ...]] = []
    told = {leaf.names for leaf in text.leaves if leaf.names}
    for at, leaf in enumerate(text.leaves):
        one = leaf.provision
        address = f'href="{plain(addressed(one.eid))}"'
        if leaf.begins and leaf.ends and {leaf.cells, leaf.cells[1:]} & told:
            continue  # it heads each of the tables below
        if leaf.cells:
            if leaf.begins:
                label, names = plain(f"{table} {one.eid}"), _names(text.leaves, at)
                sort = ' class="stack"' if names else ""
                yield f'<div class="scroll d{leaf.depth}" role="region" tabindex="0" aria-label="{label}"><table{sort}>\n'
                if leaf.names:
                    heads = "".join(f'<th scope="col">{plain(name)}</th>' for name in leaf.names)
                    yield f"<thead><tr>{heads}</tr></thead>"
            # What heads a table stands on each sheet of paper again.
            head = leaf.begins and one.unit == "header"
            yield ("<thead>" if head else "<tbody>" if leaf.begins else "") + _row(leaf, address, names)
            yield "</thead><tbody>\n" if head else ""
            if leaf.ends:
                yield "</tbody></table></div>\n"
        elif one.num or one.heading or one.text or one.applicability:
            del above[leaf.depth :]
            above += [()] * (leaf.depth - len(above)) + [one.applicability]
            # What holds for all that stands under a heading is said there.
            own = [state for state in one.applicability if not any(state in some for some in above[:-1])]
            states = "".join(
                f'<p class="state">{plain(line)}</p>' for state in own if (line := said.state(state, on))
            )
            yield f'<div class="provision d{leaf.depth}">{_words(leaf, address)}{states}</div>\n'


def _words(leaf: Leaf, address: str) -> str:
    one = leaf.provision
    cut = ' <span class="faint">[…]</span>' if leaf.cut else ""
    text = plain(one.text[:LONGEST]) + cut
    if one.unit == "entry" and not one.heading:  # of a list whose columns nothing here names
        text = text.replace(" | ", "<br>")
    if leaf.level:
        heading = _heading(one, address)
        return f"<h{leaf.level}>{heading}</h{leaf.level}>" + (f"<p>{text}</p>" if one.text else "")
    if one.num:
        link = f'<a class="num" {address}>{plain(one.num)}</a>'
    else:
        link = f'<a class="num bare" {address} aria-label="{plain(one.eid)}">{_BARE}</a>'
    heading = f" {plain(one.heading)}" if one.heading else ""
    return f"<p>{link}{heading} {text}</p>"


def _heading(one: Provision, address: str) -> str:
    if one.num:
        return f'<a class="num" {address}>{plain(one.num)}</a> {plain(one.heading)}'
    return f'<a class="num" {address}>{plain(one.heading)}</a>'


def _names(leaves: Sequence[Leaf], at: int) -> tuple[str, ...]:
    """The names of the columns of a table that begins here, where its rows are so long that a telephone stacks their cells; else none."""
    head, length, rows = leaves[at], 0, 0
    if head.names:
        return tuple(map(plain, head.names))
    if head.ends or head.provision.unit != "header" or not 3 <= len(head.cells) <= 8:
        return ()
    for leaf in leaves[at + 1 :]:
        length, rows = length + len(leaf.provision.text), rows + 1
        if leaf.ends:
            break
    return tuple(map(plain, head.cells)) if length > _LONG_ROW * rows else ()


def _row(leaf: Leaf, address: str, names: tuple[str, ...]) -> str:
    one, is_head = leaf.provision, leaf.provision.unit == "header"
    begin, end = ('<th scope="col">', "</th>") if is_head else ("<td>", "</td>")
    first, *others = leaf.cells
    link = f'<a class="num" {address}>{plain(first or one.num or _BARE)}</a>'
    if one.num and first or len(first) > _LONG_NAME:
        link = f'<a class="num" {address}>{plain(one.num or _BARE)}</a> {plain(first)}'
    if is_head or len(names) != len(leaf.cells):
        cells = "".join(f"{begin}{plain(cell)}{end}" for cell in others)
        return f"<tr>{begin}{link}{end}{cells}</tr>\n"
    named = zip(names, [link, *map(plain, others)], strict=True)
    return "<tr>" + "".join(f'<td data-name="{name}">{cell}</td>' for name, cell in named) + "</tr>\n"


def plain(value: str) -> str:
    """A value as text of HTML, without marks that act and are not seen."""
    return str(escape(value if value.isprintable() else visible(value)))
