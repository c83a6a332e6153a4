"""From the changes of one transition and the watches they met to the messages that are owed: one for each target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from alerts.citations import cite_change, cite_work, group_of, inside_group, label, own_name
from alerts.conditions import Watch
from alerts.explain import in_words
from alerts.folding import folded
from alerts.match import Match
from alerts.message import Entry, Message, Section, WatchNote
from alerts.owed import owed
from alerts.quotes import quotes_of
from alerts.sources import SourceNote, note_of
from archive.identifiers import digest
from archive.records import Change, Delivery, StoredChange

SHOWN = 60
"""Changes that a message shows with their redline; the rest are named, with a link each."""
LISTED = 240
"""Changes that a message names beyond those; the rest are counted."""
TITLE = 132
"""Characters of a title: Slack takes 150 in a header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a message says that the changes do not hold: the instant, the base address of the archive's pages, the sources; the ``thread`` of
    the legal act ("" : one for the work), and the ``updates``: for each target that was told of the act before, how and when."""

    now: datetime
    address: str = ""
    sources: Mapping[str, SourceNote] = field(default_factory=dict)
    thread: str = ""
    updates: Mapping[str, str] = field(default_factory=dict)


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
            moment=stored[0].transition_id,
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
    note = note_of(first.source, context.sources)
    checked = note.checked or context.now.date()
    entries = [(one, _entry(one, met[one.id], context)) for one in touched[:SHOWN]]
    update = context.updates.get(target, "")
    rest = touched[SHOWN:]
    return Message(
        message_id=digest("message", first.transition_id, target),
        title=f"Update: {title_of(touched)}" if update else title_of(touched),
        work=first.work,
        work_title=first.title,
        source=note.title,
        legal=f"{note.legal_status} Sources checked to {checked.isoformat()}.".strip(),
        link=f"{context.address}/changes?transition={first.transition_id}" if context.address else "",
        edition=f"{_edition(first)}. Update, {update}" if update else _edition(first),
        facts=tuple(fact for fact in first.facts if fact.value != cite_work(first.work)),
        dates=_dates(touched, context.now.date()),
        watches=_watch_notes(matches, touched),
        sections=_sections(entries),
        listed=tuple(
            (f"{cite_change(one)}: {_short(own_name(one.change))}", _link(one, context))
            for one in rest[:LISTED]
        ),
        uncounted=len(rest[LISTED:]),
        others=sum(one.change.materiality == "substantive" and one.id not in met for one in stored),
    )


def title_of(touched: Sequence[StoredChange]) -> str:
    """One line that says what happened: ``10 CFR Part 810, Appendix A: inserted Thailand``, with the number of further changes."""
    first = touched[0]
    if is_document(first.change):
        said = f"{note_of(first.source, {}).title}: {first.title or cite_work(first.work)}"
    else:
        said = f"{cite_change(first)}: {brief(first.change)}"
    more = f" and {len(touched) - 1} more" if len(touched) > 1 else ""
    return _short(said, TITLE - len(more)) + more


def is_document(change: Change) -> bool:
    """Whether the change is a document that appeared, which has no address in a text."""
    return change.kind == "insertion" and not change.new_eid


def brief(change: Change) -> str:
    """A change in a few words: the limit that moved, the words that were exchanged, else what happened to what."""
    if change.kind == "substitution":
        if change.limits:
            limit = change.limits[0]
            return f"{limit.quantity} {limit.old or 'none'} → {limit.new or 'none'}".strip()
        gone = " ".join(text.strip() for sign, text in change.ops if sign == "-")
        new = " ".join(text.strip() for sign, text in change.ops if sign == "+")
        if len(gone) + len(new) <= 70:
            return f"{gone} → {new}" if gone and new else f"inserted {new}" if new else f"deleted {gone}"
    return f"{verb_of(change)} {own_name(change)}".strip()


def verb_of(change: Change) -> str:
    """What happened to the provision, in a word or two."""
    old, new = change.old_eid or "", change.new_eid or ""
    carried = f" with {len(change.carried)} under it" if change.carried else ""
    verbs = {
        "insertion": "inserted",
        "repeal": "removed",
        "substitution": "changed",
        "renumbering": f"renumbered {old} to {new}{carried}:",
        "move": f"moved {old} to {new}{carried}:",
        "split": f"split from {old}:",
        "join": f"joined from {old}:",
        "applicability": "changed when it applies:",
    }
    return verbs.get(change.kind, change.kind)


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


def _entry(stored: StoredChange, matches: Sequence[Match], context: Context) -> Entry:
    change, cut = folded(stored.change)
    return Entry(
        change=change,
        citation=" › ".join(
            (cite_change(stored), *(_short(part, 60) for part in inside_group(stored.change)))
        ),
        name="" if _is_plain(stored.change) else _short(label(stored.change)),
        verb="new document" if is_document(stored.change) else verb_of(stored.change).rstrip(":"),
        link=_link(stored, context),
        cut=cut,
        quotes=quotes_of(stored, matches) if cut else (),
        why=tuple(dict.fromkeys((match.watch.name, "; ".join(_why(match))) for match in matches)),
    )


def _is_plain(change: Change) -> bool:
    """Whether the redline begins with the name, so that the name above it says nothing more."""
    return change.kind in ("insertion", "repeal") and not is_document(change)


def _why(match: Match) -> list[str]:
    """The touched terms first; where a watch asks for none of them, what else it asks for."""
    plain = ("materiality", "kinds", "sources", "jurisdictions", "works", "roles")
    told = [in_words(reason) for reason in match.why if reason.key not in plain]
    if not told:
        told = [in_words(reason) for reason in match.why if reason.key != "materiality"]
    return list(dict.fromkeys(told)) or [f"every {' or '.join(match.watch.materiality)} change"]


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


def _edition(stored: StoredChange) -> str:
    observed = f"observed {stored.observed_at:%Y-%m-%d %H:%M} UTC"
    if stored.before is None:
        return f"Published {stored.after.isoformat()}, {observed}"
    return f"Edition of {stored.before.isoformat()} → edition of {stored.after.isoformat()}, {observed}"


_DATED = {
    "published": "published",
    "filed": "filed",
    "signed": "signed",
    "effective": "effective",
    "compliance": "compliance due",
    "comments_close": "comments close",
}


def _dates(touched: Sequence[StoredChange], today: date) -> tuple[tuple[str, date, int | None], ...]:
    """The dates that the document states and those at which something applies, with the days left to those that people act on."""
    found: dict[tuple[str, date], int | None] = {}
    for fact in touched[0].facts:
        if fact.name in _DATED:
            try:
                day = date.fromisoformat(fact.value)
            except ValueError:
                continue
            acted_on = fact.name in ("effective", "compliance", "comments_close")
            found[_DATED[fact.name], day] = (day - today).days if acted_on else None
    for state in (state for stored in touched for state in stored.change.applicability):
        for bound, at in (("from", state.start), ("until", state.end)):
            if at is not None:
                found[f"{state.state} {bound}", at] = (at - today).days
    return tuple((said, day, left) for (said, day), left in found.items())


def _link(stored: StoredChange, context: Context) -> str:
    return f"{context.address}/change/{stored.id}" if context.address else ""


def _short(text: str, longest: int = 90) -> str:
    """One printable line: white space as one blank, control and direction marks out, the end cut at a word with an ellipsis."""
    line = " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())
    if len(line) <= longest:
        return line
    return line[: longest - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
