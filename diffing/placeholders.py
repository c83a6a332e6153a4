"""What stands where a text was or will be: ``[Reserved]``, 削除, (weggefallen) and their kin."""

from __future__ import annotations

import re
from functools import lru_cache

_MARKS = r"(?:[\s.,()§–-]|\b[a-zA-Z]{1,2}\b|\b\d+\b|\b(?:through|to|and|bis|und|à|et|tot|en|t/m)\b)*"
_PLACEHOLDER = re.compile(
    rf"{_MARKS}(?:"
    r"\[(?:reserved|removed and reserved|removed|repealed|deleted|omitted|not used|spare)\.?\]"
    r"|\((?:reserved|repealed|deleted|omitted|weggefallen|aufgehoben|gestrichen|entfallen|abrogée?s?|supprimée?s?|vervallen|geschrapt)\)"
    r"|\[(?:weggefallen|aufgehoben|gestrichen|entfallen|abrogée?s?|supprimée?s?|vervallen|geschrapt)\]"
    r"|reserved|repealed|weggefallen|aufgehoben|abrogé|supprimé|vervallen|not used"
    r"|(?:\. ?){4,}"
    r")[.;]?",
    re.IGNORECASE,
)
_IDEOGRAPHIC = re.compile(
    r"[第条項号章節款项节の、及び並から至まで〇一二三四五六七八九十百千\dイ-ン\s]*[（(〔]?(?:削除|删除|刪除|廃止|廢止|废止)[）)〕]?[。]?"
)


@lru_cache(maxsize=1 << 15)
def is_placeholder(key: str) -> bool:
    """Whether a comparison key says only that nothing is there; number marks and ranges before it do not count.

    >>> is_placeholder("[Reserved]"), is_placeholder("b. through x. [Reserved]"), is_placeholder("三から五まで削除")
    (True, True, True)
    >>> is_placeholder("Reserved seats are not controlled")
    False
    """
    if not key or len(key) > 80:
        return False
    return bool(_PLACEHOLDER.fullmatch(key) or _IDEOGRAPHIC.fullmatch(key))
