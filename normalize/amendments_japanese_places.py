"""Places as a 改め文 names them: 第四条第二項第三号イ, 別表第一の七の項（十六）, 同条第一項, 第五号から第七号まで.

A place that begins lower than the one before it takes the rest from it; 同条, 同項, 同号, 同表 stand for its part. The eids are those of the
readers: the first 項 of an article has none of its own, others ``項2``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from archive.vocabulary.japanese_numerals import IROHA, NUMERAL, to_int

_N = rf"[{NUMERAL}]+"
_BRANCHED = rf"{_N}(?:の{_N}(?!の?[項条]))*"
_TOKEN = re.compile(
    rf"""(?P<table>別表(?:第(?P<tablenumber>{_N})(?:の(?P<tablebranch>{_N})(?!(?:の{_N})*の?項))?)?)
    |(?P<row>(?<=の)(?:第)?{_N}(?:の{_N})*の項|^{_N}(?:の{_N})*の項)(?:の?中欄|の?下欄|の?上欄)?
    |第(?P<article>{_N})条(?P<articlebranch>(?:の{_N})*)
    |第(?P<paragraph>{_N})項
    |第(?P<item>{_N})号(?P<itembranch>(?:の{_N})*)
    |(?P<bracket>[(]{_N}(?:の{_N})*[)])
    |(?P<mark>[{IROHA}])(?![ァ-ヺー])
    |(?P<supplement>附則)
    |(?P<same>同[条項号表]|同条)
    |(?P<unit>ただし書|前段|後段|各号列記以外の部分|見出し|備考|題名|目次|前文)
    |(?P<filler>の|及び|並びに|、)""",
    re.X,
)
_LIST = re.compile(r"、|及び|並びに")
_RANGE = re.compile(r"から(?P<last>.+?)まで$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place by its levels, "" where it goes no deeper."""

    table: str = ""
    row: str = ""
    article: str = ""
    paragraph: str = ""
    item: str = ""
    marks: tuple[str, ...] = ()
    unit: str = ""

    @property
    def parent(self) -> str:
        """The address of what holds the place, "" for the work itself."""
        return self.eid.rpartition("/")[0]

    @property
    def eid(self) -> str:
        """The address in its work."""
        paragraph = f"項{self.paragraph}" if self.paragraph not in ("", "1") else ""
        levels = (self.table, self.row, self.article, paragraph, self.item, *self.marks)
        return "/".join(level for level in levels if level)


def read_places(written: str, before: Spot) -> list[Spot]:
    """The places of a clause in order, ranges listed out; empty where a word of it is no part of a place."""
    spots: list[Spot] = []
    for piece in _LIST.split(written):
        if not piece:
            continue
        ranged = _RANGE.search(piece)
        first = _read(piece[: ranged.start()] if ranged else piece, spots[-1] if spots else before)
        if first is None:
            return []
        spots.append(first)
        if ranged:
            last = _read(ranged["last"], first)
            between = _between(first, last) if last is not None else None
            if between is None:
                return []
            spots += between
    return spots


def _read(piece: str, before: Spot) -> Spot | None:
    spot: Spot | None = None
    at = 0
    while at < len(piece):
        hit = _TOKEN.match(piece, at)
        if hit is None or hit.end() == at:
            return None
        at = hit.end()
        if not hit["filler"]:
            spot = _step(hit, before if spot is None else spot, is_first=spot is None)
            if spot is None:
                return None
    return spot


def _step(hit: re.Match[str], spot: Spot, *, is_first: bool) -> Spot | None:
    """The place after one more word of it; the first word says from where on the place before it holds."""
    if hit["table"]:
        number = str(to_int(hit["tablenumber"])) if hit["tablenumber"] else ""
        branch = f"_{to_int(hit['tablebranch'])}" if hit["tablebranch"] else ""
        return Spot(table=f"別表{number}{branch}")
    if hit["supplement"]:
        return Spot(table="附則")
    if hit["row"]:
        return Spot(table=spot.table, row=_number(hit["row"].removesuffix("の項"))) if spot.table else None
    if hit["article"]:
        table = spot.table if spot.table == "附則" else ""
        return Spot(table=table, article=_number(hit["article"] + hit["articlebranch"]))
    if hit["same"]:
        return _same(hit["same"][1], spot)
    if hit["paragraph"]:
        return (
            Spot(table=spot.table, article=spot.article, paragraph=_number(hit["paragraph"]))
            if spot.article
            else None
        )
    if hit["item"]:
        number = _number(hit["item"] + hit["itembranch"])
        return replace(spot, item=number, marks=(), unit="") if spot.article or spot.table else None
    if hit["bracket"] or hit["mark"]:
        mark = hit["mark"] or _number(hit["bracket"].strip("()"))
        if not (spot.item or spot.row):
            return None
        return replace(spot, marks=_placed(spot.marks, mark) if is_first else (*spot.marks, mark), unit="")
    return replace(spot, unit=hit["unit"])


def _same(level: str, spot: Spot) -> Spot | None:
    if level == "条":
        return Spot(table=spot.table, article=spot.article) if spot.article else None
    if level == "項":
        if spot.row:
            return Spot(table=spot.table, row=spot.row)
        return (
            Spot(table=spot.table, article=spot.article, paragraph=spot.paragraph) if spot.article else None
        )
    if level == "号":
        return replace(spot, marks=(), unit="") if spot.item else None
    return Spot(table=spot.table) if spot.table else None


def _placed(marks: tuple[str, ...], mark: str) -> tuple[str, ...]:
    """A mark that leans on the ones before it takes the place of the last of its kind: after イ, ロ; after イ(1), (2) is イ(2)."""
    for at in range(len(marks) - 1, -1, -1):
        if (marks[at] in IROHA) == (mark in IROHA):
            return (*marks[:at], mark)
    return (*marks, mark)


def _number(written: str) -> str:
    return "_".join(str(to_int(part)) for part in written.removeprefix("第").split("の") if part)


def _between(first: Spot, last: Spot) -> list[Spot] | None:
    """What comes after ``first`` through ``last``, where they differ in one number or one mark alone; None where they do not."""
    for level in ("row", "article", "paragraph", "item"):
        low, high = getattr(first, level), getattr(last, level)
        if low != high:
            is_same = _with(first, level, high) == last
            if not (is_same and low.isdigit() and high.isdigit() and 0 < int(high) - int(low) <= 60):
                return None
            return [_with(first, level, str(n)) for n in range(int(low) + 1, int(high) + 1)]
    if not first.marks or first.marks[:-1] != last.marks[:-1]:
        return None
    low, high = first.marks[-1], last.marks[-1]
    if low.isdigit() and high.isdigit() and 0 < int(high) - int(low) <= 60:
        names = [str(n) for n in range(int(low) + 1, int(high) + 1)]
    elif low in IROHA and high in IROHA and IROHA.index(low) < IROHA.index(high):
        names = list(IROHA[IROHA.index(low) + 1 : IROHA.index(high) + 1])
    else:
        return None
    return [replace(first, marks=(*first.marks[:-1], name)) for name in names]


def _with(spot: Spot, level: str, number: str) -> Spot:
    match level:
        case "row":
            return replace(spot, row=number)
        case "article":
            return replace(spot, article=number)
        case "paragraph":
            return replace(spot, paragraph=number)
        case _:
            return replace(spot, item=number)
