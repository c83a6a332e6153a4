"""The taxonomy of technologies, ``technologies.toml``: ids, names, and the terms of six languages they are known by.

``1`` to ``14`` and their sub-items are the representative categories of the notice of 2018-11-19 (83 FR 58201); ``X1`` and on is
what has come since. The notation of the terms is explained at the head of the file; users' own terms take the same.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from types import MappingProxyType

from archive.vocabulary.katakana import spellings
from archive.vocabulary.plain import fold

LANGUAGES = ("en", "de", "fr", "ja", "zh", "zh_hant")

_ENDINGS = ("", "e", "en", "er", "es", "em", "n", "s")
# Stems whose endings are not those of every noun.
_STEMS = (
    ("techn", ("ik", "iken", "ologie", "ologien")),
    ("rechn", ("en", "ens", "er", "ern", "ung")),
    ("ätz", ("en", "ens", "ung", "verfahren", "anlage", "anlagen")),
    ("lgorithm", ("us", "en")),
    ("flug", ("", "zeug", "zeuge", "zeugen")),
    ("verarbeit", ("en", "ung")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Technology:
    """One entry of the taxonomy."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word or phrase: ``key`` as it is looked for; ``id`` "" for a phrase that brings nothing.

    ``exact`` is the case it must be written in, "" for any; ``near`` asks for another term of the category nearby, ``alone`` for standing
    as an item of a list; ``languages`` limits it, empty for all; ``unless`` are words nearby that give it another sense.
    """

    key: str
    id: str
    exact: str = ""
    near: bool = False
    alone: bool = False
    languages: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@cache
def _data() -> Mapping[str, object]:
    return tomllib.loads(
        resources.files(__package__).joinpath("technologies.toml").read_text(encoding="utf-8")
    )


@cache
def technologies() -> tuple[Technology, ...]:
    """The entries in the order of the file."""
    entries = _data()["technology"]
    assert isinstance(entries, list)
    return tuple(Technology(id=entry["id"], name=entry["name"]) for entry in entries)


@cache
def technology_ids() -> frozenset[str]:
    """Every id that a watch may name."""
    return frozenset(entry.id for entry in technologies())


@cache
def terms() -> tuple[Term, ...]:
    """Every term of the taxonomy and every phrase that brings nothing, in a fixed order."""
    data = _data()
    unless = data["unless"]
    refused = data["not"]
    entries = data["technology"]
    assert isinstance(unless, dict)
    assert isinstance(refused, dict)
    assert isinstance(entries, list)
    found: dict[str, Term] = {}
    for phrase in refused["phrases"]:
        _add(found, phrase, "", (), {})
    for entry in entries:
        english = {fold(notation.lstrip("=~|")) for notation in entry["en"]}
        for language in LANGUAGES:
            for notation in entry.get(language, ()):
                _add(found, notation, entry["id"], _languages(notation, language, english), unless)
    return tuple(found.values())


def user_terms(lists: Mapping[str, Iterable[str]]) -> tuple[Term, ...]:
    """A user's own terms, by the id they stand for; ``U:`` is put before an id that the taxonomy does not have."""
    found: dict[str, Term] = {}
    for identifier, notations in sorted(lists.items()):
        name = identifier if identifier in technology_ids() else f"U:{identifier.removeprefix('U:')}"
        for notation in notations:
            _add(found, notation, name, (), {})
    return tuple(found.values())


@cache
def names_by_id() -> Mapping[str, str]:
    """Id → English name."""
    return MappingProxyType({entry.id: entry.name for entry in technologies()})


def _languages(notation: str, language: str, english: set[str]) -> tuple[str, ...]:
    """Single words and abbreviations of German and French count in their own language only: gravure, Robotik, =IA."""
    word = notation.lstrip("=~|")
    if fold(word) in english or language == "en":
        return ()
    if language in ("de", "fr"):
        return (language,) if " " not in word and "-" not in word else ()
    return ("ja", "zh") if notation.startswith("=") else ()


def _add(
    found: dict[str, Term],
    notation: str,
    identifier: str,
    languages: tuple[str, ...],
    unless: Mapping[str, list[str]],
) -> None:
    flags = notation[: len(notation) - len(notation.lstrip("=~|"))]
    written = notation[len(flags) :]
    not_beside = tuple(unless.get("=" + written if "=" in flags else written, ()))
    for form in _expanded(written):
        key = fold(form).replace("-", " ")
        known = found.get(key)
        if known is None or (known.languages and not languages and known.id == identifier):
            found[key] = Term(
                key=key,
                id=identifier,
                exact=form if "=" in flags else "",
                near="~" in flags,
                alone="|" in flags,
                languages=languages,
                unless=not_beside,
            )
        elif known.id == identifier and known.languages and languages:  # Biotechnologie is German and French
            merged = tuple(dict.fromkeys((*known.languages, *languages)))
            found[key] = replace(known, languages=merged)


def _expanded(written: str) -> list[str]:
    choices = []
    for part in re.split(r"(\{[^}]*\}|[^\s{}-]+\*)", written):
        if part.startswith("{"):
            choices.append(part[1:-1].split(","))
        elif part.endswith("*"):
            stem = part[:-1]
            endings = next((ends for tail, ends in _STEMS if stem.lower().endswith(tail)), _ENDINGS)
            choices.append([stem + ending for ending in endings])
        elif part:
            choices.append([part])
    return [form for pick in itertools.product(*choices) for form in spellings("".join(pick))]
