"""Numbers and names of the parts of European Union acts, in any official language that writes them in digits or Latin letters.

How they are printed is fixed by the Interinstitutional Style Guide, sections 2.7 and 3.4 (parts of an act, enumerations).
"""

from __future__ import annotations

import re
from functools import lru_cache

from normalize.eids import fold
from normalize.markers import roman

#: (rank, unit) by the first word of a division's number, upper case without accents: what stands higher in an act first.
DIVISIONS = {
    word: (rank, unit)
    for rank, (unit, words) in enumerate(
        (
            ("part", "PART TEIL PARTIE DEEL PARTE DEL OSA CZESC CAST RESZ DIO DALIS DALA PARTEA"),
            ("title", "TITLE TITEL TITRE TITULO TITOLO AFSNIT AVDELNING JAOTIS TYTUL HLAVA CIM GLAVA NASLOV TITLUL"),
            ("chapter", "CHAPTER KAPITEL CHAPITRE HOOFDSTUK CAPITULO CAPO PEATUKK LUKU ROZDZIAL KAPITOLA FEJEZET POGLAVLJE SKYRIUS NODALA CAPITOLUL CAPITOLO"),
            ("section", "SECTION ABSCHNITT AFDELING SECCION SEZIONE SECCAO JAGU JAKSO SEKCJA ODDIL SZAKASZ ODJELJAK SKIRSNIS IEDALA SECTIUNEA AVSNITT"),
            ("subsection", "SUBSECTION UNTERABSCHNITT SOUS-SECTION ONDERAFDELING SUBSECCION SOTTOSEZIONE SUBSECCAO"),
        ),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_UNKNOWN_DIVISION = (6, "division")
_ANNEX = re.compile(
    r"(?i)\s*(?:ANNEX(?:E|ES|URE)?|ANHANG|BIJLAGE|ANEXO?A?|ALLEGATO|BILAG|BILAGA|LISA|LIITE|ZAŁĄCZNIK|PŘÍLOHA|PRÍLOHA|MELLÉKLET"
    r"|PRILOG|PRILOGA|PRIEDAS|PIELIKUMS|ANEXA|APPENDIX|ANLAGE|APPENDICE)\b[\s\u00a0]*(?P<number>[IVXLC]+[a-z]?\b|\d+[a-z]?\b|[A-Z]\b)?"
)
_ARTICLE = re.compile(r"\d+\s*[a-z]{0,2}(?![a-z])|\d+(?:\s*(?:bis|ter|quater|quinquies|sexies))?")
_FIRST_ARTICLE = re.compile(r"(?i)\b(?:premier|sole|unique|único|unico|single|einziger|enig)\b")
_ROMAN_OR_NUMBER = re.compile(r"[IVXLC]+\b|\d+[a-z]?\b|[A-Z]\b")

#: The mark before an item: (1), 1., 1.2.3., (a), a), (ii), —, –, •, with an opening quotation mark before it in amending acts.
_QUOTES = "‘’“”„«»'\""
LABEL = re.compile(
    rf"\s*(?P<quote>[{_QUOTES}]?)\s*(?P<mark>"
    r"[0-9][A-E][0-9]{3}|\(?(?:\d{1,3}(?:\.\d{1,3})*[a-z]{0,2}|[A-Za-z]{1,2}|[ivxlIVXL]{1,7})\s?[).\u00ba]{0,2}"
    r"|[\u2014\u2013\u2012\u2015\u2022\u00b7\u25aa\u25cf\u25a0*-]|\u2014\s*\(\d+\))\s*$"
)
PARAGRAPH = re.compile(
    rf"\s*(?P<num>[{_QUOTES}]?\(?\d{{1,3}}[a-z]{{0,2}}[.)](?:\d{{1,3}}\.)*)[\s\u00a0]+(?=\S)"
)
_DASH = re.compile(r"[\u2014\u2013\u2012\u2015\u2022\u00b7\u25aa\u25cf\u25a0*-]")


#: A control code of the dual-use list and of the national lists that follow it.
CODE = re.compile(r"[0-9][A-E][0-9]{3}")
#: What opens a note of the dual-use list, in the languages that the lists were seen in.
NOTE = re.compile(
    r"(?i)\s*(?P<num>(?P<word>technical notes?|nuclear note|general note|notes?|n\.\s?b\.|nb|technische anmerkung(?:en)?|anmerkung(?:en)?|notes? techniques?|remarques?"
    r"|technische opmerking(?:en)?|opmerking(?:en)?|nota tecnica|nota)(?:\s+(?P<number>\d+))?\s*(?::|\.(?=\s*$)|$))\s*"
)


#: What opens a citation of the preamble, in the languages that are read.
CITATION = re.compile(
    r"(?i)(?:having regard to|having consulted|acting in accordance with|after consulting|after transmission of|gestützt auf|nach stellungnahme|auf vorschlag|nach zuleitung|gemäß dem|vu |après |statuant |conformément à la procédure|gezien |na raadpleging|na toezending|handelend volgens)"
)
#: The lines that close an act, after its last article.
CLOSING = re.compile(
    r"(?:This (?:Regulation|Decision) shall be binding in its entirety|Diese Verordnung ist in allen ihren Teilen verbindlich"
    r"|Le présent règlement est obligatoire dans tous ses éléments|Deze verordening is verbindend in al haar onderdelen"
    r"|(?:Done at|Geschehen zu|Fait à|Gedaan te|Hecho en|Fatto a|Feito em|Utfärdat i|Udfærdiget i)\s+[A-ZÀ-Ý])"
)


def note_segment(found: re.Match[str]) -> str:
    """``Technical Note 2:`` → ``technical-note-2``, ``N.B.:`` → ``nb``."""
    word = re.sub(r"[^a-z]+", "-", found["word"].casefold().replace(".", "").replace("n b", "nb")).strip("-")
    word = "technical-note" if word == "technical-notes" else "note" if word == "notes" else word
    return f"{word}-{found['number']}" if found["number"] else word


def follows(before: str, after: str) -> bool:
    """Whether one mark comes right after another: ``a`` and ``b``, ``9`` and ``10``, ``3A001`` and anything is False."""
    if before.isdigit() and after.isdigit():
        return int(after) == int(before) + 1
    if before.isalpha() and after.isalpha() and len(before) == len(after) == 1:
        return ord(after) == ord(before) + 1
    return bool(roman(before)) and roman(after) == roman(before) + 1


@lru_cache(maxsize=16_384)
def segment(label: str) -> str:
    """What a mark adds to an address: ``(a)`` → ``a``, ``3.`` → ``3``, ``3.1.`` → ``3.1``, ``(aa)`` → ``aa``; ``‘3.`` → ``quoted-3``
    (new text that an amending act puts into another one); "" for a dash, which the act cites by counting indents."""
    found = LABEL.match(label) or LABEL.match(label.strip() + " ")
    if found is None:
        return ""
    mark = re.sub(r"[^0-9A-Za-z.]", "", found["mark"]).strip(".")
    if not mark:
        return ""
    return f"quoted-{mark}" if found["quote"] else mark


def is_label(text: str) -> bool:
    """Whether ``text`` is the mark of an item and nothing else."""
    return len(text) <= 16 and LABEL.match(text) is not None


def is_note_label(text: str) -> bool:
    """Whether ``text`` opens a note and is nothing else: ``Technical Note:``."""
    found = NOTE.match(text) if len(text) <= 32 else None
    return found is not None and not text[found.end() :].strip()


def is_dash(text: str) -> bool:
    """Whether a mark has no number: ``—``."""
    return _DASH.fullmatch(text.strip()) is not None


def division(label: str) -> tuple[int, str]:
    """Rank (1 is the highest) and unit of ``CHAPTER III``; the lowest rank where the word is not known."""
    first = _plain(label).split()
    if not first:
        return _UNKNOWN_DIVISION
    if first[0] in DIVISIONS:
        return DIVISIONS[first[0]]
    # "II FEJEZET", "1. JAGU": the number stands first.
    return next((DIVISIONS[word] for word in first[1:3] if word in DIVISIONS), _UNKNOWN_DIVISION)


def division_segment(label: str, unit: str) -> str:
    """``CHAPTER III`` → ``chapterIII``."""
    numbers = _ROMAN_OR_NUMBER.findall(_plain(label).partition(" ")[2] or _plain(label))
    return f"{unit}{numbers[0]}" if numbers else unit


def article_segment(label: str) -> str:
    """``Article 56 a`` → ``art56a``; ``Sole Article`` → ``art1``; "" where there is no number."""
    found = _ARTICLE.search(label)
    if found is not None:
        return "art" + re.sub(r"\s", "", found.group())
    return "art1" if _FIRST_ARTICLE.search(label) else ""


def annex_segment(label: str) -> str | None:
    """``ANNEX III`` → ``annexIII``, ``ANNEX`` → ``annex``; None for a text that is not the number of an annex."""
    found = _ANNEX.match(label)
    if found is None:
        return None
    number = found["number"] or ""
    return f"annex{number}"


def split_annex(label: str) -> tuple[str, str]:
    """The number of an annex and what follows it on the same line: ``ANNEX I List of goods`` → (``ANNEX I``, ``List of goods``)."""
    found = _ANNEX.match(label)
    if found is None:
        return "", label
    return label[: found.end()].strip(), label[found.end() :].strip()


def _plain(text: str) -> str:
    return fold(text).upper()
