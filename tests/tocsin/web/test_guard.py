"""What is refused before anybody looks at a request, and what Datasette lets nobody do."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from click.testing import CliRunner
from datasette.app import Datasette
from datasette.plugins import pm
from hypothesis import given
from hypothesis import strategies as some

from archive.errors import BadInput
from tests.tocsin.web.browser import (
    HASHES,
    PASSWORDS,
    Browser,
    environment,
    logged,
    served,
    settle_house,
    write_config,
)
from tocsin.cli import cli
from tocsin.config import load
from tocsin.review.roles import DEEDS, READ, ROLES, Actor, Denied
from tocsin.web.doorkeeper import SLOTS, Doorkeeper
from tocsin.web.forms import local
from tocsin.web.headers import LONGEST
from tocsin.web.keys import FILE, secret_of


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment().items():
            patch.setenv(name, value)
        yield settle_house(tmp_path_factory.mktemp("guarded") / "tocsin")


@pytest.fixture(scope="module")
def site(house: Path) -> Iterator[Datasette]:
    yield from served(house)


FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"a=" + b"x" * LONGEST, 413),
        (b"person=%ff%fe", 400),
        (b"person=\xff", 400),
        (b"&".join(b"a%d=" % number for number in range(3000)), 400),
        (b"", 403),
        (b"%", 403),
        (b"&&&===", 403),
        (b"csrftoken=a&csrftoken=b", 403),
    ],
)
def test_a_body_that_no_browser_sends_is_refused(site: Datasette, body: bytes, status: int) -> None:
    browser = Browser(site)
    browser.token()
    answer = browser.ask("POST", "/do/sign-in", content=body, headers=FORM)
    assert answer.status_code == status


@pytest.mark.parametrize(
    "sent",
    [
        b"a\xff=b",
        b"ds_csrftoken=\xc3\xa9",
        b";;;",
        b"=",
        b"expires=1; path=2",
        b"tocsin_session=\x80",
        b"\x00",
    ],
)
@pytest.mark.parametrize("path", ["/sign-in", "/works"])
def test_cookies_that_no_browser_sends_break_nothing(site: Datasette, sent: bytes, path: str) -> None:
    answer = Browser(site).get(path, headers={"cookie": sent})  # type: ignore[dict-item]
    assert answer.status_code == (200 if path == "/sign-in" else 302)


@pytest.mark.parametrize(
    "text",
    [
        "a\r\nSet-Cookie: evil=1",
        "a\nLocation: https://evil.example",
        "a%0d%0aSet-Cookie:%20evil=1",
        "\u2028x",
        "\u560d\u560aSet-Cookie: evil=1",
    ],
)
def test_no_text_of_a_request_becomes_a_header(site: Datasette, text: str) -> None:
    browser = Browser(site)
    for answer in (
        browser.ask("GET", "/sign-in", params={"next": text}),
        browser.ask("GET", "/works", params={"q": text}),
        browser.sign_in(text, "x", next=text),
        browser.sign_in("rob", "", next=f"/works?{text}"),
        browser.ask("GET", "/search", params={"q": text}),
    ):
        assert "evil" not in "".join(name for name, _ in answer.headers.items())
        assert "evil=1" not in repr(answer.headers.get_list("set-cookie"))
        assert not urlsplit(answer.headers.get("location", "")).netloc
    assert all("\n" not in one.said + one.subject for one in logged(site))


@given(some.text(alphabet=some.sampled_from("/\\.:@?#%&=;ahtpsevil\t\r\n \x00é[]"), max_size=30))
def test_an_address_to_go_on_to_stays_with_us(address: str) -> None:
    gone = urljoin("http://localhost/do/sign-in", local(address))
    assert urlsplit(gone).netloc == "localhost"
    assert urlsplit(gone).scheme == "http"
    assert local(address).isprintable()


@pytest.mark.parametrize("name", ["", "rita", "rob", "cora", "ada"])
def test_datasette_lets_nobody_do_what_is_not_reading(site: Datasette, name: str) -> None:
    """Deny by default: of the permissions of Datasette (those of later ones too) and of plugins nobody has any but those of reading."""
    role = {"rita": "reader", "rob": "reviewer", "cora": "counsel", "ada": "administrator"}.get(name)
    actor = {"id": name, "roles": [role]} if role else None
    actions = (
        *("view-instance", "view-database", "view-table", "view-query", "execute-sql"),
        *(
            "view-database-download",
            "permissions-debug",
            "debug-menu",
            "insert-row",
            "update-row",
            "delete-row",
        ),
        *("create-table", "alter-table", "drop-table", "create-token", "tocsin-anything", "made-up"),
    )
    allowed = {
        action: asyncio.run(site.permission_allowed(actor, action, _resource(action), default=True))
        for action in actions
    }
    reading = {"view-instance", "view-query", "view-database", "view-table"}
    assert {action for action, is_allowed in allowed.items() if is_allowed} == reading | (
        {"execute-sql"} if name == "ada" else set()
    )
    assert not asyncio.run(site.permission_allowed(actor, "view-table", ("archive", "session"), default=True))
    assert asyncio.run(site.permission_allowed(actor, "view-table", ("archive", "action"), default=True)) == (
        name == "ada"
    )
    assert not asyncio.run(site.permission_allowed(actor, "view-database", "_internal", default=True))


def _resource(action: str) -> Any:
    return {
        "view-table": ("archive", "work"),
        "view-query": ("archive", "dates_ahead"),
        "view-instance": None,
    }.get(action, "archive")


def test_the_plugins_load_and_the_kept_one_is_among_them(site: Datasette) -> None:
    names = {str(getattr(plugin, "__name__", plugin)) for plugin in pm.get_plugins()}
    ours = {f"tocsin.web.{name}" for name in ("frame", "login", "captured", "sql", "pages", "review_api")}
    assert ours | {"datasette_auth_passwords"} <= names
    assert "datasette.handle_exception" not in names


@pytest.mark.parametrize(
    "path",
    [
        "threads",
        "plugins.json",
        "metadata",
        "settings",
        "actor",
        "permissions",
        "allow-debug",
        "messages",
        "login",
        "password-tool",
    ],
)
def test_pages_that_tell_of_the_machine_are_closed_for_administrators_too(site: Datasette, path: str) -> None:
    browser = Browser(site)
    browser.sign_in("ada")
    assert browser.get(f"/-/{path}").status_code == 403


def test_a_role_is_needed_for_everything_and_a_name_for_all_but_reading() -> None:
    for deed in DEEDS:
        assert not Actor(name="nina", roles=()).may(deed)
        for role in ROLES:
            nobody = Actor(name="", roles=(role,))
            assert nobody.may(deed) == (deed == READ)
            if deed != READ:
                with pytest.raises(Denied, match="without signing in"):
                    nobody.role_for(deed)


def test_the_secret_of_the_pages_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    first = secret_of(tmp_path)
    assert secret_of(tmp_path) == first
    assert len(first) == 64
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    (tmp_path / FILE).write_text("")
    second = secret_of(tmp_path)
    assert second not in ("", first)
    assert secret_of(tmp_path) == second
    assert len(secret_of(tmp_path / "nowhere")) == 64


def test_whoever_floods_does_not_fill_the_memory() -> None:
    from datetime import UTC, datetime

    keeper, now = Doorkeeper(), datetime(2026, 2, 9, tzinfo=UTC)
    for number in range(2 * SLOTS):
        keeper.failed(str(number), "", now)
        assert keeper.is_news(str(number), "", now)
    assert not keeper.is_news(str(number), "", now)
    for kept in (keeper._tries, keeper._news):
        assert len(kept.read(0, 100 * SLOTS).rstrip(b"\0")) <= 32 * SLOTS


SAID = {
    "web.address": ('[web]\naddress = "127.0.0.1:8801"\n', "not a web address"),
    "web.listen": ('[web]\nlisten = "http://"\n', "not a web address"),
    "web.session": ('[web]\nsession = "soon"\n', "no length of time"),
    "web.session ": ('[web]\nsession = "400d"\n', "no length for a session"),
    "web.proxy.user": ('[web.proxy]\nuser = "X Remote"\n', "no name of a header"),
    "web.proxy.user ": ('[web.proxy]\nuser = "Cookie"\n', "no name of a header"),
    "web.proxy.secret_header": ('[web.proxy]\nuser = "X-A"\nsecret_header = "x-a"\n', "stand in one header"),
    "web.proxy.secret": ('[web.proxy]\nsecret = "swordfish-swordfish"\n', "does not belong into this file"),
    "people.ann.password": (
        '[people]\nann = { address = "ann@example.org", password = "swordfish" }\n',
        "not the hash",
    ),
    "people.bo.password": (
        '[web.proxy]\nsecret = "env:X"\n[people]\nbo = { address = "bo@example.org", password = "env:B" }\n',
        "where the proxy says who asks",
    ),
}


@pytest.mark.parametrize("place", SAID)
def test_a_configuration_that_lets_in_otherwise_than_it_says_is_refused(tmp_path: Path, place: str) -> None:
    text, message = SAID[place]
    (tmp_path / "tocsin.toml").write_text(text)
    with pytest.raises(BadInput, match=message) as refused:
        load(tmp_path / "tocsin.toml", known_sources=(), environment={})
    assert refused.value.place == place.strip()
    assert refused.value.mend
    assert "swordfish" not in refused.value.line()


def test_the_command_makes_a_hash_that_signs_in(house: Path, tmp_path: Path) -> None:
    made = CliRunner().invoke(cli, ["password", "--stdin"], input="correct horse battery\nsecond line\n")
    assert made.exit_code == 0
    assert re.fullmatch(r"pbkdf2_sha256\$480000\$[0-9a-f]{32}\$[A-Za-z0-9+/=]{44}\n", made.stdout)
    shutil.copytree(house, tmp_path / "tocsin")
    write_config(tmp_path / "tocsin")
    config = (tmp_path / "tocsin" / "tocsin.toml").read_text()
    (tmp_path / "tocsin" / "tocsin.toml").write_text(config.replace(HASHES["cora"], made.stdout.strip()))
    for site in served(tmp_path / "tocsin"):
        assert Browser(site).sign_in("cora", PASSWORDS["cora"]).status_code == 403
        assert Browser(site).sign_in("cora", "correct horse battery").status_code == 303
    asked = CliRunner().invoke(cli, ["password"], input="correct horse battery\ncorrect horse battery\n")
    assert asked.exit_code == 0
    assert "horse" not in asked.output
    assert "pbkdf2_sha256$480000$" in asked.output
    short = CliRunner().invoke(cli, ["password", "--stdin"], input="short\n")
    assert isinstance(short.exception, BadInput)
    assert "short" not in str(short.exception.message)


def test_nobody_behind_the_door_sees_what_a_proxy_says(house: Path) -> None:
    """Another plugin could believe it."""
    from tocsin.web.door import let_in
    from tocsin.web.headers import guarded
    from tocsin.web.site import Site

    seen: list[dict[str, Any]] = []

    async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
        seen.append(scope)

    sent = {
        "host": "localhost",
        "x-remote-user": "cora",
        "remote-user": "cora",
        "x-proxy-secret": "s",
        "x-forwarded-user": "cora",
        "authorization": "Basic Y29yYTp4",
        "x-csrftoken": "x",
        "cookie": "ds_actor=x; a=b",
        "accept": "text/html",
    }
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/works",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }
    asyncio.run(guarded(let_in(app, Site(folder=house / "archive")))(scope, None, None))  # type: ignore[arg-type]
    assert dict(seen[0]["headers"]) == {b"host": b"localhost", b"cookie": b"a=b", b"accept": b"text/html"}
    assert seen[0]["actor"] is None


@pytest.mark.parametrize("path", ["/sign-in/x", "/do/sign-in/x", "/sign-inn", "/-/healthy", "/favicon.ico/x"])
def test_only_what_is_open_is_open(site: Datasette, path: str) -> None:
    assert Browser(site).get(path).status_code in (302, 403)
