"""The replica as a running server: ``http://127.0.0.1:PORT/<official host>/…``, with faults, a day that can be moved, and a log."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import socket
import struct
import threading
import time
from dataclasses import dataclass, field, replace
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from tests.replica.ecfr import Ecfr
from tests.replica.faults import Fault, Reply, spoiled
from tests.replica.federal_register import FederalRegister
from tests.replica.govinfo import HOST as GOVINFO
from tests.replica.govinfo import Govinfo
from tests.replica.lists import HOSTS as LIST_HOSTS
from tests.replica.lists import Lists

ECFR, REGISTER = "www.ecfr.gov", "www.federalregister.gov"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as it came in, and the status it got; ``version`` is the moment from which the body that was sent whole stands, "" where the host
    does not date it."""

    host: str
    path: str
    query: str
    user_agent: str
    etag: str
    status: int
    at: float = 0.0
    version: str = ""


@dataclass
class Replica:
    """One running replica; a context manager."""

    today: date
    ecfr: Ecfr = field(default_factory=lambda: Ecfr(parts=[]))
    register: FederalRegister = field(default_factory=FederalRegister)
    lists: Lists = field(default_factory=Lists)
    govinfo: Govinfo = field(default_factory=Govinfo)
    pages: dict[str, Reply] = field(default_factory=dict)  # host and path → the page
    robots: str | None = None
    faults: list[Fault] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def __enter__(self) -> Self:
        handler = type("Bound", (_Handler,), {"replica": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def base(self) -> str:
        """The address of the server."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def hosts(self) -> dict[str, str]:
        """The mapping that sends the crawlers here."""
        pages = (address.partition("/")[0] for address in self.pages)
        return {host: f"{self.base}/{host}" for host in (ECFR, REGISTER, GOVINFO, *LIST_HOSTS, *pages)}

    def answer(self, host: str, path: str, query: str) -> Reply:
        """The true answer."""
        if path == "/robots.txt" and self.robots is not None:
            return Reply(body=self.robots.encode(), media_type="text/plain; charset=utf-8")
        values = parse_qs(query, keep_blank_values=True)
        if host == ECFR:
            return self.ecfr.answer(path, values, self.today)
        if host == REGISTER:
            return self.register.answer(path, values, self.today, f"{self.base}/{host}")
        if host == GOVINFO:
            return self.govinfo.answer(path, self.register, self.ecfr, self.today)
        if host + path in self.pages:
            return replace(self.pages[host + path], headers=dict(self.pages[host + path].headers))
        if host in LIST_HOSTS:
            return self.lists.answer(host, path, self.today, self.base)
        return Reply(status=404, body=b"<html><h1>Unknown host</h1></html>")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one write: no waiting for acknowledgements
    replica: Replica

    def log_message(self, format: str, *args: object) -> None:
        """The log is ``Replica.asked``."""

    def do_POST(self) -> None:
        """A form is answered as the same question in an address would be."""
        form = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        self.path = f"{self.path}{'&' if '?' in self.path else '?'}{form}"
        self.do_GET()

    def do_GET(self) -> None:
        began = time.monotonic()
        url = urlsplit(self.path)
        _, host, rest = url.path.split("/", 2) if url.path.count("/") > 1 else ("", url.path.strip("/"), "")
        path = "/" + unquote(rest)
        target = f"{host}{path}?{unquote(url.query)}"
        fault = next((each for each in self.replica.faults if each.strikes(target)), None)
        reply = self.replica.answer(host, path, url.query)
        if (
            host == GOVINFO
            and path.startswith("/bulkdata/json")
            and "json" not in self.headers.get("Accept", "")
        ):
            reply = Reply(status=406)  # its folders want to be asked for a form of theirs
        tag = f'W/"{hashlib.sha256(reply.body).hexdigest()[:16]}"'
        known = self.headers.get("If-None-Match", "")
        if reply.status == 200 and host == ECFR:
            reply.headers["ETag"] = tag
            if known == tag:
                reply = Reply(status=304, headers={"ETag": tag})
        since = self.headers.get("If-Modified-Since", "")
        if since and since == reply.headers.get("Last-Modified"):
            reply = Reply(status=304, headers={"Last-Modified": since})
        if fault is not None:
            reply = spoiled(fault.name, reply, self.replica.base + self.path)
        self.replica.asked.append(
            Asked(
                host=host,
                path=path,
                query=unquote(url.query),
                user_agent=self.headers.get("User-Agent", ""),
                etag=known,
                status=reply.status,
                at=began,
                version=reply.headers.get("Last-Modified", "") if self.command == "GET" else "",
            )
        )
        self._send(reply, fault.name if fault else "")

    def _send(self, reply: Reply, fault: str) -> None:
        self.close_connection = fault in ("timeout", "truncate", "truncated_gzip", "reset")
        if fault == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            return
        if fault == "timeout":
            self.replica.stopping.wait(5)
            return
        body, headers = reply.body, dict(reply.headers)
        if (
            "Content-Encoding" not in headers
            and len(body) > 500
            and "gzip" in self.headers.get("Accept-Encoding", "")
        ):
            body, headers["Content-Encoding"] = gzip.compress(body, 1), "gzip"
        if fault == "slow":
            self.replica.stopping.wait(0.1)
        self.send_response(reply.status)
        headers |= (
            {}
            if reply.status == 304
            else {"Content-Type": reply.media_type, "Content-Length": str(len(body))}
        )
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if fault == "truncate" else body)

    def handle(self) -> None:
        """A client that was killed in the middle of a question is no error of the server either."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def finish(self) -> None:
        """A client that went away, or a connection that a fault closed, is no error of the server."""
        try:
            super().finish()
        except (OSError, ValueError):
            self.close_connection = True
