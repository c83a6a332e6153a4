"""The program's own way with one source, in this process: crawled by a child, taken in, compared, matched, against the replica of the official sources."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from alerts.targets import Target
from archive import ledger
from archive.ledger import Unobserved
from archive.store import Archive
from crawlers.card import source_card
from tests.tocsin.official import Official
from tocsin.config import Config, SourceSettings
from tocsin.flow import Flow, Outcome
from tocsin.progress import reporter

HOSTS = ("www.ecfr.gov", "www.federalregister.gov", "data.trade.gov", "www.bis.doc.gov")
AGENT = "Mozilla/5.0 (compatible; tocsin/"


class Sources(Official):
    """The replica of the official sources, with its truth and its log."""

    def mapping(self, *hosts: str) -> dict[str, str]:
        """The official hosts, here; those of the United States where none is named."""
        return {host: f"{self.base}/{host}" for host in hosts or HOSTS}

    def truth(self, host: str) -> dict[str, Any]:
        """What is published on a host by now."""
        return self._get(f"truth?host={host}")

    def log(self) -> list[dict[str, Any]]:
        """The requests since the log was asked for last."""
        found: list[dict[str, Any]] = self._get("log?clear=1")
        return found

    def _get(self, what: str) -> Any:
        with urllib.request.urlopen(f"{self.base}/_replica/{what}", timeout=120) as answer:
            return json.load(answer)


@dataclass(frozen=True, kw_only=True)
class Keeper:
    """An archive in a folder that is kept up with one source."""

    folder: Path
    hosts: Mapping[str, str]
    source: str
    settings: Mapping[str, Any]

    def run(self, today: date, *, hour: int = 22, **settings: Any) -> Outcome:
        """One run on a day, at an hour in UTC, with other settings where they are given; what is owed stays in the outbox."""
        with self._clock(today, hour), Archive.open(self.folder / "archive") as archive:
            flow = Flow(self._config({**self.settings, **settings}), archive)
            return flow.run(source_card(self.source), reporter())

    def start(self) -> Keeper:
        """Make the archive, and a watch that every change concerns."""
        Archive.create(self.folder / "archive").close()
        (self.folder / "watches").mkdir()
        watch = '[[watch]]\nname = "all"\nowner = "a@example.org"\nreason = "r"\nmatter = "m"\n'
        (self.folder / "watches" / "all.toml").write_text(
            f'{watch}sources = ["{self.source}"]\nnotify = ["file:x.jsonl"]\n'
        )
        return self

    @contextmanager
    def open(self) -> Iterator[Archive]:
        """The archive, to look at."""
        with Archive.open(self.folder / "archive", read_only=True) as archive:
            yield archive

    def captures(self, state: str = "published") -> list[tuple[str, str, str]]:
        """Document, edition and digest of every capture in a state."""
        with self.open() as archive:
            rows = archive.database.execute(
                "SELECT document, as_of, sha256 FROM capture WHERE source = ? AND state = ? ORDER BY document, as_of, id",
                (self.source, state),
            )
            return [(document, as_of, sha256) for document, as_of, sha256 in rows]

    def standing(self) -> dict[str, bytes]:
        """The newest bytes of each document that is not withdrawn."""
        with self.open() as archive:
            newest = {
                document: (sha256, status)
                for document, sha256, status in archive.database.execute(
                    "SELECT document, sha256, status FROM capture WHERE source = ? AND state = 'published' ORDER BY as_of, id",
                    (self.source,),
                )
            }
            return {
                document: archive.captures.get(sha256)
                for document, (sha256, status) in newest.items()
                if status == 200
            }

    def happened(self, day: date) -> dict[str, list[str]]:
        """What is told of the editions of a day: document → for each change ``came``, ``moved`` or ``withdrawn`` of the whole, or ``words``."""
        found: dict[str, list[str]] = {}
        whole = {"insertion": "came", "repeal": "withdrawn", "move": "moved"}
        with self.open() as archive:
            rows = archive.database.execute(
                "SELECT DISTINCT capture.document, change.id, change.kind, coalesce(change.old_eid, change.new_eid) FROM change"
                " JOIN changeset ON changeset.id = change.changeset JOIN transition ON transition.id = changeset.transition_id"
                " JOIN series ON series.work = transition.work JOIN edition ON edition.series = series.id AND edition.as_of = transition.after"
                " JOIN capture ON capture.id = edition.capture AND capture.sha256 = transition.after_sha256"
                " WHERE changeset.newest = 1 AND transition.after = ? ORDER BY change.id",
                (day.isoformat(),),
            )
            for document, _, kind, eid in rows:
                found.setdefault(document, []).append("words" if eid else whole[kind])
        return found

    def editions_held_twice(self) -> list[tuple[int, str]]:
        """Editions of which two stand for one day."""
        with self.open() as archive:
            rows = archive.database.execute(
                "SELECT series, as_of FROM edition WHERE known_to IS NULL GROUP BY series, as_of HAVING count(*) > 1"
            )
            return list(rows)

    def changes(self) -> set[tuple[str, str, str]]:
        """Work, edition and id of every change; an id is made of the transition and the law text."""
        with self.open() as archive:
            rows = archive.database.execute(
                "SELECT work.path, transition.after, change.key FROM change JOIN changeset ON changeset.id = change.changeset"
                " JOIN transition ON transition.id = changeset.transition_id JOIN work ON work.id = transition.work"
                " WHERE changeset.newest = 1"
            )
            return set(rows)

    def owed(self) -> set[str]:
        """The keys of the messages that are owed."""
        with self.open() as archive:
            return {key for (key,) in archive.database.execute("SELECT key FROM delivery")}

    def unobserved(self) -> tuple[Unobserved, ...]:
        """The spans in which the source could not be looked at."""
        with self.open() as archive:
            return ledger.unobserved(archive, self.source)

    def _config(self, settings: Mapping[str, Any]) -> Config:
        return Config(
            folder=self.folder,
            archive=self.folder / "archive",
            watches=self.folder / "watches",
            hosts=dict(self.hosts),
            sources={self.source: SourceSettings(settings=dict(settings))},
            targets={"x": Target(name="x", said="file:x.jsonl")},
        )

    @contextmanager
    def _clock(self, today: date, hour: int) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TOCSIN_HOSTS", json.dumps(dict(self.hosts)))
            patch.setenv("TOCSIN_NOW", f"{today}T{hour:02d}:00:00+00:00")
            yield
