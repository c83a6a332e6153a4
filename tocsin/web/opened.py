"""A digest opened for reading, cut into the pages that a telephone can carry. What was built of a week never changes, so it is cut once; a busy week tells
ten thousand changes: they stay as they are written, and whole is made only of those of the page that somebody reads."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

import msgspec
from markupsafe import escape

from archive import digests
from archive.records import Change, Operation
from archive.store import Archive
from tocsin.digest.records import Act, Digest, Item, Jurisdiction, Review, Step
from tocsin.digest.told import Telling

BUDGET = 150_000
"""Bytes of HTML, roughly, that the changes of one page may take."""
LONGEST = 20_000
"""Characters of one redline that a page shows; the files have all."""
NAMED = 20
"""How many undecided changes the first page names."""
_EACH, _MARKS = 1_600, 12
_opening = threading.Lock()
Made = TypeVar("Made")


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


@dataclass(frozen=True, slots=True)
class _Part:
    """The same, its changes as they are written."""

    told: Told
    written: tuple[bytes, ...]

    def whole(self) -> Told:
        """With its changes."""
        return replace(self.told, items=tuple(map(_item, self.written)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A digest page by page. ``digest`` holds all of it but its changes, of which there are as many as there were, each one empty; ``undecided`` are
    likewise only the first :data:`NAMED` whole. ``tellings`` are all its changes in the order in which they are told, ``begins`` says for each page which
    of them is the first there."""

    digest: Digest
    undecided: tuple[Item, ...]
    tellings: tuple[Telling, ...]
    begins: tuple[int, ...]
    pages: tuple[tuple[_Part, ...], ...]

    def page(self, number: int) -> tuple[Told, ...]:
        """What stands on a page, counted from 1."""
        return tuple(part.whole() for part in self.pages[number - 1])

    def items(self, orders: Sequence[int]) -> tuple[tuple[Item, Step], ...]:
        """Some of its changes whole, by their order among all, with their steps."""
        return tuple(self._item(order) for order in orders)

    def _item(self, order: int) -> tuple[Item, Step]:
        number = bisect_right(self.begins, order)
        at = order - self.begins[number - 1]
        for part in self.pages[number - 1]:
            if at < len(part.written):
                return _item(part.written[at]), part.told.step
            at -= len(part.written)
        raise IndexError(order)


_BLANK = Item(
    id="", citation="", name="", change=Change(kind="", materiality="", reason="", old_eid=None, new_eid=None)
)


# ── a digest as it is written: of its changes only what the cutting needs is read ──────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step(Step):
    items: tuple[msgspec.Raw, ...] = ()  # type: ignore[assignment]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act(Act):
    steps: tuple[_Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Jurisdiction(Jurisdiction):
    acts: tuple[_Act, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Digest(Digest):
    jurisdictions: tuple[_Jurisdiction, ...]
    late: tuple[_Step, ...]


class _Redline(msgspec.Struct, frozen=True, gc=False):
    """Of a change where it is, and its words."""

    old_eid: str | None
    new_eid: str | None
    ops: tuple[Operation, ...] = ()
    text_after: str = ""


class _Brief(msgspec.Struct, frozen=True, gc=False):
    id: str
    citation: str
    change: _Redline
    review: Review | None = None


_item = msgspec.json.Decoder(Item).decode
_brief = msgspec.json.Decoder(_Brief).decode


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
        return _opened(digests.content_of(archive, version))


def opened(digest: Digest) -> Opened:
    """A digest cut into pages."""
    return _opened(msgspec.json.encode(digest))


def _opened(written: str | bytes) -> Opened:
    digest = msgspec.json.decode(written, type=_Digest)
    told = [(one, raws, tuple(map(_brief, raws))) for one, raws in _steps(digest)]
    pages = list(_pages(told))
    wanted = frozenset(digest.reviews.undecided)
    named = [
        raw for _, raws, briefs in told for raw, one in zip(raws, briefs, strict=True) if one.id in wanted
    ]
    return Opened(
        digest=_without_items(digest),
        undecided=(*map(_item, named[:NAMED]), *(_BLANK,) * len(named[NAMED:])),
        tellings=tuple(_telling(told.step.transition, one) for told, _, briefs in told for one in briefs),
        begins=(0, *accumulate(sum(len(part.written) for part in page) for page in pages[:-1])),
        pages=tuple(pages),
    )


def _telling(transition: str, one: _Brief) -> Telling:
    return Telling(
        change=one.id,
        transition=transition,
        eids=(one.change.old_eid, one.change.new_eid),
        citation=one.citation,
        review=one.review,
    )


def _without_items(digest: _Digest) -> Digest:
    return _as(
        Digest,
        digest,
        jurisdictions=tuple(
            _as(Jurisdiction, place, acts=tuple(_as(Act, act, steps=_blank(act.steps)) for act in place.acts))
            for place in digest.jurisdictions
        ),
        late=_blank(digest.late),
    )


def _blank(steps: tuple[_Step, ...]) -> tuple[Step, ...]:
    return tuple(_as(Step, step, items=(_BLANK,) * len(step.items)) for step in steps)


def _as(kind: type[Made], one: Made, **other: object) -> Made:
    """A record of a kind with what another one says, and some of it otherwise."""
    said = {each.name: getattr(one, each.name) for each in fields(kind)}  # type: ignore[arg-type]
    return kind(**said | other)


_Cut = tuple[Told, Sequence[msgspec.Raw], Sequence[_Brief]]
"""A step without its changes, and these as they are written and as far as they are read."""


def _pages(cut: Sequence[_Cut]) -> Iterator[tuple[_Part, ...]]:
    """The steps of a digest cut into pages; one at least."""
    page: list[_Part] = []
    left = BUDGET
    for told, raws, briefs in cut:
        begin = 0
        for at, one in enumerate(briefs):
            if left <= 0:
                if at > begin:
                    page.append(_part(told, raws, begin, at))
                yield tuple(page)
                page, begin, left = [], at, BUDGET
            left -= _cost(one.change)
        page.append(_part(told, raws, begin, len(raws)))
    yield tuple(page)


def _part(told: Told, raws: Sequence[msgspec.Raw], begin: int, end: int) -> _Part:
    """What of a step stands on a page: the headings above it where it begins."""
    return _Part(Told(step=told.step, items=()) if begin else told, tuple(map(bytes, raws[begin:end])))


def _steps(digest: _Digest) -> Iterator[tuple[Told, Sequence[msgspec.Raw]]]:
    for place in digest.jurisdictions:
        first_of_place: Jurisdiction | None = _as(Jurisdiction, place, acts=())
        for act in place.acts:
            first_of_act: Act | None = _as(Act, act, steps=())
            for step in act.steps:
                plain = _as(Step, step, items=())
                yield Told(step=plain, items=(), place=first_of_place, act=first_of_act), step.items
                first_of_place = first_of_act = None
    for at, step in enumerate(digest.late):
        yield Told(step=_as(Step, step, items=()), items=(), late=at == 0), step.items


def _cost(change: _Redline) -> int:
    """The bytes of HTML that a change takes, roughly."""
    left, spent = LONGEST, _EACH
    for _, text in change.ops or (("=", change.text_after),):
        spent += _MARKS + len(escape(text[:left]).encode())
        left = max(0, left - len(text))
    return spent
