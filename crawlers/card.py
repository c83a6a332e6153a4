"""What a source says of itself, and how the sources are found: one module of ``crawlers.sources`` is one source."""

from __future__ import annotations

import importlib
import pkgutil
import warnings
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from archive.errors import BadInput
from archive.records import Capture
from crawlers import sources
from crawlers.events import Counted
from crawlers.settings import CrawlSettings, configured
from crawlers.visit import Visit
from normalize.profile import Profile
from normalize.profiles import PROFILES

Crawl = Callable[[Visit, Any], AsyncIterator[Capture]]
Count = Callable[[Visit, Any, date, date], AsyncIterator[Counted]]
Backfill = Callable[[Visit, Any, date, date], AsyncIterator[Capture]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCard:
    """One official source.

    ``hosts`` are the names of its hosts, ``http://name`` for one that answers without encryption alone;
    ``kind`` is ``consolidated`` (a text that is amended) or ``document`` (papers, each of which is news); ``cadence`` the hours at which it
    runs (``08:50 16:20 America/New_York on working days``, or a cron line in UTC: see ``tocsin.cadence``); ``landmark`` what only the real document has; ``legal_status`` the sentence that every alert from it carries;
    ``crawl`` yields the captures of one run, given a :class:`Visit` and settings of the type ``settings``; ``takes`` says of a
    work's path why a crawl with these settings would never bring it, None where it would. ``count`` asks what was published on
    some days and compares it with what is held, ``backfill`` yields what is not; None for a source that tells nothing of the past.
    ``beyond`` says in a sentence what of its matter the source does not observe, "" where that is nothing anybody knows of.
    ``quiet`` are the hours in which the publisher wants its hosts to be left alone (``22:00-06:00 America/New_York``), where it says so; ``calendar``
    names whose holidays it keeps (``us``, ``eu``, ``jp``, …: see ``tocsin.expectation``; "" for that of the jurisdiction), ``moves`` the working days
    within which something of it usually changes, 0 where nobody can say. ``profile`` is how the documents are read, for a source of another
    distribution; ours are declared in ``normalize.profiles``. ``stands_in_for`` are the sources whose documents it brings, under their
    names, while their own hosts cannot be had. ``by_default`` says that the source runs unless it is switched off; the others run once a configuration has a table for them.
    """

    id: str
    title: str
    jurisdiction: str
    publisher: str
    hosts: tuple[str, ...]
    kind: str
    cadence: str
    landmark: str
    legal_status: str
    crawl: Crawl
    settings: type[CrawlSettings] = CrawlSettings
    takes: Callable[[str, Any], str | None] | None = None
    count: Count | None = None
    backfill: Backfill | None = None
    beyond: str = ""
    quiet: tuple[str, ...] = ()
    calendar: str = ""
    moves: int = 0
    profile: Profile | None = None
    stands_in_for: tuple[str, ...] = ()
    by_default: bool = False
    language: str = "en"
    licence: str = ""

    def configured(self, table: Mapping[str, Any]) -> CrawlSettings:
        """The settings of this source from a table of the configuration. Raises ``BadInput``."""
        return configured(self.settings, table, thing=f"source {self.id}")


GROUP = "tocsin.sources"
"""Entry points of other distributions, each named like its source, each a :class:`SourceCard` (``my_source = "my_package.module:CARD"``)."""


@cache
def source_cards() -> dict[str, SourceCard]:
    """All sources by id: the modules of ``crawlers.sources``, each with one ``CARD``, named like the module; and those that other
    distributions bring by entry points. One of these that is broken is left out with a warning: it must not stop the others."""
    cards: dict[str, SourceCard] = {}
    for module in pkgutil.iter_modules(sources.__path__):
        card = importlib.import_module(f"{sources.__name__}.{module.name}").CARD
        if card.id != module.name:
            raise ImportError(
                f"crawlers/sources/{module.name}.py has the card of {card.id!r}: rename one of them"
            )
        cards[card.id] = card
    for entry in entry_points(group=GROUP):
        try:
            cards[entry.name] = _third_party(entry, cards)
        except Exception as error:
            warnings.warn(f"source {entry.name} of {_seller(entry)} is left out: {error}", stacklevel=2)
    return dict(sorted(cards.items()))


def _third_party(entry: EntryPoint, cards: Mapping[str, SourceCard]) -> SourceCard:
    card = entry.load()
    if not isinstance(card, SourceCard):
        raise TypeError(f"{entry.value} is no SourceCard")
    if card.id != entry.name:
        raise ValueError(f"the card of {entry.value} says that it is {card.id!r}: name the entry point so")
    if card.id in cards:
        raise ValueError("there is a source of this name already")
    if card.profile is not None:
        if card.profile.source != card.id:
            raise ValueError(f"its profile is one of {card.profile.source!r}")
        PROFILES[card.id] = card.profile
    elif card.id not in PROFILES:
        raise ValueError("it has no profile, so that nobody could read its documents")
    return card


def _seller(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else entry.module


def source_card(name: str) -> SourceCard:
    """The card of one source. Raises ``BadInput`` with the nearest known id."""
    cards = source_cards()
    if name not in cards:
        near = get_close_matches(name, cards, n=1)
        mend = f"Did you mean {near[0]}?" if near else f"Known sources: {', '.join(cards)}"
        raise BadInput("there is no such source", thing=f"source {name}", mend=mend)
    return cards[name]
