"""The machine: its SQLite, its time zones, its clock, and that our packages are ours."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import packages_distributions
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import tocsin
from crawlers.card import source_cards
from tocsin.doctor.finding import Found, Patient, failure, ok, warning

OLDEST_SQLITE = (3, 37, 0)
"""STRICT tables are read from this version on."""
PACKAGES = ("tocsin", "crawlers", "normalize", "diffing", "alerts", "archive")


def sqlite_version(_patient: Patient, version: tuple[int, ...] = sqlite3.sqlite_version_info) -> Found:
    """Whether Python's SQLite is young enough."""
    said = f"SQLite {'.'.join(map(str, version))}"
    if version < OLDEST_SQLITE:
        return failure(
            f"{said} is older than {'.'.join(map(str, OLDEST_SQLITE))}",
            "Use a Python that brings a newer SQLite (python.org, uv, Debian 12 or later)",
        )
    return ok(said)


def full_text(_patient: Patient, connect: Callable[[str], sqlite3.Connection] = sqlite3.connect) -> Found:
    """Whether SQLite has full-text search with trigrams, and JSON."""
    with connect(":memory:") as database:
        for said, statement in (
            ("FTS5", "CREATE VIRTUAL TABLE a USING fts5(x)"),
            ("the trigram tokenizer", "CREATE VIRTUAL TABLE b USING fts5(x, tokenize = 'trigram')"),
            ("JSON", "SELECT json_each.value FROM json_each('[1]')"),
        ):
            try:
                database.execute(statement)
            except sqlite3.Error:
                return failure(
                    f"SQLite was built without {said}",
                    "Use a Python whose SQLite has it (python.org, uv, Debian 12 or later)",
                )
    return ok("FTS5 with trigrams, JSON")


def time_zones(patient: Patient, zone: Callable[[str], ZoneInfo] = ZoneInfo) -> Found:
    """Whether the time zones of people and publishers are known here."""
    names = {person.zone for person in patient.config.people.values()} | {patient.config.digest.zone}
    names |= {"America/New_York", "Europe/Brussels", "Asia/Tokyo"}
    for name in sorted(names):
        try:
            summer, winter = (datetime(2026, month, 1, tzinfo=zone(name)).utcoffset() for month in (7, 1))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return failure(
                f"the time zone {name} is not known here", "Install the package: pip install tzdata"
            )
        if name in ("America/New_York", "Europe/Brussels") and summer == winter:
            return failure(
                f"the time zone {name} has no summer time here: its data are not what they should be",
                "Install the package: pip install --upgrade tzdata, and unset PYTHONTZPATH",
            )
    return ok(f"{len(names)} zones")


def clock_by_hand(patient: Patient) -> Found:
    """Whether the clock is set by hand."""
    said = patient.environment.get("TOCSIN_NOW", "").strip()
    if said:
        return failure(
            f"TOCSIN_NOW sets the clock to {said}", "Unset it: it is for replays against a replica alone"
        )
    now = datetime.now(UTC)
    if now.year < 2026:
        return failure(f"the clock of this machine says {now.date()}", "Set it, or run an NTP client")
    return ok(f"{now:%Y-%m-%d %H:%M} UTC")


def packages_are_ours(
    _patient: Patient,
    path: Sequence[str] | None = None,
    distributions: Mapping[str, Iterable[str]] | None = None,
) -> Found:
    """Whether nobody else's package has the name of one of ours: ``archive`` and ``normalize`` are names that others have used."""
    home = Path(tocsin.__file__).resolve().parents[1]
    for place in sys.path if path is None else path:
        for name in PACKAGES:
            other = Path(place or ".") / name
            for found in (other / "__init__.py", other.with_suffix(".py")):
                if found.is_file() and found.resolve().parent not in (home / name, home):
                    return failure(
                        f"another package is called {name}: {found}",
                        "Install tocsin in an environment of its own: python3 -m venv, or pipx install tocsin",
                    )
    known = packages_distributions() if distributions is None else distributions
    for name in PACKAGES:
        if foreign := sorted(set(known.get(name, ())) - {"tocsin"}):
            return failure(
                f"the package {name} is also one of the distribution {foreign[0]}",
                f"pip uninstall {foreign[0]}, then install tocsin anew; better, use an environment of its own",
            )
    return ok("all six are tocsin's own")


def sources_load(_patient: Patient) -> Found:
    """Whether the sources of other distributions could be loaded."""
    import warnings

    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        cards = source_cards()
    left_out = [str(one.message) for one in heard if "is left out" in str(one.message)]
    if left_out:
        return warning(left_out[0], "Update or uninstall that distribution")
    return ok(f"{len(cards)} sources")
