"""Addresses and states of provisions as legislation.gov.uk writes them."""

from __future__ import annotations

import re

from lxml import etree

from archive.records import Applicability
from normalize.days import iso_day
from normalize.markers import to_roman

WORDS = frozenset(
    "section sections regulation regulations article paragraph part chapter schedule annex rule crossheading division appendix title note introduction signature wrapper subpart group".split()
)


def eid_of(identifier: str) -> str:
    """``schedule-2-paragraph-10-5-d`` → ``schedule-2.paragraph-10.5.d``; "" for what has no name, or a serial number for one."""
    if identifier.partition("-")[0] not in WORDS:
        return ""
    pieces: list[str] = []
    for token in identifier.split("-"):
        if token in WORDS or not pieces:
            pieces.append(token)
        elif pieces[-1] in WORDS:
            pieces[-1] = f"{pieces[-1]}-{token}"
        else:
            pieces.append(token)
    return ".".join(pieces)


def mark(num: str) -> str:
    return re.sub(r"[^0-9A-Za-z]", "", num)


def counted(style: str, count: int) -> str:
    """What an item adds to an address that only its place numbers: the site prints the marks of a list of this style (``Type``)."""
    if style.startswith("alpha") and count <= 26:
        letter = chr(96 + count)
        return letter.upper() if style.endswith("upper") else letter
    if style.startswith("roman") and count < 90:
        return to_roman(count).upper() if style.endswith("upper") else to_roman(count)
    return str(count) if style == "arabic" else f"item-{count}"


def state_of(element: etree._Element) -> tuple[Applicability, ...]:
    """What the publisher marks as not yet in force, or as no longer."""
    if element.get("Status") == "Prospective":
        return (Applicability(state="future", words="Prospective"),)
    end = element.get("RestrictEndDate") or ""
    if element.get("Status") == "Repealed" and (day := iso_day(end)):
        return (Applicability(state="ended", start=day, words=f"Repealed {end}"),)
    return ()
