"""The bytes of captures: who may have them, that no browser shows them, and that it is written down who had them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from datasette.app import Datasette

from archive import editions
from archive.databases import CAPTURES_FILE
from archive.records import Capture
from archive.store import Archive
from tests.tocsin.review.house import LIST, TOKENS
from tests.tocsin.web.browser import ROLES, Browser, environment, logged, served, settle_house, write_config

PAGE = b"<!DOCTYPE html><script>alert(document.cookie)</script><h1>Notice</h1>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
KINDS = {
    "text/html; charset=utf-8": (PAGE, "txt"),
    "image/svg+xml": (SVG, "txt"),
    "application/xhtml+xml": (PAGE + b" ", "txt"),
    "text/xml": (b"<?xml-stylesheet href='evil.xsl'?><a/>", "xml.txt"),
    "application/pdf": (b"%PDF-1.7", "pdf"),
    "application/json": (b"{}", "json"),
    'x"\r\nSet-Cookie: a=b': (b"strange", "txt"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment().items():
            patch.setenv(name, value)
        house = settle_house(tmp_path_factory.mktemp("captured") / "tocsin")
        with Archive.open(house / "archive") as archive:
            for number, (media_type, (body, _)) in enumerate(KINDS.items()):
                editions.record_capture(
                    archive,
                    1,
                    Capture(
                        source="web_page",
                        document=f'../../"evil{number}.html',
                        url="https://example.org/",
                        body=body,
                        as_of=date(2026, 1, 1),
                        fetched_at=_noon(),
                        media_type=media_type,
                    ),
                )
        yield from served(house)


def _noon():  # type: ignore[no-untyped-def]
    from datetime import UTC, datetime

    return datetime(2026, 1, 1, 12, tzinfo=UTC)


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@pytest.mark.parametrize("media_type", KINDS)
def test_bytes_come_as_a_file_that_no_browser_shows(site: Datasette, media_type: str) -> None:
    browser = Browser(site)
    browser.sign_in("rob")
    body, ending = KINDS[media_type]
    answer = browser.get(f"/capture/{_sha256(body)}")
    assert (answer.status_code, answer.content) == (200, body)
    assert answer.headers["content-type"] == "application/octet-stream"
    assert (
        answer.headers["content-disposition"]
        == f'attachment; filename="tocsin-{_sha256(body)[:16]}.{ending}"'
    )
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "private, no-store"
    assert "a" not in browser.cookies


@pytest.mark.parametrize("name", [name for name, role in ROLES.items() if role])
def test_they_are_for_those_who_judge_and_it_is_written_who_had_them(site: Datasette, name: str) -> None:
    browser, sha256 = Browser(site), _sha256(PAGE)
    browser.sign_in(name)
    before = len(logged(site))
    answer = browser.get(f"/capture/{sha256}")
    (row,) = logged(site)[before:]
    assert (row.person, row.deed, row.subject) == (name, "download a capture", sha256)
    if ROLES[name] == "reader":
        assert (answer.status_code, row.outcome) == (403, "refused")
        assert PAGE not in answer.content
    else:
        assert (answer.status_code, row.outcome, row.said) == (200, "done", f"{len(PAGE)} bytes of web_page")
    by_token = Browser(site).get(f"/capture/{sha256}", headers={"authorization": f"Bearer {TOKENS[name]}"})
    assert by_token.status_code == answer.status_code
    assert Browser(site).get(f"/capture/{sha256}").status_code == 302


@pytest.mark.parametrize(
    "path",
    [
        "0" * 64,
        "0" * 63,
        "../captures.db",
        "%2e%2e/captures.db",
        "A" * 64,
        "' OR '1'='1",
        "0" * 64 + ".json",
    ],
)
def test_what_is_not_held_is_not_found(site: Datasette, path: str) -> None:
    browser = Browser(site)
    browser.sign_in("ada")
    answer = browser.get(f"/capture/{path}")
    assert answer.status_code in (302, 403, 404)
    assert b"SQLite" not in answer.content


def test_the_file_of_captures_is_not_attached(site: Datasette) -> None:
    assert set(site.databases) == {"_internal", "archive"}
    browser = Browser(site)
    browser.sign_in("ada")
    assert browser.get(f"/{CAPTURES_FILE.name}").status_code in (302, 403, 404)
    for sql in (
        f"attach 'file:{CAPTURES_FILE.name}' as c",
        "select * from body",
        "select readfile('/etc/passwd')",
    ):
        assert browser.get("/archive.json", params={"sql": sql}).status_code in (400, 403), sql


def test_pages_link_to_them_for_whom_they_are(site: Datasette) -> None:
    with Archive.open(site.tocsin_site.folder, read_only=True) as archive:
        sha256 = editions.editions(archive, LIST)[-1].sha256
        (change,) = archive.database.execute(
            "SELECT key FROM change WHERE materiality = 'substantive' AND old_eid IS NOT NULL"
        ).fetchone()
    for name, is_there in (("rob", True), ("rita", False)):
        browser = Browser(site)
        browser.sign_in(name)
        for page in (f"/change/{change}", f"/{LIST}/3A090.a"):
            answer = browser.get(page)
            assert answer.status_code == 200
            assert (f'href="/capture/{sha256}" download' in answer.text) == is_there, (name, page)
    browser = Browser(site)
    browser.sign_in("rob")
    assert _sha256(browser.get(f"/capture/{sha256}").content) == sha256


def test_nobody_has_them_where_there_are_no_accounts(site: Datasette, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(site.tocsin_site.folder.parent, tmp_path / "tocsin")
    write_config(tmp_path / "tocsin", passwords=False)
    for other in served(tmp_path / "tocsin"):
        before = len(logged(other))
        assert Browser(other).get(f"/capture/{_sha256(PAGE)}").status_code == 403
        assert len(logged(other)) == before, "nobody fills the log who has said nothing of themselves"
