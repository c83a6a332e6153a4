"""The lines that every format of a digest says alike, each put together from records and the wording, as plain text."""

from __future__ import annotations

from dataclasses import dataclass

from alerts.citations import spot
from alerts.labels import DATED_FACTS, bounds, label
from alerts.labels import FACTS as PLAIN_FACTS
from alerts.language import Texts
from alerts.messages import is_document
from alerts.reasons import reason_in
from archive.records import Applicability, LimitChange
from archive.shared_scope import NOT_COMPARED
from diffing.render.plain import legend
from tocsin.digest.records import (
    Awaited,
    Digest,
    Due,
    History,
    Incident,
    Item,
    Lesser,
    Review,
    SourceCoverage,
    Step,
    Unsent,
)
from tocsin.digest.wording import KINDS, OTHER_FACTS, VERDICTS, WORDS

CARRIED = 12
"""How many of the provisions that went along are named."""
_FACTS = {**PLAIN_FACTS, **DATED_FACTS, **OTHER_FACTS}
FACTS = (
    "action",
    "citation",
    "agency",
    "docket",
    "rin",
    "published",
    "filed",
    "signed",
    "effective",
    "applicable",
    "compliance",
    "stayed",
    "expires",
    "comments_close",
    "corrects",
)
"""What of a document's statements of itself is told, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """The lines in one language."""

    say: Texts

    def title(self, digest: Digest) -> str:
        """``Weekly digest 2026-W30``"""
        return self._said("title", week=digest.period.week)

    def period(self, digest: Digest) -> str:
        """Which days, in which zone, known when."""
        period = digest.period
        return self._said(
            "period",
            first=self.say.weekday(period.first),
            last=self.say.weekday(period.last),
            zone=period.zone,
            known=f"{period.known:%Y-%m-%d %H:%M:%S} UTC",
        )

    def summary(self, digest: Digest) -> tuple[tuple[str, str], ...]:
        """The numbers of the first page, by their label."""
        late = sum(len(step.items) for step in digest.late)
        counted = dict.fromkeys(("editorial", "technical"), 0)
        for lesser in digest.lesser:
            counted[lesser.materiality] = counted.get(lesser.materiality, 0) + lesser.count
        sources = len(digest.coverage)
        well = sum(not one.failures for one in digest.coverage)
        silent = sum(
            one.last_success is None or one.last_success < digest.period.since for one in digest.coverage
        )
        incidents = sum(each.closed is None for one in digest.coverage for each in one.incidents)
        of_all = digest.reviews.decided + len(digest.reviews.undecided)
        rows = (
            ("substantive", self.say.number(digest.substantive - late)),
            ("late", self.say.number(late)),
            ("editorial", self.say.number(counted["editorial"])),
            ("technical", self.say.number(counted["technical"])),
            ("decided", self._of(digest.reviews.decided, of_all)),
            ("sources_well", self._of(well, sources)),
            ("sources_silent", self.say.number(silent)),
            ("open_incidents", self.say.number(incidents)),
            ("alerts_sent", self._of(digest.alerts.sent, digest.alerts.owed)),
            ("alerts_acknowledged", self.say.number(digest.alerts.acknowledged)),
            ("alerts_overdue", self.say.number(digest.alerts.overdue)),
            ("due_count", self.say.number(len(digest.calendar))),
        )
        return tuple((self._said(name), value) for name, value in rows)

    def dates(self, step: Step) -> str:
        """From which edition to which, and when it was observed."""
        observed = self.say.instant(step.observed)
        after = self.say.day(step.after)
        if step.before is None:
            return self._said("appeared", after=after, observed=observed)
        return self._said("editions", before=self.say.day(step.before), after=after, observed=observed)

    def edition(self, one: Lesser | History) -> str:
        """The same in short: ``2026-03-25 → 2026-07-18``."""
        after = self.say.day(one.after)
        return f"{self.say.day(one.before)} → {after}" if one.before else after

    def late(self, step: Step) -> str:
        """Why a step is told late."""
        return self._said(f"late_{step.late}")

    def facts(self, step: Step) -> tuple[str, ...]:
        """What a document that appeared states of itself, by the names of the fields; of a text that was amended only what was not compared."""
        said = [
            f"{label(self.say, _FACTS, fact.name)}: {fact.value}"
            for name in FACTS
            for fact in step.facts
            if step.before is None and fact.name == name
        ]
        left_out = [
            self._said("not_compared", parts=fact.value, reason=fact.words)
            for fact in step.facts
            if fact.name == NOT_COMPARED
        ]
        return (*said, *left_out)

    def named(self, item: Item) -> str:
        """``Inserted: Thailand``: what happened, and to what."""
        happened = self.happened(item).partition(":")[0]  # where it went to is said in its citation
        return f"{happened}: {item.name}" if item.name else self.happened(item)

    def happened(self, item: Item, work: str = "") -> str:
        """``Renumbered: 744.11.c → 744.11.d``; with the ``work`` in the words of its jurisdiction: ``744.11(c) → 744.11(d)``."""
        change = item.change
        if is_document(change):
            return self._said("document")
        said = self.say(KINDS.get(change.kind, change.kind))
        if change.old_eid and change.new_eid and change.old_eid != change.new_eid:
            if not work:
                return f"{said}: {change.old_eid} → {change.new_eid}"
            old, new = spot(work, change.old_eid), spot(work, change.new_eid)
            return f"{said}: {old} → {new}" if old and new and old != new else said
        return said

    def weighed(self, item: Item) -> str:
        """The materiality, and the rule that decided it."""
        return self._said(
            "why",
            materiality=self.say(item.change.materiality),
            reason=reason_in(self.say, item.change.reason),
        )

    def limit(self, limit: LimitChange) -> str:
        """``total processing performance: ≥ 4800 → ≥ 2400 (tighter)``"""
        named = f"{limit.quantity}: " if limit.quantity else ""
        direction = "" if limit.direction == "unknown" else f" ({self.say(limit.direction)})"
        old, new = bounds(self.say, limit)
        return f"{named}{old} → {new}{direction}"

    def applies(self, one: Applicability) -> str:
        """When a provision applies, and the act that says so."""
        said = self._said(
            "applies",
            state=self.say(one.state),
            start=self.say.day(one.start) if one.start else "…",
            end=self.say.day(one.end) if one.end else "…",
        )
        return f"{said} ({one.citation})" if one.citation else said

    def went_along(self, item: Item, work: str = "") -> str:
        """The provisions that were carried."""
        carried = [
            tuple(spot(work, eid) or eid if work else eid for eid in pair) for pair in item.change.carried
        ]
        pairs = [old if old == new else f"{old} → {new}" for old, new in carried]
        said = self._said("carried", pairs=", ".join(pairs[:CARRIED]))
        return f"{said} {self.more(len(pairs) - CARRIED)}" if len(pairs) > CARRIED else said

    def cut(self, item: Item) -> str:
        """How much of a change is not printed."""
        return self._counted("cut", item.cut)

    def more(self, number: int) -> str:
        """``and 3 more``"""
        return self._counted("and_more", number)

    def undecided(self, number: int) -> str:
        """How many changes nobody decided."""
        return self._counted("undecided", number)

    def decision(self, review: Review | None) -> str:
        """The last word on a change, or that there is none."""
        if review is None:
            return self._said("nobody")
        if not review.decision:
            assigned = self._said("assigned_to", person=review.assigned) if review.assigned else ""
            return ", ".join(part for part in (self._said("nobody"), assigned) if part)
        said = self._said(
            "by_on",
            decision=label(self.say, VERDICTS, review.decision),
            person=review.by,
            day=self.say.day(review.at.date()),
        )
        if review.reason:
            said = f"{said}: {review.reason}"
        return f"{said}, {self._said('due_on', day=self.say.day(review.due))}" if review.due else said

    def runs(self, source: SourceCoverage) -> str:
        """How many of the runs were complete, and how many of another sort there were."""
        sorts = [
            self._counted(name, number)
            for name, number in (("postponed", source.postponed), ("backfills", source.backfills))
            if number
        ]
        return self._of(source.complete, source.runs) + (f" ({', '.join(sorts)})" if sorts else "")

    def requests(self, source: SourceCoverage) -> str:
        """How many requests, and how many were refused."""
        return self._with(source.requests, "refused", source.refused)

    def captures(self, source: SourceCoverage) -> str:
        """How many documents came, and how many of them are editions."""
        return self._with(source.captures, "published", source.published)

    def counter(self, source: SourceCoverage) -> str:
        """What is held of what the publisher's counter says."""
        if source.counted is None or source.counted_held is None:
            return self._said("not_counted")
        return self._of(source.counted_held, source.counted)

    def last_success(self, source: SourceCoverage) -> str:
        """When the source was last looked at with success."""
        return self.say.instant(source.last_success) if source.last_success else self._said("never")

    def silence(self, source: SourceCoverage) -> str:
        """The longest time without a good run."""
        if source.silence is None:
            return "–"
        since, until = self.say.instant(source.silence.since), self.say.instant(source.silence.until)
        if source.silence.until_next:
            return self._said("silence_span", hours=source.silence.hours, since=since, until=until)
        return self._said("silence_on", hours=source.silence.hours, since=since)

    def failures(self, source: SourceCoverage) -> str:
        """The runs that failed, with the words of the last one."""
        last = source.failures[-1]
        counted = self._counted("failed_runs", len(source.failures))
        return f"{counted}; {self.say.instant(last.at)}: {last.reason or last.outcome}"

    def incident(self, one: Incident) -> str:
        """Since when something is wrong, or was until when, and what."""
        values = {"sort": self.say(one.sort), "opened": self.say.instant(one.opened), "said": one.said}
        if one.closed is None:
            said = self._said("incident", **values)
        else:
            said = self._said("incident_closed", closed=self.say.instant(one.closed), **values)
        if one.escalated is None:
            return said
        return f"{said} ({self._said('escalated', at=self.say.instant(one.escalated))})"

    def due(self, one: Due) -> str:
        """What happens on a day of the calendar."""
        by = f" {self._said('by_act', act=one.act)}" if one.act else ""
        last = f" ({self._said('last_day', day=self.say.day(one.named))})" if one.named != one.day else ""
        return f"{self.say(one.sort)}{by}{last}"

    def alerts(self, digest: Digest) -> str:
        """The messages and acknowledgements in one line."""
        alerts = digest.alerts
        return self._said(
            "alerts_line",
            owed=alerts.owed,
            sent=alerts.sent,
            acknowledged=alerts.acknowledged,
            overdue=alerts.overdue,
        )

    def unsent(self, one: Unsent) -> str:
        """A message that did not go by itself, and why."""
        why = [self._said(one.state), *([one.why] if one.why else [])]
        if one.failed:
            why.append(self._counted("failed_tries", one.failed))
        named = f"{one.citation} " if one.citation else ""
        return f"{self.say.instant(one.owed)}: {named}({', '.join(one.watches)}): {', '.join(why)}"

    def awaited(self, one: Awaited) -> str:
        """An alert that nobody has acknowledged."""
        overdue = f", {self._said('overdue')}" if one.overdue else ""
        named = f"{one.citation}: " if one.citation else ""
        return f"{named}{one.owner}, {self._said('due_at', at=self.say.instant(one.due))}{overdue}"

    def reasons(self, lesser: Lesser) -> str:
        """By which rules, with how many each."""
        return "; ".join(
            f"{reason_in(self.say, reason)}: {self.say.number(count)}" for reason, count in lesser.reasons
        )

    def history(self, one: History) -> str:
        """What changed between old editions, in numbers."""
        return self._said("history_line", substantive=one.substantive, lesser=one.lesser)

    def mark_legend(self) -> str:
        """How plain text marks what changed."""
        return self._said("mark_legend", marks=legend(()))

    def calendar(self, digest: Digest) -> str:
        """The heading of the calendar."""
        first, last = digest.calendar_first, digest.calendar_last
        return self._said("calendar", first=self.say.day(first), last=self.say.day(last))

    def _of(self, part: int, whole: int) -> str:
        return self._said("of_number", part=part, whole=whole)

    def _with(self, number: int, name: str, part: int) -> str:
        said = self.say.number(number)
        return f"{said}, {self._said(name, number=part)}" if part else said

    def _said(self, name: str, /, **values: object) -> str:
        words = WORDS[name]
        assert isinstance(words, str)
        return self.say(words, **values)

    def _counted(self, name: str, number: int) -> str:
        one, many = WORDS[name]
        return self.say.plural(one, many, number)
