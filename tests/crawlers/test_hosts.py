"""The one place that knows mirrors: official addresses go out, and official addresses come back."""

from __future__ import annotations

import pytest

from archive.errors import BadInput
from crawlers.hosts import Hosts, check_hosts, read_hosts

MIRROR = {"www.ecfr.gov": "http://127.0.0.1:8000/www.ecfr.gov/", "other.example.org": "http://127.0.0.1:8000"}


def test_a_mapped_host_is_asked_at_its_mirror_and_told_as_itself() -> None:
    hosts = Hosts(["www.ecfr.gov"], MIRROR)
    official = "https://www.ecfr.gov/api/versioner/v1/titles.json?a=1"
    asked = "http://127.0.0.1:8000/www.ecfr.gov/api/versioner/v1/titles.json?a=1"
    assert hosts.mapped(official) == asked
    assert hosts.official(asked) == official
    assert hosts.official("http://127.0.0.1:8000/elsewhere") == "http://127.0.0.1:8000/elsewhere"


def test_a_host_without_a_mirror_is_asked_at_home() -> None:
    hosts = Hosts(["www.ecfr.gov"], {})
    assert hosts.mapped("https://www.ecfr.gov/x") == "https://www.ecfr.gov/x"
    assert hosts.official("https://www.ecfr.gov/x") == "https://www.ecfr.gov/x"


def test_a_host_without_encryption_is_asked_so_and_links_under_the_other_scheme_are_to_the_same_host() -> (
    None
):
    hosts = Hosts(["www.ecfr.gov", "http://old.example.gov"], {})
    assert hosts.mapped("http://old.example.gov/x") == "http://old.example.gov/x"
    assert hosts.official("https://old.example.gov/x") == "http://old.example.gov/x"
    assert hosts.official("http://www.ecfr.gov/x") == "https://www.ecfr.gov/x"
    assert hosts.official("http://elsewhere.example.org/x") == "http://elsewhere.example.org/x"
    mirror = {"old.example.gov": "http://127.0.0.1:8000/old"}
    mapped = Hosts(["http://old.example.gov"], mirror)
    assert mapped.official(mapped.mapped("http://old.example.gov/x")) == "http://old.example.gov/x"
    with pytest.raises(ValueError, match="none of the hosts"):
        hosts.mapped("https://old.example.gov/x")


@pytest.mark.parametrize(
    "url", ["https://evil.example.org/x", "http://www.ecfr.gov/x", "https://www.ecfr.gov.evil.org/"]
)
def test_no_other_host_is_ever_asked(url: str) -> None:
    with pytest.raises(ValueError, match="none of the hosts"):
        Hosts(["www.ecfr.gov"], MIRROR).mapped(url)


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"www.ecfr.gov": 1}',
        '{"https://www.ecfr.gov": "http://x"}',
        '{"www.ecfr.gov": "ftp://x"}',
        '{"www.ecfr.gov": "x"}',
    ],
)
def test_a_mapping_that_cannot_work_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_hosts(text)
    assert caught.value.thing == "TOCSIN_HOSTS"
    assert caught.value.mend


def test_a_mapping_is_read() -> None:
    assert read_hosts('{"www.ecfr.gov": "http://127.0.0.1:1/www.ecfr.gov"}') == {
        "www.ecfr.gov": "http://127.0.0.1:1/www.ecfr.gov"
    }
    assert check_hosts(MIRROR, thing="[hosts]") == MIRROR
