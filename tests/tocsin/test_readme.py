"""What a stranger reads first has to be true: every command and every source is in the README, and it stays short."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.card import source_cards
from tocsin.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_fits_a_few_screens() -> None:
    assert len(README.splitlines()) <= 150


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert f"tocsin {command}" in README or f"make {command}" in README


@pytest.mark.parametrize("source", sorted(source_cards()))
def test_every_source_is_in_the_readme(source: str) -> None:
    assert f"`{source}`" in README


@pytest.mark.parametrize("package", ["tocsin", "crawlers", "normalize", "diffing", "alerts", "archive"])
def test_every_package_has_its_page(package: str) -> None:
    assert (ROOT / package / "README.md").stat().st_size > 500
