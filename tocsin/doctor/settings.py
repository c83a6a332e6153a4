"""What a person wrote: the sources' tables, the watches, who operates this, and that nobody else reads the secrets."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from alerts.targets import ALERTS_FILE
from alerts.watches import load_watches
from archive.errors import TocsinError
from crawlers.card import source_cards
from tocsin.config import SourceSettings
from tocsin.doctor.finding import Found, Patient, failure, ok, warning
from tocsin.doctor.network import cards_that_run
from tocsin.expectation import cadence_of

_POINTER = "file:"


def sources(patient: Patient) -> Found:
    """Whether the table of each source that runs is one that a crawl can work with, and its hours can be read."""
    running = list(cards_that_run(patient.config))
    for card in running:
        said = patient.config.sources.get(card.id, SourceSettings())
        try:
            card.configured(said.settings)
            cadence_of(card, said.every)
        except TocsinError as error:
            return failure(error.line(), "Mend that key; 'tocsin sources show ID' prints what it may be")
    if not running:
        return failure("no source runs", "Take out an 'enabled = false', or add a table: [sources.us_ecfr]")
    return ok(f"{len(running)} run: {', '.join(card.id for card in running)}")


def watches(patient: Patient) -> Found:
    """Whether the watches are in order, and whether there are any."""
    config = patient.config
    try:
        found, said = load_watches(
            config.watches, people=config.people, targets=config.targets, sources=tuple(source_cards())
        )
    except TocsinError as error:
        return failure(error.line(), "Mend that line; 'tocsin watch list' reads them all")
    if not found:
        return warning(
            f"no watch in {config.watches}", "Write one, or make some: 'tocsin watch generate ITEMS.csv'"
        )
    if said:
        return warning(
            f"{said[0]}{f' (and {len(said) - 1} more)' if len(said) > 1 else ''}", "Check that watch"
        )
    return ok(f"{len(found)} watches")


def contact(patient: Patient) -> Found:
    """Whether publishers can tell who asks them."""
    if not patient.config.contact:
        return warning(
            "no contact is configured",
            'Write contact = "mail@example.org" at the top of the file: hosts that mind a crawler write before they block',
        )
    return ok(patient.config.contact)


def secrets(patient: Patient) -> Found:
    """Whether nobody but this user reads the files with secrets, and no secret stands in the configuration where others read it."""
    for path in secret_files(patient):
        if path.is_file() and (mode := stat.S_IMODE(path.stat().st_mode)) & (stat.S_IRGRP | stat.S_IROTH):
            return failure(f"{path} can be read by others (mode {mode:04o})", f"chmod 600 {path}")
    plain = sorted(
        target.name
        for target in patient.config.targets.values()
        if "://" in target.said
        and ("@" in target.said or "secret=" in target.said.replace("secret=env:", ""))
    )
    mode = stat.S_IMODE(patient.file.stat().st_mode)
    if plain and mode & stat.S_IROTH:
        return warning(
            f"target {plain[0]} has its secret in {patient.file}, which others can read (mode {mode:04o})",
            f"Write env:NAME or file:PATH in its place, or chmod 600 {patient.file}",
        )
    return ok("nobody else reads them")


def secret_files(patient: Patient) -> Iterator[Path]:
    """The files that the configuration points to for a secret."""
    config = patient.config
    said = [target.said for target in config.targets.values() if not target.said.endswith(ALERTS_FILE)]
    said += [one for person in config.people.values() for one in (person.token, person.password)]
    said += [config.web.proxy.secret, config.service.heartbeat, config.service.heartbeat_failure]
    for one in said:
        if one.startswith(_POINTER):
            yield config.folder / one.removeprefix(_POINTER)
