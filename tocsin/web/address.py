"""Where the front end listens."""

from __future__ import annotations

import errno
import socket
from urllib.parse import urlsplit

from archive.errors import TocsinError

_PORT = 8801


def free_address() -> str:
    """A loopback address with a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def bound(address: str) -> list[socket.socket]:
    """The sockets of an address such as ``http://127.0.0.1:8801``, one for each way in which its name is understood here; nobody is heard until they are
    listened to. Raises ``TocsinError`` where they are taken, or no address of this machine."""
    parts = urlsplit(address)
    made: list[socket.socket] = []
    why = ""
    try:
        ways = socket.getaddrinfo(
            parts.hostname, parts.port or _PORT, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )
    except OSError as error:
        raise _unusable(address, error.strerror or str(error)) from None
    for family, kind, protocol, _, place in dict.fromkeys(ways):
        try:
            made.append(_bound(family, kind, protocol, place))
        except OSError as error:
            why = error.strerror or str(error)
            # "localhost" names ::1 as well on machines that do not have it
            if error.errno not in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                made = _closed(made)
                break
    if not made:
        raise _unusable(address, why)
    return made


def _bound(family: int, kind: int, protocol: int, place: tuple[object, ...]) -> socket.socket:
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind(place)
    except OSError:
        made.close()
        raise
    return made


def _closed(some: list[socket.socket]) -> list[socket.socket]:
    for one in some:
        one.close()
    return []


def _unusable(address: str, why: str) -> TocsinError:
    return TocsinError(
        f"nobody can be served there ({why[:1].lower()}{why[1:]})",
        thing=address,
        mend="End what has the port, or say another place in [web] address or listen",
    )
