"""``tocsin run`` without ``--once``: it starts what is due, and stops when it is told to."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.tocsin.program import ROOT, install
from tocsin.demo.server import HOST, OfficialStandIn, editions


def test_a_source_that_never_ran_runs_at_once_and_sigterm_ends_the_program(tmp_path: Path) -> None:
    first, *_ = editions()
    with OfficialStandIn(first) as server:
        hosts = json.dumps({HOST: server.base})
        place = install(tmp_path / "tocsin", TOCSIN_HOSTS=hosts)
        (place.folder / "tocsin.toml").write_text(
            '[sources.us_ecfr]\nparts = ["15/799"]\npace = 50.0\nevery = "1d"\n[sources.us_federal_register]\nenabled = false\n'
        )
        with subprocess.Popen(
            [sys.executable, "-m", "tocsin", "run"],
            cwd=place.folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TOCSIN_HOSTS": hosts},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as program:
            try:
                deadline = time.monotonic() + 180
                while "ok" not in place.run("health").stdout:
                    assert time.monotonic() < deadline
                    time.sleep(0.5)
                assert program.poll() is None
                program.send_signal(signal.SIGTERM)
                program.wait(60)
            finally:
                program.kill()
    assert "us/cfr/15/799" in place.run("show", "us/cfr/15/799").stdout
