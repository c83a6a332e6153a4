"""The figures: in Prometheus' form by its own parsers, named by its conventions, the same whoever asks, and of nobody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from prometheus_client.openmetrics.exposition import generate_latest as openmetrics_text
from prometheus_client.openmetrics.parser import text_string_to_metric_families as strictly_parsed
from prometheus_client.parser import text_string_to_metric_families

from archive import editions, ledger, outbox
from archive.incidents import Trouble, settle
from archive.records import Delivery
from archive.store import Archive
from tests.archive.building import at, capture, edition, item, publish
from tests.tocsin.service.settings import written
from tocsin.config import Config
from tocsin.service.figures import exposition, registry

TEXT = "tocsin_source_"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A source that failed twice after a success, one that runs, one that was never late; a delivery that waits, an incident, a held capture."""
    config = written(tmp_path, '[people]\nann = { address = "ann@example.org" }\n')
    with Archive.open(config.archive) as archive:
        for number, (source, outcome) in enumerate(
            (
                ("us_ecfr", "complete"),
                ("us_ecfr", "incomplete"),
                ("us_ecfr", "incomplete"),
                ("us_csl", "complete"),
            )
        ):
            run = ledger.start_run(archive, source, at=at(number), replayed=False)
            ledger.finish_run(
                archive, run, at=at(number + 0.5), outcome=outcome, reason="at https://x/?token=1"
            )
        ledger.start_run(archive, "us_csl", at=at(9), replayed=False)
        held = editions.record_capture(archive, None, capture(b"half"))
        editions.hold(archive, held.id, "it shrank")
        publish(archive, edition(item("1", "one"), days=1), hours=1)
        settle(
            archive,
            "us_ecfr",
            "failing",
            [Trouble(subject="", said="ann@example.org")],
            at=at(1),
            patience=at(9) - at(0),
        )
        outbox.enqueue(
            archive,
            Delivery(
                key="k",
                message_id="m",
                transition_id="t",
                watch="Project Falcon",
                target="ann-private",
                changes=("c",),
                payload="{}",
            ),
            at(2),
        )
    return config


def values(config: Config) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(exposition(config.archive, config).decode())
        for sample in family.samples
    }


def test_the_figures_are_those_of_the_archive(config: Config) -> None:
    found = values(config)
    ecfr, csl = (("source", "us_ecfr"),), (("source", "us_csl"),)
    assert found["tocsin_archive_readable", ()] == 1
    assert found[f"{TEXT}failures", ecfr] == 2
    assert found[f"{TEXT}failures", csl] == 0
    assert found[f"{TEXT}last_success_timestamp_seconds", ecfr] == at(0.5).timestamp()
    assert found[f"{TEXT}last_run_timestamp_seconds", csl] == at(9).timestamp()
    assert (f"{TEXT}last_change_timestamp_seconds", csl) not in found
    assert found[f"{TEXT}running", csl] == 1
    assert found[f"{TEXT}healthy", ecfr] == 0
    assert found[f"{TEXT}held_captures", ecfr] == 1
    assert found[f"{TEXT}late", ecfr] == 1
    assert found[f"{TEXT}runs_total", (("outcome", "incomplete"), *ecfr)] == 2
    assert found["tocsin_incidents", (("sort", "failing"), *ecfr)] == 1
    assert found["tocsin_deliveries", (("state", "pending"),)] == 1
    assert found["tocsin_deliveries_oldest_waiting_timestamp_seconds", ()] == at(2).timestamp()
    assert found["tocsin_archive_size_bytes", (("file", "archive.db"),)] > 0
    assert found["tocsin_archive_free_bytes", ()] > 0


def test_both_of_prometheus_parsers_take_them_and_the_strict_one_too(config: Config) -> None:
    text = exposition(config.archive, config).decode()
    families = list(text_string_to_metric_families(text))
    strict = list(strictly_parsed(openmetrics_text(registry(config.archive, config)).decode()))
    assert {family.name for family in strict} >= {"tocsin_build", "tocsin_source_runs", "tocsin_deliveries"}
    assert len(families) == len(strict) > 15
    assert all(family.samples for family in families)


def test_names_and_labels_are_as_the_conventions_ask(config: Config) -> None:
    """The rules of ``promtool check metrics`` and of prometheus.io/docs/practices/naming."""
    names = set()
    for family in text_string_to_metric_families(exposition(config.archive, config).decode()):
        assert family.documentation.endswith(".")
        assert family.name not in names
        names.add(family.name)
        for sample in family.samples:
            assert re.fullmatch(r"tocsin_[a-z0-9]+(_[a-z0-9]+)*", sample.name)
            assert sample.name.endswith("_total") == (family.type == "counter")
            assert not re.search(
                r"_(milliseconds|minutes|hours|days|kilobytes|mb|percent|gauge|counter|info_.*)$", sample.name
            )
            assert not re.search(r"_(count|sum|bucket)$", sample.name)
            if "timestamp" in sample.name:
                assert sample.name.endswith("_timestamp_seconds")
                assert 1.7e9 < sample.value < 2.1e9
            for label in sample.labels:
                assert re.fullmatch(r"[a-z]+", label)
                assert label not in ("le", "quantile", "job", "instance")
                assert "_by_" not in sample.name


def test_they_name_no_person_watch_target_or_address(config: Config) -> None:
    text = exposition(config.archive, config).decode()
    for private in ("ann", "Falcon", "@", "https://", "token"):
        assert private not in text


def test_an_archive_that_cannot_be_read_is_a_figure_too(config: Config) -> None:
    (config.archive / "archive.db").write_bytes(b"no database")
    text = exposition(config.archive, config).decode()
    assert "tocsin_archive_readable 0.0" in text
    assert "tocsin_source" not in text


def test_without_a_configuration_nothing_is_said_of_who_is_late(config: Config) -> None:
    text = exposition(config.archive).decode()
    assert "tocsin_source_failures" in text
    assert "tocsin_source_late" not in text
