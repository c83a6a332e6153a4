"""A week put together from the archive, as it was known at an instant. The same archive, week and instant give the same digest, whatever came after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from alerts.citations import cite_change, cite_work, group_of, inside_group, own_name
from alerts.folding import folded
from alerts.messages import is_document
from archive import instants
from archive.errors import TocsinError
from archive.identifiers import jurisdiction
from archive.records import StoredChange
from archive.store import Archive
from tocsin.digest.known_acts import acts_of, stages_of
from tocsin.digest.known_alerts import alerts
from tocsin.digest.known_calendar import calendar
from tocsin.digest.known_changes import KnownTransition, known_transitions
from tocsin.digest.known_coverage import coverage
from tocsin.digest.records import (
    Act,
    Digest,
    History,
    Item,
    Jurisdiction,
    Lesser,
    Period,
    Review,
    Step,
)
from tocsin.digest.reviewed import newest_by_change, reviews_of
from tocsin.rederive import LATE

AHEAD = timedelta(days=90)
"""How far the calendar looks ahead, from the day after the week."""
RECENT = timedelta(days=7)
"""An edition from before this much ahead of the week is told as a late finding."""
LONGEST = 1_500
"""Characters of one inserted or deleted run that a digest prints; how many are left out is said, with a link to the whole."""
NAME = 90
"""Characters of what a changed provision is called."""
OLDER, REREAD = "older", "reread"
AGAIN = "the same words, analysed again"


def build(
    archive: Archive, period: Period, *, titles: Mapping[str, str], reviews: Sequence[Review] = ()
) -> Digest:
    """The digest of a week. ``titles`` are those of the sources; ``reviews`` all decisions, oldest first, of which those made by the known instant
    count. Raises ``TocsinError`` while a run that began by that instant is still going on: what it brings belongs into it."""
    _check_finished(archive, period)
    known = tuple(one for one in reviews if one.at <= period.known and not one.privileged)
    decided = newest_by_change(known)
    sorted_out = _Sorted(archive, period, titles, decided)
    for found in known_transitions(archive, since=period.since, until=period.until, known=period.known):
        sorted_out.take(found)
    jurisdictions, late = sorted_out.jurisdictions(), tuple(sorted_out.late)
    first = period.last + timedelta(days=1)
    last = first + AHEAD - timedelta(days=1)
    told = (*(step for one in jurisdictions for act in one.acts for step in act.steps), *late)
    return Digest(
        period=period,
        jurisdictions=jurisdictions,
        late=late,
        lesser=tuple(sorted_out.lesser),
        history=tuple(sorted_out.history),
        coverage=coverage(archive, period, titles),
        calendar_first=first,
        calendar_last=last,
        calendar=calendar(archive, first=first, last=last, known=period.known),
        alerts=alerts(archive, period),
        reviews=reviews_of(period, known, [item.id for step in told for item in step.items]),
    )


def _check_finished(archive: Archive, period: Period) -> None:
    row = archive.database.execute(
        "SELECT source, started_at FROM run WHERE finished_at IS NULL AND started_at <= ? LIMIT 1",
        (instants.written(period.known),),
    ).fetchone()
    if row is not None:
        raise TocsinError(
            f"the run of {row[0]} that began at {row[1]} has not ended",
            thing=f"digest of {period.week}",
            mend="Build it when the run has ended; 'tocsin run' ends one whose process died",
        )


class _Sorted:
    """The transitions of a week as they are taken: news by jurisdiction and act, late findings, history, and what is only counted."""

    def __init__(
        self, archive: Archive, period: Period, titles: Mapping[str, str], decided: Mapping[str, Review]
    ) -> None:
        self._archive = archive
        self._period = period
        self._titles = titles
        self._decided = decided
        self._news: dict[str, dict[tuple[str, ...], list[Step]]] = {}
        self.late: list[Step] = []
        self.lesser: list[Lesser] = []
        self.history: list[History] = []

    def take(self, found: KnownTransition) -> None:
        """Put one transition where it belongs."""
        first = found.changes[0]
        new = [
            one
            for one, since in zip(found.changes, found.known_since, strict=True)
            if self._period.since <= since < self._period.until
        ]
        if (
            first.observed_at < self._period.since
        ):  # analysed again: only words that nobody was told of are told
            late = [one for one in new if one.change.reason.startswith(LATE)]
            self._tell_late(late, found, REREAD)
            self._count([one for one in new if one not in late], analysed_again=True)
            return
        is_old = first.after < self._period.first - RECENT
        if is_old and found.is_history:
            substantive = _substantive(new)
            self.history.append(
                History(
                    transition=first.transition_id,
                    citation=cite_work(first.work, first.title),
                    before=first.before,
                    after=first.after,
                    substantive=len(substantive),
                    lesser=len(new) - len(substantive),
                )
            )
            return
        late = [one for one in _substantive(new) if one.change.reason.startswith(LATE)]
        news = [one for one in _substantive(new) if one not in late]
        self._tell_late(late, found, REREAD)
        if is_old:
            self._tell_late(news, found, OLDER)
        elif news:
            acts = acts_of(self._archive, first.transition_id, known=self._period.known)
            by_act = self._news.setdefault(jurisdiction(first.work), {})
            by_act.setdefault(acts, []).append(self._step(news, found))
        self._count([one for one in new if one.change.materiality != "substantive"])

    def jurisdictions(self) -> tuple[Jurisdiction, ...]:
        """The news, jurisdictions by their code, acts in the order in which they were first seen; what belongs to no act comes last."""
        return tuple(
            Jurisdiction(
                code=code,
                acts=tuple(
                    self._act(acts, sorted(steps, key=lambda step: (step.source, step.observed, step.work)))
                    for acts, steps in sorted(by_act.items(), key=lambda pair: not pair[0])
                ),
            )
            for code, by_act in sorted(self._news.items())
        )

    def _act(self, acts: tuple[str, ...], steps: Sequence[Step]) -> Act:
        stages = [stage for act in acts for stage in stages_of(self._archive, act, known=self._period.known)]
        titles = dict.fromkeys(stages_of(self._archive, act, known=self._period.known)[0] for act in acts)
        return Act(
            id=" ".join(acts),
            title=" · ".join(stage.title or cite_work(stage.work) for stage in titles),
            stages=tuple(dict.fromkeys(stages)),
            steps=tuple(steps),
        )

    def _tell_late(self, late: Sequence[StoredChange], found: KnownTransition, why: str) -> None:
        if late:
            self.late.append(self._step(late, found, late=why))

    def _step(self, changes: Sequence[StoredChange], found: KnownTransition, *, late: str = "") -> Step:
        first = changes[0]
        return Step(
            transition=first.transition_id,
            source=first.source,
            source_title=self._titles.get(first.source, first.source),
            work=first.work,
            citation=cite_work(first.work, first.title),
            title=first.title,
            before=first.before,
            after=first.after,
            observed=first.observed_at,
            language=found.language,
            facts=first.facts,
            items=tuple(self._item(one) for one in changes),
            late=late,
        )

    def _item(self, stored: StoredChange) -> Item:
        change, cut = folded(stored.change, longest=LONGEST)
        return Item(
            id=stored.id,
            citation=cite_change(stored),
            name=_short(own_name(stored.change)),
            change=change,
            under=() if is_document(change) else (*group_of(change), *inside_group(change)),
            cut=cut,
            touches=_touched(stored),
            review=self._decided.get(stored.id),
        )

    def _count(self, changes: Sequence[StoredChange], *, analysed_again: bool = False) -> None:
        by: dict[str, list[StoredChange]] = {}
        for one in changes:
            by.setdefault("technical" if analysed_again else one.change.materiality, []).append(one)
        for materiality, counted in sorted(by.items()):
            first = counted[0]
            reasons = Counter(AGAIN if analysed_again else one.change.reason for one in counted)
            self.lesser.append(
                Lesser(
                    transition=first.transition_id,
                    source=first.source,
                    source_title=self._titles.get(first.source, first.source),
                    work=first.work,
                    citation=cite_work(first.work, first.title),
                    before=first.before,
                    after=first.after,
                    materiality=materiality,
                    count=len(counted),
                    reasons=tuple(sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))),
                )
            )


def _substantive(changes: Iterable[StoredChange]) -> list[StoredChange]:
    return [one for one in changes if one.change.materiality == "substantive"]


def _short(text: str) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= NAME else line[: NAME - 1].rstrip() + "…"


def _touched(stored: StoredChange) -> tuple[str, ...]:
    """What a change touches, each once: ``country TH``, ``code 3A090 (excluded)``."""
    named = {
        f"{touch.type} {touch.id}" + (" (excluded)" if touch.excluded else "")
        for touch in stored.touches
        if touch.type != "limit"
    }
    return tuple(sorted(named))
