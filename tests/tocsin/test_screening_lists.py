"""A screening list in the program: the first is a baseline, a new party is told, a list that lost much is held until a person has looked."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

from tests.crawlers.test_lists_crawl import NEXT, parties, server
from tests.replica.lists import csl
from tests.tocsin.program import install

CONFIG = """
[sources.us_csl]
floor = 150
pace = 200.0
"""


def test_a_new_party_is_told_and_a_list_that_lost_a_part_is_held(tmp_path: Path) -> None:
    with server() as replica:
        place = install(tmp_path / "tocsin", TOCSIN_HOSTS=json.dumps(replica.hosts))
        (place.folder / "tocsin.toml").write_text(CONFIG)
        place.watch(lists={"sources": ["us_csl"]})
        run = ("run", "--once", "--source", "us_csl")
        place.run(*run)
        assert place.changes() == []

        replica.today = NEXT
        place.run(*run)
        assert [change["kind"] for change in place.changes()] == ["insertion"]
        assert "EL Party 60" in place.changes()[0]["text_after"]
        alerts = place.alerts()
        assert [alert["watch"] for alert in alerts] == ["lists"]

        replica.today = NEXT + timedelta(days=1)
        replica.lists.csl[replica.today] = csl(parties(EL=61, ISN=0))
        told = place.run(*run, status=1).stderr
        assert "consolidated is held: the list lacks (ISN)" in told
        assert len(place.changes()) == 1
        assert place.alerts() == alerts
        held = place.run("captures", "list").stdout
    assert held.count("us_csl") == 1
    assert "went from 9 to 0 entries" in held
    number = held.split()[0]
    shown = place.run("captures", "show", number, "--out", "held.csv").stdout
    assert "the list lacks (ISN)" in shown
    assert "in its place" in shown
    assert (place.folder / "held.csv").read_bytes() == csl(parties(EL=61, ISN=0))
    assert "waits for a person" in place.run("health", status=1).stdout
    assert "closed" in place.run("captures", "reject", number, "--reason", "it is cut").stderr
    assert "waits for a person" not in place.run("health", status=1).stdout
    assert "there is no capture 99" in place.run("captures", "show", "99", status=2).stderr
