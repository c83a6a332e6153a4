"""Paragraphs that stand apart from the entry they are of: "paragraphs a.1 and .c of ECCN 3A001", "ECCN 3A001 is amended by revising
paragraph b.2", "paragraphs a and b of that entry", "Unternummer b2 dieser Nummer", "le point b.2 est supprimé".

What is said before its entry is read with it; what comes after is of the entry named last in the same sentence, and only where
the words say so: a reference back, or a verb of amending.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from diffing.touches.context import Found
from diffing.touches.paragraph_levels import LEVEL, Levels, between, code

_MARK = r"\.?\(?[a-z](?![a-z])(?:(?:[.()]+|(?<=[a-z])(?=[0-9])|(?<=[0-9])(?=[a-z]))[a-z0-9]{1,2}(?![a-z]{2}|[0-9]))*(?:\)|\.(?=\s(?:and|or|through|to)\s))?"
_PART_OF = r"(?:\s(?:introductory\stext|heading))?"
_MARKS_ON = rf"{_PART_OF}(?:\s*(?:(?:,\s*|;[ ])(?:and\s|or\s)?|and|or|und|oder|sowie|et|ou|to|through|bis|à|-)\s*(?:[Bb]y\s[a-z]+ing\s)?(?:paragraphs?\s)?{_MARK}{_PART_OF})*"
_WORDS = r"(?:[Pp]aragraphs?|[Ss]ub-?paragraphs?|[Ss]ub-?items?|[Ii]tems?|[Pp]oints?|Buchstaben?|Unternummern?|alinéas?|Nummern?|lettres?)"
BEFORE_OF = re.compile(
    rf"""(?:{_WORDS}\s+(?P<tokens>{_MARK}{_MARKS_ON})
      |(?<![A-Za-z0-9.])(?P<dotted>(?=\.){_MARK}{_MARKS_ON})\s+(?:items?|paragraphs?|commodit(?:y|ies)|products?|entr(?:y|ies)|goods|parts|software|technology))
    \s+(?:of|under|in|from|to(?=\s+(?:the\s+)?(?:entry|ECCN))|der|des|von|de\ la|du|de\ l'|de)\s*(?:the\s+)?(?:entry|entries|ECCNs?|number|Nummer|Position|Listenposition|rubrique|numéro|position)?\s*$""",
    re.X,
)
"""Right before an entry; without the word where the dot says what it is: "any .z item of 3A001 or 4A003"."""
_NEXT_MARK = re.compile(rf"(?P<range>(?:\b(?:to|through|bis|à)|-)\s*)?(?<![a-z])(?P<mark>{_MARK})(?![a-z])")

