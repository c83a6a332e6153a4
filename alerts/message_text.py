"""A message as plain text that is complete by itself: every changed word with its mark, every date, every link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from alerts.message import Entry, Message, visible
from archive.shared_scope import NOT_COMPARED
from diffing.render.plain import legend, redline_plain
from diffing.render.said import carried_line

RULE = "─" * 60
EXCHANGED = 80
"""Characters of an exchange that is told in short, and :data:`EXCHANGES` how many of them."""
EXCHANGES = 8


def render_text(message: Message) -> str:
    """The body of a message for a terminal, a file, a chat, and the plain part of a mail."""
    return visible("\n".join(_lines(message))).rstrip() + "\n"


def days_left(left: int | None) -> str:
    """``(in 30 days)``, ``(today)``, ``(12 days ago)``; "" where days mean nothing."""
    if left is None:
        return ""
    if left == 0:
        return " (today)"
    days = f"{abs(left)} day" + ("s" if abs(left) != 1 else "")
    return f" (in {days})" if left > 0 else f" ({days} ago)"


def _lines(message: Message) -> Iterator[str]:
    yield message.title
    yield ""
    yield f"{message.source}: {message.work_title}" if message.work_title else message.source
    yield message.edition
    yield from (day_line(*dated) for dated in message.dates)
    yield from fact_lines(message)
    yield ""
    yield "Why you hear of this"
    for note in message.watches:
        count = len(note.changes)
        yield f"- watch “{note.name}” of {note.owner}, matter {note.matter}: {note.reason}" + (
            f" ({count} changes)" if count > 1 else ""
        )
    if any(
        sign != "="
        for section in message.sections
        for entry in section.entries
        for sign, _ in entry.change.ops
    ):
        yield ""
        yield f"How to read the texts: {legend(())}"
    for section in message.sections:
        yield ""
        yield RULE
        if section.heading:
            yield section.heading
            yield ""
        for number, entry in enumerate(section.entries):
            if number:
                yield ""
            yield from _entry(entry)
    yield RULE
    yield from _remainder(message)
    yield message.legal
    if message.link:
        yield f"All changes of this edition: {message.link}"


def _entry(entry: Entry) -> Iterator[str]:
    change = entry.change
    yield entry.citation
    yield done_line(entry)
    yield ""
    yield from (
        f"    {line}".rstrip() for line in (redline_plain(change.ops) or change.text_after).splitlines()
    )
    if legend(change.ops) != legend(()):
        yield f"    ({legend(change.ops)})"
    yield ""
    if entry.cut:
        yield f"{entry.cut:,} changed characters are not shown here" + (
            f"; the whole: {entry.link}" if entry.link else "."
        )
    yield from (f"Found: {quote}" for quote in entry.quotes)
    yield from short_lines(entry)
    if change.limits:
        yield "Limits"
        yield from (f"    {name}: {moved} ({direction})" for name, moved, direction in limit_rows(entry))
    for watch, why in entry.why:
        yield f"Matched by “{watch}”: {why}"
    yield f"Materiality: {change.materiality} ({change.reason})"
    if entry.link:
        yield f"Read it: {entry.link}"


def done_line(entry: Entry) -> str:
    """What happened, as a line: ``Changed: Note 3``."""
    done = entry.verb[:1].upper() + entry.verb[1:]
    return f"{done}: {entry.name}" if entry.name else done


def short_lines(entry: Entry) -> list[str]:
    """What was exchanged for what (``4800 → 2400``) and what went along, a line each where there is any."""
    change = entry.change
    lines = []
    pairs = [
        f"{' '.join(old.split())} → {' '.join(new.split())}"
        for (gone, old), (came, new) in pairwise(change.ops)
        if (gone, came) == ("-", "+") and len(old) + len(new) <= EXCHANGED and old.strip() and new.strip()
    ]
    if pairs:
        more = f" and {len(pairs) - EXCHANGES} more" if len(pairs) > EXCHANGES else ""
        lines.append(f"In short: {'; '.join(pairs[:EXCHANGES])}{more}")
    if change.carried:
        lines.append(carried_line(change))
    return lines


def limit_rows(entry: Entry) -> list[tuple[str, str, str]]:
    """Of each limit that moved what it measures, how it moved, and which way: ``("total processing performance", "4800 → 2400",
    "tighter")``."""
    return [
        (limit.quantity or "limit", f"{limit.old or 'none'} → {limit.new or 'none'}", limit.direction)
        for limit in entry.change.limits
    ]


def day_line(label: str, day: date, left: int | None) -> str:
    """``Comments close: 2026-07-20 (Monday) (in 30 days)``."""
    return f"{label.capitalize()}: {day.isoformat()} ({day:%A}){days_left(left)}"


def fact_lines(message: Message) -> list[str]:
    """What the document says of itself, a line each: citation, action, agency, summary."""
    told: dict[str, list[str]] = {}
    for fact in message.facts:
        if fact.name in _TOLD:
            words = f" ({fact.words})" if fact.name == NOT_COMPARED else ""
            told.setdefault(fact.name, []).append(" ".join(fact.value.split()) + words)
    return [f"{_TOLD[name]}: {'; '.join(dict.fromkeys(values))}" for name, values in told.items()]


def _remainder(message: Message) -> Iterator[str]:
    if message.listed:
        yield "Also changed, not shown here:"
        for name, link in message.listed:
            yield f"- {name}" + (f" {link}" if link else "")
    if message.uncounted:
        yield f"and {message.uncounted:,} more that are not named here" + (
            f": {message.link}" if message.link else "."
        )
    if message.listed or message.uncounted:
        yield ""
    if message.others:
        yield f"{message.others:,} other substantive changes of this edition met none of these watches."


_TOLD = {
    "citation": "Citation",
    "action": "Action",
    "executive_order": "Executive Order",
    "disposition": "Disposition",
    "agency": "Agency",
    "docket": "Docket",
    "rin": "RIN",
    "abstract": "Summary",
    "url": "Official page",
    NOT_COMPARED: "Not compared",
}
