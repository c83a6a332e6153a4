"""A writer that is killed leaves the archive as it was before a transaction or as it is after it, never between."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from archive import changes, editions, outbox
from archive.records import Delivery, Expression
from archive.store import Archive
from archive.verify import verify
from tests.archive.building import at, capture, changeset, code, edition, item, on, substitution, transition

KILLS = 40


def text_of(number: int) -> Expression:
    """Edition ``number``: each differs from the one before in some provisions, in one that goes and one that comes."""
    provisions = (
        item(f"{n}", f"text {n} {(number + n) // 7}", item(f"{n}.a", "below"))
        for n in range(number, number + 25)
    )
    return edition(*provisions, days=number)


def write(archive: Archive, number: int, said: Callable[[str], None] = lambda line: None) -> None:
    """All that comes of one capture, as a run writes it; ``said`` hears of what is committed."""
    row = editions.record_capture(archive, None, capture(f"body {number} ".encode() * 200, days=number))
    said(f"captured {row.sha256}")
    with archive.transaction():
        editions.publish(archive, text_of(number), row.id, observed=at(number), provisional=False)
        found = changeset(
            [substitution(f"{number}"), substitution(f"{number + 1}")], transition(number, hours=number)
        )
        stored = changes.record_changeset(archive, found, [(code("3A090"),), ()])
        delivery = Delivery(
            key=f"{number:032x}",
            message_id=f"<{number}>",
            transition_id=found.transition.id,
            watch="w",
            target="console:",
            changes=tuple(one.id for one in stored),
            payload="{}",
        )
        outbox.enqueue(archive, delivery, at(number))
    said(f"published {number}")


def held_editions(archive: Archive) -> int:
    """How many editions there are, each checked to be whole, with its changes and its delivery."""
    found = list(editions.editions(archive, edition().work))
    for number, held in enumerate(found):
        assert held.as_of == on(number)
        assert editions.expression(archive, held.work, on=held.as_of) == text_of(number)
        assert len(changes.of_transition(archive, transition(number).id)) == 2
        assert outbox.delivery(archive, f"{number:032x}").state == "pending"
    assert len(list(changes.changes(archive))) == 2 * len(found)
    assert sum(outbox.counts(archive).values()) == len(found)
    return len(found)


def child(work: Callable[[Callable[[str], None]], None]) -> tuple[int, int]:
    """Fork a process that works and says on a pipe what it committed; answers its number and the pipe."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            os.close(reading)
            work(lambda line: (os.write(writing, f"{line}\n".encode()), None)[1])
        finally:
            os._exit(0)
    os.close(writing)
    return process, reading


def read_all(pipe: int) -> list[str]:
    with os.fdopen(pipe) as lines:
        return [line.strip() for line in lines]


def test_whenever_the_writer_is_killed_the_archive_is_whole_and_holds_what_was_promised(
    tmp_path: Path,
) -> None:
    Archive.create(tmp_path).close()
    chance = random.Random(7)

    def work(said: Callable[[str], None]) -> None:
        with Archive.open(tmp_path) as archive:
            number = len(editions.editions(archive, edition().work))
            while True:
                write(archive, number, said)
                number += 1

    promised = held = 0
    for _ in range(KILLS):
        process, pipe = child(work)
        with os.fdopen(pipe) as lines:
            # Some words first, however slow the machine is, then a moment that falls anywhere in what follows them.
            said = [lines.readline().strip() for _ in range(chance.randrange(4))]
            time.sleep(chance.uniform(0, 0.02))
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            said += [line.strip() for line in lines]
        with Archive.open(tmp_path) as archive:
            for line in said:
                kind, _, what = line.partition(" ")
                if kind == "captured":
                    assert archive.captures.get(what)
                else:
                    promised = max(promised, int(what) + 1)
            # One may have been committed without there being time to say so.
            before, held = held, len(editions.editions(archive, edition().work))
            assert promised <= held <= max(promised, before) + 1
            assert archive.database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    with Archive.open(tmp_path) as archive:
        assert promised > KILLS / 4, "the writer was killed before it wrote anything"
        held_editions(archive)
        assert [one for one in verify(archive) if one.grave] == []


@pytest.mark.parametrize("which", ["archive", "captures"])
def test_killed_at_each_statement_it_is_before_or_after(tmp_path: Path, which: str) -> None:
    """Deterministic: the process kills itself as SQLite begins its n-th statement of one edition, for every n."""

    def work(said: Callable[[str], None], last: int, folder: Path) -> None:
        with Archive.open(folder) as archive:
            statements = 0

            def count(_statement: str) -> None:
                nonlocal statements
                statements += 1
                if statements == last:
                    os.kill(os.getpid(), signal.SIGKILL)

            (archive.database if which == "archive" else archive.captures.database).set_trace_callback(count)
            write(archive, 1, said)

    with Archive.create(tmp_path / "before") as archive:
        write(archive, 0)
    survived = last = 0
    seen = set()
    while not survived:
        last += 1
        folder = tmp_path / str(last)
        shutil.copytree(tmp_path / "before", folder)
        process, pipe = child(lambda said, last=last, folder=folder: work(said, last, folder))  # type: ignore[misc]
        _, status = os.waitpid(process, 0)
        survived = not os.WIFSIGNALED(status)
        said = read_all(pipe)
        with Archive.open(folder) as archive:
            number = held_editions(archive)
            assert number == 2 or not any(line.startswith("published") for line in said)
            assert [one for one in verify(archive) if one.grave] == []
            seen.add((number, any(line.startswith("captured") for line in said)))
            write(archive, 1)
            assert held_editions(archive) == 2
    assert survived
    assert {(1, False), (2, True)} <= seen
    if which == "archive":
        assert (1, True) in seen
        assert last > 15


def test_a_capture_without_its_row_is_harmless_and_found(archive: Archive) -> None:
    """What a crash between the two files leaves: bytes that nothing refers to yet."""
    archive.captures.put(b"written first", "us_ecfr/title-15/part-999")
    (finding,) = verify(archive)
    assert not finding.grave
    assert "no row refers to" in finding.what
    row = editions.record_capture(archive, None, capture(b"written first"))
    assert row.state == "accepted"
    assert list(verify(archive)) == []
