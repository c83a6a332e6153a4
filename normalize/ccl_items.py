"""The labels of an entry's items: written out in full ("a.1.a.1.c."), a few without the final period ("z.2.a Commodities"), some
over a range ("b.-d. [Reserved]"). Those that print only their last level ("1.") are placed by ``normalize.ccl_partial``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

Path = tuple[str, ...]

_DEEPEST = 12
_LEVELS = r"[a-z](?:\.(?:\d{1,3}|[a-z]))*"
_WRITTEN = re.compile(rf"\.?(?P<path>{_LEVELS})(?P<close>\.*)(?=\s|$|[\"“‘'(\[A-Z])")
_BARE = re.compile(r"(?P<path>\d{1,3})(?P<close>\.)(?=\s|$)")
_RANGE = re.compile(
    rf"\.?(?P<path>{_LEVELS}|\d{{1,3}})\.?\s*(?:-|–|—|to|through|thru|and|,)\s*\.?(?P<last>{_LEVELS}|\d{{1,3}})\.?"
    r"(?=\s*[\[(]?reserved)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    rf"\.?(?P<path>{_LEVELS}|\d{{1,3}})\.?(?P<between>(?:\s*,\s*\.?(?:{_LEVELS}|\d{{1,3}})\.?)+)"
    rf"\s*,?\s*(?:and|or|&)\s*\.?(?P<last>{_LEVELS}|\d{{1,3}})\.?(?=\s*[\[(]?reserved)",
    re.IGNORECASE,
)


class Label(NamedTuple):
    """The label of an item as printed and its levels; ``last`` are the levels of a range's end, () for one item."""

    printed: str
    path: Path
    last: Path


def item_label(text: str) -> tuple[Label, str] | None:
    """The label that opens ``text`` and the words behind it, None where it opens with something else."""
    if not text or not (text[0].islower() or text[0].isdigit() or text[0] == "."):
        return None
    if "eserved" in text[-40:].lower() and (found := _RANGE.match(text) or _without_gap(text)):
        path, last = _levels(found["path"]), _levels(found["last"])
        if path and last and path[-1].isdigit() == last[-1].isdigit():
            return Label(found[0], path, last), text[found.end() :].strip()
    found = _WRITTEN.match(text) or _BARE.match(text)
    if found is None:
        return None
    path = _levels(found["path"])
    if not path or (len(path) == 1 and not found["close"]):
        return None  # the article "a" and abbreviations ("e.g.") are no labels
    return Label(found[0], path, ()), text[found.end() :].strip()


def _without_gap(text: str) -> re.Match[str] | None:
    """The labels of a reserved run that names each of its places: "b., c., and d. [Reserved]". None where one is left out."""
    if (found := _LISTED.match(text)) is None:
        return None
    part = _levels(found["path"])[-1:]
    for said in (*found["between"].split(",")[1:], found["last"]):
        following = _levels(said.strip().strip("."))[-1:]
        if not part or not following or following[0] != successor(part[0]):
            return None
        part = following
    return found


@lru_cache(maxsize=4096)
def _levels(said: str) -> Path:
    """The levels of a label, () where a letter follows a letter: no list numbers so, abbreviations do."""
    levels = tuple(said.lower().split("."))
    if len(levels) > _DEEPEST or any(
        a.isalpha() and b.isalpha() for a, b in zip(levels, levels[1:], strict=False)
    ):
        return ()
    return levels


class Sequence:
    """The items of one entry so far, their labels written out in full."""

    def __init__(self) -> None:
        self.path: Path = ()
        self._taken: set[Path] = set()

    def is_free(self, label: Label) -> bool:
        """Whether no item has this label yet."""
        return label.path not in self._taken

    def follows(self, label: Label) -> bool:
        """Whether the label is the one after the last item's on one of the open levels."""
        parent, part = label.path[:-1], label.path[-1]
        depth = len(parent)
        return (
            self.is_free(label)
            and len(self.path) > depth
            and self.path[:depth] == parent
            and part == successor(self.path[depth])
        )

    def take(self, path: Path, label: Label) -> None:
        """An item stands there; of a range every place up to its end is taken."""
        self._taken.add(path)
        self.path = path
        if not label.last:
            return
        part = path[-1]
        while order(part) < order(label.last[-1]):
            part = successor(part)
            self._taken.add((*path[:-1], part))
        self.path = (*path[:-1], part)


def successor(part: str) -> str:
    """The number or letter after this one; "" after z."""
    if part.isdigit():
        return str(int(part) + 1)
    return chr(ord(part) + 1) if part < "z" else ""


def order(part: str) -> tuple[int, str]:
    """A key that sorts numbers by value and letters by the alphabet."""
    return (int(part), "") if part.isdigit() else (0, part)


def common(paths: Iterable[Path]) -> Path:
    """The levels that all ``paths`` share from the first on."""
    found: Path | None = None
    for path in paths:
        if found is None:
            found = path
            continue
        depth = 0
        for ours, theirs in zip(found, path, strict=False):
            if ours != theirs:
                break
            depth += 1
        found = found[:depth]
    return found or ()
