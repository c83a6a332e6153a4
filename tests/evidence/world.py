"""An installation that has crawled the invented sources twice, told people of what changed, and has had a change decided."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.crawlers.invented import ECFR_PARTS, SECOND, THIRD, replica
from tests.replica.server import Replica
from tests.tocsin.program import Installation, install

CONFIG = f"""
[sources.us_ecfr]
parts = {json.dumps(ECFR_PARTS)}
pace = 200.0
retries = 0
[sources.us_federal_register]
pace = 200.0
retries = 0
since = "2026-02-01"
[people]
ann = {{ address = "ann@example.org", roles = ["reviewer"] }}
cole = {{ address = "cole@example.org", roles = ["counsel"] }}
"""
SOURCES = ("--source", "us_ecfr", "--source", "us_federal_register")


@contextmanager
def crawled(folder: Path) -> Iterator[tuple[Installation, Replica]]:
    """Two runs of both sources, a month apart."""
    with replica(SECOND) as server:
        place = install(folder, TOCSIN_HOSTS=json.dumps(server.hosts))
        (place.folder / "tocsin.toml").write_text(CONFIG)
        place.watch(every={"jurisdictions": ["US"]})
        for day in (date(2026, 2, 10), date(2026, 3, 20)):
            server.today = day
            place.environment["TOCSIN_NOW"] = f"{day}T12:00:00+00:00"
            place.run("run", "--once", *SOURCES)
        assert date(2026, 3, 20) > THIRD
        yield place, server


@dataclass(frozen=True, kw_only=True)
class World:
    """The installation, and a change in it that was decided and commented."""

    place: Installation
    change: str
    decided: str

    @property
    def folder(self) -> Path:
        return self.place.folder / "archive"
