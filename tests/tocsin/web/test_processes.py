"""``tocsin serve`` with several processes: what one knows all know, one that is killed is replaced, and all end together."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import httpx
import psutil
import pytest
from click.testing import CliRunner

from archive.errors import BadInput, TocsinError
from tests.tocsin.program import ROOT
from tests.tocsin.web.browser import PASSWORDS, environment, settle_house, write_config
from tests.tocsin.web.guessing import NOW, PLACE, RITA, die, guess
from tocsin.cli import cli
from tocsin.config_web import MOST_BY_DEFAULT, processes_of
from tocsin.web import doorkeeper
from tocsin.web.doorkeeper import FREE, LONGEST, Doorkeeper


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return settle_house(tmp_path_factory.mktemp("several") / "tocsin")


def until(holds: Callable[[], bool], what: str) -> None:
    """Wait for something, for two minutes at most: the machine may be busy."""
    for _ in range(1200):
        if holds():
            return
        time.sleep(0.1)
    raise AssertionError(f"not within two minutes: {what}")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen()
        except OSError:
            return False
    return True


class Server:
    """``tocsin serve`` with two processes."""

    def __init__(self, house: Path) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port = int(found.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}"
        write_config(house, f'[web]\naddress = "{self.address}"\nprocesses = 2\n')
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tocsin", "--config", str(house), "serve"],
            env={**os.environ, **environment(), "PYTHONPATH": str(ROOT)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self.above = psutil.Process(self.process.pid)
        self.all: list[psutil.Process] = []

    def workers(self) -> list[psutil.Process]:
        """Those that make pages, the longest there first."""
        found = []
        for one in self.above.children():
            with suppress(psutil.Error):  # it ended meanwhile
                found += [one] * ("--multiprocessing-fork" in one.cmdline())
        self.all = list({*self.all, *found})
        return sorted(found, key=lambda one: (one.create_time(), one.pid))

    @contextmanager
    def only(self, worker: psutil.Process) -> Iterator[None]:
        """Meanwhile the others do not run: whoever asks is answered by this one, as soon as it answers."""
        others = [one for one in self.workers() if one != worker]
        for one in others:
            one.suspend()
        try:
            yield
        finally:
            for one in others:
                one.resume()

    def browser(self) -> httpx.Client:
        """It makes a connection for each request."""
        limits = httpx.Limits(max_keepalive_connections=0)
        return httpx.Client(base_url=self.address, trust_env=False, timeout=120, limits=limits)

    def answers(self) -> bool:
        """Whether one of them does."""
        assert self.process.poll() is None, self.said()
        try:
            with self.browser() as browser:
                return browser.get("/sign-in").status_code == 200
        except httpx.ConnectError:
            return False

    def said(self) -> str:
        """What it wrote, once it has ended."""
        assert self.process.stderr is not None
        return self.process.stderr.read().decode()

    def end(self) -> None:
        """Leave nothing behind."""
        assert self.process.stderr is not None
        for one in self.all:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        if self.process.poll() is None:
            for one in self.above.children(recursive=True):
                one.kill()
            self.process.kill()
        self.process.wait()
        self.process.stderr.close()


@pytest.fixture(scope="module")
def server(house: Path) -> Iterator[Server]:
    made = Server(house)
    try:
        until(made.answers, "an answer")
        yield made
    finally:
        made.end()


def test_wrong_passwords_are_counted_by_all_together(server: Server) -> None:
    with server.browser() as browser:
        for number in range(2 * FREE):
            with server.only(server.workers()[number % 2]):
                answer = sign_in(server, browser, "rita", "guessed")
            assert answer.status_code == (403 if number < FREE else 429)


def test_who_signs_out_of_one_is_signed_out_of_all(server: Server) -> None:
    first, second = server.workers()
    with server.browser() as browser:
        with server.only(first):
            assert sign_in(server, browser, "cora", PASSWORDS["cora"]).status_code == 303
        with server.only(second):
            page = browser.get("/changes")
            assert page.status_code == 200
            (token,) = set(re.findall(r'name="csrftoken" value="([^"]+)"', page.text))
            held = dict(browser.cookies)
            assert send(server, browser, "/do/sign-out", csrftoken=token).status_code == 303
        browser.cookies.update(held)
        with server.only(first):
            assert browser.get("/changes").status_code == 302


def test_one_that_is_killed_is_replaced_and_the_other_one_goes_on_answering(server: Server) -> None:
    killed, other = server.workers()
    killed.kill()
    with server.browser() as browser:
        for _ in range(20):
            assert browser.get("/sign-in").status_code == 200
        until(lambda: killed not in server.workers() and len(server.workers()) == 2, "another one")
        (new,) = (one for one in server.workers() if one != other)
        with server.only(new):
            assert browser.get("/sign-in").status_code == 200


def test_without_the_one_above_them_they_hold_no_port(server: Server) -> None:
    everybody = server.above.children(recursive=True)
    server.process.kill()
    _, alive = psutil.wait_procs(everybody, timeout=120)
    assert not alive
    assert is_free(server.port)


@pytest.mark.usefixtures("log_given_back")
def test_an_address_that_is_taken_is_told_once(house: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        place = f"http://127.0.0.1:{taken.getsockname()[1]}"
        write_config(house, f'[web]\naddress = "{place}"\nprocesses = 2\n')
        said = CliRunner().invoke(cli, ["--config", str(house), "serve"])
    assert isinstance(said.exception, TocsinError)
    assert said.exception.thing == place
    assert "already in use" in said.exception.message


BROKEN = """
import sys
from pathlib import Path
import uvicorn
from archive.errors import TocsinError
from tocsin.web.address import bound, free_address
from tocsin.web.processes import Supervisor
from tocsin.web.serving import Pages
settings = uvicorn.Config(Pages(folder=Path(sys.argv[1]), secret="s"), factory=True, workers=1, log_level="warning")
try:
    Supervisor(settings, bound(free_address())).run()
