"""The figures of a service for Prometheus, counted in the archive when they are asked for: no process keeps any, so that all tell the same.

Names and labels are as Prometheus' conventions ask: a prefix, base units, ``_total`` for what only grows, ``_timestamp_seconds`` for instants. Labels are ids
of sources and words of ours; no watch, person or target is named.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from prometheus_client import CollectorRegistry, generate_latest, write_to_textfile
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from archive import clock, instants, ledger, outbox
from archive.databases import ARCHIVE_FILE, CAPTURES_FILE
from archive.errors import TocsinError
from archive.incidents import incidents
from archive.ledger import SourceHealth
from archive.store import Archive
from tocsin import __version__
from tocsin.config import Config
from tocsin.expectation import Age
from tocsin.health import ages, is_well


class ArchiveFigures(Collector):
    """Counts in the archive of a folder; with its configuration it knows as well who is late. ``tocsin_archive_readable`` is 0, and nothing else is told,
    where the archive cannot be read."""

    def __init__(self, folder: Path, config: Config | None = None) -> None:
        self._folder, self._config = folder, config

    def collect(self) -> Iterator[Metric]:
        """The figures of this moment."""
        yield InfoMetricFamily("tocsin_build", "The version of tocsin.", value={"version": __version__})
        readable = GaugeMetricFamily(
            "tocsin_archive_readable", "Whether the archive could be read (1) or not (0)."
        )
        try:
            with closing(Archive.open(self._folder, read_only=True)) as archive:
                found = [*self._of_sources(archive), *_of_alerts(archive), *_of_disk(self._folder)]
        except (TocsinError, sqlite3.Error, OSError):
            readable.add_metric((), 0)
            yield readable
            return
        readable.add_metric((), 1)
        yield readable
        yield from (family for family in found if family.samples)

    def _of_sources(self, archive: Archive) -> Iterator[Metric]:
        found = [one for one in ledger.health(archive) if not one.source.endswith(" backfill")]
        old = ages(found, self._config, clock.now()) if self._config else {}
        yield from _instants(found)
        yield _gauge(
            "failures", "Runs in a row that did not reach their goal.", found, lambda one: one.failures
        )
        yield _gauge("held_captures", "Captures that wait for a person.", found, lambda one: len(one.held))
        yield _gauge(
            "healthy", "Whether the last run reached its goal and nothing waits (1).", found, is_well
        )
        yield _gauge("running", "Whether a run is under way (1).", found, lambda one: one.running)
        if self._config:
            of = {one.source: old.get(one.source, Age()) for one in found}
            yield _gauge(
                "late",
                "Whether a run should have reached its goal by now and none did (1).",
                found,
                lambda one: of[one.source].late is not None,
            )
            yield _gauge(
                "stale",
                "Whether nothing has changed for longer than is usual (1).",
                found,
                lambda one: of[one.source].is_stale,
            )
        runs = CounterMetricFamily(
            "tocsin_source_runs", "Runs that ended, by how.", labels=("source", "outcome")
        )
        for source, outcome, number in archive.database.execute(
            "SELECT source, outcome, count(*) FROM run WHERE outcome <> '' GROUP BY source, outcome"
        ):
            runs.add_metric((source, outcome), number)
        yield runs
        transitions = CounterMetricFamily(
            "tocsin_source_transitions", "Works that went from one edition to another.", labels=("source",)
        )
        for source, number in archive.database.execute(
            "SELECT source, count(*) FROM transition GROUP BY source"
        ):
            transitions.add_metric((source,), number)
        yield transitions


def registry(folder: Path, config: Config | None = None) -> CollectorRegistry:
    """A registry with these figures alone."""
    made = CollectorRegistry(auto_describe=False)
    made.register(ArchiveFigures(folder, config))
    return made


def exposition(folder: Path, config: Config | None = None) -> bytes:
    """The figures in Prometheus' text form."""
    return generate_latest(registry(folder, config))


def write_figures(config: Config) -> str:
    """Write the figures into ``[service] metrics_file``, whole or not at all; answers why it could not be done, "" where it was."""
    path = config.folder / config.service.metrics_file
    try:
        write_to_textfile(str(path), registry(config.archive, config))
    except OSError as error:
        return f"{path} cannot be written ({error.strerror or error})"
    return ""


def _instants(found: Sequence[SourceHealth]) -> Iterator[Metric]:
    for name, said, instants_of in (
        ("last_run", "When the last run began.", [one.last_run for one in found]),
        ("last_success", "When a run last reached its goal.", [one.last_success for one in found]),
        ("last_change", "When a change was last observed.", [one.last_change for one in found]),
    ):
        family = GaugeMetricFamily(f"tocsin_source_{name}_timestamp_seconds", said, labels=("source",))
        for one, at in zip(found, instants_of, strict=True):
            if at is not None:
                family.add_metric((one.source,), at.timestamp())
        yield family


def _gauge(
    name: str, said: str, found: Sequence[SourceHealth], told: Callable[[SourceHealth], float]
) -> Metric:
    family = GaugeMetricFamily(f"tocsin_source_{name}", said, labels=("source",))
    for one in found:
        family.add_metric((one.source,), float(told(one)))
    return family


def _of_alerts(archive: Archive) -> Iterator[Metric]:
    opened = GaugeMetricFamily("tocsin_incidents", "Incidents that are open.", labels=("source", "sort"))
    counted: dict[tuple[str, str], int] = {}
    for incident in incidents(archive):
        counted[incident.source, incident.sort] = counted.get((incident.source, incident.sort), 0) + 1
    for key, number in sorted(counted.items()):
        opened.add_metric(key, number)
    yield opened
    deliveries = GaugeMetricFamily(
        "tocsin_deliveries", "Messages, by what became of them.", labels=("state",)
    )
    for state, number in sorted(outbox.counts(archive).items()):
        deliveries.add_metric((state,), number)
    yield deliveries
    (oldest,) = archive.database.execute(
        "SELECT min(enqueued_at) FROM delivery WHERE state IN ('pending', 'failed')"
    ).fetchone()
    if oldest is not None:
        family = GaugeMetricFamily(
            "tocsin_deliveries_oldest_waiting_timestamp_seconds",
            "Since when the message waits that has waited longest to be sent.",
        )
        family.add_metric((), instants.read(oldest).timestamp())
        yield family


def _of_disk(folder: Path) -> Iterator[Metric]:
    sizes = GaugeMetricFamily(
        "tocsin_archive_size_bytes", "Bytes of each file of the archive, with its log.", labels=("file",)
    )
    for name in (ARCHIVE_FILE.name, CAPTURES_FILE.name):
        sizes.add_metric((name,), sum(file.stat().st_size for file in folder.glob(f"{name}*")))
    yield sizes
    free = GaugeMetricFamily("tocsin_archive_free_bytes", "Bytes that are free on the disk of the archive.")
    free.add_metric((), shutil.disk_usage(folder).free)
    yield free
