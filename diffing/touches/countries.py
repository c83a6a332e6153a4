"""Countries that a text names: every spelling at once by one automaton, the longest name first, then judged by where it stands."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

import ahocorasick

from archive.vocabulary import countries_contexts as contexts
from archive.vocabulary.countries import Name, spellings
from archive.vocabulary.plain import fold
from diffing.touches.context import Context, Found
from diffing.touches.longer_names import compounds_of_states, is_in_longer_name, is_subject
from diffing.touches.misspelt import misspelt

_WIDE = re.compile(r"[぀-ヿ㐀-鿿]")
_KATAKANA = re.compile(r"[ァ-ヺー]")
_LAW_AFTER = re.compile(r"^(?:\s[A-Z][\w-]*){0,6}?\s(?:Act|Regulations|Law)\b")
# A line that ends so goes on in the next one: "the Bank of / China".
_GOES_ON_IN_NEXT_LINE = re.compile(r"\b(?:of|the|for|and|de|du|des|la|les|der|die|von)\s*$")
# "une université du Pakistan", "eine Behörde der Türkei": a body that has no name.
_ONE_OF_MANY = re.compile(
    r"\b(?:une?|d'une?|plusieurs|certaines?|eine[rsmn]?|mehrerer?n?|an?|two|three|several|some)\s(?:[a-zäöüé]+\s)?$"
)
_ALIAS = re.compile(r"^\s*[-•·]\s?[A-Z][\w.&' -]{0,60}$")
_LITTLE = frozenset("of the and to in for on by with from at or a an as under".split())


class _Term(NamedTuple):
    length: int
    name: Name | None  # None: a phrase that holds a name and is no country


@cache
def _automaton() -> Any:
    automaton = ahocorasick.Automaton()
    for phrase in sorted(contexts.PHRASES):
        for form in _numbers(fold(phrase)):
            automaton.add_word(form, _Term(len(form), None))
    for name in spellings():
        automaton.add_word(name.key, _Term(len(name.key), name))
    for written in ("u.s.", "us"):
        automaton.add_word(written, _Term(len(written), Name(key=written, written="U.S.", code="US")))
    automaton.make_automaton()
    return automaton


def _numbers(phrase: str) -> tuple[str, ...]:
    """A phrase in the singular and the plural: guinea pig, guinea pigs."""
    if not phrase.isascii():
        return (phrase,)
    return (phrase, phrase[:-1] if phrase.endswith("s") else f"{phrase}s")


def countries(context: Context) -> list[Found]:
    """Every country that the text names, in order."""
    small = context.page.small
    hits = []
    for last, term in _automaton().iter(small.replace("\n", " ")):
        start, end = last - term.length + 1, last + 1
        if _bounded(small, start, end):
            hits.append((start, -end, term))
        elif context.language == "de" and term.name and _genitive(small, start, end):
            hits.append((start, -end - 1, term))
    hits.sort(key=lambda hit: hit[:2])
    found: list[Found] = []
    done = refused = 0
    compounds = compounds_of_states(context.page.cased)
    for start, negative_end, term in hits:
        end = -negative_end
        if start < done or end <= refused or any(low <= start < high for low, high in compounds):
            continue
        if term.name is None:
            done = end
            continue
        if term.name.languages and context.language not in term.name.languages:
            continue
        if term.name.key.endswith(", the") and re.match(r"\s[A-Z]", context.page.cased[end : end + 2]):
            continue  # "The Bahamas, The Gambia": the article is the next one's
        if ", " in term.name.key and small.startswith(f" {term.name.key.partition(', ')[0]}", end):
            continue  # "Sudan, South Sudan": the names of two, not one turned round
        if _is_country(context, start, end, term.name):
            found.append(Found(start, end, "country", term.name.code))
            done = end
        elif _WIDE.match(small, start):
            refused = end  # 哈萨克斯坦人: no shorter name within it stands for the country either
        else:
            done = end
            if _LAW_AFTER.match(context.page.cased[end : end + 60]):
                _drop_listed_before(small, start, found)
    return sorted([*found, *misspelt(context, [(f.start, f.end) for f in found])])


def _drop_listed_before(small: str, start: int, found: list[Found]) -> None:
    """In "the Iran, North Korea, and Syria Nonproliferation Act" the law's name begins with the first of the list."""
    while found and re.fullmatch(r",\s(?:and\s)?|\sand\s", small[found[-1].end : start]):
        start = found.pop().start


def _bounded(small: str, start: int, end: int) -> bool:
    """Whether no letter goes on on either side; in kanji there are no boundaries, katakana runs are words."""
    before, after = small[start - 1] if start else " ", small[end] if end < len(small) else " "
    if _WIDE.match(small, start):
        if _KATAKANA.match(small[start]) and _KATAKANA.match(before):
            return False
        return not (_KATAKANA.match(small[end - 1]) and _KATAKANA.match(after))
    return not (_is_letter(before) or _is_letter(after))


def _is_letter(character: str) -> bool:
    return (character.isalnum() and not _WIDE.match(character)) or character in "_@"


