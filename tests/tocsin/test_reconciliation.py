"""Each run asks the publisher's own counter what should be held: what is not is an incident until it is, and is fetched for."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pytest

from archive import ledger
from tests.crawlers.invented import ECFR_PARTS, FIRST, SECOND, papers, parts, replica
from tests.crawlers.keeping import Keeper
from tests.replica.ecfr import Ecfr
from tests.replica.faults import Fault, Reply
from tests.replica.federal_register import FederalRegister, Paper
from tests.replica.server import Replica
from tocsin.flow import Outcome
from tocsin.memory import without

DAY = date(2026, 2, 20)
PAPERS = {"since": "2026-01-01", "agencies": ["industry-and-security-bureau"], "parts": ["15/730-774"]}
QUICK = {"pace": 200.0, "retries": 0, "retry_wait": 0.01}


@dataclass(kw_only=True)
class Forgetful(FederalRegister):
    """A service whose search does not show some papers that its count of the day has."""

    hidden: set[str] = field(default_factory=set)

    def answer(self, path: str, query: dict[str, list[str]], today: date, base: str) -> Reply:
        if not path.endswith("documents.json"):
            return super().answer(path, query, today, base)
        shown = [paper for paper in self.papers if paper.number not in self.hidden]
        return FederalRegister(papers=shown).answer(path, query, today, base)


def keeper(folder: Path, server: Replica, source: str, **settings: object) -> Keeper:
    return Keeper(folder=folder, hosts=server.hosts, source=source, settings={**QUICK, **settings}).start()


def notices(outcome: Outcome) -> list[str]:
    return [
        notice.partition(": ")[2].partition(",")[0] + " " + notice.split()[2].strip(":")
        for notice in outcome.notices
    ]


def test_a_paper_that_only_the_count_has_is_a_gap_until_the_list_shows_it(tmp_path: Path) -> None:
    late = "2026-00010"
    with Replica(today=DAY, register=Forgetful(papers=papers(), hidden={late})) as server:
        kept = keeper(tmp_path, server, "us_federal_register", **PAPERS)
        first = kept.run(DAY)
        assert first.complete
        assert notices(first) == ["gap opened"]
        assert "that the list does not show" in first.notices[0]
        assert kept.run(DAY).notices == []
        assert isinstance(server.register, Forgetful)
        server.register.hidden.clear()
        last = kept.run(DAY)
    assert notices(last) == ["gap closed"]
    assert late in {name for name, _, _ in kept.captures()}


def test_a_gap_that_no_later_crawl_would_come_to_is_fetched_for(tmp_path: Path) -> None:
    recent = [Paper(number=f"2026-1{n:04d}", day=DAY - timedelta(days=1)) for n in range(21)]
    late = Paper(number="2026-00007", day=DAY - timedelta(days=20))
    earlier = Paper(number="2026-00001", day=DAY - timedelta(days=22))
    register = Forgetful(papers=[earlier, late, *recent], hidden={late.number})
    with Replica(today=DAY - timedelta(days=21), register=register) as server:
        kept = keeper(tmp_path, server, "us_federal_register", **PAPERS, overlap=0)
        assert kept.run(server.today).complete
        server.today = DAY
        missed = kept.run(DAY)
        register.hidden.clear()
        healed = kept.run(DAY)
    assert notices(missed) == ["gap opened"]
    assert healed.counts["published"] == 1
    assert notices(healed) == ["gap closed"]
    assert late.number in {name for name, _, _ in kept.captures()}
    assert kept.owed(), "it is news, though late"


def test_only_what_is_held_back_is_asked_for_again_and_an_incident_tells_of_it(tmp_path: Path) -> None:
    shrunk = parts()
    (whole,) = (part for part in shrunk if part.number == "1001")
    few = dict(list(whole.editions[FIRST].items())[:3])
    whole.editions = {FIRST: whole.editions[FIRST], SECOND: few}
    with Replica(today=FIRST + timedelta(days=1), ecfr=Ecfr(parts=shrunk)) as server:
        kept = keeper(tmp_path, server, "us_ecfr", parts=ECFR_PARTS)
        assert kept.run(server.today).complete
        server.today = SECOND + timedelta(days=1)
        held = kept.run(server.today)
        with kept.open() as archive:
            remembered = ledger.memory(archive, "us_ecfr")
        server.asked.clear()
        again = kept.run(server.today)
        full = [each.path for each in server.asked if "/full/" in each.path]
    assert not held.complete
    assert set(notices(held)) == {"held opened"}
    assert "shrank" in held.notices[0]
    assert remembered["titles"]["15"]["checked"] == SECOND.isoformat()  # type: ignore[index]
    assert full == [f"/api/versioner/v1/full/{SECOND}/title-15.xml"]
    assert again.notices == []


def test_failing_runs_are_one_incident_from_the_first_to_the_next_good_one(tmp_path: Path) -> None:
    with replica() as server:
        kept = keeper(tmp_path, server, "us_ecfr", parts=ECFR_PARTS)
        kept.run(server.today)
        server.faults = [Fault("wall_200")]
        said = [notices(kept.run(server.today + timedelta(days=day))) for day in range(3)]
        server.faults = []
        said.append(notices(kept.run(server.today + timedelta(days=3))))
        with kept.open() as archive:
            (span,) = ledger.unobserved(archive, "us_ecfr")
    assert said == [["failing opened"], ["failing escalated"], [], ["failing closed"]]
    assert span.failures == 3


def test_a_count_that_cannot_be_had_is_no_gap_and_no_failure(tmp_path: Path) -> None:
    with replica(date(2026, 2, 20)) as server:
        kept = keeper(tmp_path, server, "us_federal_register", **PAPERS)
        server.faults = [Fault("wall_200", match="facets")]
        first = kept.run(DAY)
        server.faults = []
        second = kept.run(DAY)
    assert first.complete
    assert notices(first) == ["uncounted opened"]
    assert "could not be counted" in first.warnings[0]
    assert notices(second) == ["uncounted closed"]


@pytest.mark.parametrize("where", ["configuration", "robots.txt"])
def test_in_quiet_hours_nothing_is_asked_and_nothing_has_failed(tmp_path: Path, where: str) -> None:
    with replica() as server:
        hours = {"quiet": "17:00-18:00 America/New_York"} if where == "configuration" else {}
        server.robots = None if hours else "User-agent: *\nVisit-time: 2300-2200\n"
        kept = keeper(tmp_path, server, "us_ecfr", parts=ECFR_PARTS, **hours)
        outcome = kept.run(server.today)
        asked = {each.path for each in server.asked}
        with kept.open() as archive:
            (health,) = ledger.health(archive)
        later = kept.run(server.today, hour=23)
    assert outcome.postponed
    assert outcome.complete
    assert outcome.notices == []
    assert asked == (set() if hours else {"/robots.txt"})
    assert (health.failures, health.last_success) == (0, None)
    assert later.complete
    assert not later.postponed


def test_the_memory_of_what_was_held_back_is_what_it_was_before() -> None:
    before = {"pages": {"a": {"sha256": "1", "etag": "x"}, "b": {"sha256": "2"}}, "since": "2026"}
    after = {
        "pages": {"a": {"sha256": "3", "etag": "y"}, "b": {"sha256": "4"}, "c": {"sha256": "5"}},
        "since": "2027",
        "empty": {},
    }
    assert without(after, before, {"3", "5"}) == {
        "pages": {"a": {"sha256": "1", "etag": "x"}, "b": {"sha256": "4"}},
        "since": "2027",
        "empty": {},
    }
    assert without({"sha256": "9", "counts": {"EL": 1}}, {}, {"9"}) == {}
