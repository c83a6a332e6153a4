"""A disk that is full, broken or mounted for reading only at any write of a whole run, and a process that dies at any statement of it: what was accepted is
there, what was not is not there by half, the reason is said, and the next run ends as if nothing had been.

A spread of points drawn with a fixed seed; ``TOCSIN_LONG=1`` takes every one of them.
"""

from __future__ import annotations

import hashlib
import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.errors import UnsoundArchive
from archive.store import Archive
from tests.tocsin.breaking import BACK, BROKEN, FULL, KILL, LIMIT, MOUNTED, SEALED, STATEMENT, WRITE
from tests.tocsin.one_run import (
    ALL,
    Account,
    OneRun,
    account,
    arrived,
    captures,
    fates,
    one_run,
    said,
    whole_backups,
)
from tocsin.cli.alerts import RETRY

LONG = os.environ.get("TOCSIN_LONG") == "1"
SEED = 20261123
COMMANDS = {"run": 8, "send": 2, "review": 2, "digest": 2, "backup": 2, "restore": 2}
"""How many points of each command the short form takes."""
MORE = tuple(name for name in ALL if name not in COMMANDS)
"""Those of which it takes one point, of one sort of failure each."""
WAYS = ((FULL, WRITE), (BROKEN, WRITE), (KILL, WRITE), (KILL, STATEMENT))
ALONE = ("restore", "restore of an older one", "retain", "evidence", "certificate")
"""What owes nobody anything, and says the same at the same instant."""
WITH_BACKUPS = ("backup", "restore", "restore of an older one")
ONCE = ("review", "acknowledge", "mute", "retain", "ingest", "evidence", "certificate")
"""What was done before the disk failed, and need not be done again, or is refused when it is."""
SAYS_WHY = re.compile(
    r"disk is full|No space left|disk I/O error|Input/output error|File too large|unable to open|SQLITE_READONLY_ROLLBACK"
)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OneRun]:
    with one_run(tmp_path_factory.mktemp("one-run")) as made:
        yield made


def points(name: str, how_many: int) -> list[int]:
    """Which of the events: all, or one drawn from each of as many equal stretches."""
    if LONG:
        return list(range(1, how_many + 1))
    chance = random.Random(f"{SEED} {name}")
    wanted = COMMANDS.get(name, 1)
    return [
        chance.randint(
            how_many * at // wanted + 1, max(how_many * (at + 1) // wanted, how_many * at // wanted + 1)
        )
        for at in range(wanted)
    ]


def faultless(run: OneRun, name: str) -> tuple[Counter[str], dict[str, Account]]:
    """The events of a command to which nothing happens, and what it leaves."""
    with run.fresh(name) as folder:
        answer = run.order(folder, *run.command(name), at=run.instant(name))
        assert answer["status"] == (1 if name == "certificate" else 0), said(
            folder
        )  # it cannot vouch for a day
        return Counter(answer["counted"]), account(folder)


def test_every_command_of_the_run_writes_and_is_done_again_with_the_same_result(run: OneRun) -> None:
    for name in COMMANDS:
        counted, _ = faultless(run, name)
        assert counted[WRITE] > 10, name
        assert counted[STATEMENT] > 10, name
    with run.fresh("run") as folder:
        before = account(folder)
        run.well(folder, *run.command("run"))
        after = account(folder)
        assert before.keys() < after.keys()
        assert len(after["us/cfr/15/1001"]["owed"]) == 2
        assert len(arrived(folder)) == 3


@pytest.mark.parametrize("way", [FULL, BROKEN])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_write_that_fails_leaves_all_as_before_or_as_after(run: OneRun, name: str, way: str) -> None:
    counted, after = faultless(run, name)
    for number in points(name, counted[WRITE]):
        strike(run, name, after, way=way, of=WRITE, number=number)


@pytest.mark.parametrize("name", MORE)
def test_the_other_commands_that_write_leave_all_as_before_or_as_after(run: OneRun, name: str) -> None:
    counted, after = faultless(run, name)
    for way, of in WAYS if LONG else (WAYS[MORE.index(name) % len(WAYS)],):
        for number in points(name, counted[of]):
            strike(run, name, after, way=way, of=of, number=number)


@pytest.mark.parametrize("of", [STATEMENT, WRITE])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_process_that_dies_leaves_all_as_before_or_as_after(run: OneRun, name: str, of: str) -> None:
    counted, after = faultless(run, name)
    for number in points(name, counted[of]):
        strike(run, name, after, way=KILL, of=of, number=number)


def test_a_kernel_that_lets_no_file_grow_leaves_all_as_before_or_as_after(run: OneRun) -> None:
    """What fits is written, the rest of the same write is refused: a torn page, as on a disk that fills up."""
    for name in ("run", "digest", "backup", *(MORE if LONG else ("evidence",))):
        _, after = faultless(run, name)
        with run.fresh(name) as folder:
            most = max(path.stat().st_size for path in folder.rglob("*.db")) * 2
        step = most // (120 if LONG else 5)
        for bytes_ in range(600 if LONG else 5_000, most, step):
            strike(run, name, after, way=LIMIT, bytes=bytes_)


def test_a_crawl_that_cannot_keep_a_body_says_so_and_the_next_one_brings_it(run: OneRun) -> None:
    _, after = faultless(run, "run")
    for bytes_ in (0, 700):
        with run.fresh("run") as folder:
            answer = run.order(
                folder, *run.command("run"), real=True, way=LIMIT, bytes=bytes_, crawl_only=True
            )
            assert answer["status"] == 1, said(folder)
            assert SAYS_WHY.search(said(folder)), said(folder)
            ends_well(run, "run", folder, after, "a crawl without a spool", real=True)


