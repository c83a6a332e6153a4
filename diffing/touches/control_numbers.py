"""Mentions of codes of the common form (ECCN, EU, UK, Chinese and German numbers) in running text, lists and ranges expanded.

"3B001.a.4, c, d, f.1, k to n" is one base and continuations: a token that begins with a letter counts from the entry, one that
begins with a dot or a number replaces the last level of its kind. Whoever writes the code may write it badly (``4A090a``,
``3B001. q``, ``3A001 Buchstabe a Nummer 5``): such forms count with less confidence. Nothing is ever matched by likeness.
"""

from __future__ import annotations

import re

from archive.vocabulary.traps import is_kind_of_goods, is_labelled_otherwise
from diffing.touches.context import Context, Found, regime_of
from diffing.touches.moved import is_moved
from diffing.touches.numbered_things import (
    is_after_goods,
    is_beside_a_paragraph,
    is_in_company,
    is_of_a_noun,
    speaks_of_control,
)
from diffing.touches.paragraph_levels import LEVEL, Levels, between, code, replaced
from diffing.touches.paragraphs_apart import BEFORE_OF, marked, said_of_last

_ROOT = re.compile(
    r"(?<![0-9A-Za-z$#_@])(?P<glued>(?:ECCNs?|CCL|AL)[:-]?)?(?P<category>[0-9])(?P<gap>[-\s]?)(?P<group>[A-E]|[a-e])(?P<gap2>[-\s]?)(?P<number>[0-9]{3,4})(?![0-9])"
)
_STRICT = re.compile(r"(?:\.(?:[a-z]{1,2}|[0-9]{1,3})(?![0-9A-Za-zÀ-ɏ]))+")
_LOOSE = re.compile(
    r"""(?:[ ]?\.[ ]?[a-z](?![0-9A-Za-zÀ-ɏ'])(?!\.[a-zA-Z]\.)    # 9A004 .g   3B001. q
      |\.(?:[a-z]{1,2}|[0-9]{1,3}|[A-Z])(?![0-9A-Za-zÀ-ɏ])      # the proper form, within one that is not; .A
      |\.?(?:[a-z][0-9]{1,2}|[0-9]{1,2}[a-z])(?:[a-z](?:[0-9]{1,2})?|[0-9]{1,2}[a-z]?)*(?![0-9A-Za-zÀ-ɏ])   # a1  b.1a
      |(?<=[0-9])[a-z](?![0-9A-Za-zÀ-ɏ'])                        # 4A090a
      |(?<=[0-9]{4})[ ][a-z](?=\s(?:und|oder|bis|sowie|der|des|ist|sind)\s|[,.;)]|$)   # 3A1902 a und b
      |[ ]?\((?:[a-z]|[0-9]{1,2})\)                            # (a)(1)
      |[ ](?:[a-z]|(?<=[a-z]\)[ ])[0-9]{1,2})\)(?!\s*[0-9][A-E]|[A-Za-z])   # 1C351 a) 2)
      )+""",
    re.X,
)
_WORDED = re.compile(
    r"""(?:,?\s*\(?(?:Buchst(?:aben|abe|\.)|Nummern?|Nr\.|Unternummern?|Unterposition|Absatz|Ziffern?|lit\.|paragraphs?|sub-?items?|sub-?paragraphs?|items?|points?|lettre|alinéas?|sous-?alinéas?|numéro|n°|par\.|para\.)\s*
      [.(]?(?P<level>[a-z](?:[.]?[0-9]{1,2}(?:[.]?[a-z])?)?|[0-9]{1,2}(?:\.?[a-z])?)(?![0-9A-Za-zÀ-ɏ])\)?(?P<more>(?:[.(][0-9a-z]{1,2}\)?(?![0-9A-Za-zÀ-ɏ]))*)(?![(.][0-9a-z]|\))(?!\s+of\s+(?!ECCN)))""",
    re.X,
)
_WORDED_ON = re.compile(
    rf"(?:{_WORDED.pattern})|,?\s?(?<=\),\s)(?:[a-z]|[0-9]{{1,2}})\)(?![0-9A-Za-zÀ-ɏ])", re.X
)
_STRICT_OR_NOTHING = re.compile(rf"(?:{_STRICT.pattern})?")
_LISTED_ON = re.compile(
    r"\s?(?:[,、，/&]\s?(?:and\s|or\s)?|(?:and|or|und|oder|et|ou)\s|及び|又は|と|和|及|或|与|與)"
)
_CLOSES = re.compile(
    r"[^()（）;.。\n]{0,120}[)）](?=\s?[,，、]\s?(?:and\s|or\s)?(?:\.[a-z0-9]|[a-z]\.[0-9]))|[)）]"
)
_TAKES_OUT = (
    r"(?:except(?:ing)?(?:\s+for)?|other\s+than|excluding|but\s+not|not\s+including|with\s+the\s+exception\s+of|apart\s+from|save(?:\s+for)?|less|minus|without"
    r"|mit\s+Ausnahme\s+(?:von|der)|ausgenommen|außer|ohne|nicht\s+aber|aber\s+nicht|jedoch\s+nicht|sauf|hormis|hors|excepté|mais\s+pas|exception\s+faite\s+d[eu]|à\s+l'(?:exception|exclusion)\s+d[eu]"
    r"|除了?|不包括|不包含|不含|但不含|但不包括)"
)
_TAKES_IN = r"(?:including|incl\.|in\s+particular|namely|einschließlich|insbesondere|y\s+compris|notamment|包括|包含|含)"
_JOIN = re.compile(
    rf"""\s*(?:(?P<except>[(（,，]?\s*(?:{_TAKES_OUT}|{_TAKES_IN})\s*|[(（](?=\.[a-z0-9]|[a-z](?:\.[0-9a-z]{{1,2}})*\s?(?:除外|を除)))
      |(?P<range>(?:\s(?:up\s+to|to|through|thru|until|bis(?:\s+zur?)?|à|au|jusqu'(?:à|au))\s|-|~|〜|～|から|至|到))
      |(?:[,;、，]\s*(?:and/or\s|and\s|or\s|und\s|oder\s|sowie\s|et\s|ou\s|及び|又は|和|或)?|/|&|\s(?:and/or|and|or|und|oder|sowie|et|ou|as\ well\ as)\s|及び|又は|並びに|若しくは|および|または|和|及|或|与|與|以及|或者))\s*
      (?:(?:sub-?paragraphs?|paragraphs?|items?|Buchstaben?|Unternummern?|Nummern?|points?|entries|entry)\s+)?""",
    re.X,
)
# "3A001.b.4 amplifiers (but not b.4.b)": a noun stands between; only what is written with its dot goes on from there.
_ASIDE = re.compile(
    rf"""(?:(?![0-9][A-E][0-9]{{3}})[^.;:()\n]){{1,60}}?[(,]\s*(?P<except>{_TAKES_OUT}|{_TAKES_IN})\s+(?:(?:sub-?)?paragraphs?\s+)?(?=\.[a-z]|[a-z]\.[0-9])(?P<range>(?!))?""",
    re.X,
)
# "3A001.a.2 (temperature), a.5 (converters)": what a paragraph is of, before the list goes on with a full paragraph.
_GLOSS = re.compile(r"\s?[(][^()0-9]{1,60}[)](?=\s?(?:,|and|or|und|oder|et|ou)[^.()]{0,6}[ .][a-z]\.[0-9])")
# "5A002a1, a2 und a4": without the dots, where the number before was written so.
_RUN_ON = re.compile(r"(?P<levels>[a-z][0-9]{1,2}(?:[a-z][0-9]{0,2})?)(?![0-9A-Za-zÀ-ɏ%])")
_TOKEN = re.compile(
    r"(?P<dot>\s?\.)?(?P<levels>(?:[a-z]{1,2}|[0-9]{1,2})(?:\.(?:[a-z]{1,2}|[0-9]{1,3}))*)(?![0-9A-Za-zÀ-ɏ'°%_])(?!\.[0-9])"
)
_NO_TOKEN = frozenset({"e.g", "i.e", "d.h", "u.a", "s.o", "n.e.s", "a.k.a", "c.f", "a.m", "p.m", "z.b", "v.s", "o.g", "p.ex", "of", "in", "to", "is", "by", "as", "at", "on", "or", "if", "no", "it", "we", "he", "an", "be", "do", "so", "us", "up", "le", "la", "de", "du", "un", "en", "au", "im", "am", "es", "zu", "da", "se", "sa", "ce", "ne", "et", "ou", "il", "my", "nm", "mm", "cm", "km", "kg", "mw", "eu", "uk", "re"})  # fmt: skip
_AFTER_TOKEN = re.compile(
    r"\s*(?:$|[.,;:)\]/&\"”」』）。、，；·|-]|(?:and|or|und|oder|et|ou|to|through|thru|bis|à|of|are|is|shall|must|may|in|under|sowie|sind|ist|werden|wird|des|der|du|de|sont|est|apply|applies|require|requires|require|were|was|that|which)\b|[一-鿿ぁ-んァ-ヺ])"
)
_POSITIVE = re.compile(
    r"eccn|\bccl\b|\bear\b|control|classif|licen[cs]|export|\bentr(?:y|ies)\b|\bitems?\b(?!\s[0-9]+[a-z]?\b)|annex|dual.use|commodit|destination|supplement|amend|technolog|software|restrict|erfass|ausfuhr|genehmig|guter|\b(?:unter|listen)?nummern?\b(?!\s[0-9]+\b)|\bposition(?!\s[0-9]+[a-z]?\b)|anhang|listen|kontroll"
    r"|eintrag|rubrik|kategorie(?!\s[0-9]\b)|categorie|category\s[0-9][a-e][0-9]|\bentrees?\b|\bpostes?\s(?:n°\s?)?[0-9][a-e]|rubrique|annexe|exportation|double usage|bien|control[eé]|numero|管制|编码|編碼|物项|物項|清单|清單|出口|许可|許可|規制|輸出|該当|貨物|貨品|品目|条目|條目|項番|分类号|分類號|エントリー|klassifizierungsnummer|kennung\s|(?:項目|分類)番号"
)
# "部品6A005.e.1", "Bauteil 3A001b2": no room, part or invoice has a number of this form.
_PARAGRAPH_OF_A_LIST = re.compile(r"\.[a-z]\.[0-9]{1,2}(?![0-9A-Za-z])|[a-z][0-9]{1,2}(?![0-9A-Za-z-])")
_COMPACT = re.compile(r"[a-z][0-9]{1,2}[a-z]?(?![0-9A-Za-zÀ-ɏ-])")
_COMPACT_GERMAN = re.compile(r"[a-z](?:[0-9]{1,2}[a-z]?)?(?![0-9A-Za-zÀ-ɏ-])")
# "接触5E002和5D002.b": what a list joins to a paragraph is a number of the same list.
_JOINED_TO_PARAGRAPH = re.compile(
    r"\s?(?:[,、，/;]\s?|(?:and|or|und|oder|sowie|et|ou)\s|及び|又は|並びに|和|及|与|與|或|以及|と)(?:the\s|ECCN\s)?[0-9][A-E][0-9]{3}\.[a-z](?![a-z])"
)
# A control table whose cells ran together: "9A101MT Column 1".
_GLUED_REASON = re.compile(r"\.?(?:NS|MT|NP|CB|CC|RS|AT|UN|FC|SS)\s?(?:Column|applies)")
_HEXADECIMAL = re.compile(r"\b(?:hex\w*|registers?|opcode|0x[0-9a-f]+|offset|address(?:es)?|byte|mov)\b")
_FLOATLIKE = re.compile(r"[0-9]E(?:[0-9]00|30[2-9])")
_UNIT_AFTER = re.compile(
    r"\s?(?:m|s|V|A|W|J|K|Hz|kg|Pa|N|eV|Ω|FLOPs?|FLOPS|ops|operations|units?|cm|mm|km)\b(?![.(])"
)


