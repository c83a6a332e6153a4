"""``/-/health`` and ``/-/metrics``: to this machine alone unless the configuration says otherwise, with a status that a machine understands."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any

import httpx
import msgspec
import pytest
from prometheus_client.parser import text_string_to_metric_families

from archive import ledger
from archive.store import Archive
from tests.archive.building import at
from tests.tocsin.service.settings import written
from tocsin.config import Config
from tocsin.web.probes import may_ask, state

HERE: dict[str, Any] = {"client": ("127.0.0.1", 4711), "headers": []}


def asked(config: Config, path: str, client: str = "127.0.0.1", **headers: str) -> httpx.Response:
    from tocsin.web.server import application

    datasette = application(config.archive, config)

    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(app=datasette.app(), client=(client, 4711))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
            return await browser.get(path, headers=headers)

    try:
        return asyncio.run(ask())
    finally:
        for database in datasette.databases.values():
            database.close()


@pytest.fixture(scope="module")
def well(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return ran(
        written(tmp_path_factory.mktemp("well"), "[sources.us_federal_register]\nenabled = false\n"),
        "complete",
    )


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return ran(written(tmp_path_factory.mktemp("failing"), ""), "incomplete")


def ran(config: Config, outcome: str) -> Config:
    with Archive.open(config.archive) as archive:
        run = ledger.start_run(archive, "us_ecfr", at=at(0), replayed=False)
        ledger.finish_run(archive, run, at=at(1), outcome=outcome, reason="https://x.example/?token=s3cr3t")
    return config


def test_health_is_200_where_all_is_well_and_503_where_not(
    well: Config, failing: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_HOSTS", '{"www.ecfr.gov": "http://127.0.0.1:1"}')
    monkeypatch.setenv("TOCSIN_NOW", at(2).isoformat())
    good, bad = asked(well, "/-/health"), asked(failing, "/-/health")
    assert (good.status_code, bad.status_code) == (200, 503)
    assert good.headers["content-type"].startswith("application/json")
    assert good.headers["cache-control"] == "no-store"
    assert (good.json()["status"], bad.json()["status"]) == ("ok", "failing")
    (source,) = good.json()["sources"]
    assert (source["source"], source["state"], source["failures"]) == ("us_ecfr", "ok", 0)
    assert good.json()["at"] == "2026-01-01T14:00:00+00:00"


def test_health_has_no_words_of_reasons_and_no_address(failing: Config) -> None:
    said = asked(failing, "/-/health").text
    assert "s3cr3t" not in said
    assert "http" not in said
    assert "reason" not in said


def test_an_archive_that_cannot_be_read_is_503(tmp_path: Any) -> None:
    assert state(tmp_path / "nowhere", None)["status"] == "unreadable"


def test_metrics_are_what_prometheus_reads(well: Config) -> None:
    answer = asked(well, "/-/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    names = {family.name for family in text_string_to_metric_families(answer.text)}
    assert "tocsin_source_failures" in names


@pytest.mark.parametrize("path", ["/-/health", "/-/metrics"])
@pytest.mark.parametrize(
    ("client", "headers"),
    [
        ("192.0.2.7", {}),
        ("2001:db8::7", {}),
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.7"}),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.7"}),
        ("127.0.0.1", {"Via": "1.1 proxy"}),
    ],
)
def test_nobody_from_elsewhere_is_told(well: Config, path: str, client: str, headers: dict[str, str]) -> None:
    answer = asked(well, path, client, **headers)
    assert answer.status_code == 403
    assert "us_ecfr" not in answer.text


@pytest.mark.parametrize("path", ["/-/versions", "/-/threads", "/-/plugins", "/-/healthy", "/-/settings"])
def test_nothing_else_below_is_shown(well: Config, path: str) -> None:
    assert asked(well, path).status_code in (403, 404)


@pytest.mark.parametrize(
    ("probes", "client", "allowed"),
    [
        ("loopback", "127.0.0.1", True),
        ("loopback", "::1", True),
        ("loopback", "::ffff:127.0.0.1", True),
        ("loopback", "10.0.0.1", False),
        ("loopback", "testclient", False),
        ("all", "10.0.0.1", True),
        ("off", "127.0.0.1", False),
    ],
)
def test_who_may_ask_is_what_the_configuration_says(
    well: Config, probes: str, client: str, allowed: bool
) -> None:
    service = msgspec.structs.replace(well.service, probes=probes)
    config = dataclasses.replace(well, service=service)
    assert may_ask(config, {**HERE, "client": (client, 1)}) is allowed
