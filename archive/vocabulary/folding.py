"""The comparison key: what counts as the same text.

Two texts with equal keys are one text for a lawyer; everything else is a difference that has to be told. The table
:data:`FOLDINGS` names each folding with an example that folds, a near miss that does not, and the reason; the tests run it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from archive.vocabulary import editorial_pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Folding:
    """One difference that the key does not see: ``example`` are two texts with one key, ``counter`` two with different keys."""

    name: str
    example: tuple[str, str]
    counter: tuple[str, str]
    reason: str


FOLDINGS: tuple[Folding, ...] = (
    Folding(
        name="composition",
        example=("Türkiye", "Tu\u0308rkiye"),
        counter=("Türkiye", "Turkiye"),
        reason="Unicode has two spellings of one letter (NFC); an accent that is absent is another spelling",
    ),
    Folding(
        name="white space",
        example=("a  license\u00a0is\u2009required ", "a license is required"),
        counter=("a license", "alicense"),
        reason="publishers set NBSP, thin spaces and runs of blanks at will; no blank at all is another text",
    ),
    Folding(
        name="line breaks",
        example=("Acme Co.\nBeijing", "Acme Co. Beijing"),
        counter=("Acme Co.\nBeijing", "Acme Co.Beijing"),
        reason="breaks inside cells come and go with the typesetter",
    ),
    Folding(
        name="blanks between ideographs",
        example=("第一条　この法律", "第一条この法律"),
        counter=("二 三", "二三"),
        reason="Japanese and Chinese set no blanks between words; between two numerals a blank separates numbers",
    ),
    Folding(
        name="soft hyphens",
        example=("semi\u00adconductor", "semiconductor"),
        counter=("semi-conductors", "semi conductors"),
        reason="a soft hyphen or a zero-width character shows nothing",
    ),
    Folding(
        name="dashes between words",
        example=("dual‑use items — see below", "dual-use items - see below"),
        counter=("dual-use", "dual use"),
        reason="GPO turned en dashes into hyphens in the back collection on 2024-03-26; a missing dash is another text",
    ),
    Folding(
        name="sign before a digit",
        example=("−40 °C to –20 °C", "-40 °C to -20 °C"),
        counter=("−40 °C", "40 °C"),
        reason="minus, hyphen and en dash before a digit are one sign; without it the limit is another",
    ),
    Folding(
        name="double quotation marks",
        example=("“specially designed”", '"specially designed"'),
        counter=("“specially designed”", "'specially designed'"),
        reason="curly and straight are one mark; in the CCL “…” is defined in part 772 and '…' in the entry itself",
    ),
    Folding(
        name="single quotation marks",
        example=("‘interconnect’", "'interconnect'"),
        counter=("5′", "5'"),
        reason="curly and straight are one mark; a prime is a unit",
    ),
    Folding(
        name="width",
        example=("３Ａ０９０ ｶﾞｽ", "3A090 ガス"),
        counter=("５．０", "５，０"),
        reason="full and half width of letters and digits are one character; points and commas between digits never fold",
    ),
    Folding(
        name="wave dash",
        example=("一〜三", "一～三"),
        counter=("一〜三", "一、三"),
        reason="Shift_JIS 0x8160 was mapped to two code points",
    ),
    Folding(
        name="Japanese spelling pairs",
        example=("すべての貨物および技術であつて", "全ての貨物及び技術であって"),
        counter=("次に掲げるもの", "次に掲げる者"),
        reason="official spelling changed without the law changing; もの, 物 and 者 are different words of law",
    ),
    Folding(
        name="Chinese spelling pairs",
        example=("其它物项", "其他物项"),
        counter=("应当", "可以"),
        reason="variant characters of one word",
    ),
    Folding(
        name="English spelling pairs",
        example=("a re-export licence", "a reexport license"),
        counter=("re-sign", "resign"),
        reason="one word, two spellings, by list",
    ),
    Folding(
        name="German spelling pairs",
        example=("daß er muß", "dass er muss"),
        counter=("Maße", "Masse"),
        reason="the reform of 1996, by list",
    ),
    Folding(
        name="French spelling pairs",
        example=("mise en oeuvre", "mise en œuvre"),
        counter=("pécheur", "pêcheur"),
        reason="ligatures and the optional circumflex of 1990, by list",
    ),
    Folding(
        name="Dutch spelling pairs",
        example=("produkten", "producten"),
        counter=("invoer", "uitvoer"),
        reason="the preferred spelling of 1995, by list",
    ),
)

_BLANKS = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"

_CHARACTERS: dict[str, str] = (
    dict.fromkeys(_BLANKS, " ")
    | dict.fromkeys(_INVISIBLE, "")
    # Hyphen, non-breaking hyphen, figure dash, en dash, minus, small and full-width hyphen-minus: one dash, one sign.
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-")
    | dict.fromkeys("“”„‟", '"')
    | dict.fromkeys("‘’‚‛", "'")
    | {
        chr(code): chr(code - 0xFEE0)
        for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
    }
    | {"\u301c": "～"}
)
_FOLDED = frozenset(_CHARACTERS)

_RUNS = re.compile(r"  +")
# Em dash and horizontal bar are dashes between words; before a digit they are no minus sign and stay what they are.
_LONG_DASH = re.compile(r"[\u2014\u2015](?! ?\d)")
_HALF_WIDTH_KANA = re.compile(r"[\uff66-\uff9f]+")
_IDEOGRAPH = (
    r"[\u3001-\u3003\u3005-\u301b\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff，；：（）［］。]"
)
_NUMERAL = "[〇零一二三四五六七八九十百千万億兆]"
_BLANK_BETWEEN_IDEOGRAPHS = re.compile(
    rf"(?<={_IDEOGRAPH})(?<!{_NUMERAL}) (?={_IDEOGRAPH})|(?<={_IDEOGRAPH}) (?!{_NUMERAL})(?={_IDEOGRAPH})"
)
_SMALL_TSU = re.compile(rf"(?<=[ぁ-ん\u4e00-\u9fff])つ(?=[{editorial_pairs.SMALL_TSU_BEFORE}])")
_KANA = re.compile(r"[ぁ-んァ-ヶ]")


def _variants(*lists: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, str], ...]:
    """(variant, kept form), the longest variant first, so that 行なつ is met before 行つ."""
    found = [(variant, row[0]) for rows in lists for row in rows for variant in row[1:]]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


_JAPANESE = _variants(editorial_pairs.JAPANESE)
_CHINESE = _variants(editorial_pairs.CHINESE)


def _cased(pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Each pair in lower case, capitalised and in capitals: the key is not blind to case."""
    return {
        write(variant): write(kept)
        for variant, kept in pairs
        for write in (str.lower, str.capitalize, str.upper)
    }


