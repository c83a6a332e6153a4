"""Readers read: nobody writes, nobody sees what is not documented, nobody runs SQL of their own."""

from __future__ import annotations

import pytest

from archive.store import Archive
from tests.tocsin.web.conftest import Get
from tocsin.config import Config
from tocsin.web.tables import DOCUMENTED, FOR_ADMINISTRATORS, QUERIES, described


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
@pytest.mark.parametrize(
    "path", ["/", "/works", "/archive/work", "/watch/chips", "/search", "/-/permissions", "/archive"]
)
def test_nothing_is_written_outside_of_the_interface_for_it(get: Get, method: str, path: str) -> None:
    assert get(path, method=method).status_code == 405


def test_the_interface_for_writing_asks_who_it_is(get: Get) -> None:
    assert get("/api/reviews/decisions", method="POST", content=b"{}").status_code in (401, 403)


def test_only_documented_tables_are_there(get: Get, config: Config) -> None:
    with Archive.open(config.archive, read_only=True) as archive:
        tables = {
            name
            for (name,) in archive.database.execute(
                "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')"
            )
        }
    assert set(DOCUMENTED) <= tables
    for name in sorted(tables):
        is_open = name in DOCUMENTED and name not in FOR_ADMINISTRATORS
        assert get(f"/archive/{name}.json").status_code == (200 if is_open else 403), name
    assert {"delivery", "mute", "watch_wording", "session", "visit"} <= tables - set(DOCUMENTED)


@pytest.mark.parametrize(
    "path",
    [
        "/archive?sql=select+1",
        "/archive.json?sql=select+*+from+delivery",
        "/archive/work.json?_where=1+in+(select+1)",
        "/_internal",
        "/captures",
        "/archive.db",
        "/-/threads",
        "/-/plugins.json",
        "/-/settings",
        "/-/metadata",
        "/-/permissions",
        "/-/messages",
        "/-/allow-debug",
    ],
)
def test_sql_and_the_inside_of_the_machine_are_refused(get: Get, path: str) -> None:
    assert get(path).status_code in (400, 403, 404)


def test_every_table_says_what_it_is(get: Get) -> None:
    page = get("/archive").text
    for name in DOCUMENTED:
        assert (f">{name}</a>" in page) == (name not in FOR_ADMINISTRATORS)
    text = "CREATE TABLE work (                 -- a regulation\n  id INTEGER PRIMARY KEY,\n  path TEXT NOT NULL UNIQUE,      -- us/cfr\n) STRICT"
    assert described(text) == {
        "description": "a regulation",
        "columns": {"path": "us/cfr"},
        "allow_facet": False,
    }


@pytest.mark.parametrize("name", sorted(QUERIES))
def test_the_questions_people_ask_are_answered(get: Get, name: str) -> None:
    values = {
        "type": "country",
        "id": "TH",
        "since": "2000-01-01",
        "work": "us/cfr/15/774/supp-1",
        "eid": "3A090.a",
    }
    answer = get(f"/archive/{name}.json", params={**values, "_shape": "array"})
    assert answer.status_code == 200
    if name in ("changes_touching", "changes_by_month", "text_on_day"):
        assert answer.json()


def test_errors_say_nothing_of_the_inside(get: Get, capfd: pytest.CaptureFixture[str]) -> None:
    assert "Traceback" not in get("/us/none/%E5%87%BA").text
    assert get("/us/none/%E5%87%BA").status_code == 404
    assert "Traceback" not in capfd.readouterr().err
