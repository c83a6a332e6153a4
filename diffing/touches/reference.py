"""What touching needs and the text does not hold: country groups with their dates, a user's own terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from archive.vocabulary.technologies import Term
from diffing.touches.counterparties import Counterparty


@dataclass(frozen=True, slots=True, kw_only=True)
class CountrySet:
    """The members of one group from ``since`` on (until a later set of the same name). ``name`` as ``D:5`` or ``輸出令/別表3``.

    ``unread`` are the names printed in the group that no country is known by: whoever shows the set has to show them too.
    """

    name: str
    countries: tuple[str, ...]
    since: date = date.min
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Dated country groups, a user's own terms and counterparties; ``on`` is the day whose groups count, the latest where it is None."""

    groups: tuple[CountrySet, ...] = ()
    terms: tuple[Term, ...] = ()
    counterparties: tuple[Counterparty, ...] = ()
    on: date | None = None

    def sets_on(self, day: date | None) -> Mapping[str, tuple[str, ...]]:
        """The groups as they stood on ``day``, the latest where it is None."""
        chosen: dict[str, CountrySet] = {}
        for group in sorted(self.groups, key=lambda group: (group.name, group.since)):
            if day is None or group.since <= day:
                chosen[group.name] = group
        return {name: group.countries for name, group in chosen.items()}
