"""``tocsin serve`` as it runs: what a line and its sender say of themselves is not believed, and where it listens."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from click.testing import CliRunner

from archive.actions import actions
from archive.errors import BadInput
from archive.store import Archive
from tests.tocsin.program import ROOT
from tests.tocsin.web.browser import environment, settle_house, write_config
from tocsin.cli import cli
from tocsin.cli.deeds import COMMAND_LINE


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle_house(tmp_path_factory.mktemp("served") / "tocsin")


@pytest.fixture(scope="module")
def address(house: Path) -> Iterator[str]:
    """A server of its own on a free port; what people are told is another address."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    write_config(
        house,
        f'[web]\naddress = "http://law.example.org"\nlisten = "http://127.0.0.1:{port}"\nprocesses = 2\n',
    )
    server = subprocess.Popen(
        [sys.executable, "-m", "tocsin", "--config", str(house), "serve"],
        env={**os.environ, **environment(), "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(2400):
            assert server.poll() is None, "it ended by itself"
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
        below = psutil.Process(server.pid).children(recursive=True)
        assert below
        server.terminate()
        assert server.wait(120) == -signal.SIGTERM, "several end as one would"
        assert not psutil.wait_procs(below, timeout=120)[1]
    finally:
        server.kill()
        server.wait()


def test_who_asks_is_whose_connection_it_is(house: Path, address: str) -> None:
    forged = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https", "forwarded": "for=203.0.113.9"}
    with httpx.Client(base_url=address, headers=forged, trust_env=False) as client:
        page = client.get("/sign-in", headers={"host": "law.example.org"})
        assert "server" not in page.headers
        assert "Secure" not in page.headers["set-cookie"]
        (token,) = re.findall(r'name="csrftoken" value="([^"]+)"', page.text)
        sent = {"csrftoken": token, "person": "cora", "password": "wrong"}
        client.cookies.set("ds_csrftoken", page.cookies["ds_csrftoken"])
        for origin, status in (
            ("http://law.example.org", 403),
            (address, 403),
            ("http://evil.example", 403),
        ):
            answer = client.post("/do/sign-in", data=sent, headers={"origin": origin})
            assert answer.status_code == status
            assert ("The name or the password is wrong." in answer.text) == (origin != "http://evil.example")
    with Archive.open(house / "archive", read_only=True) as archive:
        asked = {(one.client, one.said) for one in actions(archive) if one.via != COMMAND_LINE}
    assert asked == {("127.0.0.1", "wrong password")}


def test_a_line_that_ends_in_another_header_is_no_request(address: str) -> None:
    port = int(address.rpartition(":")[2])
    for line in (
        b"GET /sign-in?next=/\r\nSet-Cookie: evil=1 HTTP/1.1",
        b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nHost: evil.example",
        b"GET http://evil.example/ HTTP/1.1",
    ):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(line + b"\r\nConnection: close\r\n\r\n")
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        status = answer.split(b" ", 2)[1]
        assert status in (b"400", b"421"), answer[:200]
        assert b"evil" not in answer


def test_it_does_not_say_https_and_speak_http(house: Path, tmp_path: Path) -> None:
    (tmp_path / "tocsin.toml").write_text('[web]\naddress = "https://law.example.org"\n')
    said = CliRunner().invoke(cli, ["--config", str(tmp_path), "serve"])
    assert isinstance(said.exception, BadInput)
    assert "listen" in said.exception.mend
