"""Datasette's own pages, each made in one thread: they say what Datasette says, to each person their own, and see what is written meanwhile."""

from __future__ import annotations

import asyncio
import csv
import io
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted

from archive import actions, clock
from archive.store import Archive
from tests.tocsin.web.browser import Browser, environment, served, settle_house
from tests.tocsin.web.conftest import Get
from tocsin.config import Config
from tocsin.web import described
from tocsin.web.described import counted
from tocsin.web.server import application
from tocsin.web.tables import DOCUMENTED, FOR_ADMINISTRATORS

ASKED = (
    "table_columns",
    "table_column_details",
    "primary_keys",
    "fts_table",
    "label_column_for_table",
    "foreign_keys_for_table",
    "get_table_definition",
    "get_view_definition",
    "table_exists",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle_house(tmp_path_factory.mktemp("tables") / "tocsin")


@pytest.fixture
def tables(place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Datasette]:
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    yield from served(place)


def signed_in(site: Datasette, name: str) -> Browser:
    browser = Browser(site)
    browser.sign_in(name)
    return browser


def statuses_and_threads(site: Datasette, paths: list[str]) -> list[tuple[int, int, set[str]]]:
    """Of each address its status, how often something was handed to Datasette's threads for it, and in which threads the archive was asked."""
    browser, database = signed_in(site, "ada"), site.databases["archive"]
    handed, asked = [0], set[str]()

    class Counting(ThreadPoolExecutor):
        def submit(self, *given: Any, **named: Any) -> Any:
            handed[0] += 1
            return super().submit(*given, **named)

    ask = database.execute_fn

    async def noted(question: Any) -> Any:
        def look(connection: sqlite3.Connection) -> Any:
            asked.add(threading.current_thread().name)
            return question(connection)

        return await ask(look)

    found = []
    with Counting(2, thread_name_prefix="apart") as site.executor, pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "execute_fn", noted)
        for path in paths:
            handed[0] = 0
            asked.clear()
            found.append((browser.get(path).status_code, handed[0], set(asked)))
    return found


def test_each_is_made_in_one_thread_and_not_on_the_loop(tables: Datasette) -> None:
    paths = [
        "/archive",
        "/archive.json",
        "/archive/work",
        "/archive/work.csv",
        "/archive/work/1",
        "/archive/changes_by_month",
        "/archive?sql=select+1",
    ]
    for path, (status, handed, threads) in zip(paths, statuses_and_threads(tables, paths), strict=True):
        assert (path, status, handed) == (path, 200, 1)
        assert len(threads) == 1
        assert all(name.startswith("apart") for name in threads)


def test_what_is_said_of_the_schema_is_what_datasette_says(config: Config) -> None:
    site = Datasette([str(config.archive / "archive.db")])
    theirs, ours = site.databases["archive"], counted(site, config.archive / "archive.db")

    async def compare() -> None:
        for _ in range(2):
            assert await ours.table_names() == await theirs.table_names()
            assert await ours.view_names() == await theirs.view_names()
            assert await ours.hidden_table_names() == await theirs.hidden_table_names()
            counts = await theirs.table_counts(1000)
            told = {name: number if name in DOCUMENTED else None for name, number in counts.items()}
            assert await ours.table_counts() == told
            for name in [*await theirs.table_names(), *await theirs.view_names(), "nowhere", "WORK"]:
                for what in ASKED:
                    assert await getattr(ours, what)(name) == await getattr(theirs, what)(name), (what, name)
            keys, known = await ours.get_all_foreign_keys(), await theirs.get_all_foreign_keys()
            assert {name: one["outgoing"] for name, one in keys.items()} == {
                name: one["outgoing"] for name, one in known.items()
            }
            for name, one in known.items():
                shown = [key for key in one["incoming"] if key["other_table"] in DOCUMENTED]
                assert keys[name]["incoming"] == shown

    asyncio.run(compare())
    ours.close()
    theirs.close()


def test_another_schema_is_seen_at_once(place: Path, tables: Datasette) -> None:
    browser = signed_in(tables, "ada")
    assert browser.get("/archive/fresh").status_code == 404
    assert browser.get("/archive?sql=select+one+from+fresh").status_code == 400
    with sqlite3.connect(place / "archive" / "archive.db") as connection:
        connection.execute("CREATE TABLE fresh (one INTEGER)")
    connection.close()
    try:
        assert browser.get("/archive/fresh").status_code == 403, "it is there, and documented nowhere"
        assert browser.get("/archive?sql=select+one+from+fresh").status_code == 200
    finally:
        with sqlite3.connect(place / "archive" / "archive.db") as connection:
            connection.execute("DROP TABLE fresh")
        connection.close()
    assert browser.get("/archive/fresh").status_code == 404


def test_another_archive_in_its_place_is_the_one_that_is_shown(config: Config, tmp_path: Path) -> None:
    folder = tmp_path / "archive"
    Archive.create(folder).close()
    site = application(folder)

    def rows() -> int:
        answer = asyncio.run(site.client.get("/archive/work.json"))
        return len(answer.json()["rows"])

    assert rows() == 0
    folder.rename(tmp_path / "old")
    shutil.copytree(config.archive, folder)
    assert rows() > 3
    shutil.rmtree(folder)
    (tmp_path / "old").rename(folder)
    assert rows() == 0
    for database in site.databases.values():
        database.close()


