"""Editorial rules on the spelling of words: variants, blanks and hyphens inside them, kana that look alike."""

from __future__ import annotations

import re
import unicodedata

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
    "a an any no not non none in un im ir il dis may might with without out over under on all every some to for never "
    "is the now at as be he we you they there here this that these those one it its has had was are".split()
)
# Words that end another one into another sense: use less, useless; hand out, handout.
_TELLING_SECOND = frozenset("less able here land out off body one thing time times".split())
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
    if not hyphens and parted[-1].lower() in _TELLING_SECOND:
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


# Where ß and ss make two words: measures and mass, penance and buses, the scion and the lap.
_TELLING_SHARP = ("maß", "maße", "maßen", "buße", "bußen", "floße", "ruße", "rußen", "schoß", "schoße")


def sharp_s(difference: Difference) -> bool:
    """One German word with ß and with ss, as the reform of 1996 and Swiss spelling have it, where that is no second word."""
    if len(difference.gone) != 1 or len(difference.come) != 1:
        return False
    one, other = difference.gone[0], difference.come[0]
    sharp = (one if "ß" in one else other).lower()
    return (
        one != other
        and "ß" in sharp
        and one.replace("ß", "ss") == other.replace("ß", "ss")
        and not sharp.endswith(_TELLING_SHARP)
    )


_ENDING = r"(?:e|ed|es|er|ers|ing|able|ation|ations|ational)"
_BRITISH = re.compile(rf"([a-z]{{3,}})(?:(i|y)[sz])({_ENDING}(?:['’]s)?)", re.IGNORECASE)


def british_ending(difference: Difference) -> bool:
    """One English word in -ise and -ize, -yse and -yze: ionised, ionized; paralyse, paralyze."""
    if len(difference.gone) != 1 or len(difference.come) != 1:
        return False
    one, other = (_BRITISH.fullmatch(token) for token in (difference.gone[0], difference.come[0]))
    return one is not None and other is not None and one.groups() == other.groups()


_BARE_CAPITALS = str.maketrans("ÀÂÇÉÈÊËÎÏÔÙÛÜ", "AACEEEEIIOUUU")


def accented_capital(difference: Difference) -> bool:
    """A French word whose first capital has its accent or not: État, Etat; À défaut, A défaut."""
    if len(difference.gone) != 1 or len(difference.come) != 1:
        return False
    one, other = re.sub("^[ldLD]['’]", "", difference.gone[0]), re.sub("^[ldLD]['’]", "", difference.come[0])
    if one == other or one[1:] != other[1:] or not (one[:1].isupper() and other[:1].isupper()):
        return False
    if "Ü" in one[:1] + other[:1] or len(one) == 1 and {one, other} != {"A", "À"}:
        return False
    return one[0].translate(_BARE_CAPITALS) == other[0].translate(_BARE_CAPITALS)


_SMALL_KANA = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ")


def small_kana(difference: Difference) -> bool:
    """A loan word whose small kana are written large, as statutes did until 1988: デイスク, ディスク."""
    if len(difference.gone) != 1 or len(difference.come) != 1:
        return False
    one, other = difference.gone[0], difference.come[0]
    return (
        len(one) == len(other) >= 3
        and all(_KATAKANA.match(letter) for letter in one + other)
        and one.translate(_SMALL_KANA) == other.translate(_SMALL_KANA)
    )


_COMPATIBLE = re.compile("[\u2160-\u217f\u3380-\u339f\u33c4\u33c8]")


def one_sign(difference: Difference) -> bool:
    """A unit or a numeral set in one sign and in letters: ㎜, mm; Ⅱ, II. Squares and cubes are no part of it."""
    before, after = "".join(difference.gone), "".join(difference.come)
    if bool(_COMPATIBLE.search(before)) == bool(_COMPATIBLE.search(after)):
        return False
    return unicodedata.normalize("NFKC", before) == unicodedata.normalize("NFKC", after)
