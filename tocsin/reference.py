"""The reference data that touches are found with: country groups out of the archive as they stood on a day, and what is the user's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from archive import editions
from archive.errors import BadInput
from archive.records import Expression
from archive.store import Archive
from archive.vocabulary.own_terms import read_terms
from diffing.touches.counterparties import read_counterparties
from diffing.touches.country_sets import JAPANESE_WORK, WORK, country_sets, destination_sets
from diffing.touches.reference import CountrySet, Reference
from tocsin.config import Config

NOTHING_OWN = Reference()
_Sets = Callable[[Expression], tuple[CountrySet, ...]]
_HELD: tuple[tuple[str, _Sets], ...] = ((WORK, country_sets), (JAPANESE_WORK, destination_sets))
REFERENCE_WORKS = frozenset(work for work, _ in _HELD)
"""The works whose editions hold groups: with a new one of them a reference changes."""


def reference_on(archive: Archive, day: date | None = None, *, own: Reference = NOTHING_OWN) -> Reference:
    """``own`` with the groups of ``day`` (None: the latest) by Supplement No. 1 to part 740 and by the appended tables of the Japanese Export Trade
    Control Order, as far as the archive holds them.

    For a day before the oldest edition held that one counts: the groups change seldom, and a country that goes unheard is worse
    than one heard too much.
    """
    groups = tuple(group for work, sets in _HELD for group in _sets_on(archive, work, sets, day))
    return replace(own, groups=(*own.groups, *groups))


def reference_now(archive: Archive) -> Reference:
    """``reference_on`` the latest day, read once for as long as there is no new edition of the works that hold the groups."""
    return _now(archive.folder, editions.mark(archive, REFERENCE_WORKS))


@lru_cache(maxsize=4)
def _now(folder: Path, mark: tuple[int, ...]) -> Reference:
    with Archive.open(folder, read_only=True) as archive:
        return reference_on(archive)


def own_reference(config: Config) -> Reference:
    """The user's terms and counterparties, read from the files that the configuration names, anew each time. Raises ``BadInput`` with the
    file, the place and the mend."""
    terms = read_terms(_text(config.terms, "terms"), thing=str(config.terms)) if config.terms else ()
    parties = config.counterparties
    form = "toml" if parties is not None and parties.suffix.lower() == ".toml" else "csv"
    return Reference(
        terms=terms,
        counterparties=read_counterparties(_text(parties, "counterparties"), form=form, thing=str(parties))
        if parties is not None
        else (),
    )


def _sets_on(archive: Archive, work: str, sets: _Sets, day: date | None) -> tuple[CountrySet, ...]:
    expression = editions.expression(archive, work, on=day)
    if expression is not None:
        return sets(expression)
    held = editions.editions(archive, work)
    expression = editions.expression(archive, work, on=held[0].as_of) if held else None
    if expression is None:
        return ()
    return tuple(replace(group, since=date.min) for group in sets(expression))


def _text(path: Path, key: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(
            (error.strerror or "cannot be read").lower(),
            thing=str(path),
            mend=f"Name a readable file as {key} in tocsin.toml, or take the key out",
        ) from None
    except UnicodeDecodeError as error:
        raise BadInput(
            "is not UTF-8 text",
            thing=str(path),
            place=f"byte {error.start}",
            mend="Convert it, for example with iconv -t UTF-8",
        ) from None
