"""A site with something of everything in it, all of it hostile: law, watches, people, reasons, comments, notes; and its pages, found in the code."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from datasette.plugins import pm

from archive import acknowledged, changes, clock, digests, mutes, outbox
from archive.events import recent
from archive.store import Archive
from tests.tocsin.web import site
from tests.tocsin.web.site import BIG, CHIPS, EVIL, FUTURE, JAPANESE, MOVED, PAPER
from tocsin.config import Config, load
from tocsin.digest.week import last_week
from tocsin.review.decisions import assign, comment, decide
from tocsin.review.drafts import draft
from tocsin.review.roles import Actor
from tocsin.web import apart, links

WORSE = EVIL + "</textarea></title><svg onload=alert(1)>javascript:alert(1) {% raw %} ]]> ${7*7}"
BIDI = "\u202ealert(1)\u2066\u200f"
EVE = f"eve {EVIL}"
ROLES = ("reviewer", "counsel", "administrator")
PROXY = '[web.proxy]\nsecret = "env:PROXY"\n'


@dataclass(frozen=True)
class Everything:
    """The site and what its pages are of."""

    config: Config
    change: str
    changes: tuple[str, ...]
    events: tuple[str, ...]
    message: str
    week: str
    version: str
    watches: tuple[str, ...]


def built(folder: Path) -> Everything:
    """The site; the clock is set by whoever asks for it."""
    site.build(folder)
    people = {
        "desk": ("desk@example.org", ()),
        EVE: ("eve@example.org", ROLES),
        "rita": ("rita@example.org", ("reader",)),
    }
    table = "".join(
        f"[people.{json.dumps(name)}]\naddress = {json.dumps(address)}\nroles = {json.dumps(list(roles))}\n"
        for name, (address, roles) in people.items()
    )
    (folder / "tocsin.toml").write_text(PROXY + table, encoding="utf-8")
    config = load(folder / "tocsin.toml", known_sources=())
    eve = Actor(name=EVE, roles=ROLES)
    with Archive.open(config.archive) as archive:
        told = [one for one in changes.changes(archive) if one.change.materiality == "substantive"]
        for one in told[:3]:
            decide(archive, eve, one.id, "relevant", people=config.people, at=clock.now(), reason=WORSE)
            comment(archive, eve, one.id, WORSE, at=clock.now(), privileged=one is told[1])
            assign(archive, eve, one.id, EVE, people=config.people, at=clock.now())
        mutes.add(archive, person=EVE, sort=mutes.WATCH, subject=WORSE, until=clock.now().date().replace(year=2040),
                  reason=WORSE, author=EVE, at=clock.now())  # fmt: skip
        message = outbox.deliveries(archive)[0].delivery.message_id
        acknowledged.acknowledge_message(archive, message, person=EVE, note=WORSE, at=clock.now())
        week = last_week(clock.now(), "UTC")
        build = draft(archive, config, week, at=clock.now())
        assert digests.newest_build(archive, week) == build
        return Everything(
            config=config,
            change=told[0].id,
            changes=tuple(one.id for one in told),
            events=tuple(row.id for row in recent(archive)),
            message=message,
            week=week,
            version=build.version,
            watches=tuple(re.findall(r'(?m)^name = "(.+)"$', site.WATCHES)),
        )


def pages_of(all_: Everything) -> Mapping[str, tuple[str, ...]]:
    """For each route of a page an address or more; whoever adds a page adds its address here."""
    (event, *_) = all_.events
    return {
        "/": ("/", "/?since=2031-02-01"),
        "/today": ("/today",),
        "/works": ("/works", "/works?kind=document", "/works?jurisdiction=JP"),
        "/coverage": ("/coverage",),
        "/search": ("/search", "/search?q=%E8%BC%B8%E5%87%BA", "/search?q=3A090"),
        "/changes": ("/changes?all=1", "/changes"),
        "/change/(?P<id>[0-9a-f]+)": tuple(map(links.change, all_.changes)),
        "/events": ("/events",),
        "/event/(?P<id>[0-9a-f]+)": (links.event(event),),
        "/event/(?P<id>[0-9a-f]+)/announced": (links.event(event) + "/announced",),
        "/calendar": ("/calendar",),
        "/watches": ("/watches",),
        "/watch/(?P<name>[^/]+?)": (*map(links.watch, all_.watches), links.watch("chips") + "?since=2031-01-01"),
        "/alerts": ("/alerts",),
        "/actions": ("/actions",),
        r"/(?P<path>[a-z]{2}/[^?#]+?)/?": (
            *(links.work(work) for work in (CHIPS, MOVED, JAPANESE, FUTURE, PAPER, BIG)),
            links.work(CHIPS, "3A090"),
            links.work(JAPANESE, "1/項2"),
            links.work(MOVED, "798.1"),
            links.with_query(f"/{CHIPS}/3A090", {"from": "2031-01-01", "to": "2031-02-01", "view": "side"}),
        ),
        "/digests": ("/digests",),
        r"/digest/(?P<week>\d{4}-W\d\d)": (
            links.digest(all_.week),
            links.digest(all_.week, known="2031-02-10"),
            links.digest(all_.week, version=all_.version),
        ),
        r"/digest/(?P<week>\d{4}-W\d\d)/decide": (links.digest(all_.week, decide=True, show="all"), links.digest(all_.week, decide=True, show="mine")),
        "/change/(?P<id>[0-9a-f]+)/review": tuple(map(links.review, all_.changes)),
        "/alert/(?P<id>[^/]+?)/ack": (links.acknowledge(all_.message), links.acknowledge(all_.message) + "?said=acknowledged"),
        "/alerts/mutes": ("/alerts/mutes",),
        "/watches/new": ("/watches/new",),
        "/watch/(?P<name>[^/]+?)/edit": tuple(f"{links.watch(name)}/edit" for name in all_.watches),
        # Datasette's own: with a query, for their CSV is Datasette's as well.
        r"/(?P<database>archive)(?!\.db$)": ("/archive?_show_hidden=1",),
        r"/(?P<database>archive)/(?P<table>[^/.]+)": (
            *(f"/archive/{name}?_size=200" for name in ("work", "text", "change_in_full", "capture", "provision_history", "action")),
            f"/archive/text_on_day?work={CHIPS}&eid=3A090",
        ),
        r"/(?P<database>archive)/(?P<table>[^/]+?)/(?P<pks>[^/]+?)": tuple(f"/archive/{row}?_labels=on" for row in ("work/1", "text/3", "change/1")),
        "/sql": ("/sql",),
        "/sign-in": ("/sign-in",),
    }  # fmt: skip


FORMS_AND_FILES = (
    "/do/",
    "/api/",
    "/feeds/",
    "/capture/",
    "/-/",
    "/digest/(?P<week>\\d{4}-W\\d\\d)/(?P<version>",
)
"""What is no page: forms, what programs ask, downloads."""


def routes() -> dict[str, Any]:
    """The routes of our own plugins by the pattern of their paths, without what stands for the form of the answer."""
    found = {}
    for plugin in pm.get_plugins():
        if plugin.__name__.startswith("tocsin.web.") and hasattr(plugin, "register_routes"):
            for pattern, view in plugin.register_routes():
                path = (
                    pattern.removeprefix("^")
                    .removesuffix(apart.FORM)
                    .removesuffix("$")
                    .removesuffix(r"(?P<form>\.json|\.csv)?")
                )
                found[path] = view
    return found