_TO_ENTRY = re.compile(
    r"\s?(?:\s(?:to|through|thru|until|bis|à|au)\s|-|~|から|至|到)\s?(?:ECCNs?\s+|Nummer\s+)?(?P<group>[0-9][A-E])(?P<number>[0-9]{3,4})(?![0-9A-Za-zÀ-ɏ]|\.[a-z0-9])"
)


def control_numbers(context: Context) -> list[Found]:
    """Every code of the common form, expanded; spans are of the words each was read from."""
    text = context.page.cased
    found: list[Found] = []
    others: list[int] = []
    of_nouns: list[re.Match[str]] = []
    done = 0
    shared: tuple[
        Levels, ...
    ] = ()  # the paragraphs said of every entry of a list, "any .z item of 3A001 or 4A003"
    other = -1  # where a number that is labelled otherwise ends: what a list joins to it is labelled with it
    for hit in _ROOT.finditer(text):
        if hit.start() < done:
            continue
        if _is_of_other_things(text, hit, other):
            other = _STRICT_OR_NOTHING.match(text, hit.end()).end()  # type: ignore[union-attr]
            others.append(hit.start())
            continue
        confidence = _likely(context, hit)
        if confidence < 0:
            of_nouns.append(hit)
            continue
        if confidence == 0:
            if not context.is_blocked(hit.start()):
                others.append(hit.start())
            continue
        goes_on = 0 <= done <= hit.start() and bool(_LISTED_ON.fullmatch(text, done, hit.start()))
        mentions, done, shared = _read(text, hit, confidence, shared if goes_on else ())
        mentions += _entries_to(text, hit, mentions, done)
        regime = "de" if len(hit["number"]) == 4 else regime_of(context, hit.start(), hit.end())
        found += [
            Found(start, end, "code", identifier, regime, round(sure, 2))
            for start, end, identifier, sure in mentions
        ]
    for hit in of_nouns:
        lone = Found(hit.start(), hit.end(), "code", hit[0], regime_of(context, hit.start(), hit.end()), 0.55)
        if is_beside_a_paragraph(text, lone, found) and not is_in_company(text, lone, others):
            found.append(lone)
        else:
            others.append(hit.start())
    found = [
        one
        for one in found
        if one.confidence == 1
        or one.confidence == 0.55
        or "." in one.id
        or not is_in_company(text, one, others)
        or is_kind_of_goods(text[max(0, one.start - 40) : one.start])
        or is_after_goods(text[max(0, one.start - 40) : one.start], context.language)
    ]
    return found + said_of_last(text, found)


