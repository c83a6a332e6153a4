"""What was worked out ahead, held against what the writer asks: an answer counts only for exactly the question it was worked out from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.errors import TocsinError
from archive.records import Change, Expression, Reading, Touch
from diffing.engine import in_order
from diffing.touches.engine import touches_of
from diffing.touches.reference import Reference
from tocsin.comparison import compared
from tocsin.executors.divided import Shares
from tocsin.executors.tasks import Pair, Read, packed


class Answers:
    """The comparisons that were made ahead, none by default. What is asked beside them is worked out here, with the same functions."""

    def __init__(self, made: Iterable[tuple[Pair, Reference, Shares]] = ()) -> None:
        self._packed = {
            (pair.before, pair.after): (pair, reference, shares) for pair, reference, shares in made
        }
        self._made: dict[tuple[bytes, bytes], tuple[Change, ...]] = {}
        # A change is known by its identity: two equal ones of different works touch different things.
        self._touches: dict[int, tuple[Change, Pair, Reference, tuple[Touch, ...]]] = {}

    def compared(self, before: Expression, after: Expression) -> tuple[Change, ...]:
        """As ``tocsin.comparison.compared``."""
        if self._packed or self._made:
            try:
                made = self._found((packed(before), packed(after)))
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

    def _found(self, asked: tuple[bytes, bytes]) -> tuple[Change, ...] | None:
        """The answer to a question, unpacked when it is first asked."""
        if asked in self._packed:
            pair, reference, shares = self._packed.pop(asked)
            judged = [one for share in shares for one in share.changes()]
            self._made[asked] = in_order((place, change) for place, change, _ in judged)
            self._touches |= {id(change): (change, pair, reference, touches) for _, change, touches in judged}
        return self._made.get(asked)


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
