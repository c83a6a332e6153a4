"""The pure work on captures, done before the writer comes to them: all are read, then each is compared with what will stand before and after it.

Which pairs the writer will ask for is a forecast out of what the archive holds and what is under way. Where it fails (an edition was held back, the
groups of countries changed meanwhile), the writer's question has no answer here, and he works it out himself.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import TypeVar

from archive import editions
from archive.errors import TocsinError
from archive.records import Capture, Reading
from archive.store import Archive
from diffing.touches.reference import Reference
from tocsin.executors import tasks
from tocsin.executors.answers import NOTHING, Answers, Prepared
from tocsin.executors.divided import Divided
from tocsin.executors.protocol import Executor, Window, WorkLost, begun_in_turn, in_order, note
from tocsin.executors.tasks import Compared, Document, Packed, Pair, Read
from tocsin.hints import hints_of
from tocsin.reference import NOTHING_OWN, REFERENCE_WORKS, reference_on
from tocsin.steps import is_withdrawn

X = TypeVar("X")
Found = Reading | TocsinError | None
"""A reading, or what its reader raised; None where it is to be read here."""

_REMEMBERED = 32_000_000
"""Bytes of packed editions under way that are remembered, the newest of each work: of others the archive is asked."""

_READ = 2.5
"""How many bytes are held for each of a document that is read: its own, and those of its reading (measured: 1.4 to 1.6)."""

_DAYS = 32
"""Of how many days the reference is remembered."""

_OTHER_CODE = "a worker has another version of the program: what it made is made anew here"
_OTHER_ALIGNMENT = "two workers aligned the same editions differently: what they made is made anew here"


def read_in_order(
    executor: Executor, documents: Iterable[tuple[X, Document | None]]
) -> Iterator[tuple[X, Found]]:
    """What stands beside each document, with what its reader made of it; None for all where there are no workers."""
    for beside, made in _read(executor, documents, Window()):
        yield beside, made.reading() if made else None


def _read(
    executor: Executor, documents: Iterable[tuple[X, Document | None]], window: Window
) -> Iterator[tuple[X, Read | None]]:
    """The same, as the workers packed it."""
    if not executor.ahead:
        yield from ((beside, None) for beside, _ in documents)
        return
    for beside, made in in_order(
        executor, tasks.read_document, documents, lambda one: int(_READ * len(one.body)), window
    ):
        yield beside, made if made is not None and _is_ours(executor, made.made_by) else None


class Ahead:
    """Has captures worked on by an executor. ``own`` holds the user's terms and counterparties."""

    def __init__(self, archive: Archive, executor: Executor, own: Reference = NOTHING_OWN) -> None:
        self.archive, self.executor, self.own = archive, executor, own
        self._newest: OrderedDict[tuple[str, str], tuple[date, bytes]] = OrderedDict()
        self._references: dict[date, tuple[Reference, bytes]] = {}
        self._next: tuple[int, bytes] | None = None

    def prepared(self, captures: Iterable[tuple[X, Capture | None]]) -> Iterator[tuple[X, Prepared]]:
        """What stands beside each capture, in order, with what was worked out of it; nothing where there is no capture."""
        if not self.executor.ahead:
            yield from ((beside, NOTHING) for beside, _ in captures)
            return
        to_read = (((beside, one.source if one else ""), _document(one)) for beside, one in captures)
        window = Window()
        yield from self._compared(
            (
                (beside, source, Prepared(found=found), found.expressions if found else ())
                for (beside, source), found in _read(self.executor, to_read, window)
            ),
            window,
        )

    def compared(self, readings: Iterable[tuple[X, Capture, Reading]]) -> Iterator[tuple[X, Prepared]]:
        """The same for captures that were read before."""
        if not self.executor.ahead:
            yield from ((beside, Prepared(found=reading)) for beside, _, reading in readings)
            return
        yield from self._compared(
            (
                (beside, capture.source, Prepared(found=reading), _boxed(reading))
                for beside, capture, reading in readings
            ),
            Window(),
        )

    def _compared(
        self, read: Iterable[tuple[X, str, Prepared, Iterable[Packed]]], window: Window
    ) -> Iterator[tuple[X, Prepared]]:
        pairs = (
            ((beside, found, asked := self._pairs(source, packed)), tuple(pair for pair, _ in asked) or None)
            for beside, source, found, packed in read
        )
        for (beside, found, asked), owed in begun_in_turn(
            self.executor, lambda all_of_it: Divided(self.executor, all_of_it), pairs, _size, window
        ):
            yield beside, replace(found, answers=Answers(self._owed(asked, owed) if owed else ()))

    def _owed(
        self, asked: list[tuple[Pair, Reference]], owed: Divided
    ) -> Iterator[tuple[Pair, Reference, Iterator[Compared]]]:
        for at, (pair, reference) in enumerate(asked):
            yield pair, reference, self._shares(owed, at)

    def _shares(self, owed: Divided, at: int) -> Iterator[Compared]:
        """The shares of a comparison, as they come. Raises ``WorkLost``, which is noted then, where one was, and where they do not belong together."""
        alignments = set()
        try:
            for share in owed.shares(at):
                alignments.add(share.aligned)
                if share.made_by != tasks.code():
                    raise WorkLost(_OTHER_CODE)
                if len(alignments) > 1:
                    raise WorkLost(_OTHER_ALIGNMENT)
                yield share
        except WorkLost as lost:
            note(self.executor, lost)
            raise

    def _pairs(self, source: str, read: Iterable[Packed]) -> list[tuple[Pair, Reference]]:
        """The comparisons that the writer will want of a reading."""
        pairs = []
        for edition in read:
            if edition.work in REFERENCE_WORKS:
                self._references.clear()
            before, after = self._before(edition), self._after(edition)
            if before is not None:
                pairs.append(self._pair(before, edition.said, edition, source, edition.as_of))
            if after is not None:
                pairs.append(self._pair(edition.said, after[1], edition, source, after[0]))
            self._remember(edition)
        return pairs

    def _remember(self, edition: Packed) -> None:
        newest = self._newest
        newest[edition.work, edition.language] = (edition.as_of, edition.said)
        newest.move_to_end((edition.work, edition.language))
        while len(newest) > 1 and sum(len(said) for _, said in newest.values()) > _REMEMBERED:
            newest.popitem(last=False)

    def _pair(
        self, before: bytes, after: bytes, edition: Packed, source: str, on: date
    ) -> tuple[Pair, Reference]:
        if on not in self._references:
            if len(self._references) > _DAYS:
                self._references.clear()
            reference = reference_on(self.archive, on, own=self.own)
            self._references[on] = (reference, tasks.packed_reference(reference))
        reference, said = self._references[on]
        pair = Pair(
            before=before,
            after=after,
            work=edition.work,
            source=source,
            language=edition.language,
            reference=said,
        )
        return pair, reference

    def _before(self, edition: Packed) -> bytes | None:
        """The edition that will stand before: one under way, or the one that the archive has."""
        work, language, day = edition.work, edition.language, edition.as_of
        held = editions.edition_at(self.archive, work, on=day, language=language)
        newest = self._newest.get((work, language))
        if newest and newest[0] <= day and (held is None or held.edition.as_of <= newest[0]):
            return newest[1]
        return tasks.packed(editions.text_of(self.archive, held)) if held else None

    def _after(self, edition: Packed) -> tuple[date, bytes] | None:
        """The edition that the archive has after this one, with its day."""
        held = editions.editions(self.archive, edition.work, language=edition.language)
        following = next((one for one in held if one.as_of > edition.as_of), None)
        if following is None:
            return None
        if self._next is None or self._next[0] != following.id:
            said = self._packed(edition.work, edition.language, following.as_of)
            self._next = (following.id, said) if said else None
        return (following.as_of, self._next[1]) if self._next else None

    def _packed(self, work: str, language: str, day: date) -> bytes | None:
        found = editions.expression(self.archive, work, language=language, on=day)
        return tasks.packed(found) if found else None


def _is_ours(executor: Executor, made_by: str) -> bool:
    if made_by == tasks.code():
        return True
    note(executor, WorkLost(_OTHER_CODE))
    return False


def _boxed(reading: Reading) -> Iterator[Packed]:
    for expression in reading.expressions:
        with suppress(UnicodeEncodeError):  # it will be held
            yield tasks.boxed(expression)


def _size(pairs: tuple[Pair, ...]) -> int:
    return sum(len(pair.before) + len(pair.after) for pair in pairs)


def _document(capture: Capture | None) -> Document | None:
    """The task of reading a capture; none for an answer in the place of a document."""
    if capture is None or is_withdrawn(capture):
        return None
    return Document(source=capture.source, body=capture.body, hints=hints_of(capture))
