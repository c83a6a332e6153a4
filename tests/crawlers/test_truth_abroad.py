"""Day by day abroad, against scripts of what is published: the archive holds it, tells what happened to it, nothing twice, and nobody is asked in vain.

The scripts are the project's own (``tests/replica``); where the replica of the official sources has a host, it is asked as well. Some sources;
with ``TOCSIN_LONG=1`` all of them, and every day that the corpus knows.
"""

from __future__ import annotations

import hashlib
import os
import re
import statistics
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.corpus import corpus_entries
from tests.crawlers.keeping import AGENT, Keeper, Sources
from tests.replica.laws import LAWS
from tests.replica.server import Asked, Replica
from tests.replica.timeline import Timeline
from tests.replica.timelines import DAYS, SCRIPTS

LONG = bool(os.environ.get("TOCSIN_LONG"))
PACE = 25.0
NEXT = timedelta(days=1)
AFTER_GONE = 3
"""Runs in which an address says that it has nothing before its document counts as withdrawn."""


def keeper(folder: Path, server: Replica, source: str, settings: dict[str, Any]) -> Keeper:
    return Keeper(
        folder=folder, hosts=server.hosts, source=source, settings={**settings, "pace": PACE}
    ).start()


@pytest.mark.parametrize("source", SCRIPTS if LONG else ["jp_meti", "cn_mofcom"])
def test_on_every_day_of_a_site_the_archive_holds_what_stands_there_and_tells_what_happened(
    source: str, tmp_path: Path
) -> None:
    script = SCRIPTS[source]
    with script.server() as server:
        kept = keeper(tmp_path, server, source, script.settings)
        gone: Counter[str] = Counter()
        for day in DAYS:
            server.today = day
            outcome = kept.run(day)
            assert outcome.complete, (day, outcome.reasons)
            truth = server.truth()
            held = {name: hexdigest(body) for name, body in kept.standing().items()}
            gone.update(set(held) - set(truth))
            late = {name for name, runs in gone.items() if runs < AFTER_GONE and name not in truth}
            assert {name: digest for name, digest in held.items() if name not in late} == truth, day
            if day == DAYS[0]:
                assert told(kept, day) == {}, "what a first run finds is no news"
            else:
                assert told(kept, day) == expected(server, day), day
        before = kept.captures()
        kept.run(DAYS[-1])
        assert kept.captures() == before
    assert kept.editions_held_twice() == []
    assert not kept.captures("held")
    nobody_was_asked_in_vain(server.asked)


def expected(server: Timeline, day: date) -> dict[str, set[str]]:
    """What the script has for a day; of what was taken away, what it had three runs ago."""
    said = {name: what for name, what in server.happened(day - NEXT).items() if what != {"withdrawn"}}
    server.today = day - (AFTER_GONE - 1) * NEXT
    gone = [name for name, what in server.happened(server.today - NEXT).items() if what == {"withdrawn"}]
    server.today = day
    return said | {name: {"withdrawn"} for name in gone}


def told(kept: Keeper, day: date) -> dict[str, set[str]]:
    """What the archive tells of a day: of the whole of a paper each thing once."""
    found = kept.happened(day)
    for name, what in found.items():
        assert all(number == 1 for said, number in Counter(what).items() if said != "words"), (day, name)
    return {name: set(what) for name, what in found.items()}


@pytest.mark.parametrize("source", LAWS if LONG else ["jp_egov", "uk_notices"])
def test_on_every_day_of_a_publisher_of_law_the_archive_holds_what_it_publishes(
    source: str, tmp_path: Path
) -> None:
    script = LAWS[source]
    with script.server() as server:
        kept = keeper(tmp_path, server, source, script.settings)
        gone: Counter[str] = Counter()
        for day in script.days:
            server.today = day
            outcome = kept.run(day)
            assert outcome.complete, (day, outcome.reasons)
            truth = script.truth(server)
            held = {name: script.text(body) for name, body in kept.standing().items()}
            gone.update(set(held) - set(truth))
            late = {name for name, runs in gone.items() if runs < AFTER_GONE and name not in truth}
            assert {name: text for name, text in held.items() if name not in late} == truth, day
        before = kept.captures()
        again = kept.run(script.days[-1])
        assert again.complete
        assert kept.captures() == before
    assert kept.editions_held_twice() == []
    assert not kept.captures("held")
    nobody_was_asked_in_vain(server.asked)


def hexdigest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def nobody_was_asked_in_vain(asked: list[Asked]) -> None:
    """Every request says who asks, what the host dates came whole once for each state of it, and the pace was kept."""
    assert asked
    assert all(one.user_agent.startswith(AGENT) for one in asked)
    whole = Counter(
        (one.host, one.path, one.query, one.version)
        for one in asked
        if one.status == 200 and one.version and "search" not in one.path
    )
    assert {what: number for what, number in whole.items() if number > 1} == {}
    gaps = [later.at - sooner.at for sooner, later in pairwise(asked)]
    if len(gaps) >= 12:
        assert statistics.median(gaps) >= 0.5 / PACE, "the host is asked faster than its budget allows"


# ── the replica of the official sources ────────────────────────────────────────────────────────────

