"""Every address at which something is written, asked by everybody in every way: the addresses are taken from the routes, so that a new one cannot be forgotten."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from archive.store import Archive
from tests.tocsin.review.house import TOKENS
from tests.tocsin.web import browser
from tests.tocsin.web.browser import PROXY_SECRET, ROLES, Browser, environment, settle_house, write_config
from tocsin.review.roles import DEEDS, Actor
from tocsin.web.login import IN, OUT

SAMPLES = ("0" * 64, "2026-W06", "chips", "1")
PROXY = '[web.proxy]\nsecret = "env:PROXY"\n'
OF_EVERYBODY = (IN, OUT)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle_house(tmp_path_factory.mktemp("probed") / "tocsin")


@pytest.fixture(scope="module", autouse=True)
def surroundings() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment().items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="module")
def served(house: Path) -> Iterator[Datasette]:
    yield from browser.served(house)


@pytest.fixture(scope="module")
def behind_proxy(house: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Datasette]:
    folder = tmp_path_factory.mktemp("proxied") / "tocsin"
    shutil.copytree(house, folder)
    write_config(folder, PROXY, passwords=False)
    yield from browser.served(folder)


@pytest.fixture
def change(served: Datasette) -> str:
    with Archive.open(served.tocsin_site.folder, read_only=True) as archive:
        (key,) = archive.database.execute(
            "SELECT key FROM change WHERE materiality = 'substantive' AND old_eid IS NOT NULL"
        ).fetchone()
    return str(key)


def writing(datasette: Datasette) -> list[tuple[str, str]]:
    """Every address that writes, filled in, with the deed that it is."""
    found = []
    for pattern, view in datasette._routes():
        said = pattern.pattern if hasattr(pattern, "pattern") else str(pattern)
        deed = getattr(view, "deed", "read")
        if deed != "read":
            found.append((_filled_in(said), deed))
        else:
            assert not said.startswith(("^/do/", "/do/")), f"{said} writes and names no deed"
    return found


def _filled_in(pattern: str) -> str:
    """An address that a pattern meets."""

    def sample(group: re.Match[str]) -> str:
        return next(one for one in SAMPLES if re.fullmatch(group[1], one))

    address = re.sub(r"\(\?P<\w+>((?:[^()]|\([^()]*\))*)\)", sample, pattern).strip("^$").replace("\\", "")
    assert re.match(pattern, address), f"no sample of this test meets {pattern}: add one to SAMPLES"
    return address


def forms(datasette: Datasette) -> list[tuple[str, str]]:
    """Of these the forms that are not there for everybody."""
    return [one for one in writing(datasette) if one[0].startswith("/do/") and one[1] not in OF_EVERYBODY]


def contents(datasette: Datasette) -> dict[str, int]:
    """How many rows each table has, but for the log and for who is signed in."""
    with Archive.open(datasette.tocsin_site.folder, read_only=True) as archive:
        tables = archive.database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            name: archive.database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in tables
            if name not in ("action", "session", "visit")
        }


def log(datasette: Datasette) -> list[tuple[str, str, str, str, str]]:
    return [(one.person, one.deed, one.outcome, one.said, one.via) for one in browser.logged(datasette)]


def test_there_is_something_to_probe(served: Datasette) -> None:
    found = dict(writing(served))
    assert {"/do/sign-in", "/do/sign-out", "/do/sign", "/api/reviews/decisions"} <= set(found)
    assert set(found.values()) <= {*DEEDS, *OF_EVERYBODY}


def strangers(datasette: Datasette) -> dict[str, Callable[[str], Any]]:
    """Ways in which somebody sends a form who is nobody: what the address then answers."""

    def fresh() -> Browser:
        return Browser(datasette)

    def cookie(name: str, value: str) -> Callable[[str], Any]:
        def send(path: str) -> Any:
            one = fresh()
            one.token()
            one.cookies[name] = value
            return one.send(path)

        return send

    ended = fresh()
    assert ended.sign_in("cora").status_code == 303
    token = ended.cookies["tocsin_session"]
    assert ended.send("/do/sign-out").status_code == 303
    actor = datasette.sign({"a": {"id": "cora", "roles": ["counsel"]}}, "actor")
    basic = "Basic Y29yYTp0aGUgbG9uZyBwYXNzd29yZCBvZiBjb3Jh"
    proxy = {"x-remote-user": "cora", "x-proxy-secret": PROXY_SECRET, "x-forwarded-user": "cora"}
    program = {"authorization": f"Bearer {TOKENS['cora']}"}
    return {
        "no cookie": lambda path: fresh().send(path),
        "no cookie and no token": lambda path: fresh().send(path, token=""),
        "a session that nobody began": cookie("tocsin_session", "A" * 43),
        "a session with signs in it": cookie("tocsin_session", "' OR 1=1 --"),
        "a session that was ended": cookie("tocsin_session", token),
        "an actor of Datasette's": cookie("ds_actor", actor),
        "a token of Datasette's": lambda path: fresh().send(
            path, headers={"authorization": "Bearer dstok_x"}
        ),
        "a password in a header": lambda path: fresh().send(path, headers={"authorization": basic}),
        "the token of a program, for a form": lambda path: fresh().send(path, headers=program),
        "the header of a proxy that nobody configured": lambda path: fresh().send(path, headers=proxy),
    }


def test_nobody_writes_who_did_not_say_who_they_are(served: Datasette) -> None:
    before, ways = contents(served), strangers(served)
    for path, _ in forms(served):
        for way, send in ways.items():
            assert send(path).status_code in (401, 403), (path, way)
    assert contents(served) == before


def test_programs_write_with_their_token_alone(served: Datasette) -> None:
    before = contents(served)
    signed_in = Browser(served)
    signed_in.sign_in("cora")
    for path, _ in writing(served):
        if not path.startswith("/api/"):
            continue
        strange: tuple[dict[str, str], ...] = (
            {},
            {"authorization": "Bearer nobodys-token-0123456789"},
            {"authorization": f"bearer {TOKENS['cora'][:-6]}"},
            {"x-remote-user": "cora", "x-proxy-secret": PROXY_SECRET},
        )
        for headers in strange:
            assert signed_in.ask("POST", path, headers=headers, json={}).status_code == 401, (path, headers)
            assert signed_in.send(path, headers=headers).status_code == 401
        for name, role in ROLES.items():
            if role:
                headers = {"authorization": f"Bearer {TOKENS[name]}"}
                status = Browser(served).ask("POST", path, headers=headers, json={}).status_code
                assert status in (400, 403), (path, name)
    assert contents(served) == before


@pytest.mark.parametrize("name", ROLES)
def test_a_form_is_for_whom_the_role_lets(served: Datasette, name: str) -> None:
    one, role = Browser(served), ROLES[name]
    assert one.sign_in(name).status_code == (303 if role else 403)
    who = Actor(name=name, roles=(role,) if role else ())
    before = contents(served)
    for path, deed in forms(served):
        entries = len(log(served))
        answer = one.send(path)
        if who.may(deed):
            assert answer.status_code in (200, 303, 400, 403, 404), (path, answer.status_code)
            continue
        assert answer.status_code in (401, 403), path
        if role:
            assert log(served)[entries:] == [(name, deed, "refused", f"{name} may not {deed}", "session")]
        assert contents(served) == before


@pytest.mark.parametrize("wrong", ["", "no token of ours", "é", "ANOTHER"])
def test_a_form_without_the_token_of_the_browser_does_nothing(served: Datasette, wrong: str) -> None:
    browsers = {name: Browser(served) for name in ("cora", "ada", "rob")}
    for name, one in browsers.items():
        assert one.sign_in(name).status_code == 303
    token = Browser(served).token() if wrong == "ANOTHER" else wrong
    before, entries = contents(served), len(log(served))
    for path, _ in writing(served):
        if path.startswith("/do/"):
            for one in browsers.values():
                assert one.send(path, token=token).status_code == 403, path
    assert contents(served) == before
    assert len(log(served)) == entries
    assert all(one.get("/").status_code == 200 for one in browsers.values()), "nobody was signed out"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost.evil.example"},
        {"origin": "http://localhost@evil.example"},
        {"origin": "http://[::1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"content-type": "text/plain"},
        {"content-type": "application/json"},
        {"content-type": "multipart/form-data; boundary=x"},
    ],
)
def test_a_form_of_another_site_does_nothing(served: Datasette, headers: dict[str, str]) -> None:
    one = Browser(served)
    one.sign_in("cora")
    before, entries = contents(served), len(log(served))
    for path, _ in writing(served):
        if path.startswith("/do/"):
            assert one.send(path, headers=headers).status_code in (403, 415), path
    assert (contents(served), len(log(served))) == (before, entries)


def test_a_proxy_is_believed_for_its_secret_alone(behind_proxy: Datasette) -> None:
    right = {"x-remote-user": "cora", "x-proxy-secret": PROXY_SECRET}
    forged: dict[str, dict[str, str]] = {
        "no secret": {"x-remote-user": "cora"},
        "a wrong one": {**right, "x-proxy-secret": PROXY_SECRET + "4"},
        "an empty one": {**right, "x-proxy-secret": ""},
        "another name of the header": {"remote-user": "cora", "x-proxy-secret": PROXY_SECRET},
        "a stranger": {**right, "x-remote-user": "mallory"},
        "two lines": {**right, "x-remote-user": "cora\nada"},
    }
    before = contents(behind_proxy)
    for path, deed in forms(behind_proxy):
        for way, headers in forged.items():
            assert Browser(behind_proxy).send(path, headers=headers).status_code in (401, 403), (path, way)
        for name, role in ROLES.items():
            if not role:
                continue
            status = Browser(behind_proxy).send(path, headers={**right, "x-remote-user": name}).status_code
            who = Actor(name=name, roles=(role,))
            assert status in ((200, 303, 400, 403, 404) if who.may(deed) else (403,)), (path, name)
            if not who.may(deed):
                assert log(behind_proxy)[-1] == (name, deed, "refused", f"{name} may not {deed}", "proxy")
    assert Browser(behind_proxy).sign_in("cora").status_code == 404
    assert contents(behind_proxy) == before
    said = {row[3] for row in log(behind_proxy)}
    assert {
        "the header of the proxy came without its secret",
        "the proxy named somebody whom [people] does not have",
    } <= said


def test_a_proxy_names_people_by_address_as_well_and_two_at_once_are_nobody(behind_proxy: Datasette) -> None:
    secret = {"x-proxy-secret": PROXY_SECRET}
    page = Browser(behind_proxy).get("/", headers={**secret, "x-remote-user": "CORA@example.org"}).text
    assert "Signedinascora" in re.sub(r"\s|</?span[^>]*>", "", page)
    both = [("x-remote-user", "cora"), ("x-remote-user", "rita"), ("x-proxy-secret", PROXY_SECRET)]
    twice = [("x-remote-user", "cora"), ("x-proxy-secret", PROXY_SECRET), ("x-proxy-secret", PROXY_SECRET)]
    for headers in (both, twice):
        assert _status(behind_proxy, headers) == 302
    assert _status(behind_proxy, [("x-remote-user", "rita"), *secret.items()]) == 200


def _status(datasette: Datasette, headers: list[tuple[str, str]]) -> int:
    answer = asyncio.run(datasette.client.get("/works", headers=headers, follow_redirects=False))
    return int(answer.status_code)


def test_what_is_done_is_in_the_log_by_form_as_by_program(served: Datasette, change: str) -> None:
    one, before = Browser(served), len(log(served))
    one.sign_in("rob")
    assert one.send("/do/comment", {"change": change, "words": "A limit was halved."}).status_code == 303
    headers = {"authorization": f"Bearer {TOKENS['cora']}"}
    said = {"change": change, "words": "Seen by a program."}
    assert Browser(served).ask("POST", "/api/reviews/comments", headers=headers, json=said).status_code == 201
    assert [(row[0], row[1], row[2], row[4]) for row in log(served)[before:]] == [
        ("rob", "sign in", "done", "session"),
        ("rob", "comment", "done", "session"),
        ("cora", "comment", "done", "token"),
    ]
    assert {row.subject for row in browser.logged(served)[before + 1 :]} == {f"change {change}"}


def test_what_cannot_be_logged_is_not_done(
    served: Datasette, change: str, capfd: pytest.CaptureFixture[str]
) -> None:
    one, headers = Browser(served), {"authorization": f"Bearer {TOKENS['rob']}"}
    one.sign_in("rob")
    with Archive.open(served.tocsin_site.folder) as archive:
        archive.database.execute(
            "CREATE TRIGGER full BEFORE INSERT ON action BEGIN SELECT RAISE(ABORT, 'no more'); END"
        )
    try:
        before = contents(served)
        said = {"change": change, "words": "Nobody would know of this."}
        for answer in (
            one.send("/do/comment", said),
            Browser(served).ask("POST", "/api/reviews/comments", headers=headers, json=said),
            Browser(served).sign_in("cora"),
        ):
            assert answer.status_code == 500
        assert contents(served) == before
    finally:
        with Archive.open(served.tocsin_site.folder) as archive:
            archive.database.execute("DROP TRIGGER full")
    assert "no more" in capfd.readouterr().err, "the operator is told why"
