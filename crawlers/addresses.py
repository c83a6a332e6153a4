"""No host on a private network is asked, unless the configuration names it: a page that a user gives, or a redirect, must not reach into the house.

The check is made on the address that a name resolves to, for the very connection that follows, so that a name that answers differently the second
time gains nothing. Only a proxy of the environment, which resolves names itself, stands outside of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from crawlers.public import is_public

ALLOWED = "TOCSIN_HOSTS_NAMED"
"""The setting with the hosts that may be anywhere."""

_refused: dict[str, str] = {}


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, refusing addresses that are not of the public network."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float, allowed: frozenset[str]):
        super().__init__(reactor, cache_size, timeout)
        self._allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> GuardedResolver:
        settings = crawler.settings
        size = settings.getint("DNSCACHE_SIZE") if settings.getbool("DNSCACHE_ENABLED") else 0
        return cls(reactor, size, settings.getfloat("DNS_TIMEOUT"), frozenset(settings.getlist(ALLOWED)))

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802 - Twisted's name
        found = super().getHostByName(name, timeout)
        return found if name in self._allowed else found.addCallback(self._public, name)

    def _public(self, address: str, name: str) -> str:
        if not is_public(address):
            _refused[name] = address
            raise DNSLookupError(f"{name} resolves to {address}, which is not a public address")
        return address


def named_hosts(mapping: Mapping[str, str]) -> list[str]:
    """The hosts that the configuration names as mirrors (``[hosts]``), and the environment's proxies."""
    bases = (*mapping.values(), *getproxies().values())
    return sorted({host for base in bases if (host := urlsplit(base).hostname)})


def private_address(url: str, allowed: Sequence[str]) -> str:
    """The private address by which a URL was refused, or that it spells itself; "" where there is none."""
    host = urlsplit(url).hostname or ""
    if host in allowed:
        return ""
    try:
        return "" if is_public(host) else host
    except ValueError:  # a name, which the resolver has judged
        return _refused.get(host, "")
