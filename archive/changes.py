"""Changes as the archive holds them: recorded once for each analysis of a transition, asked for by what they are and what they touch."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from archive import codec, instants, interned
from archive.below import at_or_below
from archive.changes_read import read_in_parts
from archive.changes_screened import Screen, screened
from archive.errors import BadInput
from archive.identifiers import digest
from archive.narrowing import ANY, Need, condition
from archive.publishing import work_id
from archive.records import ChangeSet, StoredChange, Touch
from archive.store import Archive
from archive.stored_changes import details, packed_operations

MATERIALITIES = ("technical", "editorial", "substantive")
# Ids of these types are paths: 3A090 covers 3A090.a.1, technology 2 covers 2.1.
_PATHS = ("code", "technology", "series")


def record_changeset(
    archive: Archive, changeset: ChangeSet, touches: Sequence[tuple[Touch, ...]], *, reference: str = ""
) -> tuple[StoredChange, ...]:
    """Write one analysis of a transition, with the touches of each of its changes; answers them as stored.

    A transition can be analysed again, by another engine or after its editions were derived anew: the newest analysis counts. The same
    analysis again is kept once, with the touches that ``reference`` (the state of the tables they were read with) gives: the newest reading
    counts. Call it inside the transaction that publishes the edition. Raises ``BadInput`` where changes and touches differ in number.
    """
    if len(touches) != len(changeset.changes):
        raise BadInput(
            f"{len(changeset.changes)} changes came with touches for {len(touches)}",
            thing=changeset.transition.work,
        )
    content = hashlib.sha256(codec.dumps(changeset.changes).encode()).hexdigest()
    with archive.transaction():
        _write_transition(archive, changeset)
        newest = archive.database.execute(
            "SELECT id, engine, digest FROM changeset WHERE transition_id = ? AND newest = 1",
            (changeset.transition.id,),
        ).fetchone()
        if newest and newest[1:] == (changeset.engine, content):
            number = newest[0]
        else:
            number = _write_changeset(archive, changeset, content)
        _write_touches(archive, number, touches, reference)
        return tuple(_stored(archive, "changeset.id = ?", (number,), order="position"))


def changes(
    archive: Archive,
    *,
    since: date | None = None,
    until: date | None = None,
    source: str | None = None,
    work: str | None = None,
    touching: tuple[str, str] | None = None,
    materiality: str | Collection[str] | None = None,
    need: Need = ANY,
    screen: Screen | None = None,
    newest_first: bool = False,
) -> Iterator[StoredChange]:
    """The changes of the newest analysis of each transition, by when they were observed, then in document order, or just the other way round; read as they
    are taken.

    ``since`` and ``until`` are the first and the last day (UTC) of observation; ``work`` includes the works below it; ``touching`` is a type and
    an id, of a code with all below it (``("code", "3A090")`` finds ``3A090.a``); ``materiality`` is the least one wanted (technical,
    editorial, substantive), or a collection of those wanted; ``need`` is what they must have besides, and a ``screen`` leaves out those whose texts it does
    not let through. Raises ``BadInput`` for a materiality that is none.
    """
    conditions = ["changeset.newest = 1"]
    values: list[object] = []
    if since is not None:
        conditions.append("transition.observed_at >= ?")
        values.append(_day(since))
    if until is not None:
        conditions.append("transition.observed_at < ?")
        values.append(_day(until + timedelta(days=1)))
    if source is not None:
        conditions.append("transition.source = ?")
        values.append(source)
    if work is not None:
        conditions.append(at_or_below("work.path"))
        values += [work] * 3
    if materiality is not None:
        wanted = _materialities(materiality)
        conditions.append(f"change.materiality IN ({','.join('?' * len(wanted))})")
        values += wanted
    if touching is not None:
        kind, identity = touching
        # "." and "/" part the levels of codes (3A090.a, 輸出令/別表1/7): both sort between "." and "0".
        below = " OR (touch.id >= ? || '.' AND touch.id < ? || '0')" if kind in _PATHS else ""
        conditions.append(
            f"""EXISTS (SELECT 1 FROM touch WHERE touch.change = change.id AND touch.reference = changeset.reference
            AND touch.type = ? AND (touch.id = ?{below}))"""  # noqa: S608
        )
        values += [kind, identity, *([identity] * 2 if below else [])]
    words, given = condition(need)
    way = " DESC" if newest_first else ""
    return _stored(
        archive,
        " AND ".join([*conditions, words]),
        [*values, *given],
        order=f"transition.observed_at{way}, transition.rowid{way}, change.position{way}",
        screen=screen,
    )


def into_editions(
    archive: Archive, *, since: date, until: date, need: Need = ANY, screen: Screen | None = None
) -> Iterator[StoredChange]:
    """The changes of the newest analyses into the editions of ``since`` to ``until`` that have what is needed, whenever they were observed, by the day of
    the edition; read as they are taken. Those whose texts a ``screen`` does not let through are left out."""
    words, values = condition(need)
    return _stored(
        archive,
        f"{_INTO} AND {words}",
        [since.isoformat(), until.isoformat(), *values],
        order="transition.after, transition.rowid, change.position",
        screen=screen,
    )


def transitions_into(archive: Archive, *, since: date, until: date) -> int:
    """How many transitions have such changes, whatever they are."""
    (found,) = archive.database.execute(
        f"""
        SELECT count(*) FROM transition WHERE EXISTS
            (SELECT 1 FROM changeset JOIN change ON change.changeset = changeset.id WHERE changeset.transition_id = transition.id AND {_INTO})
        """,  # noqa: S608
        (since.isoformat(), until.isoformat()),
    ).fetchone()
    return int(found)


def change(archive: Archive, key: str) -> StoredChange | None:
    """The change with an id, by the newest analysis that found it; None where there is none."""
    return next(_stored(archive, "change.key = ?", (key,), order="changeset.id DESC"), None)


def of_transition(archive: Archive, transition_id: str) -> tuple[StoredChange, ...]:
    """What the newest analysis of a transition found, in document order; () where it was never analysed or is superseded."""
    return tuple(
        _stored(
            archive, "changeset.newest = 1 AND transition.id = ?", (transition_id,), order="change.position"
        )
    )


def supersede_transitions(archive: Archive, work: str, *, into: date) -> None:
    """Let the transitions of a work into an edition count no more: an edition in between has come to hand, and what they found is told
    by the step from that one. They stay, for the alerts that point to them; ``change`` still finds them."""
    with archive.transaction():
        archive.database.execute(
            """
            UPDATE changeset SET newest = 0 WHERE newest = 1 AND transition_id IN
                (SELECT transition.id FROM transition JOIN work ON work.id = transition.work WHERE path = ? AND after = ?)
            """,
            (work, into.isoformat()),
        )


def _write_transition(archive: Archive, changeset: ChangeSet) -> None:
    seen = changeset.transition
    archive.database.execute(
        """
        INSERT INTO transition (id, source, work, before_sha256, after_sha256, before, after, observed_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING
        """,
        (
            seen.id,
            seen.source,
            work_id(archive.database, seen.work, seen.source),
            seen.before_sha256,
            seen.after_sha256,
            seen.before.isoformat() if seen.before else None,
            seen.after.isoformat(),
            instants.written(seen.observed_at),
        ),
    )


def _write_changeset(archive: Archive, changeset: ChangeSet, content: str) -> int:
    database = archive.database
    database.execute("UPDATE changeset SET newest = 0 WHERE transition_id = ?", (changeset.transition.id,))
    (number,) = database.execute(
        "INSERT INTO changeset (transition_id, engine, digest, reference, newest) VALUES (?, ?, ?, '', 1) RETURNING id",
        (changeset.transition.id, changeset.engine, content),
    ).fetchone()
    texts = interned.leads(
        database, (text for one in changeset.changes for text in (one.text_before, one.text_after))
    )
    paths = interned.path_ids(database, (one.path for one in changeset.changes))
    found = [details(one) for one in changeset.changes]
    findings = interned.finding_ids(database, found)
    equals: Counter[tuple[str, str, str]] = Counter()
    rows = []
    for position, (one, content) in enumerate(zip(changeset.changes, found, strict=True)):
        place = (one.kind, one.old_eid or "", one.new_eid or "")
        rows.append(
            (
                number,
                position,
                digest("change", changeset.transition.id, *place, str(equals[place])),
                one.kind,
                one.materiality,
                one.old_eid,
                one.new_eid,
                one.heading,
                *texts[one.text_before],
                *texts[one.text_after],
                codec.dumps(packed_operations(one)),
                one.likeness or None,
                paths[one.path],
                findings[content],
            )
        )
        equals[place] += 1
    database.executemany(
        """
        INSERT INTO change (changeset, position, key, kind, materiality, old_eid, new_eid, heading, lead_before, text_before, lead_after, text_after,
            ops, likeness, enclosing, finding)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        rows,
    )
    result: int = number
    return result


