"""The two targets that need nobody else: the output of the command, and a file of alerts."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from archive.errors import DeliveryFailed

Record = dict[str, object]


def write_console(stream: TextIO, title: str, body: str) -> None:
    """Print a message. Control marks that would drive a terminal are shown, not sent."""
    text = body if body.startswith(title) else f"{title}\n\n{body}"
    shown = "".join(mark if mark.isprintable() or mark == "\n" else f"\\x{ord(mark):02x}" for mark in text)
    try:
        stream.write(f"{shown.rstrip()}\n\n")
        stream.flush()
    except (OSError, ValueError) as error:
        raise DeliveryFailed(
            f"the output cannot be written ({type(error).__name__})", thing="target console:"
        ) from None


def append_records(path: Path, records: Sequence[Record]) -> None:
    """Append one line of JSON for each record, and return when they are on the disk. All lines are written or none.

    What a crash left of a line is mended first: a last line that is whole gets its line end, a torn one is taken off (whoever
    wrote it never had an answer, and sends again).
    """
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        is_new = not path.exists()
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            end = _mended_end(handle)
            try:
                _write_at(handle, lines, end)
                os.fsync(handle)
            except OSError:
                os.ftruncate(handle, end)
                raise
        finally:
            os.close(handle)
        if is_new:
            _sync_folder(path.parent)
    except OSError as error:
        raise DeliveryFailed(
            f"the file cannot be written ({error.strerror or type(error).__name__})",
            thing=str(path),
            mend="See that its folder can be written and that the disk has room",
        ) from None


def _mended_end(handle: int) -> int:
    """The length of the file once its last line is whole."""
    size = os.fstat(handle).st_size
    if not size or os.pread(handle, 1, size - 1) == b"\n":
        return size
    start, tail = size, b""
    while start and b"\n" not in tail:
        step = min(65536, start)
        start -= step
        tail = os.pread(handle, step, start) + tail
    last = tail[tail.rfind(b"\n") + 1 :]
    try:
        json.loads(last)
    except ValueError:
        os.ftruncate(handle, size - len(last))
        return size - len(last)
    _write_at(handle, b"\n", size)
    return size + 1


def _write_at(handle: int, data: bytes, end: int) -> None:
    written = 0
    while written < len(data):
        written += os.pwrite(handle, data[written:], end + written)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
