"""What a worker does: bytes in, records out. Nothing here knows the archive.

An expression travels packed, and a pair is known again by its bytes: equal bytes are equal records. Each result says which code made it; what other
code made, on a machine that was not updated, is not taken.
"""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import msgspec

import archive
import diffing
import normalize
from archive.errors import TocsinError
from archive.records import Change, Expression, Reading, Touch
from diffing.touches.engine import touches_of
from diffing.touches.reference import Reference
from normalize import reading as readers
from normalize.profile import Hints
from tocsin.comparison import compared

_PACKAGES = (archive, diffing, normalize)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document to be read: its source, its bytes, and what is known of it besides."""

    source: str
    body: bytes
    hints: Hints


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A reading: its expressions packed, and ``rest``, all of it but those; or the error that the reader raised."""

    made_by: str
    expressions: tuple[bytes, ...] = ()
    rest: Reading | None = None
    error: TocsinError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two packed editions of a work to be compared, and the packed reference that touches are found with."""

    before: bytes
    after: bytes
    work: str
    source: str
    language: str
    reference: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What changed, and what each change touches."""

    made_by: str
    changes: tuple[Change, ...]
    touches: tuple[tuple[Touch, ...], ...]


def read_document(task: Document) -> Read:
    """Read a document. What a reader says of an unreadable one is a result as well; any other error is raised."""
    try:
        found = readers.read(task.source, task.body, task.hints)
    except TocsinError as error:
        return Read(made_by=code(), error=error)
    expressions = tuple(packed(expression) for expression in found.expressions)
    if tuple(map(unpacked, expressions)) != found.expressions:
        raise ValueError(f"a reading of {task.source} does not survive its packing")
    return Read(made_by=code(), expressions=expressions, rest=replace(found, expressions=()))


def compare_pairs(pairs: tuple[Pair, ...]) -> tuple[Compared, ...]:
    """Compare each pair."""
    return tuple(compare_pair(pair) for pair in pairs)


def compare_pair(pair: Pair) -> Compared:
    """Compare two editions in the scope that both have, and find what each change touches."""
    reference = _reference(pair.reference)
    changes = compared(unpacked(pair.before), unpacked(pair.after))
    touches = tuple(
        touches_of(change, work=pair.work, source=pair.source, language=pair.language, reference=reference)
        for change in changes
    )
    return Compared(made_by=code(), changes=changes, touches=touches)


def packed(expression: Expression) -> bytes:
    """An expression as bytes. Raises ``UnicodeEncodeError`` for text that is none (halves of surrogate pairs)."""
    return msgspec.msgpack.encode(expression)


def unpacked(said: bytes) -> Expression:
    """The expression that was packed."""
    return msgspec.msgpack.decode(said, type=Expression)


def packed_reference(reference: Reference) -> bytes:
    """A reference as bytes."""
    return pickle.dumps(reference, protocol=5)


@lru_cache(maxsize=4)
def _reference(said: bytes) -> Reference:
    found: Reference = pickle.loads(said)  # noqa: S301 - from the process that sent the task, as the task itself
    return found


@cache
def code() -> str:
    """The SHA-256 of the code that tasks run, so that results are taken from equal code only."""
    found = hashlib.sha256()
    for package in _PACKAGES:
        for folder in package.__path__:
            for file in sorted(Path(folder).rglob("*.py")):
                found.update(f"{package.__name__}/{file.relative_to(folder).as_posix()}\0".encode())
                found.update(hashlib.sha256(file.read_bytes()).digest())
    return found.hexdigest()
