"""A comparison with much to judge is done in shares: together they are the whole, whoever did which, and what does not fit together is not taken."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.tocsin.executors.backfilled import OWN, Rows, archive_of, captures, fails
from tocsin.comparison import compared
from tocsin.executors import ahead, protocol, tasks
from tocsin.executors.answers import Answers
from tocsin.executors.divided import Divided
from tocsin.executors.processes import Processes
from tocsin.executors.protocol import Pending, Window, WorkLost, begun_in_turn, in_order
from tocsin.executors.serial import Serial
from tocsin.executors.tasks import Pair, Share

SMALL = 300
"""Characters in a share, so that the editions of the tests have several."""


@pytest.fixture
def divided(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparisons have shares, and nobody holds an alignment yet."""
    monkeypatch.setattr(tasks, "SHARE", SMALL)
    monkeypatch.setattr(tasks, "_divided", {})


class Here(Serial):
    """Works ahead in this process, and counts."""

    ahead = 3

    def __init__(self) -> None:
        super().__init__()
        self.given: Counter[str] = Counter()

    def submit(self, function: Callable[[Any], Any], argument: Any) -> Pending[Any]:
        self.given[function.__name__] += 1
        return super().submit(function, argument)


def pair() -> Pair:
    """The newest edition of the tests, and the one that came before it."""
    newest, *_, before = [one for one in captures() if one.document == "title-15/part-799"]
    after, earlier = (tasks.read_document(_document(one)).expressions for one in (newest, before))
    return Pair(
        before=earlier[0].said, after=after[0].said, work=after[0].work, source="us_ecfr", language="en",
        reference=tasks.packed_reference(OWN),
    )  # fmt: skip


def _document(capture: Any) -> tasks.Document:
    found = ahead._document(capture)
    assert found is not None
    return found


def answer(one: Pair, shares: tuple[tasks.Compared, ...]) -> tuple[Any, ...]:
    """The changes that come of shares, each with its touches."""
    answers = Answers([(one, OWN, shares)])
    changes = answers.compared(tasks.unpacked(one.before), tasks.unpacked(one.after))
    return tuple(
        (change, answers.touches(change, work=one.work, source=one.source, language="en", reference=OWN))
        for change in changes
    )


@pytest.mark.usefixtures("divided")
def test_an_archive_of_divided_comparisons_is_the_same(tmp_path: Path, serial: Rows) -> None:
    here = Here()
    assert archive_of(tmp_path / "archive", here) == serial
    assert here.given["compare_share"] > 10
    assert here.notes == []


@pytest.mark.usefixtures("divided")
def test_a_worker_that_does_not_hold_the_alignment_makes_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    one = pair()
    first = tasks.compare_pair(one)
    assert len(first.rest) > 2
    held = _rest(one, first)
    another = tuple(_by_another(one, first.paired, a, b) for a, b in reversed(first.rest))[::-1]
    assert another == held, "a share is the same, whoever does it and in whatever order"
    monkeypatch.setattr(tasks, "SHARE", 10**9)
    whole = tasks.compare_pair(one)
    assert whole.rest == ()
    assert answer(one, (first, *held)) == answer(one, (whole,))
    found = [change for change, _ in answer(one, (first, *another[::-1]))]
    assert tuple(found) == compared(tasks.unpacked(one.before), tasks.unpacked(one.after))


def _by_another(one: Pair, paired: bytes, first: int, last: int) -> tasks.Compared:
    """A share by a worker that has not seen the pair before; the bytes are equal and not the same, as after a journey."""
    tasks._divided.clear()
    there = replace(one, before=bytes(bytearray(one.before)), after=bytes(bytearray(one.after)))
    return tasks.compare_share(Share(pair=there, paired=paired, first=first, last=last))


@pytest.mark.usefixtures("divided")
def test_a_share_is_not_judged_by_an_alignment_of_other_editions() -> None:
    one = pair()
    first = tasks.compare_pair(one)
    with pytest.raises(ValueError, match="an alignment of other trees"):
        _by_another(replace(one, before=one.after, after=one.before), first.paired, 0, 1)


def test_a_small_comparison_has_one_share_and_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "_divided", {})
    assert tasks.compare_pair(pair()).rest == ()
    assert tasks._divided == {}
    same = pair()
    nothing = tasks.compare_pair(replace(same, before=same.after))
    assert (nothing.rest, nothing.changes()) == ((), ())


@pytest.mark.usefixtures("divided")
def test_no_more_shares_are_under_way_than_was_said() -> None:
    one = pair()

    class Counting(Here):
        ahead = 2
        open, most = 0, 0

        def submit(self, function: Callable[[Any], Any], argument: Any) -> Pending[Any]:
            self.open += function is tasks.compare_share
            self.most = max(self.most, self.open)
            return super().submit(lambda given: self.judged(function, given), argument)

        def judged(self, function: Callable[[Any], Any], given: Any) -> Any:
            self.open -= function is tasks.compare_share
            return function(given)

    counting = Counting()
    (shares,) = Divided(counting, (one,)).result()
    assert len(shares) == 1 + len(shares[0].rest)
    assert counting.most == 4


