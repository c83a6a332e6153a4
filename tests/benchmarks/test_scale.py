"""The figures of docs/scale.md can be made again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.scale import MEASURED, WORDS, costs_of, loads, main, tables

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scale.md"


def test_the_page_has_the_tables_that_the_arithmetic_gives() -> None:
    assert tables(MEASURED) in PAGE.read_text(encoding="utf-8"), (
        "put in what python -m benchmarks.scale prints"
    )


def test_a_page_with_other_figures_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "scale.md"
    other.write_text(PAGE.read_text(encoding="utf-8").replace(" GB", " TB"), encoding="utf-8")
    assert main(["--check", str(other)]) == 1
    assert "says otherwise" in capsys.readouterr().out


def test_costs_are_read_from_what_the_slopes_print(tmp_path: Path) -> None:
    printed = json.dumps(
        {"rows": [], "more": {"costs": {**dict.fromkeys(WORDS, 2.0), "changes_per_edition": 3}}}
    )
    assert set(costs_of(printed).__slots__) == set(WORDS)
    assert costs_of(printed).read_s_per_mb == 2.0


def test_every_cost_weighs_in_the_total() -> None:
    load = max(loads(), key=lambda one: one.later)
    for name in WORDS:
        dearer = replace(MEASURED, **{name: getattr(MEASURED, name) * 2})
        assert tables(dearer) != tables(MEASURED), name
    assert 0 < load.writing(MEASURED) < load.seconds(MEASURED)
