"""The Common Military List (ML1 to ML22) of the EU and of Wassenaar, and the British PL numbers."""

from __future__ import annotations

import re

_ML = re.compile(
    r"ML\s?(?P<number>1[0-9]|2[0-2]|[1-9])(?P<rest>(?:\s?\.?\(?[a-z]{1,2}\)?|(?<=[a-z).])\s?\.?\(?[0-9]{1,2}\)?|\.[0-9]{1,2})*)\.?",
    re.I,
)
_PL = re.compile(
    r"PL\s?(?P<number>[0-9]{4})(?P<rest>(?:\s?\.?\(?[a-z]{1,2}\)?|(?<=[a-z).])\s?\.?\(?[0-9]{1,2}\)?|\.[0-9]{1,2})*)\.?",
    re.I,
)
_LEVEL = re.compile(r"[a-z]{1,2}|[0-9]{1,2}")


def parse_military(text: str) -> str | None:
    """``ML10.c`` from ``ML10c``, ``ML 10 (c)``; ``PL9009.a`` from ``PL9009a``; None for anything else."""
    for prefix, grammar in (("ML", _ML), ("PL", _PL)):
        found = grammar.fullmatch(text.strip())
        if found is not None:
            return ".".join([prefix + found["number"], *_LEVEL.findall(found["rest"].lower())])
    return None
