"""What a person writes for a control number, as the touches name it; and what to write instead where it is none."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from difflib import get_close_matches

from alerts.conditions import CODE_KEYS
from alerts.subject import stands_under
from alerts.watches_groups import group_named
from archive.vocabulary.eccn import parse_code

_LIKE = {
    "eccn": "3A090 or 3A090.a.1",
    "usml": "XI(c)(4)",
    "item_jp": "輸出令/別表1/7/16",
    "military": "ML10.c",
    "ai_act": "art50.2 or annexIII.1.a",
    "item_de": "3A1906",
    "item_uk": "3A001.b or PL9009.a",
}


def code_named(key: str, text: str, listed: Collection[str]) -> tuple[str, str]:
    """The canonical code, or "" and how to mend it. ``listed`` are codes that the lists have, for the nearest."""
    plain = unicodedata.normalize("NFKC", text)
    code = parse_code(plain, CODE_KEYS[key])
    if key == "military" and code is not None and code.startswith("PL"):
        return "", f'It is British: write item_uk = ["{code}"]'
    if code is not None:
        return code, ""
    if group := group_named(plain):
        return "", f'It is a series of items: write groups = ["{group}"]'
    close = get_close_matches(plain.upper(), listed, n=1)
    return "", f"The nearest is {close[0]!r}" if close else f"Write it like {_LIKE.get(key, '3A001.b')}"


def not_listed(code: str, listed: Collection[str]) -> str:
    """Of a code that no list has, nor a part of it, what to say of it; "" for one that a list has. Lists that give entries alone say nothing of the
    items in them."""
    entry = code.partition(".")[0]
    near = [one for one in listed if one == entry or stands_under(entry, one)]
    if near == [entry] or any(one == code or stands_under(code, one) for one in near):
        return ""
    close = get_close_matches(code, listed, n=1)
    return f"{code} is possible but in no list yet" + (f"; the nearest is {close[0]}" if close else "")
