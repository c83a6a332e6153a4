"""Each transition put to the legal act it is a stage of, so that a later stage arrives as an update in the thread of the first.

Nothing is kept back: an update is a whole message. It is called an update only where its watches were told of the act already and it adds no term,
no limit and no date that they have not heard; a correction, a stay and an extension contradict what was told, and are alerts of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alerts.conditions import TOUCH_KEYS
from alerts.events import Act, Trace, is_one_act, is_paper, names_of, narrowed, sought, trace_of
from alerts.events_titles import WITHIN, named_by_title
from alerts.match import Match
from alerts.messages import Context
from alerts.subject import stands_under
from archive import events
from archive.events import EventRow, Stage
from archive.records import StoredChange
from archive.store import Archive
from tocsin.announced import acts_behind

_CONTRADICTS = frozenset({"corrected", "stayed", "extended", "withdrawn"})
_DATES = ("effective", "compliance", "comments_close", "expires")
_TOLD = (*TOUCH_KEYS, "limits", "text", "regex")


def join(archive: Archive, stored: Sequence[StoredChange]) -> tuple[EventRow, ...]:
    """The events that a transition is a stage of, as they were before it, opened where it is the first; inside the caller's transaction.

    A text that cites several acts at once is a stage of each that is known; it opens none, because nobody could say which change is whose. A
    text that cites none that is known is a stage of those whose papers announce what it shows.
    """
    said = trace_of(stored)
    trace = _with_papers(archive, said)
    known = [row for row in events.named(archive, sought(trace)) if is_one_act(trace, _act(row))]
    if all(sort != "document" for sort, _ in said.follows):  # known by a page, not by the number of a paper
        known = [known[at] for at in narrowed(trace, [_act(row) for row in known])]
    if not known and trace.says:
        seen = events.papers(archive, since=stored[0].observed_at - WITHIN)
        known = [events.event(archive, key) for key in named_by_title(trace.says, seen)]
    if not known and trace.stage == "codified":
        known = [events.event(archive, key) for key in acts_behind(archive, stored)]
    first = stored[0]
    stage = Stage(
        transition_id=first.transition_id,
        stage=trace.stage,
        work=first.work,
        title=first.title,
        at=first.observed_at,
    )
    for row in known:
        events.add_stage(archive, row.id, stage, names_of(trace, opens=False))
    if known or not _opens(trace):
        return tuple(known)
    key = events.add_stage(archive, "", stage, names_of(trace, opens=True))
    return (replace(events.event(archive, key), stages=()),)


def threaded(
    archive: Archive, stored: Sequence[StoredChange], matches: Sequence[Match], context: Context
) -> Context:
    """``context`` with the one event that a transition belongs to: its thread, its earlier stages, and for which targets its message is an update;
    what the watches are told by it is written. Unchanged where it belongs to no event, or to several."""
    joined = join(archive, stored)
    if len(joined) != 1:
        return context
    (event,) = joined
    stage = trace_of(stored).stage
    contradicts = stage in _CONTRADICTS and not _is_seen_again(stored[0].work, event)
    adds: dict[str, bool] = {}
    for watch in dict.fromkeys(found.watch for found in matches):
        terms = _terms(stored, [found for found in matches if found.watch == watch])
        told = events.told(archive, event.id, watch.name)
        is_new = not event.stages or told is None or not terms or contradicts or _adds(terms, told)
        for target in watch.notify:
            adds[target] = adds.get(target, False) or is_new
        events.mark_told(archive, event.id, watch.name, terms)
    return replace(
        context,
        thread=event.id,
        stage=stage,
        history=event.stages,
        updates=frozenset(target for target, is_new in adds.items() if not is_new),
    )


def _is_seen_again(work: str, event: EventRow) -> bool:
    """Whether a paper was a stage before, on the desk or in print: its correction or stay was told then."""
    number = work.rpartition("/")[2]
    return is_paper(work) and any(
        is_paper(stage.work) and stage.work.rpartition("/")[2] == number for stage in event.stages
    )


def _with_papers(archive: Archive, trace: Trace) -> Trace:
    """The trace with the numbers of the papers whose citations it names: a paper that was on the desk first is known by its number."""
    works = {
        work for sort, name in trace.follows if sort == "citation" for work in events.papers_of(archive, name)
    }
    numbers = {("document", work.removeprefix("us/fr/")) for work in works}
    return replace(trace, follows=trace.follows | (numbers - trace.own))


def _act(row: EventRow) -> Act:
    papers = tuple(stage.title for stage in row.stages if is_paper(stage.work))
    return Act(names=row.names, titles=papers)


def _opens(trace: Trace) -> bool:
    return any(sort != "part" for sort, _ in names_of(trace, opens=True))


def _terms(stored: Sequence[StoredChange], matches: Sequence[Match]) -> frozenset[str]:
    """What the watch hears of: the terms met, and the dates that a document states. Without a term met nothing can be compared: none."""
    met = {f"{reason.key} {reason.term}" for found in matches for reason in found.why if reason.key in _TOLD}
    dates = {f"{fact.name} {fact.value}" for fact in stored[0].facts if fact.name in _DATES}
    return frozenset(met | dates) if met else frozenset()


def _adds(terms: frozenset[str], told: frozenset[str]) -> bool:
    """Whether a term is new: neither told, nor part of a code that was."""
    return any(not any(term == known or stands_under(known, term) for known in told) for term in terms)
