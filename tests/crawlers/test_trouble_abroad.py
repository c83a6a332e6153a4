"""Three answers in ten of the sources abroad spoilt, in any of the ways or in one: nothing false is held or told, and in the end all is as without trouble.

As ``test_trouble`` does for the United States, against the project's own scripts. Some sources with all ways mixed; with ``TOCSIN_LONG=1`` every
source, and each way by itself as well.

A page without any inventory that comes shrunk the first time it is ever asked for looks whole to everybody; what is ``shrunk`` here are therefore
lists, law with its own counts, and pages of which an edition is held.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from tests.crawlers.keeping import Keeper
from tests.replica.faults import Fault
from tests.replica.laws import LAWS
from tests.replica.server import Replica
from tests.replica.timeline import Timeline
from tests.replica.timelines import DAYS, SCRIPTS

LONG = bool(os.environ.get("TOCSIN_LONG"))
FAULTS = (
    "wall_200 waf_202 captcha_403 rate_429 server_503 timeout slow truncate truncated_gzip wrong_type empty_200"
    " maintenance_200 shrunk redirect_loop redirect_away bad_charset reset"
).split()
DATED = ("jp_egov", "eu_ai_act", "eu_dual_use")
"""Sources whose publisher still has all that it once published, so that what was missed comes later."""

SOURCES = [*SCRIPTS, *LAWS] if LONG else ["jp_meti", "eu_ai_act"]
CASES = [FAULTS, *([name] for name in FAULTS if LONG)]


def days_of(source: str) -> tuple[date, ...]:
    """A clean day, and those that bring the trouble. What e-Gov corrects after it was promulgated is compared with another text where the promulgation
    was missed: that is another message and no false one, so the trouble ends before."""
    if source in SCRIPTS:
        return (DAYS[0], DAYS[1], DAYS[2], DAYS[4])
    return LAWS[source].days[: 2 if source == "jp_egov" else 3]


def served(source: str) -> Replica:
    """The publisher on the first day."""
    return (SCRIPTS[source] if source in SCRIPTS else LAWS[source]).server()


def keeper_of(server: Replica, source: str, folder: Path) -> Keeper:
    folder.mkdir(exist_ok=True)
    settings = (SCRIPTS[source] if source in SCRIPTS else LAWS[source]).settings
    quick = {"pace": 200.0, "timeout": 120.0, "retry_wait": 0.01, "patience": 0.5}
    return Keeper(folder=folder, hosts=server.hosts, source=source, settings={**settings, **quick})


@dataclass(frozen=True, kw_only=True)
class Smooth:
    """What came of the same days without trouble: the archive after the first of them, and what was held and told after the last. ``true`` are all
    bytes that the publisher ever sent for a document."""

    server: Replica
    baseline: Path
    captures: list[tuple[str, str, str]]
    standing: dict[str, bytes]
    changes: set[tuple[str, str, str]]
    owed: set[str]
    told: dict[str, set[str]]


@pytest.fixture(scope="module", params=SOURCES)
def smooth(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Smooth]]:
    source: str = request.param
    folder = tmp_path_factory.mktemp(source)
    with served(source) as server:
        keeper = keeper_of(server, source, folder / "smooth").start()
        for number, day in enumerate(days_of(source)):
            server.today = day
            assert keeper.run(day).complete
            if number == 0:
                shutil.copytree(folder / "smooth", folder / "baseline")
        yield (
            source,
            Smooth(
                server=server,
                baseline=folder / "baseline",
                captures=keeper.captures(),
                standing=keeper.standing(),
                changes=keeper.changes(),
                owed=keeper.owed(),
                told=told(keeper, source),
            ),
        )


def told(keeper: Keeper, source: str) -> dict[str, set[str]]:
    """What is told of each document over all days."""
    found: dict[str, set[str]] = {}
    for day in sorted({date.fromisoformat(as_of) for _, as_of, _ in keeper.captures()}):
        for name, what in keeper.happened(day).items():
            found.setdefault(name, set()).update(what)
    return found


@contextmanager
def trouble(server: Replica, names: list[str], seed: int) -> Iterator[None]:
    """Three answers in ten go wrong, each in one of these ways; robots.txt is left alone, since without it nothing is asked at all."""
    # The first rule that fires wins: the chance of any of them together is three in ten.
    chance = 1 - 0.7 ** (1 / len(names))
    server.faults = [
        Fault(name, match=match_of(server, name), chance=chance, seed=seed + number)
        for number, name in enumerate(names)
    ]
    try:
        yield
    finally:
        server.faults = []


def match_of(server: Replica, fault: str) -> str:
    """The addresses that a fault befalls."""
    fresh: list[str] = []
    if fault == "shrunk" and isinstance(server, Timeline):
        fresh = [
            step.at for paper in server.papers for step in paper.steps if step.at and step.at != paper.name
        ]
        fresh += [paper.name for paper in server.papers if paper.steps[0].day > DAYS[0]]
    return "^(?!.*robots)" + "".join(f"(?!.*{re.escape(place.partition('?')[0])})" for place in fresh)


@pytest.mark.parametrize("names", CASES, ids=lambda names: names[0] if len(names) == 1 else "all of them")
def test_nothing_false_is_held_or_told_and_in_the_end_all_is(
    smooth: tuple[str, Smooth], names: list[str], tmp_path: Path
) -> None:
    source, clean = smooth
    server = clean.server
    true = {(name, sha256) for name, _, sha256 in clean.captures}
    shutil.copytree(clean.baseline, tmp_path / "rough")
    keeper = keeper_of(server, source, tmp_path / "rough")
    for number, day in enumerate(days_of(source)[1:], start=1):
        server.today = day
        with trouble(server, names, seed=100 * number):
            for _ in range(2 if LONG and len(names) > 1 else 1):
                keeper.run(day, timeout=2.0, retries=1, give_up=20)
                assert {(name, sha256) for name, _, sha256 in keeper.captures()} <= true, "a false edition"
                assert all(
                    what <= clean.told.get(name, set()) for name, what in told(keeper, source).items()
                ), "a false change"
                if source in DATED:
                    assert set(keeper.captures()) <= set(clean.captures)
                    assert keeper.changes() <= clean.changes
                    assert keeper.owed() <= clean.owed, "a false alert"
    healed = keeper.run(days_of(source)[-1])
    assert healed.complete or keeper.captures("held"), healed.reasons
    standing = keeper.standing()
    gone = set(clean.standing) - set(
        standing
    )  # more runs than the clean archive had are enough to know that it is withdrawn
    assert not gone or (isinstance(server, Timeline) and not gone & set(server.truth()))
    assert standing == {name: body for name, body in clean.standing.items() if name not in gone}
    assert keeper.editions_held_twice() == []
    if source in DATED:
        assert keeper.captures() == clean.captures
        assert keeper.changes() == clean.changes
        assert keeper.owed() == clean.owed
        return
    spans = [(span.since, span.until) for span in keeper.unobserved()]
    for name, as_of, _ in set(clean.captures) - set(keeper.captures()):
        instant = datetime.combine(date.fromisoformat(as_of), time(22), UTC)
        assert any(since < instant and (until is None or instant <= until) for since, until in spans), (
            name,
            day,
            spans,
        )
