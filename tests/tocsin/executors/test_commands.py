"""``--executor`` on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tocsin.program import install


@pytest.mark.parametrize("command", ["backfill", "ingest"])
def test_an_executor_that_is_none_is_refused_before_anything_is_done(tmp_path: Path, command: str) -> None:
    place = install(tmp_path / "tocsin")
    file = tmp_path / "x.xml"
    file.write_bytes(b"<x/>")
    arguments = {
        "backfill": ("us_ecfr", "--from", "2026-01-01"),
        "ingest": ("--source", "us_ecfr", "--as-of", "2026-03-01", str(file)),
    }[command]
    said = place.run(command, *arguments, "--executor", "dask://nowhere", status=2).stderr
    assert "Say dask://HOST:PORT" in said
