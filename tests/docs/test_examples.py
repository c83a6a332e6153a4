"""What the documentation has its reader type works, and prints what it shows."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.examples import examples, follow
from tests.tocsin.program import tocsin
from tocsin.demo.server import HOST, OfficialStandIn, editions

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    page
    for page in (ROOT / "docs").rglob("*.md")
    if page.relative_to(ROOT / "docs").parts[0] not in ("adr", "reference")
)
FROM_NOTHING = {"tutorial.md"}
"""Pages that begin in an empty folder; the others begin in one that ``tocsin demo --folder`` has made."""


@pytest.fixture(scope="module")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a demonstration that has ended."""
    folder = tmp_path_factory.mktemp("demonstrated")
    done = tocsin("demo", "--folder", str(folder), environment={"TOCSIN_SERVE": "0"})
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def official() -> Iterator[str]:
    """The host of the demonstration, which answers for the official one; as ``TOCSIN_HOSTS``."""
    with OfficialStandIn(max(editions())) as server:
        yield json.dumps({HOST: server.base})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT / "docs")))
def test_every_example_of_a_page_does_what_it_shows(
    page: Path, tmp_path: Path, demonstrated: Path, official: str
) -> None:
    folder = tmp_path / "work"
    if page.name in FROM_NOTHING:
        folder.mkdir()
    else:
        shutil.copytree(demonstrated, folder)
    follow(page, folder, {"TOCSIN_SERVE": "0", "TOCSIN_HOSTS": official})


def test_an_example_that_prints_something_else_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo one\ntwo\n```\n")
    with pytest.raises(AssertionError, match=r"page.md, line 1: \$ echo one"):
        follow(page, tmp_path, {})


def test_a_block_that_nobody_could_try_is_found() -> None:
    with pytest.raises(AssertionError, match="line 3: a block 'toml'"):
        examples("# Page\n\n```toml\na = 1\n```\n")
