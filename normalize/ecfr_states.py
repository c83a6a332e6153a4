"""What the words of an effective-date note say: stayed, delayed, added or amended as of a day, extended, lifted.

The wordings are those of the Office of the Federal Register (Document Drafting Handbook, chapter 3, and the notes of titles 10, 15, 22
and 31): "At 90 FR 50857, Nov. 12, 2025, paragraph (a)(1) was stayed, effective until Nov. 9, 2026."
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from archive.records import Applicability
from normalize.ecfr_targets import Target, named_targets, whole_targets

_DAY = r"[A-Z][a-z]+\.? \d{1,2}, \d{4}"
_ACT = re.compile(rf"\bAt (?P<citation>\d+ FR \d+),\s*(?P<date>{_DAY})")
_LOOSE = re.compile(r"\b(?P<citation>\d+ FR \d+)")
_LOOSE_DAY = re.compile(_DAY)
_HOUR = r"(?:(?:\d{1,2}(?::\d{2})? ?[ap]\.?m\.?|noon|midnight)(?: [A-Z][\w ]{1,30}?)?,? )?(?:on )?"
_UNTIL = re.compile(
    rf"\b(?:until|through|extended to|delayed to|postponed to|deferred to|changed to)\s+{_HOUR}(?P<end>{_DAY})"
)
_FROM = re.compile(
    rf"\b(?:effective (?:date )?(?:from |on |as of |beginning )?|from |as of )(?P<start>{_DAY})"
)
_STAYED = re.compile(r"\b(?:was|were|is|are)\s+(?:\w+ )?(?:stayed|suspended|enjoined)\b")
# "§ 990.1 was amended by staying paragraph (b) and revising paragraph (c)": up to the next thing that is done.
_STAYING = re.compile(
    r"\b(?:by )?(?:staying|suspending)\b(?P<what>.*?)"
    r"(?=,?\s*(?:and\s+)?(?:by\s+)?(?:revising|adding|removing|redesignating|reserving)\b|$)"
)
_EXTENDED = re.compile(
    r"\b(?:stay|suspension|effective period|effectiveness|effective date|note|amendments?)\b[^.]*(?:\.\d[^.]*)*\bextended\b"
)
_STAY_EXTENDED = re.compile(r"\b(?:stay|suspension)\b[^.]*(?:\.\d[^.]*)*\bextended\b")
_LIFTED = re.compile(
    r"\b(?:stay|suspension)\b[^.]*(?:\.\d[^.]*)*\b(?:lifted|ended|removed|terminated|dissolved|withdrawn|vacated)\b"
)
_DELAYED = re.compile(r"\b(?:delayed|postponed|deferred)\b")
_WITHDRAWN = re.compile(r"\b(?:amendments?|rule)\b[^.]*\b(?:was|were)\s+(?:withdrawn|vacated|rescinded)\b")
_NOT_DONE = re.compile(r"\bcould not be incorporated\b")
_UNTIL_APPROVED = re.compile(
    r"\b(?:will|shall|does|do) not (?:become|take|be) effect(?:ive)?\b|\bnot effective until\b"
)
_AMENDED = re.compile(
    r"\bamended\b[^.;]{0,80}?\b(?:by|in)\b|\b(?:was|were|is|are) (?:\w+ )?(?:revised|removed|redesignated|reserved|vacated)\b"
)
_SMALLER = re.compile(
    r"\b(?:entr(?:y|ies)|footnotes?|tables?|rows?|columns?|items?|headings?|figures?|definitions?|notes?|ECCNs?)\b",
    re.I,
)
_AMENDS = re.compile(r"\b(?:was|were|is|are)\s+(?:\w+ )?amended\b")
_ADDED = re.compile(r"\b(?:was|were|is|are) (?:\w+ )?added\b")
_TAKES_AWAY = re.compile(r"\b(?:revis|remov|redesignat|reserv|vacat)")
_NEW_NUMBERS = re.compile(
    r"\bas (?:new )?(?:paragraphs?|§+|sections?)\s[^.;]*?(?=,? effective|;|$|, (?:and )?(?:by|revising|removing))"
)
_WHOLE = re.compile(r"\b(?:was|were|is|are) (?:\w+ )?(?:revised|removed|redesignated|reserved|vacated)\b")
_MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_ONE_DAY = timedelta(days=1)


@dataclass(slots=True, kw_only=True)
class Said:
    """What a note says. ``states``: what holds of which provision; ``coming``: the state of the words to come that the note itself prints,
    if it does; ``unread``: sentences that no rule here understands, or that name nothing that could be marked."""

    states: list[tuple[Target, Applicability]] = field(default_factory=list)
    coming: Applicability | None = None
    unread: list[str] = field(default_factory=list)


def read_note(words: str, unit: str) -> Said:
    """Reads the ``words`` of a note that the unit with the address ``unit`` prints. Later sentences change what earlier ones said."""
    said = Said()
    for sentence, citation, printed in _acts(words):
        _read_act(_Act(sentence=sentence, citation=citation, printed=printed, unit=unit), said)
    if not said.states and not said.unread and not any(_acts(words)):
        said.unread.append(words)
    return said


def read_states(words: str, unit: str) -> Iterator[tuple[Target, Applicability]]:
    """The states alone, each with its target."""
    yield from read_note(words, unit).states


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """One act of a note: its words, its citation and day, and the unit that prints the note."""

    sentence: str
    citation: str
    printed: date | None
    unit: str

    @property
    def end(self) -> date | None:
        return _day(found["end"]) if (found := _UNTIL.search(self.sentence)) else None

    @property
    def start(self) -> date | None:
        return _day(found["start"]) if (found := _FROM.search(self.sentence)) else None

    def state(self, name: str, start: date | None, end: date | None = None) -> Applicability:
        return Applicability(state=name, start=start, end=end, citation=self.citation, words=self.sentence)


def _read_act(act: _Act, said: Said) -> None:
    sentence = act.sentence
    if _NOT_DONE.search(sentence):
        return
    if said.states and _EXTENDED.search(sentence) and act.end:
        said.states = [(target, _moved(state, act.end, act)) for target, state in said.states]
    elif said.states and _LIFTED.search(sentence) and (day := act.start or act.printed):
        said.states = [(target, replace(state, end=day - _ONE_DAY)) for target, state in said.states]
    elif _DELAYED.search(sentence):
        _delay(act, said)
    elif (said.states or said.coming) and _WITHDRAWN.search(sentence):
        said.states, said.coming = [], None
    elif stayed := _STAYED.search(sentence):
        state = act.state("stayed", act.start or act.printed, act.end)
        where = sentence[: stayed.start()]
        _say(where, state, act, said)
    elif _STAY_EXTENDED.search(sentence) and act.end:  # the note on the stay itself is gone
        _say(sentence, act.state("stayed", act.start or act.printed, act.end), act, said)
    elif staying := _STAYING.search(sentence):
        _stay(act, staying, said)
    elif _UNTIL_APPROVED.search(sentence):
        state = act.state("future", act.printed, act.end - _ONE_DAY if act.end else None)
        said.states.extend((target, state) for target in _where(act))
    elif _AMENDED.search(sentence):
        _amend(act, said)
    elif _ADDED.search(sentence) and (act.start or act.end):
        said.coming = act.state("future", act.printed, (act.start or act.printed or date.min) - _ONE_DAY)
        if act.end and (not act.start or act.end > act.start):
            state = act.state("ended", act.end + _ONE_DAY)
            said.states.extend((target, state) for target in _where(act))
    else:
        said.unread.append(sentence)


def _stay(act: _Act, staying: re.Match[str], said: Said) -> None:
    """ "§ 990.1 was amended by staying paragraph (b)", and by whatever else the same act did to other paragraphs."""
    amended = _AMENDS.search(act.sentence)
    section = act.sentence[: amended.start() if amended else staying.start()]
    where = f"{section}: {staying['what']}"
    own = replace(act, sentence=staying["what"])
    dated = own if own.end else act
    state = act.state("stayed", dated.start or act.printed, dated.end)
    _say(where, state, act, said)
    rest = act.sentence[: staying.start()] + act.sentence[staying.end() :]
    if _TAKES_AWAY.search(rest):
        _amend(replace(act, sentence=rest), said)


def _say(where: str, state: Applicability, act: _Act, said: Said) -> None:
    """The state of what is named. Something in a unit that has no address here (an entry, a footnote) does not stay the whole unit."""
    targets = named_targets(where, act.unit)
    if not targets and not _SMALLER.search(where):
        targets = whole_targets(where, act.unit)
    said.states.extend((target, state) for target in targets)
    if not targets:
        said.unread.append(act.sentence)


def _delay(act: _Act, said: Said) -> None:
    """ "This amendment was delayed until Apr. 1, 2027": what was to come on a day comes on another, or on none that is known."""
    if said.states or said.coming:
        end = act.end
        said.states = (
            [(target, _moved(state, end - _ONE_DAY, act)) for target, state in said.states] if end else []
        )
        if said.coming:
            citation = f"{said.coming.citation}, {act.citation}"
            said.coming = replace(said.coming, end=end - _ONE_DAY if end else None, citation=citation)
        return
    amends = _AMENDED.search(act.sentence) or re.search(r"\bamendments?\b", act.sentence)
    if amends and not act.end:
        return  # the printed words stay as they are, with no day to wait for
    if amends and act.end:
        state = act.state("ended", act.end)
    else:
        state = act.state("future", act.printed, act.end - _ONE_DAY if act.end else None)
    targets = _where(act)
    said.states.extend((target, state) for target in targets)
    if not targets:
        said.unread.append(act.sentence)


def _amend(act: _Act, said: Said) -> None:
    """ "Amended by revising paragraph (b)": its printed words end on the day the new ones come. What is only added ends nothing, but
    for what is added until a day."""
    adds_only = not _TAKES_AWAY.search(act.sentence)
    first = act.start
    if first and not act.end:
        said.coming = act.state("future", act.printed, first - _ONE_DAY)
    if adds_only and not act.end:
        return
    ends_on = act.end + _ONE_DAY if act.end else first
    if ends_on is None:
        return
    targets = _where(act)
    said.states.extend((target, act.state("ended", ends_on)) for target in targets)
    if not targets:
        said.unread.append(act.sentence)


def _where(act: _Act) -> tuple[Target, ...]:
    """What the act names. A section "amended by" something that is no paragraph is not named as a whole: only a part of it changes."""
    words = _NEW_NUMBERS.sub(" ", act.sentence)
    if named := named_targets(words, act.unit):
        return named
    whole = whole_targets(words, act.unit)
    amended = re.search(r"\bamended\b", words)
    if amended and not _WHOLE.search(words) and not all(target.own for target in whole):
        return ()
    return whole


def _moved(state: Applicability, last: date, act: _Act) -> Applicability:
    """The state with another last day; of one that begins with the end of the printed words, the day after it is the first."""
    words, citation = f"{state.words} {act.sentence}", f"{state.citation}, {act.citation}"
    if state.state == "ended":
        return replace(state, start=last + _ONE_DAY, citation=citation, words=words)
    return replace(state, end=last, citation=citation, words=words)


def _acts(words: str) -> Iterator[tuple[str, str, date | None]]:
    """The acts of a note in order: "At 90 FR 1, Jan. 2, 2025, …"; or the note as one, where it cites its act in another way."""
    starts = list(_ACT.finditer(words))
    ends = [*(start.start() for start in starts[1:]), len(words)]
    for act, end in zip(starts, ends, strict=bool(starts)):
        if (printed := _day(act["date"])) is not None:
            yield words[act.start() : end].strip(), act["citation"], printed
    if not starts and (_STAYED.search(words) or _DELAYED.search(words) or _AMENDED.search(words)):
        cited, day = _LOOSE.search(words), _LOOSE_DAY.search(words)
        if day or cited:
            start = _day(found["start"]) if (found := _FROM.search(words)) else None
            published = re.search(rf"\d+ FR \d+,?\s*(?P<date>{_DAY})", words)
            yield (
                words.strip(),
                cited["citation"] if cited else "",
                start or (_day(published["date"]) if published else None),
            )


def _day(words: str) -> date | None:
    """``Nov. 9, 2026`` or ``November 9, 2026``."""
    month, day, year = words.replace(",", "").split()
    number = _MONTHS.get(month[:3].lower())
    try:
        return date(int(year), number, int(day)) if number else None
    except ValueError:
        return None