except TocsinError as error:
    print(error.line())
"""


def test_one_that_cannot_start_is_not_started_for_ever(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", BROKEN, str(tmp_path / "nowhere")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "ended with 3" in done.stdout
    assert done.stderr.count("nowhere") == 1
    assert "Traceback" not in done.stderr


def test_the_doorkeeper_misses_nobody_and_waits_for_no_dead() -> None:
    keeper, spawn = Doorkeeper(), multiprocessing.get_context("spawn")
    others = [spawn.Process(target=guess, args=(keeper, 200)) for _ in range(2)]
    for one in others:
        one.start()
    guess(keeper, 200)
    for one in others:
        one.join()
    counted = [_tries(keeper, *who) for who in (("name", RITA), ("client", PLACE))]
    assert counted == [600, 600]
    dead = spawn.Process(target=die, args=(keeper,))
    dead.start()
    dead.join()
    assert dead.exitcode == -signal.SIGKILL
    with keeper.one_at_a_time():
        assert keeper.wait(RITA, "", NOW) == LONGEST
    keeper.succeeded(RITA)
    assert keeper.wait(RITA, "", NOW) == timedelta(0)


def _tries(keeper: Doorkeeper, sort: str, said: str) -> int:
    return doorkeeper._read(keeper._tries, keeper._key(sort, said)).number


def test_how_many_there_are(tmp_path: Path) -> None:
    usable = len(os.sched_getaffinity(0))
    assert processes_of(0) == min(usable, MOST_BY_DEFAULT)
    assert processes_of(1) == 1
    assert processes_of(7) == 7
    for wrong in (-1, 65):
        (tmp_path / "tocsin.toml").write_text(f"[web]\nprocesses = {wrong}\n")
        said = CliRunner().invoke(cli, ["--config", str(tmp_path), "serve"])
        assert isinstance(said.exception, BadInput)
        assert said.exception.place == "web.processes"


def sign_in(server: Server, browser: httpx.Client, name: str, password: str) -> httpx.Response:
    """What comes of a name and a password."""
    (token,) = re.findall(r'name="csrftoken" value="([^"]+)"', browser.get("/sign-in").text)
    return send(server, browser, "/do/sign-in", csrftoken=token, person=name, password=password)


def send(server: Server, browser: httpx.Client, form: str, **fields: str) -> httpx.Response:
    """A form, as a browser sends it."""
    return browser.post(form, data=fields, headers={"origin": server.address})
