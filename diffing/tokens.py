"""Texts as tokens: what a reader takes as one piece, and a redline must not cut.

A token is a word, a number with its sign, separators and power, a control number, a citation, a date, or one mark. Japanese
and Chinese have no blanks, so there a token is one character, but a run of katakana, of Latin letters or of a numeral.
"""

from __future__ import annotations

import re
from functools import lru_cache

from archive.vocabulary.folding import SPELLINGS, comparison_key

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan\\.|Feb\\.|Mar\\.|Apr\\.|Aug\\.|Sept?\\.|Oct\\.|Nov\\.|Dec\\.|"
    "Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "januari|februari|maart|mei|juni|juli|augustus|oktober"
)
_KANJI = "〇零一二三四五六七八九十百千万萬億亿兆"
_PLACE = "〇零一二三四五六七八九"

_PIECES: tuple[tuple[str, str], ...] = (
    ("blank", r"\s+"),
    # Most words, found before anything rarer is tried: no month before a number, nothing that goes on after the letters.
    ("word", r"[A-Za-z]?[a-z]++(?=[,;]| \D)"),
    ("date", rf"(?:(?:{_MONTHS}) \d{{1,2}}, \d{{4}}|\d{{1,2}}\.? (?:{_MONTHS}) \d{{4}})\b"),
    ("date", r"\d{4}-\d{2}-\d{2}\b|\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})\b|\d{4}年\d{1,2}月\d{1,2}日"),
    ("date", rf"(?:明治|大正|昭和|平成|令和)[{_KANJI}元\d]+年(?:[{_KANJI}\d]+月(?:[{_KANJI}\d]+日)?)?"),
    ("date", rf"[{_KANJI}]+年[{_KANJI}]+月[{_KANJI}]+日"),
    (
        "citation",
        r"\d+ (?:FR|CFR|U\.S\.C\.|USC|Fed\. Reg\.|Stat\.) \d+(?:[.-]\d+)*[a-z]?(?:\([A-Za-z0-9]{1,5}\))*",
    ),
    ("code", r"(?:\d[A-E]\d{3}|[A-Z]{2}\d{3,4})(?:\.(?:[a-z]{1,2}|\d{1,3})(?![A-Za-z0-9]))*(?![A-Za-z0-9])"),
    ("reference", r"\d+(?:\.\d+)*[a-z]?(?:\((?:[A-Za-z]{1,4}|\d{1,3})\))+"),
    ("reference", r"(?:\((?:[A-Za-z]|[ivxlcIVXLC]{1,5}|\d{1,3})\))+"),
    ("power", r"(?:(?<![\w)\]])[-−–])?\d+(?:[.,]\d+)* ?[×x·] ?10\^[-−–]?\d+"),
    ("number", r"(?:(?<![\w)\]/])[-−–])?(?:\d+(?:[.,:/·]\d+)*|\.\d+)(?:\^[-−–]?\d+(?:[./]\d+)*)?[%‰]?"),
    (
        "numeral",
        rf"[{_PLACE}]{{1,3}}(?:、[{_PLACE}]{{3}}(?![{_PLACE}]))+(?:・[{_PLACE}]+)?|[{_KANJI}]+(?:・[{_KANJI}]+)?",
    ),
    ("katakana", r"[ァ-ヺヽヾ][ァ-ヺー-ヾ]*"),
    ("ideograph", r"[\u3005-\u3007\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"),
    (
        "word",
        r"(?:[^\W\d_\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]|(?<=\w)[0-9])+(?:['’](?:[A-Za-zÀ-ÿ])+)*(?:\^-?\w+|_\w+)?",
    ),
    ("comparator", r"[<>]=|\.\.\."),
    ("mark", r"."),
)
_TOKEN = re.compile("|".join(pattern for _, pattern in _PIECES), re.DOTALL)


def tokenize(text: str) -> list[str]:
    """All tokens, blanks among them; joined they are the text."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=1 << 16)
def fold_token(token: str) -> str:
    """The comparison key of one token ("" for a blank)."""
    if token.isascii() and token.isalnum() and token not in SPELLINGS:
        return token
    return comparison_key(token)


_UNIT_OF_LIKENESS = re.compile(
    r"[\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]|_"
)
# The same of a text of ASCII, found in half the time: its letters are told by two ranges.
_UNIT_OF_ASCII = re.compile(r"[A-Za-z]++(?:'[A-Za-z]++)*|\d++(?:[.,]\d+)*|[^\w\s]|_")


@lru_cache(maxsize=1 << 12)
def likeness_tokens(key: str) -> tuple[str, ...]:
    """Words, numbers and punctuation of a comparison key; single characters in Japanese and Chinese."""
    return tuple((_UNIT_OF_ASCII if key.isascii() else _UNIT_OF_LIKENESS).findall(key))


# Words that every provision has: two texts are not alike for sharing them.
_COMMON = frozenset(
    "a an and any are as at be by for from has have if in is it its no of on or other such that the their this to was which with "
    "der die das des dem den ein eine einer eines und oder in im von vom zu zur zum mit auf für nach bei ist sind wird werden "
    "le la les l un une des du de d et ou en à au aux par pour sur est sont que qui dans "
    "het een en of van voor met op in te ten ter aan door is zijn wordt worden bij dat die".split()
)
_FORM_WORDS = frozenset("的之和或及与在为对等其以于者也")
_TELL_NOTHING = _COMMON | _FORM_WORDS


def content_tokens(key: str) -> list[str]:
    """The tokens of a key that tell it from another, in lower case: no punctuation, no articles, no hiragana.

    Falls back on all tokens where nothing else is there.
    """
    tokens = list(map(str.lower, likeness_tokens(key)))
    telling = [token for token in tokens if token not in _TELL_NOTHING and (len(token) > 1 or _tells(token))]
    return telling or tokens


def _tells(character: str) -> bool:
    return character.isalnum() and not "\u3041" <= character <= "\u309f"
