"""Every page there is: the addresses that tests go to, and the routes of the code that each have to be among them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any
from urllib.parse import quote

from archive import changes, outbox
from archive.events import recent
from archive.store import Archive
from tests.browser.law import CHINESE, ENTITIES, FUTURE, GERMAN, JAPANESE, LIST, PAPER, PART, USERS
from tests.browser.site import WEEK
from tocsin.config import Config
from tocsin.web import links, server
from tocsin.web.tables import QUERIES

NO_PAGES = ("/feeds/", "/api/", "/do/", "/capture/", "/-/")
"""Where nothing for people to look at stands: feeds, what programs ask, what forms are sent to, downloads, probes."""
OF_DATASETTE = ("/archive", "/archive/work", "/archive/work/1", "/archive/change?_size=20", "/archive/changes_touching?type=country&id=TH&since=2000-01-01", *(f"/archive/{name}" for name in QUERIES))  # fmt: skip
WITHOUT_ARGUMENTS = (
    "/", "/today", "/works", "/works?kind=document", "/coverage", "/search", f"/search?q={quote('集積回路')}", "/search?q=Thailand&jurisdiction=US&code=3A090", "/search?country=nowhere",
    "/changes", "/changes?all=1&country=TH", "/events", "/calendar", "/watches", "/alerts", "/alerts?state=sent", "/actions", "/sign-in", "/nothing", "/us/none",
    "/digests", f"/digest/{WEEK}", f"/digest/{WEEK}?known=2031-02-05", f"/digest/{WEEK}/decide", "/digest/2030-W01", "/alerts/mutes", "/watches/new",
    "/watch/chips", "/watch/chips?since=2031-01-01", "/watch/chips/edit", "/watch/none",
)  # fmt: skip


def addresses(config: Config) -> tuple[str, ...]:
    """Every page, at least once with much on it."""
    found = [*WITHOUT_ARGUMENTS, *OF_DATASETTE]
    for work in (LIST, ENTITIES, PART, JAPANESE, CHINESE, GERMAN, FUTURE, PAPER, USERS):
        found.append(links.work(work))
    found += [
        links.work(LIST, on="1999-01-01"),
        links.work(LIST, "3A090"),
        links.work(LIST, "3A090", on="2031-02-03", known="2031-02-03"),
        links.with_query(f"/{LIST}/3A090", {"from": "2031-01-01", "to": "2031-02-05"}),
        links.with_query(f"/{LIST}/3A090", {"from": "2031-01-01", "to": "2031-02-05", "view": "side"}),
        links.work(JAPANESE, "1/2"),
        links.work(USERS, "supp-7.utopia.examplelaboratoriesnumber2"),
        links.work(PART, "798.1"),
        links.work(FUTURE, "796.1"),
    ]
    with Archive.open(config.archive, read_only=True) as archive:
        seen: set[object] = set()
        for stored in changes.changes(archive):
            sort = (stored.change.kind, stored.work.partition("/")[0])
            if sort not in seen:
                seen.add(sort)
                found += [links.change(stored.id), links.review(stored.id), links.change(stored.id) + "?view=side", links.transition(stored.transition_id, everything=True)]  # fmt: skip
        for row in recent(archive)[:2]:
            found += [links.event(row.id), links.event(row.id) + "/announced"]
        found += [links.acknowledge(one.delivery.message_id) for one in outbox.deliveries(archive, limit=1)]
    return tuple(dict.fromkeys(found))


def status(path: str) -> int:
    """What a page answers with: those that are not there say so, those that cannot be answered too."""
    absent = ("/nothing", "/us/none", "/watch/none", "/digest/2030-W01", links.work(LIST, on="1999-01-01"))
    return 404 if path in absent else 400 if path == "/search?country=nowhere" else 200


def routes() -> Iterator[str]:
    """The regular expression of each route of ours that a browser is sent to."""
    for plugin in vars(server).values():
        if isinstance(plugin, ModuleType) and hasattr(plugin, "register_routes"):
            for pattern, view in plugin.register_routes():
                if not is_no_page(pattern, view):
                    yield pattern


def is_no_page(pattern: str, view: Any) -> bool:
    """Whether a route is for programs, or takes forms."""
    return (
        hasattr(view, "deed")
        or pattern.removeprefix("^").replace("\\", "").startswith(NO_PAGES)
        or "file" in re.compile(pattern).groupindex
    )


def covered(pattern: str, found: tuple[str, ...]) -> bool:
    """Whether a page of these stands at a route."""
    return any(re.match(pattern, one.partition("?")[0]) for one in found)
