"""Where an official address is really asked: the one place that knows mirrors and replicas.

Every other line of the crawlers writes official URLs (``https://www.ecfr.gov/api/...``). A mapping sends a host elsewhere
(``www.ecfr.gov`` → ``http://127.0.0.1:8000/www.ecfr.gov``); what comes back is told in official URLs again, so an archive
does not depend on where its documents were fetched.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from archive.errors import BadInput

_PLAIN = "http://"


class Hosts:
    """The official hosts of one source and where each is asked. A host ``*.example.gov`` stands for all under ``example.gov``, ``*`` for
    any; ``http://example.gov`` is one that answers without encryption alone."""

    def __init__(self, official: Iterable[str], mapping: Mapping[str, str]) -> None:
        said = tuple(official)
        self._plain = frozenset(host.removeprefix(_PLAIN) for host in said if host.startswith(_PLAIN))
        named = tuple(host.removeprefix(_PLAIN) for host in said)
        self._under = tuple(host[1:] for host in named if host.startswith("*"))
        self._mapping = {host: base.rstrip("/") for host, base in mapping.items()}
        mapped = (host for host in mapping if host.endswith(self._under)) if self._under else ()
        hosts = (*(host for host in named if not host.startswith("*")), *mapped)
        self._base = {host: self._mapping.get(host, self._origin(host)) for host in hosts}
        self._home = sorted(
            ((base, self._origin(host)) for host, base in self._base.items()), key=lambda pair: -len(pair[0])
        )

    def _origin(self, host: str) -> str:
        return f"{self._scheme(host)}://{host}"

    def _scheme(self, host: str) -> str:
        return "http" if host in self._plain else "https"

    def mapped(self, url: str) -> str:
        """The URL to ask for an official one. Raises ``ValueError`` for a host that the source does not name."""
        parts = urlsplit(url)
        base = self._base.get(parts.netloc)
        if base is None and self.knows(url):
            base = self._origin(parts.netloc)
        if parts.scheme != self._scheme(parts.netloc) or base is None:
            raise ValueError(f"{url} is on none of the hosts of this source ({', '.join(self._base)})")
        return base + url.removeprefix(self._origin(parts.netloc))

    def official(self, url: str) -> str:
        """The official URL of one that was asked, or that names a host of this source under the other scheme; any other URL as it is."""
        for base, home in self._home:
            if url == base or url.startswith((base + "/", base + "?")):
                return home + url[len(base) :]
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.netloc in self._base:
            return self._origin(parts.netloc) + url.removeprefix(f"{parts.scheme}://{parts.netloc}")
        return url

    def knows(self, url: str) -> bool:
        """Whether an official URL is on one of these hosts."""
        parts = urlsplit(url)
        under = bool(self._under) and parts.netloc.endswith(self._under)
        return parts.scheme == self._scheme(parts.netloc) and (parts.netloc in self._base or under)


def check_hosts(mapping: Mapping[str, str], *, thing: str) -> dict[str, str]:
    """A mapping of hosts to base URLs, checked. Raises ``BadInput`` that names ``thing`` and the host."""
    for host, base in mapping.items():
        parts = urlsplit(base)
        if "/" in host or ":" in host or "." not in host:
            raise BadInput(
                f"{host!r} is not the name of a host", thing=thing, mend="Write it like www.ecfr.gov"
            )
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise BadInput(
                f"{base!r} is not a base URL",
                thing=thing,
                place=host,
                mend="Write it like http://127.0.0.1:8000/www.ecfr.gov",
            )
    return dict(mapping)


def read_hosts(text: str, *, thing: str = "TOCSIN_HOSTS") -> dict[str, str]:
    """The mapping in ``TOCSIN_HOSTS``: a JSON object of host to base URL. Raises ``BadInput``."""
    try:
        mapping = json.loads(text)
    except ValueError as error:
        raise BadInput(
            f"it is not JSON ({error})", thing=thing, mend='Write it like {"www.ecfr.gov": "http://…"}'
        ) from None
    if not isinstance(mapping, dict) or not all(isinstance(base, str) for base in mapping.values()):
        raise BadInput(
            "it is not a JSON object of strings",
            thing=thing,
            mend='Write it like {"www.ecfr.gov": "http://…"}',
        )
    return check_hosts(mapping, thing=thing)
