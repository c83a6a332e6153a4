"""SQL of one's own: for administrators, read-only, each query in the log, and what is privileged stays so. And the page of the log."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from datasette.app import Datasette

from archive.store import Archive
from tests.tocsin.program import Installation
from tests.tocsin.review.house import run
from tests.tocsin.web.browser import ROLES, Browser, environment, logged, served, settle_house

SECRET = "zebra crossing privileged words"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment().items():
            patch.setenv(name, value)
        house = settle_house(tmp_path_factory.mktemp("asked") / "tocsin")
        with Archive.open(house / "archive", read_only=True) as archive:
            (change,) = archive.database.execute(
                "SELECT key FROM change WHERE materiality = 'substantive' AND old_eid IS NOT NULL"
            ).fetchone()
        place = Installation(house, environment())
        run(place, "review", "comment", change, SECRET, "--privileged", "--as", "cora")
        yield from served(house)


def ask(site: Datasette, name: str, sql: str) -> tuple[int, str]:
    browser = Browser(site)
    browser.sign_in(name)
    answer = browser.get("/archive.json", params={"sql": sql})
    return answer.status_code, answer.text


@pytest.mark.parametrize("name", [name for name, role in ROLES.items() if role])
def test_only_administrators_ask_and_each_question_is_in_the_log(site: Datasette, name: str) -> None:
    before = len(logged(site))
    status, said = ask(site, name, "select count(*) as n from work")
    row = logged(site)[-1]
    assert len(logged(site)) == before + 2
    assert (row.person, row.deed, row.said) == (name, "run SQL", "select count(*) as n from work")
    if name == "ada":
        assert (status, row.outcome) == (200, "done")
        assert '"n": 1' in said.replace('"rows": [[1]]', '"n": 1')
    else:
        assert (status, row.outcome) == (403, "refused")
    browser = Browser(site)
    browser.sign_in(name)
    condition = browser.get("/archive/work.json", params={"_where": "1 in (select 1)"})
    assert condition.status_code == (200 if name == "ada" else 403)
    assert logged(site)[-1].said == "1 in (select 1)"


@pytest.mark.parametrize(
    "sql",
    [
        "select * from comment",
        "select words from COMMENT",
        'select "words" from "comment"',
        "select count(words) from comment",
        "select rowid from comment",
        "select * from session",
        "with c as (select * from comment) select * from c",
        "select 1 where exists (select 1 from comment where words like 'zebra%')",
        "select (select group_concat(words) from comment)",
        "select * from main.comment",
    ],
)
def test_privileged_comments_and_sessions_are_read_by_no_query(site: Datasette, sql: str) -> None:
    status, said = ask(site, "ada", sql)
    assert status in (400, 403)
    assert SECRET not in said


@pytest.mark.parametrize(
    "sql",
    [
        "delete from action",
        "insert into action default values",
        "update action set person = 'x'",
        "drop table action",
        "pragma writable_schema = 1",
        "attach database '/tmp/x.db' as x",
        "vacuum into '/tmp/x.db'",
        "select load_extension('/tmp/x.so')",
        "with x as (select 1) delete from action",
    ],
)
def test_nothing_is_written_by_a_query(site: Datasette, sql: str) -> None:
    before = len(logged(site))
    assert ask(site, "ada", sql)[0] in (400, 403)
    assert len(logged(site)) == before + 2, "but for the log itself"


def test_the_log_is_for_administrators(site: Datasette) -> None:
    for name, role in ROLES.items():
        if not role:
            continue
        browser = Browser(site)
        browser.sign_in(name)
        statuses = {
            browser.get(path).status_code for path in ("/actions", "/actions.json", "/archive/action.json")
        }
        assert statuses == ({200} if role == "administrator" else {403})
        link = '<a href="/actions">' in browser.get("/").text
        assert link == (role == "administrator")


def test_the_log_is_read_by_person_by_deed_and_page_by_page(site: Datasette) -> None:
    browser = Browser(site)
    browser.sign_in("ada")
    evil = "select '<script>alert(1)</script>' as \u202e"
    browser.get("/archive.json", params={"sql": evil})
    page = browser.get("/actions?person=ada&deed=run+SQL")
    assert "<td>asking by SQL</td>" in page.text
    assert "&lt;script&gt;" in page.text
    assert "<script>" not in page.text
    assert "\u202e" not in page.text
    rows = browser.get("/actions.json?person=ada&outcome=done").json()["actions"]
    assert {row["person"] for row in rows} == {"ada"}
    older = browser.get(f"/actions.json?before={rows[0]['id']}").json()["actions"]
    assert older[0]["id"] < rows[0]["id"]
    assert browser.get("/actions?before=x").status_code == 400
    table = browser.get("/archive/action")
    assert "in the order in which it happened" in table.text


def test_administrators_find_where_to_ask(site: Datasette) -> None:
    for name, is_there in (("ada", True), ("cora", False)):
        browser = Browser(site)
        browser.sign_in(name)
        assert ("<textarea" in browser.get("/archive").text) == is_there
    browser = Browser(site)
    browser.sign_in("ada")
    page = browser.get("/archive", params={"sql": "select path from work"})
    assert page.status_code == 200
    assert "us/cfr/15/774/supp-1" in page.text
