"""Editorial rules on the spelling of words: variants, blanks and hyphens inside them, kana that look alike."""

from __future__ import annotations

import re

from archive.vocabulary.folding import comparison_key
from diffing.difference import Difference


def same_key(difference: Difference) -> bool:
    """The words have one comparison key, seen with their neighbours (a pair such as すべて and 全て shares its last letter)."""
    before, after = difference.before_words(around=6), difference.after_words(around=6)
    return bool(difference.gone or difference.come) and comparison_key(before) == comparison_key(after)


# Words whose blank or hyphen carries the sense.
_TELLING_HYPHEN = frozenset(
    "resign recover reform release represent resent reserve redress recreation relay remark repose resort restrain retreat "
    "research recount recall recollect reprove resound retract unionized coop prosecution multiply coax".split()
)
_TELLING_FIRST = frozenset(
    "a an any no not non none in un im ir il dis may might with without out over under on all every some to for never".split()
)
_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[%‰°]")
_DASHES = frozenset("-‐‑–")


def joined_words(difference: Difference) -> bool:
    """The same letters, joined or parted by blanks or hyphens: data base, data-base, database; 5 %, 5%."""
    gone = [token for token in difference.gone if token not in _DASHES]
    come = [token for token in difference.come if token not in _DASHES]
    if not gone or not come or len(gone) == len(come) or "".join(gone).lower() != "".join(come).lower():
        return False
    if "".join(gone) != "".join(come) and any(any(c.isdigit() for c in token) for token in gone + come):
        return False
    parted = gone if len(gone) > len(come) else come
    if sum(any(c.isdigit() for c in token) for token in parted) > 1:
        return False
    hyphens = len(gone) != len(difference.gone) or len(come) != len(difference.come)
    if hyphens and any(c.isdigit() for token in parted for c in token):
        return False
    first = parted[0].lower()
    if first in _TELLING_FIRST and not (
        first == "non" and hyphens and len(parted) == 2 and len(parted[1]) > 3
    ):
        return False
    return "".join(gone).lower() not in _TELLING_HYPHEN


_ABBREVIATED = frozenset({"aka", "fka", "nka", "dba", "ie", "eg", "am", "pm"})


_DOTTED = re.compile(r"[A-Za-z](?:\.[A-Za-z])+\.?")


def dotted_abbreviation(difference: Difference) -> bool:
    """One abbreviation with its points and without: U.S., US; a.k.a., aka."""
    plain, dotted = sorted((difference.before_words(), difference.after_words()), key=len)
    return (
        bool(_DOTTED.fullmatch(dotted))
        and dotted.replace(".", "") == plain.rstrip(".")
        and (plain.isupper() or plain.rstrip(".") in _ABBREVIATED)
    )


_KANA_TWINS = frozenset(frozenset(pair) for pair in ("へヘ", "べベ", "ぺペ", "りリ"))
# Kanji and dashes that stand for a katakana letter inside a katakana word.
_KANJI_FOR_KANA = {
    "工": "エ",
    "力": "カ",
    "口": "ロ",
    "夕": "タ",
    "卜": "ト",
    "二": "ニ",
    "八": "ハ",
    "三": "ミ",
    "才": "オ",
    "千": "チ",
    "一": "ー",
    "―": "ー",
}
_KATAKANA = re.compile(r"[ァ-ヶー]")


def look_alike_kana(difference: Difference) -> bool:
    """A kana for its twin of the other script, or a kanji that stands for a kana within a katakana word."""
    before, after = difference.before_words(around=6), difference.after_words(around=6)
    if before == after or len(before) != len(after):
        return False
    for at, (one, other) in enumerate(zip(before, after, strict=True)):
        if one == other or frozenset((one, other)) in _KANA_TWINS:
            continue
        kanji, kana = (one, other) if one in _KANJI_FOR_KANA else (other, one)
        if _KANJI_FOR_KANA.get(kanji) != kana:
            return False
        neighbours = (before[at - 1 : at], before[at + 1 : at + 2])
        inside = bool(_KATAKANA.match(neighbours[0]) and _KATAKANA.match(neighbours[1]))
        ending = (
            kana == "ー"
            and bool(re.search(r"[ァ-ヶ]{2}$", before[:at]))
            and not re.match(r"[ァ-ヶ々一-龯\d]", neighbours[1] or "の")
        )
        starting = (
            kana in "エロ"
            and bool(re.match(r"[ァ-ヶ][ァ-ヶー]", before[at + 1 : at + 3]))
            and not re.search(r"[ァ-ヶ一-龯\d]$", before[:at])
        )
        if not (inside or ending or starting):
            return False
    return True


def long_vowel(difference: Difference) -> bool:
    """A loan word of three letters or more written with or without ー at its end (コンピュータ, コンピューター)."""
    if len(difference.gone) != 1 or len(difference.come) != 1:
        return False
    short, long = sorted((difference.gone[0], difference.come[0]), key=len)
    return long == short + "ー" and len(short) >= 3 and all(_KATAKANA.match(letter) for letter in short)
