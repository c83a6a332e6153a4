"""Text with a fuse: the dates of an edition that lie ahead of it, on which law changes though no word does.

Three sources: the applicability of provisions (a stay that lapses), dates in the words themselves ("until December 31, 2026"; 15 CFR 774 Supp. 1,
3A090, has three conditions of that sort), and the dates that a document states of itself. A date ahead of its edition cannot be the date of an earlier act, so
every one in a text of law counts, whatever word stands before it: what it means there is for a reader to judge, and the words are given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from archive.records import Applicability, Expression, Fuse, Provision
from archive.vocabulary.plain import plain
from diffing.touches.context import Context
from diffing.touches.dates import dates

IN_TEXT = "date in the text"
_FACTS = {
    "effective": "effective",
    "applicable": "applicable",
    "compliance": "compliance due",
    "comments_close": "comments close",
    "stayed": "stayed",
    "expires": "expires",
    "suspended_until": "suspension ends",
}
_BEGINS = {"stayed": "stay begins", "ended": "ends"}
_ENDS = {"stayed": "stay ends", "future": "comes into force", "ended": "in force again"}
# Where a document is itself law, its articles say from when they apply (Regulation (EU) 2024/1689, Article 113); papers that announce law
# speak of many days in their prose, and state those that count as facts.
_LAW = frozenset({"article", "annex"})
_YEAR = re.compile(r"[12][0-9]{3}|年")
_SENTENCE = re.compile(r"(?<=[.;。；])\s+(?=[A-Z(§ÄÖÜÀ-Ý])|(?<=[。；])|\n")
_LONGEST = 400
_EARLIEST = date.max - timedelta(days=1)


def fuses_of(expression: Expression, *, today: date | None = None) -> tuple[Fuse, ...]:
    """The dates of ``expression`` that lie ahead of its own date (for a document, of its publication), by day and place; one for each
    provision, day and sort, of dates in the words one for each sentence. Text that only repeats why a provision is stayed adds none.

    An edition that is itself not in force yet has its own day ahead of ``today``, the day on which it is looked at."""
    since = min(expression.published or expression.as_of, today or date.max)
    found: dict[tuple[str, date, str, str], Fuse] = {}
    states = {state for provision in expression.walk() for state in provision.applicability}
    for fuse in (*_stated(expression), *_applicability(expression), *_written(expression, states, since)):
        if fuse.day > since:
            sentence = fuse.words if fuse.sort == IN_TEXT else ""
            found.setdefault((fuse.eid, fuse.day, fuse.sort, sentence), fuse)
    return tuple(sorted(found.values(), key=lambda fuse: fuse.day))


def _stated(expression: Expression) -> Iterator[Fuse]:
    """The dates that a document states of itself."""
    act = next((fact.value for fact in expression.facts if fact.name == "citation"), "")
    for fact in expression.facts:
        if fact.name in _FACTS:
            try:
                day = date.fromisoformat(fact.value)
            except ValueError:  # a period in words: no day to wait for
                continue
            yield _fuse(expression, "", day, day, _FACTS[fact.name], act, fact.words)


def _applicability(expression: Expression) -> Iterator[Fuse]:
    """The days on which a state of a provision begins or is over. A state that a provision shares with the one above it is told there."""
    above: list[tuple[Provision, frozenset[Applicability]]] = [
        (root, frozenset()) for root in reversed(expression.provisions)
    ]
    while above:
        provision, inherited = above.pop()
        for state in provision.applicability:
            if state not in inherited:
                yield from _bounds(expression, provision.eid, state)
        own = inherited | frozenset(provision.applicability)
        above.extend((child, own) for child in reversed(provision.children))


def _bounds(expression: Expression, eid: str, state: Applicability) -> Iterator[Fuse]:
    if state.start is not None and state.state in _BEGINS:
        yield _fuse(
            expression, eid, state.start, state.start, _BEGINS[state.state], state.citation, state.words
        )
    if state.end is not None and state.end < _EARLIEST and state.state in _ENDS:
        first = state.end + timedelta(days=1)
        yield _fuse(expression, eid, first, state.end, _ENDS[state.state], state.citation, state.words)


def _written(expression: Expression, states: set[Applicability], since: date) -> Iterator[Fuse]:
    """The dates in the words of law."""
    for provision in _law(expression):
        text = "\n".join(part for part in (provision.heading, provision.text) if part)
        if not _YEAR.search(text):
            continue
        context = Context(page=plain(text))
        for hit in dates(context):
            day = date.fromisoformat(hit.id)
            if day <= since:
                continue
            start, end = context.page.span(hit.start, hit.end)
            words = _sentence(text, start, end)
            if not any(_repeats(words, day, state) for state in states):
                yield _fuse(expression, provision.eid, day, day, IN_TEXT, "", words)


def _law(expression: Expression) -> Iterator[Provision]:
    if expression.kind != "document":
        yield from expression.walk()
        return
    for provision in expression.walk():
        if provision.unit in _LAW:
            yield from provision.walk()


def _repeats(words: str, day: date, state: Applicability) -> bool:
    """Whether a sentence is the note that a state was read from."""
    if not state.words or all(
        bound is None or abs((bound - day).days) > 1 for bound in (state.start, state.end)
    ):  # a day beside: "until the 9th" and "from the 10th" are one date
        return False
    said, note = " ".join(words.split()), " ".join(state.words.split())
    return said in note or note in said


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a span, on one line, shortened at blanks where it is long."""
    borders = [0, *(cut.end() for cut in _SENTENCE.finditer(text)), len(text)]
    low = max(border for border in borders if border <= start)
    high = min(border for border in borders if border >= end)
    head, tail = max(low, start - _LONGEST // 2), min(high, end + _LONGEST // 2)
    words = " ".join(text[head:tail].split())
    return ("… " if head > low else "") + words + (" …" if tail < high else "")


def _fuse(expression: Expression, eid: str, day: date, named: date, sort: str, act: str, words: str) -> Fuse:
    return Fuse(
        work=expression.work,
        eid=eid,
        day=day,
        named=named,
        sort=sort,
        act=act,
        words=" ".join(words.split()),
    )
