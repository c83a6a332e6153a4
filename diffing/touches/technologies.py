"""Technologies that a text names: all terms by one automaton, the longest term first, then judged by where it stands."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import ahocorasick

from archive.vocabulary import countries_contexts as names
from archive.vocabulary.katakana import is_of_compounds
from archive.vocabulary.technologies import Term, terms
from diffing.touches.context import Context, Found

_WIDE = re.compile(r"[぀-ヿ㐀-鿿]")
_KATAKANA = re.compile(r"[ァ-ヺー]")
_KATAKANA_BEFORE, _KATAKANA_AFTER = re.compile(r"[ァ-ヺー]+$"), re.compile(r"[ァ-ヺー]+")
_NEAR = 500
_SENSE = 90
_BODY = r"Co|Ltd|Inc|Corp|LLC|GmbH|AG|KG|Limited|Corporation|Company|Pte|Pty|S\.A|N\.V|B\.V|University|Institute|Academy|Laborator(?:y|ies)|Center|Centre|College|School|Association|Society|Department|Ministry|Street|Road|Avenue|Boulevard|Park|Way|House|Plaza|Tower|Lane|Drive|Building|Conference|Journal|Group|Holdings?|Institut|Universität"
_BODY_AFTER = re.compile(
    rf"^(?:[\s&-]+(?:[A-Z][\w&.'-]*|and|of|for|&|\([A-Z]\w*\))){{0,5}}[\s,]+(?:{_BODY})\b"
)
_BODY_BEFORE = re.compile(
    r"\b(?:Institute|Department|University|School|Center|Centre|College|Laboratory|Academy|Ministry|Office|Journal|Conference|Association|Society|Bureau|Committee|Faculty|Institut|Lehrstuhl|Universität|Zentrum|Fakultät|Gesellschaft|Akademie|Laboratoire|École|Ministerium)\s+(?:national\s+|nationale\s+|Nationale\s+)?(?:of|for|on|für|de\s+la|de|du|des|d['’]|of\s+the)\s*(?:[A-Z]\w+,?\s+(?:(?:and|of|for|und|et)\s+)?|(?:l['’]))*$"
)
_WEIGHTS = re.compile(
    r"^\s?[^.;。；]{0,40}?(?:\d|\b(?:about|around|approximately|roughly|only|just|under|over)|[一二三四五六七八九十百])[^.;。；]{0,24}?(?:\b(?:kg|kilogramm?e?s?|kilos?|g|gramm?e?s?|lbs?|pounds?|tons?|tonnes?|tonnen|ounces?)\b|公斤|千克|公噸|公吨|キログラム|グラム|トン)"
)
_ITEM_BEFORE = re.compile(
    r"(?:^|[\n,;:、，；：。•·*(]|\b(?:and|or|und|oder|et|ou)|[和及与或]|及び|又は|[)\d]\.?)\s*$"
)
_ITEM_AFTER = re.compile(r"^\s*(?:$|[\n,;.、，；。)(]|(?:and|or|und|oder|et|ou)\b|[和及与或]|及び|又は)")


@lru_cache(maxsize=8)
def _automaton(own: tuple[Term, ...]) -> Any:
    automaton = ahocorasick.Automaton()
    for term in (*terms(), *own):
        automaton.add_word(term.key, term)
    automaton.make_automaton()
    return automaton


def technologies(context: Context, own: tuple[Term, ...] = ()) -> list[Found]:
    """Every technology that the text names; ``own`` are a user's terms."""
    text = context.page.small.replace("-", " ").replace("\n", " ")
    strong: list[tuple[int, int, Term]] = []
    weak: list[tuple[int, int, Term]] = []
    for last, term in _automaton(own).iter(text):
        start = last - len(term.key) + 1
        end = _bounded(text, start, last + 1)
        if end is None or not _is_meant(context, text, start, end, term):
            continue
        (weak if term.near else strong).append((start, end, term))
    chosen = _longest(strong)
    found = [
        (start, end, term) for start, end, term in chosen if term.id and not _is_in_name(context, start, end)
    ]
    spans = [(start, end) for start, end, _ in chosen]
    for start, end, term in _longest(weak):
        category = term.id.split(".")[0]
        if any(s < end and start < e for s, e in spans) or _is_in_name(context, start, end):
            continue
        if term.alone and not (
            _ITEM_BEFORE.search(context.page.small[max(0, start - 12) : start])
            and _ITEM_AFTER.match(context.page.small[end:])
        ):
            continue
        # A word as common as "planning" needs a sub-item of its category beside it, not the category alone.
        if any(
            o.id.split(".")[0] == category and abs(s - start) <= _NEAR and (not term.alone or "." in o.id)
            for s, _, o in found
            if not o.near
        ):
            found.append((start, end, term))
    return [
        Found(start, end, "technology", term.id, "", 0.8 if term.near else 1.0)
        for start, end, term in sorted(found, key=lambda hit: hit[:2])
    ]