OFFICIAL: dict[str, tuple[str, dict[str, Any]]] = {
    "jp_egov": (
        "laws.e-gov.go.jp",
        {
            "laws": [
                "324CO0000000378",
                "403M50000400049",
                "324AC0000000228",
                "410M50000400008",
                "324M50000400064",
                "355CO0000000260",
                "420M60000400057",
                "413M60000400249",
            ]
            if LONG
            else ["413M60000400249"]
        },
    ),
    "de_awv": (
        "www.gesetze-im-internet.de",
        {"laws": ["awv_2013", "awg_2013", "krwaffkontrg"] if LONG else ["krwaffkontrg"]},
    ),
    "eu_ai_act": ("publications.europa.eu", {"acts": ["32024R1689"], "feed_days": 400}),
    "uk_legislation": ("www.legislation.gov.uk", {"texts": ["uksi/2018/506", "ukpga/2022/46"]}),
    "uk_notices": (
        "www.gov.uk",
        {
            "pages": ["/government/publications/ai-opportunities-action-plan/ai-opportunities-action-plan"],
            "searches": [],
        },
    ),
    "cn_mofcom": (
        "www.cac.gov.cn",
        {"pages": ["https://www.cac.gov.cn/2023-07/13/c_1690898327029107.htm"], "lists": []},
    ),
}


def official_days(source: str) -> list[date]:
    """The days on which what the host publishes changes; a text that the source does not ask for changes nothing."""
    host, settings = OFFICIAL[source]
    wanted = [str(one) for values in settings.values() if isinstance(values, list) for one in values]
    found = {
        str(entry["valid_from"])
        for entry in corpus_entries(host=host)
        if any(str(entry["id"]).strip("/").startswith(one.split(".cn")[-1].strip("/")[:40]) for one in wanted)
    }
    found |= {
        str(entry["effective_on"])
        for entry in corpus_entries(host=host)
        if source == "jp_egov" and str(entry["id"]).split("_")[0] in wanted
    }
    return sorted(date.fromisoformat(day) for day in found)


@pytest.mark.parametrize("source", OFFICIAL if LONG else ["jp_egov", "de_awv", "uk_notices"])
def test_against_the_official_replica_what_is_published_is_held_on_every_day(
    source: str, tmp_path: Path
) -> None:
    host, settings = OFFICIAL[source]
    found = official_days(source)
    assert found
    with Sources(found[0].isoformat()) as server:
        kept = Keeper(
            folder=tmp_path, hosts=server.mapping(host), source=source, settings={**settings, "pace": PACE}
        ).start()
        for day in found:
            server.today(day.isoformat())
            outcome = kept.run(day)
            waiting = {name for name, _, _ in kept.captures("held")}
            due, held = official_truth(server, source), kept.standing()
            for name, digests in due.items():
                if name in waiting:
                    assert artificial(server, source, name), f"{name} of {day} waits and is as published"
                    continue
                assert name in held, (day, name, outcome.reasons)
                assert not digests or hexdigest(OFFICIAL_TEXT.get(source, bytes)(held[name])) in digests, (
                    day,
                    name,
                )
            assert set(held) <= set(due) | earlier_of_a_day(server, source), day
            unpublished = len(due) < len(settings.get("texts", ()))
            assert outcome.complete or waiting or unpublished, (day, outcome.reasons)
        before = kept.captures()
        again = kept.run(found[-1])
        assert again.complete or kept.captures("held")
        assert kept.captures() == before
        asked = server.log()
    assert kept.editions_held_twice() == []
    assert all(row["user_agent"].startswith(AGENT) for row in asked)
    texts = [row for row in asked if row["status"] == 200 and TEXT.search(f"{row['path']}?{row['query']}")]
    assert len(texts) <= len(before) + len(found) * len(kept.captures("held")), (
        "a text came whole that had not changed"
    )


TEXT = re.compile(r"law_data|xml\.zip|/resource/cellar/.*(?:DOC_|ZIP)|data\.xml|\.htm\b|/api/content/")
OFFICIAL_TEXT = {"de_awv": LAWS["de_awv"].text}


def official_truth(server: Sources, source: str) -> dict[str, set[str]]:
    """What has to be held by now: document → the digests that its text may have; none where the replica makes the answer itself, or the step
    is one of form."""
    host, settings = OFFICIAL[source]
    said = server.truth(host)
    if source == "jp_egov":
        due: dict[str, set[str]] = {}
        for law in settings["laws"]:
            rows = said["egov"].get(law, [])
            last = {row["enforced"]: row["law_revision_id"] for row in rows}
            due |= {
                row["law_revision_id"]: set[str]()
                for row in rows
                if last[row["enforced"]] == row["law_revision_id"]
            }
        return due
    found: dict[str, set[str]] = {}
    for item in said["items"]:
        name = {"cn_mofcom": f"{host}{item['id']}"}.get(source, item["id"])
        wanted = [str(one) for values in settings.values() if isinstance(values, list) for one in values]
        if any(name.strip("/").startswith(one.removeprefix("https://").strip("/")) for one in wanted):
            newest = item["versions"][-1]
            digests = (
                set()
                if newest.get("artificial_step") or source in ("uk_notices", "eu_ai_act")
                else {newest["sha256"]}
            )
            found[name] = found.get(name, set()) | digests
    return found


def earlier_of_a_day(server: Sources, source: str) -> set[str]:
    """Revisions of a day on which a later act amended the law again: each is a step that may be held."""
    if source != "jp_egov":
        return set()
    return {
        row["law_revision_id"] for rows in server.truth(OFFICIAL[source][0])["egov"].values() for row in rows
    }


def artificial(server: Sources, source: str, name: str) -> bool:
    """Whether the newest step of a document is one of form and not of law, so that its text may be held back."""
    host, _ = OFFICIAL[source]
    if source == "jp_egov":  # rebuilt texts are not all whole
        return True
    return any(
        item["versions"][-1].get("artificial_step")
        for item in server.truth(host)["items"]
        if item["id"] == name
    )
