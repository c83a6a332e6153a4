"""What a worker does: bytes in, records out. Nothing here knows the archive.

An expression travels packed, and a pair is known again by its bytes: equal bytes are equal records. Records stay packed until the writer comes to
them, so that what is done ahead costs bytes and no objects. A comparison with much to judge is done in shares: whoever aligned the pair says which
there are, and how it is aligned, so that nobody does that again. Each result says which code made it; what other code made, on a machine that was not updated, is not taken.
"""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

import msgspec

import archive
import diffing
import normalize
from archive.errors import TocsinError
from archive.records import Change, Expression, Reading, Touch
from archive.uncollected import uncollected
from diffing.engine import Comparison, Place
from diffing.pairing import Paired
from diffing.touches.engine import touches_of
from diffing.touches.reference import Reference
from normalize import reading as readers
from normalize.profile import Hints
from tocsin.comparison import aligned

SHARE = 200_000
"""Characters of text to be judged in one share of a comparison: about a second, far more than it takes to send the pair again."""

_EACH = 100
"""As many characters a relation costs besides its own: measured on 12,935 of one edition of the control list, whose text explains the rest."""

_PACKAGES = (archive, diffing, normalize)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document to be read: its source, its bytes, and what is known of it besides."""

    source: str
    body: bytes
    hints: Hints


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """An expression as bytes, and what is asked of it before it is unpacked."""

    work: str
    language: str
    as_of: date
    said: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A reading: its expressions packed, and ``rest``, all of it but those; or the error that the reader raised."""

    made_by: str
    expressions: tuple[Packed, ...] = ()
    rest: Reading | None = None
    error: TocsinError | None = None

    def reading(self) -> Reading | TocsinError | None:
        """What the reader answered."""
        if self.rest is None:
            return self.error
        return replace(self.rest, expressions=tuple(unpacked(one.said) for one in self.expressions))


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
class Share:
    """A part of a comparison: what became of the provisions from the relation ``first`` to before ``last``. ``paired`` is the alignment, packed."""

    pair: Pair
    paired: bytes
    first: int
    last: int


Judged = tuple[Place, Change, tuple[Touch, ...]]
"""A change, where it stands among the others of its comparison, and what it touches."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What changed, pickled, and ``rest``, the shares that are still owed, for whom ``paired`` is the alignment. ``aligned`` is a digest of what the
    alignment found: shares of one comparison belong together only where all have the same."""

    made_by: str
    aligned: str
    judged: bytes
    paired: bytes = b""
    rest: tuple[tuple[int, int], ...] = ()

    def changes(self) -> tuple[Judged, ...]:
        """What changed, in no order."""
        # Thousands of records that all live: the collector took twice as long as the loading.
        with uncollected():
            found: tuple[Judged, ...] = pickle.loads(self.judged)  # noqa: S301 - from our own workers, whose results are pickles themselves
        return found


def read_document(task: Document) -> Read:
    """Read a document. What a reader says of an unreadable one is a result as well; any other error is raised."""
    try:
        found = readers.read(task.source, task.body, task.hints)
    except TocsinError as error:
        return Read(made_by=code(), error=error)
    made = Read(
        made_by=code(),
        expressions=tuple(map(boxed, found.expressions)),
        rest=replace(found, expressions=()),
    )
    if made.reading() != found:
        raise ValueError(f"a reading of {task.source} does not survive its packing")
    return made


def compare_pairs(pairs: tuple[Pair, ...]) -> tuple[Compared, ...]:
    """Compare each pair, or align it where there is much to judge."""
    return tuple(map(compare_pair, pairs))


def compare_pair(pair: Pair) -> Compared:
    """Compare two editions in the scope that both have, and find what each change touches; where there is much to judge, say what the shares are."""
    # As ``diffing.engine.compare``: the collector took a third of the aligning.
    with uncollected():
        comparison = aligned(unpacked(pair.before), unpacked(pair.after))
        shares = _shares(comparison)
        if len(shares) == 1:
            return _judged(comparison, pair, *shares[0])
        _keep(pair, comparison)
        paired = msgspec.msgpack.encode(comparison.paired())
        return replace(_judged(comparison, pair, 0, 0), paired=paired, rest=tuple(shares))


def compare_share(share: Share) -> Compared:
    """Judge a share of a comparison; who did another one has its trees still, who did not makes them."""
    pair = share.pair
    with uncollected():
        comparison = _divided.get((pair.before, pair.after))
        if comparison is None:
            paired = msgspec.msgpack.decode(share.paired, type=Paired)
            comparison = aligned(unpacked(pair.before), unpacked(pair.after), paired)
            _keep(pair, comparison)
        return _judged(comparison, pair, share.first, share.last)


_divided: dict[tuple[bytes, bytes], Comparison] = {}
"""In a worker: the one comparison whose shares it did last."""


def _keep(pair: Pair, comparison: Comparison) -> None:
    _divided.clear()
    _divided[pair.before, pair.after] = comparison


def _judged(comparison: Comparison, pair: Pair, first: int, last: int) -> Compared:
    reference = _reference(pair.reference)
    judged = tuple(
        (
            place,
            change,
            touches_of(
                change, work=pair.work, source=pair.source, language=pair.language, reference=reference
            ),
        )
        for place, change in comparison.changes(first, last)
    )
    return Compared(
        made_by=code(),
        aligned=_digest(comparison),
        judged=pickle.dumps(judged, protocol=5),
    )


def _shares(comparison: Comparison) -> list[tuple[int, int]]:
    """Where a comparison is divided: each share about as much to judge as the others, a small comparison into one."""
    found, first, length = [], 0, 0
    for at, relation in enumerate(comparison.relations, start=1):
        length += _EACH + comparison.length(relation)
        if length >= SHARE:
            found.append((first, at))
            first, length = at, 0
    if first < len(comparison.relations) or not found:
        found.append((first, len(comparison.relations)))
    return found


def _digest(comparison: Comparison) -> str:
    said = msgspec.msgpack.encode([(one.kind, one.before, one.after) for one in comparison.relations])
    return hashlib.sha256(said).hexdigest()


def boxed(expression: Expression) -> Packed:
    """An expression packed. Raises as ``packed``."""
    return Packed(
        work=expression.work, language=expression.language, as_of=expression.as_of, said=packed(expression)
    )


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
