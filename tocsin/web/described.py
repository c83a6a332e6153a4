"""Datasette with what it asks itself a hundred times for one page kept: what is said of the tables, which it copies as a whole each time; what
the schema is; and how many rows there are."""

from __future__ import annotations

import threading
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted, Results
from datasette.utils.asgi import Forbidden

from tocsin.web import apart, rendering
from tocsin.web.tables import DOCUMENTED, FOR_ADMINISTRATORS

_A_WHILE, _COUNT_KEPT = 0.005, 60.0
"""Seconds that it may take to count rows each time; and for which the number is told again where it takes longer."""
_MOST_NAMES = 1024
"""Names of tables of which something is kept: whoever asks may make some up."""
_SHOWN = frozenset(DOCUMENTED) - frozenset(FOR_ADMINISTRATORS)
_COUNTING = "select count(*) from "


def _copied(found: Any) -> Any:
    """A description that who asked may change: they do. It holds what JSON holds, of which ``deepcopy`` makes much more."""
    if isinstance(found, dict):
        return {name: _copied(value) for name, value in found.items()}
    return [_copied(value) for value in found] if isinstance(found, list) else found


class Described(Datasette):  # type: ignore[misc]
    """The descriptions are those that it was made with: they come from the schema, which no running server changes."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self._said: dict[tuple[Any, ...], Any] = {}
        super().__init__(*given, **named)
        rendering.set_at_once(self.jinja_env)

    def metadata(
        self,
        key: str | None = None,
        database: str | None = None,
        table: str | None = None,
        fallback: bool = True,
    ) -> Any:
        return _copied(self._known(key, database, table, fallback))

    def table_metadata(self, database: str, table: str) -> Any:
        """The description of one table, for which Datasette takes those of all."""
        tables = (self._known("databases").get(database) or {}).get("tables") or {}
        return _copied(tables.get(table) or {})

    def _known(self, *asked: Any) -> Any:
        if asked not in self._said:
            self._said[asked] = super().metadata(*asked)
        return self._said[asked]

    def _table_permission_allows(self, database: str, table: str) -> Any:
        """What the descriptions say of who may see a table, whoever asks: it is found by copying all of them."""
        return self._allowing(database, table)

    @cached_property
    def _allowing(self) -> Callable[[str, str], Any]:
        return lru_cache(maxsize=_MOST_NAMES)(super()._table_permission_allows)

    async def refresh_schemas(self) -> None:
        """Nothing: Datasette copies all schemas into a database of its own here, before each page, and no page of ours is about that one."""

    async def check_visibility(
        self,
        actor: Mapping[str, Any] | None,
        action: str | None = None,
        resource: Any = None,
        permissions: Sequence[Any] | None = None,
    ) -> tuple[bool, bool]:
        """Whether somebody may see something, and whether others may not. Of somebody who did not say who they are it is asked once, not twice."""
        if actor is not None or permissions is None:
            found: tuple[bool, bool] = await super().check_visibility(actor, action, resource, permissions)
            return found
        try:
            await self.ensure_permissions(None, permissions)
        except Forbidden:
            return False, False
        return True, False


_Which = tuple[int, int]
"""Which file it is: the device and the number on it. A restored backup is another one of the same name."""


@dataclass(frozen=True)
class _Schema:
    """What was asked of a version of the schema of a file."""

    which: _Which | None
    version: int
    names: frozenset[str]
    told: dict[tuple[str, ...], Any] = field(default_factory=dict)


def _kept(ask: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """A question on the schema, asked once for each version of it. Nobody may change what it answers."""

    async def answer(self: Counted, *asked: str) -> Any:
        schema = await self.schema()
        key = (ask.__name__, *asked)
        if key in schema.told:
            return schema.told[key]
        told = await ask(self, *asked)
        if not asked or asked[0] in schema.names:  # other names are made up by who asks, without end
            schema.told[key] = told
        return told

    return answer


def _other(known: _Schema, which: _Which | None, connection: Any) -> _Schema | None:
    """What is known of a schema when it is first looked at; None where it is the known one still."""
    (version,) = connection.execute("PRAGMA schema_version").fetchone()
    if (which, version) == (known.which, known.version):
        return None
    names = connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
    return _Schema(which=which, version=version, names=frozenset(name for (name,) in names))


class Counted(Database):  # type: ignore[misc]
    """A database that asks for its schema once for each version of it; numbers of rows that are long to count are a minute old at most."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._own = threading.local()
        self._schema = _Schema(which=None, version=-1, names=frozenset())
        self._counted: dict[str, tuple[float, Results | None]] = {}

    table_names = _kept(Database.table_names)
    view_names = _kept(Database.view_names)
    hidden_table_names = _kept(Database.hidden_table_names)
    table_exists = _kept(Database.table_exists)
    table_columns = _kept(Database.table_columns)
    table_column_details = _kept(Database.table_column_details)
    primary_keys = _kept(Database.primary_keys)
    fts_table = _kept(Database.fts_table)
    label_column_for_table = _kept(Database.label_column_for_table)
    foreign_keys_for_table = _kept(Database.foreign_keys_for_table)
    get_table_definition = _kept(Database.get_table_definition)

    @_kept
    async def get_all_foreign_keys(self) -> dict[str, dict[str, list[dict[str, str]]]]:
        """By table the keys that name it and those that it has. The page of a row counts the rows that name it: of the tables that nobody looks into there is
        nothing to tell, and some of them refuse to be counted by."""
        found = await super().get_all_foreign_keys()
        return {
            table: {**keys, "incoming": [key for key in keys["incoming"] if key["other_table"] in _SHOWN]}
            for table, keys in found.items()
        }

    async def schema(self) -> _Schema:
        """What is known of the schema as it is now."""
        known = self._schema
        fresh = await self.execute_fn(partial(_other, known, self._which()))
        if fresh is not None:
            known = self._schema = fresh
        return known

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """The numbers of rows by table, None for those that took too long to count, and for tables that nobody looks into. A page names the tables and tells no
        number."""
        counts: dict[str, int | None] = dict.fromkeys(await self.table_names())
        for name in () if apart.is_page() else counts:
            if name in DOCUMENTED:
                with suppress(QueryInterrupted):
                    counts[name] = (await self.execute(f"{_COUNTING}[{name}]")).rows[0][0]
        return counts

    async def execute(self, sql: str, params: Any = None, *more: Any, **said: Any) -> Results:
        """The answer to a statement. The number of rows of a whole table that took a while to count is told again for a minute; and that there was no time."""
        name = sql.removeprefix(_COUNTING).strip().strip("[]")
        if params or more or said or not sql.startswith(_COUNTING) or name not in (await self.schema()).names:
            return await super().execute(sql, params, *more, **said)
        begun = time.monotonic()
        if begun < self._counted.get(name, (0.0, None))[0]:
            told = self._counted[name][1]
        else:
            try:
                told = await super().execute(sql, params)
            except QueryInterrupted:
                told = None
            now = time.monotonic()
            is_long = told is None or now - begun > _A_WHILE
            self._counted[name] = (now + _COUNT_KEPT if is_long else begun, told)
        if told is None:
            raise QueryInterrupted("interrupted", sql, params)
        return told

    async def execute_fn(self, ask: Callable[[Any], Any]) -> Any:
        """The answer to a question, in the thread that makes the page, or in one of Datasette's."""
        if not apart.is_apart():
            return await super().execute_fn(ask)
        which = self._which()
        held, connection = getattr(self._own, "held", (None, None))
        if connection is None or which not in (None, held):
            if connection is not None:
                connection.close()
            connection = self.connect()
            self.ds._prepare_connection(connection, self.name)
            self._own.held = which, connection
        return ask(connection)

    def _which(self) -> _Which | None:
        """Which file it is now, None while there is none."""
        try:
            found = Path(self.path).stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino


def counted(datasette: Datasette, path: Path) -> Counted:
    """The database of a file, under the file's name."""
    made = Counted(datasette, str(path))
    made.name = made.route = path.stem
    return made
