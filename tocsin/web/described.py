"""Datasette with what it asks itself a hundred times for one page kept: what is said of the tables, which it copies as a whole each time, and how many rows
they have, which it counts anew."""

from __future__ import annotations

import time
from copy import deepcopy
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database

_COUNTS_KEPT = 60.0
"""Seconds for which a number of rows is told again."""


class Described(Datasette):  # type: ignore[misc]
    """The descriptions are those that it was made with: they come from the schema, which no running server changes."""

    _said: dict[tuple[str | None, str | None, str | None, bool], Any]

    def metadata(
        self,
        key: str | None = None,
        database: str | None = None,
        table: str | None = None,
        fallback: bool = True,
    ) -> Any:
        said = self.__dict__.setdefault("_said", {})
        asked = (key, database, table, fallback)
        if asked not in said:
            said[asked] = super().metadata(key, database, table, fallback)
        found = said[asked]
        return deepcopy(found) if isinstance(found, dict | list) else found


class Counted(Database):  # type: ignore[misc]
    """A database whose numbers of rows are a minute old at most."""

    _counted: tuple[float, dict[str, int | None]] | None = None

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        kept = self._counted
        if kept is None or time.monotonic() - kept[0] > _COUNTS_KEPT:
            kept = self._counted = (time.monotonic(), await super().table_counts(limit))
        return dict(kept[1])


def counted(datasette: Datasette, path: Path) -> Counted:
    """The database of a file, under the file's name."""
    made = Counted(datasette, str(path))
    made.name = made.route = path.stem
    return made
