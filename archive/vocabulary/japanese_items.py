"""Items of the Japanese lists: ``輸出令/別表1/7/16``, ``外為令/別表/7/2``, ``貨物等省令/6/16_4/イ/1/1``.

The Export Trade Control Order lists goods in its appended table 1, the Foreign Exchange Order technologies in its appended
table, the ministerial order says what exactly by article, item, iroha mark, bracket and number. A branch number (の) is ``_``.
"""

from __future__ import annotations

import re

from archive.vocabulary.japanese_numerals import IROHA

GOODS = "輸出令/別表1"
TECHNOLOGY = "外為令/別表"
ORDINANCE = "貨物等省令"
DESTINATIONS = {"3": "輸出令/別表3", "3_2": "輸出令/別表3_2", "4": "輸出令/別表4", "2_4": "輸出令/別表2_4"}
"""Lists of destinations among the appended tables of the Export Trade Control Order, by their number."""

_CANONICAL = re.compile(
    rf"(?:輸出令/別表[1-9][0-9]*(?:_[0-9]+)*|外為令/別表|貨物等省令)(?:/(?:[0-9]+(?:_[0-9]+)*|[{IROHA}]))*"
)


def parse_japanese_item(text: str) -> str | None:
    """The canonical path, None where ``text`` is none. What a law prints (``別表第一の七の項（十六）``) is read by
    ``diffing.touches.japanese``, since it may be a list."""
    return text if _CANONICAL.fullmatch(text) else None
