"""What the first words of a paragraph could be: the label of a block, that of an item, the heading of a note.

Half of the paragraphs of the list that are no items say the same as another ("License Requirements", "GBS: N/A"), so what such a
text could be is kept.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from normalize.ccl_blocks import ITEMS, LIST_OF_ITEMS, Found, block_label, unfused
from normalize.ccl_items import Label, item_label
from normalize.ccl_notes import NoteHeading, note_heading


class Opening(NamedTuple):
    """A paragraph, or one of several that a line holds: what its first words could be, and the ``words`` behind a label. One ``behind`` the
    label of a block is set upright, whatever the label is set in."""

    text: str
    block: Found | None = None
    head: NoteHeading | None = None
    label: Label | None = None
    words: str = ""
    behind: bool = False


def openings(text: str) -> tuple[Opening, ...]:
    """The paragraphs of a line with this text: one, but for blocks run together and an item in the line of its block's label."""
    if labelled := item_label(text):
        return (Opening(text, None, None, *labelled),)
    return _openings_of_no_item(text)


@lru_cache(maxsize=1024)
def _openings_of_no_item(text: str) -> tuple[Opening, ...]:
    parts = unfused(text)
    if len(parts) > 1:
        return tuple([opening for part in parts for opening in openings(part)])
    block = block_label(text)
    if block is None:
        return (Opening(text, None, note_heading(text), None, text),)
    behind = item_label(block.rest) if block.block.key in (ITEMS, LIST_OF_ITEMS) else None
    if behind is None:
        return (Opening(text, block, None, None, block.rest),)
    return (
        Opening(text, block._replace(rest="")),
        Opening(block.rest, None, None, *behind, behind=True),
    )
