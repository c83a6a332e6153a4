"""What a source declares of its documents, so that no reader has a rule of its own that nobody can see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module

from archive.records import Reading

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What is known of a document besides its bytes, all of it optional but the date.

    ``as_of`` is the edition's date by the source's own reckoning; ``document`` its stable name in the source
    (``title-15/part-744``); ``meta`` what the publisher's index says of it (``{"title": 15, "part": "774"}``).
    """

    as_of: date
    url: str = ""
    media_type: str = ""
    document: str = ""
    meta: Mapping[str, object] = field(default_factory=dict)

    @property
    def thing(self) -> str:
        """The name to use in an error message."""
        return self.document or self.url or "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardRule:
    """Text that is left out on purpose. ``name`` is what the audit prints, ``reason`` why losing it loses no law."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How the documents of one source are read.

    ``reader`` names the function as ``module:function`` (it is imported when the first document comes); ``version`` is
    raised whenever the provisions that it makes of the same bytes change. ``discards`` are the declared rules,
    ``leftover_limit`` how many characters may be left over before an edition is held, ``size_limit`` how many bytes
    a document may have.
    """

    source: str
    version: int
    reader: str
    discards: tuple[DiscardRule, ...] = ()
    leftover_limit: int = 0
    size_limit: int = 48 * MIB

    @property
    def recipe(self) -> str:
        """What editions are stamped with; only equal recipes are compared."""
        return f"{self.source}/{self.version}"

    @property
    def discard_names(self) -> frozenset[str]:
        return frozenset(rule.name for rule in self.discards)

    def load(self) -> Reader:
        """The reader function. An ImportError here is a mistake in ``normalize/profiles.py``."""
        module, _, name = self.reader.partition(":")
        found: Reader = getattr(import_module(module), name)
        return found


Reader = Callable[[bytes, Hints, Profile], Reading]
