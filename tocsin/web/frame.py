"""What holds for all pages: how errors look, who may see which table, what templates can call."""

from __future__ import annotations

import traceback
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Base400, Request, Response
from datasette.views.base import DatasetteError
from jinja2 import Environment

from alerts.citations import cite, cite_work
from alerts.language import ENGLISH
from archive.errors import TocsinError
from tocsin.web import links, redline, wording
from tocsin.web.headers import STRICT, App, guarded
from tocsin.web.tables import DOCUMENTED

ADMINISTRATOR = "administrator"


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Datasette) -> Any:
    """The headers, around everything."""

    def wrap(app: App) -> App:
        return guarded(app)

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
        return bool(database == "archive" and table in DOCUMENTED)
    if action == "execute-sql":
        return bool(actor and ADMINISTRATOR in actor.get("roles", ()) and resource == "archive")
    # A permission of another plugin of ours is its own to decide; Datasette's other ones write, download or debug.
    return None if action.startswith("tocsin-") else False


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment) -> None:
    """What templates call: texts, citations, addresses, redlines."""
    env.globals.update(
        {
            "_": ENGLISH,
            "_n": ENGLISH.plural,
            "cite": cite,
            "cite_work": cite_work,
            "link": links,
            "said": wording,
            "redline": redline,
        }
    )
    env.trim_blocks = True
    env.lstrip_blocks = True


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Any:
    """An error as a page, or as JSON where JSON was asked for; a mistake of ours is printed for the operator and told to nobody else."""

    async def answer() -> Response:
        status, message = _told(exception)
        if status == 500:
            traceback.print_exception(exception)
        if request.path.endswith(".json") or request.args.get("_format") == "json":
            return Response.json({"ok": False, "status": status, "error": message}, status=status)
        body = await datasette.render_template(
            "error.html", {"status": status, "message": message}, request=request
        )
        return Response.html(body, status=status, headers=dict(STRICT))

    return answer


def _told(exception: Exception) -> tuple[int, str]:
    if isinstance(exception, TocsinError):
        return 400, exception.line()
    if isinstance(exception, Base400 | DatasetteError):
        said = exception.args[0] if exception.args else getattr(exception, "message", "")
        return exception.status, str(said)
    return 500, "This page could not be made; the reason is in the log of the server."
