"""``deploy/proxy/nginx.conf`` as nginx runs it before ``tocsin serve``: who asks is who signed in at the proxy, whatever a browser says of itself."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.tocsin.program import ROOT
from tests.tocsin.web.browser import PASSWORDS, PROXY_SECRET, TOKENS, environment, settle_house, write_config
from tocsin.web.headers import LONGEST

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed here")
NAME = "tocsin.example.org"
AROUND = """
daemon off;
master_process off;
pid nginx.pid;
error_log stderr;
events { worker_connections 64; }
http {
    access_log off;
    client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
    %s
}
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(port: int, *command: str, **options: object) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, **options)  # type: ignore[call-overload]
    try:
        for _ in range(2400):
            assert process.poll() is None, f"{command[0]} ended by itself"
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def configuration(folder: Path, port: int, behind: int) -> Path:
    """Ours, at other ports, without TLS, with the files that it names in a folder of the test."""
    said = (ROOT / "deploy" / "proxy" / "nginx.conf").read_text(encoding="utf-8")
    said = re.sub(r"(?m)^\s*ssl_.*$", "", said).replace("listen 443 ssl", f"listen 127.0.0.1:{port}")
    said = said.replace("127.0.0.1:8801", f"127.0.0.1:{behind}").replace("/etc/nginx/", f"{folder}/")
    assert "443" not in said
    (folder / "tocsin-secret.conf").write_text(f'proxy_set_header X-Proxy-Secret "{PROXY_SECRET}";\n')
    (folder / "tocsin.htpasswd").write_text(
        "".join(
            f"{name}:{{SHA}}{base64.b64encode(hashlib.sha1(word.encode(), usedforsecurity=False).digest()).decode()}\n"
            for name, word in PASSWORDS.items()
        )
    )
    (folder / "nginx.conf").write_text(AROUND % said)
    return folder / "nginx.conf"


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The addresses of the proxy and of what is behind it."""
    folder = tmp_path_factory.mktemp("proxied")
    house, (port, behind) = settle_house(folder / "tocsin"), (free_port(), free_port())
    write_config(
        house,
        f'[web]\naddress = "https://{NAME}"\nlisten = "http://127.0.0.1:{behind}"\n'
        '[web.proxy]\nsecret = "env:TOCSIN_PROXY_SECRET"\n',
        passwords=False,
    )
    said = {
        **os.environ,
        **environment(),
        "PYTHONPATH": str(ROOT),
        "TOCSIN_PROXY_SECRET": PROXY_SECRET,
    }
    serve = (sys.executable, "-m", "tocsin", "--config", str(house), "serve")
    file = configuration(folder, port, behind)
    with (
        running(behind, *serve, env=said),
        running(port, str(NGINX), "-p", str(folder), "-e", "stderr", "-c", str(file)),
    ):
        yield f"http://127.0.0.1:{port}", f"http://127.0.0.1:{behind}"


def asking(place: str, name: str = "", **headers: str) -> httpx.Client:
    """A browser, as somebody who signed in at the proxy."""
    return httpx.Client(
        base_url=place,
        headers={"host": NAME, **headers},
        auth=(name, PASSWORDS[name]) if name else None,
        trust_env=False,
        timeout=120,
    )


LOG = "/actions"
"""A page for administrators alone: ada is one, rita is a reader."""


def test_who_signed_in_at_the_proxy_is_who_asks(places: tuple[str, str]) -> None:
    proxy, _ = places
    with asking(proxy) as nobody, asking(proxy, "rita") as rita, asking(proxy, "ada") as ada:
        assert nobody.get("/").status_code == 401
        assert (rita.get("/").status_code, rita.get(LOG).status_code) == (200, 403)
        assert ada.get(LOG).status_code == 200


@pytest.mark.parametrize("secret", [PROXY_SECRET, "guessed", ""])
def test_what_a_browser_says_of_itself_does_not_pass_the_proxy(places: tuple[str, str], secret: str) -> None:
    """Not even with the secret in its hands."""
    forged = {"x-remote-user": "ada", "x-proxy-secret": secret, "x-forwarded-for": "203.0.113.9"}
    forged |= {"x_remote_user": "ada", "remote-user": "ada", "x-forwarded-user": "ada"}
    with asking(places[0], "rita", **forged) as rita:
        assert rita.get(LOG).status_code == 403
    with asking(places[0], **forged) as nobody:
        assert nobody.get(LOG).status_code == 401
        assert nobody.get("/api/reviews").status_code == 401


def test_a_token_is_the_programs_own_way_in(places: tuple[str, str]) -> None:
    with asking(places[0], authorization=f"Bearer {TOKENS['rob']}") as program:
        assert program.get("/api/reviews").status_code == 200
        assert program.get("/").status_code == 401


def test_beside_the_proxy_nobody_is_believed_who_has_not_its_secret(places: tuple[str, str]) -> None:
    for secret, status in (("", 302), ("guessed", 302), (PROXY_SECRET, 200)):
        with asking(places[1], **{"x-remote-user": "ada", "x-proxy-secret": secret}) as local:
            answer = local.get(LOG)
            assert answer.status_code == status
            assert status == 200 or "/sign-in" in answer.headers["location"]


@pytest.mark.parametrize(
    "path", ["/-/health", "/-/metrics", "//-/health", "/-/%68ealth", "/x/../-/metrics", "/-/health/"]
)
def test_how_the_server_fares_is_not_told_through_the_proxy(places: tuple[str, str], path: str) -> None:
    with asking(places[0], "ada") as ada:
        assert ada.send(ada.build_request("GET", places[0] + path)).status_code in (404, 403)


def test_pages_come_whole_and_a_form_that_is_too_long_is_refused(places: tuple[str, str]) -> None:
    trusted = {"x-remote-user": "ada", "x-proxy-secret": PROXY_SECRET}
    with asking(places[0], "ada") as ada, asking(places[1], **trusted) as local:
        for path in ("/changes.json", "/feeds/changes.atom", "/-/static/none"):
            through, beside = ada.get(path), local.get(path)
            assert (through.status_code, through.content) == (beside.status_code, beside.content), path
        for length in (LONGEST - 1, 3_000_000):
            answer = ada.post(
                "/do/decide", content=b"a=" + b"x" * length, headers={"origin": f"https://{NAME}"}
            )
            assert answer.status_code == 413
