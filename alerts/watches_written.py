"""Watches that people write in the front end: checked as those of files are, kept with their author, in force beside the files, exported as files."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path

from alerts.conditions import VALUE_KEYS, Conditions, Watch
from alerts.watches import content_of, load_watches, watches_in
from archive import watch_history
from archive.codec import loads
from archive.errors import BadInput
from archive.store import Archive


def watches_in_force(
    archive: Archive,
    place: Path,
    *,
    people: Collection[str],
    targets: Collection[str],
    sources: Collection[str] = (),
    known_codes: Collection[str] = (),
) -> tuple[tuple[Watch, ...], tuple[str, ...]]:
    """The watches of the files at ``place``, then those of the front end whose names no file has; with warnings, a line each.

    Files are refused as ``load_watches`` refuses them. A watch of the front end that the configuration no longer allows (its target was taken out) is
    left out with a warning that says why: it must not stop those of the files.
    """
    watches, warnings = load_watches(
        place, people=people, targets=targets, sources=sources, known_codes=known_codes
    )
    found, told = list(watches), list(warnings)
    names = {watch.name for watch in watches}
    for wording in watch_history.written(archive):
        if wording.watch in names:
            told.append(f"the watch {wording.watch!r} of the front end gives way to that of the files")
            continue
        try:
            written, more = watches_in(
                as_file([loads(wording.content, Watch)]),
                f"front end ({wording.author})",
                people=people,
                targets=targets,
                sources=sources,
                known_codes=known_codes,
            )
        except BadInput as error:
            told.append(f"the watch {wording.watch!r} of the front end is not in force: {error.line()}")
            continue
        found += written
        told += more
    return tuple(found), tuple(told)


def put(archive: Archive, watches: Iterable[Watch], *, author: str, at: datetime) -> int:
    """Keep checked watches as those of the front end, a version each; answers how many say something new. Raises ``BadInput``."""
    with archive.transaction():
        return sum(
            watch_history.write(archive, watch.name, content_of(watch), author=author, at=at)
            for watch in watches
        )


def as_file(watches: Iterable[Watch]) -> str:
    """The watches as the text of a file that reads as the same watches."""
    return "\n".join("\n".join(_lines(watch)) + "\n" for watch in watches)


def _lines(watch: Watch) -> Iterator[str]:
    yield "[[watch]]"
    for key in ("name", "owner", "reason", "matter"):
        yield f"{key} = {_toml(getattr(watch, key))}"
    yield f"notify = {_toml(watch.notify)}"
    if watch.rate != "now":
        yield f"rate = {_toml(watch.rate)}"
    if watch.acknowledge is not None:
        yield f"acknowledge = {_toml(watch.acknowledge)}"
    yield from _conditions(watch)


def _conditions(conditions: Conditions) -> Iterator[str]:
    for key in VALUE_KEYS:
        if values := getattr(conditions, key):
            yield f"{key} = {_toml(values)}"
    if not conditions.through_groups:
        yield "through_groups = false"
    for key, tables in (("all", conditions.all), ("any", conditions.any), ("not", conditions.none)):
        if tables:
            inline = (f"{{ {', '.join(_conditions(table))} }}" for table in tables)
            yield f"{key} = [{', '.join(inline)}]"


def _toml(value: object) -> str:
    """A text or texts as TOML writes them, which is as JSON does; DEL, which JSON leaves, TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
