"""Deciding, commenting, assigning: what a person says of a change, checked and written. Each is one transaction: said or not, never half."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from alerts.message import visible
from archive import reviews
from archive.errors import BadInput
from archive.records import Change
from archive.reviews import ACTION, DONE, NOT_APPLICABLE, VERDICTS, Assignment, Comment, Decision
from archive.store import Archive
from archive.vocabulary.nearest import nearest
from tocsin.review.bonds import bond_of
from tocsin.review.items import Item, items_of_change, stored_change
from tocsin.review.roles import ASSIGN, COMMENT, DECIDE, PRIVILEGED, Actor

if TYPE_CHECKING:
    from tocsin.config_people import Person

LONGEST = 20_000
"""Characters of a reason or a comment."""


def decide(
    archive: Archive,
    actor: Actor,
    change: str,
    verdict: str,
    *,
    people: Mapping[str, Person],
    at: datetime,
    watch: str | None = None,
    reason: str = "",
    person: str = "",
    due: date | None = None,
    corrects: str = "",
) -> tuple[Decision, ...]:
    """Decide a change, for one watch or for all that were told of it; answers what was written. A decision that stands is only replaced by one that names
    it (``corrects``); one that lapsed, and an action that was done, is replaced without. Raises ``BadInput``, ``Denied``."""
    role = actor.role_for(DECIDE)
    reason = _said(reason, "because")
    _check_verdict(verdict, reason, person, due, people, at)
    with archive.transaction():
        items = _to_decide(_items(archive, change, watch), verdict, corrects, watch)
        return tuple(
            reviews.write_decision(
                archive,
                at=at,
                author=actor.name,
                role=role,
                transition_id=item.found.transition_id,
                change=item.found.change,
                watch=item.watch,
                verdict=verdict,
                reason=reason,
                person=person,
                due=due,
                corrects=_corrected(item, verdict, corrects),
                bond=bond_of(archive, item.found, item.watch),
            )
            for item in items
        )


def comment(
    archive: Archive,
    actor: Actor,
    change: str,
    words: str,
    *,
    at: datetime,
    quote: str = "",
    start: int | None = None,
    privileged: bool = False,
    corrects: str = "",
) -> Comment:
    """Comment on a change, or on a passage of its redline: ``quote`` has to stand there, at character ``start`` or only once. Raises ``BadInput``,
    ``Denied``."""
    role = actor.role_for(PRIVILEGED if privileged else COMMENT)
    words = _said(words, "the comment")
    if not words:
        raise BadInput("it says nothing", thing=f"comment on change {change}", mend="Write some words")
    stored = stored_change(archive, change)
    text = redline_text(stored.change)
    place = _place(text, quote, start, change) if quote else 0
    with archive.transaction():
        if corrects:
            _check_corrected(archive, actor, change, corrects, privileged)
        return reviews.write_comment(
            archive,
            at=at,
            author=actor.name,
            role=role,
            transition_id=stored.transition_id,
            change=change,
            quote=quote,
            start=place,
            redline=hashlib.sha256(text.encode()).hexdigest() if quote else "",
            words=words,
            privileged=privileged,
            corrects=corrects or None,
        )


def assign(
    archive: Archive,
    actor: Actor,
    change: str,
    person: str,
    *,
    people: Mapping[str, Person],
    at: datetime,
    watch: str | None = None,
) -> tuple[Assignment, ...]:
    """Give a change to a person, "" to nobody, for one watch or for all that were told of it. Raises ``BadInput``, ``Denied``."""
    role = actor.role_for(ASSIGN)
    if person:
        _check_person(person, people)
    with archive.transaction():
        return tuple(
            reviews.write_assignment(
                archive,
                at=at,
                author=actor.name,
                role=role,
                transition_id=item.found.transition_id,
                change=item.found.change,
                watch=item.watch,
                person=person,
            )
            for item in _items(archive, change, watch)
        )


def redline_text(change: Change) -> str:
    """The words of a redline in the order in which they are read, deleted and inserted ones alike: what a passage is quoted from."""
    return "".join(text for _, text in change.ops) or change.text_after or change.text_before


def _items(archive: Archive, change: str, watch: str | None) -> tuple[Item, ...]:
    items = items_of_change(archive, change)
    chosen = tuple(one for one in items if watch is None or one.watch == watch)
    if not chosen:
        told = [one.watch for one in items]
        raise BadInput(
            f"the watch {watch!r} was not told of it",
            thing=f"change {change}",
            mend=f"It was told to {', '.join(map(repr, told))}" if any(told) else "No watch was: name none",
        )
    return chosen


def _to_decide(items: tuple[Item, ...], verdict: str, corrects: str, watch: str | None) -> tuple[Item, ...]:
    """Of what a person means without naming a watch what is to be decided; all of it where that is nothing, to be refused with the reason."""
    if watch is not None:
        return items
    if corrects:
        chosen = [one for one in items if one.state and one.state.decision.id == corrects]
    elif verdict == DONE:
        chosen = [one for one in items if one.state and one.state.decision.verdict == ACTION]
    else:
        chosen = [one for one in items if one.is_open or (one.state and one.state.is_date_open)]
    return tuple(chosen) or items


def _check_verdict(
    verdict: str, reason: str, person: str, due: date | None, people: Mapping[str, Person], at: datetime
) -> None:
    def refuse(message: str, mend: str) -> BadInput:
        return BadInput(message, thing=f"decision {verdict!r}", mend=mend)

    if verdict not in VERDICTS:
        raise refuse("it is none", f"The nearest is {nearest(verdict, VERDICTS)!r}")
    if verdict in (NOT_APPLICABLE, DONE) and not reason:
        raise refuse("it has no reason", "Say why, or how, by --because")
    if verdict != ACTION:
        if person or due:
            raise refuse("only an action has a person and a day", "Leave them out, or decide 'action'")
        return
    if not person or due is None:
        raise refuse("somebody has to act by some day", "Name them by --by and --on")
    _check_person(person, people)
    if due < at.astimezone(ZoneInfo(people[person].zone)).date():
        raise refuse(f"{due} is over", "Name a day that is to come")


def _check_person(name: str, people: Mapping[str, Person]) -> None:
    if name not in people:
        close = nearest(name, people) if people else ""
        raise BadInput(
            f"nobody is called {name!r}",
            thing="people",
            mend=f"The nearest is {close!r}" if close else "Add them to [people]",
        )


def _corrected(item: Item, verdict: str, named: str) -> str | None:
    """The decision that the new one takes the place of."""
    if item.state is None:
        if named:
            raise BadInput(
                "there is no decision that it could correct",
                thing=f"change {item.found.change}",
                mend="Leave the correction out",
            )
        if verdict == DONE:
            raise BadInput(
                "no action was decided", thing=f"change {item.found.change}", mend="Decide it first"
            )
        return None
    last = item.state.decision
    if verdict == DONE and last.verdict != ACTION:
        raise BadInput(
            f"it was decided {last.verdict!r}, which nobody has to do",
            thing=f"change {item.found.change}",
            mend="Only an action can be done",
        )
    lapsed = item.state.is_open or item.state.is_date_open
    if named and named != last.id:
        raise BadInput(
            f"the decision that counts is {last.id}",
            thing=f"decision {named}",
            mend="Correct that one: another may have corrected it meanwhile",
        )
    if not named and not lapsed and verdict != DONE:
        raise BadInput(
            f"{last.author} decided it on {last.at:%Y-%m-%d}: {last.verdict}",
            thing=f"change {item.found.change}",
            mend=f"To put another decision in its place name it: --corrects {last.id}",
        )
    return last.id


def _check_corrected(archive: Archive, actor: Actor, change: str, key: str, privileged: bool) -> None:
    visible_ones = reviews.comments(archive, change=change, privileged=actor.may(PRIVILEGED))
    found = [one for one in visible_ones if one.id == key]
    if not found:
        raise BadInput(
            "the change has no such comment",
            thing=f"comment {key}",
            mend="'tocsin review show' prints the ids",
        )
    if found[0].author != actor.name:
        raise BadInput(
            f"it is {found[0].author}'s", thing=f"comment {key}", mend="Write a comment of your own"
        )
    if found[0].privileged and not privileged:
        raise BadInput(
            "it is privileged, and its correction would not be",
            thing=f"comment {key}",
            mend="Mark the correction privileged too",
        )


def _place(text: str, quote: str, start: int | None, change: str) -> int:
    """Where a quotation stands. Raises ``BadInput`` where it does not, or stands several times and nobody says which is meant."""
    if start is not None:
        if start >= 0 and text[start : start + len(quote)] == quote:
            return start
        raise BadInput(
            f"its redline does not read {quote[:60]!r} at character {start}",
            thing=f"change {change}",
            mend="Quote it as 'tocsin review show' prints it, counted from 0",
        )
    found: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(found) < 10:
        found.append(at)
        at = text.find(quote, at + 1)
    if len(found) == 1:
        return found[0]
    raise BadInput(
        f"its redline has {quote[:60]!r} {len(found)} times"
        if found
        else f"its redline has no {quote[:60]!r}",
        thing=f"change {change}",
        mend=f"Say which by --start: {', '.join(map(str, found))}"
        if found
        else "Quote it as 'tocsin review show' prints it",
    )


def _said(words: str, what: str) -> str:
    """Words of a person, without blanks around them. Raises ``BadInput`` for what is too long, or acts and is not seen."""
    words = words.replace("\r\n", "\n").strip()
    if len(words) > LONGEST:
        raise BadInput(
            f"it has {len(words):,} characters",
            thing=what,
            mend=f"Keep it to {LONGEST:,}, and attach nothing",
        )
    if visible(words) != words:
        raise BadInput(
            "it holds characters that are not seen", thing=what, mend="Take control and direction marks out"
        )
    return words
