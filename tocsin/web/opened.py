"""A digest opened for reading, cut into the pages that a telephone can carry. What was built of a week never changes, so it is cut once; a busy week tells
ten thousand changes, of which the pages are kept as bytes and only the one that is read is made of them again."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from pathlib import Path

import msgspec
from markupsafe import escape

from archive import digests
from archive.records import Change
from archive.store import Archive
from tocsin.digest.records import Act, Digest, Item, Jurisdiction, Step
from tocsin.digest.templating import undecided
from tocsin.digest.told import Telling, tellings

BUDGET = 150_000
"""Bytes of HTML, roughly, that the changes of one page may take."""
LONGEST = 20_000
"""Characters of one redline that a page shows; the files have all."""
NAMED = 20
"""How many undecided changes the first page names."""
_EACH, _MARKS = 1_600, 12
_opening = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A step of a digest on one page of it: under which jurisdiction and act, with those of its ``items`` that stand there. ``place`` and ``act`` are set
    where they begin, ``late`` where the late findings do. What stands in a list of its own is left out of the others: step, act and jurisdiction hold
    nothing below them."""

    step: Step
    items: tuple[Item, ...]
    place: Jurisdiction | None = None
    act: Act | None = None
    late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A digest page by page. ``digest`` holds all of it but its changes, of which there are as many as there were, each one empty; ``undecided`` are
    likewise only the first :data:`NAMED` whole. ``tellings`` are all its changes in the order in which they are told, ``begins`` says for each page which
    of them is the first there."""

    digest: Digest
    undecided: tuple[Item, ...]
    tellings: tuple[Telling, ...]
    begins: tuple[int, ...]
    pages: tuple[bytes, ...]

    def page(self, number: int) -> tuple[Told, ...]:
        """What stands on a page, counted from 1."""
        return _read(self.pages[number - 1])

    def items(self, orders: Sequence[int]) -> tuple[tuple[Item, Step], ...]:
        """Some of its changes whole, by their order among all, with their steps."""
        numbers = [bisect_right(self.begins, order) for order in orders]
        pages = {
            number: [(item, told.step) for told in self.page(number) for item in told.items]
            for number in set(numbers)
        }
        return tuple(
            pages[number][order - self.begins[number - 1]]
            for number, order in zip(numbers, orders, strict=True)
        )


_BLANK = Item(
    id="", citation="", name="", change=Change(kind="", materiality="", reason="", old_eid=None, new_eid=None)
)
_write = msgspec.msgpack.Encoder().encode
_read = msgspec.msgpack.Decoder(tuple[Told, ...]).decode


def content(archive: Archive, version: str) -> Digest:
    """A digest that is kept."""
    return msgspec.json.decode(digests.content_of(archive, version), type=Digest)


def kept(archive: Archive, version: str) -> Opened:
    """A digest that is kept, opened; the last ones stay open."""
    with _opening:  # who asks for the same meanwhile waits for it, instead of doing it once more
        return _kept(archive.folder, version)


@lru_cache(maxsize=3)
def _kept(folder: Path, version: str) -> Opened:
    with Archive.open(folder, read_only=True) as archive:
        return opened(content(archive, version))


def opened(digest: Digest) -> Opened:
    """A digest cut into pages."""
    pages = list(_pages(digest))
    named = undecided(digest)
    return Opened(
        digest=_without_items(digest),
        undecided=(*named[:NAMED], *(_BLANK,) * len(named[NAMED:])),
        tellings=tellings(digest),
        begins=(0, *accumulate(sum(len(told.items) for told in page) for page in pages[:-1])),
        pages=tuple(map(_write, pages)),
    )


def _without_items(digest: Digest) -> Digest:
    return replace(
        digest,
        jurisdictions=tuple(
            replace(place, acts=tuple(replace(act, steps=_blank(act.steps)) for act in place.acts))
            for place in digest.jurisdictions
        ),
        late=_blank(digest.late),
    )


def _blank(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    return tuple(replace(step, items=(_BLANK,) * len(step.items)) for step in steps)


def _pages(digest: Digest) -> Iterator[tuple[Told, ...]]:
    """The steps of a digest cut into pages; one at least."""
    page: list[Told] = []
    left = BUDGET
    for told in _steps(digest):
        begin = 0
        for at, item in enumerate(told.items):
            if left <= 0:
                if at > begin:
                    page.append(_part(told, begin, at))
                yield tuple(page)
                page, begin, left = [], at, BUDGET
            left -= _cost(item)
        page.append(_part(told, begin, len(told.items)))
    yield tuple(page)


def _part(told: Told, begin: int, end: int) -> Told:
    """What of a step stands on a page: the headings above it where it begins."""
    if begin == 0:
        return replace(told, items=told.items[:end])
    return Told(step=told.step, items=told.items[begin:end])


def _steps(digest: Digest) -> Iterator[Told]:
    for place in digest.jurisdictions:
        first_of_place: Jurisdiction | None = replace(place, acts=())
        for act in place.acts:
            first_of_act: Act | None = replace(act, steps=())
            for step in act.steps:
                yield Told(
                    step=replace(step, items=()), items=step.items, place=first_of_place, act=first_of_act
                )
                first_of_place = first_of_act = None
    for at, step in enumerate(digest.late):
        yield Told(step=replace(step, items=()), items=step.items, late=at == 0)


def _cost(item: Item) -> int:
    """The bytes of HTML that a change takes, roughly."""
    ops = item.change.ops or (("=", item.change.text_after),)
    left, spent = LONGEST, _EACH
    for _, text in ops:
        spent += _MARKS + len(escape(text[:left]).encode())
        left = max(0, left - len(text))
    return spent
