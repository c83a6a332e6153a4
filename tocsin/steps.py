"""What happened from one edition of a work to the next: its words, and its document as a whole (moved, withdrawn, there again)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from archive import editions
from archive.editions import Edition
from archive.records import Change, Expression
from archive.store import Archive
from diffing.moved import document_moved
from diffing.withdrawn import document_returned, document_withdrawn
from tocsin.comparison import compared

WITHDRAWN = "withdrawn"
"""The key in a capture's meta that says that its bytes are the publisher's answer in the place of the document; its value says how that is known."""


class Fetched(Protocol):
    """What is asked of a capture, or of its row."""

    @property
    def url(self) -> str: ...
    @property
    def meta(self) -> Mapping[str, object]: ...


Compare = Callable[[Expression, Expression], tuple[Change, ...]]
"""What changed from one edition to another: ``compared``, or who has its answers ready."""


def is_withdrawn(capture: Fetched) -> bool:
    """Whether a capture is the answer that stands in the place of a withdrawn document."""
    return bool(capture.meta.get(WITHDRAWN))


def changes_between(
    archive: Archive,
    before: Edition,
    capture: Fetched,
    earlier: Expression,
    later: Expression,
    *,
    compare: Compare = compared,
) -> tuple[Change, ...]:
    """What changed from an edition that is held, whose text is ``earlier``, to ``later``, which was read from ``capture``."""
    if is_withdrawn(capture):
        said = str(capture.meta[WITHDRAWN])
        return (document_withdrawn(earlier, said=said),) if earlier.provisions else ()
    if later.provisions and is_withdrawn(editions.capture_row(archive, before.capture_id)):
        standing = _standing(archive, before, later)
        found = (document_returned(later), *(compare(standing, later) if standing else ()))
    else:
        found = compare(earlier, later)
    if moved_from := capture.meta.get("moved_from"):
        found = (document_moved(later, before=str(moved_from), after=capture.url), *found)
    return found


def _standing(archive: Archive, withdrawn: Edition, later: Expression) -> Expression | None:
    """The text that stood last before a withdrawal."""
    for edition in reversed(editions.editions(archive, withdrawn.work, language=later.language)):
        if edition.as_of < withdrawn.as_of:
            found = editions.expression(archive, withdrawn.work, language=later.language, on=edition.as_of)
            if found is not None and found.provisions:
                return found
    return None
