"""A browser for tests: it keeps cookies, sends forms with the token of the page, and goes nowhere by itself. And a house in which people have passwords."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
from datasette.app import Datasette
from datasette_auth_passwords.utils import hash_password
from itsdangerous.url_safe import URLSafeSerializer

from archive.actions import Action, actions
from archive.store import Archive
from tests.tocsin.review.house import CONFIG, TOKENS, settle
from tocsin.cli.deeds import COMMAND_LINE
from tocsin.config import load

NOON = "2026-02-09T12:00:00+00:00"
PASSWORDS = {name: f"the long password of {name}" for name in ("rita", "rob", "cora", "ada", "nina")}
# Few rounds: how long a password takes is not what these tests are about.
HASHES = {name: hash_password(password, iterations=50) for name, password in PASSWORDS.items()}
ROLES = {"rita": "reader", "rob": "reviewer", "cora": "counsel", "ada": "administrator", "nina": ""}
PROXY_SECRET = "the secret of the proxy, 0123456789"


def as_read(answer: httpx.Response) -> httpx.Response:
    """The answer with the days and numbers of a page as plain words: that each is held together is for the eye alone."""
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return answer
    page = re.sub(r'<span class="one">(.*?)</span>', r"\1", answer.text)
    return httpx.Response(
        answer.status_code, headers=answer.headers, content=page.encode(), request=answer.request
    )


def settle_house(folder: Path) -> Path:
    """An installation with a change that a watch was told of; answers its folder."""
    place = settle(folder)
    write_config(place.folder)
    return place.folder


def write_config(folder: Path, web: str = "", *, passwords: bool = True) -> None:
    """The configuration, with the passwords of people: that of Rita by a file, that of Ada by a variable."""
    said = CONFIG
    (folder / "rita.password").write_text(HASHES["rita"] + "\n", encoding="ascii")
    keys = {**HASHES, "rita": "file:rita.password", "ada": "env:ADAS_PASSWORD"} if passwords else {}
    for name, key in keys.items():
        said = re.sub(rf"(?m)^({name} *= \{{)", rf'\1 password = "{key}",', said)
    (folder / "tocsin.toml").write_text(f"{web}\n{said}", encoding="utf-8")


def served(folder: Path) -> Iterator[Datasette]:
    """The pages of a house, for a fixture to yield from."""
    from tocsin.web.server import application

    config = load(folder / "tocsin.toml", known_sources=())
    datasette = application(config.archive, config)
    yield datasette
    for database in datasette.databases.values():
        database.close()


def logged(datasette: Datasette) -> tuple[Action, ...]:
    """The log of what people did on the pages, the oldest first."""
    with Archive.open(datasette.tocsin_site.folder, read_only=True) as archive:
        return tuple(one for one in actions(archive, limit=10_000)[::-1] if one.via != COMMAND_LINE)


def environment() -> dict[str, str]:
    """What the program finds in its environment."""
    tokens = {f"TOKEN_{name.upper()}": token for name, token in TOKENS.items() if name != "cora"}
    return {
        "TOCSIN_HOSTS": "{}",
        "TOCSIN_NOW": NOON,
        "ADAS_PASSWORD": HASHES["ada"],
        "PROXY": PROXY_SECRET,
        **tokens,
    }


class Browser:
    """What one reader's browser holds. ``headers`` go with each request, as from a proxy in between."""

    def __init__(self, datasette: Datasette, **headers: str) -> None:
        self.datasette = datasette
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        """A request with the cookies; those of the answer are kept."""
        sent: dict[str, Any] = {**self.headers, **(headers or {})}
        if self.cookies and "cookie" not in sent:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {
            name: value.encode("utf-8") if isinstance(value, str) else value for name, value in sent.items()
        }
        answer: httpx.Response = asyncio.run(
            self.datasette.client.request(method, path, headers=sent, follow_redirects=False, **more)
        )
        for line in answer.headers.get_list("set-cookie"):
            for name, held in SimpleCookie(line).items():
                if held["max-age"] == "0":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = held.value
        return as_read(answer)

    def get(self, path: str, **more: Any) -> httpx.Response:
        """A page."""
        return self.ask("GET", path, **more)

    def send(
        self, path: str, fields: Mapping[str, str] | None = None, token: str | None = None, **more: Any
    ) -> httpx.Response:
        """A form with the token of the browser's pages, or with another one ("" for none)."""
        sent = {**(fields or {})}
        held = self.token() if token is None else token
        if held:
            sent["csrftoken"] = held
        headers = {"content-type": "application/x-www-form-urlencoded", **more.pop("headers", {})}
        return self.ask("POST", path, content=urlencode(sent), headers=headers, **more)

    def token(self) -> str:
        """The token of forms, as a page with a form gives it; where none was given yet, as Datasette makes it."""
        if "ds_csrftoken" not in self.cookies:
            found = re.search(r'name="csrftoken" value="([^"]+)"', self.get("/sign-in").text)
            if not found:
                signer = URLSafeSerializer(self.datasette._secret)
                self.cookies["ds_csrftoken"] = str(signer.dumps("made by a test", "csrftoken"))
        return self.cookies["ds_csrftoken"]

    def sign_in(self, name: str, password: str = "", **fields: str) -> httpx.Response:
        """With the password of that person, or with another one."""
        return self.send("/do/sign-in", {"person": name, "password": password or PASSWORDS[name], **fields})
