"""A new recipe: the editions of a work are read anew from their captures, so that like is compared with like.

A change in our reader must neither raise a false alert nor hide law. Editions are only ever compared if one recipe made both; when the recipe
of a source moves on, every edition of the work is read again, the old intervals stay with their end on the *known* clock, and
each transition is analysed again. What the new analysis finds in words that the old one did not is a *late finding* and is told as such; the rest
is technical, and nobody hears of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from archive import changes, editions
from archive.dropped import dropped_body
from archive.editions import Edition
from archive.errors import TocsinError
from archive.identifiers import digest as digest_of_ids
from archive.records import Change, ChangeSet, Expression, StoredChange, Transition
from archive.store import Archive
from archive.trees import digest
from archive.vocabulary.folding import comparison_key
from diffing.engine import ENGINE
from diffing.touches.engine import touches_of
from diffing.touches.reference import Reference
from normalize import reading as readers
from normalize.provisions_format import read_provisions
from tocsin.executors.answers import Answers
from tocsin.hints import hints_of
from tocsin.reference import NOTHING_OWN, reference_on
from tocsin.steps import changes_between, is_withdrawn
from tocsin.transitions import between

LATE = "late finding: "
_NOTHING = digest(())  # of an edition without a text: its document was withdrawn, or no longer has the work
# The key in a capture's meta that says it is in the neutral form; its value is the language.
NEUTRAL = "neutral"


def rederive(archive: Archive, work: str, recipe: str, *, now: datetime) -> None:
    """Read every edition of ``work`` anew by the recipe that its source has now. Inside the caller's transaction.

    An edition whose capture was dropped by retention keeps its text as the older recipe read it. Raises ``TocsinError`` where a capture can no longer be
    read, or reads by yet another recipe: the new edition is held then.
    """
    held = editions.editions(archive, work)
    derived = [(_read_anew(archive, edition, recipe), edition.capture_id) for edition in held]
    editions.rederive(archive, work, derived, at=now)


def late_findings(
    archive: Archive, work: str, *, now: datetime, own: Reference = NOTHING_OWN
) -> Iterator[tuple[StoredChange, ...]]:
    """Analyse the transitions of a re-read work again; yields, for each that has any, what the old analysis had not found."""
    for before, after in pairwise(editions.editions(archive, work)):
        if _is_dropped(archive, before) or _is_dropped(archive, after):
            continue  # one recipe did not read both: what differs may be the recipe
        capture = editions.capture_row(archive, after.capture_id)
        transition = between(before, after, source=capture.source, observed_at=now)
        known = changes.of_transition(archive, transition.id)
        if not known:
            continue
        transition = replace(transition, observed_at=known[0].observed_at)
        earlier, later = (editions.expression(archive, work, on=edition.as_of) for edition in (before, after))
        assert earlier is not None
        assert later is not None
        found = _marked(changes_between(archive, before, capture, earlier, later), known)
        stored = record(archive, transition, found, language=later.language, own=own)
        late = tuple(one for one in stored if one.change.reason.startswith(LATE))
        if late:
            yield late


def moment_of(stored: Sequence[StoredChange]) -> str:
    """What makes a message on late findings owed although their transition was told before: they themselves. "" for other changes, which the
    transition makes owed."""
    if not all(one.change.reason.startswith(LATE) for one in stored):
        return ""
    return digest_of_ids("late findings", stored[0].transition_id, *(one.id for one in stored))


def record(
    archive: Archive,
    transition: Transition,
    found: Sequence[Change],
    *,
    language: str,
    own: Reference = NOTHING_OWN,
    answers: Answers | None = None,
) -> tuple[StoredChange, ...]:
    """Store an analysis of a transition, with what each change touches; ``own`` holds the user's terms and counterparties, ``answers`` what was
    worked out ahead."""
    find = answers.touches if answers else touches_of
    reference = reference_on(archive, transition.after, own=own)
    touches = [
        find(change, work=transition.work, source=transition.source, language=language, reference=reference)
        for change in found
    ]
    return changes.record_changeset(
        archive, ChangeSet(transition=transition, engine=ENGINE, changes=tuple(found)), touches
    )


def _is_dropped(archive: Archive, edition: Edition) -> bool:
    return dropped_body(archive, editions.capture_row(archive, edition.capture_id).sha256) is not None


def _read_anew(archive: Archive, edition: Edition, recipe: str) -> Expression:
    if _is_dropped(archive, edition):
        as_it_stood = editions.expression(archive, edition.work, language=edition.language, on=edition.as_of)
        assert as_it_stood is not None, "an edition that is listed has a text"
        return replace(as_it_stood, recipe=recipe)
    capture = editions.load_capture(archive, edition.capture_id)
    gone = None
    if edition.digest == _NOTHING:
        gone = editions.expression(archive, edition.work, language=edition.language, on=edition.as_of)
    if gone is not None and is_withdrawn(capture):
        return replace(gone, recipe=recipe)
    if language := capture.meta.get(NEUTRAL):
        neutral = read_provisions(
            capture.body, work=edition.work, as_of=edition.as_of, language=str(language)
        )
        return replace(neutral, recipe=recipe)
    read = readers.read(capture.source, capture.body, hints_of(capture))
    for expression in read.expressions:
        if expression.work == edition.work and expression.recipe == recipe:
            return expression
    if gone is not None:  # the work had left its document
        return replace(gone, recipe=recipe)
    raise TocsinError(
        f"its capture of {edition.as_of} has no such work by recipe {recipe} any more",
        thing=edition.work,
        mend="Restore the reader that made it, or ingest that edition anew",
    )


def _marked(found: Sequence[Change], known: Sequence[StoredChange]) -> tuple[Change, ...]:
    """The changes, those marked late whose words the old analysis had in none of its changes."""
    told = {_words(stored.change) for stored in known}
    return tuple(
        replace(change, reason=LATE + change.reason)
        if change.materiality == "substantive" and change.unit != "document" and _words(change) not in told
        else change
        for change in found
    )


def _words(change: Change) -> tuple[str, str]:
    """What a change took away and what it brought, as its comparison keys."""
    gone = "".join(text for mark, text in change.ops if mark == "-")
    come = "".join(text for mark, text in change.ops if mark == "+")
    return comparison_key(gone), comparison_key(come)
