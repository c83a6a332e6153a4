"""Reviews as plain values, for the command line and the API alike. What is privileged is among them only where the caller says so, and says so only for
counsel that asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from alerts.citations import cite_change
from archive import chain, changes, digests, instants, reviews
from archive.errors import BadInput
from archive.reviews import Assignment, Comment, Decision
from archive.store import Archive
from tocsin.digest.told import Telling
from tocsin.review.decisions import redline_text
from tocsin.review.items import Item, items_of, stored_change
from tocsin.review.signatures import outdated_because

Shown = dict[str, Any]


def item_shown(archive: Archive, item: Item) -> Shown:
    """One thing to decide: where, for which watch, whose, how it stands."""
    found = item.found
    stored = changes.change(archive, found.change)
    return {
        "change": found.change,
        "transition": found.transition_id,
        "citation": cite_change(stored) if stored else "",
        "work": found.work,
        "after": found.after.isoformat(),
        "kind": found.kind,
        "materiality": found.materiality,
        "watch": item.watch,
        "assigned": item.assigned,
        "open": item.is_open,
        "date_open": bool(item.state and item.state.is_date_open),
        "why": [lapse.why for lapse in item.state.lapses] if item.state else [],
        "decision": decision_shown(item.state.decision) if item.state else None,
    }


def change_shown(
    archive: Archive, change: str, *, privileged: bool, items: Sequence[Item] | None = None
) -> Shown:
    """Everything said of a change: what there is to decide (``items`` where somebody has read them already), every decision that was made, comments,
    assignments, and the redline text that passages are quoted from. Raises ``BadInput``."""
    stored = stored_change(archive, change)
    here = items_of(archive, stored.transition_id, change=change) if items is None else items
    ids = {change, *(one.found.change for one in here)}
    transition = stored.transition_id
    return {
        "change": change,
        "transition": transition,
        "citation": cite_change(stored),
        "redline": redline_text(stored.change),
        "items": [item_shown(archive, one) for one in here],
        "decisions": [
            decision_shown(one)
            for one in reviews.decisions(archive, transition=transition)
            if one.change in ids
        ],
        "comments": [
            comment_shown(one)
            for one in reviews.comments(archive, transition=transition, privileged=privileged)
            if one.change in ids
        ],
        "assignments": [
            assignment_shown(one)
            for one in reviews.assignments(archive, transition=transition)
            if one.change in ids
        ],
    }


def week_shown(
    archive: Archive, week: str, *, signatures: int, now: datetime, told: Sequence[Telling] | None = None
) -> Shown:
    """How the digest of a week stands: its builds, the signatures under the newest, how many are missing, what was released. ``told`` is what the newest
    tells, where somebody has read that already. Raises ``BadInput``."""
    build = digests.newest_build(archive, week)
    if build is None:
        raise BadInput(
            "no digest of it was built", thing=week, mend=f"Build one with 'tocsin review draft {week}'"
        )
    signed = digests.signatures(archive, build.version)
    released = digests.releases(archive, week)
    return {
        "week": week,
        "version": build.version,
        "as_known": instants.written(build.as_known),
        "outdated": outdated_because(archive, build, known=now, told=told),
        "signatures": [
            {"id": one.id, "at": instants.written(one.at), "author": one.author, "role": one.role}
            for one in signed
        ],
        "missing": 0
        if any(one.version == build.version for one in released)
        else max(0, signatures - len({one.author for one in signed})),
        "released": [{"at": instants.written(one.at), "version": one.version} for one in released],
        "builds": [
            {"version": one.version, "as_known": instants.written(one.as_known)}
            for one in digests.builds(archive, week)
        ],
    }


_ACTS = ("decision", "comment", "assignment", "digest", "signature", "release")


def log_shown(archive: Archive, *, privileged: bool) -> list[Shown]:
    """What people did, in the order of the chain: each link with what it holds. A privileged comment is a link and a hash; what the program wrote by
    itself, run after run, is no act and left out."""
    said: dict[tuple[str, str], Shown] = {
        **_by("decision", map(decision_shown, reviews.decisions(archive))),
        **_by("comment", map(comment_shown, reviews.comments(archive, privileged=privileged))),
        **_by("assignment", map(assignment_shown, reviews.assignments(archive))),
    }
    for signature in digests.signatures(archive):
        said["signature", signature.id] = {
            "author": signature.author,
            "role": signature.role,
            "version": signature.version,
        }
    for release in digests.releases(archive):
        said["release", release.id] = {"version": release.version, "signatures": list(release.signatures)}
    for build in digests.builds(archive):
        said["digest", build.version] = {"week": build.week, "as_known": instants.written(build.as_known)}
    return [
        {
            "position": link.position,
            "at": link.at,
            "kind": link.kind,
            "subject": link.subject,
            "content": link.content,
            "hash": link.hash,
            "said": said.get((link.kind, link.subject)),
        }
        for link in chain.links(archive, kinds=_ACTS)
    ]


def decision_shown(one: Decision) -> Shown:
    """A decision with all that was written of it, what it is bound to left out."""
    return {
        **_act(one),
        "watch": one.watch,
        "verdict": one.verdict,
        "because": one.reason,
        "person": one.person,
        "due": one.due.isoformat() if one.due else None,
        "corrects": one.corrects,
    }


def comment_shown(one: Comment) -> Shown:
    """A comment, with the passage that it is on."""
    return {
        **_act(one),
        "quote": one.quote,
        "start": one.start,
        "words": one.words,
        "privileged": one.privileged,
        "corrects": one.corrects,
    }


def assignment_shown(one: Assignment) -> Shown:
    """An assignment; "" as its person: nobody's any more."""
    return {**_act(one), "watch": one.watch, "person": one.person}


def _act(one: Decision | Comment | Assignment) -> Shown:
    return {
        "id": one.id,
        "at": instants.written(one.at),
        "author": one.author,
        "role": one.role,
        "change": one.change,
        "transition": one.transition_id,
    }


def _by(kind: str, shown: Iterable[Shown]) -> dict[tuple[str, str], Shown]:
    return {(kind, one["id"]): one for one in shown}
