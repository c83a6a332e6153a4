"""The program killed while it works: what it said is kept, nothing is half there, and nobody is told twice without a mark."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.tocsin.program import ROOT, Installation, install, tocsin
from tocsin.demo.server import editions

KILLS = 12


def ingest_and_kill(place: Installation, day: str, after_seconds: float) -> None:
    command = [sys.executable, "-m", "tocsin", "ingest", "--source", "us_ecfr", "--as-of", day, f"{day}.xml"]
    with subprocess.Popen(
        command,
        cwd=place.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        time.sleep(after_seconds)
        process.send_signal(signal.SIGKILL)


def test_an_ingest_killed_again_and_again_ends_as_one_that_was_not(tmp_path: Path) -> None:
    place = install(tmp_path / "tocsin")
    (place.folder / "tocsin.toml").write_text('[sources.us_ecfr]\nparts = ["15/799"]\n')
    place.watch(thai={"countries": ["TH"]})
    (first, body), (second, later) = editions().items()
    (place.folder / f"{first}.xml").write_bytes(body)
    (place.folder / f"{second}.xml").write_bytes(later)
    started = time.monotonic()
    place.run("ingest", "--source", "us_ecfr", "--as-of", str(first), f"{first}.xml")
    whole = time.monotonic() - started
    chance = random.Random(20261122)
    for _ in range(KILLS):
        ingest_and_kill(place, str(second), chance.uniform(0.3, 1.0) * whole)
    command = ("ingest", "--source", "us_ecfr", "--as-of", str(second), f"{second}.xml")
    last = tocsin(*command, folder=place.folder)
    assert last.returncode in (0, 1), (
        last.stderr
    )  # 1: it was killed twice over one message, which is a dead letter then
    place.run("alerts", "retry", "--dead")
    place.run("alerts", "send")

    assert sum(change["text_after"] == "Thailand" for change in place.changes()) == 1
    alerts = place.alerts()
    assert alerts
    assert len({alert["message_id"] for alert in alerts}) == 1
    unmarked = [alert for alert in alerts if "repeat" not in alert["title"].lower() + alert["body"].lower()]
    assert len(unmarked) <= 1
    assert "Thailand" in place.run("show", "us/cfr/15/799#app-A").stdout
