"""What the first reader after a start would wait for, done before: templates compiled, tables of names read, the newest digest opened."""

from __future__ import annotations

import gc
import sqlite3
from datetime import UTC, datetime, timedelta

from datasette.app import Datasette

from alerts.language import LANGUAGES, texts
from archive import clock, digests
from archive.errors import TocsinError
from archive.store import Archive
from archive.vocabulary.countries import country_code
from archive.vocabulary.technologies import technology_ids
from crawlers.card import source_cards
from diffing.touches.engine import touches_in_text
from tocsin.expectation import calendar_of
from tocsin.reference import reference_now
from tocsin.review import waiting
from tocsin.web import opened, rendering
from tocsin.web.site import Site
from tocsin.working_days import working_days


def warm(datasette: Datasette, site: Site) -> None:
    """Do all of it, for a Datasette that has started. What cannot be done is left to whoever asks for it, who is told why."""
    templates = rendering.templates(datasette)
    for name in templates.list_templates(["html"]):
        if ":" not in name and "/" not in name:
            templates.get_template(name)
    _read(site)
    # A collection goes through all that is there and holds everybody up for a fifth of a second; what was made so far stays, and need not be gone through.
    gc.collect()
    gc.freeze()


def _read(site: Site) -> None:
    try:
        _names()
        with Archive.open(site.folder, read_only=True) as archive:
            site.watches(archive)
            # The spellings of countries are learnt at the first word that could be a slip of one.
            touches_in_text("Items that go to Zanzibar", reference=reference_now(archive))
            builds = digests.builds(archive)
            if builds:
                newest = opened.kept(archive, builds[-1].version)
                waiting.live(archive, builds[-1].version, newest.tellings)
    except (TocsinError, sqlite3.Error, OSError):
        return


def _names() -> None:
    country_code("")
    technology_ids()
    touches_in_text("3A090")
    today = clock.now().date()
    for card in source_cards().values():
        working_days(calendar_of(card), today - timedelta(days=366), today)
    for language in LANGUAGES:
        say = texts(language)
        say.number(1)
        say.instant(datetime(2026, 1, 1, tzinfo=UTC))
        say.country("US")
