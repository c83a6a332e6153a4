"""Of the configuration what reviews need, checked: roles, tokens, and how a digest is signed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from alerts.targets import CONSOLE, is_plain
from archive.errors import BadInput
from archive.vocabulary.nearest import nearest
from tocsin.review.roles import COUNSEL, REVIEWER, ROLES, everybody_who

if TYPE_CHECKING:
    from tocsin.config_people import DigestSettings, Person

SIGNERS = (REVIEWER, COUNSEL)
"""The roles that may be let sign."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOUR = re.compile(r"([A-Za-z]{3}) ([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyHour:
    """An hour of each week: ``day`` 0 is Monday."""

    day: int
    hour: int
    minute: int

    def after_week(self, first: date, zone: str) -> datetime:
        """The instant (UTC) in a zone, in the week after the one that begins on the Monday ``first``."""
        day = first + timedelta(days=7 + self.day)
        return datetime.combine(day, time(self.hour, self.minute), ZoneInfo(zone)).astimezone(UTC)


def weekly_hour(said: str) -> WeeklyHour:
    """``Wed 17:00``. Raises ``ValueError`` with what is wrong."""
    found = _HOUR.fullmatch(said.strip())
    if not found or found[1].lower() not in DAYS:
        raise ValueError(f"{said!r} is no hour of a week")
    return WeeklyHour(day=DAYS.index(found[1].lower()), hour=int(found[2]), minute=int(found[3]))


def check_reviewing(
    people: Mapping[str, Person], digest: DigestSettings, targets: Collection[str], path: Path
) -> None:
    """Check roles, tokens and ``[digest]``. Raises ``BadInput`` with file, key and mend."""
    for name, person in people.items():
        _check_roles(person.roles, path, f"people.{name}.roles")
        if person.token and not person.token.startswith(("env:", "file:")):
            raise BadInput(
                "a secret does not belong into this file",
                thing=str(path),
                place=f"people.{name}.token",
                mend="Write env:NAME for a variable, or file:PATH for the first line of a file",
            )
    _check_roles(digest.signers, path, "digest.signers", SIGNERS)
    _check_signatures(people, digest, path)
    if digest.sign_by:
        try:
            weekly_hour(digest.sign_by)
        except ValueError as error:
            raise BadInput(
                str(error), thing=str(path), place="digest.sign_by", mend="Write it like Wed 17:00"
            ) from None
    for name in digest.list:
        if name not in targets and not is_plain(name):
            raise BadInput(
                f"{name.partition('://')[0]!r} is not a target",
                thing=str(path),
                place="digest.list",
                mend=f"The nearest is {nearest(name, (*targets, CONSOLE))!r}; targets stand in [targets]",
            )


def _check_roles(roles: Collection[str], path: Path, place: str, valid: tuple[str, ...] = ROLES) -> None:
    for role in roles:
        if role not in valid:
            raise BadInput(
                f"{role!r} is no role that may stand here" if role in ROLES else f"{role!r} is no role",
                thing=str(path),
                place=place,
                mend=f"The nearest is {nearest(role, valid)!r}; it takes {', '.join(valid)}",
            )


def _check_signatures(people: Mapping[str, Person], digest: DigestSettings, path: Path) -> None:
    def refuse(key: str, message: str, mend: str) -> BadInput:
        return BadInput(message, thing=str(path), place=f"digest.{key}", mend=mend)

    if digest.signatures < 1:
        raise refuse(
            "signatures", f"{digest.signatures} signatures release nothing", "Write 1, or 2 for four eyes"
        )
    if not digest.signers:
        raise refuse("signers", "nobody could sign", 'Write signers = ["counsel"]')
    who = everybody_who(people, digest.signers)
    if digest.signatures > 1 and len(who) < digest.signatures:
        raise refuse(
            "signatures",
            f"{digest.signatures} people have to sign, and {len(who)} may",
            f"Give {digest.signatures} people the role {' or '.join(digest.signers)}",
        )
