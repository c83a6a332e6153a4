"""Nothing secret leaves in a log: the values that the configuration points to, and what looks like a secret wherever it came from."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from alerts.targets import Target, alerts_file, resolve, secret_text
from archive.errors import TocsinError
from tocsin.config import Config

MASKED = "…"
_SHORTEST = 4
"""Characters: what is shorter is in every other word."""
_TELLING = 8
"""Characters of a part of an address from which on it is taken for a secret: the words of a path are shorter or plain."""
_PLAIN_PART = re.compile(r"[a-z]+|[\w.-]+@[\w.-]+|\d{1,5}|[a-z0-9-]+(\.[a-z0-9-]+)+", re.IGNORECASE)
"""Parts of an address that are words, mail addresses, numbers or names of hosts, and no secrets."""
_LOOKS = (
    (
        re.compile(
            r"""(?ix)\b((?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]*(?:key|token|secret)|webhook-signature)(["']?\s*[:=]\s*)"?[^\r\n"']+"""
        ),
        rf"\1\2{MASKED}",
    ),
    (re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}"), rf"\1 {MASKED}"),
    (re.compile(r"(://)[^/\s@]+@"), rf"\1{MASKED}@"),
    (
        re.compile(
            r"(?i)([?&;][\w-]*(?:token|key|secret|sig|signature|password|passwd|pwd|auth|session|credential)[\w-]*=)[^&\s\"'#]+"
        ),
        rf"\1{MASKED}",
    ),
)


class Mask:
    """Takes what is secret out of a text, and out of every text in a value."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = {secret for secret in secrets if len(secret) >= _SHORTEST}
        ordered = sorted(known, key=len, reverse=True)  # a whole address before its parts
        self._known = re.compile("|".join(map(re.escape, ordered))) if ordered else None

    def text(self, said: str) -> str:
        """The text without them."""
        if self._known is not None:
            said = self._known.sub(MASKED, said)
        for pattern, instead in _LOOKS:
            said = pattern.sub(instead, said)
        return said

    def value(self, said: Any) -> Any:
        """A value as plain data, every text in it masked, the keys of mappings too."""
        if isinstance(said, str):
            return self.text(said)
        if isinstance(said, Mapping):
            return {self.text(str(key)): self.value(one) for key, one in said.items()}
        if isinstance(said, list | tuple | set | frozenset):
            return [self.value(one) for one in said]
        if said is None or isinstance(said, bool | int | float):
            return said
        return self.text(str(said))


def secrets_of(config: Config, environment: Mapping[str, str] | None = None) -> frozenset[str]:
    """Every value that the configuration points to and that nobody may read in a log: addresses of channels and their telling parts, tokens,
    passwords, the secret of a proxy, the address of the heartbeat. What cannot be read is left out: it cannot be printed either."""
    environment = os.environ if environment is None else environment
    found: set[str] = set()
    for target in config.targets.values():
        if alerts_file(target, config.folder) is None:
            with contextlib.suppress(TocsinError):
                found |= set(_of_address(resolve(target, config.folder, environment)))
            found |= set(_inner(target, config.folder, environment))
    pointers = [person.token for person in config.people.values()]
    pointers += [person.password for person in config.people.values()]
    pointers += [config.web.proxy.secret]
    found |= {value for said in pointers if (value := pointed(said, config.folder, environment))}
    for said in (config.service.heartbeat, config.service.heartbeat_failure):
        if value := pointed(said, config.folder, environment):
            found |= set(_of_address(value))
    return frozenset(found)


def pointed(said: str, folder: Path, environment: Mapping[str, str]) -> str:
    """What ``env:NAME`` or ``file:PATH`` points to, else the text itself; "" where there is nothing."""
    with contextlib.suppress(TocsinError):
        return secret_text(said, Target(name="secret", said=said), folder, environment)
    return ""


def _inner(target: Target, folder: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """What the parameters of an address point to (``secret=env:NAME``)."""
    with contextlib.suppress(TocsinError):
        for _, value in parse_qsl(urlsplit(resolve(target, folder, environment)).query):
            if value.startswith(("env:", "file:")) and (secret := pointed(value, folder, environment)):
                yield secret


def _of_address(url: str) -> Iterator[str]:
    """An address as a whole, and those of its parts that could be a secret."""
    parts = urlsplit(url)
    if len(url) >= _TELLING:
        yield url
    with contextlib.suppress(ValueError):
        if parts.password:
            yield parts.password
            yield unquote(parts.password)
    pieces = [*parts.path.split("/"), *(value for _, value in parse_qsl(parts.query))]
    if parts.scheme not in ("http", "https", "smtp", "smtps") and "+" not in parts.scheme:
        pieces += re.split(r"[@:]", parts.netloc)  # where other addresses have their host, these have a token
    for piece in pieces:
        if len(piece) >= _TELLING and not _PLAIN_PART.fullmatch(piece):
            yield piece
