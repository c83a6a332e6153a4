"""What was worked out ahead, held against what the writer asks: an answer counts only for exactly the question it was worked out from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.errors import TocsinError
from archive.records import Change, Expression, Reading, Touch
from diffing.touches.engine import touches_of
from diffing.touches.reference import Reference
from tocsin.comparison import compared
from tocsin.executors.tasks import Compared, Pair, packed


class Answers:
    """The comparisons that were made ahead, none by default. What is asked beside them is worked out here, with the same functions."""

    def __init__(self, made: Iterable[tuple[Pair, Reference, Compared]] = ()) -> None:
        self._made = {(pair.before, pair.after): (pair, reference, found) for pair, reference, found in made}
        # A change is known by its identity: two equal ones of different works touch different things.
        self._touches = {
            id(change): (change, pair, reference, touches)
            for pair, reference, found in self._made.values()
            for change, touches in zip(found.changes, found.touches, strict=True)
        }

    def compared(self, before: Expression, after: Expression) -> tuple[Change, ...]:
        """As ``tocsin.comparison.compared``."""
        if self._made:
            try:
                made = self._made.get((packed(before), packed(after)))
            except UnicodeEncodeError:  # what cannot be packed was never sent
                made = None
            if made is not None:
                return made[2].changes
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What was worked out of a capture before it is taken in: its reading, or the error of its reader, and the comparisons. None and nothing where
    the writer does it."""

    reading: Reading | TocsinError | None = None
    answers: Answers = field(default_factory=Answers)


NOTHING = Prepared()
