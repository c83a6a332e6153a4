"""Two weeks of law, with several editions a day, told at once, by day and by week, by a program that is killed at random points of crawl, compare and
send: no edition that it accepted is lost, no message is lost, and what comes twice says that it may.

25 kills in short form; ``TOCSIN_LONG=1`` makes 500. The points are numbers of events, drawn with a fixed seed; one that lies beyond the end of its
process kills nothing and is not counted.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from archive import incidents, outbox
from archive.store import Archive
from archive.verify import verify
from tests.alerts.receivers import web_server
from tests.replica.ecfr import Ecfr, Part
from tests.replica.federal_register import FederalRegister, Paper
from tests.replica.server import Replica
from tests.sources.web_page.replica import page
from tests.tocsin.killing import CRAWL, DELIVER, PHASES, SEND
from tests.tocsin.program import ROOT

LONG = os.environ.get("TOCSIN_LONG") == "1"
KILLS = 500 if LONG else 25
SEED = 20261122
FIRST = date(2026, 2, 2)
DAYS = 14
HOURS = (5, 11, 16, 20)
SOURCES = ("us_ecfr", "us_federal_register", "web_page")
GUIDANCE = "agency.example.gov/guidance/licences"
MARK = "[possible repeat] "

CONFIG = """
[sources.us_ecfr]
parts = ["15/1001"]
pace = 500.0
retries = 0
[sources.us_federal_register]
since = "2026-01-01"
agencies = ["industry-and-security-bureau"]
parts = ["15/730-774"]
pace = 500.0
retries = 0
[sources.web_page]
pace = 500.0
retries = 0
[[sources.web_page.pages]]
url = "https://agency.example.gov/guidance/licences"
landmark = "Guidance on invented licences"
selector = "main"
every = "1h"
[people]
ann = { address = "ann@example.org", zone = "Europe/Brussels", quiet = "20:00-07:00", deputy = "bo" }
bo = { address = "bo@example.org", zone = "Asia/Tokyo" }
[targets]
log = "file:alerts.jsonl"
hook = "HOOK"
office = "file:office.jsonl"
daily = "file:daily.jsonl"
weekly = "HOOK&of=bo"
[alerts]
operators = ["log"]
escalate_after = "4h"
"""
WATCH = """
[[watch]]
name = "{name}"
owner = "{owner}"
reason = "the fortnight"
matter = "K-1"
sources = {sources}
notify = {notify}
rate = "{rate}"
"""
WATCHES = (
    ("at once", "carl@example.org", "now", SOURCES, ("log", "hook")),
    ("also at once", "carl@example.org", "now", SOURCES[:1], ("log",)),
    ("in hours", "ann", "now", SOURCES[2:], ("office",)),
    ("by day", "ann", "daily", SOURCES, ("daily",)),
    ("by week", "bo", "weekly", SOURCES, ("weekly",)),
)

Arrival = tuple[str, str, str]  # target, message id, watch


@dataclass
class Fortnight:
    """The sources as they are at an instant, and the program that follows them."""

    folder: Path
    replica: Replica
    orders: IO[str]
    answers: IO[str]
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))
    now: datetime = datetime(2026, 2, 2, 5, tzinfo=UTC)
    kills: Counter[str] = field(default_factory=Counter)
    usual: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)
    captures: set[tuple[str, str, str]] = field(default_factory=set)
    owed: set[str] = field(default_factory=set)
    ended: int = 0

    def run(self, *arguments: str, phase: str = "", number: int = 0, warm: bool = False) -> str:
        """A command as a process, killed at an event of a phase; where it was killed, "" where it ended by itself."""
        self.now += timedelta(minutes=3)
        order = {
            "arguments": ["--config", str(self.folder / "tocsin.toml"), *arguments],
            "environment": {"TOCSIN_NOW": self.now.isoformat()},
            "log": str(self.folder / "log.txt"),
            "phase": phase,
            "number": number,
            "warm": warm,
        }
        self.orders.write(json.dumps(order) + "\n")
        self.orders.flush()
        answer = json.loads(self.answers.readline())
        if killed := answer.get("killed", ""):
            self.kills[killed.partition(" ")[0]] += 1
            return str(killed)
        assert answer["status"] in (0, 1), self.log()
        self.ended += 1
        seen = self.usual.setdefault(arguments, Counter())
        for name, counted in answer["counted"].items():
            seen[name] = max(seen[name], counted)
        return ""

    def strike(self) -> None:
        """Kill the program somewhere: first the phase is drawn, then an event of it; then see that nothing was lost that was there before."""
        phase = self.chance.choice(PHASES)
        command: tuple[str, ...] = ("run", "--once", "--source", self.chance.choice(SOURCES))
        if phase in (SEND, DELIVER) and self.chance.random() < 0.7:
            command = ("alerts", "send")
        usual = self.usual.get(command, Counter())[phase] or (8 if phase in (CRAWL, DELIVER) else 60)
        self.run(*command, phase=phase, number=self.chance.randint(1, usual))
        self.look()

    def look(self) -> None:
        """What was accepted, and what was owed, is there for ever."""
        with Archive.open(self.folder / "archive", read_only=True) as archive:
            captures = set(archive.database.execute("SELECT document, as_of, sha256 FROM capture"))
            owed = {key for (key,) in archive.database.execute("SELECT key FROM delivery")}
        assert self.captures <= captures, "a capture that was accepted is gone"
        assert self.owed <= owed, "a message that was owed is gone"
        self.captures, self.owed = captures, owed

    def moves_on(self, day: date, hour: int) -> None:
        """The hour of the sources: the page has another text each time."""
        self.replica.today = day
        self.now = max(self.now, datetime(day.year, day.month, day.day, hour, tzinfo=UTC))
        asked = f"A licence for a part of kind {day.toordinal() * 24 + hour} is asked for by form 12."
        self.replica.pages[GUIDANCE] = page(
            "Guidance on invented licences", asked, "It comes within 30 days."
        )

    def log(self) -> str:
        """The last words of the processes."""
        return (self.folder / "log.txt").read_text(errors="replace")[-3000:]


def parts() -> list[Part]:
    """A part with another number in one of its sections every day."""
    units = {f"1001.{n}": [f"Section {n}.", f"(a) Rule {n}, in words."] for n in range(1, 6)}
    days = [FIRST + timedelta(days=number - 2) for number in range(DAYS + 2)]
    return [
        Part(
            title=15,
            number="1001",
            editions={
                day: {
                    **units,
                    f"1001.{at % 5 + 1}": ["Amended.", f"(a) The licence is due within {at + 30} days."],
                }
                for at, day in enumerate(days)
            },
        )
    ]


def papers() -> list[Paper]:
    """Two papers a day."""
    return [
        Paper(
            number=f"2026-{number:05d}",
            day=FIRST + timedelta(days=number // 2),
            title=f"Invented Notice {number}",
            paragraphs=tuple(f"Goods of kind {number}x{line} need a licence." for line in range(4)),
        )
        for number in range(2 * DAYS)
    ]


@contextmanager
def fortnight(folder: Path) -> Iterator[tuple[Fortnight, list[dict[str, Any]]]]:
    replica = Replica(
        today=FIRST,
        ecfr=Ecfr(parts=parts()),
        register=FederalRegister(papers=papers()),
        pages={GUIDANCE: page("Guidance on invented licences", "Nothing yet.")},
    )
    (folder / "watches").mkdir()
    watches = [
        WATCH.format(
            name=name, owner=owner, rate=rate, sources=json.dumps(sources), notify=json.dumps(notify)
        )
        for name, owner, rate, sources, notify in WATCHES
    ]
    (folder / "watches" / "w.toml").write_text("".join(watches))
    Archive.create(folder / "archive").close()
    with web_server() as (posted, port), replica:
        hook = f"webhook+http://127.0.0.1:{port}/?secret=a-secret-of-this-test"
        (folder / "tocsin.toml").write_text(CONFIG.replace("HOOK", hook))
        (folder / "tmp").mkdir()
        clean = {key: value for key, value in os.environ.items() if not key.startswith("TOCSIN_")}
        environment = {
            **clean,
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(folder / "tmp"),
            "TOCSIN_HOSTS": json.dumps(replica.hosts),
        }
        command = [sys.executable, "-m", "tests.tocsin.killing"]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin
            assert process.stdout
            try:
                yield Fortnight(folder, replica, process.stdin, process.stdout), posted
            finally:
                process.stdin.close()


def test_over_a_fortnight_of_kills_nothing_is_lost_and_repeats_are_marked(tmp_path: Path) -> None:
    with fortnight(tmp_path) as (running, posted):
        slots = [(FIRST + timedelta(days=day), hour) for day in range(DAYS) for hour in HOURS]
        for source in SOURCES:  # what is there at first is no news
            assert running.run("run", "--once", "--source", source, warm=True) == ""
        for number, (day, hour) in enumerate(slots):
            running.moves_on(day, hour)
            wanted = KILLS * (number + 1) / len(slots)
            for _ in range(20):
                if running.kills.total() >= int(wanted):
                    break
                running.strike()
            if hour == HOURS[-1] and (LONG or day.day % 2):
                running.run("run", "--once", "--source", SOURCES[day.toordinal() % len(SOURCES)])
        assert running.kills.total() >= KILLS
        for days in range(1, 9):  # a week later all that waited has come, and what failed was tried again
            running.now = max(running.now, datetime(2026, 2, 15 + days, 9, tzinfo=UTC))
            if days == 1:
                for source in SOURCES:
                    assert running.run("run", "--once", "--source", source) == "", running.log()
            running.run("alerts", "retry", "--dead")
            running.run("alerts", "send")
        running.look()
        arrived = arrivals(tmp_path, posted)
        figures = judge(running, arrived)
    print(f"\n{figures} {dict(running.kills)}, {running.ended} processes that ended by themselves")  # noqa: T201


def arrivals(folder: Path, posted: list[dict[str, Any]]) -> list[tuple[Arrival, bool]]:
    """What came to the file and to the server, in order, each with whether it was marked as a possible repeat."""
    lines = [
        json.loads(line)
        for name in ("alerts", "office", "daily")
        for line in (folder / f"{name}.jsonl").read_text().splitlines()
    ]
    found = [
        ((line["target"], line["message_id"], line["watch"]), line["title"].startswith(MARK))
        for line in lines
    ]
    for message in posted:
        found += [
            ((message["target"], message["id"], watch["name"]), message["possible_repeat"])
            for watch in message["watches"]
        ]
    return found


def judge(running: Fortnight, arrived: list[tuple[Arrival, bool]]) -> str:
    """The account of the fortnight, with its figures in words."""
    came = {arrival for arrival, _ in arrived}
    with Archive.open(running.folder / "archive", read_only=True) as archive:
        assert [one for one in verify(archive) if one.grave] == []
        states = dict(archive.database.execute("SELECT state, count(*) FROM capture GROUP BY state"))
        assert set(states) == {"published"}, f"an accepted edition was not published: {states}"
        held = {
            path for (path,) in archive.database.execute("SELECT path FROM work WHERE path LIKE 'us/fr/%'")
        }
        assert held == {f"us/fr/{paper.number}" for paper in papers()}
        rows = outbox.deliveries(archive)
        owed = {(row.delivery.transition_id, row.delivery.watch, row.delivery.target) for row in rows}
        assert expected(archive) <= owed, "a change was stored and nobody was owed a message"
        fates = Counter(row.state for row in rows)
        assert set(fates) == {"sent", "gathered"}, fates
        titles = {json.loads(row.delivery.payload)["title"].partition(" of ")[0] for row in rows}
        assert {"Daily round-up", "Weekly round-up"} <= titles
        for row in rows:
            message = row.delivery.message_id
            if row.state == "gathered":
                (message,) = archive.database.execute(
                    "SELECT gathered FROM delivery_hold WHERE delivery = ? AND gathered <> '' AND sort <> 'escalated'",
                    (row.delivery.key,),
                ).fetchone()
            assert (row.delivery.target, message, row.delivery.watch) in came, "a message did not arrive"
        uncertain = {
            key
            for (key,) in archive.database.execute(
                "SELECT message_id FROM delivery_attempt JOIN delivery ON delivery.key = delivery WHERE outcome = 'unknown'"
            )
        }
        assert {one.sort for one in incidents.incidents(archive)} <= {incidents.GAP, incidents.UNCOUNTED}
    unmarked = Counter(arrival for arrival, marked in arrived if not marked)
    assert max(unmarked.values()) == 1, "something came twice and did not say so"
    assert {message for (_, message, _), marked in arrived if marked} <= uncertain
    seen: set[Arrival] = set()
    for arrival, marked in arrived:
        assert marked or arrival not in seen, "an unmarked copy after another one"
        seen.add(arrival)
    twice = len(arrived) - len(came)
    return (
        f"{running.kills.total()} kills, {states['published']} captures, {len(rows)} messages owed ({fates['gathered']} of them in round-ups), "
        f"{len(arrived)} arrivals, {twice} of them repeats, all marked;"
    )


def expected(archive: Archive) -> set[tuple[str, str, str]]:
    """What the watches ask for: a message on every transition with a change of substance, to each of their targets."""
    rows = archive.database.execute(
        """
        SELECT DISTINCT transition.id, transition.source FROM transition
        JOIN changeset ON changeset.transition_id = transition.id AND newest = 1
        JOIN change ON change.changeset = changeset.id WHERE materiality = 'substantive'
        """
    ).fetchall()
    assert {source for _, source in rows} == set(SOURCES)
    return {
        (transition, name, target)
        for transition, source in rows
        for name, _, _, sources, targets in WATCHES
        if source in sources
        for target in targets
    }
