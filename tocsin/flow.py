"""One run, in order: crawl, take each capture in, tell whom it concerns. The page to read first.

A source is crawled by a child process, which hands over captures one by one. Each is archived, read, weighed, published or held, compared and
matched by ``tocsin.intake`` in one transaction; then the outbox is emptied. The ledger holds every attempt and how the run ended: it, never an
exit code, says whether a source is well.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from alerts.match import WatchIndex
from alerts.messages import Context
from alerts.same_place import with_one_name_each
from alerts.sources import SourceNote
from alerts.watches import wordings
from alerts.watches_written import watches_in_force
from archive import clock, editions, ledger, queries, search_index, watch_history
from archive.errors import TocsinError
from archive.records import Capture, Reading
from archive.store import Archive
from archive.vocabulary.ccl_entries import CCL, ENTRIES
from crawlers.card import SourceCard, source_cards
from crawlers.crawl import crawl
from crawlers.events import Attempted, Captured, Counted, Event, Finished, Progressed, capture_of
from crawlers.job import Job
from tocsin import reconciliation
from tocsin.config import Config
from tocsin.executors.ahead import Ahead
from tocsin.executors.answers import NOTHING, Prepared
from tocsin.executors.protocol import Executor
from tocsin.executors.serial import Serial
from tocsin.intake import HELD, Intake, Taken
from tocsin.jobs import crawl_job, days_held, run_job
from tocsin.memory import without
from tocsin.progress import Advance, Reporter
from tocsin.reconciliation import Reckoning
from tocsin.reference import own_reference
from tocsin.service import logs
from tocsin.service.cut_off import cut_off
from tocsin.telling import tell
from tocsin.turned_back import heed_a_clock_set_back

SERIAL = Serial()
_TAKEN = ("published", "unchanged", "held", "changes", "alerts")


@dataclass(slots=True)
class Outcome:
    """How one source's run ended. ``complete`` says that everything was fetched and nothing had to be held, ``postponed`` that the hour was one of
    quiet and nothing was asked. ``run`` is its number in the ledger; ``notices`` tell what happened to incidents, ``withheld`` are the digests of what was fetched and not published."""

    source: str
    run: int = 0
    complete: bool = True
    reasons: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)
    withheld: set[str] = field(default_factory=set)
    postponed: bool = False

    def add(self, taken: Taken, document: str) -> None:
        """Count what came of one capture; a held one makes the run incomplete."""
        for name, number in ((taken.outcome, 1), ("changes", len(taken.changes)), ("alerts", taken.owed)):
            self.counts[name] = self.counts.get(name, 0) + number
        self.warnings += [f"{document}, {warning}" for warning in taken.warnings]
        if taken.outcome == "held":
            self.fail(f"{document} is held: {'; '.join(taken.reasons)}")

    def fail(self, reason: str) -> None:
        """The run did not reach its goal."""
        self.complete = False
        self.reasons.append(reason)

    @property
    def reason(self) -> str:
        """The reasons in one line, the first ones whole."""
        more = f" (and {len(self.reasons) - 3} more)" if len(self.reasons) > 3 else ""
        return " | ".join(self.reasons[:3]) + more


class Flow:
    """The program's one way through: opened on a configuration, it runs sources and takes in what people hand it."""

    def __init__(self, config: Config, archive: Archive) -> None:
        self.config = config
        self.archive = archive
        self.own = own_reference(config)
        turned_back = heed_a_clock_set_back(archive, clock.now())
        ledger.close_interrupted(archive, at=clock.now())
        cards = source_cards()
        watches, warnings = watches_in_force(
            archive,
            config.watches,
            people=config.people,
            targets=config.targets,
            sources=tuple(cards),
            known_codes=queries.roots(archive, CCL, "entry") or ENTRIES,
        )
        self.warnings = (*turned_back, *warnings)
        self.watches = WatchIndex(with_one_name_each(watches, config.targets))
        watch_history.remember(archive, wordings(watches), at=clock.now())
        self.context = Context(
            now=clock.now(),
            address=config.address,
            languages={
                key: person.speaks for name, person in config.people.items() for key in (name, person.address)
            },
            sources={
                name: SourceNote(title=card.title, legal_status=card.legal_status)
                for name, card in cards.items()
            },
        )

    def run(self, card: SourceCard, report: Reporter) -> Outcome:
        """Crawl one source and take in what it has. Whatever happens is in the ledger."""
        now = clock.now()
        run = ledger.start_run(self.archive, card.id, at=now, replayed=clock.is_replayed())
        with logs.bound(run=run, source=card.id), cut_off(self.archive, run):
            return self._round(card, run, now.date(), report)

    def _round(self, card: SourceCard, run: int, today: date, report: Reporter) -> Outcome:
        outcome, found = Outcome(card.id, run), Reckoning()
        intake = self._intake(run, card.id)
        to_heal = reconciliation.to_heal(self.archive, card)
        with tempfile.TemporaryDirectory(prefix="tocsin-") as spool, report.source(card.id) as progress:
            self._resume(intake, outcome)
            if to_heal is not None:
                self._heal(card, to_heal, intake, outcome, Path(spool), progress)
            job = run_job(self.config, self.archive, card, Path(spool), today=today)
            found.first = job.reconcile
            self._crawl(job, intake, outcome, progress, found)
        outcome.counts |= found.figures
        self._finish(run, outcome)
        if not outcome.postponed:
            steps = reconciliation.reckon(self.archive, card.id, found, at=clock.now())
            outcome.notices += [step.line() for step in steps]
        return outcome

    def backfill(
        self,
        card: SourceCard,
        first: date,
        last: date,
        *,
        alert: bool,
        report: Reporter,
        executor: Executor = SERIAL,
    ) -> Outcome:
        """Fetch what a source published on some days and the archive does not hold. It is known from now on; nobody hears of it without ``alert``.

        The ledger has it under a name of its own: it is no run of the source, which would begin its news. What ``executor`` works out ahead is
        taken in one after the other, as without it.
        """
        now = clock.now()
        run = ledger.start_run(self.archive, f"{card.id} backfill", at=now, replayed=clock.is_replayed())
        outcome = Outcome(card.id)
        told, seen_from = ("all", first) if alert else ("nothing", None)
        intake = replace(self._intake(run, card.id), told=told, seen_from=seen_from)
        with tempfile.TemporaryDirectory(prefix="tocsin-") as spool, report.source(card.id) as progress:
            job = self._look_back(card, first, last, Path(spool))
            self._crawl(job, intake, outcome, progress, executor=executor)
        outcome.warnings += executor.notes
        self._finish(run, outcome)
        return outcome

    def ingest(
        self, captures: Sequence[tuple[Capture, Reading]], *, sure: bool, executor: Executor = SERIAL
    ) -> Outcome:
        """Take in what a person hands over, already read, through the same gate; it ends as a run does."""
        source = captures[0][0].source
        run = ledger.start_run(self.archive, source, at=clock.now(), replayed=clock.is_replayed())
        outcome = Outcome(source)
        intake = self._intake(run, source, sure=sure)
        ahead = Ahead(self.archive, executor, self.own)
        for capture, prepared in ahead.compared((one, one, reading) for one, reading in captures):
            taken = replace(intake, answers=prepared.answers).take(capture, prepared.reading)
            outcome.add(taken, capture.document)
        outcome.warnings += executor.notes
        self._finish(run, outcome)
        return outcome

    def release(self, capture_id: int, reason: str) -> Outcome:
        """Publish a held capture because a person says that it is the document after all."""
        editions.release(self.archive, capture_id, reason)
        capture = editions.load_capture(self.archive, capture_id)
        run = ledger.start_run(self.archive, capture.source, at=clock.now(), replayed=clock.is_replayed())
        outcome = Outcome(capture.source)
        outcome.add(self._intake(run, capture.source, sure=True).take(capture), capture.document)
        self._finish(run, outcome)
        steps = reconciliation.reckon_held(self.archive, capture.source, at=clock.now())
        outcome.notices += [step.line() for step in steps]
        return outcome

    def tell(self) -> tuple[str, ...]:
        """Owe what the calendar brings and send what is due; the failures in words."""
        return tell(self.archive, self.config, self.watches, self.context).failures

    def _intake(self, run: int, source: str, *, sure: bool = False) -> Intake:
        return Intake(
            archive=self.archive,
            run=run,
            now=clock.now(),
            watches=self.watches,
            context=self.context,
            seen_from=self._seen_from(source, run),
            sure=sure,
            own=self.own,
        )

    def _intake_of(self, capture: Capture, intake: Intake, source: str) -> Intake:
        """The intake of a capture: one that a source brings in the place of another is news since that one's first run."""
        if capture.source == source:
            return intake
        return replace(intake, seen_from=self._seen_from(capture.source, intake.run))

    def _seen_from(self, source: str, run: int) -> date | None:
        """The day from which documents of a source are news, None for its first run (docs/adr/0004)."""
        first = ledger.first_success(self.archive, source)
        if first is not None:
            newest = editions.newest_document_of_run(self.archive, first.run)
            seen = min(first.started_at.date(), newest or first.started_at.date())
        else:  # a source that never gets through must not make all that it brings old
            begun = ledger.first_run(self.archive, source)
            if begun is None or begun.run == run:
                return None
            seen = begun.started_at.date()
        settings = self.config.sources.get(source)
        return seen - timedelta(days=settings.window if settings else 0)

    def _resume(self, intake: Intake, outcome: Outcome) -> None:
        """Take in what an earlier run had archived when it was killed: the page may be another one by now, and nobody would fetch it again."""
        for row in editions.unread(self.archive, outcome.source):
            capture = editions.load_capture(self.archive, row.id)
            outcome.add(self._intake_of(capture, intake, outcome.source).take(capture), row.document)

    def _heal(
        self,
        card: SourceCard,
        days: tuple[date, date],
        intake: Intake,
        outcome: Outcome,
        spool: Path,
        progress: Advance,
    ) -> None:
        """Fetch what an earlier run found missing; the crawl that follows counts again, and says what still is."""
        healing = Outcome(card.id)
        self._crawl(self._look_back(card, *days, spool), intake, healing, progress)
        outcome.counts = {name: number for name, number in healing.counts.items() if name in _TAKEN}
        outcome.warnings += [f"healing: {reason}" for reason in healing.reasons]

    def _look_back(self, card: SourceCard, first: date, last: date, spool: Path) -> Job:
        job = crawl_job(self.config, self.archive, card, spool, today=clock.now().date())
        held = replace(job.state, editions=days_held(self.archive, card.id))
        return replace(job, task="backfill", first=first, last=last, state=held)

    def _crawl(
        self,
        job: Job,
        intake: Intake,
        outcome: Outcome,
        progress: Advance,
        found: Reckoning | None = None,
        executor: Executor = SERIAL,
    ) -> None:
        """Take in what a crawl brings; what it says of itself goes into ``found``, its memory into the archive where that is given."""
        events = crawl(replace(job, run=intake.run), hear=logs.heard(job.source))
        spool = Path(job.spool)
        ahead = Ahead(self.archive, executor, self.own)
        for event, prepared in ahead.prepared((event, _capture(event, spool, executor)) for event in events):
            self._take(event, intake, outcome, spool, found, prepared)
            if isinstance(event, Progressed):
                progress(event.done, event.expected, event.what)
            elif isinstance(event, Finished) and found is not None and event.memory is not None:
                memory = without(event.memory, job.state.memory, outcome.withheld)
                ledger.remember(self.archive, outcome.source, memory)

    def _take(
        self,
        event: Event,
        intake: Intake,
        outcome: Outcome,
        spool: Path,
        found: Reckoning | None,
        prepared: Prepared = NOTHING,
    ) -> None:
        match event:
            case Attempted():
                ledger.record_attempt(self.archive, intake.run, event.attempt)
            case Captured():
                try:
                    capture = capture_of(event, spool)
                except TocsinError as error:
                    outcome.fail(error.line())
                    outcome.withheld.add(event.sha256)
                else:
                    own = replace(self._intake_of(capture, intake, outcome.source), answers=prepared.answers)
                    taken = own.take(capture, prepared.reading)
                    outcome.add(taken, capture.document)
                    if taken.outcome == HELD:
                        outcome.withheld.add(event.sha256)
                    (spool / event.body).unlink(missing_ok=True)
            case Counted() if found is not None:
                found.days.append(event)
            case Finished():
                self._end(event, outcome, found)

    def _end(self, event: Finished, outcome: Outcome, found: Reckoning | None) -> None:
        for name, number in event.counts.items():
            outcome.counts[name] = outcome.counts.get(name, 0) + number
        if event.outcome == ledger.POSTPONED:
            outcome.postponed = True
            outcome.warnings.append(event.reason)
        elif event.outcome != "complete":
            outcome.fail(event.reason or f"the crawl ended as {event.outcome}")
        if found is not None:
            found.is_counted, found.uncounted = event.is_counted, event.uncounted
            found.failure = "" if event.outcome == "complete" else event.reason or event.outcome
            if event.uncounted:
                outcome.warnings.append(f"could not be counted: {event.uncounted}")

    def _finish(self, run: int, outcome: Outcome) -> None:
        ended = "complete" if outcome.complete else "incomplete"
        ledger.finish_run(
            self.archive,
            run,
            at=clock.now(),
            outcome=ledger.POSTPONED if outcome.postponed and outcome.complete else ended,
            reason=outcome.reason,
            counts=outcome.counts,
        )
        if lagging := search_index.keep_up(self.archive):
            outcome.warnings.append(lagging)


def _capture(event: Event, spool: Path, executor: Executor) -> Capture | None:
    """The capture of an event, to be worked on ahead; its bytes stay in the spool until it is taken in, and whatever is wrong with them is said then."""
    if not isinstance(event, Captured) or not executor.ahead:
        return None
    try:
        return capture_of(event, spool)
    except TocsinError:
        return None
