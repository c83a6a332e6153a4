"""Who is behind a watch, as far as pacing has to know: hours, deputy, and where that one is reached; and the rules of this installation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from alerts.hours import Hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A person: ``address`` an e-mail address, ``deputy`` the name of another person, "" for none, ``notify`` the targets at which this one is
    reached, empty where nobody said; ``language`` that of messages that are theirs alone."""

    name: str
    address: str = ""
    hours: Hours = Hours()
    deputy: str = ""
    notify: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How alerts are paced here. ``unstable`` is the window in which a page that comes back to an earlier text is held; ``escalate_after`` the
    working time after which an alert that nobody acknowledged goes to the deputy, None for never; ``acknowledge`` the materialities that have to
    be acknowledged where a watch does not say; ``operators`` the targets that hear of incidents."""

    people: Mapping[str, Recipient] = field(default_factory=dict)
    unstable: timedelta = timedelta(hours=48)
    escalate_after: timedelta | None = None
    acknowledge: tuple[str, ...] = ("substantive",)
    operators: tuple[str, ...] = ()

    def person(self, owner: str) -> Recipient:
        """The person whom a watch names, by name or by address; one who is in no table is told at any hour."""
        if owner in self.people:
            return self.people[owner]
        for one in self.people.values():
            if owner and one.address.casefold() == owner.casefold():
                return one
        return Recipient(name=owner, address=owner)
