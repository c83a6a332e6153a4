"""Editorial rules on the same words in another dress: punctuation, case, typographic forms, misspellings.

The words of both sides have to be the same, one by one; what stands between them may differ where it only punctuates.
"""

from __future__ import annotations

import re

from rapidfuzz.distance import OSA

from archive.vocabulary.common_words import COMMON_WORDS
from archive.vocabulary.editorial_pairs import MISSPELLINGS
from diffing.difference import Difference
from diffing.tokens import fold_token

_PUNCTUATION = frozenset(".,;:!?()[]{}-–—―‐‑…、。，．；：！？（）［］｛｝・〔〕【】•¶") | {"..."}
_DASHES = frozenset("-–—―‐‑")
_QUOTES = frozenset("\"'“”„‟‘’‚‛«»‹›「」『』")
# Guillemets are the double quotation marks of French and German, the single angles their single ones.
_SORTS = dict.fromkeys('"“”„‟«»', '"') | dict.fromkeys("'‘’‚‛‹›", "'") | {mark: mark for mark in "「」『』"}
_BRACKETS = {"(": "(", "（": "(", ")": ")", "）": ")", "[": "(", "［": "(", "]": ")", "］": ")"}
_OPERATORS = frozenset("+×*/=^√÷∫Σ<>≤≥±") | {"−"}
_LISTING = frozenset(",;、，；")
_REFERENCE = re.compile(r"(?:\([A-Za-z0-9]{1,5}\))+")
_NUMERIC = re.compile(r"[-−–.]?\d|[〇零一二三四五六七八九十百千万]|\(\w|\w$")

_KANJI_NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千万]")
_MARK = "("  # stands before a word that was a bracketed mark: (a) and (A) are two paragraphs

_MISSPELT = {variant: row[0] for row in MISSPELLINGS for variant in row[1:]}


def same_words(difference: Difference) -> bool:
    """Word for word the same, but for case where case is style, typographic forms, listed misspellings and punctuation."""
    gone, come = _words(difference.gone), _words(difference.come)
    if len(gone) != len(come):
        return False
    if not all(_same_word(one, other, difference) for one, other in zip(gone, come, strict=True)):
        return False
    return _only_punctuates(difference)


def _words(tokens: tuple[str, ...]) -> list[str]:
    """The tokens without punctuation; the marks of ``(a)`` and ``a)`` are both ``a``."""
    words: list[str] = []
    for token in tokens:
        if token in _PUNCTUATION or token in _QUOTES:
            continue
        if _REFERENCE.fullmatch(token):
            words += [_MARK + mark for mark in re.findall(r"[A-Za-z0-9]+", token)]
        else:
            words.append(fold_token(token))
    return words


def _same_word(one: str, other: str, difference: Difference) -> bool:
    if _MARK in (one[:1], other[:1]):
        return one.lstrip(_MARK) == other.lstrip(_MARK)
    return (
        one == other
        or _typographic(one, other, difference)
        or _ampersand(one, other, difference)
        or _misspelt(one, other)
        or (one.lower() == other.lower() and _case_is_style(one, other, difference))
    )


def _misspelt(one: str, other: str) -> bool:
    """A plain typing mistake: a listed one, or one letter wrong inside a common word that no other word resembles."""
    if _MISSPELT.get(one.lower()) == other.lower() or _MISSPELT.get(other.lower()) == one.lower():
        return True
    if (one in COMMON_WORDS) == (other in COMMON_WORDS) or not (one.isalpha() and other.isalpha()):
        return False
    return one[0] == other[0] and one[-2:] == other[-2:] and OSA.distance(one, other) == 1


_FORMS = {
    "μ": "µ", "℃": "°C", "℉": "°F", "…": "...", "№": "No.", "½": "1/2", "¼": "1/4", "¾": "3/4", "ﬁ": "fi", "ﬂ": "fl",
    "≥": ">=", "≧": ">=", "≤": "<=", "≦": "<=", "＞": ">", "＜": "<", "％": "%", "²": "^2", "³": "^3", "⁻": "^-", "⁶": "^6",
}  # fmt: skip


def _typographic(one: str, other: str, difference: Difference) -> bool:
    """Another form of one sign: × for x between numbers, μ for µ, ≥ for >=."""
    if {one.lower(), other.lower()} <= {"x", "×", "✕", "*"} and "×" in (one, other):
        return bool(
            difference.left
            and difference.right
            and difference.left[-1][-1].isdigit()
            and difference.right[0][0].isdigit()
        )
    return _form(one) == _form(other)


def _form(word: str) -> str:
    for variant, form in _FORMS.items():
        if variant in word:
            word = word.replace(variant, form)
    return word


