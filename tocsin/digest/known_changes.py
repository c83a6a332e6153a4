"""What changed, as the archive knew it at an instant: by the analyses that counted then, with the touches as they were read then.

``archive.changes`` answers how things stand now; here every query is bounded by the known clock, so that what came later (a better engine, another
recipe, an edition in between, new terms) changes nothing of what is answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from archive import codec, instants
from archive.records import Fact, StoredChange
from archive.shared_scope import statement
from archive.store import Archive
from archive.stored_changes import COLUMNS, stored_change


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTransition:
    """A transition with the changes of the analysis that counted, and since when each of them is known (the first analysis that had it);
    ``is_history`` says that an edition of that day or a younger one was held when the step came to hand; ``language`` is that of the text."""

    changes: tuple[StoredChange, ...]
    known_since: tuple[datetime, ...]
    is_history: bool
    language: str = ""


def known_transitions(
    archive: Archive, *, since: datetime, until: datetime, known: datetime
) -> Iterator[KnownTransition]:
    """The transitions of which something came to be known from ``since`` up to but not including ``until``, and by ``known``; in the order in
    which they were observed. One without changes, or superseded by then, is left out."""
    rows = archive.database.execute(
        _TRANSITIONS,
        {
            "since": instants.written(since),
            "until": instants.written(until),
            "known": instants.written(known),
        },
    ).fetchall()
    for transition, changeset, work, after, sha256, before, observed in rows:
        found = tuple(_changes(archive, changeset, instants.written(known)))
        if not found:
            continue
        title, language, facts = _edition(archive, work, after, sha256, before, known)
        yield KnownTransition(
            changes=tuple(replace(one, title=title or one.title, facts=facts) for one in found),
            known_since=_known_since(archive, transition, found, observed),
            is_history=_is_history(archive, work, after, observed),
            language=language,
        )


def _changes(archive: Archive, changeset: int, known: str) -> Iterator[StoredChange]:
    reading = archive.database.execute(_READING, {"changeset": changeset, "known": known}).fetchone()
    for number, *row in archive.database.execute(_CHANGES, (changeset,)):
        yield stored_change([*row, "[]"], _touches(archive, number, reading))


def _touches(archive: Archive, change: int, reading: tuple[int, str, int] | None) -> list[tuple[object, ...]]:
    """The touches of a change by a reading (its number, its reference, whether another took its place)."""
    if reading is None:
        return []
    number, reference, replaced = reading
    if replaced:
        return archive.database.execute(_REPLACED_TOUCHES, (change, number)).fetchall()
    return archive.database.execute(_TOUCHES, (change, reference)).fetchall()


def _known_since(
    archive: Archive, transition: str, found: tuple[StoredChange, ...], observed: str
) -> tuple[datetime, ...]:
    """Since when each change is known: its id is the same in every analysis that finds it."""
    first = dict(archive.database.execute(_FIRST_KNOWN, (transition,)).fetchall())
    return tuple(instants.read(first.get(one.id, observed)) for one in found)


def _edition(
    archive: Archive, work: int, after: str, sha256: str, before: str | None, known: datetime
) -> tuple[str, str, tuple[Fact, ...]]:
    """Title and language of the edition that a transition leads to and what it states of itself, as it was read by ``known``."""
    bound = instants.microseconds(known)
    row = archive.database.execute(
        _EDITION, {"work": work, "after": after, "sha256": sha256, "known": bound}
    ).fetchone()
    if row is None:
        return "", "", ()
    title, language, facts, series, printed = row
    said = codec.loads(facts, tuple[Fact, ...])
    if before is None:
        return title, language, said
    earlier = archive.database.execute(_COVERS, (series, before, bound)).fetchone()
    had = earlier[0] if earlier else "[]"
    if printed == had == "[]":
        return title, language, said
    standing = [eid for (eid,) in archive.database.execute(_ROOTS, (series, after, after, bound, bound))]
    left_out = statement(codec.loads(had, tuple[str, ...]), codec.loads(printed, tuple[str, ...]), standing)
    return title, language, (*said, left_out) if left_out else said


def _is_history(archive: Archive, work: int, after: str, observed: str) -> bool:
    bound = instants.microseconds(instants.read(observed))
    return archive.database.execute(_YOUNGER, (work, after, bound)).fetchone() is not None


# The latest row of an analysis that is not after the instant says whether it counted then.
_TRANSITIONS = """
    SELECT transition.id, standing.changeset, transition.work, after, after_sha256, before, observed_at
    FROM transition JOIN (
        SELECT transition_id, changeset, newest, max(analysis_history.id) FROM analysis_history WHERE at <= :known
        GROUP BY transition_id, changeset
    ) AS standing ON standing.transition_id = transition.id AND standing.newest = 1
    WHERE transition.id IN (
        SELECT transition_id FROM analysis_history WHERE at >= :since AND at < :until AND at <= :known
    )
    ORDER BY observed_at, transition.rowid
"""
_READING = """
    SELECT id, reference, EXISTS (
        SELECT 1 FROM analysis_history AS later
        WHERE later.changeset = :changeset AND later.id > reading.id AND later.reference = reading.reference)
    FROM analysis_history AS reading
    WHERE changeset = :changeset AND reference IS NOT NULL AND at <= :known ORDER BY id DESC LIMIT 1
"""
_CHANGES = f"""
    SELECT change.id, {COLUMNS}, transition.source, work.path, '', transition.id, before, after, observed_at
    FROM change_in_full AS change
    JOIN changeset ON changeset.id = change.changeset
    JOIN transition ON transition.id = changeset.transition_id
    JOIN work ON work.id = transition.work
    WHERE change.changeset = ? ORDER BY change.position
"""  # noqa: S608 - no word of it comes from outside
_TOUCHES = """
    SELECT type, id, regime, excluded, role, via, confidence, start, "end" FROM touch WHERE change = ? AND reference = ? ORDER BY position
"""
_REPLACED_TOUCHES = """
    SELECT type, id, regime, excluded, role, via, confidence, start, "end" FROM touch_history
    WHERE change = ? AND reading = ? ORDER BY position
"""
_FIRST_KNOWN = """
    SELECT change.key, min(begun.at) FROM change
    JOIN (SELECT changeset, min(at) AS at FROM analysis_history WHERE transition_id = ? GROUP BY changeset) AS begun
        ON begun.changeset = change.changeset
    GROUP BY change.key
"""
# The last reading by then; where the clock was set back and all became known later, the first one.
_EDITION = """
    SELECT edition.title, series.language, edition.facts, edition.series, edition.scope FROM edition
    JOIN series ON series.id = edition.series JOIN capture ON capture.id = edition.capture
    WHERE series.work = :work AND edition.as_of = :after AND capture.sha256 = :sha256
    ORDER BY edition.known_from <= :known DESC, iif(edition.known_from <= :known, edition.id, -edition.id) DESC LIMIT 1
"""
_COVERS = """
    SELECT covers FROM edition WHERE series = ? AND as_of = ? AND known_from <= ? ORDER BY id DESC LIMIT 1
"""
_ROOTS = """
    SELECT eid FROM provision JOIN address ON address.id = provision.address
    WHERE series = ? AND parent IS NULL AND from_date <= ? AND (to_date IS NULL OR to_date > ?)
        AND known_from <= ? AND (known_to IS NULL OR known_to > ?)
    ORDER BY provision.rank
"""
_YOUNGER = """
    SELECT 1 FROM edition JOIN series ON series.id = edition.series
    WHERE series.work = ? AND edition.as_of >= ? AND edition.known_from < ? LIMIT 1
"""
