"""Keeping alerts about something from a person until a day: what may be muted, by whom for whom, checked and written."""

from __future__ import annotations

from datetime import date, datetime

from archive import events, mutes
from archive.errors import BadInput
from archive.identifiers import check_work
from archive.mutes import Mute
from archive.store import Archive
from archive.vocabulary.nearest import nearest
from tocsin.config import Config
from tocsin.review.roles import ASSIGN, Actor, Denied

SORTS = (mutes.WATCH, mutes.DOCUMENT, mutes.EVENT)


def mute(
    archive: Archive,
    config: Config,
    *,
    person: str,
    sort: str,
    subject: str,
    until: date,
    reason: str,
    author: str,
    at: datetime,
) -> Mute:
    """Write that alerts about ``subject`` (the name of a watch, the path of a work, the beginning of the id of an event) are kept from a person until a
    day. Raises ``BadInput``."""
    if sort not in SORTS:
        raise BadInput(f"{sort!r} cannot be muted", thing="a mute", mend=f"One of {', '.join(SORTS)}")
    name = person_named(config, person)
    if at >= config.alerts.person(name).hours.first_instant_of(until):
        raise BadInput(f"{until} is no day to come", thing="--until", mend="Name a later one")
    return mutes.add(
        archive,
        person=name,
        sort=sort,
        subject=_subject(archive, sort, subject),
        until=until,
        reason=reason,
        author=person_named(config, author) if author else name,
        at=at,
    )


def person_named(config: Config, said: str) -> str:
    """The name of a person of the configuration, by name or address; an address that no one there has stays itself. Raises ``BadInput``."""
    if said in config.people or "@" in said:
        return config.alerts.person(said).name
    close = nearest(said, config.people)
    raise BadInput(
        f"nobody is called {said!r}",
        thing="--person",
        mend=f"The nearest of [people] is {close!r}" if close else "Write an e-mail address",
    )


def check_may_mute_for(who: Actor, person: str) -> None:
    """Raise ``Denied`` where somebody would keep from another what that one has to hear."""
    if who.name != person and not who.may(ASSIGN):
        raise Denied(
            f"{who.name} may not mute for {person}",
            thing=f"people.{who.name}.roles",
            mend="Everybody mutes for themselves; for others a reviewer, counsel or administrator does",
        )


def _subject(archive: Archive, sort: str, said: str) -> str:
    if sort == mutes.DOCUMENT:
        return check_work(said.rstrip("/"))
    if sort == mutes.EVENT:
        keys = events.beginning(archive, said)
        if len(keys) != 1:
            message = "several events answer to this" if keys else "the archive has no such event"
            raise BadInput(message, thing=f"event {said}", mend="'tocsin events list' prints the ids")
        return keys[0]
    return said
