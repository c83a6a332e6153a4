"""Reviews over HTTP: JSON in, JSON out, each request with the token of a person (``Authorization: Bearer …``), nothing without one.

    GET  /api/reviews[?since=DATE&all=1]        what waits for a decision
    GET  /api/reviews/change/ID                 all that was said of a change; ?include_privileged=1 for counsel
    GET  /api/reviews/digest/WEEK               how the digest of a week stands
    GET  /api/reviews/log                       the chain with what it holds; ?include_privileged=1 for counsel
    POST /api/reviews/decisions                 change, verdict; because, person, due, watch, corrects
    POST /api/reviews/comments                  change, words; quote, start, privileged, corrects
    POST /api/reviews/assignments               change, person; watch
    POST /api/reviews/signatures                version

No cookie is read, so that no other site can have a browser ask. Readers open the archive for reading; a write is one short transaction beside the
writer (docs/adr/0009).
"""

from __future__ import annotations

import asyncio
import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

import msgspec
from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, Response

from archive import actions, clock
from archive.errors import BadInput, TocsinError
from archive.store import Archive
from tocsin.config import Config
from tocsin.review import decisions, shown
from tocsin.review.audited import audit
from tocsin.review.drafts import distribute
from tocsin.review.items import items_between
from tocsin.review.roles import ASSIGN, COMMENT, DECIDE, PRIVILEGED, READ, SIGN, Actor, Denied
from tocsin.review.signatures import sign
from tocsin.web.access import reader
from tocsin.web.identity import TOKEN
from tocsin.web.site import site_of

Body = TypeVar("Body", bound=msgspec.Struct)

RECENT = timedelta(days=28)
LONGEST = 200_000
"""Bytes of a request."""
_HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class _Decision(msgspec.Struct, forbid_unknown_fields=True):
    change: str
    verdict: str
    because: str = ""
    person: str = ""
    due: date | None = None
    watch: str | None = None
    corrects: str = ""


class _Comment(msgspec.Struct, forbid_unknown_fields=True):
    change: str
    words: str
    quote: str = ""
    start: int | None = None
    privileged: bool = False
    corrects: str = ""


class _Assignment(msgspec.Struct, forbid_unknown_fields=True):
    change: str
    person: str
    watch: str | None = None


class _Signature(msgspec.Struct, forbid_unknown_fields=True):
    version: str


