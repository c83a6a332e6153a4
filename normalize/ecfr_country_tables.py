"""The Commerce Country Chart (part 738, Supplement 1) and the Country Groups (part 740, Supplement 1).

Both are grids of countries against columns with an X. A country's row is an entry by the country's name; what the X stands for is
in the header rows, and :func:`countries_of` puts the two together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from archive.records import Provision
from normalize.draft import Draft
from normalize.eids import key
from normalize.table import JOINT, Row, Table

_CHART_COLUMN = re.compile(r"\b(CB|NP|NS|MT|RS|FC|CC|AT)\s*\d?\b")
_GROUP_COLUMN = re.compile(r"\[\s?[A-E]\s?:\s?\d{1,2}\s?\]")
_GROUP_CAPTION = re.compile(r"country group ([A-E])\b", re.I)
_FOOTNOTE_MARKS = re.compile(r"\^\{?[\d, ]+\}?|(?<=[a-z.)])\s?\d{1,2}(?:[, ]\s?\d{1,2})*$")
_COLUMN_NAME = re.compile(
    r"\[\s?(?P<letter>[A-E])\s?:\s?(?P<number>\d{1,2})\s?\]|\b(?P<reason>CB|NP|NS|MT|RS|FC|CC|AT)\s*(?P<column>\d)\b"
)


def is_country_table(table: Table) -> bool:
    """Whether the columns are the chart's (CB 1 … AT 2) or a group's ([A:1] …)."""
    heads = [text for row in table.head for text in row.governing]
    named = sum(bool(_CHART_COLUMN.search(text)) for text in table.columns)
    return named >= 4 or any(_GROUP_COLUMN.search(text) for text in (*heads, *table.columns))


def read_country_table(rows: list[Row], draft: Draft) -> None:
    """Adds the countries to ``draft``. A group's table is called by its letter (``group-A``)."""
    caption = _GROUP_CAPTION.search(" ".join([draft.heading, *(child.text for child in draft.children)]))
    draft.segment = f"group-{caption[1].upper()}" if caption else "chart"
    for row in rows:
        cells = list(row.cells)
        while len(cells) > 1 and cells[-1].continued:
            cells.pop()
        text = JOINT.join(cell.text for cell in cells)
        name = key(country_name(row.texts[0]))
        unit = "entry" if len(cells) > 1 and name else "header"
        draft.add(Draft(segment=name or "row", unit=unit, text=text, place=row.place))


def country_name(cell: str) -> str:
    """The name in a first cell without its footnotes, which are often glued to it: ``Albania^2 3``, ``India7``."""
    return _FOOTNOTE_MARKS.sub("", cell).strip()


def countries_of(provisions: Iterable[Provision]) -> Mapping[str, tuple[str, ...]]:
    """The countries that each column marks with an X, as printed and in order: ``{"D:5": ("Afghanistan", …), "NS 1": …}``.

    Reads the provisions of either supplement. A list under a heading "Country Group B" is that group.
    """
    found: dict[str, list[str]] = {}
    for provision in provisions:
        for one in provision.walk():
            if one.unit == "table":
                _collect_table(one, found)
            elif (named := _GROUP_CAPTION.search(f"{one.num} {one.heading}")) and one.unit != "table":
                items = [item.text for below in one.walk() if below.unit == "item" for item in (below,)]
                if items:
                    found.setdefault(named[1].upper(), []).extend(country_name(item) for item in items)
    return {name: tuple(countries) for name, countries in found.items()}


def _collect_table(table: Provision, found: dict[str, list[str]]) -> None:
    columns: dict[int, str] = {}
    for row in table.children:
        cells = row.text.split(JOINT)
        if row.unit == "header":
            for index, cell in enumerate(cells):
                if named := _COLUMN_NAME.search(cell):
                    group = f"{named['letter']}:{named['number']}"
                    columns[index] = group if named["letter"] else f"{named['reason']} {named['column']}"
        elif row.unit == "entry":
            for index, cell in enumerate(cells):
                if index in columns and cell.strip().casefold().startswith("x"):
                    found.setdefault(columns[index], []).append(country_name(cells[0]))