def _genitive(small: str, start: int, end: int) -> bool:
    """German: Chinas, Russlands."""
    return (
        small[end : end + 1] == "s"
        and not _is_letter(small[end + 1 : end + 2] or " ")
        and not (start and _is_letter(small[start - 1]))
        and small[end - 1] not in "s"
    )


def _is_country(context: Context, start: int, end: int, name: Name) -> bool:
    if context.is_blocked(start):
        return False
    if _WIDE.match(context.page.small, start):
        return _is_country_wide(context.page.cased, start, end)
    return _is_country_latin(context, start, end, name)


def _line_before(before: str) -> str:
    """What stands before on the same line, and on the one before it where that goes on: a new line begins a new cell, row or name."""
    lines = before.split("\n")
    kept = lines[-1]
    if len(lines) > 1 and _GOES_ON_IN_NEXT_LINE.search(lines[-2]):
        kept = f"{lines[-2].rstrip()} {kept}"
    return kept


def _uncapitalised(text: str) -> str:
    """BANK OF SYRIA → Bank of Syria."""
    if not text.isupper():
        return text
    return re.sub(
        r"[^\W\d_]+(?:['’][^\W\d_]+)?",
        lambda word: word[0].lower() if word[0].lower() in _LITTLE else word[0].capitalize(),
        text,
    )


# ── Latin script ───────────────────────────────────────────────────────────────────────────────────


def _is_country_latin(context: Context, start: int, end: int, name: Name) -> bool:
    text = context.page.cased
    written = text[start:end]
    if not name.written.islower() and not _is_capitalised(written):
        return False
    before, after = _line_before(text[max(0, start - 110) : start]), text[end : end + 90].split("\n")[0]
    if (
        written.isupper() and len(written) > 3 and "." not in written
    ):  # a heading or a list in capitals: read as if it were not
        before, after = _uncapitalised(before), _uncapitalised(after)
    if re.fullmatch(r"[A-Z.]{2,6}", name.written) and written.upper() != written:
        return False
    if name.written.endswith("Réunion") and "Réunion" not in written:
        return False
    if name.key == "drc" and not before.endswith(("the ", "The ")):
        return False  # elsewhere a design rule check
    if name.key in ("us", "u.s."):
        return _is_noun(written, before, after)
    if re.search(r"[\w]\.$|[/\\@#]$", before[-2:]) and re.search(r"\w[./\\@#]$", before):
        return bool(
            re.search(r"(?:[A-Z][a-z]+|\))/$", before)
        )  # "Burma/Myanmar" is a name, "www.china" is none
    if (
        contexts.STREET_BEFORE.search(before)
        or contexts.PERSON_BEFORE.search(before)
        or contexts.BANK_BEFORE.search(before)
    ):
        return False
    if re.match(
        r"^\s(?:[A-Z][a-z]+,?\s(?:Jr|Sr)\b|(?:Electric|Telecom|Petroleum|Tobacco|Shipbuilding|Motors?|Mobile|Unicom|Merchants|Post|Broadcasting)\b)",
        after,
    ):
        return False
    # German puts the genitive or the bare name after the body: Zentralbank Russlands, Botschaft China
    body = contexts.ORGANISATION_OF.search(
        f"{before}von " if context.language == "de" and before.endswith(" ") else before
    )
    body = body or contexts.ORGANISATION_OF.search(before)
    if (body and not _ONE_OF_MANY.search(before[: body.start()])) or contexts.AFTER_NAME_LOWER.match(after):
        return False
    if contexts.US_TOWN.match(after):
        return False
    if name.key == "polen" and re.search(r"\b(?:[Dd]ie|[Dd]er|[Dd]en)\s$", before):
        return False  # the people: the country has no article
    if name.key == "georgia" and (
        contexts.GEORGIA_STATE_BEFORE.search(before) or contexts.GEORGIA_STATE_AFTER.match(after)
    ):
        return False
    if before.endswith("(") and contexts.COMPANY_PAREN_AFTER.match(after):
        return False
    if re.match(
        r"^(?:\s\([A-Z][\w ]*\))?\s(?:Co\b|Ltd|Inc|LLC|GmbH|AG\b|S\.A|Pte|Pty|Corp|Limited|Holdings?)", after
    ):
        return False
    if _ALIAS.match(before) and re.match(r"^\s*(?:;|\.?\s*$)", after):
        return False  # an alias in a list of parties: "—Northwind France; and"
    titled = _is_titled(before[-70:], after[:70])
    if is_in_longer_name(context.language, name, before, after, titled=titled):
        return False
    if _goes_on(context, after, titled, name):
        return False
    return not _began_before(context, before, titled, name)


def _is_capitalised(written: str) -> bool:
    """A name begins with a capital, or (la république populaire de Chine) has one in a later word."""
    return written[0].isupper() or bool(re.search(r"[ '-][A-ZÀ-Þ]", written))