# Each begins with its letters, so that a text without them is passed over fast; what stands before is looked at afterwards.
_AFTER = re.compile(
    rf"""(?:paragraphs?|Paragraphs?|sub-?paragraphs?|Sub-?paragraphs?|sub-?items?|Sub-?items?|items?|Items?|points?|Points?|Buchstaben?|Unternummern?|alinéas?|Nummern?|lettres?)\s+(?P<tokens>{_MARK}{_MARKS_ON})(?![A-Za-z0-9(-]|\.[a-z0-9])
    (?P<back>\s+(?:thereof\b|davon\b|(?:of|in|to|under)\s+(?:that|the\s+same|said)\s+(?:ECCN|entry|number|item|heading|control)\b
      |(?:dieser|derselben|der\s+(?:gleichen|genannten))\s+(?:Nummer|Position|Listennummer|Unternummer)\b
      |de\s+(?:cette|la\s+même|ladite)\s+(?:rubrique|position|entrée|catégorie)\b|du(?:dit|\s+même)\s+numéro\b|de\s+ce\s+(?:numéro|point)\b))?""",
    re.X,
)
# "whose paragraph b.2", "et ses points a.1 et a.3", "not paragraph c".
_WHOSE = re.compile(
    r"\b(?:its|whose|deren|dessen|ses|son|sa|dont\s+(?:le|la|les)"
    r"|(?:except(?:\s+for)?|other\s+than|excluding|with\s+the\s+exception\s+of|apart\s+from|including|in\s+particular|notably|(?:but\s|(?<=,\s))not|mit\s+Ausnahme\s+(?:von|der)|ausgenommen|einschließlich|insbesondere|nicht\s+aber|sauf|hormis|notamment|y\s+compris|à\s+l'(?:exception|exclusion)\s+d(?:e|u|es))(?:\s+(?:the|les?|la|der|die))?)\s+$"
)
_AMENDS = re.compile(
    r"\b(?:amend|revis|add(?:s|ed|ing)?\b|remov|redesignat|reserv|delet|correct|insert|replac|strik|chang"
    r"|geändert|gestrichen|eingefügt|ersetzt|gefasst|angefügt|hinzugefügt|aufgehoben|neu\s|modifi|supprim|ajout|insér|remplac|abrog|rédig)",
)
# "3A001.b.4.a to b.4.d rises; for b.4.e it does not": two levels after a preposition need no word.
_BARE = re.compile(
    r"(?P<tokens>[a-z]\.(?<=\s[a-oq-z]\.)[0-9]{1,2}(?:\.(?:[a-z]|[0-9]{1,2}))*)(?![0-9A-Za-z%]|\.[0-9A-Za-z])"
)
_PREPOSITION = re.compile(
    r"\b(?:for|in|under|by|see|of|than|with|from|für|unter|nach|bei|pour|sous|de|du|au|aux|des)\s$"
)
# Between the entry and what would be of it: a sentence that ends, another place that the paragraph may be of.
_ENDS = re.compile(
    r"(?<!\bNo)(?<!\bSupp)(?<!\bNr)(?<!\bArt)(?<!\n[a-z0-9])(?<!\s[(][a-z0-9])\.\s+(?=[A-Z])|[。]|§|\b[Ss]ections?\b|\b[Pp]art\s[0-9]|\b(?:Category|Categories|Kategorie|Catégorie)\s[IVX]+\b"
    r"|\b(?:Article|Artikel|Annex|Anhang|Annexe)s?\s[0-9IVX]|\b(?:Note|Anmerkung)\s[0-9]|\b[PM]L\s?[0-9]"
)
# "paragraph a of Note 1": of something else, said after it.
_OF_ANOTHER = re.compile(
    r"\s+(?:of|under|der|des|von|du|de\s+la|de\s+l')\s*(?:the\s+)?(?!(?:List|Items|list|items)\b)[A-Z§(0-9]|\s+of\s+(?:this|that|the|each|such)\b(?!\s+(?:List|list|Items|items)\b)"
)
_FAR = 400


def marked(tokens: str) -> list[tuple[int, Levels]]:
    """The paragraphs of a list of marks, each with its offset, ranges filled."""
    found: list[tuple[int, Levels]] = []
    for token in _NEXT_MARK.finditer(tokens):
        own = tuple(LEVEL.findall(token["mark"]))
        if token["range"] and found:
            found += [(token.start(), inside) for inside in between(found[-1][1], own)]
        found.append((token.start("mark"), own))
    return found


def said_of_last(text: str, found: list[Found]) -> list[Found]:
    """The paragraphs in ``text`` that are said of the entry named last before them; ``found`` are the codes read so far."""
    if not found:
        return []
    places = sorted(found, key=lambda one: (one.end, one.start))
    ends = [one.end for one in places]
    said: list[Found] = []
    for hit in (*_AFTER.finditer(text), *_BARE.finditer(text)):
        index = bisect_right(ends, hit.start())
        if not index or (index < len(places) and places[index].start < hit.end()):
            continue
        before = text[max(0, hit.start() - 7) : hit.start()]
        if not _PREPOSITION.search(before) if hit.re is _BARE else re.search(r"[A-Za-z0-9-]$", before):
            continue
        last = places[index - 1]
        gap = text[last.end : hit.start()]
        if len(gap) > _FAR or _ENDS.search(gap) or not _is_said_of_it(text, hit, last):
            continue
        said += [
            Found(
                hit.start("tokens") + offset,
                hit.end("tokens"),
                "code",
                code(last.id[: _root(last.id)], levels),
                last.regime,
                0.8,
            )
            for offset, levels in marked(hit["tokens"])
        ]
    return said


def _root(identifier: str) -> int:
    """The length of the entry of a code."""
    return len(identifier.partition(".")[0])


def _is_said_of_it(text: str, hit: re.Match[str], last: Found) -> bool:
    if hit.re is _BARE or hit["back"] or _WHOSE.search(text, max(0, hit.start() - 32), hit.start()):
        return True
    if hit[0].lower().startswith("item") and not re.search(r"[.0-9]", hit["tokens"]):
        return False  # "an item a person may add"
    if "(" in hit["tokens"] or _OF_ANOTHER.match(text, hit.end()):
        return False  # (b)(2) is how the sections of the law number, not the entries of the list
    return bool(_AMENDS.search(text, last.end, min(len(text), hit.end() + 60)))
