"""One smallest difference between two texts, with what stands around it: what the rules of materiality look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from diffing.text import Hunk, Redline

Follows = Callable[[Redline, Hunk], bool]


def never(compared: Redline, hunk: Hunk) -> bool:
    """For texts that stand alone: nothing was renumbered, so no reference follows anything."""
    return False


@dataclass(frozen=True, kw_only=True)
class Difference:
    """``gone`` became ``come`` (tokens, either may be empty) between ``left`` and ``right``, nearest last and nearest first.

    ``reference_follows`` and ``footnote_follows`` know the renumberings of the whole comparison.
    """

    compared: Redline
    hunk: Hunk
    following: Hunk | None = None
    preceding: Hunk | None = None
    is_row: bool = False
    reference_follows: Follows = never
    footnote_follows: Follows = never

    @cached_property
    def gone(self) -> tuple[str, ...]:
        return self.compared.before[self.hunk.i1 : self.hunk.i2]

    @cached_property
    def come(self) -> tuple[str, ...]:
        return self.compared.after[self.hunk.j1 : self.hunk.j2]

    @cached_property
    def left(self) -> tuple[str, ...]:
        """Up to six equal tokens before the difference, the nearest last."""
        start = self.preceding.i2 if self.preceding else 0
        return self.compared.before[max(start, self.hunk.i1 - 6) : self.hunk.i1]

    @cached_property
    def right(self) -> tuple[str, ...]:
        """Up to six equal tokens after the difference, the nearest first."""
        end = self.following.i1 if self.following else len(self.compared.before)
        return self.compared.before[self.hunk.i2 : min(end, self.hunk.i2 + 6)]

    def before_words(self, *, around: int = 0) -> str:
        """The old words as written, with some equal ones on either side."""
        return _written(
            self.compared.before,
            self.compared.before_blanks,
            self.hunk.i1 - min(around, len(self.left)),
            self.hunk.i2 + min(around, len(self.right)),
        )

    def after_words(self, *, around: int = 0) -> str:
        """The new words as written, with some equal ones on either side."""
        return _written(
            self.compared.after,
            self.compared.after_blanks,
            self.hunk.j1 - min(around, len(self.left)),
            self.hunk.j2 + min(around, len(self.right)),
        )

    def blank_before(self) -> bool:
        """Whether a blank, or nothing, stands before the difference on both sides."""
        return all(
            at == 0 or bool(blanks[at])
            for at, blanks in (
                (self.hunk.i1, self.compared.before_blanks),
                (self.hunk.j1, self.compared.after_blanks),
            )
        )


def differences(
    compared: Redline,
    *,
    is_row: bool = False,
    reference_follows: Follows = never,
    footnote_follows: Follows = never,
) -> list[Difference]:
    """All smallest differences of a redline."""
    hunks = compared.hunks
    return [
        Difference(
            compared=compared,
            hunk=hunk,
            preceding=hunks[k - 1] if k else None,
            following=hunks[k + 1] if k + 1 < len(hunks) else None,
            is_row=is_row,
            reference_follows=reference_follows,
            footnote_follows=footnote_follows,
        )
        for k, hunk in enumerate(hunks)
    ]


def _written(tokens: tuple[str, ...], blanks: tuple[str, ...], start: int, end: int) -> str:
    return "".join(blanks[k] + tokens[k] for k in range(start, end)).strip()