def _is_of_other_things(text: str, hit: re.Match[str], other: int) -> bool:
    """Whether the number is a room, a flight, an invoice by the word before it, or by the list that it goes on ("rooms 3A101 and 3B205")."""
    start, end = hit.span()
    if _PARAGRAPH_OF_A_LIST.match(text, end):
        return False
    if is_labelled_otherwise(text[max(0, start - 40) : start], text[end : end + 24]):
        return True
    return 0 <= other <= start and bool(_LISTED_ON.fullmatch(text, other, start))


def _entries_to(
    text: str, hit: re.Match[str], read: list[tuple[int, int, str, float]], at: int
) -> list[tuple[int, int, str, float]]:
    """What lies between two whole entries ("7A101 to 7A103"), where they are of one group and at most fifty apart."""
    until = _TO_ENTRY.match(text, at) if len(read) == 1 and "." not in read[0][2] else None
    group = f"{hit['category']}{hit['group'].upper()}"
    if (
        until is None
        or is_moved(text, hit.start(), until.end(), until[0])
        or until["group"] != group
        or len(until["number"]) != len(hit["number"])
    ):
        return []
    low, high = int(hit["number"]), int(until["number"])
    if not 1 < high - low <= 50:
        return []
    width = len(hit["number"])
    return [(hit.start(), until.end(), f"{group}{n:0{width}}", read[0][3]) for n in range(low + 1, high)]


