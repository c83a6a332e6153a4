"""The door of this package: the bytes of a document and the name of its source in, a Reading out."""

from __future__ import annotations

from archive.errors import BadInput
from archive.records import Reading
from archive.uncollected import uncollected
from normalize.profile import Hints, Profile
from normalize.profiles import PROFILES

__all__ = ["Hints", "profile", "read", "sources"]


def read(source: str, body: bytes, hints: Hints) -> Reading:
    """Reads ``body`` by the profile of ``source``. Raises ``BadInput`` for a source that nobody declared, and
    ``UnreadableDocument`` for bytes that are not a document of it."""
    declared = profile(source)
    # A reader makes tens of thousands of objects that all stay, and none in a cycle: the collector's passes over them (7 % of the time for the control
    # list, profile of 2026-11-23) find nothing.
    with uncollected():
        return declared.load()(body, hints, declared)


def profile(source: str) -> Profile:
    """The profile of a source id (``us_ecfr``). Raises ``BadInput``."""
    try:
        return PROFILES[source]
    except KeyError:
        raise BadInput(
            f"no reader is declared for the source {source!r}",
            thing="normalize/profiles.py",
            mend=f"The sources that can be read are {', '.join(sources())}",
        ) from None


def sources() -> tuple[str, ...]:
    """The ids of all sources that can be read, sorted."""
    return tuple(sorted(PROFILES))
