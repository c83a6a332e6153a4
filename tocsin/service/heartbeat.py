"""The heartbeat: a web address that is asked after each round, so that somebody outside notices when none comes any more.

It is the way of healthchecks.io and its kin: the address itself says that all is well, the same with ``/fail`` that a round was not whole. It never holds up
or fails a run: it has its seconds, also of a server that answers a byte at a time, and what goes wrong is a line in the log.
"""

from __future__ import annotations

import http.client
import os
import socket
import threading
from collections.abc import Mapping
from functools import partial
from importlib.metadata import version
from urllib.parse import SplitResult, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from crawlers.public import is_public
from tocsin.config import Config
from tocsin.config_service import OFF
from tocsin.service.masking import pointed

SECONDS = 10.0
"""What a heartbeat may take, all in all."""


def beat(
    config: Config,
    *,
    is_whole: bool,
    seconds: float = SECONDS,
    environment: Mapping[str, str] | None = None,
) -> str:
    """Say that a round was whole, or was not; answers why that could not be said, "" where it was or nobody wants to hear it. It raises nothing,
    and names the host alone: the rest of the address may be a secret."""
    url = address(config, is_whole=is_whole, environment=os.environ if environment is None else environment)
    if not url:
        return ""
    host = urlsplit(url).hostname or "?"
    came: list[str] = []
    asking = threading.Thread(
        target=lambda: came.append(_asked(url, config.service.heartbeat_private, seconds)), daemon=True
    )
    asking.start()
    asking.join(seconds)
    why = came[0] if came else f"no answer within {seconds:g} s"
    return f"the heartbeat did not reach {host}: {why}" if why else ""


def address(config: Config, *, is_whole: bool, environment: Mapping[str, str]) -> str:
    """The address that is asked after a round, "" for none."""
    service = config.service
    said = service.heartbeat if is_whole else service.heartbeat_failure or service.heartbeat
    if said == OFF:
        return ""
    found = pointed(said, config.folder, environment)
    if is_whole or service.heartbeat_failure or not found:
        return found
    parts = urlsplit(found)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/fail"))


def _asked(url: str, private: bool, seconds: float) -> str:
    """Why the address did not say yes, "" where it did."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return "what is configured is no web address"
        connection, path = _connection(parts, private, seconds)
        try:
            connection.request(
                "GET", path, headers={"Host": parts.netloc, "User-Agent": f"tocsin/{version('tocsin')}"}
            )
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        return f"{type(error).__name__}: {error}".replace(url, "…")
    return "" if 200 <= status < 300 else f"it answered {status}"


def _connection(parts: SplitResult, private: bool, seconds: float) -> tuple[http.client.HTTPConnection, str]:
    """A connection to the host, or through the proxy of the environment, and what to ask for on it."""
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
    host = str(parts.hostname)
    proxy = "" if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme, "")
    if not proxy:
        connection = kind(host, parts.port, timeout=seconds)
        # The judgement is made on the address of the very connection that follows: a name that answers otherwise the next time gains nothing.
        vars(connection)["_create_connection"] = partial(_connected, private)
        return connection, path
    through = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    connection = kind(str(through.hostname), through.port or 8080, timeout=seconds)
    if secure:
        connection.set_tunnel(host, parts.port or 443)
        return connection, path
    return connection, urlunsplit(parts._replace(fragment=""))


def _connected(
    private: bool, where: tuple[str, int], timeout: float | None = None, _source: object = None
) -> socket.socket:
    host, port = where
    failure: OSError = OSError(f"{host} has no address")
    for family, kind, protocol, _, at in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not private and not is_public(str(at[0])):
            failure = OSError(
                f"{host} is {at[0]}, which is not a public address: service.heartbeat_private allows it"
            )
            continue
        connected = socket.socket(family, kind, protocol)
        try:
            connected.settimeout(timeout)
            connected.connect(at)
        except OSError as error:
            connected.close()
            failure = error
        else:
            return connected
    raise failure
