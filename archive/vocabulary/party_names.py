"""Names of companies and persons made comparable: without legal form, accents, punctuation and script of their own.

What is left tells one party from another: "Sky-Ore Trading Co., Ltd." and "SKY ORE TRADING COMPANY LIMITED" are one key, and so are
"ООО «Небесная руда»" and its transliteration "OOO Nebesnaya Ruda". Chinese, Japanese and Korean names stay in their script.
"""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = dict(
    zip("абвгдезийклмнопрстуфъыьэіїєґў", ["a", "b", "v", "g", "d", "e", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "", "y", "", "e", "i", "yi", "ye", "g", "u"], strict=True)
) | {"ё": "yo", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya"}  # fmt: skip
_GREEK = dict(zip("αβγδεζηικλμνξοπρστυφω", "avgdeziiklmnxoprstyfo", strict=True)) | {
    "θ": "th",
    "χ": "ch",
    "ψ": "ps",
    "ς": "s",
}
_TRANSLITERATION = str.maketrans(
    _CYRILLIC | _GREEK | {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
)

# Legal forms, and words that stand with them, in the order of length: they say what a company is, not which.
_FORMS = frozenset(
    """ltd limited inc incorporated corp corporation co company llc llp lp plc gmbh ag kg kgaa ohg ug se eg ev mbh sa sas sasu sarl eurl snc spa srl sl sau slu nv bv vof cv
    pte pty sdn bhd tbk pt kk yk gk oy oyj ab as asa aps kft zrt bt nyrt doo dd ad ead eood ood sro as zoo spzoo sp oo ooo oao zao pao ao tov too chp ip fze fzc fzco fzllc dmcc wll bsc psc pjsc ojsc cjsc jsc
    tas sti san tic anonim sirketi limitet est establishment bros sons the and und et of for""".split()
)  # fmt: skip
_WIDE_FORMS = re.compile(
    r"股份有限公司|有限责任公司|有限責任公司|有限公司|集团公司|集團公司|总公司|總公司|集团|集團|公司|株式会社|有限会社|合同会社|合資会社|株式會社|주식회사|유한회사|\(株\)|\(有\)|㈱|㈲"
)
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.\s?){2,}")
_WORD = re.compile(r"[^\W_]+")
_GLUE = re.compile(r"['’`´]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def party_key(name: str) -> str:
    """The words of ``name`` that tell it from others, folded and in order, with a blank between; the folded name itself where it is
    nothing but a legal form."""
    text = unicodedata.normalize("NFKC", name).casefold()
    text = _DOTTED.sub(lambda hit: hit[0].replace(".", "").replace(" ", "") + " ", text)
    text = _GLUE.sub("", text.replace("&", " and "))
    text = unicodedata.normalize("NFC", text).translate(_TRANSLITERATION)
    bare = text
    if not text.isascii():  # most names and nearly all law text is
        bare = unicodedata.normalize("NFC", _NOT_ASCII.sub(_unmarked, unicodedata.normalize("NFD", text)))
    words = _WORD.findall(_WIDE_FORMS.sub(" ", bare))
    kept = [word for word in words if word not in _FORMS]
    return " ".join(kept or words or _WORD.findall(bare))


def _unmarked(letter: re.Match[str]) -> str:
    return "" if unicodedata.combining(letter[0]) and ord(letter[0]) <= 0x2FFF else letter[0]
