"""Every check by its name, in the order in which a person would look."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from tocsin.doctor import disk, machine, network, printing, reaching, settings
from tocsin.doctor.finding import FAILURE, Found, Patient, failure

Check = Callable[[Patient], Found]

CHECKS: Mapping[str, Check] = {
    "sqlite": machine.sqlite_version,
    "full-text": machine.full_text,
    "time-zones": machine.time_zones,
    "clock": machine.clock_by_hand,
    "packages": machine.packages_are_ours,
    "plugins": machine.sources_load,
    "room": disk.room,
    "file-system": disk.file_system,
    "writer": disk.writer,
    "archive": disk.archive,
    "sources": settings.sources,
    "watches": settings.watches,
    "contact": settings.contact,
    "secrets": settings.secrets,
    "targets": reaching.targets,
    "operators": reaching.operators,
    "heartbeat": reaching.heartbeat,
    "hosts": network.hosts,
    "clock-of-hosts": network.clock,
    "pdf": printing.pdf,
    "fonts": printing.fonts,
}


def examine(patient: Patient, only: Collection[str] = ()) -> Iterator[tuple[str, Found]]:
    """What each check finds, or those that are named. One that breaks is a finding too: the others go on."""
    for name, check in CHECKS.items():
        if only and name not in only:
            continue
        try:
            found = check(patient)
        except Exception as error:
            found = failure(
                f"the check itself broke: {type(error).__name__}",
                "Please report it, with what is unusual here",
            )
        yield name, found


def is_well(found: Collection[Found]) -> bool:
    """Whether nothing failed; warnings are no failure."""
    return all(one.state != FAILURE for one in found)
