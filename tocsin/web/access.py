"""Who asks for a page, and what they may do there. Where nobody configured accounts or a proxy, whoever reaches the server may read, and do nothing else."""

from __future__ import annotations

from datasette.utils.asgi import Request

from tocsin.config import Config
from tocsin.review.roles import READER, Actor

NOBODY = Actor(name="", roles=())
"""Somebody who did not say who they are, where that has to be said."""
ANYBODY = Actor(name="", roles=(READER,))
"""The same, where whoever reaches the server may read."""
SCOPE = "tocsin.actor"
"""Under which key of an ASGI scope the guard (``tocsin.web.headers``) puts who asks."""


def reader(request: Request) -> Actor:
    """Who asks. The guard found it out before Datasette saw the request."""
    found: Actor = request.scope.get(SCOPE, NOBODY)
    return found


def may(who: Actor, deed: str) -> bool:
    """Whether they may (a deed of ``tocsin.review.roles``): for templates, to show a form only to whom it would serve."""
    return who.may(deed)


def require(who: Actor, deed: str) -> str:
    """The role that allows it. Raises ``Denied``, which a page answers with 403."""
    return who.role_for(deed)


def is_configured(config: Config | None) -> bool:
    """Whether people can say who they are: somebody has a password, or a proxy says it for them."""
    return config is not None and (bool(config.web.proxy.secret) or has_accounts(config))


def has_accounts(config: Config | None) -> bool:
    """Whether people sign in here with a password of their own. Behind a proxy that says who they are nobody does."""
    if config is None or config.web.proxy.secret:
        return False
    return any(person.password for person in config.people.values())


def without_name(config: Config | None) -> Actor:
    """What somebody may do who did not say who they are."""
    if is_configured(config) and config is not None and not config.web.anybody_reads:
        return NOBODY
    return ANYBODY
