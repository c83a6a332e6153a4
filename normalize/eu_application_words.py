"""The sentences by which an act of the European Union says from when it, or a part of it, applies: English, German, French, Dutch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest

from normalize.eu_references import opens_with_reference, references
from normalize.european_dates import DAY, day_of

_VERB = (
    r"(?:shall (?:also |only )?apply|shall be applicable|applies|apply|gilt|gelten"
    r"|(?:est|sont)(?: \w+)? applicables?|s['’]applique(?:nt)?|(?:is|zijn)\b[^.;]{0,40}?\bvan toepassing)"
)
_FROM = r"(?:as )?(?:from|of)|with effect from|ab(?: dem)?|mit wirkung vom|a (?:partir|compter) (?:du|de)|met ingang van|vanaf"
_BETWEEN = r"(?P<between>[^.;]{0,400}?)"
_APPLIES = re.compile(rf"(?i)\b{_VERB}\b{_BETWEEN}\b(?:{_FROM})\b:?\s(?:the )?(?P<day>{DAY})")
# "ist ab dem 1. Januar 2027 anzuwenden"
_TO_BE_APPLIED = re.compile(
    rf"(?i)\b(?:ist|sind)\b{_BETWEEN}\bab(?: dem)?\s(?P<day>{DAY})\s(?:anzuwenden|anwendbar)\b"
)
_NO_DAY = re.compile(
    rf"(?i)\b{_VERB}\b[^.;]{{0,120}}?\b(?:{_FROM})\b:?\s(?:the |an? |la |le |l['’]|der |dem |de |het )*"
    r"(?:date|day|(?:first|last) day|entry into force|moment|\d+ \w+ (?:after|following)|\[|tag|datum|zeitpunkt|inkrafttreten|jour|lendemain"
    r"|entree en vigueur|dag|inwerkingtreding)"
)
_EXCEPT = re.compile(
    r"(?i)[,(]?\s*\b(?:with the exception of|except(?: for)?|excluding|other than|mit ausnahme (?:von|des|der)|ausgenommen|au(?:ss|ß)er"
    r"|a l['’]exception (?:de|du|des)|a l['’]exclusion (?:de|du|des)|met uitzondering van|behalve)\b"
)
_OPENING = re.compile(
    r"(?i)^(?:[\s,:;(–—-]|\b(?:however|nevertheless|but|and|und|et|en|by way of derogation from (?:the \w+ paragraph|paragraph \d+)|jedoch"
    r"|abweichend (?:davon|hiervon)|toutefois|cependant|evenwel|echter)\b)+"
)
_CLOSING = re.compile(
    r"(?i)[\s,]*\b(?:which|die|welche|qui|lesquels|the latter)\s*$|\b(?:jedoch|echter|toutefois)\s*$"
)
_WHOLE = re.compile(
    r"(?i)(?:it|they|this (?:regulation|directive|decision)|sie|er|diese (?:verordnung|richtlinie)|dieser beschluss|il|elle"
    r"|le present reglement|la presente (?:directive|decision)|zij|het|deze (?:verordening|richtlijn)|dit besluit)"
)
_IN_FORCE = re.compile(
    r"(?i)\b(?:(?:shall )?enters? into force|tr(?:itt|eten)\b.{0,200}\bin kraft|entren?t? en vigueur|tre(?:edt|den)\b.{0,200}\bin werking)\b"
)
_RELATIVE = re.compile(
    r"(?i)\bon the (?:(?P<ordinal>\w+) )?day (?:following|after) (?:that|the date|the day) of (?:its|their) publication"
    r"|\bam (?:(?P<ordinal2>\w+) )?tage? nach (?:ihrer|seiner|dem tag ihrer|der) veroffentlichung"
    r"|\ble (?:(?P<ordinal3>\w+) )?jour suivant celui de (?:sa|leur) publication|\ble lendemain de (?:sa|leur) publication"
    r"|\bop de (?:(?P<ordinal4>\w+) )?dag na (?:die|de datum|de dag) van (?:de|haar|zijn) bekendmaking"
)
_ON_PUBLICATION = re.compile(
    r"(?i)\bon the (?:day|date) of (?:its|their) publication|\bam tage? (?:ihrer|seiner) veroffentlichung"
    r"|\ble jour de (?:sa|leur) publication|\bop de dag van (?:de|haar|zijn) bekendmaking"
)
_ON = re.compile(rf"(?i)\b(?:on|am|le|op)\s(?P<day>{DAY})")
_ORDINALS = {
    word: number
    for number, words in {
        2: "second zweiten deuxieme tweede", 3: "third dritten troisieme derde", 5: "fifth funften cinquieme vijfde",
        7: "seventh siebten siebenten septieme zevende", 8: "eighth achten huitieme achtste", 10: "tenth zehnten dixieme tiende",
        14: "fourteenth vierzehnten quatorzieme veertiende", 15: "fifteenth funfzehnten quinzieme vijftiende",
        20: "twentieth zwanzigsten vingtieme twintigste", 30: "thirtieth dreißigsten dreissigsten trentieme dertigste",
    }.items()
    for word in words.split()
}  # fmt: skip
_SENTENCE = re.compile(r"(?<=[.;])(?<![ (][0-9][.;])(?<![ (][0-9][0-9][.;])\s+(?=[A-ZÄÖÜÀ-Ý(])|\n")
_CEILING = 4_000  # characters of a sentence that says when something applies


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """From ``day`` on, what is ``named`` applies (addresses; ``whole``: all of the act), but for what is ``excepted``."""

    day: date
    whole: bool = False
    named: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text; the full stop of a German day (``2. August``) ends none."""
    for sentence in _SENTENCE.split(text):
        if sentence.strip():
            yield " ".join(sentence.split())


