"""From the changes of one transition and the watches they met to the messages that are owed: one for each target."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from alerts.citations import cite_change, cite_work, group_of, inside_group, label, own_name
from alerts.conditions import Watch
from alerts.explain import in_words
from alerts.folding import folded
from alerts.labels import BEGINS, DATED_FACTS, ENDS, MATERIALITY, STAGES, bounds
from alerts.labels import label as called
from alerts.language import ENGLISH, Texts, common_language, mark, texts
from alerts.loose_ends import trimmed
from alerts.match import Match
from alerts.message import Entry, Message, Past, Section, WatchNote
from alerts.official_pages import official_page
from alerts.owed import owed
from alerts.quotes import quotes_of
from alerts.sources import SourceNote, legal_line, note_of
from archive.events import Stage
from archive.evidence import Evidence
from archive.identifiers import delivery_key, digest
from archive.records import Change, Delivery, StoredChange

SHOWN = 60
"""Changes that a message shows with their redline; the rest are named, with a link each."""
LISTED = 240
"""Changes that a message names beyond those; the rest are counted."""
TITLE = 132
"""Characters of a title: Slack takes 150 in a header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a message says that the changes do not hold: the instant, the base address of the archive's pages, the sources, and the ``languages`` of the
    owners of watches (English for one that has none).

    Of the legal act: its ``thread`` ("" : one for the work), which ``stage`` of it this is, the stages before it (``history``, the first one first), and
    the targets that were told of the act before, for which this is one of the ``updates``. ``evidence`` is the capture that the changes were
    read from, None where it is not held. ``moment`` is what makes it owed, "" the transition: what is found in one of which was told before is owed again.
    """

    now: datetime
    address: str = ""
    sources: Mapping[str, SourceNote] = field(default_factory=dict)
    languages: Mapping[str, str] = field(default_factory=dict)
    thread: str = ""
    stage: str = ""
    history: tuple[Stage, ...] = ()
    updates: frozenset[str] = frozenset()
    evidence: Evidence | None = None
    moment: str = ""

    def texts_for(self, watches: Iterable[Watch]) -> Texts:
        """The texts of a message to the owners of these watches: in the language that they have in common, else in English."""
        return texts(common_language(self.languages.get(watch.owner, "en") for watch in watches))

    def acknowledged_at(self, message_id: str) -> str:
        """The address at which a message is acknowledged, "" without pages."""
        return f"{self.address}/alert/{message_id}/ack" if self.address else ""


def deliveries_for(
    stored: Sequence[StoredChange], matches: Sequence[Match], context: Context
) -> tuple[Delivery, ...]:
    """What is owed for one transition: for each target one message, as one Delivery for each watch that it names.

    ``stored`` are all changes of the transition, in document order, ``matches`` those of the watches. Deterministic but for
    ``context.now``, which gives the days left: keys and message ids depend on transition, watch and target alone.
    """
    frames = {one.id for one in stored if _is_frame(one.change)}
    matches = [match for match in matches if match.change_id not in frames]
    deliveries: list[Delivery] = []
    for target, met in _by_target(matches).items():
        message = compose(stored, met, target, context)
        deliveries += owed(
            message,
            target,
            thread=context.thread or digest("thread", message.work),
            moment=context.moment or stored[0].transition_id,
            transition_id=stored[0].transition_id,
        )
    return tuple(deliveries)


def compose(
    stored: Sequence[StoredChange], matches: Sequence[Match], target: str, context: Context
) -> Message:
    """The message on one transition to one target. ``matches`` are those whose watches name the target."""
    first = stored[0]
    met: dict[str, list[Match]] = {}
    for match in matches:
        met.setdefault(match.change_id, []).append(match)
    touched = [one for one in stored if one.id in met]
    assert touched, "a message is about changes"
    assert all(_tells(one.change) for one in touched), "a message is never empty of what changed"
    say = context.texts_for(match.watch for match in matches)
    note = note_of(first.source, context.sources)
    moment = context.moment or first.transition_id
    message_id = digest("message", moment, target)
    entries = [(one, _entry(one, met[one.id], context, say)) for one in touched[:SHOWN]]
    title, is_update = title_of(touched, say, context.sources), target in context.updates
    rest, notes = touched[SHOWN:], _watch_notes(matches, touched)
    evidence = context.evidence
    proof = _link(touched[0], context)
    return Message(
        message_id=message_id,
        title=say("Update: {title}", title=title) if is_update else title,
        work=first.work,
        work_title=first.title,
        source=say(note.title),
        legal=legal_line(note, note.checked or context.now.date(), say),
        link=f"{context.address}/changes?transition={first.transition_id}" if context.address else "",
        edition=_edition(first, say),
        language=say.language,
        text_language=evidence.language if evidence else "",
        update=_update(context, say) if is_update else "",
        history=history_of(context.history, say),
        official=official_page(first, evidence.url if evidence else ""),
        evidence=evidence,
        proof=f"{proof}#evidence" if proof else "",
        acknowledge=context.acknowledged_at(message_id),
        key=delivery_key(moment, notes[0].name, target),
        facts=tuple(fact for fact in first.facts if fact.value != cite_work(first.work)),
        dates=_dates(touched, context.now.date(), say),
        watches=notes,
        sections=_sections(entries),
        listed=tuple(
            (
                say("{label}: {value}", label=cite_change(one, say=say), value=_short(own_name(one.change))),
                _link(one, context),
            )
            for one in rest[:LISTED]
        ),
        uncounted=len(rest[LISTED:]),
        others=sum(one.change.materiality == "substantive" and one.id not in met for one in stored),
    )


def history_of(stages: Iterable[Stage], say: Texts) -> tuple[Past, ...]:
    """The earlier stages of an act as a message tells them."""
    return tuple(
        Past(
            day=stage.at.date(),
            said=called(say, STAGES, stage.stage),
            title=_short(stage.title or stage.work),
        )
        for stage in stages
    )


def _update(context: Context, say: Texts) -> str:
    """That the act was told of before: ``Update (codified); you heard of it on 2026-06-18: Title``."""
    first = context.history[0]
    return say(
        "Update ({stage}); you heard of this act on {day}: {title}",
        stage=called(say, STAGES, context.stage),
        day=say.day(first.at.date()),
        title=first.title or first.work,
    )


def title_of(
    touched: Sequence[StoredChange], say: Texts = ENGLISH, sources: Mapping[str, SourceNote] | None = None
) -> str:
    """One line that says what happened: ``10 CFR Part 810, Appendix A: inserted Thailand``, with the number of further changes."""
    first = touched[0]
    if is_document(first.change):
        source = say(note_of(first.source, sources or {}).title)
        where, what = re.split("[:：]", source)[0], first.title or cite_work(first.work, say=say)
    else:
        where, what = cite_change(first, say), brief(first.change, say)
    said = say("{label}: {value}", label=where, value=what)
    if len(touched) == 1:
        return _short(said, TITLE)
    longest = TITLE - len(say("{first} and {count} more", first="", count=len(touched) - 1))
    return say("{first} and {count} more", first=_short(said, longest), count=len(touched) - 1)


def is_document(change: Change) -> bool:
    """Whether the change is a document that appeared, which has no address in a text."""
    return change.kind == "insertion" and not change.new_eid


def brief(change: Change, say: Texts = ENGLISH) -> str:
    """A change in a few words: the limit that moved, the words that were exchanged, else what happened to what."""
    if change.kind == "substitution":
        if change.limits:
            limit = change.limits[0]
            old, new = bounds(say, limit)
            return f"{limit.quantity} {old} → {new}".strip()
        words = [" ".join(text.strip() for sign, text in change.ops if sign == side) for side in "-+"]
        gone, come = map(trimmed, words)
        if gone == come:  # only what ties them to their neighbours changed
            gone, come = words
        if len(gone) + len(come) <= 70:
            if gone and come:
                return f"{gone} → {come}"
            return say("inserted {what}", what=come) if come else say("deleted {what}", what=gone)
    name = own_name(change)
    if change.kind == "insertion":
        return say("inserted {what}", what=name)
    if change.kind == "repeal":
        return say("removed {what}", what=name)
    if change.kind == "substitution":
        return say("changed {what}", what=name)
    return say("{label}: {value}", label=verb_of(change, say), value=name) if name else verb_of(change, say)


def verb_of(change: Change, say: Texts = ENGLISH) -> str:
    """What happened to the provision, in a word or two."""
    old, new = change.old_eid or "", change.new_eid or ""
    if change.kind not in _VERBS:
        return change.kind
    verb = say(_VERBS[change.kind], old=old, new=new)
    if change.carried:
        return say("{verb} with {count} under it", verb=verb, count=len(change.carried))
    return verb


_VERBS = {
    "insertion": mark("inserted"),
    "repeal": mark("removed"),
    "substitution": mark("changed"),
    "renumbering": mark("renumbered {old} to {new}"),
    "move": mark("moved {old} to {new}"),
    "split": mark("split from {old}"),
    "join": mark("joined from {old}"),
    "applicability": mark("changed when it applies"),
}


def _by_target(matches: Sequence[Match]) -> dict[str, list[Match]]:
    found: dict[str, list[Match]] = {}
    for match in matches:
        for target in match.watch.notify:
            found.setdefault(target, []).append(match)
    return found


def _is_frame(change: Change) -> bool:
    """Whether what came or went is only a frame for others (a block of supplementary provisions, a table): it is told by what stands in it."""
    return change.kind in ("insertion", "repeal") and not is_document(change) and not _tells(change)


def _tells(change: Change) -> bool:
    return any(sign != "=" and text for sign, text in change.ops) or change.kind in (
        "move",
        "renumbering",
        "split",
        "join",
        "applicability",
    )


def _entry(stored: StoredChange, matches: Sequence[Match], context: Context, say: Texts) -> Entry:
    change, cut = folded(stored.change, say=say)
    return Entry(
        change=change,
        citation=" › ".join(
            (cite_change(stored, say), *(_short(part, 60) for part in inside_group(stored.change)))
        ),
        name="" if _is_plain(stored.change) else _short(label(stored.change)),
        verb=say("new document") if is_document(stored.change) else verb_of(stored.change, say),
        link=_link(stored, context),
        cut=cut,
        quotes=quotes_of(stored, matches) if cut else (),
        why=tuple(dict.fromkeys((match.watch.name, say("; ").join(_why(match, say))) for match in matches)),
    )


def _is_plain(change: Change) -> bool:
    """Whether the redline begins with the name, so that the name above it says nothing more."""
    return change.kind in ("insertion", "repeal") and not is_document(change)


def _why(match: Match, say: Texts) -> list[str]:
    """The touched terms first; where a watch asks for none of them, what else it asks for."""
    plain = ("materiality", "kinds", "sources", "jurisdictions", "works", "roles")
    told = [in_words(reason, say) for reason in match.why if reason.key not in plain]
    if not told:
        told = [in_words(reason, say) for reason in match.why if reason.key != "materiality"]
    asked = [called(say, MATERIALITY, one) for one in match.watch.materiality]
    return list(dict.fromkeys(told)) or [
        say("every change that is {materiality}", materiality=say.either(asked))
    ]


def _watch_notes(matches: Sequence[Match], touched: Sequence[StoredChange]) -> tuple[WatchNote, ...]:
    order = {one.id: at for at, one in enumerate(touched)}
    met: dict[Watch, set[str]] = {}
    for match in matches:
        met.setdefault(match.watch, set()).add(match.change_id)
    return tuple(
        WatchNote(
            name=watch.name,
            owner=watch.owner,
            reason=watch.reason,
            matter=watch.matter,
            changes=tuple(sorted(changes, key=order.__getitem__)),
        )
        for watch, changes in sorted(met.items(), key=lambda pair: pair[0].name)
    )


def _sections(entries: Sequence[tuple[StoredChange, Entry]]) -> tuple[Section, ...]:
    """The entries grouped by the heading that encloses them; in document order neighbours share one."""
    groups: list[tuple[str, list[Entry]]] = []
    for stored, entry in entries:
        heading = "" if is_document(stored.change) else " › ".join(map(_short, group_of(stored.change)))
        if not groups or groups[-1][0] != heading:
            groups.append((heading, []))
        groups[-1][1].append(entry)
    return tuple(Section(heading=heading, entries=tuple(found)) for heading, found in groups)


def _edition(stored: StoredChange, say: Texts) -> str:
    observed = say.instant(stored.observed_at)
    after = say.day(stored.after)
    if stored.before is None:
        return say("Published {day}, observed {at}", day=after, at=observed)
    return say(
        "Edition of {before} → edition of {after}, observed {at}",
        before=say.day(stored.before),
        after=after,
        at=observed,
    )


_ACTED_ON = frozenset({"effective", "applicable", "compliance", "comments_close", "expires"})


def _dates(
    touched: Sequence[StoredChange], today: date, say: Texts
) -> tuple[tuple[str, date, int | None], ...]:
    """The dates that the document states and those at which something applies, with the days left to those that people act on."""
    found: dict[tuple[str, date], int | None] = {}
    for fact in touched[0].facts:
        if fact.name in DATED_FACTS:
            try:
                day = date.fromisoformat(fact.value)
            except ValueError:
                continue
            left = (day - today).days if fact.name in _ACTED_ON else None
            found[called(say, DATED_FACTS, fact.name), day] = left
    for state in (state for stored in touched for state in stored.change.applicability):
        for table, at in ((BEGINS, state.start), (ENDS, state.end)):
            if at is not None:
                found[called(say, table, state.state), at] = (at - today).days
    return tuple((said, day, left) for (said, day), left in found.items())


def _link(stored: StoredChange, context: Context) -> str:
    return f"{context.address}/change/{stored.id}" if context.address else ""


def _short(text: str, longest: int = 90) -> str:
    """One printable line: white space as one blank, control and direction marks out, the end cut at a word with an ellipsis."""
    line = " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
