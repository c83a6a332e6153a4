"""What templates say, in the language of the reader; and that no value on a page holds marks that act and are not seen."""

from __future__ import annotations

from functools import partial
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request
from jinja2 import Environment

from alerts.citations import cite, cite_work
from alerts.language import ENGLISH
from alerts.message import visible
from tocsin.review.lapse_words import lapse_in
from tocsin.web import links, redline
from tocsin.web.language import texts_for
from tocsin.web.refusals import outdated_in, told
from tocsin.web.site import site_of
from tocsin.web.unbroken import unbroken
from tocsin.web.wording import Wording


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment) -> None:
    """What templates call in every language: addresses, redlines. Every value is made visible: a mark that turns the direction of a text could
    disguise what stands after it."""
    env.globals.update({"link": links, "redline": redline})
    env.filters["unbroken"] = unbroken
    env.finalize = _inert
    env.trim_blocks = True
    env.lstrip_blocks = True


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Datasette, request: Request | None) -> dict[str, Any]:
    """Texts, citations and the names of values."""
    say = texts_for(site_of(datasette).config, request) if request else ENGLISH
    return {
        "_": say,
        "_n": say.plural,
        "cite": partial(cite, say=say),
        "cite_work": partial(cite_work, say=say),
        "said": Wording(say),
        "refusal": partial(told, say),
        "lapse": partial(lapse_in, say),
        "outdated": partial(outdated_in, say),
    }


def _inert(value: object) -> object:
    return visible(value) if isinstance(value, str) and not value.isprintable() else value
