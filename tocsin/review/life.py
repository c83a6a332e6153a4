"""What happens to digests by itself: drafts are built when their week has ended, those who review are told, and a signature that is overdue is told to
the deputy, once. Each step is owed by the outbox under a key of its own, so that it is done once however often this is asked.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from alerts.language import common_language, texts
from archive import digests, outbox
from archive.digests import Build
from archive.errors import TocsinError
from archive.identifiers import delivery_key, digest
from archive.records import Delivery
from archive.store import Archive
from tocsin.digest.known_alerts import DIGEST
from tocsin.review.drafts import draft, due_drafts, first_day
from tocsin.review.messages import for_reviewer, overdue_signature
from tocsin.review.roles import ADMINISTRATOR, COUNSEL, REVIEWER, everybody_who
from tocsin.review.settings import weekly_hour

if TYPE_CHECKING:
    from tocsin.config import Config

_WATCH = "weekly digest"
_LONGEST = timedelta(days=28)
"""How long after its week a digest that nobody signed is spoken of."""


def advance(archive: Archive, config: Config, *, now: datetime) -> tuple[str, ...]:
    """Do what is due; answers a line for each thing that was done, or could not be. It never raises for a run that is going on: the next call does it."""
    said: list[str] = []
    for week in due_drafts(archive, config, now=now):
        try:
            build = draft(archive, config, week, at=now)
        except TocsinError as error:
            said.append(error.line())
            break
        told = tell_reviewers(archive, config, build, now=now)
        said.append(f"draft of {week}, version {build.version[:12]}: told {', '.join(told) or 'nobody'}")
    return (*said, *escalate_signatures(archive, config, now=now))


def tell_reviewers(archive: Archive, config: Config, build: Build, *, now: datetime) -> tuple[str, ...]:
    """Owe those who review or sign the message that a draft waits for them, once for each week; answers whom."""
    told = []
    with archive.transaction():
        for name in everybody_who(config.people, (REVIEWER, COUNSEL, *config.digest.signers)):
            say = texts(config.people[name].speaks)
            payload = for_reviewer(archive, build, name, address=config.address, say=say)
            moment = f"{DIGEST}draft/{build.week}"
            owed = _owe(archive, moment, name, config.people[name].notify, payload, now)
            told += [name] if owed else []
    return tuple(told)


def escalate_signatures(archive: Archive, config: Config, *, now: datetime) -> tuple[str, ...]:
    """Owe the deputy of each person whose signature is overdue a message, once for each week and person; an administrator where there is no deputy.
    Answers a line for each, and for each of whom nobody could be told."""
    if not config.digest.sign_by:
        return ()
    hour = weekly_hour(config.digest.sign_by)
    said: list[str] = []
    for week in dict.fromkeys(one.week for one in digests.builds(archive)):
        first = first_day(week)
        build = digests.newest_build(archive, week)
        if build is None or digests.releases(archive, week) or now.date() - first > _LONGEST:
            continue
        signed = {one.author for one in digests.signatures(archive, build.version)}
        for name in everybody_who(config.people, config.digest.signers):
            if name not in signed and now >= hour.after_week(first, config.people[name].zone):
                said += _escalate(archive, config, build, name, now)
    return tuple(said)


def _escalate(archive: Archive, config: Config, build: Build, name: str, now: datetime) -> list[str]:
    deputy = config.people[name].deputy
    to = [deputy] if deputy else list(everybody_who(config.people, (ADMINISTRATOR,)))
    targets = tuple(dict.fromkeys(target for one in to for target in config.people[one].notify))
    if not targets:
        return [
            f"the signature of {name} under the digest of {build.week} is overdue, and nobody can be told: give them a deputy with 'notify'"
        ]
    say = texts(common_language(config.people[one].speaks for one in to))
    payload = overdue_signature(build, name, address=config.address, say=say)
    with archive.transaction():
        owed = _owe(archive, f"{DIGEST}overdue/{build.week}", name, targets, payload, now)
    return (
        [f"the signature of {name} under the digest of {build.week} is overdue: told {', '.join(to)}"]
        if owed
        else []
    )


def _owe(
    archive: Archive, moment: str, person: str, targets: tuple[str, ...], payload: str, now: datetime
) -> bool:
    """Owe a message about a person to some targets; whether any of it was not owed before."""
    owed = [
        outbox.enqueue(
            archive,
            Delivery(
                key=delivery_key(moment, person, target),
                message_id=digest(moment, person, target),
                transition_id=moment,
                watch=_WATCH,
                target=target,
                changes=(),
                payload=payload,
            ),
            now,
            paced=True,
        )
        for target in dict.fromkeys(targets)
    ]
    return any(owed)
