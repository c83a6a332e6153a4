"""The weekly digests: which there are, and each to be read as it was built, or as it is built anew for any instant."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from alerts.language import LANGUAGES
from archive import clock, digests
from archive.digests import Build
from archive.errors import BadInput, TocsinError
from archive.store import Archive
from crawlers.card import source_cards
from tocsin.config import Config
from tocsin.digest.building import build
from tocsin.digest.formats import FORMATS
from tocsin.digest.kept import version_of
from tocsin.digest.manners import manner_of
from tocsin.digest.phrases import Phrases
from tocsin.digest.records import Digest
from tocsin.digest.templating import Manner
from tocsin.digest.week import last_week, period
from tocsin.digest.wording import WORDS
from tocsin.review import shown as reviews_shown
from tocsin.review.for_digest import reviews_for_digest
from tocsin.review.roles import everybody_who
from tocsin.web import opened
from tocsin.web.headers import STRICT
from tocsin.web.opened import LONGEST, Opened, content
from tocsin.web.site import Absent, Asked, Page, Site, site_of

_ROWS = 200
_PRINTING = threading.Lock()
_TYPES = {
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "mail.html": "text/html; charset=utf-8",
    "mail.txt": "text/plain; charset=utf-8",
}


def listed(archive: Archive, asked: Asked) -> Page:
    """The weeks with a digest, the newest first, and how each stands."""
    config = asked.site.config
    by_week: dict[str, list[Build]] = {}
    for one in digests.builds(archive):
        by_week.setdefault(one.week, []).append(one)
    rows = [_standing(archive, week, some, config) for week, some in sorted(by_week.items(), reverse=True)]
    newest = last_week(clock.now(), config.digest.zone) if config else ""
    head = ("week", "version", "as_known", "signatures", "missing", "released")
    values = {"rows": rows, "next": newest, "is_next_built": newest in by_week, "flash": asked.text("said")}
    return Page(
        template="digests.html",
        values=values,
        data={"digests": rows},
        table=(head, [[row[name] for name in head] for row in rows]),
    )


def one(archive: Archive, asked: Asked) -> Page:
    """A digest of a week: that which was built last, the ``version`` that is named, or the one that the archive gives for the instant ``known``."""
    week, config = asked.named["week"], asked.site.config
    said = _version(archive, asked)
    built = None if said else built_for(archive, asked)
    if said is not None:
        version, shown = said.version, opened.kept(archive, said.version)
    elif built is not None:
        version, shown = version_of(built), opened.opened(built)
    else:
        return Page(
            template="digest_none.html",
            values={"week": week, "flash": ""},
            data={"week": week, "digest": None},
            status=404,
        )
    newest = digests.newest_build(archive, week)
    is_newest = newest is not None and newest.version == version
    number = min(asked.number("page"), len(shown.pages))
    values: dict[str, Any] = {
        "week": week,
        "digest": shown.digest,
        "version": version,
        "is_kept": any(one.version == version for one in digests.builds(archive, week)),
        "is_newest": is_newest,
        "state": _week(archive, week, config, shown) if is_newest else None,
        "others": [one for one in digests.builds(archive, week) if one.version != version],
        "may_sign": config is not None and any(role in asked.who.roles for role in config.digest.signers),
        "signers": everybody_who(config.people, config.digest.signers) if config else (),
        "tell": Phrases(say=asked.say),
        "words": WORDS,
        "told": shown.page(number),
        "page": number,
        "pages": len(shown.pages),
        "undecided": shown.undecided,
        "rows": _ROWS,
        "longest": LONGEST,
        "formats": tuple(FORMATS),
        "query": dict(asked.query),
        "here": asked.path,
        "flash": asked.text("said"),
    }

    def data() -> dict[str, Any]:
        whole = built if built is not None else content(archive, version)
        return {"week": week, "version": version, "state": values["state"], "digest": whole}

    return Page(template="digest.html", values=values, data=data)


def built_for(archive: Archive, asked: Asked) -> Digest | None:
    """The digest of the week as the archive gives it for an instant; None where nobody named one. Raises ``BadInput``, ``TocsinError``."""
    if asked.known is None:
        return None
    zone = asked.site.configured.digest.zone
    wanted = period(asked.named["week"], zone, now=clock.now(), known=min(asked.known, clock.now()))
    titles = {name: card.title for name, card in source_cards().items()}
    return build(archive, wanted, titles=titles, reviews=reviews_for_digest(archive, known=wanted.known))


def _standing(archive: Archive, week: str, some: Sequence[Build], config: Config | None) -> dict[str, Any]:
    newest = some[-1]
    released = digests.releases(archive, week)
    signed = {one.author for one in digests.signatures(archive, newest.version)}
    is_out = any(one.version == newest.version for one in released)
    wanted = config.digest.signatures if config else 1
    return {
        "week": week,
        "version": newest.version,
        "as_known": newest.as_known,
        "builds": len(some),
        "signatures": len(signed),
        "missing": 0 if is_out else max(0, wanted - len(signed)),
        "released": released[-1].at if released else None,
        "is_out": is_out,
    }


def _week(archive: Archive, week: str, config: Config | None, newest: Opened) -> dict[str, Any]:
    signatures = config.digest.signatures if config else 1
    return reviews_shown.week_shown(
        archive, week, signatures=signatures, now=clock.now(), told=newest.tellings
    )


def _version(archive: Archive, asked: Asked) -> Build | None:
    """The build that is asked for: the one that is named, else the newest; None where none is, or an instant is named instead."""
    week, version = asked.named["week"], asked.text("version")
    if version:
        found = digests.build_of(archive, version)
        if found.week != week:
            raise BadInput(f"it is a digest of {found.week}", thing=f"version {version}")
        return found
    return None if asked.known else digests.newest_build(archive, week)


# ── files ──────────────────────────────────────────────────────────────────────────────────────────


async def download(datasette: Datasette, request: Request) -> Response:
    """A kept version as a file: the same bytes that go to the list. ``?language=ja`` prints it in another language."""
    site = site_of(datasette)
    named = request.url_vars
    language = request.args.get("language") or ""
    work = asyncio.get_running_loop().run_in_executor
    status, said = await work(None, _file, site, named["week"], named["version"], named["file"], language)
    if isinstance(said, str):
        return Response.text(f"{said}\n", status=status, headers=dict(STRICT))
    name = f"tocsin-{named['week']}-{named['version'][:12]}.{named['file']}"
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "private, no-cache",
    }
    return Response(said, headers=headers, content_type=_TYPES[named["file"]])


FILES = r"^/digest/(?P<week>\d{4}-W\d\d)/(?P<version>[0-9a-f]{8,64})\.(?P<file>html|md|pdf|docx|mail\.html|mail\.txt)$"


def _file(site: Site, week: str, version: str, form: str, language: str) -> tuple[int, bytes | str]:
    try:
        if language not in ("", *LANGUAGES):
            raise BadInput(f"{language[:20]!r} is no language", mend=f"One of {', '.join(LANGUAGES)}")
        with Archive.open(site.folder, read_only=True) as archive:
            build = digests.build_of(archive, version)
            if build.week != week:
                raise Absent(f"there is no such digest of {week}")
            return 200, printed(archive.folder, build.version, form, _manner(site.config, language))
    except Absent as error:
        return 404, error.line()
    except BadInput as error:
        return 400, error.line()
    except TocsinError as error:
        return 503, error.line()


@lru_cache(maxsize=12)
def printed(folder: Path, version: str, form: str, how: Manner) -> bytes:
    """A kept version in a format; the last ones are kept, for a PDF takes seconds to set, and a long one minutes: only one is set at a time. Raises
    ``TocsinError`` while another one is."""
    if form != "pdf":
        return _made(folder, version, form, how)
    if not _PRINTING.acquire(blocking=False):
        raise TocsinError("another PDF is being set", thing="digest.pdf", mend="Ask again in a minute")
    try:
        return _made(folder, version, form, how)
    finally:
        _PRINTING.release()


def _made(folder: Path, version: str, form: str, how: Manner) -> bytes:
    with Archive.open(folder, read_only=True) as archive:
        return FORMATS[form][1](content(archive, version), how)


def _manner(config: Config | None, language: str) -> Manner:
    return manner_of(config, language) if config else Manner(language=language or "en")
