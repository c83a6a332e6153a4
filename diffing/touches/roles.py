"""In what part of a document a change stands, hence the role of what it names."""

from __future__ import annotations

import re

from archive.records import Change
from diffing.touches.own_codes import is_list_of_codes

_BY_UNIT = {
    "note": "note",
    "footnote": "note",
    "entry": "item",
    "category": "heading",
    "group": "heading",
    "title": "heading",
    "heading": "heading",
    "preamble": "preamble",
    "supplementary": "preamble",
    "amendment": "instruction",
    "table": "control-table",
    "header": "control-table",
    "item": "item",
    "row": "item",
    "paragraph": "item",
    "section": "item",
}
_BY_SLUG = (
    ("cross-reference", re.compile(r"related-controls|see-also|related-definitions|cross-reference")),
    ("control-table", re.compile(r"\.controls?\b|reason-for-control|country-chart|license-requirements|list-based|licen[sc]e-exceptions?|\.table|special-conditions")),
    ("note", re.compile(r"\bnote|technical-note|footnote|\.nb\b")),
    ("heading", re.compile(r"heading")),
)  # fmt: skip


def role_of(change: Change, work: str) -> str:
    """heading, item, note, cross-reference, control-table, preamble or instruction; "" where nothing tells."""
    if change.unit == "entry" and is_list_of_codes(work):
        return "heading"
    eid = change.new_eid or change.old_eid or ""
    units = [change.unit, *(place.unit for place in reversed(change.path))]
    for role, slug in _BY_SLUG:
        if slug.search(eid):
            return role
    for unit in units:
        if unit in ("preamble", "supplementary", "amendment", "note"):
            return _BY_UNIT[unit]
    return _BY_UNIT.get(change.unit, "")