def _likely(context: Context, hit: re.Match[str]) -> float:
    """How surely a thing of the shape is a code: 0 where it is a room, a flight, a float, a file; below 0 where it may be a thing's number."""
    text, small = context.page.cased, context.page.small
    start, end = hit.span()
    if context.is_blocked(start) or hit["number"].endswith("000") or (hit["number"] == "000"):
        return 0
    before, after = text[max(0, start - 40) : start], text[end : end + 24]
    if re.search(r"[A-Za-z_]=$", before):
        return 0
    if before.endswith(".") and not re.search(
        r"(?:\b(?:nr|nos?|eccns?|cf|para|bzw)|[a-z]{4,}|[^\x00-\xff])\.$", before, re.I
    ):
        return 0
    if before.endswith("-") and not re.search(
        r"(?:\bnon|\bpre|ECCN|[0-9][A-E][0-9]{3}[.a-z0-9]*|[^0-9A-Za-z])-$", before
    ):
        return 0
    if not _GLUED_REASON.match(after) and re.match(
        r"-(?:[A-Z]|[0-9](?![A-E][0-9]{3})|[a-z]{1,2}[0-9])|\.[a-z]{3,}|_|@|\.[A-Z]{2,}|[A-Z]|[0-9]|[=+*]|[a-z]{3,}|/[A-Z]",
        after,
    ):
        return 0
    near = small[max(0, start - 90) : start] + small[end : end + 90]
    loose = bool(hit["gap"] or hit["gap2"] or hit["group"].islower())
    if loose:
        blanks = hit["gap"] + hit["gap2"]
        named = re.search(
            r"(?:eccns?|ccl|control number|listennummer|nummer|position|entry|管制编码|管制編碼)\W{0,4}$",
            before,
            re.I,
        )
        dotted = (
            hit["group"].islower()
            and re.match(r"\.[a-z](?![a-z0-9])", after)
            and re.search("eccn|ccl|control", near)
        )
        if not named and not dotted and not (blanks == "-" and re.search(r"\b(?:eccns?|ccl)\b", near)):
            return 0
        return 0.6
    if after.startswith("h") and _HEXADECIMAL.search(small[max(0, start - 40) : start]):
        return 0
    positive = bool(context.work or context.source) or bool(_POSITIVE.search(near))
    floatlike = _FLOATLIKE.fullmatch(hit[0]) and not re.search(r"eccns?\W{0,3}$", before, re.I)
    if floatlike and (not re.search("eccn|ccl|control", near) or _UNIT_AFTER.match(after)):
        return 0
    if (
        hit["group"] == "E"
        and (_UNIT_AFTER.match(after) or re.search(r"[=<>×*≈~]\s*$", before))
        and "ECCN" not in before
    ):
        return 0
    if not positive and hit["number"].endswith("00"):
        return 0
    numbered = not (
        context.work
        or context.source
        or _STRICT.match(text, end)
        or (_COMPACT_GERMAN if context.language == "de" else _COMPACT).match(text, end)
    ) and is_of_a_noun(before, context.language)
    numbered = numbered and not is_kind_of_goods(before) and not _JOINED_TO_PARAGRAPH.match(text, end)
    if numbered and not speaks_of_control(small, start, end, _POSITIVE):
        return -1  # the number of whatever the noun is, where no paragraph of a list stands beside it
    if hit["glued"]:
        return 0.8
    return 1.0 if positive else 0.75


