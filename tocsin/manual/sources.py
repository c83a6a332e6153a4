"""Every source as its card says it, with the settings that its table may have."""

from __future__ import annotations

import json
from collections.abc import Iterator

from crawlers.card import SourceCard, source_cards
from crawlers.settings import CrawlSettings, described
from tocsin.manual.markdown import code, page, table


def sources() -> str:
    """The page."""
    shared = {name for name, _, _ in described(CrawlSettings)}
    parts = [part for card in source_cards().values() for part in _source(card, shared)]
    return page(
        "Sources",
        "A table `[sources.ID]` of `tocsin.toml` switches a source on (`enabled`), gives it hours of its own (`every`), says how many days before its "
        "first run a document is still news (`window`), and sets what follows. `tocsin sources show ID` prints the same.",
        "## What every source can be told",
        _settings(CrawlSettings, set()),
        *parts,
    )


def _source(card: SourceCard, shared: set[str]) -> Iterator[str]:
    yield f"## {card.id}"
    yield f"{card.title}. {card.legal_status}"
    yield table(
        ("", ""),
        [
            ("publisher", f"{card.publisher} ({card.jurisdiction})"),
            ("hosts", ", ".join(map(code, card.hosts))),
            ("hours", code(card.cadence)),
            ("proof", code(card.landmark)),
            ("not observed", card.beyond or "nothing that is known"),
            (
                "runs",
                "unless it is switched off"
                if card.by_default
                else "once the configuration has a table for it",
            ),
            *((("stands in for", ", ".join(map(code, card.stands_in_for))),) if card.stands_in_for else ()),
        ],
    )
    yield _settings(card.settings, shared)


def _settings(kind: type[CrawlSettings], left_out: set[str]) -> str:
    return table(
        ("setting", "default", "meaning"),
        [
            (code(name), code(json.dumps(default, ensure_ascii=False, default=str)), meaning)
            for name, default, meaning in described(kind)
            if name not in left_out
        ],
    )
