"""A round of the program as a service: its log, its heartbeat and its figures, when all is well and when not."""

from __future__ import annotations

import http.server
import json
import threading
from pathlib import Path
from typing import Any

from prometheus_client.parser import text_string_to_metric_families

from tests.tocsin.program import Installation, install
from tocsin.demo.server import HOST, OfficialStandIn, editions


class Monitor(http.server.BaseHTTPRequestHandler):
    """Somebody outside who misses a dead program."""

    heard: list[str]

    def do_GET(self) -> None:
        self.heard.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        return


def events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_whole_round_and_a_broken_one_are_told_to_the_log_the_monitor_and_prometheus(
    tmp_path: Path,
) -> None:
    handler = type("Own", (Monitor,), {"heard": []})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as monitor:
        threading.Thread(target=monitor.serve_forever, daemon=True).start()
        beat = f"http://127.0.0.1:{monitor.server_address[1]}/ping/5ecret-id"
        with OfficialStandIn(min(editions())) as server:
            environment = {"TOCSIN_HOSTS": json.dumps({HOST: server.base}), "BEAT": beat}
            place = Installation(install(tmp_path / "tocsin").folder, environment)
            (place.folder / "tocsin.toml").write_text(
                '[sources.us_ecfr]\nparts = ["15/799"]\npace = 50.0\nretries = 0\n'
                '[service]\nlog = "json"\nheartbeat = "env:BEAT"\nheartbeat_private = true\nmetrics_file = "figures.prom"\n'
            )
            well = place.run("run", "--once", "--source", "us_ecfr")
        broken = place.run("run", "--once", "--source", "us_ecfr", status=1)
        monitor.shutdown()
    assert handler.heard == ["/ping/5ecret-id", "/ping/5ecret-id/fail"]

    started, *_, ended = events(well.stderr)
    assert (started["event"], started["run"], started["source"]) == ("run started", 1, "us_ecfr")
    assert (ended["event"], ended["run"], ended["outcome"]) == ("run ended", 1, "complete")
    assert ended["counts"]["published"] == 1
    told = events(broken.stderr)
    assert {event["run"] for event in told} == {2}
    (incomplete,) = (event for event in told if event["event"] == "run ended")
    assert (incomplete["level"], incomplete["outcome"]) == ("warning", "incomplete")
    assert any(event["event"] == "incident" for event in told)
    assert "5ecret-id" not in well.stderr + broken.stderr
    assert well.stdout == broken.stdout == ""

    figures = {
        (sample.name, sample.labels.get("source", "")): sample.value
        for family in text_string_to_metric_families((place.folder / "figures.prom").read_text())
        for sample in family.samples
    }
    assert figures["tocsin_source_failures", "us_ecfr"] == 1
    assert figures["tocsin_incidents", "us_ecfr"] == 1
    said = json.loads(place.run("health", "--json", status=1).stdout)
    assert (said["status"], said["sources"][0]["state"]) == ("failing", "failing")
    printed = place.run("metrics").stdout
    assert 'tocsin_source_failures{source="us_ecfr"} 1.0' in printed
    place.run("metrics", "-o", "again.prom")
    assert {
        line.split()[0] for line in (place.folder / "again.prom").read_text().splitlines() if line[0] != "#"
    } == {line.split()[0] for line in printed.splitlines() if line[0] != "#"}
    assert "nowhere" in place.run("metrics", "-o", "nowhere/x.prom", status=2).stderr
