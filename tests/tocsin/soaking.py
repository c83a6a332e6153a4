"""The program for a long time: it follows its sources by its own cadences, an instant of the simulated year after the other, while answers are spoilt and it
is killed; and what must be true of it at the end.

A process that lives as long as the soak does every round that is not killed, so that what it would not give back adds up (caches that have a bound, those of
the interpreter and the C library too, are emptied after each: they fill up for years, to their bound, and only in a process that lives as long); a round that
is killed is a child of it (``tests.tocsin.killing``).
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psutil

from archive.store import Archive
from crawlers.card import source_card
from tests.tocsin.killing import DELIVER, PHASES, SEND
from tests.tocsin.program import ROOT
from tests.tocsin.soak_worlds import Settings, World
from tocsin.expectation import cadence_of
from tocsin.schedule import Planned

MARK = "[possible repeat] "
FILES = {"log": "alerts", "office": "office", "daily": "daily", "weekly": "weekly"}
_FAST = {"pace": 500.0, "retries": 1, "retry_wait": 0.01, "patience": 0.1}

_REST = """
[people]
ann = {{ address = "ann@example.org", zone = "Europe/Brussels", quiet = "20:00-07:00", deputy = "bo" }}
bo = {{ address = "bo@example.org", zone = "America/New_York" }}
[targets]
{targets}
[alerts]
operators = ["log"]
"""
_WATCH = """
[[watch]]
name = "{name}"
owner = "{owner}"
reason = "the soak"
matter = "K-1"
sources = {sources}
notify = ["{target}"]
rate = "{rate}"
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """What the long-lived process held after a round: ``number`` of the round, ``rss`` in MB, its open file handles."""

    number: int
    at: datetime
    rss: float
    handles: int