def _read(
    text: str, hit: re.Match[str], confidence: float, shared: tuple[Levels, ...]
) -> tuple[list[tuple[int, int, str, float]], int, tuple[Levels, ...]]:
    """The code at ``hit`` with its paragraphs and the list that goes on from it, where that ends, and what is said of the next entry too."""
    root = f"{hit['category']}{hit['group'].upper()}{hit['number']}"
    start = hit.start() + len(hit["glued"] or "")
    levels, end, tolerant = _paragraph(text, hit.end())
    sure = confidence * (0.7 if tolerant else 1)
    mentions: list[tuple[int, int, str, float]] = []
    before = BEFORE_OF.search(text, max(0, start - 120), start) if not levels else None
    if before is not None:
        group = "tokens" if before["tokens"] else "dotted"
        own = marked(before[group])
        if before["dotted"]:
            shared = tuple(marks for _, marks in own)
        else:
            at = before.start(group)
            mentions += [(at + offset, end, code(root, marks), sure * 0.9) for offset, marks in own]
            return mentions, end, ()
    if shared and not levels:  # read across words that stand apart: less sure
        return [(start, end, code(root, marks), sure * 0.7) for marks in shared], end, shared
    mentions.append((start, end, code(root, levels), sure))
    current = levels
    without_dots = tolerant and "." not in text[start:end]
    outside: Levels | None = (
        None  # of a list that goes on after an exception in brackets, the paragraph before it
    )
    while True:
        at = end
        if outside is not None and _JOIN.match(text, end) is None:
            current, outside = outside or (), None
            closes = _CLOSES.match(text, end)
            if closes is None:
                break
            at = closes.end()
        join = _JOIN.match(text, at)
        full = (
            re.compile(rf"(?:ECCNs?\s+)?{root}(?![0-9A-Z]|[a-z]{{2}})").match(text, join.end())
            if join
            else None
        )
        if join is not None and full is not None:
            last, full_end, _ = _paragraph(text, full.end())
            if not (join["range"] and last and len(last) == len(current)):
                break
            if not is_moved(text, hit.start(), full_end, join["range"]):
                mentions += [(start, full_end, code(root, own), sure) for own in between(current, last)]
            mentions.append((full.start(), full_end, code(root, last), sure))
            current, end = last, full_end
            continue
        step = _continuation(text, join, current, without_dots=without_dots) if join else None
        if step is None and (gloss := _GLOSS.match(text, at)) is not None and current:
            join = _JOIN.match(text, gloss.end())
            step = _continuation(text, join, current, without_dots=False) if join else None
        if step is None and (join := _ASIDE.match(text, at)) is not None:
            step = _continuation(text, join, current, without_dots=False)
        if step is None or join is None:
            break
        if join["except"] and re.search("[(（]", text[at : join.end()]):
            outside = current
        following, token_start, token_end = step
        if join["range"] and not is_moved(text, hit.start(), token_end, join["range"]):
            mentions += [(start, token_end, code(root, own), sure) for own in between(current, following)]
            token_start = at
        mentions.append((token_start, token_end, code(root, following), sure))
        current, start, end = following, token_start, token_end
    return mentions, end, ()