def _write_touches(
    archive: Archive, changeset: int, touches: Sequence[tuple[Touch, ...]], reference: str
) -> None:
    database = archive.database
    numbers = [
        row[0]
        for row in database.execute(
            "SELECT id FROM change WHERE changeset = ? ORDER BY position", (changeset,)
        )
    ]
    database.executemany(
        "DELETE FROM touch_of_change WHERE change = ? AND reference = ?",
        ((number, reference) for number in numbers),
    )
    sorts = interned.sort_ids(database, touches)
    database.executemany(
        'INSERT INTO touch_of_change (change, reference, position, sort, id, start, "end") VALUES (?, ?, ?, ?, ?, ?, ?)',
        (
            (number, reference, position, sorts[interned.sort_of(touch)], touch.id, touch.start, touch.end)
            for number, found in zip(numbers, touches, strict=True)
            for position, touch in enumerate(found)
        ),
    )
    database.execute("UPDATE changeset SET reference = ? WHERE id = ?", (reference, changeset))


def _stored(
    archive: Archive, condition: str, values: Sequence[object], *, order: str, screen: Screen | None = None
) -> Iterator[StoredChange]:
    """The changes that meet a condition. Only their numbers are sorted; they are read in parts, as they are taken."""
    database = archive.database
    numbers = database.execute(
        f"""
        SELECT change.id FROM change
        JOIN changeset ON changeset.id = change.changeset
        JOIN transition ON transition.id = changeset.transition_id
        JOIN work ON work.id = transition.work
        WHERE {condition} ORDER BY {order}
        """,  # noqa: S608
        values,
    )
    chosen = (number for (number,) in numbers)
    yield from read_in_parts(database, chosen if screen is None else screened(database, chosen, screen))


def _materialities(wanted: str | Collection[str]) -> list[str]:
    given = [wanted] if isinstance(wanted, str) else list(wanted)
    for one in given:
        if one not in MATERIALITIES:
            raise BadInput(f"{one!r} is no materiality", mend=f"Use one of {', '.join(MATERIALITIES)}")
    return list(MATERIALITIES[MATERIALITIES.index(wanted) :]) if isinstance(wanted, str) else given


def _day(day: date) -> str:
    return instants.written(datetime.combine(day, time(), UTC))


_INTO = "changeset.newest = 1 AND transition.after >= ? AND transition.after <= ?"
