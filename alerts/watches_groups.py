"""What a person writes for a country group or a series of items, as the touches name it."""

from __future__ import annotations

import re

from diffing.touches.engine import touches_in_text

EXAMPLES = (
    "A:1",
    "A:5",
    "A:6",
    "B",
    "D:1",
    "D:5",
    "E:1",
    "E:2",
    "600 series",
    "9x515",
    "0x521",
    "EAR99",
    "3B",
    "輸出令/別表3",
)
_LEAD = re.compile(r"(?:group:|country\s+groups?\s+)", re.I)


_LIST = re.compile(r"輸出令/別表[0-9]+(?:[の_][0-9]+)?")


def group_named(text: str) -> str:
    """``country group d:5`` → ``D:5``, ``600 Series`` → ``600 series``; "" for what names none, or several, or more than that."""
    own = _LEAD.sub("", text).strip()
    if _LIST.fullmatch(own):
        return own.replace("の", "_")
    for lead in ("Country Group ", "CCL ", ""):
        for said in (f"{lead}{own.upper()}", f"{lead}{own}", f"{lead}{own.lower()}", f"{lead}{own.title()}"):
            found = {
                touch.id
                for touch in touches_in_text(said)
                if touch.type in ("group", "series") and touch.start <= len(lead) and touch.end == len(said)
            }
            if len(found) == 1:
                return found.pop().removeprefix("group:")
    return ""