def _bounded(text: str, start: int, end: int) -> int | None:
    """Where the word ends (a plural s included), None where a letter goes on."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if _WIDE.match(text[start]):
        if _KATAKANA.match(text[start]) and _KATAKANA.match(before):
            run = _KATAKANA_BEFORE.search(text, max(0, start - 20), start)
            if run is None or not is_of_compounds(run[0]):
                return None
    elif _is_letter(before):
        return None
    if _WIDE.match(text[end - 1]):
        if _KATAKANA.match(text[end - 1]) and _KATAKANA.match(after):
            run = _KATAKANA_AFTER.match(text, end)
            return end if run is not None and is_of_compounds(run[0]) else None
        return end
    if not _is_letter(after):
        return end
    if after == "s" and text[end - 1].isalpha() and not _is_letter(text[end + 1 : end + 2] or " "):
        return end + 1
    return None


def _is_letter(character: str) -> bool:
    return (character.isalnum() and not _WIDE.match(character)) or character in "_@"


def _is_meant(context: Context, text: str, start: int, end: int, term: Term) -> bool:
    if term.languages and context.language not in term.languages:
        return False
    if term.exact and not _is_written(context.page.cased, start, end, term.exact):
        return False
    if context.is_blocked(start):
        return False
    if term.unless:
        near = context.page.small[max(0, start - _SENSE) : end + _SENSE]
        if _other_sense(term.unless).search(near):
            return False
    return not (term.id == "X3" and _WEIGHTS.match(text[end : end + 90]))


@lru_cache(maxsize=256)
def _other_sense(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words; those of ASCII as whole words."""
    return re.compile("|".join(rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in words))


def _is_written(text: str, start: int, end: int, exact: str) -> bool:
    """Whether an abbreviation stands in its own case, a plural with a small s (AIS is not AI), and is no one's initials (A.I. Ober)."""
    if not text.startswith(exact, start) or text[start + len(exact) : end] not in ("", "s"):
        return False
    return not (exact.endswith(".") and re.match(r"[A-Z]\.|\s[A-Z][a-z]+(?!\s[a-z])", text[end : end + 30]))


def _longest(hits: list[tuple[int, int, Term]]) -> list[tuple[int, int, Term]]:
    """The leftmost and of these the longest, without overlap."""
    chosen: list[tuple[int, int, Term]] = []
    done = 0
    for start, end, term in sorted(hits, key=lambda hit: (hit[0], -hit[1], hit[2].id)):
        if start >= done:
            chosen.append((start, end, term))
            done = end
    return chosen


def _is_in_name(context: Context, start: int, end: int) -> bool:
    """Whether the term is part of a company's, an institute's or a street's name."""
    text = context.page.cased
    before, after = text[max(0, start - 90) : start], text[end : end + 80]
    if _WIDE.match(text[end - 1]) or _WIDE.match(text[start]):
        body = names.ORGANISATION_WIDE.match(after)
        return bool(names.WIDE_BEFORE.search(before)) or (
            body is not None and not names.RUN_BREAK.search(body["inside"])
        )
    if not text[start].isupper():
        return bool(_BODY_BEFORE.search(before)) and context.language == "fr"
    return bool(_BODY_AFTER.match(after) or _BODY_BEFORE.search(before))
