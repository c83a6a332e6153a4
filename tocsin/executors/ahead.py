"""The pure work on captures, done before the writer comes to them: all are read, then each is compared with what will stand before and after it.

Which pairs the writer will ask for is a forecast out of what the archive holds and what is under way. Where it fails (an edition was held back, the
groups of countries changed meanwhile), the writer's question has no answer here, and he works it out himself.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TypeVar

from archive import editions
from archive.errors import TocsinError
from archive.records import Capture, Expression, Reading
from archive.store import Archive
from diffing.touches.reference import Reference
from tocsin.executors import tasks
from tocsin.executors.answers import NOTHING, Answers, Prepared
from tocsin.executors.protocol import Executor, in_order
from tocsin.executors.tasks import Document, Pair
from tocsin.hints import hints_of
from tocsin.reference import NOTHING_OWN, REFERENCE_WORKS, reference_on
from tocsin.steps import is_withdrawn

X = TypeVar("X")
Found = Reading | TocsinError | None
"""A reading, or what its reader raised; None where it is to be read here."""

_UNDER_WAY = 32
"""Of how many works the newest edition under way is remembered, packed: of others the archive is asked."""

_OTHER_CODE = "a worker has another version of the program: what it made is made anew here"


def read_in_order(
    executor: Executor, documents: Iterable[tuple[X, Document | None]]
) -> Iterator[tuple[X, Found]]:
    """What stands beside each document, with what its reader made of it; None for all where there are no workers."""
    if not executor.ahead:
        yield from ((beside, None) for beside, _ in documents)
        return
    for beside, made in in_order(executor, tasks.read_document, documents):
        if made is None or not _is_ours(executor, made.made_by):
            yield beside, None
        elif made.error is not None or made.rest is None:
            yield beside, made.error
        else:
            yield beside, replace(made.rest, expressions=tuple(map(tasks.unpacked, made.expressions)))


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
        read = read_in_order(self.executor, to_read)
        yield from self._compared((beside, source, found) for (beside, source), found in read)

    def compared(self, readings: Iterable[tuple[X, Capture, Reading]]) -> Iterator[tuple[X, Prepared]]:
        """The same for captures that were read before."""
        if not self.executor.ahead:
            yield from ((beside, Prepared(reading=reading)) for beside, _, reading in readings)
            return
        yield from self._compared((beside, capture.source, reading) for beside, capture, reading in readings)

    def _compared(self, read: Iterable[tuple[X, str, Found]]) -> Iterator[tuple[X, Prepared]]:
        pairs = (
            ((beside, found, asked := self._pairs(source, found)), tuple(pair for pair, _ in asked) or None)
            for beside, source, found in read
        )
        for (beside, found, asked), made in in_order(self.executor, tasks.compare_pairs, pairs):
            answers = (
                (pair, reference, one)
                for (pair, reference), one in zip(asked, made or (), strict=made is not None)
                if _is_ours(self.executor, one.made_by)
            )
            yield beside, Prepared(reading=found, answers=Answers(answers))

    def _pairs(self, source: str, found: Found) -> list[tuple[Pair, Reference]]:
        """The comparisons that the writer will want of a reading."""
        if not isinstance(found, Reading):
            return []
        pairs = []
        for expression in found.expressions:
            try:
                said = tasks.packed(expression)
            except UnicodeEncodeError:  # it will be held
                continue
            if expression.work in REFERENCE_WORKS:
                self._references.clear()
            before, after = self._before(expression), self._after(expression)
            if before is not None:
                pairs.append(self._pair(before, said, expression, source, expression.as_of))
            if after is not None:
                pairs.append(self._pair(said, after[1], expression, source, after[0]))
            self._newest[expression.work, expression.language] = (expression.as_of, said)
            self._newest.move_to_end((expression.work, expression.language))
            if len(self._newest) > _UNDER_WAY:
                self._newest.popitem(last=False)
        return pairs

    def _pair(
        self, before: bytes, after: bytes, expression: Expression, source: str, on: date
    ) -> tuple[Pair, Reference]:
        if on not in self._references:
            if len(self._references) > _UNDER_WAY:
                self._references.clear()
            reference = reference_on(self.archive, on, own=self.own)
            self._references[on] = (reference, tasks.packed_reference(reference))
        reference, said = self._references[on]
        pair = Pair(
            before=before,
            after=after,
            work=expression.work,
            source=source,
            language=expression.language,
            reference=said,
        )
        return pair, reference

    def _before(self, expression: Expression) -> bytes | None:
        """The edition that will stand before: one under way, or the one that the archive has."""
        work, language, day = expression.work, expression.language, expression.as_of
        held = editions.edition_at(self.archive, work, on=day, language=language)
        newest = self._newest.get((work, language))
        if newest and newest[0] <= day and (held is None or held.edition.as_of <= newest[0]):
            return newest[1]
        return self._packed(work, language, day) if held else None

    def _after(self, expression: Expression) -> tuple[date, bytes] | None:
        """The edition that the archive has after this one, with its day."""
        held = editions.editions(self.archive, expression.work, language=expression.language)
        following = next((edition for edition in held if edition.as_of > expression.as_of), None)
        if following is None:
            return None
        if self._next is None or self._next[0] != following.id:
            said = self._packed(expression.work, expression.language, following.as_of)
            self._next = (following.id, said) if said else None
        return (following.as_of, self._next[1]) if self._next else None

    def _packed(self, work: str, language: str, day: date) -> bytes | None:
        found = editions.expression(self.archive, work, language=language, on=day)
        return tasks.packed(found) if found else None


def _is_ours(executor: Executor, made_by: str) -> bool:
    if made_by == tasks.code():
        return True
    if _OTHER_CODE not in executor.notes:
        executor.notes.append(_OTHER_CODE)
    return False


def _document(capture: Capture | None) -> Document | None:
    """The task of reading a capture; none for an answer in the place of a document."""
    if capture is None or is_withdrawn(capture):
        return None
    return Document(source=capture.source, body=capture.body, hints=hints_of(capture))
