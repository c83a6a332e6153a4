"""Which changes are worth reading, judged by their texts alone: each text is looked at once, however many changes have it, and nothing else of a change
is read. Whoever asks brings a :class:`Screen`, which may let too much through, never too little."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Protocol

from archive import codec

Found = frozenset[int]
_PART = 4096
_CELLS = " | "
"""Between the cells of a row, whose first one stands for it."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """Of the details of a change its number alone."""

    num: str = ""


class Screen(Protocol):
    """What is looked for in texts."""

    def found(self, text: str) -> Found:
        """What of it a text has, as numbers of its own."""
        ...

    def lets(self, found: Collection[int]) -> bool:
        """Whether a change whose texts have this together is let through."""
        ...


def screened(database: sqlite3.Connection, numbers: Iterator[int], screen: Screen) -> Iterator[int]:
    """Those changes of which the texts before and after, the numbers and the headings (their own and those of what encloses them) are let through."""
    looked = _Looked(database, screen)
    while part := list(islice(numbers, _PART)):
        rows = database.execute(_CHANGES, (codec.dumps(part),)).fetchall()
        looked.read(row[at] for row in rows for at in (2, 4))
        yield from (row[0] for row in rows if looked.lets(row))


class _Looked:
    """What was found so far, by the numbers of texts, of findings and of what encloses."""

    def __init__(self, database: sqlite3.Connection, screen: Screen) -> None:
        self._database = database
        self._screen = screen
        self._texts: dict[int | None, Found] = {None: frozenset()}
        self._led: dict[tuple[str, int | None], Found] = {}
        self._headed: dict[tuple[str, str], Found] = {}
        self._nums: dict[str, str] = {}
        self._above: dict[int | None, Found] = {None: frozenset()}
        self._verdicts: dict[Found, bool] = {}

    def read(self, texts: Iterator[int | None]) -> None:
        """Look at those texts that were not looked at."""
        fresh = {one for one in texts if one not in self._texts}
        for number, body in self._database.execute(_TEXTS, (codec.dumps(sorted(filter(None, fresh))),)):
            self._texts[number] = self._in(body)

    def lets(self, row: tuple[Any, ...]) -> bool:
        _, lead_before, before, lead_after, after, heading, enclosing, details, as_written = row
        if as_written:  # its operations have words of their own, which no text of it says
            return True
        found = self._led_text(lead_before, before) | self._led_text(lead_after, after)
        found |= self._heading(self._num(details), heading) | self._enclosing(enclosing)
        if found not in self._verdicts:
            self._verdicts[found] = self._screen.lets(found)
        return self._verdicts[found]

    def _led_text(self, lead: str | None, text: int | None) -> Found:
        """In a text with what stands before it."""
        if not lead:
            return self._texts[text]
        if (lead, text) not in self._led:
            (body,) = self._database.execute("SELECT body FROM text WHERE id = ?", (text,)).fetchone() or (
                "",
            )
            self._led[lead, text] = self._in(lead + body)
        return self._led[lead, text]

    def _num(self, details: str) -> str:
        """The number that a change has, "" for none."""
        if '"num"' not in details:
            return ""
        if details not in self._nums:
            self._nums[details] = codec.loads(details, _Numbered).num
        return self._nums[details]

    def _enclosing(self, number: int | None) -> Found:
        if number not in self._above:
            above, num, heading = self._database.execute(_ENCLOSING, (number,)).fetchone()
            self._above[number] = self._enclosing(above) | self._heading(num, heading)
        return self._above[number]

    def _heading(self, num: str, heading: str) -> Found:
        if (num, heading) not in self._headed:
            self._headed[num, heading] = self._in(f"{num} {heading}".strip())
        return self._headed[num, heading]

    def _in(self, text: str) -> Found:
        """In a text, and in what stands for a row of cells."""
        found = self._screen.found(text) if text else frozenset()
        key, parted, _ = text.partition(_CELLS)
        return found | self._screen.found(key) if parted and key else found


_CHANGES = """
    SELECT change.id, lead_before, text_before, lead_after, text_after, heading, enclosing, content, instr(ops, '","') > 0
    FROM json_each(?) AS wanted CROSS JOIN change ON change.id = wanted.value JOIN finding ON finding.id = change.finding
    ORDER BY wanted.key
"""
_TEXTS = "SELECT text.id, body FROM json_each(?) AS wanted CROSS JOIN text ON text.id = wanted.value"
_ENCLOSING = """
    SELECT above, num, coalesce(body, '') FROM enclosing LEFT JOIN text ON text.id = enclosing.heading WHERE enclosing.id = ?
"""
