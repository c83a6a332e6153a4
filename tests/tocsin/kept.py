"""The whole program on an archive of its own, kept up with the project's replica of the sources on days of the test's choice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from alerts.targets import Target
from archive.store import Archive
from crawlers.card import source_card
from tests.crawlers.crawling import FAST
from tests.replica.server import Replica
from tocsin.config import Config, SourceSettings
from tocsin.flow import Flow, Outcome
from tocsin.progress import reporter


@dataclass
class Program:
    """An archive that is kept up with these sources, on days of the test's choice."""

    folder: Path
    replica: Replica
    monkeypatch: pytest.MonkeyPatch
    tables: dict[str, dict[str, Any]]
    hosts: dict[str, str] = field(default_factory=dict)

    def config(self) -> Config:
        return Config(
            folder=self.folder,
            archive=self.folder / "archive",
            watches=self.folder / "watches",
            hosts=self.hosts or self.replica.hosts,
            sources={name: SourceSettings(settings={**FAST, **table}) for name, table in self.tables.items()},
            targets={"x": Target(name="x", said="file:x.jsonl")},
        )

    def start(self) -> Program:
        Archive.create(self.folder / "archive").close()
        (self.folder / "watches").mkdir()
        names = ", ".join(f'"{name}"' for name in self.tables)
        (self.folder / "watches" / "all.toml").write_text(
            '[[watch]]\nname = "all"\nowner = "a@example.org"\nreason = "r"\nmatter = "m"\nnotify = ["file:x.jsonl"]\n'
            f"sources = [{names}]\n"
        )
        return self

    def run(self, day: date, *names: str) -> list[Outcome]:
        """One run of each source."""
        self.replica.today = day
        self.monkeypatch.setenv("TOCSIN_NOW", f"{day}T22:00:00+00:00")
        self.monkeypatch.setenv("TOCSIN_HOSTS", "{}")
        with Archive.open(self.folder / "archive") as archive:
            flow = Flow(self.config(), archive)
            return [flow.run(source_card(name), reporter()) for name in names]

    @contextmanager
    def open(self) -> Iterator[Archive]:
        with Archive.open(self.folder / "archive", read_only=True) as archive:
            yield archive

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with self.open() as archive:
            return list(archive.database.execute(query))

    def told(self) -> list[tuple[str, str, str]]:
        """Every change: work, kind, the words after it."""
        return self.rows(
            "SELECT work.path, change.kind, change.new_eid FROM change JOIN changeset ON changeset.id = change.changeset"
            " JOIN transition ON transition.id = changeset.transition_id JOIN work ON work.id = transition.work"
            " WHERE changeset.newest = 1 ORDER BY 1, 2, 3"
        )

    def owed(self) -> set[str]:
        return {key for (key,) in self.rows("SELECT key FROM delivery")}

    def captures(self, source: str) -> list[tuple[str, str]]:
        return self.rows(
            f"SELECT document, as_of FROM capture WHERE source = '{source}' AND state = 'published' ORDER BY 1, 2"
        )
