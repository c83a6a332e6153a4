"""Every version of the archive that ever was comes up to this one with all that it holds; an upgrade that is killed or finds the disk full can be done
again; and a file that is newer than the program is left alone."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from archive import changes, editions, outbox
from archive.databases import ARCHIVE_FILE, CAPTURES_FILE
from archive.errors import StorageFailed, UnsoundArchive
from archive.migrations import ARCHIVE_VERSION, CAPTURES_VERSION
from archive.store import Archive
from archive.verify import verify
from tests.archive.released import put, versions
from tests.tocsin.program import install
from tocsin.demo.server import HOST, OfficialStandIn
from tocsin.demo.server import editions as demo_editions

LONG = os.environ.get("TOCSIN_LONG") == "1"
RELEASED = 8
"""The newest version that people may have: what is newer was never released."""
FAILED = 9
"""How a process ends that found the disk full and said so."""
WORK = "us/cfr/15/799"


@pytest.fixture(params=versions())
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An archive of each version."""
    return put(request.param, tmp_path / "archive")


def schema(folder: Path, name: str = ARCHIVE_FILE.name) -> set[tuple[str, ...]]:
    """Every table, view, index and trigger, with its words. SQLite quotes the names of what was renamed."""
    with reading(folder, name) as database:
        rows = database.execute(
            "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
        )
        return {(*row[:3], " ".join(row[3].replace('"', "").split())) for row in rows}


def reading(folder: Path, name: str = ARCHIVE_FILE.name) -> sqlite3.Connection:
    return sqlite3.connect(f"{(folder / name).as_uri()}?mode=ro", uri=True)


def content(folder: Path) -> dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]:
    """Every table and view that has rows of its own: its columns and all its rows."""
    with reading(folder) as database:
        names = [
            name
            for (name,) in database.execute(
                "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
            )
        ]
        found = {}
        for name in names:
            columns = tuple(row[1] for row in database.execute(f"PRAGMA table_info({name})"))
            found[name] = (columns, database.execute(f"SELECT * FROM {name}").fetchall())
        return found


def fresh_schema(tmp_path: Path) -> set[tuple[str, ...]]:
    Archive.create(tmp_path / "fresh").close()
    return schema(tmp_path / "fresh")


def told(folder: Path) -> list[tuple[Any, ...]]:
    """What an archive of before the details had a table of their own says of its changes and their touches, by SQL as it was then."""
    with reading(folder) as database:
        rows = database.execute(
            "SELECT change.id, key, kind, materiality, old_eid, new_eid, change.heading, coalesce(old.body, ''), coalesce(new.body, ''), ops, details"
            " FROM change LEFT JOIN text AS old ON old.id = text_before LEFT JOIN text AS new ON new.id = text_after ORDER BY change.id"
        ).fetchall()
        found = []
        for number, *said, _ops, details in rows:
            more = json.loads(details)
            path = [one["eid"] for one in more.get("path", ())]
            touches = database.execute(
                "SELECT type, id, regime, role, via, confidence FROM touch WHERE change = ? ORDER BY position",
                (number,),
            ).fetchall()
            found.append(
                (
                    *said,
                    more.get("reason", ""),
                    more.get("unit", ""),
                    more.get("likeness", 0.0),
                    path,
                    touches,
                )
            )
        return found


def told_now(archive: Archive) -> list[tuple[Any, ...]]:
    """The same by this program."""
    return [
        (
            stored.id,
            one.kind,
            one.materiality,
            one.old_eid,
            one.new_eid,
            one.heading,
            one.text_before,
            one.text_after,
            one.reason,
            one.unit,
            one.likeness,
            [above.eid for above in one.path],
            [
                (touch.type, touch.id, touch.regime, touch.role, touch.via, touch.confidence)
                for touch in stored.touches
            ],
        )
        for stored in changes.changes(archive)
        for one in (stored.change,)
    ]


def child(work: Callable[[], None]) -> int:
    """Do something in a process of its own; the status that it ended with."""
    process = os.fork()
    if process == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(process, 0)[1]


def test_every_version_that_people_may_have_is_kept_with_a_row_in_every_table() -> None:
    assert versions()[:RELEASED] == tuple(range(1, RELEASED + 1))
    assert versions()[-1] <= ARCHIVE_VERSION
    assert versions("captures")[-1] <= CAPTURES_VERSION


def test_an_old_archive_has_the_schema_of_a_new_one_and_nothing_was_lost(old: Path, tmp_path: Path) -> None:
    before = content(old)
    assert all(rows for _, rows in before.values()), "an old archive has a table without a row"
    Archive.open(old).close()
    assert schema(old) == fresh_schema(tmp_path)
    after = content(old)
    assert before.keys() <= after.keys()
    for name, (columns, rows) in before.items():
        now, others = after[name]
        common = [column for column in columns if column in now]
        assert common, name
        kept = {tuple(row[now.index(column)] for column in common) for row in others}
        for row in rows:
            said = tuple(row[columns.index(column)] for column in common)
            assert said in kept, f"{name} lost {dict(zip(common, said, strict=True))}"
        assert len(others) >= len(rows), name


def test_an_old_archive_verifies_and_says_what_it_said(old: Path) -> None:
    said = told(old)
    assert len(said) == 6
    Archive.open(old).close()
    with Archive.open(old, read_only=True) as archive:
        assert [finding.what for finding in verify(archive) if finding.grave] == []
        assert archive.database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert archive.database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert told_now(archive) == said
        assert [edition.as_of for edition in editions.editions(archive, WORK)] == list(demo_editions())
        text = editions.expression(archive, WORK)
        assert text is not None
        assert "Thailand" in {provision.text for provision in text.walk()}
        (owed,) = [row for row in outbox.deliveries(archive) if row.delivery.watch == "thai"]
        assert owed.state == "sent"


