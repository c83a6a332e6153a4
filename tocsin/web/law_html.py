"""The text of a regulation as HTML: provisions as paragraphs under headings of their depth, rows as tables, each with its lasting address.

A page has thousands of these. Set by a template they took five times as long, for Datasette's templates wait for each value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from markupsafe import Markup, escape

from alerts.language import Texts
from alerts.message import visible
from archive.records import Provision
from tocsin.web import links
from tocsin.web.leaves import LONGEST, Leaf, Text
from tocsin.web.wording import Wording

_BARE = "¶"
"""What is followed to a provision that has neither number nor heading."""


def law(text: Text, work: str, *, query: Mapping[str, object], language: str, say: Texts) -> Markup:
    """One page of a text; its links keep the two days of ``query``."""
    html = "".join(_pieces(text, work, links.with_query("", query), say))
    return Markup(f'<div class="law" lang="{_plain(language)}">{html}</div>')  # noqa: S704 - every value in it is escaped


def _pieces(text: Text, work: str, query: str, say: Texts) -> Iterator[str]:
    said, table = Wording(say), say("Table")
    for leaf in text.leaves:
        one = leaf.provision
        address = f'href="{_plain(links.work(work, one.eid) + query)}"'
        if leaf.cells:
            if leaf.begins:
                label = _plain(f"{table} {one.eid}")
                yield f'<div class="scroll d{leaf.depth}" role="region" tabindex="0" aria-label="{label}"><table><tbody>\n'
            yield _row(leaf, address)
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


def _row(leaf: Leaf, address: str) -> str:
    one = leaf.provision
    begin, end = ('<th scope="col">', "</th>") if one.unit == "header" else ("<td>", "</td>")
    first, *others = leaf.cells
    link = f'<a class="num" {address}>{_plain(first or one.num or _BARE)}</a>'
    cells = "".join(f"{begin}{_plain(cell)}{end}" for cell in others)
    return f"<tr>{begin}{link}{end}{cells}</tr>\n"


def _plain(value: str) -> str:
    """A value as text of HTML, without marks that act and are not seen."""
    return str(escape(value if value.isprintable() else visible(value)))
