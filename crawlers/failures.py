"""When no answer came at all: the exceptions of the download, named like every other refusal."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import exceptions

from archive.errors import Refused

_WAIT = "Wait for the next run"

TRANSIENT = frozenset(
    "Timeout Truncated ServerError RateLimited ConnectionLost Unreachable EmptyDocument UnexpectedContentType SuspiciousShrink WrongDocument".split()
)
"""Kinds that a moment may mend. A wall, a redirect and a missing page are asked once: to insist would be rude or useless."""


def failed(error: Exception, url: str, *, asked: str = "") -> Refused:
    """The refusal for an exception of the download of an official ``url``; ``asked`` is where it was really asked, if elsewhere."""
    host = urlsplit(url).netloc
    where = (
        f"{host} (asked at {urlsplit(asked).netloc})" if asked and urlsplit(asked).netloc != host else host
    )
    if isinstance(error, exceptions.CannotResolveHostError):
        return _refused(
            "Unreachable", f"{where} cannot be reached: its name does not resolve", url, "Check the network"
        )
    if isinstance(error, exceptions.DownloadConnectionRefusedError):
        return _refused(
            "Unreachable", f"{where} cannot be reached: it refuses connections", url, "Check the network"
        )
    if isinstance(error, exceptions.DownloadTimeoutError):
        return _refused("Timeout", f"{where} did not answer in time", url, _WAIT)
    if isinstance(error, exceptions.ResponseDataLossError):
        return _refused("Truncated", f"{where} broke the answer off", url, _WAIT)
    if isinstance(error, exceptions.DownloadCancelledError):
        return _refused("TooLarge", f"{where} sent more than a document of this kind can be", url, _WAIT)
    return _refused(
        "ConnectionLost", f"the connection to {where} was lost ({type(error).__name__})", url, _WAIT
    )


def on_private_network(url: str, address: str) -> Refused:
    """The refusal for a host that is not on the public network."""
    host = urlsplit(url).netloc
    return _refused(
        "PrivateAddress",
        f"{host} is at {address}, which is not an address of the public network",
        url,
        f'If it is meant, name it in the configuration: [hosts] "{host}" = "http://{address}"',
    )


def _refused(kind: str, message: str, url: str, mend: str) -> Refused:
    return Refused(kind, f"{kind}: {message}", thing=url, mend=mend)