def _ampersand(one: str, other: str, difference: Difference) -> bool:
    """& for and within a name: capitals on both sides of it."""
    if {one.lower(), other.lower()} != {"and", "&"} or len(difference.gone) != 1 or len(difference.come) != 1:
        return False
    return bool(
        difference.left
        and difference.right
        and difference.left[-1][:1].isupper()
        and difference.right[0][:1].isupper()
    )


# Words of up to three letters that mean the same in capitals; all other short ones may be symbols (CO, Co; mm, MM).
_SHORT = frozenset(
    "the and for of to in on by at an or any all no not new old use see per via is be as its if may end act co ltd inc llc plc "
    "pvt pte sdn bhd st rd ave der die das des dem den ein und oder von vom zu zur mit auf le la les du de et ou en au aux par "
    "een het van of op te bis has had are was who how why two one".split()
)
# Words that are another word in capitals, and units that are another unit.
_SENSE = frozenset(
    "may march august us it who aids turkey china polish chad jordan mali guinea georgia job lima mobile nice".split()
)
_UNITS = re.compile(
    r"[yzafpnumkdhMGTPEZYKH]?(?:w|v|a|hz|b|bit|byte|bits|bytes|bps|pa|j|ev|n|m|g|s|l|t|k|f|c|ohm|bar|mol|gy|sv|bq|ci|flops|"
    r"var|va|wh|wt)",
    re.IGNORECASE,
)
_ROMAN = re.compile(r"[ivxlcdm]{1,5}", re.IGNORECASE)


def _case_is_style(one: str, other: str, difference: Difference) -> bool:
    """Whether a capital is a matter of style here. Codes, symbols, units, single letters and roman numerals are not."""
    word = one.lower()
    if any(character.isdigit() for character in word) or word in _SENSE:
        return False
    after_number = bool(difference.left) and difference.left[-1][-1:].isdigit()
    if word == "co":  # Co., Ltd.; without a point cobalt or carbon monoxide
        return difference.right[:1] in ((".",), (",",))
    if word in ("a", "à"):
        return bool(difference.right) and len(difference.right[0]) > 1 and difference.right[0].isalpha()
    if _UNITS.fullmatch(word) and (after_number or len(word) <= 3):
        return word in _SHORT and not after_number
    if _ROMAN.fullmatch(word) and word not in ("mix", "did", "civil", "mild", "dim"):
        return False
    return len(word) > 3 or word in _SHORT


def _only_punctuates(difference: Difference) -> bool:
    """Whether the marks that differ are no more than punctuation where they stand."""
    gone = [token for token in difference.gone if token in _PUNCTUATION or token in _QUOTES]
    come = [token for token in difference.come if token in _PUNCTUATION or token in _QUOTES]
    if sorted(filter(None, map(_sort, gone))) != sorted(filter(None, map(_sort, come))):
        return False
    left = difference.left[-1] if difference.left else ""
    right = difference.right[0] if difference.right else ""
    numbers = bool(_NUMERIC.match(left) and _NUMERIC.match(right)) and not _words(difference.gone)
    if numbers and not set(gone) | set(come) <= _LISTING:
        return False
    if {"・", "―", "-"} & ({*gone} ^ {*come}) and (_KANJI_NUMERAL.match(left) or _KANJI_NUMERAL.match(right)):
        return False  # 一・三・五―: the places of a chemical name
    dashes = [sum(token in _DASHES for token in marks) for marks in (gone, come)]
    if (
        dashes[0] != dashes[1]
        and right.lstrip("-−–")[:1].isdigit()
        and (not left or difference.blank_before() or not left[-1].isalnum())
    ):
        return False
    return _brackets_stay(difference)


def _sort(token: str) -> str:
    """The sort of a quotation mark, "" for any other token."""
    return _SORTS.get(token, "")


def _brackets_stay(difference: Difference) -> bool:
    """Brackets may come or go, or change their shape; they may not group other words than before, nor stand in a formula."""
    if not any(token in _BRACKETS for token in difference.gone + difference.come):
        return True
    compared = difference.compared
    if any(token in _OPERATORS for token in (*difference.left[-2:], *difference.right[:2])):
        return False
    gone = [_BRACKETS[t] for h in compared.hunks for t in compared.before[h.i1 : h.i2] if t in _BRACKETS]
    come = [_BRACKETS[t] for h in compared.hunks for t in compared.after[h.j1 : h.j2] if t in _BRACKETS]
    shape = [_BRACKETS[token] for token in difference.gone if token in _BRACKETS]
    return shape == [_BRACKETS[token] for token in difference.come if token in _BRACKETS] or not (
        gone and come
    )
