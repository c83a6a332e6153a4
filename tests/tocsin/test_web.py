"""The front end over the archive of the demonstration: the pages that alerts link to, hostile text, what it refuses."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from tests.tocsin.program import Installation, install
from tocsin.demo.server import editions


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    place = install(tmp_path_factory.mktemp("web") / "tocsin")
    (place.folder / "tocsin.toml").write_text('[sources.us_ecfr]\nparts = ["15/799"]\n')
    for day, body in editions().items():
        hostile = (
            body.replace(b"Uruguay", b"Uruguay &lt;script&gt;alert(1)&lt;/script&gt;")
            if day.month == 2
            else body
        )
        (place.folder / f"{day}.xml").write_bytes(hostile)
        place.run("ingest", "--source", "us_ecfr", "--as-of", str(day), f"{day}.xml")
    return place


@pytest.fixture
def client(place: Installation) -> Iterator[Any]:
    from tocsin.web.server import application

    datasette = application(place.folder / "archive")
    yield datasette.client
    for database in datasette.databases.values():
        database.close() if hasattr(database, "close") else None


def get(client: Any, path: str) -> Any:
    return asyncio.run(client.get(path))


def test_the_list_shows_what_has_weight_and_counts_the_rest(client: Any, place: Installation) -> None:
    page = get(client, "/changes")
    assert page.status_code == 200
    substantive = [change for change in place.changes() if change["materiality"] == "substantive"]
    assert substantive
    assert all(f"/change/{change['id']}" in page.text for change in substantive)
    left_out = len(place.changes()) - len(substantive)
    assert f"{left_out} changes without weight" in page.text


def test_a_change_has_its_redline_and_its_reason(client: Any, place: Installation) -> None:
    (change,) = [change for change in place.changes() if "2400" in change["text_after"]]
    page = get(client, f"/change/{change['id']}")
    assert page.status_code == 200
    for words in ("4800", "2400", change["reason"], "us/cfr/15/799#799.3.a"):
        assert words in page.text
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "script-src" not in page.headers["content-security-policy"]
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_markup_in_a_law_is_text_on_the_page(client: Any, place: Installation) -> None:
    (change,) = [change for change in place.changes() if "<script>" in (change["text_after"] or "")]
    page = get(client, f"/change/{change['id']}")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text


def test_an_unknown_change_is_not_found(client: Any) -> None:
    assert get(client, "/change/0123").status_code == 404


def test_nobody_writes_sql(client: Any) -> None:
    assert get(client, "/archive.json?sql=select+1").status_code == 403


def test_captures_are_not_attached(client: Any) -> None:
    names = {database["name"] for database in get(client, "/-/databases.json").json()}
    assert names == {"archive"}
