"""Editions that print only a part of their work: what they print counts, the rest stands as it stood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from archive.errors import UnreadableDocument
from archive.trees import Standing


def whole(before: Sequence[Standing], printed: Sequence[Standing], scope: Iterable[str]) -> list[Standing]:
    """The whole text after an edition that prints only ``scope`` (eids with all that is under them), in document order.

    What is printed replaces what has its eid; what is not printed is gone inside the scope and stays outside of it, at its place. A part
    that is printed without what encloses it stays where it stood. ``before`` is in document order. Raises ``UnreadableDocument`` for a name
    of the scope that is the eid of nothing, and for a part that cannot be put into what stands: nobody could tell then what is gone.
    """
    roots = frozenset(scope)
    names = {standing.eid for standing in printed}
    held_under = {standing.eid: standing.parent for standing in before}
    if unknown := roots - names - held_under.keys():
        raise UnreadableDocument(
            f"its scope names {', '.join(sorted(unknown))}, the eid of no provision",
            mend="Name the scope by eids",
        )
    inside: set[str] = set()
    for standing in before:
        if standing.eid in roots or standing.parent in inside:
            inside.add(standing.eid)
    gone = inside - names
    now = {}
    for standing in printed:
        place = standing.parent or held_under.get(standing.eid, "")
        now[standing.eid] = standing._replace(parent="" if place in gone else place)
    merged: dict[str, Standing] = {}
    children: dict[str, list[str]] = {"": []}
    for standing in before:
        if standing.eid in gone:
            continue
        merged[standing.eid] = now.get(standing.eid, standing)
        # Inside the scope the printed order counts, outside of it the held one.
        if merged[standing.eid].parent == standing.parent and standing.parent not in inside:
            children.setdefault(standing.parent, []).append(standing.eid)
    previous: dict[str, str] = {}
    for standing in now.values():
        siblings = children.setdefault(standing.parent, [])
        if standing.eid not in merged or standing.eid not in siblings:
            merged[standing.eid] = standing
            earlier = previous.get(standing.parent)
            siblings.insert(siblings.index(earlier) + 1 if earlier else 0, standing.eid)
        previous[standing.parent] = standing.eid
    ordered = _in_document_order(merged, children)
    if len(ordered) != len(merged):
        lost = sorted(merged.keys() - {standing.eid for standing in ordered})
        raise UnreadableDocument(
            f"what it prints encloses what encloses it ({', '.join(lost[:5])})", mend="Print the whole work"
        )
    return ordered


def _in_document_order(merged: dict[str, Standing], children: dict[str, list[str]]) -> list[Standing]:
    ordered: list[Standing] = []
    stack = list(reversed(children[""]))
    while stack:
        eid = stack.pop()
        ordered.append(merged[eid])
        stack += reversed(children.get(eid, ()))
    return ordered
