"""Archives of every version that ever was, with data in every table: kept as SQL in ``schemas/``, each written by the program of its time.

A step between two releases is there too: a program that was killed while it upgraded leaves one. Whoever releases a version adds its archive:

    python -m tests.archive.released FOLDER

writes the archive in FOLDER, which should have a row in every table, under its number.
"""

from __future__ import annotations

import re
import sqlite3
import sys
from pathlib import Path

SCHEMAS = Path(__file__).parent / "schemas"
FILES = {"archive.db": "archive", "captures.db": "captures"}


def versions(kind: str = "archive") -> tuple[int, ...]:
    """Those that are kept, oldest first."""
    found = (re.fullmatch(rf"{kind}-(\d+)\.sql", path.name) for path in SCHEMAS.iterdir())
    return tuple(sorted(int(hit[1]) for hit in found if hit))


def put(version: int, folder: Path) -> Path:
    """Put the archive of a version into a new folder: ``archive.db`` of that version, ``captures.db`` of the newest that was kept."""
    folder.mkdir(parents=True)
    wanted = {"archive.db": version, "captures.db": versions("captures")[-1]}
    for name, kind in FILES.items():
        database = sqlite3.connect(folder / name, isolation_level=None)
        database.executescript((SCHEMAS / f"{kind}-{wanted[name]}.sql").read_text(encoding="utf-8"))
        database.execute("PRAGMA journal_mode = WAL")
        database.close()
    return folder


def keep(folder: Path) -> None:
    """Write both files of an archive under the numbers of their versions."""
    for name, kind in FILES.items():
        database = sqlite3.connect(folder / name)
        marks = {
            mark: database.execute(f"PRAGMA {mark}").fetchone()[0]
            for mark in ("application_id", "user_version")
        }
        lines = [*(f"PRAGMA {mark} = {value};" for mark, value in marks.items()), *database.iterdump()]
        database.close()
        (SCHEMAS / f"{kind}-{marks['user_version']}.sql").write_text(
            "\n".join(lines) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    keep(Path(sys.argv[1]))