@dataclass
class Soak(AbstractContextManager["Soak"]):
    """One archive that is kept up in one world; ``kills_a_day`` is how often it is killed in a simulated day, ``share`` of the answers is spoilt."""

    folder: Path
    world: World
    first: date
    kills_a_day: float = 0.0
    share: float = 0.0
    seed: int = 20261123
    now: datetime = field(init=False)
    kills: Counter[str] = field(default_factory=Counter)
    rounds: Counter[str] = field(default_factory=Counter)
    incomplete: int = 0
    due: dict[str, list[datetime]] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    usual: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict)
    held: set[tuple[str, str, str]] = field(default_factory=set)
    owed: set[str] = field(default_factory=set)

    def __enter__(self) -> Self:
        self.chance = random.Random(self.seed)
        self.now = datetime.combine(self.first, time(3), UTC)
        (self.folder / "watches").mkdir(parents=True)
        (self.folder / "tmp").mkdir()
        (self.folder / "tocsin.toml").write_text(_configuration(self.world.settings))
        (self.folder / "watches" / "w.toml").write_text(_watches(tuple(self.world.settings)))
        Archive.create(self.folder / "archive").close()
        clean = {key: value for key, value in os.environ.items() if not key.startswith("TOCSIN_")}
        environment = {
            **clean,
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(self.folder / "tmp"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "TOCSIN_HOSTS": json.dumps(self.world.hosts),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.tocsin.killing"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._watched = psutil.Process(self._process.pid)
        self.world.move(self.first)
        for name in self.world.settings:  # what is there at first is no news
            self._well("run", "--once", "--source", name)
        self.planned = {
            name: Planned(source=name, cadence=cadence_of(source_card(name), table["every"]))
            for name, table in self.world.settings.items()
        }
        self._next = {name: one.after(self.now) for name, one in self.planned.items()}
        if self.share:
            self.world.spoil(self.share, self.seed)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()

    def until(self, day: date) -> None:
        """Everything that is due before that day."""
        end = datetime.combine(day, time(), UTC)
        while (due := min(self._next.values())) < end:
            name = min(self._next, key=self._next.__getitem__)
            self.now = max(self.now, due)
            self.world.move(self.now.date())
            self.due.setdefault(name, []).append(due)
            command = ("run", "--once", "--source", name)
            if self.chance.random() < self.kills_a_day / len(self._next):
                self._strike(command)
            self._round(*command)
            self._next[name] = self.planned[name].after(due)

    def end(self) -> None:
        """The trouble is over: one round more of each source, and then nothing but what was put off, until no more comes."""
        self.world_asked = self.world.asked()
        self.world.spoil(0, 0)
        self.now += timedelta(hours=1)
        for name in self.world.settings:
            self._well("run", "--once", "--source", name)
        for _ in range(9):
            self.now += timedelta(days=1)
            self._round("alerts", "retry", "--dead")
            self._round("alerts", "send")
        self._look()

    def _round(self, *arguments: str) -> int:
        """A command in the process that lives; its exit status."""
        answer = self._order(arguments, warm=True, forget=True)
        assert answer.get("status") in (0, 1), f"{arguments}: {answer}\n{self.log()}"
        self.rounds[arguments[0]] += 1
        self.incomplete += answer["status"]
        self.samples.append(
            Sample(
                number=len(self.samples),
                at=self.now,
                rss=self._watched.memory_info().rss / 1e6,
                handles=self._watched.num_fds(),
            )
        )
        return int(answer["status"])

    def _well(self, *arguments: str) -> None:
        assert self._round(*arguments) == 0, self.log()

    def _strike(self, command: tuple[str, ...]) -> None:
        """Kill the command somewhere, and see that nothing is gone that was there."""
        phase = self.chance.choice(PHASES)
        if phase in (SEND, DELIVER) and self.chance.random() < 0.5:
            command = ("alerts", "send")
        usual = self.usual.get(command, Counter())[phase] or (8 if phase != SEND else 60)
        answer = self._order(command, phase=phase, number=self.chance.randint(1, usual))
        if killed := answer.get("killed", ""):
            self.kills[killed.partition(" ")[0]] += 1
        else:
            seen = self.usual.setdefault(command, Counter())
            for name, counted in answer["counted"].items():
                seen[name] = max(seen[name], counted)
        self._look()

    def _look(self) -> None:
        with Archive.open(self.folder / "archive", read_only=True) as archive:
            held = set(archive.database.execute("SELECT document, as_of, sha256 FROM capture"))
            owed = {key for (key,) in archive.database.execute("SELECT key FROM delivery")}
        self.lost += [f"capture {row} is gone at {self.now}" for row in self.held - held]
        self.lost += [f"message {key} is gone at {self.now}" for key in self.owed - owed]
        self.held, self.owed = held, owed

    def _order(self, arguments: tuple[str, ...], **how: Any) -> dict[str, Any]:
        self.now += timedelta(minutes=2)
        order = {
            "arguments": ["--config", str(self.folder / "tocsin.toml"), *arguments],
            "environment": {"TOCSIN_NOW": self.now.isoformat()},
            "log": str(self.folder / "log.txt"),
            **how,
        }
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline()
        assert said, f"the program died by itself\n{self.log()}"
        answer: dict[str, Any] = json.loads(said)
        return answer

    def log(self) -> str:
        """The last words of the program."""
        path = self.folder / "log.txt"
        return path.read_text(errors="replace")[-3000:] if path.exists() else ""

    def arrived(self) -> list[tuple[str, str, str, bool]]:
        """What came, in order: target, message, watch, whether it was marked as a possible repetition."""
        found = []
        for name in FILES.values():
            path = self.folder / f"{name}.jsonl"
            for line in path.read_text().splitlines() if path.exists() else ():
                said = json.loads(line)
                marked = said["title"].startswith(MARK)
                found.append((said["target"], said["message_id"], said["watch"], marked))
        return found


def _configuration(settings: Settings) -> str:
    lines: list[str] = []
    for name, table in settings.items():
        lines.append(f"[sources.{name}]")
        lines += [f"{key} = {_toml(value)}" for key, value in {**_FAST, **table}.items()]
    targets = "\n".join(f'{name} = "file:{file}.jsonl"' for name, file in FILES.items())
    return "\n".join(lines) + _REST.format(targets=targets)


def _toml(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {_toml(each)}' for key, each in value.items())} }}"
    return json.dumps(value, ensure_ascii=False)


def _watches(sources: tuple[str, ...]) -> str:
    every = json.dumps(sources)
    return "".join(
        _WATCH.format(name=name, owner=owner, sources=every, target=target, rate=rate)
        for name, owner, target, rate in (
            ("at once", "carl@example.org", "log", "now"),
            ("also at once", "carl@example.org", "log", "now"),
            ("in hours", "ann", "office", "now"),
            ("by day", "ann", "daily", "daily"),
            ("by week", "bo", "weekly", "weekly"),
        )
    )
