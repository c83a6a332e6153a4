"""``tocsin retain``: tells first, drops when it is meant, and what is gone is neither missing nor in the way of a new reader."""

from __future__ import annotations

import dataclasses
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from archive import clock, editions
from archive.dropped import dropped
from archive.store import Archive
from tests.tocsin.program import Installation, install
from tests.tocsin.service.settings import written
from tocsin import rederive
from tocsin.demo.server import HOST
from tocsin.demo.server import editions as editions_of
from tocsin.flow import Flow

WORK = "us/cfr/15/799"
HOSTS = f'{{"{HOST}": "http://127.0.0.1:1"}}'
LATER = "2032-01-01"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two editions of a part, taken in from files."""
    folder = tmp_path_factory.mktemp("retain") / "tocsin"
    place = install(folder, TOCSIN_HOSTS=HOSTS, TOCSIN_NOW="2026-06-01")
    (folder / "tocsin.toml").write_text('[sources.us_ecfr]\nparts = ["15/799"]\nkeep_captures = "2 years"\n')
    for day, body in editions_of().items():
        (folder / f"{day}.xml").write_bytes(body)
        place.run("ingest", "--source", "us_ecfr", "--as-of", str(day), f"{day}.xml")
    return folder


@pytest.fixture
def place(filled: Path, tmp_path: Path) -> Installation:
    shutil.copytree(filled, tmp_path / "tocsin")
    return Installation(tmp_path / "tocsin", {"TOCSIN_HOSTS": HOSTS, "TOCSIN_NOW": LATER})


def test_it_tells_first_then_drops_and_verify_says_so(place: Installation) -> None:
    before = place.run("show", WORK, "--on", str(min(editions_of()))).stdout
    told = place.run("retain").stdout
    assert "us_ecfr: 1 bodies of 1 captures" in told
    assert "nothing was dropped" in told
    assert "dropped by" not in place.run("verify").stdout
    assert "dropped (sources.us_ecfr.keep_captures" in place.run("retain", "--apply", "--shrink").stdout
    said = place.run("verify").stdout
    assert 'dropped by retention on 2032-01-01 (sources.us_ecfr.keep_captures = "2 years")' in said
    assert "sound" in said
    assert "us_ecfr: 0 bodies" in place.run("retain").stdout
    assert place.run("show", WORK, "--on", str(min(editions_of()))).stdout == before


def test_nothing_goes_without_a_rule(place: Installation) -> None:
    (place.folder / "tocsin.toml").write_text('[sources.us_ecfr]\nparts = ["15/799"]\n')
    assert "kept for ever" in place.run("retain", "--apply").stdout
    assert "dropped" not in place.run("verify").stdout


def test_a_new_reader_takes_the_text_of_a_dropped_capture_as_it_was_read_and_finds_nothing_in_it(
    place: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.run("retain", "--apply")
    monkeypatch.setenv("TOCSIN_HOSTS", HOSTS)
    monkeypatch.setenv("TOCSIN_NOW", LATER)
    config = written(place.folder, (place.folder / "tocsin.toml").read_text())
    first = min(editions_of())
    with Archive.open(config.archive) as archive:
        assert len(dropped(archive)) == 1
        stood = editions.expression(archive, WORK, on=first)
        recipe = editions.editions(archive, WORK)[-1].recipe
        profile_of_the_next = f"{recipe.partition('/')[0]}/999"
        real = rederive.readers.read

        def read(*arguments: object, **more: object) -> object:
            reading = real(*arguments, **more)  # type: ignore[arg-type]
            anew = (dataclasses.replace(one, recipe=profile_of_the_next) for one in reading.expressions)
            return dataclasses.replace(reading, expressions=tuple(anew))

        monkeypatch.setattr(rederive.readers, "read", read)
        Flow(config, archive)
        with archive.transaction():
            rederive.rederive(archive, WORK, profile_of_the_next, now=clock.now())
            late = list(rederive.late_findings(archive, WORK, now=clock.now()))
        held = editions.editions(archive, WORK)
        now = editions.expression(archive, WORK, on=first)
    assert late == []
    assert {edition.recipe for edition in held} == {profile_of_the_next}
    assert stood is not None
    assert now is not None
    assert now.provisions == stood.provisions
    assert now.as_of == first <= date.fromisoformat(LATER) - timedelta(days=700)
