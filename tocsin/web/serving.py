"""The pages over the sockets of an address: by one process, or by several that take turns at accepting who comes.

What makes a page holds the interpreter, and one interpreter uses one core: twenty people who read wait for each other. Several processes have nothing in
common but the archive, which each reads for itself as it has always read what crawls write, the doorkeeper, and the secret of the forms.
"""

from __future__ import annotations

import multiprocessing
import signal
import socket
import sqlite3
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from uvicorn.config import STARTUP_FAILURE

from archive import search_index
from archive.errors import TocsinError
from archive.store import Archive
from tocsin.config import Config
from tocsin.config_web import processes_of
from tocsin.service import logs
from tocsin.service.masking import Mask, secrets_of
from tocsin.web.address import bound
from tocsin.web.doorkeeper import Doorkeeper
from tocsin.web.headers import App
from tocsin.web.keys import secret_of
from tocsin.web.processes import Supervisor, end_after

_SWITCH = 0.001
"""Seconds after which a thread that makes a page lets the others go on, at the latest: the loop takes a dozen turns for an answer, and waits for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """What a process needs to make the pages; ``log`` is the form of its log, "" for none. Called, it is the ASGI application."""

    folder: Path
    config: Config | None = None
    secret: str
    log: str = ""
    doorkeeper: Doorkeeper = field(default_factory=Doorkeeper)

    def __call__(self) -> App:
        parent = multiprocessing.parent_process()
        if parent is None:
            return self._application(signal.SIGINT, signal.SIGTERM)
        threading.Thread(target=end_after, args=(parent,), daemon=True).start()
        if self.log and self.config is not None:
            logs.set_up(self.log, Mask(secrets_of(self.config)))
        try:
            return self._application(signal.SIGTERM)
        except TocsinError as error:
            sys.stderr.write(f"tocsin: {error.line()}\n")
            sys.exit(STARTUP_FAILURE)

    def _application(self, *at_once: signal.Signals) -> App:
        """The application. Until it takes requests, the signals end the process as they are, with nothing to be brought to its end."""
        handlers = {number: signal.signal(number, signal.SIG_DFL) for number in at_once}

        def ready() -> None:
            for number, handler in handlers.items():
                signal.signal(number, handler)

        # Datasette takes a second and much memory, of which who only looks after others has no need.
        from tocsin.web.server import application, started

        sys.setswitchinterval(_SWITCH)
        made = application(self.folder, self.config, secret=self.secret, doorkeeper=self.doorkeeper)
        return started(made, ready)


def serve(folder: Path, address: str, config: Config | None = None, *, log: str = "") -> None:
    """Serve until interrupted. ``address`` is a URL such as ``http://127.0.0.1:8801``. How many processes there are says ``[web] processes``. Raises
    ``TocsinError`` where nobody can be served: there is no archive, or the address is taken."""
    Archive.open(folder, read_only=True).close()
    wanted = processes_of(config.web.processes if config else 0)
    sockets = bound(address)
    pages = Pages(folder=folder, config=config, secret=secret_of(folder), log=log)
    threading.Thread(target=_bring_up_index, args=(folder,), daemon=True).start()
    settings = uvicorn.Config(
        pages,
        factory=True,
        lifespan="on",
        workers=wanted,
        log_level="warning",
        proxy_headers=False,  # whoever asks from this machine could write them
        server_header=False,
    )
    if wanted > 1:
        Supervisor(settings, sockets).run()
    else:
        _serve_alone(settings, sockets)


def _serve_alone(settings: uvicorn.Config, sockets: Sequence[socket.socket]) -> None:
    server = uvicorn.Server(settings)
    with suppress(KeyboardInterrupt):  # which it raises once more when it has ended
        server.run(sockets=list(sockets))
    if not server.started:
        sys.exit(STARTUP_FAILURE)


def _bring_up_index(folder: Path) -> None:
    """The search of an archive that was filled before there was an index, or by a run that could not keep it up."""
    try:
        with Archive.open(folder, read_only=True) as archive:
            search_index.update(archive)
    except sqlite3.Error:
        return  # the folder is for reading only: the search page says how much is not in the index