@pytest.mark.usefixtures("divided")
def test_a_worker_of_a_pool_that_never_saw_the_pair_does_its_shares() -> None:
    one = pair()
    alone = tasks.compare_pair(one)
    with Processes(1) as pool:
        # The worker has the size of a share that ships: its answer to the first step is put in the place of its own.
        divided = Divided(pool, (one,))
        divided._pending = Serial().submit(tasks.compare_pairs, (one,))
        assert not divided.done(), "the shares are to be asked for first"
        (shares,) = divided.result()
    assert shares[0] == alone
    assert answer(one, shares) == answer(one, (alone, *_rest(one, alone)))


def _rest(one: Pair, first: tasks.Compared) -> tuple[tasks.Compared, ...]:
    return tuple(
        tasks.compare_share(Share(pair=one, paired=first.paired, first=a, last=b)) for a, b in first.rest
    )


@pytest.mark.usefixtures("divided")
def test_a_lost_share_leaves_the_comparison_to_the_writer(tmp_path: Path, serial: Rows) -> None:
    class Losing(Here):
        def submit(self, function: Callable[[Any], Any], argument: Any) -> Pending[Any]:
            lost = function is tasks.compare_share and self.given["compare_share"] % 5 == 2
            return (
                super().submit(fails, 0) if lost and self._counted() else super().submit(function, argument)
            )

        def _counted(self) -> bool:
            self.given["compare_share"] += 1
            return True

    losing = Losing()
    assert archive_of(tmp_path / "archive", losing) == serial
    assert losing.notes == [
        "a task failed (ZeroDivisionError: integer division or modulo by zero): it is done anew here"
    ]
    once = Divided(Losing(), (pair(),))
    once._pending = Serial().submit(fails, 0)
    for _ in range(2):
        with pytest.raises(WorkLost):
            once.result()


@pytest.mark.usefixtures("divided")
def test_shares_of_another_alignment_are_not_taken(
    tmp_path: Path, serial: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    def elsewhere(share: Share) -> tasks.Compared:
        return replace(tasks.compare_share(share), aligned="another", judged=b"not looked at")

    class Other(Here):
        def submit(self, function: Callable[[Any], Any], argument: Any) -> Pending[Any]:
            return super().submit(elsewhere if function is tasks.compare_share else function, argument)

    other = Other()
    assert archive_of(tmp_path / "archive", other) == serial
    assert other.notes == [
        "two workers aligned the same editions differently: what they made is made anew here"
    ]


def test_what_is_under_way_is_bounded_by_its_bytes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "WINDOW", 10)
    under_way: list[str] = []
    most = 0

    class Slow(Serial):
        ahead = 100

        def submit(self, function: Callable[[Any], Any], argument: Any) -> Pending[Any]:
            nonlocal most
            under_way.append(argument)
            most = max(most, sum(map(len, under_way)))
            return super().submit(lambda said: under_way.remove(said) or said.upper(), argument)

    items = [(number, "x" * (number % 4)) for number in range(30)] + [(30, "y" * 50), (31, "z")]
    found = list(in_order(Slow(), str.upper, iter(items), len))
    assert found == [(number, said.upper()) for number, said in items]
    assert most < 10 + 50
    assert under_way == []


def test_what_all_steps_hold_counts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the memory of the writer would grow with the number of steps: what one step holds, the other may not."""
    monkeypatch.setattr(protocol, "WINDOW", 10)

    class Many(Serial):
        ahead = 100

    window, most = Window(), 0

    def first() -> Any:
        nonlocal most
        for number, said in in_order(Many(), str.upper, ((n, "x" * 3) for n in range(20)), len, window):
            most = max(most, window.held)
            yield number, said

    second = begun_in_turn(Many(), lambda said: Many().submit(str.lower, said), first(), len, window)
    found = [(number, owed.result()) for number, owed in second if owed]
    assert found == [(number, "xxx") for number in range(20)]
    assert 10 <= most <= 10 + 3 + 3, "each step begins at most one thing too many"
    assert window.held == 0


@pytest.mark.usefixtures("divided")
def test_nobody_is_locked_out_while_the_writer_waits_for_workers(tmp_path: Path, serial: Rows) -> None:
    class Slow(Here):
        """Whose shares come when they are waited for; then another one writes."""

        def submit(self, function: Callable[[Any], Any], argument: Any) -> Pending[Any]:
            return super().submit(lambda given: self.beside(function, given), argument)

        def beside(self, function: Callable[[Any], Any], given: Any) -> Any:
            if function is tasks.compare_share:
                with closing(sqlite3.connect(tmp_path / "archive" / "archive.db", timeout=0)) as another:
                    another.execute("BEGIN IMMEDIATE")
                    another.rollback()
                self.given["written beside"] += 1
            return function(given)

    slow = Slow()
    assert archive_of(tmp_path / "archive", slow) == serial
    assert slow.notes == [], "a writer that was locked out fails its task"
    assert slow.given["written beside"] > 10


def test_what_is_remembered_of_editions_under_way_is_bounded_by_its_bytes(
    tmp_path: Path, serial: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_REMEMBERED", 1)
    assert archive_of(tmp_path / "archive", Here()) == serial
