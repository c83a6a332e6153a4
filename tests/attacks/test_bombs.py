"""No document makes a reader run out of memory, fetch anything, read a file of the machine, or write one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from normalize.profiles import PROFILES
from tests.attacks.bombs import bombs
from tests.tocsin.program import ROOT

# An entity is never expanded: a document that declares some is no document. What is only deep, wide or open may be mended and read.
ALWAYS_REFUSED = (
    "laughs",
    "repeated",
    "foreign",
    "archived",
    "overlapping",
    "climbing",
    "zipped_in_zip",
    "gzipped",
)


@pytest.fixture(scope="module")
def armed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every bomb as a file."""
    folder = tmp_path_factory.mktemp("bombs")
    for name, body in bombs().items():
        (folder / name).write_bytes(body)
    return folder


@pytest.mark.parametrize("source", sorted(PROFILES))
def test_every_bomb_is_refused_or_read_within_the_memory_of_a_reader(source: str, armed: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.attacks.reading", source, str(armed)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{done.stdout.splitlines()[-1:]}\n{done.stderr[-2000:]}"
    said = dict(line.split() for line in done.stdout.splitlines())
    assert set(said) == {bomb.name for bomb in armed.iterdir()}
    assert set(said.values()) <= {"refused", "read"}
    taken = [name for name, fate in said.items() if fate == "read" and name.startswith(ALWAYS_REFUSED)]
    assert taken == []
    assert not Path("/tmp/tocsin-was-here.xml").exists()
