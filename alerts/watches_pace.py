"""How fast a watch is told and whether somebody has to say that it was read: its ``rate`` and ``acknowledge``."""

from __future__ import annotations

from typing import Any

from alerts.conditions import RATES
from alerts.watch_files import WatchTable
from archive.errors import BadInput
from archive.vocabulary.nearest import nearest

PACE_KEYS = ("rate", "acknowledge")


def pace_of(table: WatchTable) -> dict[str, Any]:
    """The checked keys that a table has of these. Raises ``BadInput`` with file, place and mend."""
    found = {key: table.table[key] for key in PACE_KEYS if key in table.table}
    rate, acknowledge = found.get("rate", RATES[0]), found.get("acknowledge", False)
    if rate not in RATES:
        mend = f"The nearest is {nearest(str(rate), RATES)!r}; it is one of {', '.join(RATES)}"
        raise _refused(table, "rate", f"{rate!r} is no rate", mend)
    if not isinstance(acknowledge, bool):
        message = f"acknowledge is true or false, not {acknowledge!r}"
        raise _refused(table, "acknowledge", message, "Write acknowledge = true")
    return found


def without_defaults(said: dict[str, Any]) -> dict[str, Any]:
    """What a watch says, without pace where it says nothing of it: so all did before there was one, and their wording is the same."""
    nothing = {"rate": RATES[0], "acknowledge": None}
    return {key: value for key, value in said.items() if key not in nothing or value != nothing[key]}


def _refused(table: WatchTable, key: str, message: str, mend: str) -> BadInput:
    return BadInput(message, thing=str(table.file), place=table.place(key), mend=mend)
