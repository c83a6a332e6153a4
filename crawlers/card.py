"""What a source says of itself, and how the sources are found: one module of ``crawlers.sources`` is one source."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any

from archive.errors import BadInput
from archive.records import Capture
from crawlers import sources
from crawlers.events import Counted
from crawlers.settings import CrawlSettings, configured
from crawlers.visit import Visit

Crawl = Callable[[Visit, Any], AsyncIterator[Capture]]
Count = Callable[[Visit, Any, date, date], AsyncIterator[Counted]]
Backfill = Callable[[Visit, Any, date, date], AsyncIterator[Capture]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCard:
    """One official source.

    ``kind`` is ``consolidated`` (a text that is amended) or ``document`` (papers, each of which is news); ``cadence`` a cron line
    in UTC; ``landmark`` what only the real document has; ``legal_status`` the sentence that every alert from it carries;
    ``crawl`` yields the captures of one run, given a :class:`Visit` and settings of the type ``settings``; ``takes`` says of a
    work's path why a crawl with these settings would never bring it, None where it would. ``count`` asks what was published on
    some days and compares it with what is held, ``backfill`` yields what is not; None for a source that tells nothing of the past.
    ``by_default`` says that the source runs unless it is switched off; the others run once a configuration has a table for them.
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
    by_default: bool = False
    language: str = "en"
    licence: str = ""

    def configured(self, table: Mapping[str, Any]) -> CrawlSettings:
        """The settings of this source from a table of the configuration. Raises ``BadInput``."""
        return configured(self.settings, table, thing=f"source {self.id}")


@cache
def source_cards() -> dict[str, SourceCard]:
    """All sources by id, found by walking ``crawlers.sources``; each module there has one ``CARD``, named like the module."""
    cards: dict[str, SourceCard] = {}
    for module in pkgutil.iter_modules(sources.__path__):
        card = importlib.import_module(f"{sources.__name__}.{module.name}").CARD
        if card.id != module.name:
            raise ImportError(
                f"crawlers/sources/{module.name}.py has the card of {card.id!r}: rename one of them"
            )
        cards[card.id] = card
    return dict(sorted(cards.items()))


def source_card(name: str) -> SourceCard:
    """The card of one source. Raises ``BadInput`` with the nearest known id."""
    cards = source_cards()
    if name not in cards:
        near = get_close_matches(name, cards, n=1)
        mend = f"Did you mean {near[0]}?" if near else f"Known sources: {', '.join(cards)}"
        raise BadInput("there is no such source", thing=f"source {name}", mend=mend)
    return cards[name]
