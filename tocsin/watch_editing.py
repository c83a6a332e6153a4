"""Watches written and edited by people on the pages: checked as files are, tried on the archive beside what they say today, and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypedDict

from alerts.backtest import BackTest, Fired, backtest_archive
from alerts.conditions import Watch
from alerts.watches import content_of, load_watches, watches_in, wordings
from alerts.watches_edited import Block, block_of, save, with_block
from alerts.watches_written import as_file, put, watches_in_force
from archive import queries, watch_history
from archive.errors import BadInput
from archive.identifiers import digest
from archive.store import Archive
from archive.vocabulary.ccl_entries import CCL, ENTRIES
from crawlers.card import source_cards
from tocsin.config import Config

PAGE = "what you wrote"
"""What messages call a text that is in no file yet."""


class _Known(TypedDict):
    people: tuple[str, ...]
    targets: tuple[str, ...]
    sources: tuple[str, ...]
    known_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A watch as somebody edits it: its lines, and a mark of what they took the place of (``seen``: of its file, else of its wording; "" for a new
    one). ``block`` is where it stands in its file, None for one of the front end."""

    name: str
    text: str
    seen: str
    block: Block | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A draft on the archive: what the watch tells as it is today (None for a new one) beside what it would tell, and in which alerts they differ."""

    today: BackTest | None
    edited: BackTest
    more: tuple[Fired, ...]
    less: tuple[Fired, ...]


def draft_of(archive: Archive, config: Config, name: str) -> Draft:
    """A watch in force, for editing. Raises ``BadInput`` where there is none of the name."""
    watch = _in_force(archive, config).get(name)
    if watch is None:
        raise BadInput("no watch of that name is in force", thing=f"watch {name}", mend="/watches lists them")
    if watch.file:
        block = block_of(watch)
        return Draft(name=name, text=block.text, seen=block.seen, block=block)
    return Draft(name=name, text=as_file([watch]).rstrip("\n"), seen=digest(content_of(watch)))


def check(archive: Archive, config: Config, draft: Draft, text: str) -> tuple[Watch, tuple[str, ...]]:
    """The watch that an edit of a draft would be, among all the others, with warnings. Raises ``BadInput`` as ``load_watches`` does."""
    if draft.block is not None:
        instead = {draft.block.file: with_block(draft.block, text, draft.name)}
        found, warnings = load_watches(config.watches, instead=instead, **_known(archive, config))
        (watch,) = [one for one in found if one.name == draft.name]
    else:
        found, warnings = watches_in(text.rstrip() + "\n", PAGE, **_known(archive, config))
        if len(found) != 1 or draft.name and found[0].name != draft.name:
            raise BadInput(
                f"it is not the one watch {draft.name!r}" if draft.name else "it is not one watch",
                thing=PAGE,
                mend="A watch keeps its name, for alerts are recorded under it; write another one for another name",
            )
        (watch,) = found
        if not draft.name and watch.name in _in_force(archive, config):
            raise BadInput(
                f"there is a watch {watch.name!r} already", thing=PAGE, mend="Give this one another name"
            )
    return watch, warnings


def try_on(
    archive: Archive, config: Config, draft: Draft, edited: Watch, *, since: date, until: date
) -> Tried:
    """What an edited watch would have told since a day, and how that differs from what it tells as it is."""
    today = _in_force(archive, config).get(draft.name) if draft.name else None
    both = [replace(edited, name="edited"), *([replace(today, name="today")] if today else [])]
    first, *others = backtest_archive(archive, both, since=since, until=until)
    before = {one.transition_id: one for one in others[0].fired} if others else {}
    after = {one.transition_id: one for one in first.fired}
    return Tried(
        today=others[0] if others else None,
        edited=first,
        more=tuple(one for key, one in after.items() if key not in before),
        less=tuple(one for key, one in before.items() if key not in after),
    )


def keep(
    archive: Archive, config: Config, draft: Draft, text: str, *, seen: str, author: str, at: datetime
) -> tuple[Watch, bool]:
    """Put an edit in force, in the caller's transaction: into its file, or into the archive for one of the front end; answers the watch, and whether it
    says anything new. Raises ``BadInput`` where it is not sound, and where the watch is another by now than the one that was ``seen``."""
    if draft.name and draft.seen != seen:
        raise BadInput(
            "it was edited since it was shown to you",
            thing=f"watch {draft.name}",
            mend="Below stands what it says now; say again what it should be",
        )
    watch, _ = check(archive, config, draft, text)
    if draft.block is None:
        return watch, bool(put(archive, [watch], author=author, at=at))
    save(draft.block.file, with_block(draft.block, text, draft.name), seen=seen)
    in_force, _ = load_watches(config.watches, **_known(archive, config))
    return watch, bool(watch_history.remember(archive, wordings(in_force), at=at))


def _in_force(archive: Archive, config: Config) -> Mapping[str, Watch]:
    found, _ = watches_in_force(archive, config.watches, **_known(archive, config))
    return {one.name: one for one in found}


def _known(archive: Archive, config: Config) -> _Known:
    return {
        "people": tuple(config.people),
        "targets": tuple(config.targets),
        "sources": tuple(source_cards()),
        "known_codes": tuple(queries.roots(archive, CCL, "entry") or ENTRIES),
    }
