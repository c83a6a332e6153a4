"""The text of an edition, or of a part of it, in pieces that a page can carry: provisions in document order, rows of a list as tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from archive.records import Provision
from archive.sections import Place, Skeleton, provisions
from archive.store import Archive
from tocsin.web.skeletons import once

BUDGET = 170_000
"""Bytes of HTML, roughly, that the text of a page may take."""
LONGEST = 40_000
"""Characters of one provision that a page shows; the rest is in its JSON."""
_EACH = 330
_OUTLINE = 500
_ROWS = ("row", "header")
_ENTRIES = ("entry", "row")
_UNLISTED = (*_ROWS, "footnote")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """A provision with its words; ``depth`` below what the page is of; ``level`` of its heading (2 to 6), 0 without one. ``cells`` where it is a row of a table,
    which the first and the last of it begin and end; ``names`` are those of the columns where a header above the table names them."""

    provision: Provision
    depth: int
    level: int
    cells: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    begins: bool = False
    ends: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One page of a text: the ``page``-th of ``pages``."""

    leaves: tuple[Leaf, ...]
    page: int
    pages: int

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """The provisions on this page, whole, without children."""
        return tuple(leaf.provision for leaf in self.leaves)


def leaves(archive: Archive, of: Skeleton, root: int | None, *, page: int = 1) -> Text:
    """What stands at and below a place (None: everything), cut into pages at provisions."""
    pages = once(of, _all) if root is None else _cut(of, of.in_order(root))
    page = min(page, len(pages))
    chosen = pages[page - 1]
    heads = _heads(of, chosen)
    wanted = dict.fromkeys([*(place.address for _, place in chosen), *heads.values()])
    words = provisions(archive, of, list(wanted))
    return Text(leaves=_leaves(chosen, words, heads), page=page, pages=len(pages))


def _all(of: Skeleton) -> list[list[tuple[int, Place]]]:
    return _cut(of, of.everything)


def _cut(of: Skeleton, ordered: Sequence[tuple[int, Place]]) -> list[list[tuple[int, Place]]]:
    """Places in document order, cut into pages."""
    wide = 3 if of.edition.language.startswith(("ja", "zh", "ko")) else 1.1
    pages: list[list[tuple[int, Place]]] = [[]]
    spent = 0.0
    for depth, place in ordered:
        cost = _EACH + 3 * len(place.eid) + wide * min(place.size, LONGEST)
        if pages[-1] and spent + cost > BUDGET:
            pages.append([])
            spent = 0.0
        spent += cost
        pages[-1].append((depth, place))
    return pages


def outline(of: Skeleton) -> tuple[tuple[tuple[int, Place], ...], int, frozenset[tuple[str, str]]]:
    """The places that people find their way by, with their depths: as many levels as a page can carry, with how many places stand
    below them, and the numbers with headings that several of them have (every supplementary provision of a Japanese law is called the same)."""
    levels = Counter(depth for depth, _ in of.everything)
    shown, deepest = 0, 0
    for depth in sorted(levels):
        shown += levels[depth]
        if depth and shown > _OUTLINE:
            break
        deepest = depth
    kept = [
        (depth, place)
        for depth, place in of.everything
        if depth <= deepest and (depth == 0 or place.heading or place.num) and place.unit not in _UNLISTED
    ]
    shown_places = tuple(kept[: 3 * _OUTLINE])
    called = Counter((place.num, place.heading) for _, place in shown_places)
    twice = frozenset(name for name, number in called.items() if number > 1)
    return shown_places, len(of.places) - len(shown_places), twice


def _heads(of: Skeleton, chosen: Sequence[tuple[int, Place]]) -> dict[int, int]:
    """The header that names the columns of the entries under each parent: that of the table which encloses them, a list of persons by country."""
    found: dict[int, int] = {}
    for _, place in chosen:
        if place.unit not in _ENTRIES or place.heading or place.parent is None or place.parent in found:
            continue
        for above in reversed((*of.above(place), place)):
            head = next((one for one in of.below.get(above.parent, ()) if one.unit == "header"), None)
            if head is not None:
                found[place.parent] = head.address
                break
    return found


def _leaves(
    chosen: Sequence[tuple[int, Place]], words: dict[int, Provision], heads: dict[int, int]
) -> tuple[Leaf, ...]:
    made = []
    headed: list[int] = []  # depths of the headings that enclose
    cells = [_cells(place, words, heads) for _, place in chosen]
    for at, (depth, place) in enumerate(chosen):
        provision = words[place.address]
        while headed and headed[-1] >= depth:
            headed.pop()
        level = 0
        if provision.heading and place.unit not in _ROWS:
            headed.append(depth)
            level = min(len(headed) + 2, 6)
        own, names = cells[at]
        made.append(
            Leaf(
                provision=provision,
                depth=min(depth, 8),
                level=level,
                cells=own,
                names=names,
                begins=bool(own) and (at == 0 or not cells[at - 1][0] or chosen[at - 1][0] != depth),
                ends=bool(own)
                and (at + 1 == len(chosen) or not cells[at + 1][0] or chosen[at + 1][0] != depth),
                cut=len(provision.text) > LONGEST,
            )
        )
    return tuple(made)


def _cells(
    place: Place, words: dict[int, Provision], heads: dict[int, int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The cells of a row with the names of their columns: all of a row of a table, of an entry where a header names them. What a header names first
    may be what the entries stand under."""
    provision = words[place.address]
    text = provision.text[:LONGEST]
    head = heads.get(place.parent) if place.parent is not None and place.unit in _ENTRIES else None
    if place.heading or head is None or provision.applicability:
        return (tuple(text.split(" | ")), ()) if place.unit in _ROWS else ((), ())
    own, names = tuple(text.split(" | ")), tuple(words[head].text.split(" | "))
    if len(names) == len(own) + 1:
        names = names[1:]
    if len(own) > 1 and len(names) == len(own):
        return own, names
    return (own, ()) if place.unit in _ROWS else ((), ())
