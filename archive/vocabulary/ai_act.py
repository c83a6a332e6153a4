"""Articles and annexes of the AI Act, Regulation (EU) 2024/1689: ``AIA:art50.2``, ``AIA:art5.1.h``, ``AIA:annexIII.1.a``."""

from __future__ import annotations

import re

_ARTICLE = re.compile(
    r"(?:AIA:)?art(?:icle|\.)?\s*(?P<number>[0-9]{1,3}[a-z]?)(?P<rest>(?:\s*\.?\(?[0-9a-z]{1,4}\)?)*)", re.I
)
_ANNEX = re.compile(r"(?:AIA:)?annex\s*(?P<number>[IVX]+)(?P<rest>(?:\s*[.,]?\s*\(?[0-9a-z]{1,4}\)?)*)", re.I)
_LEVEL = re.compile(r"[0-9]+[a-z]?|[a-z]+")
ARTICLES = 113
ANNEXES = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV")


def parse_ai_act(text: str) -> str | None:
    """The canonical form of one place of the AI Act, None where there can be none."""
    found = _ARTICLE.fullmatch(text.strip())
    if found is not None:
        return canonical_article(found["number"], _LEVEL.findall(found["rest"].lower()))
    found = _ANNEX.fullmatch(text.strip())
    if found is not None:
        return canonical_annex(found["number"], _LEVEL.findall(found["rest"].lower()))
    return None


def canonical_article(number: str, levels: list[str]) -> str | None:
    """``AIA:art5.1.h``; None for an article number that no version of the Act reaches (amendments add 4a, not 240)."""
    number = number.lower()
    if not 1 <= int(re.sub(r"\D", "", number) or 0) <= ARTICLES:
        return None
    return ".".join([f"AIA:art{number}", *levels])


def canonical_annex(number: str, levels: list[str]) -> str | None:
    """``AIA:annexIII.1.a``; the roman number in upper case."""
    if number.upper() not in ANNEXES:
        return None
    return ".".join([f"AIA:annex{number.upper()}", *levels])
