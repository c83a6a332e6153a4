"""Who may do what. A person has the roles that the configuration names, and nobody may do anything without one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import BadInput
from archive.vocabulary.nearest import nearest

if TYPE_CHECKING:
    from tocsin.config_people import Person

READER, REVIEWER, COUNSEL, ADMINISTRATOR = "reader", "reviewer", "counsel", "administrator"
ROLES = (READER, REVIEWER, COUNSEL, ADMINISTRATOR)

READ, DECIDE, COMMENT, ASSIGN, SIGN = "read", "decide", "comment", "assign", "sign"
PRIVILEGED = "read or write what is privileged"
ACKNOWLEDGE, MUTE, WATCH, CAPTURE = "acknowledge", "mute", "edit a watch", "download a capture"
SQL, LOG = "run SQL", "read the log of actions"
_MAY: Mapping[str, tuple[str, ...]] = {
    READ: ROLES,
    ACKNOWLEDGE: ROLES,
    MUTE: ROLES,
    DECIDE: (REVIEWER, COUNSEL),
    COMMENT: (REVIEWER, COUNSEL),
    SIGN: (REVIEWER, COUNSEL),  # of these, the ones that digest.signers names
    ASSIGN: (REVIEWER, COUNSEL, ADMINISTRATOR),
    WATCH: (REVIEWER, COUNSEL, ADMINISTRATOR),
    CAPTURE: (REVIEWER, COUNSEL, ADMINISTRATOR),
    PRIVILEGED: (COUNSEL,),
    SQL: (ADMINISTRATOR,),
    LOG: (ADMINISTRATOR,),
}
DEEDS = tuple(_MAY)
"""All that anybody may be let do."""


class Denied(BadInput):
    """A person asked for what none of their roles allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person who acts: a name of ``[people]`` with its roles, "" for somebody who did not say who they are. ``via`` is how they are known (session,
    proxy, token), ``client`` the network address that they ask from: both are written down with what they do."""

    name: str
    roles: tuple[str, ...]
    via: str = ""
    client: str = ""

    def may(self, deed: str) -> bool:
        """Whether a role of theirs allows it. Whoever did not say who they are may read at most."""
        return (bool(self.name) or deed == READ) and any(role in self.roles for role in _MAY[deed])

    def role_for(self, deed: str) -> str:
        """The role that allows it, which is written down with what they do. Raises ``Denied``."""
        return self.role_among(_MAY[deed], deed)

    def role_among(self, roles: Collection[str], deed: str) -> str:
        """The first of some roles that they have. Raises ``Denied``."""
        for role in roles if self.name or deed == READ else ():
            if role in self.roles:
                return role
        if not self.name:
            raise Denied(f"nobody may {deed} without signing in", mend="Sign in as somebody of [people]")
        raise Denied(
            f"{self.name} may not {deed}",
            thing=f"people.{self.name}.roles",
            mend=f"It takes the role {' or '.join(roles)}; theirs are {', '.join(self.roles) or 'none'}",
        )


def actor(people: Mapping[str, Person], name: str) -> Actor:
    """The person of that name. Raises ``Denied`` for somebody whom the configuration does not know, or for nobody."""
    if name not in people:
        close = nearest(name, people) if name and people else ""
        raise Denied(
            f"nobody is called {name!r}" if name else "nobody says who acts",
            thing="people",
            mend=f"The nearest is {close!r}"
            if close
            else "Name a person of [people] by --as or TOCSIN_PERSON",
        )
    return Actor(name=name, roles=people[name].roles)


def everybody_who(people: Mapping[str, Person], roles: Collection[str]) -> tuple[str, ...]:
    """The names of those who have any of some roles, in the order of the configuration."""
    return tuple(name for name, person in people.items() if any(role in person.roles for role in roles))
