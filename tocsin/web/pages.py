"""The addresses of our pages in Datasette. Each answers as a page, and as JSON with ``.json``."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl

from tocsin.web import actions_page, acts, apart, catalogue, changed, regulation, searching, today, watching
from tocsin.web.site import route

# Two letters of a jurisdiction, then names: what archive.identifiers calls the path of a work, with an address in it.
_ADDRESS = r"/(?P<path>[a-z]{2}/[^?#]+?)/?"


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """The most particular first."""
    return [
        today.today("/"),
        today.today("/today"),
        route("/works", catalogue.works),
        route("/coverage", catalogue.sources),
        route("/search", searching.page),
        route("/changes", changed.listed),
        route("/change/(?P<id>[0-9a-f]+)", changed.one),
        route("/events", acts.listed),
        route("/event/(?P<id>[0-9a-f]+)", acts.one),
        route("/event/(?P<id>[0-9a-f]+)/announced", acts.compared),
        route("/calendar", acts.dates),
        route("/watches", watching.watches),
        route("/watch/(?P<name>[^/]+?)", watching.watch),
        route("/alerts", watching.alerts),
        route("/actions", actions_page.listed),
        route(_ADDRESS, regulation.at_address),
        *apart.routes(),
    ]
