"""Export control classification numbers and their kin: the grammar of one code, whatever list it is of.

An ECCN is a category (0-9), a product group (A-E) and three digits, then paragraphs that mostly alternate between letters
and numbers: ``3A090.a.1``. The EU, the United Kingdom, Singapore and China number in the same form, so a code is law only
together with its regime; German national numbers have a fourth digit (``3A1906``). No list of valid codes is kept: watchers
wrote 4E091 before it existed.
"""

from __future__ import annotations

import re

from archive.vocabulary.ai_act import parse_ai_act
from archive.vocabulary.japanese_items import parse_japanese_item
from archive.vocabulary.military import parse_military
from archive.vocabulary.usml import parse_usml

REGIMES = ("ear", "usml", "eu", "uk", "jp", "cn", "de", "ml", "aia", "wassenaar", "mtcr", "nsg")
"""ear: Export Administration Regulations; usml: US Munitions List; eu, uk: Annex I and its British copy; jp: Japan; cn: China;
de: Ausfuhrliste; ml: Common Military List and the British PL numbers; aia: AI Act; wassenaar, mtcr, nsg: the lists of the multilateral regimes."""

_CODE = re.compile(
    r"(?P<root>[0-9][A-E](?:[1-9][0-9]{3}|[0-9]{3}))(?P<rest>(?:\.(?:[A-Z]{1,2}|[0-9]{1,3})|(?<=[0-9])[A-Z](?![A-Z])|(?<=[A-Z])[0-9]{1,2})*)\.?",
    re.I,
)
_REGIME_ITEM = re.compile(r"[0-9]{1,2}\.[A-E]\.[0-9]{1,2}(?:\.(?:[a-z]|[0-9]{1,2}))*\.?")
# Teil I Abschnitt A of the German list: 0001 to 0022.
_WEAPON = re.compile(r"(?P<number>00(?:0[1-9]|1[0-9]|2[0-2]))(?P<rest>(?:\.?[a-z]|\.?[0-9]{1,2})*)\.?", re.I)
_LEVEL = re.compile(r"[a-z]{1,2}|[0-9]{1,3}")

_SERIES = {
    "600 series": re.compile(r"[0-9][A-E]6[0-9]{2}"),
    "9x515": re.compile(r"9[A-E]515"),
    "0x5zz": re.compile(r"0[A-E]5[0-9]{2}"),
    "0x521": re.compile(r"0[A-E]521"),
}


def parse_code(text: str, regime: str = "ear") -> str | None:
    """The canonical form of one code (``3a090.A.1.`` → ``3A090.a.1``), None where the grammar of ``regime`` has no such code.

    A code that is possible but in no list yet is a code. Raises ``ValueError`` for a regime that is not in ``REGIMES``.
    """
    if regime not in REGIMES:
        raise ValueError(f"{regime!r} is no regime; one of {', '.join(REGIMES)}")
    text = text.strip()
    if regime == "usml":
        return parse_usml(text)
    if regime == "ml":
        return parse_military(text)
    if regime == "aia":
        return parse_ai_act(text)
    if regime == "jp":
        return parse_japanese_item(text)
    if regime in ("wassenaar", "mtcr", "nsg"):
        return text.rstrip(".") if _REGIME_ITEM.fullmatch(text) else None
    if regime == "de" and (weapon := _WEAPON.fullmatch(text)) is not None:
        return ".".join([weapon["number"], *_LEVEL.findall(weapon["rest"].lower())])
    if regime == "uk" and text.upper().startswith("PL"):
        return parse_military(text)
    found = _CODE.fullmatch(text)
    if found is None or (len(found["root"]) == 6) > (regime == "de"):
        return None
    levels = _LEVEL.findall(found["rest"].lower())
    return ".".join([found["root"].upper(), *levels])


def covers(watched: str, code: str) -> bool:
    """Whether ``code`` is ``watched`` or stands under it: 3A090 covers 3A090.a.1 and not 3A091; a series, a product group
    (``3B``) and a category (``Category 3``) cover the codes that belong to them."""
    if code == watched or code.startswith((f"{watched}.", f"{watched}/")):
        return True
    if watched in _SERIES:
        return _SERIES[watched].match(code) is not None
    head = watched.removeprefix("Category ")
    if re.fullmatch(r"[0-9][A-E]?", head):
        return re.match(r"[0-9][A-E](?:[0-9]{3}|$)", code) is not None and code.startswith(head)
    return False
