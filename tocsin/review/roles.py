"""Who may do what. A person has the roles that the configuration names, and nobody may do anything without one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import BadInput
from archive.vocabulary.nearest import nearest

if TYPE_CHECKING:
    from tocsin.config import Person

READER, REVIEWER, COUNSEL, ADMINISTRATOR = "reader", "reviewer", "counsel", "administrator"
ROLES = (READER, REVIEWER, COUNSEL, ADMINISTRATOR)

READ, DECIDE, COMMENT, ASSIGN, PRIVILEGED = (
    "read",
    "decide",
    "comment",
    "assign",
    "read or write what is privileged",
)
_MAY: Mapping[str, tuple[str, ...]] = {
    READ: ROLES,
    DECIDE: (REVIEWER, COUNSEL),
    COMMENT: (REVIEWER, COUNSEL),
    ASSIGN: (REVIEWER, COUNSEL, ADMINISTRATOR),
    PRIVILEGED: (COUNSEL,),
}


class Denied(BadInput):
    """A person asked for what none of their roles allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The person who acts: a name of ``[people]`` with its roles."""

    name: str
    roles: tuple[str, ...]

    def may(self, deed: str) -> bool:
        """Whether a role of theirs allows it."""
        return any(role in self.roles for role in _MAY[deed])

    def role_for(self, deed: str) -> str:
        """The role that allows it, which is written down with what they do. Raises ``Denied``."""
        return self.role_among(_MAY[deed], deed)

    def role_among(self, roles: Collection[str], deed: str) -> str:
        """The first of some roles that they have. Raises ``Denied``."""
        for role in roles:
            if role in self.roles:
                return role
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
