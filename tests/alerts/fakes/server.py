"""A web server that hands each request to a service, or does to it what networks do."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import socket
import ssl
import struct
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

FAULTS = ("limited", "broken", "gone", "moved", "reset", "lost", "silent", "slow")
"""``limited`` 429, ``broken`` 500, ``gone`` 503, ``moved`` 302; ``reset``: the connection breaks before anything is taken; ``lost``: it breaks after; ``silent``: it is
taken and nobody answers; ``slow``: it is taken and the answer takes a while."""
Choose = Callable[[], str]


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def said(status: int, document: object, **headers: str) -> Reply:
    return Reply(status, json.dumps(document).encode(), {"Content-Type": "application/json", **headers})


class Service(ABC):
    """``titles`` are those of the messages that it took, in their order; ``asked`` counts the requests, ``refused`` holds its refusals."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.titles: list[str] = []
        self.refused: list[Reply] = []
        self.asked = 0

    @abstractmethod
    def judge(self, request: Request) -> Reply:
        """What the service answers; it keeps what it takes."""

    @abstractmethod
    def limited(self) -> Reply:
        """How it says that it is asked too much."""

    def broken(self) -> Reply:
        return Reply(500, b"Internal Server Error")

    def keep(self, title: str, message: Any) -> None:
        self.titles.append(title)
        self.taken.append(message)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@contextmanager
def serve(service: Service, choose: Choose = lambda: "", tls: Path | None = None) -> Iterator[int]:
    """The port of a server for the service. ``choose`` says before each request which fault it meets; ``tls`` is the folder of
    :func:`certificate`."""
    ending = threading.Event()
    turn = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = Request(
                self.path,
                {name.lower(): value for name, value in self.headers.items()},
                self.rfile.read(int(self.headers["Content-Length"])),
            )
            with turn:
                service.asked += 1
                fault = choose()
                if fault == "reset":
                    return self.hang_up()
                reply = self.judged(request, fault)
            if fault == "lost":
                return self.hang_up()
            if fault == "silent":
                ending.wait(30)
                return self.hang_up()
            if fault == "slow":
                time.sleep(0.02)
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            return self.wfile.write(reply.body) and None

        def judged(self, request: Request, fault: str) -> Reply:
            if fault == "limited":
                return service.limited()
            if fault == "broken":
                return service.broken()
            if fault == "moved":
                return Reply(302, b"", {"Location": "/elsewhere"})
            if fault == "gone":
                return Reply(503, b"Service Unavailable")
            reply = service.judge(request)
            if reply.status >= 300:
                service.refused.append(reply)
            return reply

        def hang_up(self) -> None:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *about: None  # type: ignore[method-assign] # the client may be gone
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls / "cert.pem", tls / "key.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        ending.set()
        server.shutdown()
        thread.join()
        server.server_close()


def certificate(folder: Path) -> Path:
    """A certificate of 127.0.0.1 for this test, signed by itself; answers the file that a client has to trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=36_500))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder / "cert.pem"
