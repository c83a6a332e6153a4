"""What a European Union page says of itself: its day, its number, its language."""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from archive.records import Fact
from normalize.days import iso_day
from normalize.eu_act import Act
from normalize.html import all_text, classes
from normalize.language import language_of
from normalize.profile import Hints

_DAY = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)(?!\d)")
_NUMBER = re.compile(r"\b(?:[LC]/)?(?:19|20)\d\d/\d+\b|\bCOM\(\d{4}\)\s*\d+(?:\s*final)?|\b[LC]\s?\d+/\d+\b")
#: ISO 639-2/T, as Cellar writes languages, to the two letters that the rest of tocsin uses.
LANGUAGES = {
    "bul": "bg", "ces": "cs", "dan": "da", "deu": "de", "ell": "el", "eng": "en", "est": "et", "fin": "fi", "fra": "fr", "gle": "ga",
    "hrv": "hr", "hun": "hu", "ita": "it", "lav": "lv", "lit": "lt", "mlt": "mt", "nld": "nl", "pol": "pl", "por": "pt", "ron": "ro",
    "slk": "sk", "slv": "sl", "spa": "es", "swe": "sv",
}  # fmt: skip


def facts_of(act: Act, hints: Hints, celex: str, *, consolidated: bool) -> tuple[Fact, ...]:
    """Published and number, as printed in the head; what the publisher's index says where the page prints none."""
    found: list[Fact] = []
    head = " ".join(act.heads)
    if (printed := _DAY.search(head)) and (day := _iso(printed)):
        found.append(Fact(name="published", value=day.isoformat(), words=printed.group()))
    elif said := iso_day(str(hints.meta.get("published") or hints.meta.get("date") or "")[:10]):
        found.append(Fact(name="published", value=said.isoformat()))
    # The front of a consolidated text prints the numbers of the acts that amended it.
    if not consolidated and (number := _NUMBER.search(head)):
        found.append(Fact(name="number", value=number.group(), words=number.group()))
    if celex:
        found.append(Fact(name="citation", value=celex))
    return tuple(found)


def two_letters(said: str) -> str:
    """``eng``, ``EN`` or ``en-GB`` → ``en``; "" for what is no language of the Union."""
    lowered = said.strip().lower()
    if lowered in LANGUAGES:
        return LANGUAGES[lowered]
    short = lowered.partition("-")[0]
    return short if short in LANGUAGES.values() else ""


def language_of_page(root: etree._Element, held: etree._Element, hints: Hints) -> str:
    """By the head of the journal's page, by what the caller says, by the page's own attribute, by its words."""
    for element in root.iter("p"):
        if classes(element) & {"oj-hd-lg", "hd-lg"}:
            if found := two_letters(all_text(element)):
                return found
            break
    for said in (str(hints.meta.get("language", "")), held.get("lang") or ""):
        if found := two_letters(said):
            return found
    return language_of(all_text(held, " "))


def _iso(day: re.Match[str]) -> date | None:
    return iso_day(f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}")
