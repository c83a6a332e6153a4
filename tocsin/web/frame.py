"""What holds for all pages: how errors look, who asks, who may see which table."""

from __future__ import annotations

import traceback
from typing import Any
from urllib.parse import unquote, urlsplit

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError

from archive.errors import TocsinError
from tocsin.review.roles import LOG, ROLES, SQL, Actor, Denied
from tocsin.service import logs
from tocsin.web import access
from tocsin.web.door import SIGN_IN, let_in
from tocsin.web.headers import STRICT, App, Receive, Scope, Send, guarded
from tocsin.web.identity import is_secure
from tocsin.web.refusals import NO_PAGE
from tocsin.web.site import site_of
from tocsin.web.tables import DOCUMENTED, FOR_ADMINISTRATORS

_LONGEST_PATH = 200


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Datasette) -> Any:
    """The headers, around everything; inside of them, who is let in."""

    def wrap(app: App) -> App:
        made: list[App] = []

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            if not made:  # Datasette wraps itself before it is told which site it serves
                site = site_of(datasette)
                named = urlsplit(site.config.web.address).hostname if site.config else None
                made.append(
                    guarded(let_in(app, site), {named} if named else (), secure=is_secure(site.config))
                )
            await made[0](scope, receive, send)

        return answer

    return wrap


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def permission_allowed(actor: dict[str, Any] | None, action: str, resource: Any) -> bool | None:
    """Documented tables of the archive are for all; SQL of one's own for administrators; everything else that is not plain viewing for nobody."""
    if action in ("view-instance", "view-query"):
        return None
    if action == "view-database":
        return bool(resource == "archive")
    if action == "view-table":
        database, table = resource
        open_to_all = table in DOCUMENTED and table not in FOR_ADMINISTRATORS
        allowed = open_to_all or table in FOR_ADMINISTRATORS and _actor(actor).may(LOG)
        return bool(database == "archive" and allowed)
    if action == "execute-sql":
        return bool(resource == "archive" and _actor(actor).may(SQL))
    return False  # Datasette's other ones write, download or debug


def _actor(actor: dict[str, Any] | None) -> Actor:
    """Datasette's record of who asks, as ours."""
    said = actor or {}
    return Actor(
        name=said.get("id", ""), roles=tuple(role for role in ROLES if role in said.get("roles", ()))
    )


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, Any]:
    """Who asks, for every page: ``who.may("decide")``, and whether one can sign in here at all."""
    who = access.reader(request) if request else access.NOBODY
    config = site_of(datasette).config
    return {
        "who": who,
        "may": who.may,
        "can_sign_in": access.has_accounts(config),
        "sign_in": SIGN_IN,
    }


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Any:
    """An error as a page, or as JSON where JSON was asked for; a mistake of ours is printed for the operator and told to nobody else."""

    async def answer() -> Response:
        status, message = _told(exception, request.path)
        if status == 500 and logs.is_on():
            logs.log().error("page broke", path=request.path, exc_info=exception)
        elif status == 500:
            traceback.print_exception(exception)
        if request.path.endswith(".json") or request.args.get("_format") == "json":
            return Response.json({"ok": False, "status": status, "error": message}, status=status)
        body = await datasette.render_template(
            "error.html", {"status": status, "message": message}, request=request
        )
        return Response.html(body, status=status, headers=dict(STRICT))

    return answer


def _told(exception: Exception, path: str) -> tuple[int, str]:
    if isinstance(exception, Denied):
        return 403, exception.line()
    if isinstance(exception, TocsinError):
        return 400, exception.line()
    if isinstance(exception, Base400 | DatasetteError):
        if exception.status == 404:  # Datasette speaks of databases and tables, whatever was asked for
            return 404, NO_PAGE.format(path=unquote(path)[:_LONGEST_PATH])
        said = exception.args[0] if exception.args else getattr(exception, "message", "")
        return exception.status, str(said)
    return 500, "This page could not be made; the reason is in the log of the server."