def test_names_that_somebody_makes_up_are_not_kept(tables: Datasette) -> None:
    browser, database = signed_in(tables, "ada"), tables.databases["archive"]
    browser.get("/archive/work")
    kept = len(asyncio.run(database.schema()).told)
    for number in range(5):
        assert browser.get(f"/archive/made_up_{number}").status_code == 404
        assert browser.get(f"/archive/made_up_{number}/1").status_code == 403
    assert len(asyncio.run(database.schema()).told) == kept


def test_each_sees_their_own_tables_whoever_asked_before(tables: Datasette) -> None:
    browsers = {name: signed_in(tables, name) for name in ("ada", "rita", "cora")}
    for name in ("ada", "rita", "ada", "cora", "rita"):
        page, data = browsers[name].get("/archive").text, browsers[name].get("/archive.json").json()
        shown = {one["name"] for one in [*data["tables"], *data["views"]]}
        own = set(DOCUMENTED) if name == "ada" else set(DOCUMENTED) - set(FOR_ADMINISTRATORS)
        assert shown == own
        assert {one for one in DOCUMENTED if f">{one}</a>" in page} == own
        assert data["allow_execute_sql"] == (name == "ada")
        assert {one["name"] for one in data["tables"] if one["private"]} <= set(FOR_ADMINISTRATORS)
    assert Browser(tables).get("/archive.json").status_code == 401


def test_a_number_of_rows_that_is_long_to_count_is_a_minute_old_at_most(
    tables: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, folder = signed_in(tables, "ada"), tables.tocsin_site.folder

    def told() -> tuple[int, int, int]:
        table = browser.get("/archive/action.json?_size=max").json()
        of_all = {one["name"]: one["count"] for one in browser.get("/archive.json").json()["tables"]}
        return table["filtered_table_rows_count"], of_all["action"], len(table["rows"])

    def happen() -> None:
        with Archive.beside(folder) as archive:
            actions.write(archive, at=clock.now(), person="ada", deed="sign in", outcome=actions.DONE)

    assert (described._A_WHILE, described._COUNT_KEPT) == (0.005, 60)
    monkeypatch.setattr(described, "_A_WHILE", 1e9)  # nothing is long to count
    first, listed, rows = told()
    assert first == listed == rows
    happen()
    assert told() == (rows + 1,) * 3
    monkeypatch.setattr(described, "_A_WHILE", -1.0)  # everything is
    assert told() == (rows + 1,) * 3
    happen()
    assert told() == (rows + 1, rows + 1, rows + 2)
    few = browser.get("/archive/action.json?id__gt=0").json()
    assert few["filtered_table_rows_count"] == rows + 2, (
        "what is asked for by a condition is counted each time"
    )
    database = tables.databases["archive"]
    database._counted = {name: (until - 61, of) for name, (until, of) in database._counted.items()}
    assert told() == (rows + 2,) * 3


def test_rows_that_take_too_long_to_count_are_not_counted_again_for_each_page(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Datasette([str(config.archive / "archive.db")])
    database, tries = counted(site, config.archive / "archive.db"), []

    async def slow(self: Database, sql: str, *more: Any, **said: Any) -> Any:
        tries.append(sql)
        raise QueryInterrupted("interrupted", sql, {})

    async def ask() -> None:
        await database.schema()
        monkeypatch.setattr(Database, "execute", slow)
        for _ in range(3):
            with pytest.raises(QueryInterrupted):
                await database.execute("select count(*) from work ", {})
        with pytest.raises(QueryInterrupted):
            await database.execute("select count(*) from work where id = :p0", {"p0": 1})

    asyncio.run(ask())
    assert len(tries) == 2
    database.close()


def test_a_row_names_the_tables_that_people_look_into(get: Get, config: Config) -> None:
    with Archive.open(config.archive, read_only=True) as archive:
        (key,) = archive.database.execute(
            "SELECT transition_id FROM changeset WHERE newest = 1 LIMIT 1"
        ).fetchone()
    page = get(f"/archive/transition/{key}")
    assert page.status_code == 200
    assert 'href="/archive/changeset?transition_id=' in page.text
    for hidden in ("comment", "decision", "assignment", "analysis_history"):
        assert f"/archive/{hidden}?" not in page.text
    assert get(f"/archive/transition/{key}.json?_shape=array").json()[0]["id"] == key


def test_a_whole_table_is_taken_along_as_it_is_read_page_by_page(get: Get) -> None:
    whole = list(csv.DictReader(io.StringIO(get("/archive/text.csv?_stream=1").text)))
    read, address = [], "/archive/text.json?_shape=objects&_size=500"
    while address:
        page = get(address).json()
        read += page["rows"]
        address = (page["next_url"] or "").removeprefix("http://localhost")
    assert len(read) > 1000
    assert [row["id"] for row in whole] == [str(row["id"]) for row in read]


@pytest.mark.parametrize(
    ("path", "status"), [("/archive.db", 403), ("/archive/nowhere", 404), ("/archive/work/none", 404)]
)
def test_what_there_is_not_is_refused(get: Get, path: str, status: int) -> None:
    assert get(path).status_code == status
