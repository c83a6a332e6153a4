"""``tocsin.toml``: what is watched, for whom, and where things are kept. Checked whole, each mistake with its path.

A configuration is found by ``--config``, by ``TOCSIN_CONFIG``, or as ``tocsin.toml`` in the working directory; its folder is the
root of every relative path in it. ``TOCSIN_HOSTS`` (JSON: official host → base URL) is laid over ``[hosts]``.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from alerts.people import Rules
from alerts.targets import Target
from archive.errors import BadInput
from archive.vocabulary.nearest import nearest
from tocsin.config_alerts import AlertsTable, rules_of
from tocsin.config_keys import check_keys
from tocsin.config_people import DigestSettings, Person
from tocsin.config_service import ServiceTable, check_kept, check_service
from tocsin.config_web import DEFAULT_ADDRESS, WebTable, check_web
from tocsin.review.settings import check_reviewing

FILE = "tocsin.toml"
OF_EVERY_SOURCE = ("enabled", "every", "window", "keep_captures")
"""The keys of ``[sources.ID]`` that are not its card's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """One ``[sources.ID]`` table: whether and how often it runs, how many days before its first run a document is still news, how long the bytes of its
    captures are kept (``keep_captures``, "" for ever); ``settings`` is what its card understands."""

    enabled: bool = True
    every: str = ""
    window: int = 0
    keep_captures: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The configuration as the program uses it: paths absolute, tables checked. ``terms`` and ``counterparties`` are files of the user's own, None
    where there are none."""

    folder: Path
    archive: Path
    watches: Path
    terms: Path | None = None
    counterparties: Path | None = None
    contact: str = ""
    address: str = DEFAULT_ADDRESS
    hosts: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, SourceSettings] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    targets: Mapping[str, Target] = field(default_factory=dict)
    digest: DigestSettings = field(default_factory=DigestSettings)
    alerts: Rules = Rules()
    web: WebTable = WebTable()
    service: ServiceTable = ServiceTable()


class _Archive(msgspec.Struct, forbid_unknown_fields=True):
    folder: str = "archive"


class ConfigFile(msgspec.Struct, forbid_unknown_fields=True):
    """The file as it is written."""

    archive: _Archive = msgspec.field(default_factory=_Archive)
    watches: str = "watches"
    terms: str = ""
    counterparties: str = ""
    contact: str = ""
    web: WebTable = WebTable()
    hosts: dict[str, str] = {}
    sources: dict[str, dict[str, Any]] = {}
    people: dict[str, Person] = {}
    targets: dict[str, str] = {}
    digest: DigestSettings = msgspec.field(default_factory=DigestSettings)
    alerts: AlertsTable = msgspec.field(default_factory=AlertsTable)
    service: ServiceTable = ServiceTable()


def find(option: str | None, environment: Mapping[str, str] | None = None) -> Path:
    """The configuration file that is meant; raises ``BadInput`` where it is not there."""
    environment = os.environ if environment is None else environment
    path = Path(option or environment.get("TOCSIN_CONFIG") or FILE)
    if path.is_dir():
        path = path / FILE
    if not path.is_file():
        raise BadInput(
            "there is no configuration here",
            thing=str(path),
            mend="Make one with 'tocsin init DIR', or name one by --config or TOCSIN_CONFIG",
        )
    return path.resolve()


def load(
    path: Path, *, known_sources: tuple[str, ...], environment: Mapping[str, str] | None = None
) -> Config:
    """Read and check a configuration. Raises ``BadInput`` with the file, the path of the key, and the mend."""
    environment = os.environ if environment is None else environment
    said = _decode(path)
    folder = path.parent
    hosts = {**said.hosts, **_hosts_of(environment)}
    for host, base in hosts.items():
        if urlsplit(base).scheme not in ("http", "https") or not urlsplit(base).netloc:
            raise BadInput(
                f"{base!r} is not a web address",
                thing=str(path),
                place=f"hosts.{host}",
                mend="Write it like http://127.0.0.1:8080/www.ecfr.gov",
            )
    for name, person in said.people.items():
        _check_person(name, person, said.people, path)
    check_reviewing(said.people, said.digest, said.targets, path)
    check_web(said.web, said.people, path)
    check_service(said.service, path)
    return Config(
        folder=folder,
        archive=folder / said.archive.folder,
        watches=folder / said.watches,
        terms=folder / said.terms if said.terms else None,
        counterparties=folder / said.counterparties if said.counterparties else None,
        contact=said.contact,
        address=said.web.address.rstrip("/"),
        hosts=hosts,
        sources={name: _source(name, table, known_sources, path) for name, table in said.sources.items()},
        people=said.people,
        targets={name: Target(name=name, said=url) for name, url in said.targets.items()},
        digest=said.digest,
        alerts=rules_of(said.alerts, said.people, said.targets, path),
        web=said.web,
        service=said.service,
    )


def _decode(path: Path) -> ConfigFile:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(f"it is not valid TOML: {error}", thing=str(path), mend="Mend that line") from None
    check_keys(table, ConfigFile, path)
    try:
        return msgspec.convert(table, type=ConfigFile)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$")
        raise BadInput(
            message,
            thing=str(path),
            place=place.strip(".`") or "top level",
            mend="See the comments of the file that 'tocsin init' writes",
        ) from None


def _source(name: str, table: dict[str, Any], known: tuple[str, ...], path: Path) -> SourceSettings:
    if name not in known:
        raise BadInput(
            f"no source is called {name!r}",
            thing=str(path),
            place=f"sources.{name}",
            mend=f"The nearest is {nearest(name, known)!r}; 'tocsin sources' lists them",
        )
    own: dict[str, Any] = {key: table[key] for key in OF_EVERY_SOURCE if key in table}
    settings = {key: value for key, value in table.items() if key not in own}
    try:
        found = msgspec.convert({**own, "settings": settings}, type=SourceSettings)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$")
        raise BadInput(
            message,
            thing=str(path),
            place=f"sources.{name}{place.strip('`')}",
            mend="enabled is true or false, every a text such as '6h', window a number of days",
        ) from None
    check_kept(found.keep_captures, f"sources.{name}.keep_captures", path)
    return found


def _check_person(name: str, person: Person, people: Mapping[str, Person], path: Path) -> None:
    def refuse(key: str, message: str, mend: str) -> BadInput:
        return BadInput(message, thing=str(path), place=f"people.{name}.{key}", mend=mend)

    if "@" not in person.address:
        raise refuse(
            "address", f"{person.address!r} is not an e-mail address", "Write one like name@example.org"
        )
    try:
        ZoneInfo(person.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise refuse("zone", f"{person.zone!r} is not a time zone", "Write one like Asia/Tokyo") from None
    if person.deputy and person.deputy not in people:
        raise refuse(
            "deputy",
            f"nobody is called {person.deputy!r}",
            f"The nearest is {nearest(person.deputy, people)!r}",
        )


def _hosts_of(environment: Mapping[str, str]) -> dict[str, str]:
    said = environment.get("TOCSIN_HOSTS", "").strip()
    if not said:
        return {}
    try:
        return msgspec.json.decode(said, type=dict[str, str])
    except (msgspec.DecodeError, json.JSONDecodeError) as error:
        raise BadInput(
            f"it is not a JSON object of texts ({error})",
            thing="TOCSIN_HOSTS",
            mend='Write it like {"www.ecfr.gov": "http://127.0.0.1:8080/www.ecfr.gov"}',
        ) from None
