"""What changed: the list with its filters, and a change with all that a person needs to judge it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from alerts.citations import cite_change, cite_work
from alerts.language import Texts
from alerts.match import WatchIndex
from archive import addresses, changes, editions, events, instants, recent
from archive.errors import BadInput
from archive.evidence import evidence_of
from archive.recent import Wanted
from archive.records import StoredChange
from archive.shared_scope import NOT_COMPARED
from archive.store import Archive
from archive.vocabulary.countries import country_code
from tocsin.web.site import Absent, Asked, Page, Table
from tocsin.web.wording import Wording

EACH = 50


def listed(archive: Archive, asked: Asked) -> Page:
    """The changes, newest first, those without weight counted but not listed unless they are asked for; of one transition in document order."""
    wanted = wanted_of(asked)
    page = asked.number("page")
    numbers = recent.count(archive, replace(wanted, materiality=()))
    total = sum(
        number for name, number in numbers.items() if name in wanted.materiality or not wanted.materiality
    )
    shown = recent.page(archive, wanted, start=(page - 1) * EACH, limit=EACH)
    values = {
        "shown": shown,
        "total": total,
        "left_out": sum(numbers.values()) - total,
        "page": page,
        "pages": max(-(-total // EACH), 1),
        "wanted": wanted,
        "query": dict(asked.query),
        "transition": _transition(archive, wanted.transition, asked.say),
        "languages": _languages(archive, shown),
    }
    return Page(
        template="changes.html",
        values=values,
        data={"total": total, "changes": shown},
        table=_table(shown, asked.say),
    )


def one(archive: Archive, asked: Asked) -> Page:
    """One change: citation, redline, dates, why it is material, what it touches, who hears of it, and what it rests on."""
    stored = changes.change(archive, asked.named["id"])
    if stored is None:
        raise Absent(f"there is no change {asked.named['id']}")
    change = stored.change
    watches, why = asked.site.watches_or_why(archive)
    matches = WatchIndex(watches).match(stored)
    evidence = evidence_of(archive, stored.transition_id)
    values: dict[str, Any] = {
        "stored": stored,
        "change": change,
        "side": asked.text("view") == "side",
        "citation": Wording(asked.say).cited(
            stored.work, change.new_eid or change.old_eid or "", stored.title, Wording.own(change)
        ),
        "siblings": recent.beside(archive, stored),
        "not_compared": [fact for fact in stored.facts if fact.name == NOT_COMPARED],
        "facts": [fact for fact in stored.facts if fact.name != NOT_COMPARED],
        "matches": matches,
        "no_watches": why,
        "evidence": evidence,
        "language": _languages(archive, [stored]).get(stored.work, ""),
        "editions": _editions(archive, stored),
        "acts": [
            events.event(archive, key)
            for key in addresses.events_of(archive, [stored.transition_id]).get(stored.transition_id, ())
        ],
    }
    data = {"change": stored, "evidence": evidence, "watches": matches}
    return Page(template="change.html", values=values, data=data)


def _table(shown: Iterable[StoredChange], say: Texts) -> Table:
    head = (
        "id",
        "citation",
        "work",
        "eid",
        "kind",
        "materiality",
        "before",
        "after",
        "observed_at",
        "reason",
    )
    rows = (
        (
            one.id,
            cite_change(one, say),
            one.work,
            one.change.new_eid or one.change.old_eid or "",
            one.change.kind,
            one.change.materiality,
            one.before or "",
            one.after,
            instants.written(one.observed_at),
            one.change.reason,
        )
        for one in shown
    )
    return head, tuple(rows)


def wanted_of(asked: Asked) -> Wanted:
    """The filters of a list of changes. Raises ``BadInput`` for a day or a country that is none."""
    touching = None
    for kind in ("code", "country", "technology", "group"):
        said = asked.text(kind)
        if said:
            identity = (
                country_code(said) if kind == "country" else f"group:{said}" if kind == "group" else said
            )
            if identity is None:
                raise BadInput(
                    f"{said[:40]!r} is not a country", thing="country", mend="Write a name, or a code like TH"
                )
            touching = (kind, identity.replace("group:group:", "group:"))
    return Wanted(
        since=asked.day("since"),
        until=asked.day("until"),
        jurisdiction=asked.text("jurisdiction").upper(),
        source=asked.text("source"),
        work=asked.text("work"),
        transition=asked.text("transition"),
        kind=asked.text("kind"),
        materiality=() if asked.flag("all") else ("substantive",),
        touching=touching,
    )


def _transition(archive: Archive, key: str, say: Texts) -> Any:
    if not key:
        return None
    found = recent.transitions(archive, Wanted(transition=key), limit=1)
    return (found[0], cite_work(found[0].work, found[0].title, say)) if found else None


def _languages(archive: Archive, stored: Iterable[StoredChange]) -> dict[str, str]:
    """The language of each work: its words are law, and stay in it."""
    works = sorted({one.work for one in stored})
    rows = archive.database.execute(
        f"SELECT path, language FROM work WHERE path IN ({', '.join('?' * len(works))})",  # noqa: S608
        works,
    )
    return dict(rows.fetchall())


def _editions(archive: Archive, stored: StoredChange) -> tuple[Any, ...]:
    """The editions of its two sides, where they are held: with address and digest of what they were read from."""
    days = [day for day in (stored.before, stored.after) if day is not None]
    return tuple(held for held in editions.editions(archive, stored.work) if held.as_of in days)
