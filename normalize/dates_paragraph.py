"""The DATES paragraph of a Federal Register paper, read as facts, each with the sentence it came from.

The index of the Federal Register gives one effective date and one comment deadline. The paragraph gives all of them: a rule
"effective August 27, 2024 except for amendatory instruction 11, which is effective September 16, 2024" takes effect twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from archive.records import Fact

_MONTHS = "January February March April May June July August September October November December".split()
_NUMBER_OF = {name[:3].lower(): number for number, name in enumerate(_MONTHS, 1)}
_MONTH = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
_DATE = re.compile(
    rf"\b(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?(?P<month2>{_MONTH}),?\s+(?P<year2>\d{{4}})\b"
    r"|\b(?P<month3>\d{1,2})/(?P<day3>\d{1,2})/(?P<year3>\d{4})\b"
    r"|\b(?P<year4>\d{4})-(?P<month4>\d{2})-(?P<day4>\d{2})\b"
)

# A full stop that ends no sentence.
_ABBREVIATION = re.compile(
    r"(?:\b(?:Nos?|Sec|Secs|Inc|Ltd|Co|Corp|Dr|Mr|Mrs|Ms|St|Fed|Reg|Doc|Pub|Stat|Vol|Art|Supp|Ex|Ch|Pt"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|e\.g|i\.e|et al|vs?|approx)|\b[A-Z]|\b[A-Z]\.[A-Z])\.\Z"
)
_CAPITAL = re.compile(r"[\"“(\[]?[A-Z0-9]")
_ABBREVIATION_REACH = 12  # characters before a stop that tell whether it ends a sentence
_CLOCK_END = re.compile(r"[ap]\.m\.\Z", re.IGNORECASE)
_STARTS_SENTENCE = re.compile(
    r"(?:The|This|These|Those|Comments?|Written|Public|Submit|For|However|If|All|Any|Interested|In|See|Effective|Compliance)\b"
)
_END = re.compile(r"(?<=[.;!?])[\"”')\]]*\s+")

_CLOCK = r"(?:(?:at\s+)?(?:12\s+(?:noon|midnight)|\d{1,2}(?::\d{2}){0,2}\s*[ap]\.?\s?m\.?)[^.;]{0,40}?\s*(?:on\s+)?)?"

# What a date is, told by the nearest of these words before it. Order matters only where two begin at one place.
_TRIGGERS: tuple[tuple[str, str], ...] = (
    (
        "",
        r"\b(?:original|former|previous|initial|prior)(?:ly)?\s+(?:scheduled\s+)?(?:effective|compliance|applicability)\s+date\b",
    ),
    ("", r"\bpublished\b|\bappear(?:ed|ing)\b|\bissued\b|\bdated\b|\badopted\b|\bdocument of\b|\bFR\s+\d+"),
    (
        "",
        r"\bincorporation by reference\b|\b(?:meeting|hearing|webinar|workshop|conference)s?\s+(?:will|shall|is|are|was|were|date)\b",
    ),
    (
        "",
        r"\b(?:objections|nominations|applications|protests|requests? for (?:a )?hearings?|claims?)\b(?=[^.;]*\b(?:must|should|filed|received|due)\b)",
    ),
    ("", r"\b(?:starts?|started|begins?|began|commenced)\s+(?:on|with)\b|\bas amended\b"),
    (
        "expires",
        r"\bexpires?\b|\bexpiration\b|\bremains?\s+in\s+(?:effect|force)\b|\bterminat(?:es?|ion date)\b|\bsunsets?\b",
    ),
    ("stayed", r"\bstayed\b|\bstay of\b|\bsuspended\b"),
    ("again", r"\b(?:delay|postpon|deferr|extend|extension|reopen)\w*"),
    ("comments_close", r"\bcomments?\b|\bcommenters?\b|\breply comments\b"),
    ("compliance", r"\bcompl(?:y|ies|iance)\b"),
    ("applicable", r"\bapplicab(?:le|ility)\b|\bappl(?:y|ies)\s+(?:beginning|starting|from|as\s+of|on|to)\b"),
    (
        "effective",
        r"\beffective(?:ness)?\b|\b(?:takes?|taking|takes|go(?:es)?\s+into|come[s]?\s+into)\s+(?:effect|force)\b|\bin\s+effect\b",
    ),
)
_TRIGGER = re.compile(
    "|".join(f"(?P<t{number}>{pattern})" for number, (_, pattern) in enumerate(_TRIGGERS)), re.IGNORECASE
)
_REACHES = re.compile(
    rf"\b(?:through|thru|until|till|to|ending|and\s+ends?)\s+(?:on\s+)?{_CLOCK}\Z", re.IGNORECASE
)
_FROM = re.compile(rf"\bfrom\s+{_CLOCK}\Z", re.IGNORECASE)
_FROM_CLOCK = re.compile(r"\bfrom\s+\d{1,2}(?::\d{2})?\s*[ap]\.?m", re.IGNORECASE)
_DAYS_AFTER = re.compile(
    r"\b(?P<days>\d{1,3})\s+(?:calendar\s+)?days\s+(?:after|from|following)\s+(?:[a-z]+\s+){0,5}\Z"
)
_SOME_TIME_AFTER = re.compile(
    r"\b(?:days?|weeks?|months?|years?)\s+(?:after|from|following|before|prior\s+to)\s+(?:[a-z]+\s+){0,5}\Z"
)
_SHIFTED = re.compile(r"\b(?:delay|extend|extension|postpone|defer|chang|reopen)", re.IGNORECASE)
_SAME_DAY_AS_PRINT = re.compile(
    r"\beffective\s+(?:immediately\s+)?(?:on|upon)\s+(?:the\s+)?(?:date\s+of\s+)?publication\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date in a text and where it stands."""

    day: date
    start: int
    end: int


