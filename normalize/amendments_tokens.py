"""An amendatory instruction cut into the words of its trade: operations, places, elements, quotations.

Each word of an instruction has to be one of these, or one of the few that carry no meaning of their own (``FILLERS``). A word that is
neither makes the instruction one that was not understood: better told as such than read wrongly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ORDINAL = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last|final|next to last"
    r"|penultimate|second[- ]to[- ]last|newly designated|new|existing|only)"
)
_COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|the|\d+)"
_DESIGNATION = (
    r"(?:[A-Z](?=\())?(?:\(\s?(?:[0-9]{1,3}|[a-z]{1,5}|[A-Z]{1,2}|[ivxIVX]{1,6})\s?\))+(?:[0-9]{1,3}\b)?"
)
_SECTION_NUMBER = r"[0-9]{1,4}\.[0-9A-Za-z]+(?:[.–-][0-9][0-9A-Za-z]*)*"
_CODE = r"[0-9][A-E][0-9]{3}(?:\.[0-9a-z]{1,3})*"
_DATE = r"[A-Z][a-z]+\.? \d{1,2}, \d{4}"

#: Kinds of tokens with their patterns, the first that fits at a place wins.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("quote", r"“[^“”]*[”“]|(?<=[\s(])[A-Z0-9][^“”]{0,120}?”|\"[^\"]*\""),
    ("date", rf"(?:[Ee]ffective|[Dd]elayed until|[Bb]eginning)\s+(?:on\s+)?{_DATE},?"),
    (
        "indefinitely",
        r"[Dd]elayed\s+indefinitely,?|(?:delayed|suspended)\s+(?:indefinitely|until\s+further\s+notice)",
    ),
    ("until", rf"until\s+{_DATE}"),
    ("lead", r"Under\s+the\s+authority\s+provided\s+in\s+FR\s+Doc\.[^)]*\),?"),
    (
        "position",
        r"(?:immediately\s+)?(?:between\s+(?:the\s+)?(?:words?|terms?)\s+(?:“[^”]*”|\S+)\s+and\s+(?:“[^”]*”|[^\s;.,]+))",
    ),
    (
        "under",
        r"[Uu]nder\s+(?:the\s+)?(?:headings?\s+|country\s+)?(?=[A-ZÀ-Þ“])(?!§|Categor|Product)(?:“[^”]+”|[A-ZÀ-Þ][\wÀ-ÿ’'.-]*(?:,?\s+(?:[A-ZÀ-Þ][\wÀ-ÿ’'.-]*|of|the|and|&|\([^)]*\)))*)",
    ),
    ("label", r"\b[ivx]{1,5}\.\s(?=[A-Z][a-z]+ing\b)"),
    ("filler", r"\bthe\s+following\b"),
    # operations
    (
        "op:inplace",
        r"(?:[Aa]dd(?:ing|ed)?|[Ii]nsert(?:ing|ed)?|[Ss]ubstituting)\s+(?:(?:a|the)\s+)?(?:\w+\s+)?in\s+(?:its|their)\s+places?|(?:with|by)(?=\s+“)",
    ),
    (
        "op:reserve",
        r"(?:[Rr]emov(?:e|ing|ed)\s+and\s+reserv(?:e|ing|ed)|[Rr]eserv(?:e|ing|ed)(?!\s+paragraph))\b",
    ),
    (
        "op:revise",
        r"(?:[Rr]evis(?:e|ing|ed)(?:\s+and\s+republish(?:ing|ed)?)?|[Rr]epublish(?:ing|ed)?|[Mm]odify(?:ing)?|[Mm]odified|[Rr]eplac(?:e|ing|ed)|[Rr]evision)\b",
    ),
    ("op:add", r"(?:[Aa]dd(?:ing|ed|s)?|[Ii]nsert(?:ing|ed)?)\b"),
    ("op:remove", r"(?:[Rr]emov(?:e|ing|ed)|[Dd]elet(?:e|ing|ed))\b"),
    (
        "op:redesignate",
        r"(?:[Rr]edesignat(?:e|ing|ed)(?!\s+(?:paragraphs?|§))|[Rr]edesignat(?:e|ing)(?=\s+(?:paragraphs?|§)))\b",
    ),
    ("op:transfer", r"(?:[Tt]ransfer(?:ring|red)?)\b"),
    ("op:stay", r"\b(?:is|are)\s+stayed|[Ss]tay(?:ing)?\b|\b(?:is|are)\s+suspended|[Ss]uspend(?:ing)?\b"),
    ("op:delay", r"\b(?:is|are)\s+delayed|[Dd]elay(?:ing)?\b"),
    ("op:correct", r"(?:is|are)\s+corrected(?:\s+(?:by|to\s+read))?|[Cc]orrect(?:ing)?\b"),
    ("op:keep", r"continues?\s+to\s+read(?:\s+as\s+follows)?"),
    (
        "amend",
        r"(?:is|are)\s+(?:further\s+|proposed\s+to\s+be\s+)?amended|(?:[Ff]urther\s+)?[Aa]mend(?:ed|ing)?|The\s+FAA\s+amends|FAA\s+amends",
    ),
    # places
    ("authority", r"(?:[Tt]he\s+)?[Aa]uthority(?:\s+citations?)?"),
    (
        "supplement",
        r"[Ss]upp(?:lements?|l?\.)\s*(?:[Nn]os?\.?\s*)?\d+(?:\s*,\s*\d+)*(?:,?\s+and\s+\d+)?(?:\s+to\s+(?:15\s+CFR\s+)?[Pp]art\s+\d+)?",
    ),
    (
        "appendix",
        r"[Aa]ppendi(?:x|ces)\s+[A-Z]{1,2}\b(?:\s+and\s+[A-Z]\b)?(?:\s+(?:to|of)\s+(?:\d+\s+CFR\s+)?(?:this\s+)?[Pp]art\s+\d+)?",
    ),
    (
        "section",
        rf"(?:§+\s*|(?:[Nn]ewly\s+)?(?:re)?(?:designated\s+)?[Ss]ections?\s+|\b\d+\s+CFR\s+){_SECTION_NUMBER}(?:\s*{_DESIGNATION})?(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+through\s+)(?:§+\s*)?{_SECTION_NUMBER}(?:\s*{_DESIGNATION})?)*",
    ),
    ("subpart", r"[Ss]ubparts?\s+[A-Z]{1,3}\b(?:\s+(?:to|of)\s+[Pp]art\s+\d+)?"),
    (
        "part",
        r"(?:(?:\d+\s+CFR\s+)?[Pp]arts?\s+\d+[A-Za-z]?(?:\s*,\s*(?:and\s+)?\d+|\s+and\s+\d+|\s*-\s*\d+)*)",
    ),
    ("chapter", r"(?:\d+\s+CFR\s+)?[Cc]hapter\s+[IVX]+\b"),
    ("category", r"[Cc]ategory\s+\d+(?:\s*[,—–-]?\s*Part\s+\d)?|[Pp]roduct\s+[Gg]roup\s+[A-E]\b"),
    ("code", rf"(?:ECCNs?\s+)?{_CODE}\b"),
    (
        "paragraph",
        rf"(?:(?:newly\s+)?(?:re)?designated\s+)?(?:reserved\s+)?[Pp]aragraphs?\s+(?:{_DESIGNATION}|\(?\d{{1,3}}\)?|[A-Z]{{1,2}}\b(?!\s))|{_DESIGNATION}",
    ),
    # elements
    (
        "sentence",
        rf"(?:{_COUNT}\s+)?(?:{_ORDINAL}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+through\s+|\s+to\s+){_ORDINAL})*\s+)?sentences?",
    ),
    ("ordinal-paragraph", rf"(?:{_COUNT}\s+)?(?:{_ORDINAL}|undesignated)\s+paragraphs?(?!\s*\()"),
    (
        "intro",
        r"(?:the\s+)?introductory\s+(?:text|paragraph|sentence)(?:\s+to\s+the\s+(?:section|supplement))?",
    ),
    (
        "heading",
        r"(?:(?:the\s+|a\s+)?(?:section|subject|paragraph|subpart|part|table|supplement|appendix|undesignated\s+center|center)\s+)?[Hh]eadings?(?:\s+and\s+text)?",
    ),
    (
        "note",
        r"(?:[Tt]echnical\s+)?[Nn]otes?(?:\s+\d{1,2}\b)?(?:(?:\s*,\s*|\s+and\s+)\d{1,2}\b)*|[Nn]ota\s+[Bb]ene",
    ),
    ("footnote", r"[Ff]ootnotes?(?:\s+\d{1,2}\b)?(?:(?:\s*,\s*|\s+and\s+)\d{1,2}\b)*"),
    ("definition", r"definitions?(?:\s+(?:of|for)(?:\s+the\s+terms?)?)?"),
    ("listing", r"country\s+(?:listing|heading)s?(?:\s+for)?"),
    (
        "entry",
        rf"(?:{_COUNT}\s+)?(?:{_ORDINAL}\s+)?[Ee]ntr(?:y|ies)(?:,\s+in\s+(?:alphabetical|numerical|alphanumeric(?:al)?)\s+order,?)?(?:\s+(?:for|of|to)(?:\s+the\s+following\s+(?:entit(?:y|ies)|entries):?)?)?",
    ),
    (
        "table",
        r"(?:the\s+)?[Tt]ables?(?:\s+\d+(?:\.\d+)*)?(?:\s+(?=[tT]o\s+paragraph))?|[Ff]igures?\s+\d+|Commerce\s+Country\s+[Cc]hart|Country\s+Group\s+[A-E]\b",
    ),
    (
        "words",
        r"(?:the\s+)?(?:words?|phrases?|terms?|abbreviations?|citations?|references?|numbers?|dates?|language|semicolons?|periods?|commas?|punctuation|acronyms?|figures?|amounts?)\b",
    ),
    ("text", r"(?:the\s+)?text\b"),
    ("airworthiness", r"airworthiness\s+directive"),
    # joints
    ("stop", r"[;:]|—"),
    ("comma", r","),
    ("and", r"\b(?:and|or|&)\b"),
    ("through", r"\b(?:through|thru)\b|(?<=\))\s*[–-]\s*(?=\()"),
    ("as", r"\bas\b(?!\s+follows)"),
    (
        "preposition",
        r"\b(?:[Oo]f|[Ii]n|[Tt]o|[Ff]or|[Ff]rom|[Aa]t|[Uu]nder|[Ff]ollowing|that\s+follow|[Aa]fter|[Bb]efore|between|preceding|within|into|on|immediately)\b",
    ),
    ("be", r"\b(?:is|are|be)\b"),
    ("by", r"\b[Bb]y\b"),
    ("dot", r"\.(?=\s|$)"),
    ("word", r"[^\s,;:.()“”]+|[().“”]"),
)
_TOKEN = re.compile("|".join(f"(?P<k{number}>{pattern})" for number, (_, pattern) in enumerate(_PATTERNS)))

FILLERS = frozenset(
    "the a an new newly designated redesignated its it their they place places respectively both also further"
    " alphabetical alphabetic alphabetically numerical numerically numeric alphanumeric order sequence following follows"
    " as read appear appears wherever everywhere each time occurrences end ends beginning start section supplement part paragraph"
    " paragraphs this these that whole entire existing proposed two three places place listing with all reads be have"
    " additions addition revisions revision removals removal additional which then set forth below set-forth"
    " corresponding occurs where both specified particular".split()
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of an instruction: what it is, as what it stands there, and where it begins."""

    kind: str
    text: str
    start: int


def tokens(text: str) -> tuple[Token, ...]:
    """``text`` in pieces, blanks left out, nothing else lost."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        number = int((match.lastgroup or "k0")[1:])
        found.append(Token(_PATTERNS[number][0], match.group().strip(), match.start()))
    return tuple(found)
