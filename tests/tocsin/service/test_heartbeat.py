"""The heartbeat on a real server of this machine: heard after a round, never waited for, never a way into the house."""

from __future__ import annotations

import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tocsin.service.settings import written
from tocsin.config import Config
from tocsin.service import rounds
from tocsin.service.heartbeat import address, beat
from tocsin.service.rounds import after_round
from tocsin.service.stopping import STATUS, Stopped


class Hearing(http.server.BaseHTTPRequestHandler):
    """Answers with a status, and keeps what was asked."""

    heard: list[str]
    status = 200

    def do_GET(self) -> None:
        type(self).heard.append(self.path)
        self.send_response(self.status)
        self.send_header("Location", "http://127.0.0.1:1/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        return


@pytest.fixture
def server() -> Iterator[tuple[str, type[Hearing]]]:
    handler = type("Own", (Hearing,), {"heard": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_address[1]}", handler
        running.shutdown()


def configured(folder: Path, url: str, *more: str, private: bool = True) -> Config:
    lines = ["[service]", f'heartbeat = "{url}"', f"heartbeat_private = {str(private).lower()}", *more]
    return written(folder, "\n".join(lines) + "\n")


def test_a_whole_round_asks_the_address_and_another_one_its_failure(
    server: tuple[str, type[Hearing]], tmp_path: Path
) -> None:
    base, handler = server
    config = configured(tmp_path, f"{base}/ping/1234?rid=5")
    assert beat(config, is_whole=True) == ""
    assert beat(config, is_whole=False) == ""
    assert handler.heard == ["/ping/1234?rid=5", "/ping/1234/fail?rid=5"]


def test_a_failure_has_an_address_of_its_own_or_none(
    server: tuple[str, type[Hearing]], tmp_path: Path
) -> None:
    base, handler = server
    own = configured(tmp_path / "a", f"{base}/ok", f'heartbeat_failure = "{base}/broken"')
    none = configured(tmp_path / "b", f"{base}/ok", 'heartbeat_failure = "off"')
    assert beat(own, is_whole=False) == beat(none, is_whole=False) == ""
    assert handler.heard == ["/broken"]


def test_an_address_can_stand_outside_of_the_file(server: tuple[str, type[Hearing]], tmp_path: Path) -> None:
    base, handler = server
    config = configured(tmp_path, "env:BEAT")
    assert beat(config, is_whole=True, environment={"BEAT": f"{base}/secret-id"}) == ""
    assert beat(config, is_whole=False, environment={"BEAT": f"{base}/secret-id"}) == ""
    assert handler.heard == ["/secret-id", "/secret-id/fail"]
    assert address(config, is_whole=True, environment={}) == ""


def test_a_private_address_is_asked_only_where_the_configuration_allows_it(
    server: tuple[str, type[Hearing]], tmp_path: Path
) -> None:
    base, handler = server
    config = configured(tmp_path, f"{base}/x", private=False)
    assert "not a public address" in beat(config, is_whole=True)
    by_name = configured(tmp_path / "named", base.replace("127.0.0.1", "localhost") + "/x", private=False)
    assert "not a public address" in beat(by_name, is_whole=True)
    assert handler.heard == []


@pytest.mark.parametrize("status", [302, 404, 500])
def test_another_answer_is_told_and_no_redirect_is_followed(
    server: tuple[str, type[Hearing]], tmp_path: Path, status: int
) -> None:
    base, handler = server
    handler.status = status
    said = beat(configured(tmp_path, f"{base}/secret-path"), is_whole=True)
    assert str(status) in said
    assert "secret-path" not in said
    assert handler.heard == ["/secret-path"]


@pytest.mark.parametrize("drip", [b"", b"HTTP/1.1 200 OK\r\nX: "])
def test_a_server_that_hangs_or_never_comes_to_an_end_holds_nobody_up(drip: bytes, tmp_path: Path) -> None:
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.sendall(drip)
                while drip and not ended.wait(0.05):
                    try:
                        connection.sendall(b"a")  # a byte at a time: no single wait is ever too long
                    except OSError:
                        return
                ended.wait()

        answering = threading.Thread(target=answer, daemon=True)
        answering.start()
        config = configured(tmp_path, f"http://127.0.0.1:{listening.getsockname()[1]}/x")
        said = beat(config, is_whole=True, seconds=0.4)
        ended.set()
        answering.join()
    assert "heartbeat did not reach 127.0.0.1" in said


def test_a_dead_server_is_a_line_and_no_error(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert "127.0.0.1" in beat(configured(tmp_path, f"http://127.0.0.1:{port}/secret-path"), is_whole=True)
    assert beat(written(tmp_path / "none", "[service]\n"), is_whole=True) == ""


def test_a_round_beats_as_it_ended_and_one_that_was_stopped_does_not(
    server: tuple[str, type[Hearing]], tmp_path: Path
) -> None:
    base, handler = server
    config = configured(tmp_path, f"{base}/b", 'metrics_file = "figures.prom"')
    with after_round(config) as done:
        done.is_whole = True
    with after_round(config):
        pass
    with pytest.raises(ValueError, match="broke"), after_round(config):
        raise ValueError("broke")
    for told in (Stopped(STATUS), KeyboardInterrupt()):
        with pytest.raises(type(told)), after_round(config):
            raise told
    assert handler.heard == ["/b", "/b/fail", "/b/fail"]
    assert "tocsin_archive_readable 1.0" in (tmp_path / "figures.prom").read_text()


def test_figures_that_cannot_be_written_fail_no_round(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = written(tmp_path, '[service]\nmetrics_file = "nowhere/figures.prom"\n')
    with rounds.after_round(config) as done:
        done.is_whole = True
    assert "figures.prom cannot be written" in capsys.readouterr().err
