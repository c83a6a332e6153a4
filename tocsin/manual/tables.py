"""Every table of both files with the meaning of its columns, as the comments of the schema say it."""

from __future__ import annotations

import sqlite3
import tempfile
from pathlib import Path

from archive.databases import ARCHIVE_FILE, CAPTURES_FILE
from archive.store import Archive
from tocsin.manual.markdown import code, page, table
from tocsin.web.tables import DOCUMENTED, described


def tables() -> str:
    """The page."""
    with tempfile.TemporaryDirectory(prefix="tocsin-schema-") as folder:
        Archive.create(Path(folder)).close()
        parts = [part for kind in (ARCHIVE_FILE, CAPTURES_FILE) for part in _file(Path(folder) / kind.name)]
    return page(
        "Tables",
        "`sqlite3 archive.db .schema` prints the same comments. Instants are UTC text, dates ISO text. The tables that the pages show are marked ◦.",
        *parts,
    )


def _file(path: Path) -> list[str]:
    database = sqlite3.connect(path)
    try:
        rows = database.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'view') AND sql LIKE '%--%' ORDER BY name"
        ).fetchall()
    finally:
        database.close()
    parts = [f"## {path.name}"]
    for name, sql in rows:
        said = described(sql)
        parts.append(f"### {name}{' ◦' if name in DOCUMENTED else ''}")
        parts.append(said["description"].capitalize() + "." if said["description"] else "")
        parts.append(
            table(("column", "meaning"), [(code(column), words) for column, words in said["columns"].items()])
        )
    return parts
