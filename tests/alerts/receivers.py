"""Real servers on loopback that take messages: a mail server and a web server that enforces limits."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Answer = Callable[[dict[str, Any]], int]


class Mailbox:
    """Takes mail; ``answer`` says what the server answers to the message, ``refuse`` which recipients it will not have."""

    def __init__(self) -> None:
        self.messages: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.answer = "250 taken"
        self.refuse: tuple[str, ...] = ()
        self.hang_up = False

    async def handle_RCPT(  # noqa: N802 - the name that aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return "550 nobody here of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.messages.append(content)
        self.recipients.append(list(envelope.rcpt_tos))
        if self.hang_up:
            server.transport.abort()
            await asyncio.sleep(0)
        return self.answer


class FaultyMailbox(Mailbox):
    """A mailbox whose server does what ``choose`` says of each message: ``later`` and ``never`` refuse it (451, 554), ``reset`` breaks off before it
    is taken and ``lost`` after, ``slow`` answers late. ``asked`` counts the messages that it was given."""

    def __init__(self, choose: Callable[[], str]) -> None:
        super().__init__()
        self.choose = choose
        self.asked = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.asked += 1
        fault = self.choose()
        if fault == "later":
            return "451 try again later"
        if fault == "never":
            return "554 not this one"
        if fault == "reset":
            server.transport.abort()
            return "250 unheard"
        self.hang_up = fault == "lost"
        if fault == "slow":
            await asyncio.sleep(0.02)
        return await super().handle_DATA(server, session, envelope)


class _AnyPort(Controller):
    """A controller on a free port, which it learns before it calls itself to see that it is up."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(mailbox: Mailbox | None = None) -> Iterator[tuple[Mailbox, int]]:
    """A mail server and its port."""
    mailbox = mailbox or Mailbox()
    controller = _AnyPort(mailbox, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield mailbox, controller.port
    finally:
        controller.stop()


@contextmanager
def web_server(
    answer: Answer = lambda posted: 200, reply: bytes = b'{"ok": true}'
) -> Iterator[tuple[list[dict[str, Any]], int]]:
    """A web server that keeps the JSON that is posted and answers with what ``answer`` says of it."""
    posted: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = answer(body)
            if status == 200:
                posted.append(body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *args: object) -> None:
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield posted, server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
