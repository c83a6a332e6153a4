"""Configurations for the tests of the service: a folder with a file, read as the program reads it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from archive.store import Archive
from crawlers.card import source_cards
from tocsin.config import Config, load


def written(folder: Path, text: str, environment: Mapping[str, str] | None = None) -> Config:
    """The configuration that a text makes in a folder, with an empty archive beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tocsin.toml").write_text(text, encoding="utf-8")
    config = load(folder / "tocsin.toml", known_sources=tuple(source_cards()), environment=environment or {})
    if not (config.archive / "archive.db").exists():
        Archive.create(config.archive).close()
    return config
