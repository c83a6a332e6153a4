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
_TELLING_DASH = frozenset({("peut", "être")})  # perhaps; can be
_NUMERIC = re.compile(r"[-−–.]?[$€£¥]?\d|[$€£¥]$|[〇零一二三四五六七八九十百千万]|\(\w|\w$")

_CURRENCIES = frozenset("$€£¥")
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
        one, other = one.lstrip(_MARK), other.lstrip(_MARK)
        return one == other or (one.lower() == other.lower() and _in_capitals(difference))
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
        begins = not difference.left or not difference.left[-1].isalnum() or _in_capitals(difference)
        return (
            begins
            and bool(difference.right)
            and len(difference.right[0]) > 1
            and difference.right[0].isalpha()
        )
    if len(word) < 4 and one.isupper() != other.isupper() and not _in_capitals(difference):
        return False  # AT is a reason for control, at is a word
    if _UNITS.fullmatch(word) and (after_number or len(word) <= 3):
        return word in _SHORT and not after_number
    if _ROMAN.fullmatch(word) and word not in ("mix", "did", "civil", "mild", "dim"):
        return False
    return len(word) > 3 or word in _SHORT


def _in_capitals(difference: Difference) -> bool:
    """Whether the words around are set in capitals on one side, as in a heading."""
    hunk, compared = difference.hunk, difference.compared
    around = (
        compared.before[max(0, hunk.i1 - 6) : hunk.i2 + 6],
        compared.after[max(0, hunk.j1 - 6) : hunk.j2 + 6],
    )
    return any(
        len(token) > 4 and token.isalpha() and token.isupper() for tokens in around for token in tokens
    )


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
    if (left.lower(), right.lower()) in _TELLING_DASH:
        return False
    dashes = [sum(token in _DASHES for token in marks) for marks in (gone, come)]
    if (
        dashes[0] != dashes[1]
        and (right.lstrip("-−–$€£¥")[:1].isdigit() or right in _CURRENCIES)
        and (not left or difference.blank_before() or not left[-1].isalnum())
    ):
        return False
    if dashes[0] != dashes[1] and _range_to_list(difference, right):
        return False
    return _brackets_stay(difference) and not _brackets_bind(difference)


def _range_to_list(difference: Difference, right: str) -> bool:
    """Whether a dash and a comma stand for one another where the dash may be a range: Monday-Friday, 5 nm - 10 nm.

    A dash between blanks before a word is one of style: the fee — if any — is due.
    """
    if not {",", ";", "、", "，"} & {*difference.gone, *difference.come}:
        return False
    hunk, compared = difference.hunk, difference.compared
    blanks, tokens, first = (
        (compared.before_blanks, compared.before, hunk.i1)
        if _DASHES & {*difference.gone}
        else (compared.after_blanks, compared.after, hunk.j1)
    )
    at = next((k for k in range(first, len(tokens)) if tokens[k] in _DASHES), first)
    return not blanks[at] or right[:1].isdigit() or right in _CURRENCIES


_BINDING = frozenset("and or not no nor non either both und oder nicht et ou ni en of niet".split())


def _brackets_bind(difference: Difference) -> bool:
    """Whether brackets that came or went hold an *and* or an *or* together beside another: not (lasers or masks)."""
    hunk, compared = difference.hunk, difference.compared
    for tokens, first, last in ((compared.before, hunk.i1, hunk.i2), (compared.after, hunk.j1, hunk.j2)):
        for at in range(first, last):
            if _BRACKETS.get(tokens[at]) == "(":
                end = next((k for k in range(at, len(tokens)) if _BRACKETS.get(tokens[k]) == ")"), at)
                inside = {token.lower() for token in tokens[at + 2 : end]}
                outside = {
                    token.lower() for token in (*tokens[max(0, at - 1) : at], *tokens[end + 1 : end + 2])
                }
                if inside & _BINDING and outside & _BINDING:
                    return True
    return False


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
