"""A past to take in, written for the tests: editions of a part in an odd order, a page that is no document, one that is cut short, a table of country
groups that changes on the way. And the archive that an executor makes of it, row by row."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from alerts.conditions import Watch
from alerts.match import WatchIndex
from alerts.messages import Context
from archive import ledger
from archive.records import Capture
from archive.store import Archive
from archive.vocabulary.own_terms import read_terms
from diffing.touches.reference import Reference
from tocsin.demo.server import editions
from tocsin.executors.ahead import Ahead
from tocsin.executors.protocol import Executor
from tocsin.intake import Intake

NOW = datetime(2026, 11, 1, tzinfo=UTC)
OWN = Reference(terms=read_terms('prober = ["wafer prober"]'))
Rows = dict[str, list[tuple[object, ...]]]


def captures(number: int = 7) -> list[Capture]:
    """The newest first, as a backfill finds it held; then its past."""
    old, new = editions().values()
    found = [_capture(date(2026, 10, 1), new.replace(b"2400", b"9900"))]
    for index in range(number):
        limit, country = str(2400 + 100 * index).encode(), (b"Iceland", b"Norway", b"Chile")[index % 3]
        body = (new if index % 2 else old).replace(b"2400", limit).replace(b"Iceland", country)
        found.append(_capture(date(2026, 2, 1) + timedelta(days=7 * index), body))
    found.insert(3, _capture(date(2026, 2, 10), b"<html><p>The service is unavailable.</p></html>"))
    found.insert(5, _capture(date(2026, 2, 20), new[: new.index(b'<DIV8 N="799.2"')] + b"</DIV5>"))
    found.insert(4, _capture(date(2026, 2, 12), _groups("China, Iraq"), "title-15/part-740"))
    found.append(_capture(date(2026, 9, 1), _groups("China, Iraq, Thailand"), "title-15/part-740"))
    return found


def _capture(day: date, body: bytes, document: str = "title-15/part-799") -> Capture:
    return Capture(
        source="us_ecfr",
        document=document,
        url=f"https://www.ecfr.gov/{document}",
        body=body,
        as_of=day,
        fetched_at=NOW,
        media_type="application/xml",
    )


def _groups(members: str) -> bytes:
    rows = "".join(
        f"<TR><TD>{country}</TD><TD></TD><TD></TD><TD></TD><TD></TD><TD>X</TD></TR>"
        for country in members.split(", ")
    )
    heads = "".join(f"<TH>{head}</TH>" for head in ("Country", "[D:1]", "[D:2]", "[D:3]", "[D:4]", "[D:5]"))
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<DIV5 N="740" TYPE="PART"><HEAD>PART 740&#x2014;LICENSE EXCEPTIONS</HEAD>
<DIV8 N="740.1" TYPE="SECTION"><HEAD>&#xA7; 740.1 Introduction.</HEAD><P>This part was written for a test.</P></DIV8>
<DIV9 N="Supplement No. 1 to Part 740" TYPE="APPENDIX"><HEAD>Supplement No. 1 to Part 740&#x2014;Country Groups</HEAD>
<HD1>Country Group D</HD1><TABLE><TR>{heads}</TR>{rows}</TABLE></DIV9></DIV5>""".encode()


def archive_of(
    folder: Path,
    executor: Executor,
    *,
    of: Iterable[Capture] | None = None,
    meanwhile: Callable[[int], None] = lambda number: None,
) -> Rows:
    """All rows of the archive that comes of the captures; ``meanwhile`` is called as each has been taken in, with its number."""
    watch = Watch(
        name="all", owner="a@example.org", reason="r", matter="m", eccn=("3A090",), notify=("file:x.jsonl",)
    )
    with Archive.create(folder) as archive:
        run = ledger.start_run(archive, "us_ecfr", at=NOW, replayed=True)
        intake = Intake(
            archive=archive,
            run=run,
            now=NOW,
            watches=WatchIndex([watch]),
            context=Context(now=NOW),
            told="all",
            own=OWN,
        )
        given = captures() if of is None else of
        prepared = Ahead(archive, executor, OWN).prepared((capture, capture) for capture in given)
        for number, (capture, made) in enumerate(prepared):
            replace(intake, answers=made.answers).take(capture, made.reading)
            meanwhile(number)
        ledger.finish_run(archive, run, at=NOW, outcome=ledger.COMPLETE)
    return rows_of(folder)


def rows_of(folder: Path) -> Rows:
    """Every row of every table of both files, in the order in which they were written; but for when the tables were made."""
    return {
        f"{file.name} {name}": rows for file in sorted(folder.glob("*.db")) for name, rows in _tables(file)
    }


def _tables(file: Path) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as database:
        names = database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%migrations' ORDER BY name"
        ).fetchall()
        for (name,) in names:
            yield name, database.execute(f'SELECT * FROM "{name}"').fetchall()


def own_pid(_: int) -> int:
    """A task that says where it is done."""
    return os.getpid()


def kills(_: int) -> int:
    """A task that ends whoever does it."""
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def fails(number: int) -> int:
    """A task with a mistake in it."""
    return 1 // (number - number)
