"""The code that a provision stands under: where the eids of a list are its numbers, a change there touches its own number as the item.

Which works are such lists, and how their eids become codes, one reader each: the Commerce Control List, 22 CFR 121.1, Annex I of the EU,
the British and the German lists, the Japanese orders (by their ids in the e-Gov index of laws), the AI Act.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from archive.records import Change
from archive.vocabulary.ai_act import canonical_annex, canonical_article
from archive.vocabulary.eccn import parse_code
from archive.vocabulary.japanese_items import DESTINATIONS, GOODS, ORDINANCE, TECHNOLOGY, parse_japanese_item
from archive.vocabulary.usml import canonical_usml

CCL = "us/cfr/15/774/supp-1"


class Own(NamedTuple):
    """A provision's own number: ``type`` is ``code``, or ``group`` for a list of destinations."""

    type: str
    id: str
    regime: str


def own_codes(change: Change, work: str) -> tuple[Own, ...]:
    """The numbers a provision of a list stands under, as deep as its eids say: where it is, and where it was if it went elsewhere
    (a watch on the old number has to hear that it moved); a split or a join stays where it is. Empty in a work that is no list."""
    read = _reader(work)
    if read is None:
        return ()
    here = read(change.new_eid or "") or next(
        (own for place in reversed(change.path) if (own := read(place.eid)) is not None), None
    )
    left = read(change.old_eid or "") if here is None or change.kind in ("move", "renumbering") else None
    return tuple(dict.fromkeys(own for own in (here, left) if own is not None))


def is_list_of_codes(work: str) -> bool:
    """Whether the eids of ``work`` are control numbers."""
    return _reader(work) is not None


def root_of(code: str) -> str:
    """What a code and its paragraphs have in common: ``3A090``, ``輸出令/別表1/7``, ``AIA:art50``."""
    return "/".join(code.split("/")[:3]) if "/" in code else code.split(".")[0]


Reader = Callable[[str], Own | None]


def _reader(work: str) -> Reader | None:
    return next((read for begins, read in _READERS if work == begins or work.startswith(f"{begins}/")), None)


def _in_regime(regime: str, root: re.Pattern[str]) -> Reader:
    """Codes of the common form: the eid from the part that is a code's root on, as deep as the grammar allows."""

    def read(eid: str) -> Own | None:
        parts = eid.split(".")
        at = next((index for index, part in enumerate(parts) if root.fullmatch(part)), None)
        if at is None:
            return None
        law = "ml" if parts[at].startswith("ML") else regime
        return _deepest(
            parts[at:], lambda levels: parse_code(".".join(levels), _grammar(levels[0], law)), law
        )

    return read


def _grammar(root: str, law: str) -> str:
    return "ml" if root.startswith(("ML", "PL")) else law


def _deepest(
    parts: Sequence[str], canonical: Callable[[Sequence[str]], str | None], regime: str
) -> Own | None:
    """The longest beginning of ``parts`` that is a code: what follows is a note, a table, a heading under it."""
    for length in range(len(parts), 0, -1):
        code = canonical(parts[:length])
        if code is not None:
            return Own("code", code, regime)
    return None


def _usml(eid: str) -> Own | None:
    parts = eid.split(".")
    if parts[:2] != ["121", "1"]:
        return None
    return _deepest(parts[2:], lambda levels: canonical_usml(levels[0], list(levels[1:])), "usml")


_LEVEL = re.compile(r"[0-9]{1,2}[a-z]?|[a-z]{1,2}|[ivx]+")
_ARTICLE = re.compile(r"art(?P<number>[0-9]{1,3}[a-z]?)")
_ANNEX = re.compile(r"annex(?P<number>[IVX]+)")


def _ai_act(eid: str) -> Own | None:
    head, *rest = eid.split(".")
    levels: list[str] = []
    for part in rest:
        if _LEVEL.fullmatch(part) is None:
            break
        levels.append(part)
    code = None
    if (article := _ARTICLE.fullmatch(head)) is not None:
        code = canonical_article(article["number"], levels)
    elif (annex := _ANNEX.fullmatch(head)) is not None:
        code = canonical_annex(annex["number"], levels)
    return Own("code", code, "aia") if code is not None else None


_TABLE = re.compile(r"別表(?P<number>[0-9]+(?:_[0-9]+)*)?")


def _goods(eid: str) -> Own | None:
    """Appended table 1 of the Export Trade Control Order is the list of goods; tables 3, 3-2, 4 and 2-4 are lists of destinations."""
    table, rest = _table(eid)
    if table == "1":
        return _deepest((GOODS, *rest), _japanese, "jp") if rest else None
    return Own("group", f"group:{DESTINATIONS[table]}", "jp") if table in DESTINATIONS else None


def _technology(eid: str) -> Own | None:
    table, rest = _table(eid)
    return _deepest((TECHNOLOGY, *rest), _japanese, "jp") if table == "" and rest else None


def _ordinance(eid: str) -> Own | None:
    """Article, item, marks; paragraphs (項) other than the first are no level of the code, as texts cite them."""
    parts = [part for part in eid.split("/") if not part.startswith("項")]
    if not parts[0][:1].isdigit():
        return None
    return _deepest((ORDINANCE, *parts), _japanese, "jp")


def _table(eid: str) -> tuple[str | None, tuple[str, ...]]:
    """Number and rest of an eid in an appended table, of the law in force or of one not yet in force."""
    parts = eid.split("/")
    if parts[0] == "未施行":
        parts = parts[2:]
    found = _TABLE.fullmatch(parts[0]) if parts else None
    return (found["number"] or "", tuple(parts[1:])) if found else (None, ())


def _japanese(levels: Sequence[str]) -> str | None:
    return parse_japanese_item("/".join(levels)) if len(levels) > 1 else None


_COMMON = re.compile(r"[0-9][A-E][0-9]{3}")
_EUROPEAN = re.compile(r"[0-9][A-E][0-9]{3,4}|ML(?:[1-9]|1[0-9]|2[0-2])|PL[0-9]{4}")
_GERMAN = re.compile(r"[0-9][A-E][0-9]{4}|00(?:0[1-9]|1[0-9]|2[0-2])")
_READERS: tuple[tuple[str, Reader], ...] = (
    (CCL, _in_regime("ear", _COMMON)),
    ("us/cfr/22/121", _usml),
    ("eu/reg/2024/1689", _ai_act),
    ("eu", _in_regime("eu", _EUROPEAN)),
    ("uk", _in_regime("uk", _EUROPEAN)),
    ("de", _in_regime("de", _GERMAN)),
    ("jp/law/324CO0000000378", _goods),
    ("jp/law/355CO0000000260", _technology),
    ("jp/law/403M50000400049", _ordinance),
)
