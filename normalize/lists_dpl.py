"""The Denied Persons List of the Bureau of Industry and Security: ``dpl.txt``, tab-separated, every cell quoted."""

from __future__ import annotations

from archive.errors import UnreadableDocument
from archive.records import Expression, Reading
from normalize.audit import Account
from normalize.lists_entries import ListCell, ListEntry, entry_provisions
from normalize.lists_rows import ListTable, day_of, decoded, table_of, unpacked
from normalize.profile import Hints, Profile

WORK = "us/list/bis-dpl"
NAME = "Denied Persons List (DPL) - Bureau of Industry and Security"

COLUMNS = (
    "Name",
    "Street_Address",
    "City",
    "State",
    "Country",
    "Postal_Code",
    "Effective_Date",
    "Expiration_Date",
    "Standard_Order",
    "Last_Update",
    "Action",
    "FR_Citation",
)
_DAYS = ("Effective_Date", "Expiration_Date")
_ADDRESS = ("Street_Address", "City", "State", "Postal_Code", "Country")


def read_bis_dpl(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """One Expression, ``us/list/bis-dpl``, an entry for each denial order and address. Raises ``UnreadableDocument``."""
    account = Account(profile.discard_names)
    table = table_of(decoded(unpacked(body, hints, profile), hints), hints, delimiter="\t", columns=COLUMNS)
    for row in table.rows:
        if not row.cells["Name"]:
            raise UnreadableDocument(
                "this record has no name",
                thing=hints.thing,
                place=f"line {row.line}",
                mend="Fetch it again: nobody is denied without a name",
            )
        for column in _DAYS:
            if row.cells[column] and day_of(row.cells[column]) is None:
                account.remark(
                    f"line {row.line}",
                    f"the {column} {row.cells[column]!r} of {row.cells['Name']} is no date",
                )
    account.discard("column-names", "line 1", " ".join(table.columns))
    expression = Expression(
        work=WORK,
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=NAME,
        provisions=entry_provisions(dpl_entries(table), grouped=False),
    )
    return Reading(expressions=(expression,), discards=account.discards, remarks=account.remarks)


def dpl_entries(table: ListTable) -> tuple[ListEntry, ...]:
    """The records of the list, the parts of an address in one cell, as an envelope has them."""
    return tuple(_entry(row.cells) for row in table.rows)


def _entry(cells: dict[str, str]) -> ListEntry:
    address = ", ".join(filter(None, (cells[name].strip(" ,") for name in _ADDRESS)))
    kept = [("Name", cells["Name"]), ("Address", address)]
    kept += [(name, cells[name]) for name in COLUMNS if name != "Name" and name not in _ADDRESS]
    return ListEntry(
        list_name=NAME,
        name=cells["Name"],
        country=cells["Country"],
        citation=cells["FR_Citation"],
        start=day_of(cells["Effective_Date"]),
        end=day_of(cells["Expiration_Date"]),
        cells=tuple(ListCell(column=name, text=text) for name, text in kept if text),
    )
