"""A real cluster on loopback, a scheduler and two worker processes: the archive is the same, whatever becomes of a worker."""

from __future__ import annotations

import builtins
import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from archive.errors import BadInput
from tests.tocsin.executors.backfilled import Rows, archive_of, fails, own_pid
from tocsin.executors import cluster, read
from tocsin.executors.cluster import Cluster
from tocsin.executors.protocol import WorkLost, in_order
from tocsin.executors.serial import Serial

distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")


@pytest.fixture(scope="module")
def serial(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    return archive_of(tmp_path_factory.mktemp("serial") / "archive", Serial())


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Any]:
    with distributed.LocalCluster(
        processes=True,
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        silence_logs=50,
    ) as started:
        yield started


@pytest.fixture
def workers(scheduler: Any) -> Iterator[Cluster]:
    with read(f"dask://{scheduler.scheduler_address.removeprefix('tcp://')}") as connected:
        assert isinstance(connected, Cluster)
        yield connected


def test_a_cluster_makes_the_same_archive(tmp_path: Path, serial: Rows, workers: Cluster) -> None:
    assert archive_of(tmp_path / "archive", workers) == serial
    assert workers.notes == []
    assert workers.submit(own_pid, 0).result() != os.getpid()


def test_a_cluster_that_loses_a_worker_in_the_middle_makes_the_same_archive(
    tmp_path: Path, serial: Rows, workers: Cluster
) -> None:
    killed = workers.submit(own_pid, 0).result()

    def meanwhile(number: int) -> None:
        if number == 3:
            os.kill(killed, signal.SIGKILL)

    assert archive_of(tmp_path / "archive", workers, meanwhile=meanwhile) == serial
    assert workers.notes == []


def test_a_task_that_fails_out_there_is_left_to_the_writer(workers: Cluster) -> None:
    assert list(in_order(workers, fails, [("it", 1)])) == [("it", None)]
    assert workers.notes == [
        "the cluster failed a task (ZeroDivisionError: integer division or modulo by zero): it is done here"
    ]


def test_a_cluster_without_workers_is_waited_for_and_then_given_up(
    workers: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_LOOK", 0.05)
    monkeypatch.setattr(cluster, "_PATIENCE", 2)
    monkeypatch.setattr(Cluster, "known_workers", lambda self: {})
    nobody = workers.client.submit(own_pid, 0, pure=False, workers=["tcp://127.0.0.1:9"])
    task = cluster._Task[int](workers, nobody)
    assert not task.done()
    with pytest.raises(WorkLost, match="no workers any more"):
        task.result()


def test_a_scheduler_that_goes_away_leaves_the_work_to_the_writer() -> None:
    alone = distributed.LocalCluster(
        n_workers=0,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        silence_logs=50,
    )
    with read(f"dask://{alone.scheduler_address.removeprefix('tcp://')}") as gone:
        under_way = gone.submit(own_pid, 0)
        alone.close()
        with pytest.raises(WorkLost, match="it is done here"):
            under_way.result()
        assert list(in_order(gone, own_pid, [("it", 0)])) == [("it", None)]
        assert "is done here" in gone.notes[0]


def test_a_scheduler_that_does_not_answer_is_told_with_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "REACHED", "0.2 s")
    with pytest.raises(BadInput, match="no scheduler answers") as raised:
        read("dask://127.0.0.1:9")
    assert "Start one by 'dask scheduler'" in raised.value.line()


def test_without_the_library_a_cluster_is_refused_with_the_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    found = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "distributed":
            raise ImportError(name)
        return found(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(BadInput, match=r"pip install 'tocsin\[cluster\]'"):
        read("dask://127.0.0.1:8786")
