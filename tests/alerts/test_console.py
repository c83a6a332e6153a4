"""The output of the command and files of alerts: a line is there whole, or not at all."""

from __future__ import annotations

import io
import json
import os
import threading
from pathlib import Path

import pytest

from alerts import console
from alerts.console import append_records, write_console
from archive.errors import DeliveryFailed

RECORD: dict[str, object] = {"message_id": "m1", "watch": "w", "title": "4800 → 2400, 输出令"}


def lines(path: Path) -> list[object]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_records_are_appended_a_line_each(tmp_path: Path) -> None:
    path = tmp_path / "new" / "alerts.jsonl"
    append_records(path, [RECORD, RECORD])
    append_records(path, [RECORD])
    assert lines(path) == [RECORD] * 3
    assert path.read_bytes().endswith(b"}\n")


@pytest.mark.parametrize(
    "torn", [b'{"message_id": "m0', b'{"a": "\xe8\xbe', b"{", b'{"a": "' + b"x" * 200_000]
)
def test_a_torn_last_line_is_taken_off(tmp_path: Path, torn: bytes) -> None:
    path = tmp_path / "alerts.jsonl"
    append_records(path, [RECORD])
    with path.open("ab") as file:
        file.write(torn)
    append_records(path, [RECORD])
    assert lines(path) == [RECORD, RECORD]


def test_a_torn_first_line_is_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    path.write_bytes(b'{"message')
    append_records(path, [RECORD])
    assert lines(path) == [RECORD]


def test_a_whole_last_line_without_its_end_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    path.write_text(json.dumps(RECORD), encoding="utf-8")
    append_records(path, [RECORD])
    assert lines(path) == [RECORD, RECORD]


def test_a_full_disk_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "alerts.jsonl"
    append_records(path, [RECORD])
    real = os.pwrite

    def half(handle: int, data: bytes, end: int) -> int:
        if len(data) < 20:
            raise OSError(28, "No space left on device")
        return real(handle, data[: len(data) // 2], end)

    monkeypatch.setattr(console.os, "pwrite", half)
    with pytest.raises(DeliveryFailed, match="No space left"):
        append_records(path, [RECORD])
    monkeypatch.undo()
    assert lines(path) == [RECORD]


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "alerts.jsonl"
    threads = [
        threading.Thread(target=lambda: [append_records(path, [RECORD, RECORD]) for _ in range(10)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lines(path) == [RECORD] * 80


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeliveryFailed, match="cannot be written") as caught:
        append_records(tmp_path / "file" / "alerts.jsonl", [RECORD])
    assert str(tmp_path) in caught.value.line()


def test_the_console_gets_the_message_once_and_no_control_marks() -> None:
    stream = io.StringIO()
    write_console(stream, "Title", "Title\n\nA redline\x1b[2J\n")
    assert stream.getvalue() == "Title\n\nA redline\\x1b[2J\n\n"
    write_console(stream, "[possible repeat] Title", "Title\n")
    assert "[possible repeat] Title\n\nTitle" in stream.getvalue()


def test_a_closed_output_is_a_failed_delivery() -> None:
    stream = io.StringIO()
    stream.close()
    with pytest.raises(DeliveryFailed, match="cannot be written"):
        write_console(stream, "t", "b")
