"""Long redlines made short without hiding that they were: equal text is folded, and what is cut says how much is missing."""

from __future__ import annotations

from dataclasses import replace

from alerts.language import ENGLISH, Texts
from archive.records import Change, Operation

KEEP = 150
"""Characters of unchanged text that stay on each side of a changed word."""
LONGEST = 6_000
"""Characters of one inserted or deleted run that a message carries; the rest is on the page of the change."""
_NOTICE = 40
"""Characters that a notice takes: less is not worth folding twice."""


def folded(
    change: Change, *, keep: int = KEEP, longest: int = LONGEST, say: Texts = ENGLISH
) -> tuple[Change, int]:
    """The change with its long unchanged runs folded and its longest runs cut, and how many changed characters were cut.

    A fold says how much it hides, and so does a cut. The texts of the result follow its operations.
    """
    ops: list[Operation] = []
    cut = 0
    for at, (sign, text) in enumerate(change.ops):
        if sign == "=":
            first, last = at == 0, at == len(change.ops) - 1
            head = 2 * keep if first and last else 0 if first else keep
            ops.append((sign, _fold(text, head, 0 if last else keep, say)))
        elif len(text) > longest:
            end = _border(text, longest)
            cut += len(text) - end
            notice = say("[… {number} characters more not shown here …]", number=len(text) - end)
            ops.append((sign, f"{text[:end]} {notice}"))
        else:
            ops.append((sign, text))
    if tuple(ops) == change.ops:
        return change, 0
    return (
        replace(
            change,
            ops=tuple(ops),
            text_before="".join(text for sign, text in ops if sign != "+"),
            text_after="".join(text for sign, text in ops if sign != "-"),
        ),
        cut,
    )


def _fold(text: str, head: int, tail: int, say: Texts) -> str:
    if len(text) <= head + tail + 2 * _NOTICE:
        return text
    start = _border(text, head)
    end = len(text) - _border(text[::-1], tail)
    notice = say("[… {number} characters unchanged …]", number=end - start)
    return f"{text[:start]} {notice} {text[end:]}"


def _border(text: str, at: int) -> int:
    """The last blank at or before ``at``, so that no word is torn; ``at`` itself in a text without blanks near."""
    blank = max(text.rfind(mark, max(0, at - 60), at) for mark in " \n")
    return blank + 1 if blank >= 0 else at