def _is_noun(written: str, before: str, after: str) -> bool:
    """US and U.S. only where a noun stands: "in the U.S. and", not "U.S. persons"."""
    if written not in ("US", "U.S."):
        return False
    if re.search(r"[A-Z][a-z]+-$", before) and re.match(r"\s[a-z]", after):
        return True  # "a China-US split"
    led = re.search(
        r"\b(?:the|The|in|to|from|of|by|with|and|or|within|outside|into|for|between|than|except)\s$|[,(]\s?$|^$|[A-Z][a-z]+-$",
        before,
    )
    follows = re.match(
        r"^(?:['’]s\b|-(?:China|Japan|Korea|Taiwan|India|Mexico|Canada|UK|EU|Russia|Israel|Australia|Vietnam|Singapore|Mexico-Canada)\b(?!\s[A-Z])|[,;:)]|\.?\s*$|\.\s+[A-Z]|\s(?:and|or|is|are|was|has|have|will|to|in|for|on|of|by|under|from|with|as|shall|must|may|had|does|did|that|which|who|while|when|at|if|unless)\b)",
        after,
    )
    return bool(led and follows) and not re.search(r"(?:\d\s|CFR\s|FR\s)$", before)


def _is_titled(before: str, after: str) -> bool:
    """Whether most words around are capitalised, as in a heading: then a capital says nothing."""
    words = [word for word in re.findall(r"[A-Za-z][\w'-]+", before + " " + after) if word not in _LITTLE]
    return len(words) >= 4 and all(word[0].isupper() for word in words)


def _goes_on(context: Context, after: str, titled: bool, name: Name) -> bool:
    """Whether a capitalised word right after makes it a longer name: Jordan Aerospace, China National, Georgia Tech."""
    if contexts.COMPANY_WORDS.match(after) and re.match(r"^\s[A-ZÄÖÜÉ(&]", after):
        return not re.match(r"^\s(?:And|The|Or|Special\sAdministrative)\b", after)
    if not re.match(r"^\s[A-ZÉÄÖÜ][\w'’&-]*", after) or contexts.ALLOWED_AFTER.match(after):
        return False
    if re.match(r"^\s[A-Z]{1,3}-?\d[\dA-Z]*\b", after) or is_subject(after):
        return False  # a postal code: Canada H3H 2P2; a heading: Belarus Sanctions
    return (
        context.language != "de"
        and not titled
        or (name.key in contexts.PERSONS and not titled and context.language == "en")
    )


def _began_before(context: Context, before: str, titled: bool, name: Name) -> bool:
    """Whether a capitalised word right before makes it a longer name: Air China, Michael Jordan, Sony Japan."""
    word = re.search(r"(?:(?<=[\s(\"“'‘|/-])|^)([A-ZÄÖÜÉ][\w'’&-]*)\s$", before)
    if word is None or word[1] in contexts.SMALL_BEFORE or word[1] in contexts.CITIES:
        return False
    if word[1] in contexts.FIRST_NAMES:
        return True
    if re.search(r"-[a-zäöüé]", word[1]):
        return False  # Belarus-neighbouring Poland
    if context.language == "de" or titled:
        return False
    if re.fullmatch(r"[A-Z]{1,2}|[IVX]+|[A-Z]{1,2}-?\d+\w*|ECCN|CCL|EAR|EAR99|SAR|DC", word[1]):
        return False
    opening = before[: word.start(1)].rstrip(" \"“'‘(")
    first = not opening or opening[-1] in ".:;|\n!?)–-"
    if not first:
        return True
    return name.key in contexts.PERSONS and not word[1].endswith(("ing", "ed", "s"))


# ── Chinese and Japanese ───────────────────────────────────────────────────────────────────────────


def _is_country_wide(text: str, start: int, end: int) -> bool:
    written, before, after = text[start:end], text[max(0, start - 8) : start], text[end : end + 40]
    if written in ("チャド", "マリ") and re.match(r"・(?!ンジャメナ|バマコ)[ァ-ヺー]{2}", after):
        return False  # チャド・スミス
    neighbours = contexts.NEIGHBOURS.get(written)
    if neighbours is not None and (
        neighbours.search(before[-1:] + "\0") or neighbours.search("\0" + after[:1])
    ):
        return False
    if written.endswith(("国", "國")):
        if contexts.SPLIT_AFTER.match(after):
            return False
        if contexts.SPLIT_BEFORE.search(before) and contexts.SPLIT_AFTER_WEAK.match(after):
            return False
    if (
        written == "日本"
        and contexts.DAY_BEFORE.search(before)
        and (contexts.DAY_AFTER.match(after) or re.search(r"[0-9〇一二三四五六七八九十]$", before))
    ):
        return False
    if (
        contexts.AFTER_WIDE.match(after)
        or contexts.STREET_WIDE.match(after)
        or contexts.COMPANY_WIDE.match(after)
        or contexts.WIDE_BEFORE.search(before)
    ):
        return False
    if before.endswith("(") and contexts.COMPANY_PAREN_AFTER.match(after):
        return False
    if written in ("中国", "中國") and contexts.CHINESE_GROUP.match(after):
        return False
    law = contexts.LAW_WIDE.match(after)
    if law is not None and (before[-1:] in ("《", "〈", "<") or law[0][-1] not in "》〉>"):
        return False
    organisation = contexts.ORGANISATION_WIDE.match(after)
    return organisation is None or bool(contexts.RUN_BREAK.search(organisation["inside"]))
