"""A new version of a reader: nothing is alerted that is only ours, and what the old one hid is told late."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive import changes, clock, editions
from archive.records import Capture, Expression, Provision, Reading
from archive.store import Archive
from crawlers.card import source_cards
from normalize.ecfr_reader import read_ecfr
from normalize.profile import Hints, Profile
from normalize.profiles import PROFILES
from normalize.reading import read
from tests.tocsin.program import Installation, install
from tocsin.config import load
from tocsin.demo.server import editions as demo_editions
from tocsin.flow import Flow

WORK = "us/cfr/15/799"


def read_without_lists(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """An early reader that did not know lists: it lost their items."""
    found = read_ecfr(body, hints, profile)
    return replace(found, expressions=tuple(without_items(expression) for expression in found.expressions))


def without_items(expression: Expression) -> Expression:
    def pruned(provision: Provision) -> Provision:
        return replace(
            provision, children=tuple(pruned(child) for child in provision.children if child.unit != "item")
        )

    return replace(expression, provisions=tuple(pruned(provision) for provision in expression.provisions))


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    place = install(tmp_path / "tocsin")
    place.watch(thai={"countries": ["TH"]})
    return place


@contextmanager
def flow(place: Installation) -> Iterator[Flow]:
    config = load(place.folder / "tocsin.toml", known_sources=tuple(source_cards()), environment={})
    with Archive.open(config.archive) as archive:
        yield Flow(config, archive)


def ingest(place: Installation, day: date, body: bytes) -> None:
    capture = Capture(
        source="us_ecfr", document=WORK, url="file:test", body=body, as_of=day, fetched_at=clock.now()
    )
    with flow(place) as running:
        outcome = running.ingest([(capture, read("us_ecfr", body, Hints(as_of=day)))], sure=False)
        assert outcome.complete, outcome.reason
        assert running.tell() == ()


def versions(monkeypatch: pytest.MonkeyPatch, version: int, reader: str = "") -> None:
    own = PROFILES["us_ecfr"]
    monkeypatch.setitem(PROFILES, "us_ecfr", replace(own, version=version, reader=reader or own.reader))


def third_edition() -> tuple[date, bytes]:
    _, last = demo_editions().values()
    return date(2026, 3, 2), last.replace(b"presumption of denial", b"presumption of approval")


def test_a_new_version_that_reads_the_same_changes_nothing(
    place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    for day, body in demo_editions().items():
        ingest(place, day, body)
    told, alerts = place.changes(), place.alerts()
    versions(monkeypatch, 91)
    ingest(place, *third_edition())
    assert place.changes()[: len(told)] == told
    (new,) = place.changes()[len(told) :]
    assert "approval" in new["text_after"]
    assert place.alerts() == alerts
    with Archive.open(place.folder / "archive", read_only=True) as archive:
        assert {edition.recipe for edition in editions.editions(archive, WORK)} == {"us_ecfr/91"}


def test_what_an_old_version_hid_is_a_late_finding_and_alerts_once(
    place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions(monkeypatch, 90, f"{__name__}:read_without_lists")
    for day, body in demo_editions().items():
        ingest(place, day, body)
    assert place.alerts() == []
    before = datetime.now(UTC)

    monkeypatch.undo()
    versions(monkeypatch, 91)
    ingest(place, *third_edition())
    (thailand,) = [change for change in place.changes() if change["text_after"] == "Thailand"]
    assert thailand["reason"].startswith("late finding: ")
    assert (thailand["before"], thailand["after"]) == ("2026-01-05", "2026-02-02")
    (alert,) = place.alerts()
    assert alert["watch"] == "thai"
    assert "late finding" in alert["body"]

    with Archive.open(place.folder / "archive", read_only=True) as archive:
        assert not [one for one in changes.changes(archive) if one.change.materiality == "technical"]
        old = editions.expression(archive, WORK, on=date(2026, 2, 2), known=before)
        new = editions.expression(archive, WORK, on=date(2026, 2, 2))
    assert old is not None
    assert new is not None
    assert "Thailand" not in {provision.text for provision in old.walk()}
    assert "Thailand" in {provision.text for provision in new.walk()}