def plain(words: str) -> str:
    """Without accents, on one line: what the patterns here are written in."""
    kept = (one for one in unicodedata.normalize("NFKD", words) if not unicodedata.combining(one))
    return " ".join("".join(kept).split())


def applications(sentence: str) -> tuple[Application, ...]:
    """What a sentence says of when parts of the act apply; empty for one that says nothing of it."""
    if len(sentence) > _CEILING:
        return ()
    words = plain(sentence)
    hits = sorted([*_APPLIES.finditer(words), *_TO_BE_APPLIED.finditer(words)], key=lambda hit: hit.start())
    found: list[Application] = []
    since = 0
    for hit, after in zip_longest(hits, hits[1:]):
        tail = words[hit.end() : after.start() if after else len(words)]
        made = _application(words[since : hit.start()], hit, tail, first=since == 0)
        since = hit.end()
        if made is not None:
            found.append(made)
    return tuple(found)


def names_no_day(sentence: str) -> bool:
    """Whether a sentence says of the act, or of parts of it, that they apply from something that is no day."""
    words = plain(sentence[:_CEILING])
    hit = _NO_DAY.search(words)
    return hit is not None and bool(_subject(words[: hit.start()]) or _subject(words[hit.end() :]))


def in_force_on(sentence: str, published: date | None) -> date | None:
    """The day on which a sentence says that the act enters into force; counted from its publication, whose own day does not count
    (Regulation (EEC, Euratom) No 1182/71, Article 3(1)). None where it says none, or none can be counted."""
    words = plain(sentence[:_CEILING])
    if not _IN_FORCE.search(words):
        return None
    if found := _RELATIVE.search(words):
        ordinal = next((one for one in found.groups() if one), "")
        days = _ORDINALS.get(ordinal.lower(), 0) if ordinal else 1
        return published + timedelta(days=days) if published and days else None
    if _ON_PUBLICATION.search(words):
        return published
    found = _ON.search(words)
    return day_of(found["day"]) if found else None


def opens_with_act(sentence: str) -> bool:
    """Whether a sentence is about the act as such: ``This Regulation …``."""
    return _WHOLE.match(_OPENING.sub("", plain(sentence))) is not None


def leads_nowhere(words: str) -> bool:
    """Whether the words before a list only join it to what went before: ``However:``."""
    return not _OPENING.sub("", plain(words)).strip()


def _application(before: str, hit: re.Match[str], tail: str, *, first: bool) -> Application | None:
    day = day_of(hit["day"])
    if day is None:
        return None
    excepted = _EXCEPT.split(tail, maxsplit=1)[1:]
    if not first and (exception := _EXCEPT.match(before)):
        before = before[exception.end() :]
    parts = _EXCEPT.split(before, maxsplit=1)
    subject = _subject(parts[0]) or _subject(_EXCEPT.split(hit["between"], maxsplit=1)[0])
    if not subject:
        return None
    excepted += [*parts[1:], *_EXCEPT.split(hit["between"], maxsplit=1)[1:]]
    whole = _WHOLE.fullmatch(subject) is not None
    named = () if whole else references(subject)
    if not whole and not named:
        return None  # a part of another act
    return Application(day=day, whole=whole, named=named, excepted=references(" , ".join(excepted)))


def _subject(words: str) -> str:
    """The words if they name the act or begin with a part of it, else ""."""
    kept = _CLOSING.sub("", _OPENING.sub("", words)).strip(" ,:")
    return kept if _WHOLE.fullmatch(kept) or opens_with_reference(kept) else ""
