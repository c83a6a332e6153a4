"""Crawling and backfilling give way to people who read, and so does whatever they start; what a person waits for does not."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from tests.tocsin.program import ROOT
from tocsin.cli import COMMANDS, IN_THE_BACKGROUND, cli
from tocsin.service.yielding import LOWER

MINE = os.getpriority(os.PRIO_PROCESS, 0)
LOWERED = LOWER if MINE == 0 else MINE
PROGRAM = """
import atexit, subprocess, sys
from tocsin.cli import main
below = "import os; print('priority', os.getpriority(os.PRIO_PROCESS, 0))"
atexit.register(lambda: print(subprocess.run([sys.executable, "-c", below], capture_output=True, text=True).stdout))
main()
"""


def priority(*said: str, by: int = 0) -> int:
    """That of what a command starts, where the one who calls it set ``by``."""
    done = subprocess.run(
        ["nice", "-n", str(by), sys.executable, "-c", PROGRAM, *said, "--help"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout.rpartition("priority ")[2])


@pytest.mark.parametrize("command", IN_THE_BACKGROUND)
def test_what_nobody_waits_for_gives_way(command: str) -> None:
    assert command in COMMANDS
    assert priority(command) == LOWERED


def test_what_a_person_waits_for_does_not() -> None:
    assert priority("digest") == MINE


def test_a_priority_that_the_operator_set_stays() -> None:
    assert priority("backfill", by=3) == min(MINE + 3, 19)


def test_a_program_that_calls_a_command_keeps_its_own() -> None:
    CliRunner().invoke(cli, ["backfill", "--help"], catch_exceptions=False)
    assert os.getpriority(os.PRIO_PROCESS, 0) == MINE
