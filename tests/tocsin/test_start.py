"""What a command starts: to tell how the sources fare, no differ, no pool of processes and no mail program has to."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"diffing.engine", "multiprocessing", "apprise", "datasette", "scrapy", "weasyprint", "distributed"}


@pytest.mark.parametrize("topic", ["health", "changes", "keep", "retain", "config", "doctor", "password"])
def test_a_command_starts_nothing_that_it_does_not_need(topic: str) -> None:
    program = f"import sys, tocsin.cli.{topic}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert HEAVY & set(done.stdout.split()) == set()