def dates_in(text: str) -> Iterator[DateSpan]:
    """The full dates of an English text in its order (``April 15, 2016``, ``15 April 2016``, ``4/15/2016``, ISO)."""
    for found in _DATE.finditer(text):
        groups = {key.rstrip("234"): value for key, value in found.groupdict().items() if value}
        month = groups["month"]
        number = int(month) if month.isdigit() else _NUMBER_OF[month[:3].lower()]
        try:
            day = date(int(groups["year"]), number, int(groups["day"]))
        except ValueError:
            continue
        yield DateSpan(day, found.start(), found.end())


def sentences(text: str) -> list[str]:
    """A text's sentences. A stop after an abbreviation ends none; one after "a.m." does where a new one plainly begins."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        before = text[max(start, end.start() - _ABBREVIATION_REACH) : end.start()]
        if _ABBREVIATION.search(before) or not _CAPITAL.match(text, end.end()):
            continue
        if _CLOCK_END.search(before) and not _STARTS_SENTENCE.match(text, end.end()):
            continue
        found.append(text[start : end.start()].strip())
        start = end.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def dates_facts(text: str, *, published: date | None = None) -> tuple[Fact, ...]:
    """Every date of a DATES paragraph that says when something takes effect, applies, is stayed, ends, or is due.

    Names: ``effective``, ``applicable``, ``compliance``, ``comments_close``, ``stayed`` (the day a stay reaches to), ``expires``.
    "Effective upon publication" is ``published``, if that is known. A date that is only a citation ("the rule published
    March 1, 2016 is delayed from April 15, 2016 to May 16, 2016") gives no fact.
    """
    facts: dict[tuple[str, str], Fact] = {}
    for sentence in sentences(text):
        for name, day in _statements(sentence):
            facts.setdefault((name, day.isoformat()), Fact(name=name, value=day.isoformat(), words=sentence))
        if published and _SAME_DAY_AS_PRINT.search(sentence):
            key = ("effective", published.isoformat())
            facts.setdefault(key, Fact(name="effective", value=published.isoformat(), words=sentence))
    return tuple(facts.values())


def _statements(sentence: str) -> Iterator[tuple[str, date]]:
    """The dates of a sentence with what each is, told by the nearest trigger before it and the words that lead up to it."""
    triggers = _triggers(sentence)
    shifted = _SHIFTED.search(sentence)
    shifts_from = shifted.start() if shifted else len(sentence)
    meaning = ""
    last_end = passed = 0
    for span in dates_in(sentence):
        seen = passed
        while passed < len(triggers) and triggers[passed][0] < span.start:
            passed += 1
        before = sentence[last_end : span.start]
        meaning = triggers[passed - 1][2] if passed > seen else meaning
        said = meaning if passed or last_end else _following(sentence, span, triggers)
        moved = shifts_from < span.start
        last_end = span.end
        day = span.day
        if counted := _DAYS_AFTER.search(before):
            day = date.fromordinal(min(day.toordinal() + int(counted["days"]), date.max.toordinal()))
        elif _SOME_TIME_AFTER.search(before):
            continue  # a day that is counted from this one, and not printed
        if moved and _FROM.search(before):
            continue  # the day from which something is moved
        if said == "stayed" and _FROM.search(before):
            yield "effective", day
        elif said == "effective" and not moved and _REACHES.search(before):
            if _FROM_CLOCK.search(before):
                yield said, day
            yield "expires", day
        elif said:
            yield said, day


def _triggers(sentence: str) -> list[tuple[int, int, str]]:
    """Where each trigger begins and ends, and what it means. A date that is moved ("is delayed to", "is extended until") is of the
    sort that the sentence was about; a delay alone is one of effect."""
    found: list[tuple[int, int, str]] = []
    about = ""
    for match in _TRIGGER.finditer(sentence):
        name = _TRIGGERS[int((match.lastgroup or "t0")[1:])][0]
        if name == "again":
            name = about or ("effective" if not match.group().lower().startswith(("ext", "reo")) else "")
        about = name or about
        found.append((match.start(), match.end(), name))
    return found


def _following(sentence: str, span: DateSpan, triggers: list[tuple[int, int, str]]) -> str:
    """A date that comes first: "On May 3, 2024, this rule becomes effective"; "As of April 1, 2016, the rule is stayed"."""
    if not re.search(r"(?:\A|\b(?:[Oo]n|[Aa]s of|[Bb]eginning|[Bb]y)\s+)\Z", sentence[: span.start]):
        return ""
    return next((name for start, _, name in triggers if start >= span.end), "")