# Every listed spelling of the alphabetic languages, with the form the key keeps.
SPELLINGS = _cased(
    _variants(editorial_pairs.ENGLISH, editorial_pairs.GERMAN, editorial_pairs.FRENCH, editorial_pairs.DUTCH)
)
_PHRASES = sorted(
    (variant for variant in SPELLINGS if " " in variant), key=lambda phrase: (-len(phrase), phrase)
)
_PHRASE = re.compile(r"(?<![\w-])(?:" + "|".join(_PHRASES) + r")(?![\w-])")
_LETTERS = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿŒœ]+")
_WORD = re.compile(rf"{_LETTERS.pattern}(?:-{_LETTERS.pattern})*")
# ASCII as its words: every other character a blank.
_WORDS_ONLY = bytes(code if chr(code).isalpha() else 32 for code in range(128)) + bytes(128)
# Parts of listed words and phrases that every other text has; the other part tells.
_EVERYWHERE = frozenset("on e in so zu auf mit data".split())


def _telling(variant: str) -> str:
    """The one word of a listed spelling that a text cannot be without that holds it."""
    parts: list[str] = _LETTERS.findall(variant)
    return next((part for part in parts if part.lower() not in _EVERYWHERE), parts[0])


_TELLING = frozenset(map(_telling, SPELLINGS))
_TELLING_ASCII = frozenset(word.encode() for word in _TELLING if word.isascii())


def _fold_spelling(text: str) -> str:
    """The listed words of the alphabetic languages. Most texts hold none, which one set operation tells."""
    if text.isascii():
        none = _TELLING_ASCII.isdisjoint(text.encode().translate(_WORDS_ONLY).split())
    else:
        none = _TELLING.isdisjoint(_LETTERS.findall(text))
    if none:
        return text
    if not SPELLINGS.keys().isdisjoint(_WORD.findall(text)):
        text = _WORD.sub(lambda word: SPELLINGS.get(word.group(), word.group()), text)
    if any(phrase in text for phrase in _PHRASES):
        text = _PHRASE.sub(lambda phrase: SPELLINGS[phrase.group()], text)
    return text


def _fold_ideographic(text: str) -> str:
    """What only Japanese and Chinese texts need."""
    text = _HALF_WIDTH_KANA.sub(lambda kana: unicodedata.normalize("NFKC", kana.group()), text)
    if " " in text:
        text = _BLANK_BETWEEN_IDEOGRAPHS.sub("", text)
    pairs = _CHINESE
    if _KANA.search(text):
        pairs = _JAPANESE
        text = _SMALL_TSU.sub("っ", text)
    for variant, kept in pairs:
        if variant in text:
            text = text.replace(variant, kept)
    return text


def comparison_key(text: str) -> str:
    """The text with everything folded that :data:`FOLDINGS` names: equal keys are the same text.

    Case, superscripts, comparators, decimal points and separators inside numbers, the sort of quotation marks, a
    sign before a digit and ``[Reserved]`` are never folded.
    """
    ideographic = False
    if not (text.isascii() and text.isprintable()):  # what most such texts hold, and often nothing besides
        text = text.replace("\n", " ").replace("“", '"').replace("”", '"')
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", text)
        characters = set(text)
        # A replacement a character met is ten times faster than str.translate, which looks up every character.
        for character in sorted(_FOLDED & characters):
            text = text.replace(character, _CHARACTERS[character])
        if "\u2014" in characters or "\u2015" in characters:
            text = _LONG_DASH.sub("-", text)
        ideographic = max(characters) >= "\u3000"
    if "  " in text:
        text = _RUNS.sub(" ", text)
    text = text.strip(" ")
    if ideographic:
        text = _fold_ideographic(text)
    return _fold_spelling(text)


@lru_cache(maxsize=1 << 16)
def cached_key(text: str) -> str:
    """:func:`comparison_key`, remembered: two editions of a text share nearly all their provisions."""
    return comparison_key(text)
