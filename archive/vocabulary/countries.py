"""Countries and territories: ISO 3166 and the regulations' own, in every spelling that their tables use.

``countries_names.json`` holds the international names (of the Unicode locale data and ISO 3166-1) in English, German, French, Japanese,
both Chinese scripts and Dutch; ``countries_spellings.toml`` what the regulations write besides. Codes are ISO 3166-1 alpha-2,
``XK`` for Kosovo and ``UA-43`` for Crimea.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from archive.vocabulary.plain import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One spelling: ``key`` folded, ``written`` as given; ``languages`` that it is looked for in, empty for all."""

    key: str
    written: str
    code: str
    languages: tuple[str, ...] = ()


# Names that are another word in the other languages: they count only in a text of their own.
_OF_ONE_LANGUAGE = {
    "fr": "Malte Dominique Maurice Grenade Salvador Inde Pérou Chili Liban Maroc Barbade Nauru Guyane Trinité EAU RDC Bermudes Man Jordanie Congo Pologne Soudan Gabon Palaos".split(),
    "de": "Island VAE BRD Krim Moldau Kap Irak Polen Oman Malediven Jungferninseln".split(),
}
_SHARED = frozenset(
    {
        "Nauru",
        "Congo",
        "Gabon",
        "Oman",
        "Irak",
        "Liban",
        "Maroc",
        "Pologne",
        "Soudan",
        "Jordanie",
        "Polen",
        "Malediven",
    }
)
_NOT_A_NAME = frozenset({"中国领台湾"})
# Full forms that turn round: "Kingdom of X" is also printed "X, Kingdom of" and "X (Kingdom of)".
_TURNS = (
    re.compile(r"^(?P<form>(?:[A-Z][\w'’-]*\s)*(?:Republic|Kingdom|State|States|Commonwealth|Principality|Federation|Union|Sultanate|Emirate))\s(?P<of>of)\s(?P<the>the\s)?(?P<name>.+)$"),
    re.compile(r"^(?P<form>(?:République|Royaume|État|Principauté|Fédération|Union|Grand-Duché)(?:\s[\wéèêàîïôç-]+)*?)\s?(?P<of>de la\s|de l['’]|du\s|des\s|de\s|d['’])(?P<the>)(?P<name>[A-ZÉÎ].+)$"),
    re.compile(r"^(?P<form>(?:[A-ZÄÖÜ][\w-]*\s)*(?:Republik|Volksrepublik|Königreich|Föderation|Fürstentum|Staat|Sultanat))(?P<of>)\s(?P<the>)(?P<name>[A-ZÄÖÜ]\S+)$"),
)  # fmt: skip


@cache
def spellings() -> tuple[Name, ...]:
    """Every spelling of every country, in a fixed order."""
    found: dict[tuple[str, str], Name] = {}
    folder = resources.files(__package__)
    international = json.loads(folder.joinpath("countries_names.json").read_text(encoding="utf-8"))
    for code, by_language in international.items():
        for language, names_ in by_language.items():
            for written in names_:
                _add(found, written, code, ("nl",) if language == "nl" else ())
    own = tomllib.loads(folder.joinpath("countries_spellings.toml").read_text(encoding="utf-8"))
    for code, names_ in own.items():
        for written in names_:
            _add(found, written, code, ())
    return tuple(found.values())


@cache
def names() -> Mapping[str, str]:
    """Each spelling, folded, with its code; names that need their language are left to ``spellings``."""
    return MappingProxyType({name.key: name.code for name in reversed(spellings())})


@cache
def codes() -> frozenset[str]:
    """The codes that there are."""
    return frozenset(name.code for name in spellings())


def country_code(name_or_code: str) -> str | None:
    """The code of a country by a name in any spelling, or by the code itself; None for what is neither."""
    text = name_or_code.strip()
    if text.upper() in codes():
        return text.upper()
    return names().get(fold(text)) or names().get(fold(re.sub(r"^[Tt]he\s", "", text)))


def _add(found: dict[tuple[str, str], Name], written: str, code: str, languages: tuple[str, ...]) -> None:
    for form in _forms(written):
        if form in _NOT_A_NAME or form.lower().startswith("the "):
            continue  # the article is no part of a name; it would win as the longer match over what follows
        limited = languages or tuple(
            language for language, words in _OF_ONE_LANGUAGE.items() if form in words and form not in _SHARED
        )
        key = (fold(form), code)
        known = found.get(key)
        if known is None or (known.languages and not limited) or form.islower():
            found[key] = Name(key=key[0], written=form, code=code, languages=limited)
        elif known.languages and limited:
            merged = tuple(dict.fromkeys((*known.languages, *limited)))
            found[key] = Name(key=key[0], written=known.written, code=code, languages=merged)


def _forms(written: str) -> list[str]:
    """``written`` and what it is printed as besides: turned round, with and for &, Saint for St., umlauts spelt out."""
    forms = [written]
    for turn in _TURNS:
        hit = turn.match(written)
        if hit is not None:
            form, name = hit["form"], hit["name"]
            tail = f"{form} {hit['of']} {hit['the'] or ''}".replace("  ", " ").strip()
            forms += [f"{name}, {tail}", f"{name} ({tail})"]
    for form in tuple(forms):
        if " & " in form:
            forms.append(form.replace(" & ", " and "))
        if form.startswith("Saint "):
            forms += ["St. " + form[6:], "St " + form[6:]]
        if re.search("[äöüÄÖÜß]", form):
            forms.append(
                form.translate(
                    {
                        ord("ä"): "ae",
                        ord("ö"): "oe",
                        ord("ü"): "ue",
                        ord("Ä"): "Ae",
                        ord("Ö"): "Oe",
                        ord("Ü"): "Ue",
                        ord("ß"): "ss",
                    }
                )
            )
        if "・" in form:
            forms.append(form.replace("・", ""))
        inflected = re.sub(r"(isch|arabisch|reinigt|inigt)e (?=[A-ZÄÖÜ])", r"\1en ", form)
        if inflected != form:
            forms.append(inflected)
        if form.startswith("Vereinigtes "):
            forms.append("Vereinigte " + form[12:])
    return list(dict.fromkeys(forms))
