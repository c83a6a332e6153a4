"""Things that only have a number, of the form of a code: a tank, a shelf, a relay, a locker, a sample.

The labels of ``archive.vocabulary.traps`` name such things one by one; here the sentence says it. A number right after a noun is the
number of that thing where its clause does not speak of control, and what stands in one sentence with such numbers is one itself.
"""

from __future__ import annotations

import re

from archive.vocabulary.kinds_of_goods import GOODS, GOODS_GERMAN, GOODS_WIDE
from archive.vocabulary.no_nouns import NO_NOUNS, NO_NOUNS_WIDE
from diffing.touches.context import Found

# "tank 5C001", "Spind 3A001": right after a noun a bare number is the number of that thing, where nothing near speaks of control.
_AFTER_NOUN = re.compile(
    r"(?<![\w.-])(?!(?:\w+(?:ed|ing|ly)|\w+(?<!m)ent|\w+(?:é|ée|és|ées|asst|isst)|(?-i:[a-zäöüß]\w*(?:gen|lten|men|det|ert))|include|contain|describe|designate|specify|control|exclude|affect|mean|use|apply|license|classify|correct|review|mention|comprise|involve|exempt|restrict|move|keep|match|trigger|find|read|put|made|gilt|gelten|umfasst|enthält|betrifft|nennt|bleibt|bleiben|comprend|vise|couvre|inclut|exclut|contient|concerne|remplace|ajoute|supprime|modifie|désigne|devient|reste)\s)(?!(?:of|in|to|for|under|and|or|nor|with|from|by|see|is|are|was|were|be|the|a|an|that|than|per|via|as|at|on|into|over|except|not|also|both|either|neither|only|against|between|without|including|excluding|versus|vs|like|compare|consult|check|otherwise|namely|because|since|while|unless|until|whether|will|would|may|must|shall|should|can|could|cannot|did|do|concerning|regarding|about|above|below|beyond|before|after|during|through|throughout|toward|upon|instead|rather|such|other|another|likewise|thereby|therefore|cite|cited|call|called|amend|amended|delete|deleted|omit|omitted|insert|inserted|name|named|enter|entered|meet|satisfy|exceed|within|plus|but|if|when|where|which|has|have|any|all|some|each|every|this|these|those|now|then|formerly|still|add|added|remove|removed|revise|revised|replace|replaced|need|require|list|listed|cover|covered|e\.g|i\.e"
    r"|und|oder|nach|von|für|gemäß|unter|bei|mit|zu|zur|zum|auf|aus|der|die|das|den|dem|des|ein|eine|einer|als|wie|außer|ohne|sowie|bis|durch|aber|nicht|ist|sind|vom|im|am|siehe|jedoch|sowohl|auch|weder|noch|entweder|ferner|zudem|etwa|insbesondere|soweit|sofern|falls|wenn|wo|gegen|je|statt|anstatt|betreffend|gegenüber|neben|ob|daß|dass|beim|ins|neu|künftig|bisher|bereits"
    r"|et|ou|ni|de|du|la|le|les|au|aux|pour|sous|en|dans|vers|par|sur|selon|sauf|hors|hormis|que|est|sont|voir|dont|avec|sans|mais|pas|un|une|entre|soit|tant|ainsi|aussi|notamment|ce|cet|cette|son|sa|leur|contre|si|où|donc|car|puis|concernant|tout|toute|chaque)\s)[A-Za-zÀ-ÿ][a-zà-ÿ-]*[a-rt-zà-ÿ]\s$",
    re.I,
)
# 仓库3A001, 検体2B350: the same where no blank stands between, unless it is a verb or a particle.
_AFTER_NOUN_WIDE = re.compile(
    r"[\u4e00-\u9fffァ-ヺー](?<![的之和与與及或对對将將为為是在按第属屬于於到至除据據含以被由把向给給又若並并即如见見達达用入合足盖蓋括过過从從自比非同等增删刪除改正订訂调調移撤替换換补補惟唯但仅僅只即另尚暂暫均都皆凡因则則乃])$"
)
_LAST_WORD = re.compile(r"(?P<word>[A-Za-zÀ-ÿ]+(?:-[A-Za-zÀ-ÿ]+)*)\s$")
_SMALL_WORD = re.compile(r"(?<![\w-])[a-zäöüß][\w-]*\s$")
_CLAUSE_END = re.compile(r"[;；。\n]|\.\s")


def is_of_a_noun(before: str, language: str = "") -> bool:
    """Whether what stands right ``before`` a bare number (cased, some forty characters) is a noun, so that the number is of it."""
    if language == "de" and _SMALL_WORD.search(before):
        return False  # German nouns are capitalised
    last = _LAST_WORD.search(before)
    if last is not None and (
        last["word"].lower() in NO_NOUNS
        or re.search(r"-\w+(?:ed|ing)$|-(?:known|owned|style|wide|reaching)$", last["word"])
    ):
        return False  # "the short-lived 4E091"
    if before.endswith(NO_NOUNS_WIDE) or is_after_goods(before, language):
        return False  # 接触5E002, 生产设备9B115, "production equipment 9B115"
    return bool(_AFTER_NOUN.search(before) or _AFTER_NOUN_WIDE.search(before))


def is_after_goods(before: str, language: str = "") -> bool:
    """Whether the word right ``before`` a number is what an entry of the lists is of."""
    if before.endswith(GOODS_WIDE):
        return True
    last = _LAST_WORD.search(before)
    word = last["word"].lower() if last is not None else ""
    return (
        word in GOODS
        or word.rpartition("-")[2] in GOODS
        or (language == "de" and word.endswith(GOODS_GERMAN))
    )


def speaks_of_control(small: str, start: int, end: int, words: re.Pattern[str]) -> bool:
    """Whether one of ``words`` stands in the clause of the number at ``start`` to ``end``, at most ninety characters from it."""
    low = max((mark.end() for mark in _CLAUSE_END.finditer(small, max(0, start - 90), start)), default=0)
    closes = _CLAUSE_END.search(small, end, end + 90)
    return bool(words.search(small, max(low, start - 90), closes.start() if closes else end + 90))


def is_beside_a_paragraph(text: str, one: Found, found: list[Found]) -> bool:
    """Whether a paragraph of a list ("8A620.b") stands in one sentence with ``one``: then "gear 8B609" is of the list too."""
    return any(
        "." in other.id
        and abs(other.start - one.start) <= 120
        and not re.search(
            r"[.。！？!?]\s|[。\n]", text[min(other.end, one.end) : max(other.start, one.start)]
        )
        for other in found
    )


def is_in_company(text: str, one: Found, others: list[int]) -> bool:
    """Whether a number that nothing near it says to be a control number stands in one sentence with rooms, flights, parts."""
    return any(
        abs(other - one.start) <= 60
        and not re.search(r"[.;。；\n]\s", text[min(other, one.start) : max(other, one.start)])
        for other in others
    )