def _paragraph(text: str, at: int) -> tuple[Levels, int, bool]:
    """The levels written at ``at``, where they end, and whether the form was a tolerated one."""
    strict = _STRICT.match(text, at)
    end = strict.end() if strict else at
    loose = _LOOSE.match(text, at)
    tolerant = False
    if loose is not None and loose.end() > end:
        end, tolerant = loose.end(), True
    while (worded := (_WORDED if not tolerant else _WORDED_ON).match(text, end)) is not None:
        end, tolerant = worded.end(), True
    levels = tuple(level.lower() for level in LEVEL.findall(_WORDS.sub(" ", text[at:end])))
    if any(len(level) == 3 and level[0] == "0" for level in levels):
        return (
            (),
            end,
            True,
        )  # "3A001.3a002.g.1": two codes run together, of which the first entry alone is sure
    return levels, end, tolerant


_WORDS = re.compile(r"[^\W\d_]{3,}\.?|Nr\.|n°")


def _continuation(
    text: str, join: re.Match[str], current: Levels, *, without_dots: bool
) -> tuple[Levels, int, int] | None:
    if without_dots and (run := _RUN_ON.match(text, join.end())) is not None:
        return tuple(LEVEL.findall(run["levels"])), run.start(), run.end()
    token = _TOKEN.match(text, join.end())
    if token is None or token["levels"] in _NO_TOKEN:
        return None
    levels = tuple(token["levels"].split("."))
    if len(levels[0]) > 1 and levels[0].isalpha() and not token["dot"]:
        return None  # no paragraph of two letters has been written yet: a word
    after = _AFTER_TOKEN.match(text, token.end())
    broken = "\n" in text[join.start() : token.end()]
    if broken and (";" in join[0] or re.match(r"\.(?:\s|$)|[0-9]", text[token.end() :])):
        return None  # not a list that goes on: the mark of the next paragraph
    if join["except"] and not token["dot"] and (levels[0].isdigit() or after is None):
        return None
    if token["dot"] and len(levels) > 1 and levels[:1] == current[:1]:  # ".a.3.e" counts from the entry
        return levels, token.start(), token.end()
    if token["dot"] and join["except"] and not (current and current[-1].isalpha() and levels[0].isalpha()):
        return (*current, *levels), token.start(), token.end()
    if token["dot"] and current:
        return replaced(current, levels), token.start(), token.end()
    if levels[0].isdigit():
        if not current or not current[-1].isdigit() or len(levels) > 1 or after is None or ";" in join[0]:
            return None
        return (*current[:-1], levels[0]), token.start(), token.end()
    if len(levels) == 1 and not token["dot"]:
        if after is None and (levels[0] in ("a", "i", "y") or len(levels[0]) > 1 or not current):
            return None
        if not current and ";" in join[0]:
            return None
        nearest_letter = current[-1] if len(current) > 1 else ""
        if (
            len(nearest_letter) == 1
            and nearest_letter.isalpha()
            and (join["range"] or ord(levels[0][0]) == ord(nearest_letter) + 1)
        ):
            return (*current[:-1], levels[0]), token.start(), token.end()
    return levels, token.start(), token.end()
