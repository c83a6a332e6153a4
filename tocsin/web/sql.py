"""SQL that administrators write: read-only, each query in the log, and none of it reaches what is not theirs to see."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from datasette import hookimpl

from archive import actions
from archive.store import Archive
from tocsin.review.audited import audit
from tocsin.review.roles import SQL, Actor
from tocsin.web.site import Site

HIDDEN = ("comment", "session")
"""Tables that no query reads: comments may be privileged, which is for counsel alone; sessions are nobody's."""
_REFUSED = (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH)


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Every connection of Datasette's is told what it may read."""
    conn.set_authorizer(_allowed)


def _allowed(action: int, table: str | None, column: str | None, *_: object) -> int:
    """Datasette counts the rows of every table, which reads no column."""
    is_hidden = action == sqlite3.SQLITE_READ and (table or "").lower() in HIDDEN and bool(column)
    return sqlite3.SQLITE_DENY if is_hidden or action in _REFUSED else sqlite3.SQLITE_OK


def written_by_hand(scope: Mapping[str, Any]) -> str:
    """The SQL that a request brings, "" for none: a whole query, or a condition on the rows of a table."""
    if not scope["path"].startswith("/archive") or b"=" not in scope["query_string"]:
        return ""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    return "; ".join(query.get("sql", []) + query.get("_where", []))


def log(site: Site, who: Actor, sql: str) -> None:
    """Write that somebody asks it, before they are answered. Raises ``TocsinError`` where that cannot be written: then they are not answered."""
    with Archive.beside(site.folder) as archive:
        outcome = actions.DONE if who.may(SQL) else actions.REFUSED
        audit(archive, who, SQL, said=sql, outcome=outcome)
