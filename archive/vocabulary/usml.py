"""The United States Munitions List, 22 CFR 121.1: categories I to XXI, paragraphs (a)(1)(i)(A)."""

from __future__ import annotations

import re

CATEGORIES = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI".split()

_WRITTEN = re.compile(
    r"(?:USML:?\s*)?(?:Cat(?:egory|\.)?\s*)?(?P<category>[IVX]+)(?P<rest>(?:\s*\.?\s*\(?[a-z0-9]{1,5}\)?)*)\.?",
    re.I,
)
_LEVEL = re.compile(r"[a-z]+|[0-9]+", re.I)


def parse_usml(text: str) -> str | None:
    """``USML:XI.c.4`` from ``XI(c)(4)``, ``Category XI(c)(4)`` or the canonical form; None where it is no paragraph of the list."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        return None
    return canonical_usml(found["category"], _LEVEL.findall(found["rest"]))


def canonical_usml(category: str, levels: list[str]) -> str | None:
    """The canonical code of a category and its levels (letter, number, roman, letter), None where they do not alternate so."""
    if category.upper() not in CATEGORIES:
        return None
    shapes = (r"[a-z]{1,2}", r"[0-9]{1,2}", r"[ivx]+", r"[a-z]")
    if len(levels) > len(shapes):
        return None
    lowered = [level.lower() for level in levels]
    if not all(re.fullmatch(shape, level) for shape, level in zip(shapes, lowered, strict=False)):
        return None
    return ".".join([f"USML:{category.upper()}", *lowered])
