"""The marks of German law and what they add to an address: ``(1)`` → ``1``, ``a)`` → ``a``, ``aa)`` → ``aa``, ``§ 9a`` → ``§9a``.

The address follows the citation: § 9 Abs. 1 Nr. 2 Buchst. a is ``§9.1.2.a``, Anlage 3 is ``anlage-3``, and a number of the Ausfuhrliste,
which is cited without its annex, stands alone: Unternummer 5A902a is ``5A902.a``, 0001b2 is ``0001.b.2``.
"""

from __future__ import annotations

import re

from normalize.eids import slug

PARAGRAPH = re.compile(r"\((\d+[a-z]{0,2})\)(?:\s+|$)")
DEFINITION = re.compile(r"[„\"»](?P<term>[^“”\"«]{2,120})[“”\"«]")
_SECTION = re.compile(r"(?:\(X+\)\s*)?§§?\s*(\d+[a-z]{0,2})(?:\s*(?:bis|und|,|-|–)\s*(\d+[a-z]{0,2}))?\s*$")
_NAMED = re.compile(
    r"(Artikel|Art|Anlage|Anhang|Anl)\.?(?:\s*(?:\([^)]*\)\s*)?([0-9]+[a-z]{0,2}|[IVXLC]+|[A-Z]))?\b",
    re.IGNORECASE,
)
_NAMES = {"artikel": "art", "art": "art", "anlage": "anlage", "anl": "anlage", "anhang": "anhang"}
#: A number of the Ausfuhrliste: Teil I A has four digits (0001 to 0022), Teil I B the form of the EU list with Kennungen from 901.
_LIST_NUMBER = re.compile(r"\d{4}|\d[A-E]\d{3,4}")
_NOTE = re.compile(
    r"(?P<kind>(?:Ergänzende |Technische |Allgemeine )?(?:Anmerkung|Anm|Hinweis)(?:en)?)\.?\s*(?P<number>\d+[a-z]?)?\s*(?:zu [^:]{1,80})?:?",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\(?([0-9]+[a-z]{0,3}|[a-z]{1,3}|[A-Z]{1,2}|[IVXLC]+|\d+(?:\.\d+)+)[.):]*\)?")
_DASHES = frozenset("–-—•−*")


def unit_segment(designation: str) -> str:
    """What a norm's designation (``enbez``) adds: ``§ 9a`` → ``§9a``, ``Anlage 3`` → ``anlage-3``, ``Eingangsformel`` → ``eingangsformel``."""
    if found := _SECTION.match(designation):
        first, last = found.groups()
        return f"§{first}-{last}" if last else f"§{first}"
    if (found := _NAMED.match(designation)) and found.group(1).lower() in _NAMES:
        name, number = _NAMES[found.group(1).lower()], found.group(2)
        return f"{name}-{number.lower()}" if number else name
    return slug(designation) or "norm"


def is_annex(designation: str) -> bool:
    return unit_segment(designation).startswith(("anlage", "anhang"))


def list_number(mark: str) -> str:
    """The number of the Ausfuhrliste that ``mark`` is, "" for any other mark."""
    said = mark.strip(" .:")
    return said if _LIST_NUMBER.fullmatch(said) else ""


def note_segment(mark: str) -> str:
    """``Anmerkung 2:`` → ``anmerkung-2``, ``Technische Anmerkung:`` → ``technische-anmerkung``; "" where it names no note."""
    found = _NOTE.fullmatch(mark.strip())
    if found is None:
        return ""
    kind = slug(found["kind"].removesuffix("en") if found["kind"].endswith("ungen") else found["kind"])
    return f"{kind}-{found['number']}" if found["number"] else kind


def item_segment(mark: str) -> str:
    """What the mark of a list item adds: ``1.`` → ``1``, ``3.1`` → ``3-1``, a dash → ``strich``."""
    said = mark.strip()
    if said and set(said) <= _DASHES:
        return "strich"
    if found := _PLAIN.fullmatch(said):
        return found.group(1).replace(".", "-")
    return slug(said) or "punkt"


def heading_rank(words: str, *, titled: bool) -> int:
    """How high a heading inside an annex stands: 0 the highest. ``titled`` says that the source marks it as a title, not by bold
    type alone."""
    if titled or re.match(r"TEIL\b", words):
        return 0
    if re.match(r"Teil\b|[A-Z]$|[IVX]+\.", words):
        return 1
    if re.match(r"Abschnitt\b", words):
        return 2
    return 3
