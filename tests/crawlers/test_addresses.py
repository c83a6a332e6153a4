"""What a page, a redirect or a name server says does not take the crawler to a private network; what the configuration names may lie there."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from twisted.internet.base import ThreadedResolver
from twisted.internet.defer import Deferred, succeed
from twisted.internet.error import DNSLookupError

from crawlers.addresses import GuardedResolver, is_public, named_hosts, private_address
from tests.crawlers.crawling import crawled
from tests.replica.faults import Reply
from tests.sources.web_page.replica import DAY, GUIDANCE, SETTINGS, server


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255"
    " ::1 [::1] fe80::1%eth0 fc00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1".split(),
)
def test_addresses_of_this_machine_and_of_private_networks_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_addresses_of_the_public_network_are(address: str) -> None:
    assert is_public(address)


def test_hosts_that_the_configuration_names_may_be_anywhere() -> None:
    named = named_hosts({"www.example.gov": "http://10.0.0.5:8080/x"})
    assert "10.0.0.5" in named
    assert private_address("http://10.0.0.5:8080/x/y", named) == ""
    assert private_address("http://10.0.0.6/", named) == "10.0.0.6"
    assert private_address("http://[::1]:80/", named) == "::1"


def pages(*urls: str) -> dict[str, Any]:
    return {**SETTINGS, "pages": [{"url": url, "landmark": "Guidance", "selector": "main"} for url in urls]}


@pytest.mark.parametrize("host", ["127.0.0.1", "169.254.169.254", "10.0.0.1"])
def test_a_page_on_a_private_network_is_refused_and_nobody_there_is_asked(host: str) -> None:
    with server() as replica:
        run = crawled("web_page", {}, DAY, **pages(f"https://{host}/guidance"))
        assert replica.asked == []
    assert run.captures == []
    assert "PrivateAddress" in run.finished.reason
    assert "[hosts]" in run.finished.reason


@pytest.mark.parametrize("host", ["localhost", "[::1]", "intranet"])
def test_a_page_of_a_host_without_a_domain_is_no_page(host: str) -> None:
    run = crawled("web_page", {}, DAY, **pages(f"https://{host}/guidance"))
    assert "is no address" in run.finished.reason


def test_a_redirect_to_a_private_network_is_not_followed() -> None:
    with server() as replica:
        replica.pages[GUIDANCE] = Reply(status=302, headers={"Location": "https://localhost/secret"})
        run = crawled("web_page", replica.hosts, DAY, **SETTINGS)
        assert not any("secret" in asked.path for asked in replica.asked)
    assert GUIDANCE not in run.named()
    assert "RedirectedAway" in run.finished.reason or "PrivateAddress" in run.finished.reason


def test_a_name_that_turns_to_a_private_address_is_refused_for_the_connection_that_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = iter(["8.8.8.8", "192.168.1.1", "192.168.1.1"])

    def resolve(self: ThreadedResolver, name: str, timeout: object = ()) -> Deferred[str]:
        return succeed(next(answers))

    monkeypatch.setattr(ThreadedResolver, "getHostByName", resolve)
    resolver = GuardedResolver(None, 0, 1.0, frozenset({"mirror.example.org"}))  # type: ignore[arg-type]

    async def asked(name: str) -> str:
        return await resolver.getHostByName(name)

    assert asyncio.run(asked("turns.example.org")) == "8.8.8.8"
    with pytest.raises(DNSLookupError, match="not a public address"):
        asyncio.run(asked("turns.example.org"))
    assert private_address("https://turns.example.org/", []) == "192.168.1.1"
    assert asyncio.run(asked("mirror.example.org")) == "192.168.1.1"
