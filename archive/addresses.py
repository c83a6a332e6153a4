"""What became of an address: the changes at it and below it, the acts behind them, and where it went when it was renumbered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from archive import codec
from archive.below import at_or_below
from archive.store import Archive
from archive.stored_changes import Details

RENAMING = ("renumbering", "move", "split", "join")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A change at an address or below it, without its text: its id, what it was, from which to which edition, in which transition."""

    change: str
    kind: str
    materiality: str
    old_eid: str
    new_eid: str
    before: date | None
    after: date
    transition_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """That what stood at ``old`` stands at ``new`` from the edition of ``day`` on; ``change`` says so."""

    old: str
    new: str
    day: date
    change: str


def find(archive: Archive, path: str) -> tuple[str, str]:
    """The held work that a path names, the longest, and the address in it that is left ("" for the work as such); ("", "") where no work answers."""
    parts = path.split("/")
    starts = ["/".join(parts[:end]) for end in range(len(parts), 1, -1)]
    held = {
        found
        for (found,) in archive.database.execute(
            "SELECT path FROM work WHERE path IN (SELECT value FROM json_each(?))", (codec.dumps(starts),)
        )
    }
    work = next((start for start in starts if start in held), "")
    return work, path[len(work) + 1 :] if work else ""


def number(archive: Archive, work: str, eid: str) -> int | None:
    """The number of an address in the tables, None where nothing ever stood there."""
    row = archive.database.execute(
        "SELECT address.id FROM address JOIN work ON work.id = address.work WHERE path = ? AND eid = ?",
        (work, eid),
    ).fetchone()
    return row[0] if row else None


def nearby(archive: Archive, work: str, eid: str, limit: int = 8) -> tuple[str, ...]:
    """Addresses that begin as this one does, for somebody who mistyped it."""
    start = eid
    while start:
        rows = archive.database.execute(
            r"""
            SELECT eid FROM address JOIN work ON work.id = address.work
            WHERE path = ? AND eid LIKE ? ESCAPE '\' ORDER BY length(eid), eid LIMIT ?
            """,
            (work, start.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%", limit),
        ).fetchall()
        if rows:
            return tuple(found for (found,) in rows)
        start = start[:-1]
    return ()


def steps(archive: Archive, work: str, eid: str) -> tuple[Step, ...]:
    """The changes at an address and below it by its eid, the newest first; of "" all of the work."""
    here = f"AND ({at_or_below('old_eid', '.')} OR {at_or_below('new_eid', '.')})" if eid else ""
    rows = archive.database.execute(
        f"""
        SELECT change.key, change.kind, materiality, coalesce(old_eid, ''), coalesce(new_eid, ''), before, after, transition.id
        FROM transition
        JOIN work ON work.id = transition.work
        JOIN changeset ON changeset.transition_id = transition.id AND newest = 1
        JOIN change ON change.changeset = changeset.id
        WHERE path = ? {here} ORDER BY after DESC, transition.rowid DESC, position
        """,  # noqa: S608 - columns of ours
        (work, *([eid] * 6 if eid else ())),
    )
    return tuple(
        Step(
            change=key,
            kind=kind,
            materiality=materiality,
            old_eid=old,
            new_eid=new,
            before=date.fromisoformat(before) if before else None,
            after=date.fromisoformat(after),
            transition_id=transition,
        )
        for key, kind, materiality, old, new, before, after, transition in rows
    )


def renamings(archive: Archive, work: str, eid: str) -> tuple[Renamed, ...]:
    """How an address came by its place and where it went: the renamings from it and to it, also as one of those that something above it carried along;
    oldest first."""
    written = codec.dumps(eid)
    pattern = "%" + written.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    rows = archive.database.execute(
        rf"""
        SELECT change.key, old_eid, new_eid, content, after FROM transition
        JOIN work ON work.id = transition.work
        JOIN changeset ON changeset.transition_id = transition.id AND newest = 1
        JOIN change ON change.changeset = changeset.id
        JOIN finding ON finding.id = change.finding
        WHERE path = ? AND change.kind IN ({",".join("?" * len(RENAMING))})
            AND (old_eid = ? OR new_eid = ? OR content LIKE ? ESCAPE '\')
        ORDER BY after, transition.rowid, position
        """,  # noqa: S608 - question marks
        (work, *RENAMING, eid, eid, pattern),
    )
    found = []
    for key, old, new, content, after in rows:
        pairs = [(old, new), *codec.loads(content, Details).carried]
        found += [
            Renamed(old=str(one), new=str(other), day=date.fromisoformat(after), change=key)
            for one, other in pairs
            if one and other and one != other and eid in (one, other)
        ]
    return tuple(dict.fromkeys(found))


def events_of(archive: Archive, transitions: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The events of which transitions are stages, by transition."""
    found: dict[str, tuple[str, ...]] = {}
    rows = archive.database.execute(
        "SELECT transition_id, event FROM event_stage WHERE transition_id IN (SELECT value FROM json_each(?)) ORDER BY rowid",
        (codec.dumps(list(dict.fromkeys(transitions))),),
    )
    for transition, event in rows:
        found[transition] = (*found.get(transition, ()), event)
    return found