class _Subject(msgspec.Struct):
    change: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request of a person who may ask it."""

    config: Config
    who: Actor
    arguments: Mapping[str, str]
    body: bytes = b""

    def privileged(self) -> bool:
        """Whether they ask for what is privileged. Raises ``Denied`` where they may not."""
        if self.arguments.get("include_privileged") != "1":
            return False
        self.who.role_for(PRIVILEGED)
        return True

    def subject(self) -> str:
        """The change or the version that it is about, "" where it names none."""
        try:
            said = msgspec.json.decode(self.body, type=_Subject)
        except msgspec.DecodeError:
            return ""
        return f"change {said.change}" if said.change else said.version

    def read(self, kind: type[Body]) -> Body:
        """The body as a record. Raises ``BadInput`` with the key."""
        try:
            return msgspec.json.decode(self.body, type=kind)
        except msgspec.DecodeError as error:
            raise BadInput(
                str(error), thing="request", mend="Send a JSON object with the keys that the route takes"
            ) from None


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """The addresses of the API."""
    return [
        (r"^/api/reviews$", _route(_items)),
        (r"^/api/reviews/change/(?P<id>[0-9a-f]{1,64})$", _route(_change)),
        (r"^/api/reviews/digest/(?P<week>\d{4}-W\d\d)$", _route(_week)),
        (r"^/api/reviews/log$", _route(_log)),
        (r"^/api/reviews/decisions$", _route(_decide, deed=DECIDE)),
        (r"^/api/reviews/comments$", _route(_comment, deed=COMMENT)),
        (r"^/api/reviews/assignments$", _route(_assign, deed=ASSIGN)),
        (r"^/api/reviews/signatures$", _route(_sign, deed=SIGN)),
    ]


Work = Callable[[Archive, _Asked], Any]


def _route(work: Work, *, deed: str = READ) -> Any:
    """A route: who asks, may they, then the work in a thread, on an archive opened for it. A deed is one transaction with its row in the log of actions."""
    method = "GET" if deed == READ else "POST"

    async def route(datasette: Datasette, request: Request) -> Response:
        if request.method != method:
            return _answer({"error": f"it takes {method}"}, 405, {"Allow": method})
        config, who = site_of(datasette).config, reader(request)
        if config is None or who.via != TOKEN:
            return _answer({"error": "no token of a person was sent"}, 401, {"WWW-Authenticate": "Bearer"})
        body = await _body(request) if method == "POST" else b""
        if body is None:
            return _answer({"error": f"a request has {LONGEST:,} bytes at most"}, 413)
        arguments = {**{key: request.args.get(key) or "" for key in request.args}, **request.url_vars}
        asked = _Asked(config, who, arguments, body)

        def run() -> tuple[Any, int]:
            try:
                who.role_for(READ)
                return (_read(work, asked), 200) if method == "GET" else (_written(work, asked, deed), 201)
            except Denied as error:
                return {"error": error.line()}, 403
            except BadInput as error:
                return {"error": error.line()}, 400
            except TocsinError as error:
                return {"error": error.line()}, 503

        said, status = await asyncio.get_running_loop().run_in_executor(None, run)
        return _answer(said, status, {"Retry-After": "5"} if status == 503 else {})

    route.deed = deed  # type: ignore[attr-defined]
    return route


def _read(work: Work, asked: _Asked) -> Any:
    with Archive.open(asked.config.archive, read_only=True) as archive:
        return work(archive, asked)


def _written(work: Work, asked: _Asked, deed: str) -> Any:
    with Archive.beside(asked.config.archive) as archive:
        try:
            with archive.transaction():
                done = work(archive, asked)
                audit(archive, asked.who, deed, subject=asked.subject())
            return done
        except Denied as error:
            audit(
                archive, asked.who, deed, subject=asked.subject(), said=error.message, outcome=actions.REFUSED
            )
            raise


async def _body(request: Request) -> bytes | None:
    """The body of a request, None for one that is too long: it is not read to its end."""
    body, more = b"", True
    while more:
        message = await request.receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LONGEST:
            return None
    return body


def _answer(said: Any, status: int, headers: Mapping[str, str] | None = None) -> Response:
    body = json.dumps(said, ensure_ascii=False)
    return Response(
        body, status, {**_HEADERS, **(headers or {})}, content_type="application/json; charset=utf-8"
    )


# ── the routes ─────────────────────────────────────────────────────────────────────────────────────


def _items(archive: Archive, asked: _Asked) -> Any:
    now = clock.now()
    said = asked.arguments.get("since", "")
    try:
        first = date.fromisoformat(said) if said else (now - RECENT).date()
    except ValueError:
        raise BadInput(f"{said!r} is not a date", thing="since", mend="Write it like 2026-06-18") from None
    since = datetime.combine(first, time(), UTC)
    items = items_between(archive, since=since, until=now + timedelta(microseconds=1))
    everything = asked.arguments.get("all") == "1"
    return [shown.item_shown(archive, one) for one in items if one.waits or everything]


def _change(archive: Archive, asked: _Asked) -> Any:
    return shown.change_shown(archive, asked.arguments["id"], privileged=asked.privileged())


def _week(archive: Archive, asked: _Asked) -> Any:
    signatures = asked.config.digest.signatures
    return shown.week_shown(archive, asked.arguments["week"], signatures=signatures, now=clock.now())


def _log(archive: Archive, asked: _Asked) -> Any:
    return shown.log_shown(archive, privileged=asked.privileged())


def _decide(archive: Archive, asked: _Asked) -> Any:
    said = asked.read(_Decision)
    made = decisions.decide(
        archive,
        asked.who,
        said.change,
        said.verdict,
        people=asked.config.people,
        at=clock.now(),
        watch=said.watch,
        reason=said.because,
        person=said.person,
        due=said.due,
        corrects=said.corrects,
    )
    return [shown.decision_shown(one) for one in made]


def _comment(archive: Archive, asked: _Asked) -> Any:
    said = asked.read(_Comment)
    return shown.comment_shown(
        decisions.comment(
            archive,
            asked.who,
            said.change,
            said.words,
            at=clock.now(),
            quote=said.quote,
            start=said.start,
            privileged=said.privileged,
            corrects=said.corrects,
        )
    )


def _assign(archive: Archive, asked: _Asked) -> Any:
    said = asked.read(_Assignment)
    made = decisions.assign(
        archive,
        asked.who,
        said.change,
        said.person,
        people=asked.config.people,
        at=clock.now(),
        watch=said.watch,
    )
    return [shown.assignment_shown(one) for one in made]


def _sign(archive: Archive, asked: _Asked) -> Any:
    signed = sign(
        archive,
        asked.who,
        asked.read(_Signature).version,
        settings=asked.config.digest,
        at=clock.now(),
        distribute=functools.partial(distribute, asked.config),
    )
    return {
        "id": signed.signature.id,
        "version": signed.signature.version,
        "missing": signed.missing,
        "released": signed.release is not None,
    }
