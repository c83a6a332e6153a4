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
_DOTTED = r"[a-z](?:\.[0-9a-z]{1,2})*\.?(?=[\s,;]|$)"  # paragraphs of an ECCN: b.2, c.1.a
_NUMBER = r"[0-9]{1,4}\.[0-9A-Za-z]+(?:[.–-][0-9][0-9A-Za-z]*)*"
_SECTION = rf"{_NUMBER}(?:\s*{_DESIGNATION})?"
_CODE = r"[0-9][A-E][0-9]{3}(?:\.[0-9a-z]{1,3})*"
_DATE = r"[A-Z][a-z]+\.? \d{1,2}, \d{4}"
_PART = r"(?:\d+\s+CFR\s+)?[Pp]art\s+\d+"
_CAPITAL = r"[A-ZÀ-Þ][\wÀ-ÿ’'.-]*"
_ALSO = r"(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)\d{1,2}\b)*"

#: The parts of an entry of the Commerce Control List by their printed names (15 CFR 774 Supp. 1).
_BLOCKS = (
    r"License\s+Requirements?|List\s+of\s+Items\s+Controlled|Related\s+Controls|Related\s+Definitions|Reasons?\s+for\s+Control"
    r"|(?:List[\s-]Based\s+)?License\s+Exceptions?|Special\s+Conditions\s+for\s+STA|Reporting\s+Requirements|Items(?=”?\s+paragraph)"
)

