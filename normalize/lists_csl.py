"""The Consolidated Screening List of the International Trade Administration: CSV, TSV or JSON of one content.

It is a copy of a dozen lists for convenience; whole lists have been missing from it for a day. Each is a provision of its own,
so that a list which vanished is one thing to see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from archive.errors import UnreadableDocument
from archive.records import Expression, Reading
from normalize.audit import Account
from normalize.lists_entries import ListCell, ListEntry, entry_provisions
from normalize.lists_rows import ListRow, day_of, decoded, table_of, unpacked
from normalize.profile import Hints, Profile
from normalize.safe_json import parse_json

WORK = "us/list/csl"
TITLE = "Consolidated Screening List"

#: What an entry tells of its party, in the order of its cells. The columns of the CSV have the names of the JSON's fields.
CELLS = (
    "name",
    "alt_names",
    "type",
    "title",
    "addresses",
    "country",
    "programs",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "ids",
)
_PAGES = ("source_list_url", "source_information_url")
_OPTIONAL = ("_id", "id", "country", "source_last_updated")
_COLUMNS = tuple(name for name in (*CELLS, *_PAGES, "source", "entity_number") if name not in _OPTIONAL)

#: Parts of an address or an identity paper in JSON, in the order in which the CSV joins them.
_ADDRESS_PARTS = ("address", "city", "state", "postal_code", "country")
_PAPER_PARTS = ("country", "issue_date", "expiration_date", "number", "type")
_ANSWER = frozenset({"search_performed_at", "results", "total", "offset", "sources", "took", "sources_used"})

_COUNTRY = re.compile(r"(?:\A|,\s*)([A-Z]{2})\Z")


def read_csl(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """One Expression, ``us/list/csl``: a provision for each of its lists, under it an entry for each party.

    Raises ``UnreadableDocument``: unknown or missing columns, torn records, a page of a search taken for the whole list.
    """
    account = Account(profile.discard_names)
    plain = unpacked(body, hints, profile)
    if plain.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        value = parse_json(plain, thing=hints.thing, size_limit=profile.size_limit)
        rows = _json_rows(value, hints, account)
    else:
        rows = _text_rows(decoded(plain, hints), hints, account)
    entries = tuple(_entry(row, hints) for row in rows)
    _discard_columns(rows, account)
    expression = Expression(
        work=WORK,
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=TITLE,
        provisions=entry_provisions(entries, grouped=True),
    )
    return Reading(
        expressions=(expression,),
        leftovers=account.leftovers,
        discards=account.discards,
        remarks=account.remarks,
    )


def _text_rows(text: str, hints: Hints, account: Account) -> tuple[ListRow, ...]:
    delimiter = "\t" if "\t" in text.partition("\n")[0] else ","
    table = table_of(text, hints, delimiter=delimiter, columns=_COLUMNS, optional=_OPTIONAL)
    for place in (1, *table.repeated_headers):
        account.discard("column-names", f"line {place}", " ".join(table.columns))
    for place in table.repeated_headers:
        account.remark(f"line {place}", "the header is repeated among the records")
    return table.rows


def _entry(row: ListRow, hints: Hints) -> ListEntry:
    cells = row.cells
    for needed in ("source", "name"):
        if not cells.get(needed):
            raise UnreadableDocument(
                f"this record has no {needed}",
                thing=hints.thing,
                place=f"record at line {row.line}",
                mend="Fetch it again",
            )
    country = _COUNTRY.search(cells.get("addresses", "").partition(";")[0].strip())
    return ListEntry(
        list_name=cells["source"],
        name=cells["name"],
        number=cells.get("entity_number", ""),
        country=country.group(1) if country else cells.get("country", ""),
        citation=cells.get("federal_register_notice", ""),
        start=day_of(cells.get("start_date", "")),
        end=day_of(cells.get("end_date", "")),
        cells=tuple(ListCell(column=name, text=text) for name in CELLS if (text := cells.get(name, ""))),
    )


def _discard_columns(rows: tuple[ListRow, ...], account: Account) -> None:
    """What every record repeats. The first mention of each list's name is the heading of its provision."""
    identifiers = [row.cells.get(name, "") for row in rows for name in ("_id", "id", "source_last_updated")]
    account.discard("record-identifier", "every record", " ".join(filter(None, identifiers)))
    pages = [row.cells.get(name, "") for row in rows for name in _PAGES]
    account.discard("list-page", "every record", " ".join(filter(None, pages)))
    seen: set[str] = set()
    repeated: list[str] = []
    for row in rows:
        name = row.cells["source"]
        if name in seen:
            repeated.append(name)
        seen.add(name)
    account.discard("repeated-list-name", "every record", " ".join(repeated))


# ── JSON ───────────────────────────────────────────────────────────────────────────────────────────


def _json_rows(found: object, hints: Hints, account: Account) -> tuple[ListRow, ...]:
    results = found.get("results") if isinstance(found, dict) else None
    if not isinstance(found, dict) or not isinstance(results, list) or not results:
        raise UnreadableDocument(
            "this JSON holds no results of the screening list",
            thing=hints.thing,
            place="$.results",
            mend="Check the URL",
        )
    total = found.get("total")
    if isinstance(total, int) and total > len(results):
        raise UnreadableDocument(
            f"these are {len(results):,} of {total:,} records: a page of a search, not the list",
            thing=hints.thing,
            place="$.total",
            mend="Fetch the whole list from data.trade.gov",
        )
    for name in sorted(set(found) - _ANSWER):
        account.leftover(f"$.{name}", json.dumps(found[name], ensure_ascii=False))
    frame = " ".join(_words(found[name]) for name in sorted(_ANSWER & set(found) - {"results"}))
    account.discard("column-names", "$", frame)
    return tuple(_json_row(item, index, hints) for index, item in enumerate(results))


def _json_row(item: object, index: int, hints: Hints) -> ListRow:
    place = f"$.results[{index}]"
    if not isinstance(item, dict):
        raise UnreadableDocument("this is no record", thing=hints.thing, place=place, mend="Fetch it again")
    known = {*_COLUMNS, *_OPTIONAL}
    if unknown := sorted(set(item) - known):
        raise UnreadableDocument(
            f"the field {unknown[0]!r} is not known",
            thing=hints.thing,
            place=place,
            mend="The publisher changed the list: teach the reader what the field holds",
        )
    cells = {name: _json_cell(name, value) for name, value in item.items()}
    return ListRow(line=index + 1, cells=cells)


def _json_cell(name: str, value: object) -> str:
    """A value as the CSV writes it: several joined by ``; ``, the parts of an address by ``, ``."""
    if isinstance(value, list):
        return "; ".join(filter(None, (_json_cell(name, item) for item in value)))
    if isinstance(value, Mapping):
        first = _ADDRESS_PARTS if name == "addresses" else _PAPER_PARTS
        order = [part for part in first if part in value] + sorted(set(value) - set(first))
        return ", ".join(filter(None, (_words(value[part]) for part in order)))
    return _words(value)


def _words(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, (list, tuple)):
        return " ".join(filter(None, (_words(item) for item in value)))
    if isinstance(value, Mapping):
        return " ".join(filter(None, (_words(item) for item in value.values())))
    return " ".join(str(value).split())
