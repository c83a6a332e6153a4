"""From a flat run of marks to levels: the reading of the whole sequence that strains the fewest rules.

Every mark could stand at several levels. Each named rule below says where a mark may stand after a given stack of open
levels, and what that costs; the cheapest reading of the whole run wins, so a mark is decided by what comes after it as
much as by what went before (``(h) (i) (j)`` against ``(h) (i) (ii)``). A step that cost a lot is reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from normalize.markers import Mark, Style, last_ordinal, readings

#: From this cost on, the numbering of the source is irregular and a person is told.
IRREGULAR = 2.5
_KEPT_STATES = 12
_MARGIN = 10.0  # a reading that strains so much more than the best one never wins any more


class Sort(Enum):
    """What an event of the run is: a mark, a paragraph that defines a term, or a heading."""

    MARK = "mark"
    TERM = "term"
    HEAD = "head"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that may open a level. ``inner``: it follows another mark in the same paragraph; ``announced``: the words
    before it end with a colon or a dash, so a list is due; ``glued``: nothing stands between it and the mark before, so it
    is one as surely as that; ``rank``: of a heading, 1 the highest."""

    sort: Sort
    mark: Mark | None = None
    inner: bool = False
    announced: bool = False
    glued: bool = False
    rank: int = 0


class Level(NamedTuple):
    """An open level: ``style`` is a Style, or -1 for a term, or -10 - rank for a heading."""

    style: int
    ordinal: int


