"""What was worked out ahead, held against what the writer asks: an answer counts only for exactly the question it was worked out from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.errors import TocsinError
from archive.records import Change, Expression, Reading, Touch
from diffing.engine import in_order
from diffing.touches.engine import touches_of
from diffing.touches.reference import Reference
from tocsin.comparison import compared
from tocsin.executors.protocol import WorkLost
from tocsin.executors.tasks import Compared, Pair, Read, packed


class Answers:
    """The comparisons that are made ahead, none by default, each as its shares; those may be on their way still, and reading them waits for them. What is
    asked beside them is worked out here, with the same functions."""

    def __init__(self, made: Iterable[tuple[Pair, Reference, Iterable[Compared]]] = ()) -> None:
        self._owed = deque(made)
        self._made: dict[tuple[bytes, bytes], tuple[Change, ...]] = {}
        # A change is known by its identity: two equal ones of different works touch different things.
        self._touches: dict[int, tuple[Change, Pair, Reference, tuple[Touch, ...]]] = {}

    def gather(self) -> None:
        """Wait for all of them, and unpack each share when it comes. Whoever is about to lock others out does this before."""
        while self._owed:
            self._unpack(*self._owed.popleft())

    def compared(self, before: Expression, after: Expression) -> tuple[Change, ...]:
        """As ``tocsin.comparison.compared``."""
        self.gather()
        if self._made:
            try:
                made = self._made.get((packed(before), packed(after)))
            except UnicodeEncodeError:  # what cannot be packed was never sent
                made = None
            if made is not None:
                return made
        return compared(before, after)

    def touches(
        self, change: Change, *, work: str, source: str, language: str, reference: Reference
    ) -> tuple[Touch, ...]:
        """As ``diffing.touches.engine.touches_of``."""
        made = self._touches.get(id(change))
        if made is not None:
            _, pair, known, touches = made
            if (pair.work, pair.source, pair.language) == (work, source, language) and known == reference:
                return touches
        return touches_of(change, work=work, source=source, language=language, reference=reference)

    def _unpack(self, pair: Pair, reference: Reference, shares: Iterable[Compared]) -> None:
        try:
            judged = [one for share in shares for one in share.changes()]
        except WorkLost:
            return  # who lost it has said so
        self._made[pair.before, pair.after] = in_order((place, change) for place, change, _ in judged)
        self._touches |= {id(change): (change, pair, reference, touches) for _, change, touches in judged}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What was worked out of a capture before it is taken in: its reading, or the error of its reader, and the comparisons. None and nothing where
    the writer does it."""

    found: Read | Reading | TocsinError | None = None
    answers: Answers = field(default_factory=Answers)

    @property
    def reading(self) -> Reading | TocsinError | None:
        """The reading; one that a worker made is unpacked each time it is asked for."""
        return self.found.reading() if isinstance(self.found, Read) else self.found


NOTHING = Prepared()
