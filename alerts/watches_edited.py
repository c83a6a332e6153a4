"""A watch edited where it stands in its file: its own lines are replaced, everything else of the file stays byte for byte.

The whole folder is checked as it would be with the edit before anything is written, and nothing is written where the file is not the one that was
shown.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from alerts.conditions import Watch
from alerts.watch_files import tables_in, text_of
from archive.errors import BadInput

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """The lines of one watch in its file: ``text`` from its ``[[watch]]`` on, at ``start`` up to but not including ``end`` in the text of the file, whose
    bytes have the SHA-256 ``seen``."""

    file: Path
    start: int
    end: int
    text: str
    seen: str


def block_of(watch: Watch) -> Block:
    """Where a watch of a file stands. Raises ``BadInput`` where its lines cannot be told from those of others."""
    file = Path(watch.file)
    seen, text = _read(file)
    tables = tables_in(text, file)
    lines = text.splitlines(keepends=True)
    place = next(
        (at for at, one in enumerate(tables) if one.table.get("name", "").strip() == watch.name), None
    )
    if place is None or not tables[place].line:
        raise BadInput(
            f"the lines of {watch.name!r} cannot be told from the others",
            thing=str(file),
            mend="Edit the file itself: write each watch under a line [[watch]] of its own",
        )
    first = tables[place].line - 1
    last = tables[place + 1].line - 1 if place + 1 < len(tables) else len(lines)
    while place + 1 < len(tables) and last > first + 1 and _is_aside(lines[last - 1]):
        last -= 1  # what stands above the next watch is said of that one
    while last > first + 1 and not lines[last - 1].strip():
        last -= 1
    start = sum(map(len, lines[:first]))
    block = "".join(lines[first:last])
    return Block(file=file, start=start, end=start + len(block), text=block.rstrip("\r\n"), seen=seen)


def with_block(block: Block, new: str, name: str) -> str:
    """The text of the file with other lines for the watch. Raises ``BadInput`` where these are not that one watch, or the file is another by now."""
    _, text = _read(block.file)
    lines = new.replace("\r\n", "\n").strip("\n")
    made = tables_in(lines, block.file)
    if [one.table.get("name") for one in made] != [name]:
        raise BadInput(
            f"it is not the one watch {name!r}",
            thing=str(block.file),
            mend="A watch keeps its name, for alerts are recorded under it; write another one for another name",
        )
    ending = "\r\n" if "\r\n" in text else "\n"
    tail = ending if text[block.end - 1 : block.end] == "\n" or block.end < len(text) else ""
    return text[: block.start] + lines.replace("\n", ending) + tail + text[block.end :]


def save(file: Path, text: str, *, seen: str) -> None:
    """Put a text in the place of a file, whole or not at all. Raises ``BadInput`` where the file is not the one that was ``seen`` any more."""
    real = file.resolve()
    before = real.read_bytes()
    if hashlib.sha256(before).hexdigest() != seen:
        raise changed_meanwhile(file)
    number, name = tempfile.mkstemp(prefix=f".{real.name}.", dir=real.parent)
    try:
        with os.fdopen(number, "wb") as target:
            target.write((_BOM if before.startswith(_BOM) else b"") + text.encode())
            target.flush()
            os.fsync(target.fileno())
        shutil.copymode(real, name)
        Path(name).replace(real)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(real.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def changed_meanwhile(file: Path) -> BadInput:
    """The refusal of an edit of what was edited meanwhile."""
    return BadInput(
        "the file was edited since it was shown",
        thing=str(file),
        mend="Read it as it is now, and say again what it should be",
    )


def _read(file: Path) -> tuple[str, str]:
    """The SHA-256 of a file and its text, of the same bytes."""
    try:
        seen = hashlib.sha256(file.read_bytes()).hexdigest()
        text = text_of(file)
        again = hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        raise BadInput(f"it cannot be read ({error.strerror})", thing=str(file)) from None
    if again != seen:
        raise changed_meanwhile(file)
    return seen, text


def _is_aside(line: str) -> bool:
    """Whether a line says nothing itself: blank, or a comment."""
    return not line.strip() or line.lstrip().startswith("#")