@pytest.mark.parametrize("seconds", [3_600, 86_400])
def test_a_clock_that_is_set_back_within_a_run_loses_and_repeats_nothing(run: OneRun, seconds: int) -> None:
    _, after = faultless(run, "run")
    for number in range(2, 40) if LONG else (9,):
        strike(run, "run", after, way=BACK, number=number, seconds=seconds)


def hashes(folder: Path) -> dict[str, str]:
    """Of every file but what was said: what it holds."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "log.txt")
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.mark.parametrize("way", [SEALED, MOUNTED])
@pytest.mark.parametrize("name", ["run", "send", "review", "digest", "backup", "restore"])
def test_what_writes_says_where_it_cannot_and_how_that_is_mended(run: OneRun, name: str, way: str) -> None:
    with run.fresh("run" if name == "run" else "review") as folder:
        before = hashes(folder)
        answer = run.order(folder, *run.command(name), way=way)
        if "forbidden" in answer:
            pytest.skip(f"nobody may mount here: {answer['forbidden']}")
        words = said(folder)
        assert answer["status"] in (1, 2), words
        assert "Traceback" not in words
        last = words.strip().splitlines()[-1]
        assert last.startswith("tocsin: "), words
        assert "archive" in last or "backups" in last, words
        assert "ead-only" in last or "readonly" in last, words
        assert "this user" in last, words
        assert hashes(folder) == before


@pytest.mark.parametrize("beside", ["nothing", "log and index", "log alone"])
def test_what_reads_reads_from_a_disk_that_takes_no_word(run: OneRun, beside: str) -> None:
    """An archive on a medium for keeping, with SQLite's log beside it or without, and with the log but not its index, as a snapshot may be: SQLite alone
    would want to put there what is not."""
    with run.fresh("review") as folder:
        if beside == "nothing":
            Archive.open(folder / "archive").close()
        assert (beside == "nothing") != bool(list((folder / "archive").glob("*-wal")))
        for arguments in (
            ("verify",),
            ("changes",),
            ("show", "us/cfr/15/1001"),
            ("health",),
            ("review", "log", "--check"),
        ):
            expected = run.order(folder, *arguments)
            words = said(folder)
            for index in (folder / "archive").glob("*-shm") if beside == "log alone" else ():
                index.unlink()
            before = hashes(folder)
            answer = run.order(folder, *arguments, way=MOUNTED)
            if "forbidden" in answer:
                pytest.skip(f"nobody may mount here: {answer['forbidden']}")
            assert answer["status"] == expected["status"], said(folder)
            assert said(folder) == words
            assert hashes(folder) == before


def strike(run: OneRun, name: str, after: dict[str, Account], **how: Any) -> None:
    """Let one thing go wrong in a command, and judge what is left of it, and what the next run makes of that."""
    tale = f"{name}, {how}"
    with run.fresh(name) as folder:
        before, held = account(folder), captures(folder)
        backups = whole_backups(folder) if name in WITH_BACKUPS else 0
        answer = run.order(folder, *run.command(name), at=run.instant(name), **how)
        words = said(folder)
        if how["way"] == KILL:
            assert answer.get("killed"), f"{tale}: nothing died\n{words}"
        else:
            assert answer["status"] in (0, 1, 2), f"{tale}: {answer}\n{words}"
            assert "Traceback" not in words, f"{tale}\n{words}"
            assert answer["status"] == 0 or SAYS_WHY.search(words), f"{tale}: it does not say why\n{words}"
        try:
            now = account(folder)
        except UnsoundArchive:
            # The archive was moved aside: the restoring can be done again.
            assert name.startswith("restore"), tale
        else:
            for of in before.keys() | after.keys():
                assert now.get(of) in (before.get(of), after.get(of)), f"{tale}: {of} is there by half"
            if not name.startswith("restore"):
                assert {row[:3] for row in held} <= {row[:3] for row in captures(folder)}, tale
            assert "held" not in {state for *_, state in captures(folder)}, (
                f"{tale}: the disk failed, not the document"
            )
        if name in WITH_BACKUPS:
            assert whole_backups(folder) >= min(backups, 1), tale
        ends_well(run, name, folder, after, tale)


def ends_well(
    run: OneRun, name: str, folder: Path, after: dict[str, Account], tale: str, *, real: bool = False
) -> None:
    """The same command again, and a day later what was put off: all is there, and nobody heard of anything twice without being told."""
    if name in ONCE and account(folder) == after:
        return
    at = run.instant(name)
    again = at + timedelta(minutes=0 if name in ALONE else 10)
    answer = run.order(folder, *run.command(name), at=again, real=real)
    assert answer["status"] in (0, 1), f"{tale}: and then {answer}\n{said(folder)}"
    if name in ALONE:
        assert account(folder) == after, tale
        return
    if name in ("run", "send", "ingest"):
        run.well(folder, "alerts", "retry", "--dead", at=at + timedelta(days=1))
    run.well(folder, "alerts", "send", at=at + timedelta(days=1))
    now = account(folder)
    now.pop(RETRY, None)
    assert now == after, tale
    assert {state for *_, state in captures(folder)} == {"published"}, tale
    assert {state for _, state in fates(folder)} == {"sent"}, tale
    heard = Counter((message, watch) for message, watch, marked in arrived(folder) if not marked)
    assert heard, tale
    assert max(heard.values()) == 1, f"{tale}: something came twice and did not say so"
    assert len({watch for _, watch in heard} | {watch for _, watch, _ in arrived(folder)}) >= 2, tale
