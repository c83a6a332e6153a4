"""What every page is made of: the archive opened for reading, what was asked, and a page as HTML or as JSON."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from alerts.conditions import Watch
from alerts.language import ENGLISH, Texts
from alerts.watches_written import watches_in_force
from archive import codec
from archive.errors import BadInput, TocsinError
from archive.spreadsheet import csv_text
from archive.store import Archive
from crawlers.card import source_cards
from tocsin.config import Config
from tocsin.review.roles import Actor, Denied
from tocsin.web.access import NOBODY, reader
from tocsin.web.doorkeeper import Doorkeeper
from tocsin.web.headers import STRICT
from tocsin.web.kept import reading
from tocsin.web.language import texts_for
from tocsin.web.rendering import html


@dataclass(frozen=True)
class Site:
    """What the front end serves: an archive's folder, and the configuration it belongs to (None where nobody named one); and who slows down whoever
    guesses passwords."""

    folder: Path
    config: Config | None = None
    doorkeeper: Doorkeeper = field(default_factory=Doorkeeper)

    @property
    def configured(self) -> Config:
        """The configuration that it belongs to. Raises ``BadInput`` where it has none."""
        if self.config is None:
            raise BadInput("this server was started on an archive alone, without a configuration")
        return self.config

    def watches(self, archive: Archive) -> tuple[Watch, ...]:
        """The watches in force; none without a configuration, or where its files are not in order."""
        return self.watches_or_why(archive)[0]

    def watches_or_why(self, archive: Archive) -> tuple[tuple[Watch, ...], str]:
        """The same, with why there are none that one could name, "" where all is well."""
        if self.config is None:
            return (
                (),
                "This server was started on an archive alone: the watches stand in the files of a configuration.",
            )
        try:
            found, _ = watches_in_force(
                archive,
                self.config.watches,
                people=self.config.people,
                targets=self.config.targets,
                sources=tuple(source_cards()),
            )
        except TocsinError as error:
            return (), f"The files of watches are not in order, and none is in force: {error.message}"
        return found, ""


@dataclass(frozen=True)
class Asked:
    """One request: what stands in its path and its query, the site, who asks, and the texts in their language (in
    English for programs). Values are decoded, and plain texts of one line."""

    site: Site
    path: str
    named: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    who: Actor = NOBODY
    say: Texts = ENGLISH

    def text(self, name: str) -> str:
        """A value of the query, "" without one."""
        return " ".join(self.query.get(name, "").split())

    def flag(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.query.get(name, "") not in ("", "0")

    def number(self, name: str, least: int = 1, most: int = 100_000) -> int:
        """A whole number, ``least`` without one. Raises ``BadInput``."""
        said = self.text(name)
        if not said:
            return least
        if not (said.isascii() and said.isdigit() and least <= int(said[:9]) <= most):
            raise BadInput(f"{said[:40]!r} is not a number from {least} to {most}", thing=name)
        return int(said[:9])

    def day(self, name: str) -> date | None:
        """A day of the query, None without one. Raises ``BadInput``."""
        said = self.text(name)
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            raise BadInput(
                f"{said[:40]!r} is not a day", thing=name, mend="Write it like 2026-06-18"
            ) from None

    @cached_property
    def known(self) -> datetime | None:
        """The instant of the query up to which something counts as known: a day means its end (UTC). None without one. Raises ``BadInput``."""
        said = self.text("known")
        if not said:
            return None
        try:
            if len(said) == len("2026-06-18"):
                end = datetime.combine(date.fromisoformat(said) + timedelta(days=1), time(), UTC)
                return end - timedelta(microseconds=1)
            instant = datetime.fromisoformat(said.replace(" ", "+"))
            return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
        except (ValueError, OverflowError):
            raise BadInput(
                f"{said[:40]!r} is neither a day nor an instant",
                thing="known",
                mend="Write it like 2026-06-18 or 2026-06-18T09:00:00Z",
            ) from None


Table = tuple[Sequence[str], Iterable[Sequence[object]]]
"""The head and the rows of a table, as CSV has them."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a view makes: the values of its template; ``data``, the same for programs, as JSON-ready records, or where that is a lot to read what gives
    them to whoever wants them; and where it is a table its head and rows."""

    template: str
    values: dict[str, Any]
    data: Any
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    table: Table | None = None


View = Callable[[Archive, Asked], Page]
# A few threads of their own: more would only take the interpreter from each other and from the loop, and what waits for the writer or sets a PDF is not
# among them.
_PAGES = ThreadPoolExecutor(max_workers=3, thread_name_prefix="pages")


class Absent(TocsinError):
    """Nothing answers to this address."""


def route(pattern: str, view: View) -> tuple[str, Callable[..., Awaitable[Response]]]:
    """A view at an address (a regular expression of the path); the same for programs with ``.json``, and where it is a table with ``.csv``."""

    async def answer(datasette: Datasette, request: Request) -> Response:
        site, form = site_of(datasette), request.url_vars.get("form") or ""
        form = ".json" if request.args.get("_format") == "json" else form
        asked = Asked(
            site=site,
            path=unquote(request.path),
            named={name: unquote(value or "") for name, value in request.url_vars.items()},
            query={name: request.args.get(name) or "" for name in request.args},
            who=reader(request),
            say=ENGLISH if form else texts_for(site.config, request),
        )
        setting = partial(_shown, datasette, request)
        return await asyncio.get_running_loop().run_in_executor(_PAGES, _answer, view, asked, form, setting)

    return rf"^{pattern}(?P<form>\.json|\.csv)?$", answer


def _answer(view: View, asked: Asked, form: str, setting: Callable[[Page], Response]) -> Response:
    """What a view answers, all of it off the event loop: reading the archive blocks, and a long page takes a while to be written as HTML or as JSON."""
    page = _made(view, asked, is_data=form == ".json")
    if form == ".csv" and (page.table is not None or page.status != 200):
        return _csv(page, asked.path)
    if form == ".csv":
        page = _not(404, "this page is no table; its JSON is at the same address with .json")
    if form:
        return Response(
            codec.dumps(page.data),
            status=page.status,
            content_type="application/json; charset=utf-8",
            headers=dict(STRICT),
        )
    return setting(page)


async def shown(datasette: Datasette, request: Request, page: Page) -> Response:
    """A page as HTML, in the language of the reader."""
    return await asyncio.get_running_loop().run_in_executor(None, _shown, datasette, request, page)


def _shown(datasette: Datasette, request: Request, page: Page) -> Response:
    body = html(datasette, request, page.template, page.values)
    language = texts_for(site_of(datasette).config, request).language
    spoken = {"Content-Language": language, "Vary": "Accept-Language, Cookie"}
    return Response.html(body, status=page.status, headers={**STRICT, **spoken, **page.headers})


def _csv(page: Page, path: str) -> Response:
    name = path.rsplit("/", 1)[-1]
    headers = {**STRICT, "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    kind = "text/csv; charset=utf-8"
    if page.table is None:
        return Response(f"{page.data['error']}\n", page.status, dict(STRICT), "text/plain; charset=utf-8")
    head, rows = page.table
    return Response(csv_text([head, *rows]), page.status, headers, kind)


def site_of(datasette: Datasette) -> Site:
    """The site that a Datasette serves."""
    site: Site = datasette.tocsin_site
    return site


def _made(view: View, asked: Asked, *, is_data: bool) -> Page:
    with reading(asked.site.folder) as archive:
        try:
            page = view(archive, asked)
            return replace(page, data=page.data()) if is_data and callable(page.data) else page
        except Absent as error:
            status, message = 404, error.line()
        except Denied as error:
            status, message = 403, error.line()
        except BadInput as error:
            status, message = 400, error.line()
    return _not(status, message)


def _not(status: int, message: str) -> Page:
    values = {"status": status, "message": message}
    return Page(template="error.html", values=values, data={"ok": False, "error": message}, status=status)
