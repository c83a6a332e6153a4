"""The reference data that touches are found with, out of the archive: the Country Groups as they stood on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from archive import editions
from archive.store import Archive
from diffing.touches.country_sets import WORK, country_sets
from diffing.touches.reference import Reference


def reference_on(archive: Archive, day: date | None = None) -> Reference:
    """The groups of ``day`` (None: the latest) by Supplement No. 1 to part 740; none where the archive does not hold it.

    For a day before the oldest edition held that one counts: the groups change seldom, and a country that goes unheard is worse
    than one heard too much.
    """
    expression = editions.expression(archive, WORK, on=day)
    if expression is not None:
        return Reference(groups=country_sets(expression))
    held = editions.editions(archive, WORK)
    expression = editions.expression(archive, WORK, on=held[0].as_of) if held else None
    if expression is None:
        return Reference()
    return Reference(groups=tuple(replace(group, since=date.min) for group in country_sets(expression)))