@pytest.mark.parametrize("version", versions() if LONG else versions()[:1])
def test_an_upgraded_archive_is_kept_up_and_tells_nothing_that_it_told_before(
    version: int, tmp_path: Path
) -> None:
    *_, last = demo_editions()
    with OfficialStandIn(last) as server:
        place = install(
            tmp_path / "tocsin",
            TOCSIN_HOSTS=json.dumps({HOST: server.base}),
            TOCSIN_NOW="2026-02-20T12:00:00+00:00",
        )
        for path in (place.folder / "archive").iterdir():
            path.unlink()
        (place.folder / "archive").rmdir()
        put(version, place.folder / "archive")
        place.watch(thai={"countries": ["TH"]})
        (place.folder / "tocsin.toml").write_text('[sources.us_ecfr]\nparts = ["15/799"]\npace = 50.0\n')
        place.run("run", "--once", "--source", "us_ecfr")
    assert len(place.changes()) == 6
    assert [alert for alert in place.alerts() if alert["watch"] == "thai"] == []
    place.run("verify")


def killed_upgrades(version: int, tmp_path: Path) -> Iterator[Path]:
    """The archive after each upgrade that ends itself by SIGKILL as SQLite begins its n-th statement."""
    connect = sqlite3.connect

    def upgrade(folder: Path, last: int) -> None:
        statements = 0

        def count(_statement: str) -> None:
            nonlocal statements
            statements += 1
            if statements == last:
                os.kill(os.getpid(), signal.SIGKILL)

        def connected(*arguments: Any, **options: Any) -> sqlite3.Connection:
            connection = connect(*arguments, **options)
            connection.set_trace_callback(count)
            return connection

        sqlite3.connect = connected  # type: ignore[assignment]
        Archive.open(folder).close()

    number = 1
    while True:
        folder = put(version, tmp_path / f"{version}-{number}")
        status = child(lambda folder=folder, number=number: upgrade(folder, number))  # type: ignore[misc]
        if not os.WIFSIGNALED(status):
            assert status == 0
            return
        yield folder
        number += 1 if LONG else 37


@pytest.mark.parametrize("version", versions() if LONG else (versions()[0], versions()[-1]))
def test_an_upgrade_killed_at_any_statement_is_at_one_version_or_another_and_goes_on(
    version: int, tmp_path: Path
) -> None:
    wanted, seen = fresh_schema(tmp_path), set()
    said = told(put(version, tmp_path / "as-it-was"))
    for folder in killed_upgrades(version, tmp_path):
        with reading(folder) as database:
            ((found,),) = database.execute("PRAGMA user_version")
        assert version <= found <= ARCHIVE_VERSION
        seen.add(found)
        with Archive.open(folder) as archive:
            assert [finding.what for finding in verify(archive) if finding.grave] == []
            assert told_now(archive) == said
        assert schema(folder) == wanted
    assert len(seen) > (ARCHIVE_VERSION - version) / 2, "the upgrade was never killed in its middle"


def test_an_upgrade_on_a_disk_that_is_full_says_so_and_can_be_done_again(tmp_path: Path) -> None:
    """The kernel refuses what would make a file longer than some size, for sizes up to that at which there is room enough."""
    wanted, failed, limit = fresh_schema(tmp_path), 0, 4096
    while True:
        folder = put(1, tmp_path / str(limit))

        def upgrade(folder: Path = folder, limit: int = limit) -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            try:
                Archive.open(folder).close()
            except StorageFailed as error:
                os._exit(FAILED if folder.name in error.thing and error.mend else 1)

        status = os.waitstatus_to_exitcode(child(upgrade))
        assert status in (0, FAILED)
        with Archive.open(folder) as archive:
            assert [finding.what for finding in verify(archive) if finding.grave] == []
        assert schema(folder) == wanted
        if status == 0:
            break
        failed += 1
        limit += 1024 if LONG else 70_000
    assert failed > 2


@pytest.mark.parametrize("kind", [ARCHIVE_FILE, CAPTURES_FILE], ids=lambda kind: str(kind.name))
@pytest.mark.parametrize("read_only", [True, False])
def test_a_file_of_a_later_release_is_refused_with_both_numbers_and_not_touched(
    kind: Any, read_only: bool, tmp_path: Path
) -> None:
    folder = put(RELEASED, tmp_path / "archive")
    Archive.open(folder).close()
    database = sqlite3.connect(folder / kind.name)
    database.execute(f"PRAGMA user_version = {kind.version + 1}")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".db"}
    said = (
        f"{re.escape(kind.name)} has schema {kind.version + 1}, this program knows {kind.version}.*newer one"
    )
    with pytest.raises(UnsoundArchive, match=said):
        Archive.open(folder, read_only=read_only)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix == ".db"} == before


def test_an_old_archive_that_is_only_read_is_not_upgraded_and_says_what_upgrades_it(tmp_path: Path) -> None:
    folder = put(1, tmp_path / "archive")
    with pytest.raises(UnsoundArchive, match="has schema 1, older than .*tocsin run --once"):
        Archive.open(folder, read_only=True)
    assert date.fromisoformat("2026-01-05") in demo_editions()
    assert {row[1] for row in schema(folder) if row[0] == "table"} >= {"change", "capture"}