#: Kinds of tokens with their patterns; the first that fits at a place wins.
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("quote", r"“[^“”]*[”“]|(?<=[\s(])[A-Z0-9][^“”]{0,120}?”|\"[^\"]*\""),
    ("date", rf"(?:[Ee]ffective|[Bb]eginning)\s+(?:on\s+)?{_DATE},?"),
    ("until", rf"(?:[Dd]elayed\s+)?until\s+{_DATE},?"),
    (
        "indefinitely",
        r"[Dd]elayed\s+(?:indefinitely|until\s+further\s+notice),?|(?:indefinitely|until\s+further\s+notice)",
    ),
    ("lead", r"Under\s+the\s+authority\s+provided\s+in\s+FR\s+Doc\.[^)]*\),?"),
    ("position", r"between\s+(?:the\s+)?(?:words?|terms?)\s+(?:“[^”]*”|\S+)\s+and\s+(?:“[^”]*”|[^\s;.,]+)"),
    (
        "under",
        r"[Uu]nder\s+(?:the\s+)?(?:headings?\s+|country\s+)?(?!Categor|Product)(?:“[^”]+”"
        rf"|{_CAPITAL}(?:,?\s+(?:(?:of|the|and|&)\s+)*{_CAPITAL}|\s+\([^)]*\))*)",
    ),
    ("instead", r"in\s+(?:its|their)\s+(?:respective\s+)?places?\b"),
    ("label", r"\b[ivx]{1,5}\.\s(?=[A-Z][a-z]+ing\b)"),
    ("filler", r"\bthe\s+following\b"),
    # operations
    (
        "op:inplace",
        r"(?:[Aa]dd(?:ing|ed)?|[Ii]nsert(?:ing|ed)?|[Ss]ubstituting)\s+(?:(?:a|the)\s+)?(?:\w+\s+)?in\s+(?:its|their)\s+places?\b"
        r"|with(?=\s+“)",
    ),
    (
        "op:reserve",
        r"(?:[Rr]emov(?:e|ing|ed)\s+and\s+)?(?:[Rr]eserv(?:e|ing)\b|[Rr]eserved\b(?!\s+paragraph))",
    ),
    (
        "op:revise",
        r"(?:[Rr]evis(?:e|ing|ed)(?:\s+and\s+republish(?:ing|ed)?)?|[Rr]epublish(?:ing|ed)?|[Mm]odify(?:ing)?|[Mm]odified"
        r"|[Rr]eplac(?:e|ing|ed))\b",
    ),
    ("op:add", r"(?:[Aa]dd(?:ing|ed)?|[Ii]nsert(?:ing|ed)?)\b"),
    ("op:remove", r"(?:[Rr]emov(?:e|ing|ed)|[Dd]elet(?:e|ing|ed))\b"),
    ("op:redesignate", r"[Rr]edesignat(?:e|ing)\b|(?<=\s)redesignated\b(?=\s+as\b)"),
    ("op:transfer", r"[Tt]ransfer(?:ring|red)?\b"),
    ("op:stay", r"(?:[Ss]tay(?:ing|ed)?|[Ss]uspend(?:ing|ed)?)\b"),
    ("op:delay", r"[Dd]elay(?:ing|ed)?\b"),
    ("op:correct", r"(?:is|are)\s+corrected(?:\s+(?:by|to\s+read))?|[Cc]orrect(?:ing)?\b"),
    ("op:keep", r"continues?\s+to\s+read(?:\s+as\s+follows)?"),
    (
        "amend",
        r"(?:is|are)\s+(?:further\s+|proposed\s+to\s+be\s+)?amended|(?:[Ff]urther\s+)?[Aa]mend(?:ed|ing)?\b|(?:The\s+)?[A-Z]{2,5}\s+amends\b",
    ),
    # places
    ("authority", r"(?:[Tt]he\s+)?[Aa]uthority(?:\s+citations?)?\b"),
    (
        "supplement",
        r"[Ss]upp(?:lements?|l?\.)\s*(?:[Nn]os?\.?\s*)?\d+(?:\s*,\s*\d+)*(?:,?\s+and\s+\d+)?(?:\s+to\s+(?:15\s+CFR\s+)?[Pp]art\s+\d+)?",
    ),
    (
        "appendix",
        rf"[Aa]ppendi(?:x|ces)\s+[A-Z]{{1,2}}\b(?:\s+and\s+[A-Z]\b)?(?:\s+(?:to|of)\s+(?:this\s+)?{_PART})?",
    ),
    (
        "section",
        rf"(?:§+\s*|(?:[Nn]ewly\s+)?(?:re)?(?:designated\s+)?[Ss]ections?\s+|\b\d+\s+CFR\s+){_SECTION}"
        rf"(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+through\s+)(?:§+\s*)?{_SECTION})*",
    ),
    ("subpart", r"[Ss]ubparts?\s+[A-Z]{1,3}\b(?:\s+(?:to|of)\s+[Pp]art\s+\d+)?"),
    ("part", r"(?:\d+\s+CFR\s+)?[Pp]arts?\s+\d+[A-Za-z]?(?:\s*,\s*(?:and\s+)?\d+|\s+and\s+\d+|\s*-\s*\d+)*"),
    ("chapter", r"(?:\d+\s+CFR\s+)?[Cc]hapter\s+[IVX]+\b|[Ss]ubchapter\s+[A-Z]\b"),
    (
        "category",
        r"[Cc]ategory\s+\d+(?:\s*[—–-]\s*[A-Z](?:“[^”]*”|[^,;“])*(?=,))?(?:\s*[,—–-]?\s*Part\s+\d)?|[Cc]ategory\s+[IVX]+\b"
        r"|[Pp]roduct\s+[Gg]roup\s+[A-E]\b",
    ),
    (
        "code",
        rf"(?:(?:Export\s+Control\s+Classification\s+Numbers?\s*(?:\(ECCNs?\)\s*)?|ECCNs?)\s+)?{_CODE}\b",
    ),
    ("block", rf"(?:the\s+)?“?(?:{_BLOCKS})”?(?:\s+(?:paragraph|section|table))?(?=[\s,;.:]|$)"),
    (
        "paragraph",
        r"(?:(?:newly\s+)?(?:re)?designated\s+)?(?:reserved\s+)?[Pp]aragraphs?\s+"
        rf"(?:{_DESIGNATION}|\(?\d{{1,3}}\)?|[A-Z]{{1,2}}\b(?!\s)|{_DOTTED})|{_DESIGNATION}"
        r"|\b[a-z]\.\d{1,2}(?:\.[0-9a-z]{1,2})*\b",
    ),
    # elements
    (
        "sentence",
        rf"(?:{_COUNT}\s+)?(?:{_ORDINAL}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s+through\s+|\s+to\s+){_ORDINAL}){{0,8}}\s+)?sentences?\b",
    ),
    ("ordinal-paragraph", rf"(?:{_COUNT}\s+)?(?:{_ORDINAL}|undesignated)\s+paragraphs?\b(?!\s*\()"),
    (
        "intro",
        r"(?:the\s+)?(?:section\s+)?introductory\s+(?:text|paragraph|sentence)(?:\s+to\s+the\s+(?:section|supplement))?",
    ),
    (
        "heading",
        r"(?:(?:the\s+|a\s+)?(?:section|subject|paragraph|subpart|part|table|supplement|appendix|undesignated\s+center|center)\s+)?"
        r"[Hh]eadings?(?:\s+and\s+text)?\b",
    ),
    ("note", rf"(?:[Tt]echnical\s+)?[Nn]otes?(?:\s+\d{{1,2}}\b)?{_ALSO}|[Nn]ota\s+[Bb]ene"),
    ("footnote", rf"[Ff]ootnotes?(?:\s+\d{{1,2}}\b)?{_ALSO}"),
    ("definition", r"definitions?\b(?:\s+(?:of|for)(?:\s+the\s+terms?)?\b)?"),
    ("listing", r"country\s+(?:listing|heading)s?(?:\s+for)?"),
    ("entry", r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)\s+[A-Z]\w+\s+entit(?:y|ies)\b"),
    (
        "entry",
        rf"(?:{_COUNT}\s+)?(?:{_ORDINAL}\s+)?[Ee]ntr(?:y|ies)(?:,\s+in\s+(?:alphabetical|numerical|alphanumeric(?:al)?)\s+order,?)?"
        r"(?:\s+(?:for|of|to)\b(?:\s+the\s+following\s+(?:entit(?:y|ies)|entries):?)?)?",
    ),
    (
        "table",
        r"(?:the\s+)?[Tt]ables?\b(?:\s+\d+(?:\.\d+)*)?|[Ff]igures?\s+\d+|Commerce\s+Country\s+[Cc]hart|Country\s+Group\s+[A-E]\b",
    ),
    (
        "words",
        r"(?:the\s+)?(?:words?|phrases?|terms?|abbreviations?|citations?|references?|numbers?|dates?|language|semicolons?|periods?"
        r"|commas?|punctuation|acronyms?|amounts?)\b(?:\s+to(?=\s+“))?",
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
        r"\b(?:[Oo]f|[Ii]n|[Tt]o|[Ff]or|[Ff]rom|[Aa]t|[Uu]nder|[Ff]ollowing|that\s+follow|[Aa]fter|[Bb]efore|between|preceding"
        r"|within|into|on|immediately)\b",
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
    " paragraphs this these that whole entire existing proposed two three listing with all reads be have"
    " additions addition revisions revision removals removal additional which then set forth below"
    " corresponding occurs where specified particular list countries item items appropriate".split()
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
