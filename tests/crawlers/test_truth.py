"""Day by day against the replica of the official sources, its answers spoilt at random: what is held in the end is what was published.

Some days on which the truth changes, three answers in ten spoilt in any of the ways; with ``TOCSIN_LONG=1`` each way by itself as well.
"""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from crawlers.job import State
from tests.crawlers.crawling import Crawled, crawled
from tests.crawlers.test_shared_replica import Official, official

LONG = bool(os.environ.get("TOCSIN_LONG"))
FAULTS = "wall_200 waf_202 captcha_403 rate_429 server_503 truncate truncated_gzip wrong_type empty_200 maintenance_200 shrunk reset".split()
SETTINGS: dict[str, dict[str, Any]] = {
    "us_ecfr": {"parts": ["22/121", "10/810"]},
    "us_federal_register": {
        "since": "2026-01-15",
        "agencies": ["industry-and-security-bureau"],
        "parts": ["15/730-774"],
    },
    "us_bis_dpl": {},
}
DAYS: dict[str, tuple[str, ...]] = {
    "us_ecfr": ("2026-03-25", "2026-06-18"),
    "us_federal_register": ("2026-02-24", "2026-03-26"),
    "us_bis_dpl": ("2019-07-09", "2022-09-07", "2023-11-30"),
}
HOST = {
    "us_ecfr": "www.ecfr.gov",
    "us_federal_register": "www.federalregister.gov",
    "us_bis_dpl": "www.bis.doc.gov",
}


def truth(server: Official, source: str) -> dict[str, Any]:
    """What the replica says is published."""
    with urllib.request.urlopen(f"{server.base}/_replica/truth?host={HOST[source]}", timeout=60) as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def published(server: Official, source: str) -> set[str]:
    """The names of the documents that the settings select."""
    said = truth(server, source)
    if source == "us_federal_register":
        return {
            row["document_number"]
            for row in said["federal_register"]["documents"]
            if row["publication_date"] >= SETTINGS[source]["since"]
        }
    if source == "us_bis_dpl":
        return {"dpl"}
    return {f"title-{part.replace('/', '/part-')}" for part in SETTINGS[source]["parts"]}


def spoil(server: Official, names: Iterable[str], seed: int) -> None:
    """Three answers in ten go wrong, each in one of these ways; robots.txt is left alone, since without it nothing is asked at all."""
    each = tuple(names)
    # The first rule that fires wins: the chance of any of them together is three in ten.
    chance = 1 - 0.7 ** (1 / len(each))
    server.tell(
        "faults",
        [
            {
                "fault": name,
                "probability": chance,
                "seed": seed + n,
                "retry_after": 0,
                "match": r"^(?!.*robots\.txt)",
            }
            for n, name in enumerate(each)
        ],
    )


def crawl(server: Official, source: str, today: date, state: State) -> Crawled:
    return crawled(
        source,
        server.hosts,
        today,
        state,
        **{**SETTINGS[source], "timeout": 3.0, "retries": 1, "give_up": 20},
    )


@pytest.mark.parametrize(
    "names",
    [FAULTS, *([name] for name in FAULTS if LONG)],
    ids=lambda names: names[0] if len(names) == 1 else "all of them",
)
@pytest.mark.parametrize("source", SETTINGS if LONG else ["us_ecfr", "us_federal_register"])
def test_what_is_held_after_the_trouble_is_what_was_published(source: str, names: list[str]) -> None:
    rough, smooth = State(), State()
    with official() as server:
        for number, day in enumerate(map(date.fromisoformat, DAYS[source])):
            server.tell("today", day.isoformat())
            server.tell("faults", [])
            clean = crawl(server, source, day, smooth)
            assert clean.finished.outcome == "complete", clean.finished.reason
            smooth = clean.state
            bodies = {(each.document, each.as_of): each.body for each in clean.captures}
            spoil(server, names, seed=number)
            for _ in range(3 if LONG else 1):
                run = crawl(server, source, day, rough)
                for each in run.captures:
                    known = bodies.get((each.document, each.as_of), each.body)
                    assert each.body == known or each.meta.get("doubts"), f"a false {each.document}"
                taken = {each.document for each in run.captures if not each.meta.get("doubts")}
                assert taken <= set(smooth.documents), "nothing that was not published"
                rough = (
                    run.state
                    if run.finished.outcome == "complete"
                    else State(
                        documents={
                            name: held
                            for name, held in run.state.documents.items()
                            if name in rough.documents or name in taken
                        },
                        memory=rough.memory,
                    )
                )
        server.tell("faults", [])
        healed = crawl(server, source, day, rough)
        expected = published(server, source)
    assert healed.finished.outcome == "complete", healed.finished.reason
    # A part that did not come on the first day is taken later as of then: the text is what counts.
    held = {name: each.sha256 for name, each in healed.state.documents.items()}
    assert held == {name: each.sha256 for name, each in smooth.documents.items()}
    assert expected <= set(held) if source == "us_federal_register" else expected == set(held)
