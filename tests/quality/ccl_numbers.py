"""The numbers of limits in a unit of the Commerce Control List, found apart from the program's own reading of limits.

A number counts here if a unit of measure follows it, a comparison stands before or after it, or the text says that something is
equal to it. Names are taken out first: standards, codes, citations, registry numbers, days, marks of items. What is written in another dress
(a blank after ≥, a minus sign in another form) is levelled, so that a change of dress is no change of a number.
"""

from __future__ import annotations

import re
from collections import Counter

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NAMES = re.compile(
    rf"\d[A-E]\d{{3}}(?:\.\w+)*|\d+ (?:CFR|FR|U\.S\.C\.) (?:parts? )?[\d.]+(?: through [\d.]+)?|\b\d{{2,7}}-\d\d-\d\b|\(CAS [\d, -]+\)"
    r"|(?:§§?|[Pp]arts?|[Cc]olumns?|Nos?\.|Notes?|Category|Rule|[Pp]aragraphs?|Supp\.|[Ff]ootnote|Annex|Article|Table|Class|Group [A-E]:) ?[\d.]+(?:\(\w+\))*"
    r"|\b(?:ISO(?:/IEC)?|ASTM|SAE ARP|ARP|NAS|DIN|JIS|MIL-\w+|IEEE|IEC|ANSI|STANAG|NIJ|ETSI TS|3GPP TS)(?:[ -][A-Z])?[ -]?\d[\d. :/-]*[A-Z]?"
    rf"|(?:{_MONTHS}) (?:\d+, )?\d{{4}}|\b(?:before|to|between|and|in|from|than) 1[89]\d\d\b|\b[a-z]\.\d+(?:\.\w+)*|[A-Z]\d\w*|\b\d[A-Z]-\d|\(\d+(?:,\d+)*-\w+|\d+(?:,\d+)*(?: [A-Z])?-(?=[a-z(])(?!bit|point|axis|inch|day|year)"
)
_UNIT = (
    r"(?:[nµμmckMGT]?(?:m|W|Hz|V|A|s|g|Pa|J|K|N|bits?|bytes?)|percent|dB\w*|degrees?|days?|years?|hours?|inch(?:es)?|rpm|ppm|"
    r"psi|Torr|[kM]?eV|WT|mrad|[µμ]rad|rad|liters?|grains|Rads)\b|\s?[°%]"
)
_NUMBER = r"(?<![\w.,/^-])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_QUANTITIES = (
    re.compile(_NUMBER + rf"(?: |-)?(?:{_UNIT})"),
    re.compile(
        r"(?:(?:less|more|greater|higher|lower)(?: \(\w+\))? than|exceeding|exceeds?|in excess of|at least|at most|up to|up to and including|below|above|"
        r"equal to|(?:maximum|minimum|total|factor) of|multiplied by|[<>≤≥=])(?: or equal to)?(?: [-±(])* ?"
        + _NUMBER
        + r"(?![\w.]*\d)"
    ),
    re.compile(_NUMBER + r"(?: \w+){0,2} or (?:more|less|greater|fewer)\b"),
)


def numbers_of_limits(text: str) -> Counter[float]:
    """Each number of a limit in a text with how often it stands there; one that is one (a list of one) does not count."""
    text = re.sub("[−–]", "-", text)
    text = re.sub(r"(?<=\b10-) (?=\d)|(?<=\()\+(?=\d)|(?<= -) (?=\()", "", text)
    text = re.sub(r"(?<=[<>≤≥=±])\s+(?=[-\d])|(?<=\d)\s+(?=[%°])", "", text)
    text = re.sub(r"(?<=\d)(?=[a-zA-Zµμ]{1,3}\b)", " ", _NAMES.sub(" ~ ", text))
    found = {
        (match.start(1), float(match[1].replace(",", "")))
        for one in _QUANTITIES
        for match in one.finditer(text)
    }
    return Counter(number for _, number in found)