class Step(NamedTuple):
    """A possible next stack. ``stack`` is None where the event is no mark at all."""

    stack: tuple[Level, ...] | None
    cost: float
    rule: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an event stands: its depth from 1 (0: no mark after all), the rule that put it there, and its cost."""

    depth: int
    rule: str
    cost: float


TERM = -1
_NEXT_STYLE = {
    Style.LETTER: Style.DIGIT,
    Style.DIGIT: Style.ROMAN,
    Style.ROMAN: Style.CAPITAL,
    Style.CAPITAL: Style.ITALIC_DIGIT,
    Style.ITALIC_DIGIT: Style.ITALIC_ROMAN,
    Style.DOT_CAPITAL_ROMAN: Style.DOT_CAPITAL,
    Style.DOT_CAPITAL: Style.DOT_DIGIT,
    Style.DOT_DIGIT: Style.DOT_LETTER,
    Style.DOT_LETTER: Style.DIGIT,
    Style.DECIMAL_TWO: Style.LETTER,
    Style.DECIMAL_THREE: Style.LETTER,
    Style.DECIMAL_FOUR: Style.LETTER,
}
_AT_ROOT = {Style.LETTER: 0.0, Style.DIGIT: 0.1, Style.DOT_DIGIT: 0.1, Style.DOT_CAPITAL_ROMAN: 0.15}


def place(events: Sequence[Event]) -> tuple[Placed, ...]:
    """The depth of each event, by the cheapest reading of all of them. Deterministic: of equals the first found wins."""
    history: list[dict[tuple[Level, ...], tuple[float, tuple[Level, ...], str, float, bool]]] = []
    states: dict[tuple[Level, ...], float] = {(): 0.0}
    for event in events:
        reached: dict[tuple[Level, ...], tuple[float, tuple[Level, ...], str, float, bool]] = {}
        for stack, cost in states.items():
            for step in _steps(stack, event):
                key = stack if step.stack is None else step.stack
                total = cost + step.cost
                if key not in reached or total < reached[key][0] - 1e-9:
                    reached[key] = (total, stack, step.rule, step.cost, step.stack is not None)
        kept = sorted(reached.items(), key=lambda item: item[1][0])[:_KEPT_STATES]
        kept = [item for item in kept if item[1][0] <= kept[0][1][0] + _MARGIN]
        history.append(dict(kept))
        states = {stack: values[0] for stack, values in kept}
    stack = min(states, key=lambda key: states[key])
    placed: list[Placed] = []
    for reached in reversed(history):
        _, before, rule, cost, opened = reached[stack]
        placed.append(Placed(len(stack) if opened else 0, rule, cost))
        stack = before
    return tuple(reversed(placed))


def _steps(stack: tuple[Level, ...], event: Event) -> Iterator[Step]:
    if event.sort is Sort.HEAD:
        yield from under_higher_heading(stack, event)
    elif event.sort is Sort.TERM:
        yield from another_term(stack, event)
    elif event.mark is not None and "." in event.mark.sign:
        yield from under_its_number(stack, event.mark)
        yield from no_mark(stack, event)
    else:
        yield from next_sibling(stack, event)
        yield from first_child(stack, event)
        yield from number_left_out(stack, event)
        yield from late_child(stack, event)
        yield from number_again(stack, event)
        yield from no_mark(stack, event)


# ── the rules ──────────────────────────────────────────────────────────────────────────────────────


def next_sibling(stack: tuple[Level, ...], event: Event) -> Iterator[Step]:
    """The number after the last one of an open level closes all levels below it: (a)(1)(2) (b)."""
    for mark, style, ordinal, oddity in _readings(event):
        for depth, level in enumerate(stack):
            if level.style == style and ordinal == level.ordinal + 1:
                cost = oddity + (0.6 if event.announced and depth < len(stack) else 0.0)
                if event.inner:
                    cost += 6.0
                yield Step((*stack[:depth], Level(style, _last(mark, style, ordinal))), cost, "next sibling")


def first_child(stack: tuple[Level, ...], event: Event) -> Iterator[Step]:
    """A first number opens a level under the last open one: (a) (1). Cheapest in the official order of alphabets; an alphabet
    that is open already can open again only under a term or a heading, or dearly."""
    for mark, style, ordinal, oddity in _readings(event):
        if ordinal != 1:
            continue
        cost = oddity + _order_cost(stack, style)
        if any(level.style == style for level in _since_boundary(stack)):
            cost += 4.5
        if not event.announced and not event.inner and stack and stack[-1].style >= 0:
            cost += 0.3
        yield Step((*stack, Level(style, _last(mark, style, ordinal))), cost, "first child")


def under_its_number(stack: tuple[Level, ...], mark: Mark) -> Iterator[Step]:
    """A decimal number says itself where it stands: 1.2.3 under 1.2, that under 1. (10 CFR part 110, appendices)."""
    parts = [int(part) for part in mark.sign.split(".")]
    own = Level(_decimal_style(len(parts)), parts[-1])
    for count in range(len(parts) - 1, 0, -1):
        above = Level(_decimal_style(count), parts[count - 1])
        if above in stack:
            yield Step((*stack[: stack.index(above) + 1], own), 0.0, "under its number")
            return
    base = next((depth for depth, level in enumerate(stack) if level.style >= 0), len(stack))
    yield Step((*stack[:base], own), 0.5, "under no number")


def _decimal_style(parts: int) -> int:
    return Style.DOT_DIGIT if parts == 1 else Style.DECIMAL_TWO + parts - 2


def number_left_out(stack: tuple[Level, ...], event: Event) -> Iterator[Step]:
    """A level goes on after a gap, where a number was removed or left out by the printer: (c) (e)."""
    if event.inner:
        return
    for mark, style, ordinal, oddity in _readings(event):
        for depth, level in enumerate(stack):
            if level.style == style and ordinal > level.ordinal + 1:
                gap = min(ordinal - level.ordinal - 1, 10)
                last = _last(mark, style, ordinal)
                yield Step((*stack[:depth], Level(style, last)), oddity + 3.0 + 0.2 * gap, "number left out")


def late_child(stack: tuple[Level, ...], event: Event) -> Iterator[Step]:
    """A level that opens with another number than its first: an extract of a list, or a first number lost."""
    for mark, style, ordinal, oddity in _readings(event):
        if ordinal > 1:
            cost = oddity + 5.0 + 0.1 * min(ordinal, 20) + _order_cost(stack, style)
            if any(level.style == style for level in _since_boundary(stack)):
                cost += 3.0
            yield Step((*stack, Level(style, _last(mark, style, ordinal))), cost, "level opens late")


def number_again(stack: tuple[Level, ...], event: Event) -> Iterator[Step]:
    """The same or an earlier number at an open level: a misprint, or a second list under the same parent."""
    if event.inner:
        return
    for mark, style, ordinal, oddity in _readings(event):
        for depth, level in enumerate(stack):
            if level.style == style and ordinal <= level.ordinal:
                cost = oddity + (4.0 if ordinal == 1 else 5.0)
                yield Step((*stack[:depth], Level(style, _last(mark, style, ordinal))), cost, "number again")


def no_mark(stack: tuple[Level, ...], event: Event) -> Iterator[Step]:
    """What looks like a mark is none: the paragraph is text under the last open level."""
    dotted = event.mark is not None and event.mark.dotted
    yield Step(None, 4.0 if dotted else 4.5 if event.inner and not event.glued else 9.0, "no mark")


def another_term(stack: tuple[Level, ...], event: Event) -> Iterator[Step]:
    """A definition stands beside the definition before it, or under the paragraph that is open: § 772.1, § 120.16(a)."""
    beside = next((depth for depth in range(len(stack) - 1, -1, -1) if stack[depth].style == TERM), None)
    if beside is not None:
        yield Step((*stack[:beside], Level(TERM, 0)), 0.0, "another definition")
    yield Step(
        (*stack, Level(TERM, 0)), 0.1 if beside is None else 1.5, "definition under the open paragraph"
    )


def under_higher_heading(stack: tuple[Level, ...], event: Event) -> Iterator[Step]:
    """A heading closes what is open, up to a heading of higher rank; dearly, it stands inside an open paragraph whose numbering
    goes on after it."""
    style = -10 - event.rank
    # Deeper headings have lower numbers: rank 1 is -11, rank 2 is -12.
    depth = next((index for index, level in enumerate(stack) if level.style <= style), None)
    first_mark = next((index for index, level in enumerate(stack) if level.style > -10), len(stack))
    end = first_mark if depth is None else min(depth, first_mark)
    yield Step((*stack[:end], Level(style, 0)), 0.0, "heading")
    if end < len(stack):
        inside = depth if depth is not None and depth > end else len(stack)
        yield Step((*stack[:inside], Level(style, 0)), 1.0, "heading inside a paragraph")


# ── what the rules share ───────────────────────────────────────────────────────────────────────────


def _readings(event: Event) -> Iterator[tuple[Mark, int, int, float]]:
    mark = event.mark
    assert mark is not None
    for reading in readings(mark.sign, italic=mark.italic, dotted=mark.dotted):
        yield mark, reading.style, reading.ordinal, reading.oddity


def _last(mark: Mark, style: int, ordinal: int) -> int:
    if not mark.last:
        return ordinal
    return max(
        last_ordinal(mark, reading)
        for reading in readings(mark.sign, italic=mark.italic, dotted=mark.dotted)
        if reading.style == style and reading.ordinal == ordinal
    )


def _order_cost(stack: tuple[Level, ...], style: int) -> float:
    if not stack or stack[-1].style < 0:
        return _AT_ROOT.get(Style(style), 0.5)
    expected = _NEXT_STYLE.get(Style(stack[-1].style))
    return 0.0 if expected == style else 0.7


def _since_boundary(stack: tuple[Level, ...]) -> tuple[Level, ...]:
    """The open levels since the last term, heading or decimal number: there numbering begins anew."""
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].style < 0 or stack[depth].style >= Style.DECIMAL_TWO:
            return stack[depth + 1 :]
    return stack
