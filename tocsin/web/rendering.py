"""Pages set in HTML, off the event loop: a long one takes a tenth of a second, for which nobody else would be answered, not even the style sheet.

Datasette sets templates on the loop, each value awaited. Ours hold nothing that waits, so the same templates are compiled once more to be set at one go,
which takes half the time. Datasette's own pages (tables, queries) stay with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils.asgi import Request
from jinja2 import Environment

_making = Lock()
_made: WeakKeyDictionary[Environment, Environment] = WeakKeyDictionary()


def html(datasette: Datasette, request: Request, template: str, values: Mapping[str, Any]) -> str:
    """A page of ours, with what Datasette's plugins give every template."""
    said: dict[str, Any] = {}
    for given in pm.hook.extra_template_vars(
        template=template,
        database=None,
        table=None,
        columns=None,
        view_name=None,
        request=request,
        datasette=datasette,
    ):
        if isinstance(given, dict):  # what has to be waited for none of our templates names
            said |= given
    basis = {"request": request, "csrftoken": request.scope["csrftoken"]}
    return templates(datasette).get_template(template).render({**values, **basis, **said})


def templates(datasette: Datasette) -> Environment:
    """The templates of a Datasette that has started, to be set at one go."""
    with _making:
        found = _made.get(datasette.jinja_env)
        if found is None:
            found = datasette.jinja_env.overlay(cache_size=400)
            found.is_async = False  # overlay() takes no heed of enable_async before Jinja 3.1.5
            _made[datasette.jinja_env] = found
        return found
