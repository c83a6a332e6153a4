"""What somebody does on the command line, in the log of actions that the pages fill: who, what, to what, and that it was done here.

The command line trusts whoever operates the machine to say who they are, so the account of the operating system stands beside the name; where nobody
was named it stands in its place.
"""

from __future__ import annotations

import os
import pwd
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from archive import actions
from archive.store import Archive
from tocsin.config import Config
from tocsin.review.audited import audit
from tocsin.review.roles import Actor, Denied, actor

COMMAND_LINE = "command line"
"""How such a person is known, in the column where the pages write session, proxy or token."""


@dataclass
class Deed:
    """What is written of a deed: ``subject`` and ``said`` may be put in while it is done. No secret stands in either."""

    subject: str = ""
    said: str = ""


@contextmanager
def deed(archive: Archive, who: Actor, name: str, *, subject: str = "", said: str = "") -> Iterator[Deed]:
    """One transaction: all that is done within, and its row in the log. What their roles do not allow is written as refused, and raised."""
    told = Deed(subject, said)
    try:
        with archive.transaction():
            yield told
            audit(archive, who, name, subject=told.subject, said=told.said)
    except Denied as error:
        audit(archive, who, name, subject=told.subject, said=error.message, outcome=actions.REFUSED)
        raise


def acting(config: Config, person: str) -> Actor:
    """The person of ``[people]`` who is named. Raises ``Denied`` for nobody."""
    return replace(actor(config.people, person), via=COMMAND_LINE, client=account())


def operator(config: Config, person: str = "") -> Actor:
    """Whoever works here, by a name that needs no role; without one, by their account."""
    known = config.people.get(person)
    return Actor(
        name=person or account(),
        roles=known.roles if known else (),
        via=COMMAND_LINE,
        client=account(),
    )


def account() -> str:
    """The account of the operating system that this process runs as: what the environment claims is not asked."""
    number = os.getuid()
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
