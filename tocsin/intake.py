"""One capture, from its bytes to what people are owed: archive, read, weigh, publish or hold, compare, touch, match, enqueue.

The bytes are in the archive before any code of ours reads them. All that follows from a capture (its editions, the changes they bring, the
messages owed for them) is written in one transaction: after a crash it is all there, or the capture waits to be taken in again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from alerts.match import WatchIndex, match
from alerts.messages import Context, deliveries_for
from archive import changes, editions, outbox, queries
from archive.editions import CaptureRow, Edition
from archive.errors import StorageFailed, TocsinError
from archive.evidence import evidence_of
from archive.records import Capture, Change, Expression, Reading, StoredChange, Transition
from archive.shared_scope import statement
from archive.store import Archive
from archive.uncollected import uncollected
from diffing.engine import document_appeared
from diffing.touches.reference import Reference
from normalize import reading as readers
from tocsin import gate, rederive
from tocsin.events import threaded
from tocsin.executors.answers import Answers
from tocsin.hints import hints_of
from tocsin.steps import changes_between, is_withdrawn
from tocsin.transitions import between, to_capture

PUBLISHED, UNCHANGED, HELD = "published", "unchanged", "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of a capture. ``outcome`` is ``published``, ``unchanged`` or ``held``; ``reasons`` say why it is held; ``warnings`` what a
    person should know of it all the same; ``changes`` is what changed, ``owed`` how many messages follow from it."""

    outcome: str
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    changes: tuple[StoredChange, ...] = ()
    owed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """Takes captures into an archive. ``seen_from`` is the day from which a document is news, None while a source runs for the first
    time (docs/adr/0004); ``sure`` says that a person vouches for the text, so that shrinkage only warns; ``told`` is what people hear of: the
    ``news``, ``nothing``, or ``all`` that changed, history included; ``own`` holds the user's terms and counterparties, ``answers`` what was compared ahead of it."""

    archive: Archive
    run: int
    now: datetime
    watches: WatchIndex
    context: Context
    seen_from: date | None = None
    sure: bool = False
    told: str = "news"
    own: Reference = Reference()
    answers: Answers = field(default_factory=Answers)

    def take(self, capture: Capture, read: Reading | TocsinError | None = None) -> Taken:
        """Take one capture in. ``read`` is its reading, or what its reader raised, where it was read before (the neutral form, a file of a person, a
        worker)."""
        row = editions.record_capture(self.archive, self.run, capture)
        if row.state in ("published", "rejected"):
            return Taken(outcome=UNCHANGED)
        # The row knows an inventory that came with an earlier fetch of the same bytes.
        capture = replace(capture, inventory=row.inventory)
        if is_withdrawn(capture):
            return self._withdraw(capture, row)
        try:
            read = read or readers.read(capture.source, capture.body, hints_of(capture))
            if isinstance(read, TocsinError):
                raise read
            # A quarter of the writer's time went into looking for cycles among provisions and changes, of which there are none.
            with uncollected():
                return self._weigh(capture, row, read)
        except StorageFailed:  # it says nothing of the document: that waits to be taken in again
            raise
        except TocsinError as error:
            return self._hold(row, (error.line(),))

    def _weigh(self, capture: Capture, row: CaptureRow, read: Reading) -> Taken:
        standing = self._before(capture, read)
        before = {expression.work: expression for expression in standing.values()}
        doubts = gate.reasons_to_hold(
            read,
            before=() if self.sure else tuple(before.values()),
            inventory=capture.inventory,
            leftover_limit=leftover_limit(capture.source),
        )
        if not self.sure:
            doubts += _doubts(capture)
        if doubts:
            return self._hold(row, doubts)
        warnings = [f"{remark.place}: {remark.message}" for remark in read.remarks]
        warnings += _left_out(read, before)
        if self.sure:
            after = {expression.work: expression for expression in read.expressions}
            for earlier in before.values():
                warnings += gate.shrinkage(earlier, after.get(earlier.work))
        vanished = [
            replace(earlier, as_of=capture.as_of, provisions=())
            for earlier in before.values()
            if all(expression.work != earlier.work for expression in read.expressions)
        ]
        if capture.meta.get("stands_in") and not vanished and self._is_same_text(read, before):
            return Taken(outcome=UNCHANGED, warnings=tuple(warnings))
        return self._publish(capture, row, (*read.expressions, *vanished), warnings, standing)

    def _publish(
        self,
        capture: Capture,
        row: CaptureRow,
        expressions: Sequence[Expression],
        warnings: Sequence[str],
        standing: Mapping[int, Expression],
    ) -> Taken:
        news: list[StoredChange] = []
        owed = 0
        self.answers.gather()  # others who want to write need not wait for workers
        with self.archive.transaction():
            known = bool(queries.works_of_document(self.archive, capture.source, capture.document))
            for expression in expressions:
                for stored, is_news in self._edition(
                    capture, row, expression, standing, known_document=known
                ):
                    news += stored
                    owed += (
                        self._owe(stored) if self.told == "all" or (is_news and self.told == "news") else 0
                    )
        return Taken(outcome=PUBLISHED, warnings=tuple(warnings), changes=tuple(news), owed=owed)

    def _withdraw(self, capture: Capture, row: CaptureRow) -> Taken:
        """The works of a document that its publisher took down have no text from that day on; what they said stays as history."""
        works = queries.works_of_document(self.archive, capture.source, capture.document)
        texts = (self._text(work, None, capture.as_of) for work in works)
        emptied = [
            replace(text, as_of=capture.as_of, provisions=(), facts=(), scope=())
            for text in texts
            if text is not None
        ]
        if not emptied:
            return self._hold(row, ("it is said to be withdrawn, and nothing of it was ever published",))
        return self._publish(capture, row, emptied, (), {})

    def _hold(self, row: CaptureRow, reasons: Sequence[str]) -> Taken:
        editions.hold(self.archive, row.id, "; ".join(reasons))
        return Taken(outcome=HELD, reasons=tuple(reasons))

    def _before(self, capture: Capture, read: Reading) -> dict[int, Expression]:
        """The newest edition that is not younger than this capture, by its number, of each work in it and of each work it held before."""
        works = dict.fromkeys(expression.work for expression in read.expressions)
        works |= dict.fromkeys(queries.works_of_document(self.archive, capture.source, capture.document))
        languages = {expression.work: expression.language for expression in read.expressions}
        found = {}
        for work in works:
            held = editions.edition_at(self.archive, work, on=capture.as_of, language=languages.get(work))
            if held:
                found[held.edition.id] = editions.text_of(self.archive, held)
        return found

    def _text(self, work: str, language: str | None, on: date) -> Expression | None:
        return editions.expression(self.archive, work, language=language, on=on)

    def _edition(
        self,
        capture: Capture,
        row: CaptureRow,
        expression: Expression,
        standing: Mapping[int, Expression],
        *,
        known_document: bool,
    ) -> Iterator[tuple[Sequence[StoredChange], bool]]:
        """Publish one edition; yields what it changed, a transition at a time, and whether that is news or history. ``standing`` are texts that were read
        before, by the numbers of their editions."""
        work, day = expression.work, expression.as_of
        held = editions.editions(self.archive, work, language=expression.language)
        is_new = all(row.path != work for row in editions.works(self.archive, work))
        if held and held[-1].recipe != expression.recipe:
            rederive.rederive(self.archive, work, expression.recipe, now=self.now)
            for late in rederive.late_findings(self.archive, work, now=self.now, own=self.own):
                yield late, True
            standing = {}
        before = next((edition for edition in reversed(held) if edition.as_of <= day), None)
        after = next((edition for edition in held if edition.as_of > day), None)
        earlier = standing.get(before.id) or self._text(work, expression.language, day) if before else None
        unconfirmed = (
            not held and capture.inventory is None and expression.kind == "consolidated" and not self.sure
        )
        editions.publish(self.archive, expression, row.id, observed=self.now, provisional=unconfirmed)
        if expression.scope:  # what it does not print stands as before: only the whole can be compared
            expression = self._text(work, expression.language, day) or expression
        appeared = self.seen_from is not None and bool(capture.meta.get("appeared"))
        if before is not None and earlier is not None:
            found = changes_between(
                self.archive, before, capture, earlier, expression, compare=self.answers.compared
            )
        else:
            found = self._appeared(expression, is_news=known_document and is_new, appeared=appeared)
        if found:
            is_news = after is None or self._is_ahead(work, expression, after)
            yield self._record(before, row, capture.source, expression, found), is_news
        if after is not None:
            now_held = editions.editions(self.archive, work, language=expression.language)
            middle = next(edition for edition in now_held if edition.as_of == day)
            yield self._join(middle, row, after, expression), False

    def _is_ahead(self, work: str, expression: Expression, after: Edition) -> bool:
        """Whether an edition is news although a younger one is held: that one is promulgated and not yet in force. It is none where the younger one
        says the same: then its day was only fixed, and what it changes was told when it was promulgated."""
        if after.as_of <= self.now.date():
            return False
        later = self._text(work, expression.language, after.as_of)
        return later is not None and any(
            one.kind != "applicability" for one in self.answers.compared(expression, later)
        )

    def _appeared(self, expression: Expression, *, is_news: bool, appeared: bool) -> tuple[Change, ...]:
        """A new edition as a change itself. ``appeared`` says that the crawl saw it come onto a list that it knew: then it is news, whatever
        day the page tells."""
        if expression.kind == "document":
            published = expression.published or expression.as_of
            is_news = self.seen_from is not None and published >= self.seen_from
        return (document_appeared(expression),) if is_news or appeared else ()

    def _join(
        self, middle: Edition, row: CaptureRow, after: Edition, expression: Expression
    ) -> tuple[StoredChange, ...]:
        """History filled in: what the next edition changed, seen from the one that came in between."""
        later = self._text(expression.work, expression.language, after.as_of)
        assert later is not None
        transition = between(middle, after, source=row.source, observed_at=self.now)
        changes.supersede_transitions(self.archive, expression.work, into=after.as_of)
        capture = editions.capture_row(self.archive, after.capture_id)
        found = changes_between(
            self.archive, middle, capture, expression, later, compare=self.answers.compared
        )
        return self._analysis(transition, found, expression.language)

    def _record(
        self,
        before: Edition | None,
        row: CaptureRow,
        source: str,
        expression: Expression,
        found: Sequence[Change],
    ) -> tuple[StoredChange, ...]:
        transition = to_capture(
            before,
            source=source,
            work=expression.work,
            sha256=row.sha256,
            as_of=expression.as_of,
            observed_at=self.now,
        )
        return self._analysis(transition, found, expression.language)

    def _analysis(
        self, transition: Transition, found: Sequence[Change], language: str
    ) -> tuple[StoredChange, ...]:
        return rederive.record(
            self.archive, transition, found, language=language, own=self.own, answers=self.answers
        )

    def _is_same_text(self, read: Reading, before: Mapping[str, Expression]) -> bool:
        """Whether a document that came by another host says nothing that is not held: it is no second edition then."""
        return all(
            expression.work in before and not self.answers.compared(before[expression.work], expression)
            for expression in read.expressions
        )

    def _owe(self, stored: Sequence[StoredChange]) -> int:
        matches = [found for change in stored for found in match(self.watches, change)]
        context = threaded(self.archive, stored, matches, self.context)
        moment = rederive.moment_of(stored)
        context = replace(context, evidence=evidence_of(self.archive, stored[0].transition_id), moment=moment)
        deliveries = deliveries_for(stored, matches, context) if matches else ()
        return sum(outbox.enqueue(self.archive, delivery, self.now) for delivery in deliveries)


def _doubts(capture: Capture) -> tuple[str, ...]:
    """What the crawler found odd about a document that it accepted all the same."""
    said = capture.meta.get("doubts")
    return tuple(map(str, said)) if isinstance(said, list | tuple) else ()


def _left_out(read: Reading, before: Mapping[str, Expression]) -> Iterator[str]:
    """What of each work is not compared, because only one of its editions prints it."""
    for expression in read.expressions:
        earlier = before.get(expression.work)
        roots = [one.eid for one in (earlier if earlier and expression.scope else expression).provisions]
        if earlier and (said := statement(earlier.scope, expression.scope, roots)):
            yield f"{expression.work}: not compared: {said.value} ({said.words})"


def leftover_limit(source: str) -> int:
    """How many characters of a document of this source may remain unread: what its profile declares."""
    return readers.profile(source).leftover_limit if source in readers.sources() else 0
