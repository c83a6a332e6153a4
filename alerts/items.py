"""Watches made from a list of a company's own items: for each product a watch on its control number, its destinations and its customers.

The list is CSV with a header: ``product`` and ``control_number``, and as far as known ``list`` (a key of control numbers, ``eccn`` where empty), ``destinations`` and
``customers``, of all but the first and the list several parted by semicolons. It is turned into a file of watches that a person reads, keeps and edits; it never enters the archive.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from alerts.conditions import CODE_KEYS
from alerts.watches_codes import code_named
from archive.errors import BadInput
from archive.vocabulary.countries import country_code, spellings
from archive.vocabulary.nearest import nearest

_NEEDED = ("product", "control_number")
_COLUMNS = (*_NEEDED, "list", "destinations", "customers")


def watches_of_items(place: Path, *, owner: str, matter: str, notify: Sequence[str]) -> str:
    """The TOML of the watches for the items in a file, one for each row. Each asks for its control number, or for a customer, or for a destination
    in the text of a rule; its reason names product and routes, so that each alert does. Raises ``BadInput`` with file, line and mend."""
    parts = [f"# Made from {place.name} by 'tocsin watch generate'; one watch for each item.\n"]
    seen: dict[str, int] = {}
    for line, row in _rows(place):
        product = row["product"]
        if product in seen:
            raise _refused(
                place, line, f"{product!r} stands in line {seen[product]} already", "Name each product once"
            )
        seen[product] = line
        parts.append(_watch(place, line, row, owner, matter, notify))
    if not seen:
        raise BadInput(
            "it lists no item", thing=str(place), mend="Write a line for each product below the header"
        )
    return "\n".join(parts)


def _watch(
    place: Path, line: int, row: Mapping[str, str], owner: str, matter: str, notify: Sequence[str]
) -> str:
    key = row["list"] or "eccn"
    if key not in CODE_KEYS:
        raise _refused(
            place,
            line,
            f"{key!r} is no list of control numbers",
            f"The nearest is {nearest(key, CODE_KEYS)!r}",
        )
    codes = []
    for said in _several(row["control_number"]):
        code, mend = code_named(key, said, ())
        if not code:
            raise _refused(place, line, f"{said!r} is not a code that {key} can have", mend)
        codes.append(code)
    destinations = [(name, country_code(name)) for name in _several(row["destinations"])]
    for name, country in destinations:
        if country is None:
            raise _refused(
                place, line, f"{name!r} is not a country", f"The nearest is {_nearest_country(name)}"
            )
    customers = _several(row["customers"])
    routes = f" to {', '.join(name for name, _ in destinations)}" if destinations else ""
    buyers = f" for {', '.join(customers)}" if customers else ""
    ways = f" goes{routes}{buyers}" if routes or buyers else " is one of our items"
    reason = f"{row['product']} ({', '.join(codes)}){ways}."
    asked = [f"{key} = {_toml(codes)}"]
    if destinations:
        asked.append(f"countries = {_toml([country for _, country in destinations])}")
    if customers:
        asked.append(f"parties = {_toml(customers)}")
    lines = (
        "[[watch]]",
        f"name = {_toml('item ' + row['product'])}",
        f"owner = {_toml(owner)}",
        f"reason = {_toml(reason)}",
        f"matter = {_toml(matter)}",
        f"notify = {_toml(list(notify))}",
        f"any = [{', '.join(f'{{ {one} }}' for one in asked)}]",
    )
    return "\n".join(lines) + "\n"


def _rows(place: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = place.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(
            (error.strerror or "cannot be read").lower(), thing=str(place), mend="Name a readable file"
        ) from None
    except UnicodeDecodeError as error:
        raise BadInput(
            "is not UTF-8 text", thing=str(place), place=f"byte {error.start}", mend="Save it as UTF-8"
        ) from None
    reader = csv.DictReader(text.splitlines())
    header = ["_".join((name or "").lower().split()) for name in reader.fieldnames or ()]
    reader.fieldnames = header
    for name in header:
        if name not in _COLUMNS:
            raise _refused(
                place, 1, f"there is no column {name!r}", f"The nearest is {nearest(name, _COLUMNS)!r}"
            )
    for name in _NEEDED:
        if name not in header:
            raise _refused(
                place, 1, f"the column {name!r} is missing", f"Its columns are {', '.join(_COLUMNS)}"
            )
    for row in reader:
        line = reader.line_num
        if None in row:
            raise _refused(place, line, "it has more cells than the header", "Quote cells that have a comma")
        cells = {name: " ".join((row.get(name) or "").split()) for name in _COLUMNS}
        for name in _NEEDED:
            if not cells[name]:
                raise _refused(place, line, f"the cell {name!r} is empty", "Fill it, or take the line out")
        yield line, cells


def _nearest_country(said: str) -> str:
    """``'Japan' (JP)``"""
    close = nearest(said, [name.written for name in spellings() if not name.languages])
    return f"{close!r} ({country_code(close)})"


def _several(cell: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in cell.split(";") if part.strip()))


def _toml(value: object) -> str:
    """A text or a list of texts as TOML writes them, which is as JSON does."""
    return json.dumps(value, ensure_ascii=False)


def _refused(place: Path, line: int, message: str, mend: str) -> BadInput:
    return BadInput(message, thing=str(place), place=f"line {line}", mend=mend)
