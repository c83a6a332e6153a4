"""The Country Groups as sets with a date, out of the archive's own Supplement No. 1 to part 740, and the Japanese lists of destinations.

The text of the Supplement is as the archive holds it: a table for each of the groups A, D and E, with the columns named in its header rows (``[D:5]``) and an
entry for each country with an X under what it belongs to; group B is a list. Names are printed with footnote digits glued to them
("India7") and misprints (a lower-case L for the I of Ivoire); they are read as countries here, once for every user of the sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.records import Expression, Provision
from archive.vocabulary.countries import country_code
from archive.vocabulary.japanese_items import DESTINATIONS
from diffing.touches.reference import CountrySet

WORK = "us/cfr/15/740/supp-1"
JAPANESE_WORK = "jp/law/324CO0000000378"
"""The Export Trade Control Order, whose appended tables 3, 3-2, 4 and 2-4 are lists of destinations."""

_COLUMN = re.compile(r"\[([A-E]:\s?[0-9]{1,2})\s?\]")
_WHOLE = re.compile(r"\bcountry group ([A-E])\b(?!:)", re.I)
_FOOTNOTES = re.compile(r"\^\{?[0-9, ]+\}?|(?<=[a-z.)])\s?[0-9]{1,2}(?:,?\s?[0-9]{1,2})*$")
_CELL = " | "
_BETWEEN = re.compile(r"\s*(?:[、，,\n|]|及び|並びに)\s*")
_REMARK = re.compile(r"[（(][^）)]*[）)]")


def country_sets(expression: Expression) -> tuple[CountrySet, ...]:
    """The sets of one edition, each from its day on: ``D:5`` with its countries' codes in the order printed.

    A name that no country is known by stands in ``unread`` of its set. Text with no groups in it gives no sets.
    """
    printed: dict[str, list[str]] = {}
    for name, country in _marks(expression):
        printed.setdefault(name, []).append(_FOOTNOTES.sub("", country).strip())
    found = []
    for name, countries in printed.items():
        codes = {country: country_code(country) for country in countries}
        found.append(
            CountrySet(
                name=name,
                countries=tuple(dict.fromkeys(code for code in codes.values() if code is not None)),
                since=expression.as_of,
                unread=tuple(country for country, code in codes.items() if code is None),
            )
        )
    return tuple(found)


def destination_sets(expression: Expression) -> tuple[CountrySet, ...]:
    """The lists of destinations of one edition of the Export Trade Control Order, each from its day on: ``輸出令/別表3`` with the codes of the
    countries in the order printed. A law that is promulgated and not yet in force gives none."""
    found = []
    for provision in expression.provisions:
        key = provision.eid.removeprefix("別表")
        if provision.eid.startswith("別表") and key in DESTINATIONS:
            words = "、".join(part.text for part in provision.walk() if part.unit not in ("note", "header"))
            printed = [name for name in _BETWEEN.split(_REMARK.sub("", words)) if name]
            codes = {name: country_code(name) for name in printed}
            found.append(
                CountrySet(
                    name=DESTINATIONS[key],
                    countries=tuple(dict.fromkeys(code for code in codes.values() if code is not None)),
                    since=expression.as_of,
                    unread=tuple(name for name, code in codes.items() if code is None),
                )
            )
    return tuple(found)


def _marks(expression: Expression) -> Iterator[tuple[str, str]]:
    """Pairs of a group and a country as printed."""
    for provision in expression.walk():
        if provision.unit == "table":
            yield from _table(provision)
        elif named := _WHOLE.search(f"{provision.num} {provision.heading}"):
            for below in provision.walk():
                if below.unit == "item":
                    yield named[1].upper(), below.text


def _table(table: Provision) -> Iterator[tuple[str, str]]:
    columns: dict[int, str] = {}
    for row in table.children:
        cells = row.text.split(_CELL)
        if row.unit == "header":
            columns |= {
                index: "".join(hit[1].split())
                for index, cell in enumerate(cells)
                if (hit := _COLUMN.search(cell))
            }
        elif row.unit == "entry":
            for index, cell in enumerate(cells):
                if index in columns and cell.strip().casefold().startswith("x"):
                    yield columns[index], cells[0]
