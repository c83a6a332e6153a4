"""Things that only have a number, of the form of a code: a tank, a shelf, a relay, a locker, a sample.

The labels of ``archive.vocabulary.traps`` name such things one by one; here the sentence says it. A number right after a noun is the
number of that thing where its clause does not speak of control, and what stands in one sentence with such numbers is one itself.
"""

from __future__ import annotations

import re

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
_SMALL_WORD = re.compile(r"(?<![\w-])[a-zäöüß][\w-]*\s$")
_CLAUSE_END = re.compile(r"[;；。\n]|\.\s")


def is_of_a_noun(before: str, language: str = "") -> bool:
    """Whether what stands right ``before`` a bare number (cased, some forty characters) is a noun, so that the number is of it."""
    if language == "de" and _SMALL_WORD.search(before):
        return False  # German nouns are capitalised
    return bool(_AFTER_NOUN.search(before) or _AFTER_NOUN_WIDE.search(before))


def speaks_of_control(small: str, start: int, end: int, words: re.Pattern[str]) -> bool:
    """Whether one of ``words`` stands in the clause of the number at ``start`` to ``end``, at most ninety characters from it."""
    low = max((mark.end() for mark in _CLAUSE_END.finditer(small, max(0, start - 90), start)), default=0)
    closes = _CLAUSE_END.search(small, end, end + 90)
    return bool(words.search(small, max(low, start - 90), closes.start() if closes else end + 90))


def is_in_company(text: str, one: Found, others: list[int]) -> bool:
    """Whether a number that nothing near it says to be a control number stands in one sentence with rooms, flights, parts."""
    return any(
        abs(other - one.start) <= 60
        and not re.search(r"[.;。；\n]\s", text[min(other, one.start) : max(other, one.start)])
        for other in others
    )
