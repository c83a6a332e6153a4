"""What makes a number no quantity: it names a place in a text, a thing, a law, a standard, an address or a day."""

from __future__ import annotations

import re

from diffing.lowercase import lowercase
from diffing.quantities_numbers import KANJI

_PLACES = (
    r"§§?|\b(?:sections?|paragraphs?|subparagraphs?|notes?|parts?|nos?\.?|numbers?|supplements?(?: no\.)?|categor(?:y|ies)|articles?|columns?|tables?|"
    r"executive orders?|orders?|proclamations?|resolutions?|regulations?|directives?|decisions?|public law|verordnung|richtlinie|règlement|verordening|figures?|footnotes?|iso|iec|type|class|annex(?:es)?|chapters?|titles?|rules?|groups?|e\.o\.|pub\. l\.|examples?|steps?|items?|schedules?|"
    r"eccns?|cas|version|room|floor|suite|block|building|unit|level|layer|box|road|street|"
    r"artikeln?|artikels|art\.|absatz(?:es)?|absätzen?|abs\.|nummern?|nr\.|buchstabens?|satz(?:es)?|sätze|anlagen?|anhangs?|(?:abl\.|oj|jo|pb) [lc]|kapitel|titel|bgbl\. i s\.|"
    r"paragraphe|alinéa|annexe|chapitre|points?|bijlage|hoofdstuk|lid|onderdeel|stb\.)"
)
# The first for text in lower case, the second for the text as it stands.
_NAMED_BEFORE = re.compile(rf"(?:{_PLACES} ?\(?|[第の][ ]?|\^|[a-z]-)$")
_INITIALS_BEFORE = re.compile(r"(?:\b[A-Z]:|[#$]?\b[A-Z]{2,} ?)$")
# A list of references: paragraphs (b)(2), 5 and 6; its later members have no word of their own before them.
_NAMED_IN_LIST = re.compile(
    rf"{_PLACES} ?(?:[(\d][\w.()]*(?:,| and| or| und| oder| et| ou| to| through| bis| à|, and|, or) )+$",
    re.IGNORECASE,
)
_LIST_GOES_ON = (
    ", ",
    " and ",
    " or ",
    " und ",
    " oder ",
    " et ",
    " ou ",
    " to ",
    " through ",
    " bis ",
    " à ",
)
_NAMED_AFTER = re.compile(
    r"(?:条|項|号|章|節|款|项|节|の[項〇一二三四五六七八九十]|表|FR\b|CFR\b|U\.S\.C|\)|[A-E]\d{3}|[A-Za-z]\d|[A-Z][-−+]\d)|-\d{2}-\d\b|年(?:法律|政令|省令|条約)"
    r"|(?:st|nd|rd|th)\b|[”\"]? ?series\b|(?: [A-Z][\w.'-]+){1,3} (?:Road|Rd|Street|St|Avenue|Ave|Lane|Boulevard|Blvd|Drive|Way|Square|Building|Bldg)\b"
)
_ITEM_BEFORE = re.compile(r"(?:^|[.;:\n]\s?|\b(?:and|or|und|oder|et|ou)\s)\s?$")
_ITEM_AFTER = re.compile(r"\.\s+[\"“'‘„«]?[A-ZÀ-Þ]")
_NAMES = re.compile(
    r"(?=[\d明大昭平令〇一二三四五六七八九十]|\b[A-Zadfjmnos])(?:\b(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|"
    r"Nov\.|Dec\.|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|"
    r"décembre|januari|februari|maart|mei|juni|juli|augustus)(?: \d{1,2}, \d{4}| \d{4})|\d{1,2}\.? (?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|janvier|février|mars|avril|mai|juin|juillet|août|"
    r"septembre|octobre|novembre|décembre|januari|februari|maart|mei|juni|juli|augustus)(?: \d{4})?|\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{2,4}"
    r"|\d{1,2}\.\d{1,2}\.\d{4}"
    rf"|(?:明治|大正|昭和|平成|令和)[{KANJI}元\d]+年(?:[{KANJI}\d]+月)?(?:[{KANJI}\d]+日)?|\d{{4}}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?"
    r"|\d+ (?:FR|CFR|U\.S\.C\.|Stat\.) (?:[Pp]arts? )?\d+[\w.()-]*(?:(?:,| and| or| through| to|, and|, or) \d+[\w.()-]*)*|\d[A-E]\d{3}(?:\.[a-z0-9]+)*|\d+(?:\.\d+)*[a-z]?(?:\([A-Za-z0-9]{1,4}\))+"
    r"|\b(?:ISO(?:/IEC)?|IEC|ASTM|ANSI|IEEE|SAE|ARP|AMS|NAS|DIN|JIS|MIL-(?:STD|HDBK|PRF)|STANAG|NIJ|VDI|AISI|RFC|ETSI|3GPP|GB/T|GOST|ICAO)"
    r"(?:[ -](?:standards?|STD|TS|TR|EN|ISO|ARP|[A-Z]))*[ -]?\d[\d.:/-]*[A-Z]?(?: \d{2}(?=[ .;,]))?(?: ?\(\d{4}\))?"
    r"|\b\d{2,7}-\d{2}-\d\b|\b\d{4}(?:\.\d{2}){1,3}\b)"
)


def named_spans(text: str) -> list[tuple[int, int]]:
    """Where dates, citations, codes, standards and registry numbers stand, in order."""
    return [match.span() for match in _NAMES.finditer(text)]


def names_a_thing(left: str, right: str, *, measured: bool) -> bool:
    """Whether the words about a number make it a name; one with a unit (``measured``) is judged by the word right before it."""
    lower, near = lowercase(left), max(0, len(left) - 24)
    if _NAMED_BEFORE.search(lower, near) or _INITIALS_BEFORE.search(left, near):
        return True
    if measured:
        return False
    can_be_listed = "§" in left or lower.removesuffix("\n").endswith(_LIST_GOES_ON)
    return bool((can_be_listed and _NAMED_IN_LIST.search(left)) or _NAMED_AFTER.match(right))


def marks_an_item(text: str, start: int, right: str) -> bool:
    """Whether a number counts an item of a list: ``1. A laser`` at the start of a line or of a sentence."""
    line = text.rfind("\n", 0, start) + 1
    if not text[line:start].strip(" (") and re.match(r"[.)]\s", right):
        return True
    return bool(_ITEM_AFTER.match(right) and _ITEM_BEFORE.search(text[max(0, start - 8) : start]))


_SINCE = re.compile(
    r"\b(?:before|prior to|since|after|in|from|until|by|between|of|and|vor|seit|nach|ab|avant|depuis|après|en|vanaf|sinds|voor) $",
    re.IGNORECASE,
)


def is_year(value: str, left: str) -> bool:
    """Whether a bare number is a year: 1998 and 2031 anywhere, older ones after *before*, *since* and their kin."""
    return bool(
        re.fullmatch(r"(?:19|20)\d\d", value) or (re.fullmatch(r"1[5-8]\d\d", value) and _SINCE.search(left))
    )
