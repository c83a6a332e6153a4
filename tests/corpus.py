"""Where tests find the corpus of real documents: outside the repository, named by ``TOCSIN_CORPUS`` or beside the checkout."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path

import pytest

_BESIDE = Path(__file__).resolve().parents[2] / "shared" / "corpus"


def corpus_folder() -> Path:
    """The corpus, or a skip that says where it was looked for."""
    folder = Path(os.environ.get("TOCSIN_CORPUS", _BESIDE))
    if not (folder / "index.json").is_file():
        pytest.skip(f"the corpus of real documents is not at {folder} (set TOCSIN_CORPUS)")
    return folder


def corpus_file(relative: str) -> Path:
    """One document of the corpus, by its path inside it. It is an error if the corpus is there without the file."""
    path = corpus_folder() / relative
    assert path.is_file(), f"{path} is not in the corpus"
    return path


@cache
def _index(folder: Path) -> list[dict[str, object]]:
    entries: list[dict[str, object]] = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return entries


def corpus_entries(*, host: str | None = None, kind: str | None = None) -> list[dict[str, object]]:
    """The entries of ``index.json``, of one host and kind if they are named."""
    return [
        entry
        for entry in _index(corpus_folder())
        if (host is None or entry["host"] == host) and (kind is None or entry["kind"] == kind)
    ]
