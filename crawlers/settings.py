"""What can be set for a crawl: a dataclass a source, checked with the place of each mistake.

A field's metadata holds its meaning (``meaning``), for ``tocsin sources show``. A source adds its own fields to
:class:`CrawlSettings`; what a person writes is a table of ``tocsin.toml``, and ends as one frozen record.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any, TypeVar

import msgspec

from archive.errors import BadInput
from crawlers.quiet import QuietHours

Settings = TypeVar("Settings", bound="CrawlSettings")


def meaning(words: str) -> dict[str, str]:
    """Field metadata: what a setting means, as a person reads it."""
    return {"meaning": words}


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlSettings:
    """What every source can be told."""

    pace: float = field(default=1.0, metadata=meaning("requests a second to one host, at most"))
    timeout: float = field(default=120.0, metadata=meaning("seconds to wait for one answer"))
    retries: int = field(default=2, metadata=meaning("how often a failed request is repeated"))
    retry_wait: float = field(
        default=2.0, metadata=meaning("seconds before the first repetition; doubled each time")
    )
    patience: float = field(
        default=60.0,
        metadata=meaning(
            "longest wait in seconds that a host may ask for (Retry-After) before the crawl gives up"
        ),
    )
    give_up: int = field(default=5, metadata=meaning("refusals in a row after which the crawl stops"))
    quiet: str = field(
        default="",
        metadata=meaning("hours in which nothing is asked, like 22:00-06:00 America/New_York"),
    )
    contact: str = field(
        default="", metadata=meaning("an e-mail or web address of yours, sent in the user agent")
    )

    def begins(self, today: date) -> date | None:
        """The day from which a first crawl brings all that was published; None for a source that is taken as it stands."""
        del today
        return None

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Values that no crawl can work with, as (setting, what is wrong). Sources extend it."""
        found = []
        for name in ("pace", "timeout"):
            if not getattr(self, name) > 0:
                found.append((name, "must be more than 0"))
        for name in ("retries", "retry_wait", "patience"):
            if getattr(self, name) < 0:
                found.append((name, "must not be negative"))
        if self.give_up < 1:
            found.append(("give_up", "must be 1 or more"))
        if self.quiet:
            try:
                QuietHours.read(self.quiet)
            except ValueError as error:
                found.append(("quiet", str(error)))
        if any(sign in self.contact for sign in ";()\r\n"):
            found.append(("contact", "must be one address, without ; ( or )"))
        return tuple(found)


def configured(kind: type[Settings], table: Mapping[str, Any], *, thing: str = "settings") -> Settings:
    """A table of settings as a checked record. Raises ``BadInput`` that names ``thing``, the setting and the mend."""
    names = {each.name for each in dataclasses.fields(kind)}
    for key in table:
        if key not in names:
            near = get_close_matches(key, names, n=1)
            mend = f"Did you mean {near[0]}?" if near else f"Known settings: {', '.join(sorted(names))}"
            raise BadInput("there is no such setting", thing=thing, place=key, mend=mend)
    try:
        settings = msgspec.convert(dict(table), kind)
    except msgspec.ValidationError as error:
        said, _, path = str(error).partition(" - at `$")
        raise BadInput(
            said, thing=thing, place=path.strip("`.") or "settings", mend="Correct the value"
        ) from None
    _check_tables(settings, table, thing)
    for place, problem in settings.problems():
        raise BadInput(
            problem, thing=thing, place=place, mend="Correct the value or leave it out for the default"
        )
    return settings


def _check_tables(settings: CrawlSettings, table: Mapping[str, Any], thing: str) -> None:
    """Tables inside a setting have no keys that nobody reads: msgspec passes over them in dataclasses."""
    for key, said in table.items():
        rows = getattr(settings, key)
        if not isinstance(rows, tuple):
            continue
        for number, (row, given) in enumerate(zip(rows, said, strict=True)):
            if not dataclasses.is_dataclass(row):
                continue
            names = {each.name for each in dataclasses.fields(row)}
            for name in set(given) - names:
                near = get_close_matches(name, names, n=1)
                mend = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(sorted(names))}"
                raise BadInput(
                    "there is no such key", thing=thing, place=f"{key}[{number}].{name}", mend=mend
                )


def described(kind: type[CrawlSettings]) -> tuple[tuple[str, object, str], ...]:
    """Each setting with its default and its meaning, in order."""
    rows: list[tuple[str, object, str]] = []
    for each in dataclasses.fields(kind):
        default = each.default_factory() if callable(each.default_factory) else each.default
        rows.append((each.name, default, each.metadata.get("meaning", "")))
    return tuple(rows)
