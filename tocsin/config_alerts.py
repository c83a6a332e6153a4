"""Of the configuration what paces alerts: the hours of people, and ``[alerts]`` (operators, what is unstable, what has to be acknowledged by when)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from alerts.conditions import MATERIALITIES
from alerts.hours import DAYS, Hours, read_clock, read_quiet, read_span
from alerts.people import Recipient, Rules
from alerts.targets import CONSOLE, is_plain
from archive.errors import BadInput
from archive.vocabulary.nearest import nearest

if TYPE_CHECKING:
    from tocsin.config_people import Person


class AlertsTable(msgspec.Struct, forbid_unknown_fields=True):
    """``[alerts]`` as it is written. ``unstable`` is a length of time (``48h``; ``off`` holds nothing), ``escalate_after`` one of working time ("" for
    never)."""

    operators: tuple[str, ...] = ()
    unstable: str = "48h"
    escalate_after: str = ""
    acknowledge: tuple[str, ...] = ("substantive",)


def rules_of(table: AlertsTable, people: Mapping[str, Person], targets: Collection[str], path: Path) -> Rules:
    """The checked rules. Raises ``BadInput`` with file, key and mend."""
    for name in table.operators:
        _check_target(name, targets, path, "alerts.operators")
    for said in table.acknowledge:
        if said not in MATERIALITIES:
            raise BadInput(
                f"{said!r} is no materiality",
                thing=str(path),
                place="alerts.acknowledge",
                mend=f"The nearest is {nearest(said, MATERIALITIES)!r}",
            )
    return Rules(
        people={name: _recipient(name, person, targets, path) for name, person in people.items()},
        unstable=timedelta(0) if table.unstable == "off" else _span(table.unstable, path, "unstable"),
        escalate_after=_span(table.escalate_after, path, "escalate_after") if table.escalate_after else None,
        acknowledge=table.acknowledge,
        operators=table.operators,
    )


def _recipient(name: str, person: Person, targets: Collection[str], path: Path) -> Recipient:
    place = f"people.{name}"
    for target in person.notify:
        _check_target(target, targets, path, f"{place}.notify")
    if person.deputy == name:
        raise BadInput(
            "nobody is a deputy of their own", thing=str(path), place=f"{place}.deputy", mend="Name another"
        )
    return Recipient(
        name=name,
        address=person.address,
        hours=_hours(person, path, place),
        deputy=person.deputy,
        notify=person.notify,
        language=person.speaks,
    )


def _hours(person: Person, path: Path, place: str) -> Hours:
    for day in person.working_days:
        if day not in DAYS:
            raise BadInput(
                f"{day!r} is no day",
                thing=str(path),
                place=f"{place}.working_days",
                mend=f"The nearest is {nearest(day, DAYS)!r}",
            )
    if not person.working_days:
        raise BadInput(
            "it is an empty list, so that nothing could ever come",
            thing=str(path),
            place=f"{place}.working_days",
            mend="Name a day",
        )
    try:
        quiet = read_quiet(person.quiet) if person.quiet else None
    except ValueError as error:
        raise BadInput(
            str(error), thing=str(path), place=f"{place}.quiet", mend="Write it like 19:00-08:00"
        ) from None
    try:
        roundup = read_clock(person.roundup)
    except ValueError as error:
        raise BadInput(
            str(error), thing=str(path), place=f"{place}.roundup", mend="Write it like 08:30"
        ) from None
    return Hours(
        zone=person.zone,
        working_days=frozenset(map(DAYS.index, person.working_days)),
        quiet=quiet,
        roundup=roundup,
    )


def _check_target(name: str, targets: Collection[str], path: Path, place: str) -> None:
    """That a target is one; a channel's URL in the place of a name may hold a secret and is not repeated."""
    if name in targets or is_plain(name):
        return
    shown = f"{name.partition('://')[0]}://…" if "://" in name else name
    raise BadInput(
        f"{shown!r} is not a target",
        thing=str(path),
        place=place,
        mend=f"The nearest is {nearest(name, (*targets, CONSOLE))!r}; targets stand in [targets]",
    )


def _span(said: str, path: Path, key: str) -> timedelta:
    try:
        return read_span(said)
    except ValueError as error:
        raise BadInput(
            str(error), thing=str(path), place=f"alerts.{key}", mend="Write it like 30m, 8h or 2d"
        ) from None
