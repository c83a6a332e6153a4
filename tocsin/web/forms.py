"""Forms of our pages: each is sent to an address of its own below ``/do/``, by POST alone, with the token of the page that showed it.

A deed is one short transaction beside the writer (docs/adr/0009), and its row in the log of actions is written in the same one.
"""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote

from datasette.app import Datasette
from datasette.utils.asgi import NotFound, Request, Response

from alerts.language import ENGLISH, Texts, mark
from archive import actions, clock
from archive.errors import BadInput, TocsinError
from archive.store import Archive
from tocsin.config import Config
from tocsin.review.audited import audit
from tocsin.review.roles import Actor, Denied
from tocsin.web.access import reader
from tocsin.web.headers import DOING, STRICT
from tocsin.web.language import texts_for
from tocsin.web.site import Absent, Page, Site, shown, site_of

FIELD = "csrftoken"
"""The field of every form with the token: ``<input type="hidden" name="csrftoken" value="{{ csrftoken() }}">``."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A form as it was sent by somebody who may send it: its fields, decoded, each with all its values."""

    site: Site
    who: Actor
    named: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)
    say: Texts = ENGLISH

    @property
    def config(self) -> Config:
        """The configuration that the site belongs to. Raises ``BadInput`` where it has none."""
        return self.site.configured

    def line(self, name: str) -> str:
        """A field as one line, "" without it."""
        return " ".join(self.words(name).split())

    def words(self, name: str) -> str:
        """A field as it was written, its line ends as ``\\n``, without blanks around it."""
        return next(iter(self.fields.get(name, ())), "").replace("\r\n", "\n").strip()

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a field: what was ticked of several boxes."""
        return tuple(self.fields.get(name, ()))

    def flag(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.line(name) not in ("", "0")


@dataclass(frozen=True, kw_only=True)
class Done:
    """That a deed was done: ``go`` is the address of ours to go on to; ``subject`` and ``said`` stand in the log of actions."""

    go: str
    subject: str = ""
    said: str = ""


Deed = Callable[[Archive, Sent], Done | Page]
"""Does what a form asks, inside a transaction of the caller; answers a ``Page`` (with its status) where the form has to be shown again."""
Before = Callable[[Archive, Sent], object]


def form(
    pattern: str, deed: str, do: Deed, *, before: Before | None = None
) -> tuple[str, Callable[..., Awaitable[Response]]]:
    """A route for a form: ``form("/do/decide", DECIDE, decide)``. Who may not do the deed gets 403, which is written to the log; a ``BadInput`` is
    answered with 400, and nothing of it is kept. ``before`` is done first, outside of the transaction: what takes long, and is whole in itself."""
    if not pattern.startswith(DOING):
        raise ValueError(f"{pattern} is not below {DOING}")

    async def answer(datasette: Datasette, request: Request) -> Response:
        sent = await received(datasette, request)
        if isinstance(sent, Response):
            return sent
        made = await asyncio.get_running_loop().run_in_executor(None, _done, do, deed, sent, before)
        if isinstance(made, Done):
            return Response("", 303, {**STRICT, "Location": local(made.go), "Cache-Control": "no-store"})
        return await shown(datasette, request, made)

    answer.deed = deed  # type: ignore[attr-defined]
    return rf"^{pattern}$", answer


async def received(datasette: Datasette, request: Request) -> Sent | Response:
    """A form of ours that was sent, or the answer to what is none: ``NotFound`` for another method, 403 for a form that carries no token of ours."""
    if request.method != "POST":
        raise NotFound("This address takes a form")
    sent = _sent_of(datasette, request, await request.post_body())
    if not is_ours(request, sent.fields):
        return await shown(datasette, request, refused(sent.say(FOREIGN), status=403))
    return sent


def _sent_of(datasette: Datasette, request: Request, body: bytes) -> Sent:
    """What a form says. The guard has seen to it that it is one, in UTF-8. Raises ``BadInput`` for one with too many fields."""
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=2_000)
    except ValueError:
        raise BadInput("a form has 2,000 fields at most") from None
    return Sent(
        site=site_of(datasette),
        who=reader(request),
        named={name: unquote(value or "") for name, value in request.url_vars.items()},
        fields=fields,
        say=texts_for(site_of(datasette).config, request),
    )


FOREIGN = mark(
    "This form is not one that this page gave you, or it was open for too long. Go back, load the page again, and send it once more."
)


def is_ours(request: Request, fields: Mapping[str, Sequence[str]]) -> bool:
    """Whether a form carries the token that the browser's cookie has. Datasette asks the same only of a browser that sends a cookie."""
    (given, *others) = fields.get(FIELD) or [""]
    expected: str = request.scope["csrftoken"]()
    return not others and hmac.compare_digest(given.encode(), expected.encode())


def local(address: str) -> str:
    """An address of ours; the first page for any other. What a browser would take for another host, or for two lines, is none of ours."""
    plain = address.isascii() and address.isprintable() and not set(address) & set(' \\"<>')
    return address if plain and address.startswith("/") and not address.startswith("//") else "/"


def refused(message: str, *, status: int = 400) -> Page:
    """The page that says why not."""
    return Page(
        template="error.html",
        values={"status": status, "message": message},
        data={"ok": False, "error": message},
        status=status,
    )


def _done(do: Deed, deed: str, sent: Sent, before: Before | None = None) -> Done | Page:
    """The deed, off the event loop."""
    try:
        with Archive.beside(sent.site.folder) as archive:
            try:
                sent.who.role_for(deed)
                if before is not None:
                    before(archive, sent)
                with archive.transaction():
                    made = do(archive, sent)
                    if isinstance(made, Done):
                        audit(archive, sent.who, deed, subject=made.subject, said=made.said)
                return made
            except Denied as error:
                # Somebody who is nobody could fill the log.
                if sent.who.name or sent.site.doorkeeper.is_news(deed, sent.who.client, clock.now()):
                    audit(archive, sent.who, deed, said=error.message, outcome=actions.REFUSED)
                return refused(error.line(), status=403)
    except Absent as error:
        return refused(error.line(), status=404)
    except BadInput as error:
        return refused(error.line())
    except TocsinError as error:
        return refused(error.line(), status=503)
