"""Whoever does the work, and whatever becomes of him: the archive is the same, row by row."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from archive.errors import BadInput
from archive.records import Reading
from tests.tocsin.executors.backfilled import Rows, archive_of, captures, fails, kills, own_pid
from tocsin.executors import ahead, read, tasks
from tocsin.executors.answers import Answers
from tocsin.executors.processes import Processes
from tocsin.executors.protocol import Pending, WorkLost, in_order
from tocsin.executors.serial import Serial


class Doubling(Serial):
    """Does each task when it is handed in and again when it is asked for, as a scheduler does that took a worker for lost."""

    ahead = 3

    def __init__(self) -> None:
        super().__init__()
        self.done: Counter[str] = Counter()

    def submit(self, function: Callable[[Any], Any], argument: Any) -> Pending[Any]:
        function(argument)
        self.done[function.__name__] += 1
        return super().submit(function, argument)


class Losing(Serial):
    """Loses each third task."""

    ahead = 2

    def __init__(self) -> None:
        super().__init__()
        self.given = 0

    def submit(self, function: Callable[[Any], Any], argument: Any) -> Pending[Any]:
        self.given += 1
        return super().submit(fails, 0) if self.given % 3 == 0 else super().submit(function, argument)


def test_the_past_of_the_tests_has_all_that_can_go_differently(serial: Rows) -> None:
    states = Counter(
        next(one for one in row if one in ("published", "held")) for row in serial["archive.db capture"]
    )
    assert states == {"published": 10, "held": 2}
    assert len(serial["archive.db transition"]) == 14, (
        "history was filled in behind the edition that was held"
    )
    assert len(serial["archive.db delivery"]) > 10
    assert len(serial["archive.db touch_of_change"]) > 100


def test_a_pool_of_processes_makes_the_same_archive(tmp_path: Path, serial: Rows) -> None:
    with Processes(2) as pool:
        assert archive_of(tmp_path / "archive", pool) == serial
        assert pool.notes == []


def test_a_pool_that_loses_a_process_in_the_middle_takes_its_work_up_again(
    tmp_path: Path, serial: Rows
) -> None:
    killed = []

    def meanwhile(number: int) -> None:
        if number in (2, 6):
            killed.append(pool.submit(own_pid, 0).result())
            os.kill(killed[-1], signal.SIGKILL)

    with Processes(2) as pool:
        assert archive_of(tmp_path / "archive", pool, meanwhile=meanwhile) == serial
        assert pool.submit(own_pid, 0).result() not in killed
    assert len(set(killed)) == 2


def test_a_task_that_kills_every_process_is_given_up_and_said(tmp_path: Path) -> None:
    with Processes(1) as pool:
        assert list(in_order(pool, kills, [("it", 0), ("nothing", None)])) == [
            ("it", None),
            ("nothing", None),
        ]
        assert pool.notes == ["a task lost its worker process 3 times: it is done here"]
        assert list(in_order(pool, own_pid, [("after it", 0)]))[0][1] != os.getpid()


def test_work_done_twice_changes_nothing(tmp_path: Path, serial: Rows) -> None:
    doubling = Doubling()
    assert archive_of(tmp_path / "archive", doubling) == serial
    # One is no document; the first edition of each of the two works has nothing to be compared with.
    assert doubling.done == {"read_document": len(captures()), "compare_pairs": len(captures()) - 3}


def test_lost_work_is_done_by_the_writer(tmp_path: Path, serial: Rows) -> None:
    losing = Losing()
    assert archive_of(tmp_path / "archive", losing) == serial
    assert losing.notes == [
        "a task failed (ZeroDivisionError: integer division or modulo by zero): it is done anew here"
    ]


def test_what_another_version_of_the_program_made_is_not_taken(
    tmp_path: Path, serial: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Processes(1) as pool:
        monkeypatch.setattr(tasks, "code", lambda: "newer")
        assert archive_of(tmp_path / "archive", pool) == serial
        assert pool.notes == ["a worker has another version of the program: what it made is made anew here"]


def test_what_was_worked_out_ahead_is_what_the_writer_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, serial: Rows
) -> None:
    """Else the executors would be equal because nobody listens to them."""

    class Listened(Answers):
        def compared(self, before: Any, after: Any) -> Any:
            found = super().compared(before, after)
            asked[(tasks.packed(before), tasks.packed(after)) in self._made] += 1
            return found

    asked: Counter[bool] = Counter()
    monkeypatch.setattr(ahead, "Answers", Listened)
    ahead_of_it = Doubling()
    assert archive_of(tmp_path / "archive", ahead_of_it) == serial
    assert asked[True] >= 10
    assert asked[False] <= 2, "only what follows an edition that was held back is a surprise"


def test_results_come_in_order_and_no_more_are_under_way_than_was_said() -> None:
    under_way: list[int] = []
    most = 0

    class Slow(Serial):
        ahead = 4

        def submit(self, function: Callable[[Any], Any], argument: Any) -> Pending[Any]:
            nonlocal most
            under_way.append(argument)
            most = max(most, len(under_way))
            return super().submit(lambda number: under_way.remove(number) or -number, argument)

    items = [(number, number if number % 5 else None) for number in range(40)]
    found = list(in_order(Slow(), abs, iter(items)))
    assert found == [(number, -number if number % 5 else None) for number in range(40)]
    assert most == 5
    assert under_way == []


def test_an_expression_and_an_error_come_back_from_a_worker_as_they_were() -> None:
    documents = [one for _, one in ((each, ahead._document(each)) for each in captures()) if one is not None]
    here = [tasks.read_document(one) for one in documents]
    with Processes(1) as pool:
        there = [pool.submit(tasks.read_document, one).result() for one in documents]
    assert [made.expressions for made in there] == [made.expressions for made in here]
    assert [made.rest for made in there] == [made.rest for made in here]
    errors = [(made.error.line(), type(made.error)) for made in there if made.error]
    assert errors == [(made.error.line(), type(made.error)) for made in here if made.error]
    assert errors
    found = ahead.read_in_order(Doubling(), ((one, one) for one in documents))
    assert sum(isinstance(reading, Reading) for _, reading in found) == len(documents) - len(errors)


@pytest.mark.parametrize(
    ("said", "of_it"),
    [
        ("parallel", "no executor is called 'parallel'"),
        ("processes:0", "Say serial, processes"),
        ("processes:x", "no executor"),
        ("", "no executor"),
        ("dask://", "Say dask://HOST:PORT"),
        ("dask://host", "no host with a port"),
        ("dask://host:0", "no host with a port"),
        ("dask://host:8786/path", "no host with a port"),
        ("dask://[::1]:99999", "no host with a port"),
    ],
)
def test_a_word_that_names_no_executor_is_told_with_the_mend(said: str, of_it: str) -> None:
    with pytest.raises(BadInput, match="--executor|dask://") as raised:
        read(said)
    assert of_it in raised.value.line()


def test_the_words_that_name_one(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(read("serial"), Serial)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 5, 7})
    with read("processes") as all_of_them, read("processes:3") as three:
        assert isinstance(all_of_them, Processes)
        assert all_of_them.workers == 4
        assert isinstance(three, Processes)
        assert (three.workers, three.ahead) == (3, 6)


def test_on_one_processor_nobody_is_started_to_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {3})
    assert isinstance(read("processes"), Serial)
    with read("processes:1") as said_so:
        assert isinstance(said_so, Processes)


def test_a_lost_task_is_an_error_of_its_own() -> None:
    with pytest.raises(WorkLost, match="ZeroDivisionError"):
        Serial().submit(fails, 0).result()
