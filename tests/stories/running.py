"""A story as a person lives it: an installation, a source whose day moves, and what the program tells on each day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tests.replica.server import Replica
from tests.tocsin.program import Installation, install


@dataclass
class Story:
    """One source from one replica, and what its watches have told so far."""

    place: Installation
    replica: Replica
    source: str
    told: int = field(default=0)

    def on(self, day: date) -> list[dict[str, Any]]:
        """The alerts of a run on a day."""
        self.replica.today = day
        self.place.environment["TOCSIN_NOW"] = f"{day}T12:00:00+00:00"
        self.place.run("run", "--once", "--source", self.source)
        alerts = self.place.alerts()
        fresh, self.told = alerts[self.told :], len(alerts)
        return fresh

    def touched(self, kind: str, **filters: str) -> set[str]:
        """The ids of a kind of touch over all changes."""
        return {
            touch["id"]
            for change in self.place.changes()
            for touch in change["touches"]
            if touch["type"] == kind and all(touch.get(name) == value for name, value in filters.items())
        }


def story(
    folder: Path, replica: Replica, source: str, settings: Mapping[str, Any], **watches: dict[str, Any]
) -> Story:
    """An installation in which one source runs."""
    place = install(folder / "tocsin", TOCSIN_HOSTS=json.dumps(replica.hosts))
    lines = [f"{key} = {_toml(value)}" for key, value in {"pace": 500.0, "retries": 0, **settings}.items()]
    (place.folder / "tocsin.toml").write_text(f"[sources.{source}]\n" + "\n".join(lines) + "\n")
    place.watch(**watches)
    return Story(place, replica, source)


def _toml(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
