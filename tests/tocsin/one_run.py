"""One whole run, cut into the commands that write: each can be done again and again from the same folder, with something broken, and be judged.

The sources are the project's own replica: a new edition of an invented part and a new paper. What the crawls bring is recorded once and handed to every
try; the rest is the program.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from archive import backup, changes, outbox
from archive.store import Archive
from archive.verify import verify
from tests.archive.released import put, versions
from tests.replica.ecfr import Ecfr, Part
from tests.replica.federal_register import FederalRegister, Paper
from tests.replica.server import Replica
from tests.tocsin.program import ROOT
from tocsin.cli.digest import BUILD
from tocsin.cli.retain import DROP

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 4)
NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)
WEEK = "2026-W10"
SOURCES = ("us_ecfr", "us_federal_register")
MARK = "[possible repeat] "
LATER = NOON + timedelta(days=90)
WORK = "us/cfr/15/1001"
FILES = ("evidence.zip", "certificate.txt", "digests/digest.md")
"""What commands write beside the archive: in the folder from which one begins each is there, from another day."""
RUN = ("run", "--once", "--source", SOURCES[0], "--source", SOURCES[1])

CONFIG = """
[sources.us_ecfr]
parts = ["15/1001"]
pace = 500.0
retries = 0
keep_captures = "30 days"
[sources.us_federal_register]
since = "2026-01-01"
agencies = ["industry-and-security-bureau"]
parts = ["15/730-774"]
pace = 500.0
retries = 0
[people]
ann = { address = "ann@example.org", roles = ["reviewer"] }
[targets]
log = "file:alerts.jsonl"
[alerts]
operators = ["log"]
"""
WATCH = """
[[watch]]
name = "all"
owner = "ann@example.org"
reason = "one run"
matter = "K-1"
sources = ["us_ecfr", "us_federal_register"]
notify = ["log"]
[[watch]]
name = "the part"
owner = "ann@example.org"
reason = "one run"
matter = "K-2"
sources = ["us_ecfr"]
notify = ["log"]
"""

ALL = (
    "run",
    "send",
    "review",
    "digest",
    "backup",
    "restore",
    "restore of an older one",
    "acknowledge",
    "mute",
    "retain",
    "ingest",
    "evidence",
    "certificate",
)
Account = dict[str, Any]


@dataclass
class OneRun:
    """The process that does what it is ordered, and the folders that the tries begin from."""

    base: Path
    orders: IO[str]
    answers: IO[str]
    hosts: str
    tries: int = 0
    stages: dict[str, Path] = field(default_factory=dict)
    change: str = ""
    alert: str = ""

    def command(self, name: str) -> tuple[str, ...]:
        """The arguments of one of the commands of a run."""
        return {
            "run": RUN,
            "send": ("alerts", "send"),
            "review": ("review", "decide", self.change, "relevant", "--as", "ann", "--because", "it is ours"),
            "digest": (
                "digest",
                "build",
                "--week",
                WEEK,
                "--as-known",
                str(NOON),
                "--to",
                "digests",
                "--format",
                "md",
            ),
            "backup": ("backup", "backups", "--keep", "1"),
            "restore": ("restore", "backups/first", "--replace"),
            "restore of an older one": ("restore", "backups/older", "--replace"),
            "acknowledge": ("alerts", "ack", self.alert, "--person", "ann"),
            "mute": (
                "alerts",
                "mute",
                "--person",
                "ann",
                "--watch",
                "all",
                "--until",
                "2026-09-01",
                "--reason",
                "it rests",
            ),
            "retain": ("retain", "--apply"),
            "ingest": (
                "ingest",
                "--format",
                "provisions",
                "--work",
                WORK,
                "--as-of",
                str(SECOND),
                "handed.jsonl",
            ),
            "evidence": ("evidence", self.change, "--output", FILES[0]),
            "certificate": ("certificate", SOURCES[0], "--from", str(FIRST), "--output", FILES[1]),
        }[name]

    @staticmethod
    def instant(name: str) -> datetime:
        """When a command is run."""
        return LATER if name == "retain" else NOON

    def order(
        self, folder: Path, *arguments: str, at: datetime = NOON, real: bool = False, **how: Any
    ) -> dict[str, Any]:
        """A command in a process of its own; what became of it. What it said is in ``log.txt`` of the folder."""
        (folder / "log.txt").unlink(missing_ok=True)
        order = {
            "arguments": arguments,
            "folder": str(folder),
            "environment": {"TOCSIN_NOW": at.isoformat()},
            "log": str(folder / "log.txt"),
            "replay": "" if real else str(self.base / "recorded"),
            **how,
        }
        self.orders.write(json.dumps(order) + "\n")
        self.orders.flush()
        answer: dict[str, Any] = json.loads(self.answers.readline())
        return answer

    def well(self, folder: Path, *arguments: str, **how: Any) -> dict[str, Any]:
        """The same, which has to end well."""
        answer = self.order(folder, *arguments, **how)
        assert answer.get("status") == 0, f"{arguments}: {answer}\n{said(folder)}"
        return answer

    @contextmanager
    def fresh(self, name: str) -> Iterator[Path]:
        """A copy of the folder from which a command begins."""
        self.tries += 1
        place = self.base / f"try-{self.tries}"
        shutil.copytree(self.stages[name], place)
        yield place
        shutil.rmtree(place)

    def prepare(self, replica: Replica) -> None:
        """The folders before each command, and what the crawls of the run bring."""
        first = self.base / "before"
        (first / "watches").mkdir(parents=True)
        (first / "watches" / "w.toml").write_text(WATCH)
        (first / "tocsin.toml").write_text(CONFIG)
        Archive.create(first / "archive").close()
        replica.today = FIRST
        self.well(first, *RUN, at=NOON - timedelta(days=2), real=True, warm=True)
        self.well(first, "backup", "backups", at=NOON - timedelta(days=2))
        (kept,) = (first / "backups").iterdir()
        kept.rename(first / "backups" / "first")
        shutil.copytree(first / "backups" / "first", kept)
        replica.today = SECOND
        self.stages["run"] = first
        with self.fresh("run") as scratch:
            self.well(scratch, *RUN, real=True, warm=True, record=str(self.base / "recorded"))
        after = self.base / "after"
        shutil.copytree(first, after)
        self.well(after, *RUN)
        with Archive.open(after / "archive", read_only=True) as archive:
            (change,) = changes.changes(archive, source="us_ecfr")
            self.alert = outbox.deliveries(archive, watch="the part")[0].delivery.key
        self.change = change.id
        self.order(
            after, *self.command("certificate"), real=True, warm=True, record=str(self.base / "recorded")
        )
        for name in FILES:
            (after / name).parent.mkdir(exist_ok=True)
            (after / name).write_text("from another day")
        self.well(after, "export", WORK)
        (after / "handed.jsonl").write_text(said(after, whole=True).replace("Rule 2", "Rule two"))
        (self.base / "older").mkdir()
        older(after / "backups" / "older", self.base / "older")
        self.stages |= {name: self.stages.get(name, after) for name in ALL}


@contextmanager
def one_run(base: Path) -> Iterator[OneRun]:
    """All that is needed for the tries."""
    replica = Replica(today=FIRST, ecfr=Ecfr(parts=_parts()), register=FederalRegister(papers=_papers()))
    clean = {key: value for key, value in os.environ.items() if not key.startswith("TOCSIN_")}
    with replica:
        (base / "tmp").mkdir()
        environment = {
            **clean,
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(base / "tmp"),
            "TOCSIN_HOSTS": json.dumps(replica.hosts),
        }
        command = [sys.executable, "-m", "tests.tocsin.breaking"]
        with subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdin
            assert process.stdout
            try:
                made = OneRun(base, process.stdin, process.stdout, json.dumps(replica.hosts))
                made.prepare(replica)
                yield made
            finally:
                process.stdin.close()


def older(place: Path, scratch: Path) -> None:
    """A backup that an older program made, with the archive of its time."""
    done = backup.back_up(put(versions()[0], scratch / "archive"), scratch / "backups", NOON)
    shutil.copytree(done.folder, place)


def said(folder: Path, *, whole: bool = False) -> str:
    """What the last command said."""
    log = folder / "log.txt"
    text = log.read_text(errors="replace") if log.exists() else ""
    return text if whole else text[-3000:]


def account(folder: Path) -> dict[str, Account]:
    """Of each work what the archive holds and what followed from it, and under names of their own what people did: what has to be there whole, or
    not at all."""
    found: dict[str, Account] = {}

    def put_in(of: str, sort: str, *row: Any) -> None:
        found.setdefault(of, {}).setdefault(sort, []).append(row)

    for name in FILES:
        if (folder / name).exists():
            put_in(name, "file", hashlib.sha256((folder / name).read_bytes()).hexdigest())
    with Archive.open(folder / "archive", read_only=True) as archive:
        assert [one.what for one in verify(archive) if one.grave] == []
        rows = archive.database.execute
        for row in rows(
            "SELECT path, edition.as_of, recipe, digest, provisional FROM edition JOIN series ON series.id = series"
            " JOIN work ON work.id = work WHERE known_to IS NULL"
        ):
            put_in(row[0], "edition", *row[1:])
        for row in rows(
            "SELECT path, transition.id, key, change.kind, materiality, old_eid, new_eid,"
            " (SELECT count(*) FROM touch WHERE touch.change = change.id) FROM change JOIN changeset ON changeset.id = changeset"
            " JOIN transition ON transition.id = transition_id JOIN work ON work.id = transition.work WHERE newest = 1"
        ):
            put_in(row[0], "change", *row[1:])
        for row in rows(
            "SELECT path, key, watch, target, changes FROM delivery JOIN transition ON transition.id = transition_id"
            " JOIN work ON work.id = transition.work"
        ):
            put_in(row[0], "owed", *row[1:])
        for row in rows("SELECT change, watch, verdict, author FROM decision"):
            put_in(f"decision {row[0]}", "decision", *row)
        for row in rows("SELECT week, version FROM digest"):
            put_in(f"digest {row[0]}", "digest", *row)
        for row in rows("SELECT owner, person, note FROM acknowledgement"):
            put_in("acknowledge", "acknowledgement", *row)
        for row in rows("SELECT person, sort, subject, author FROM mute"):
            put_in("mute", "mute", *row)
        for row in rows("SELECT DISTINCT sha256 FROM dropped_body"):
            put_in(DROP, "dropped", *row)
        # The row in the log of actions belongs to what was done: there is not one without the other.
        for deed, subject, *row in rows(
            "SELECT deed, subject, said, person, outcome, via FROM action GROUP BY 1, 2, 3, 4, 5, 6"
        ):
            done = {"decide": subject.replace("change", "decision"), BUILD: f"digest {subject}"}
            put_in(done.get(deed, deed), "deed", deed, subject, *row)
    return {of: {sort: sorted(some) for sort, some in sorts.items()} for of, sorts in found.items()}


def captures(folder: Path) -> set[tuple[str, str, str, str]]:
    """Every capture with its state."""
    with Archive.open(folder / "archive", read_only=True) as archive:
        return set(archive.database.execute("SELECT document, as_of, sha256, state FROM capture"))


def arrived(folder: Path) -> list[tuple[str, str, bool]]:
    """What came to the target: the message, its watch, whether it said that it may be a repetition."""
    path = folder / "alerts.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
    return [(line["message_id"], line["watch"], line["title"].startswith(MARK)) for line in lines]


def fates(folder: Path) -> set[tuple[str, str]]:
    """Every message that is owed and what became of it."""
    with Archive.open(folder / "archive", read_only=True) as archive:
        return set(archive.database.execute("SELECT key, state FROM delivery"))


def whole_backups(folder: Path) -> int:
    """How many backups there are, each of them restored and found sound."""
    found = backup.backups(folder / "backups")
    for number, one in enumerate(found):
        place = folder / f"restored-{number}"
        backup.restore(one.folder, place)
        with Archive.open(place, read_only=True) as archive:
            assert [finding for finding in verify(archive) if finding.grave] == []
        shutil.rmtree(place)
    return len(found)


def _parts() -> list[Part]:
    units = {f"1001.{n}": [f"Section {n}.", f"(a) Rule {n}, in words."] for n in range(1, 6)}
    later = {**units, "1001.3": ["Section 3.", "(a) The licence for item 3A090 is due within 30 days."]}
    return [
        Part(
            title=15,
            number="1001",
            editions={FIRST - timedelta(days=3): units, SECOND - timedelta(days=1): later},
        )
    ]


def _papers() -> list[Paper]:
    return [
        Paper(
            number=f"2026-{number:05d}",
            day=day,
            title=f"Invented Notice {number}",
            paragraphs=tuple(f"Goods of kind {number}x{line} need a licence." for line in range(4)),
        )
        for number, day in ((1, FIRST - timedelta(days=3)), (2, SECOND))
    ]
