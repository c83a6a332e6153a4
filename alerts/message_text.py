"""A message as plain text that is complete by itself: every changed word with its mark, every date, every link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from shlex import quote

from alerts.labels import DIRECTIONS, FACTS, MATERIALITY, bounds, label
from alerts.language import ENGLISH, Texts, texts
from alerts.message import Entry, Message, WatchNote, visible
from alerts.reasons import reason_in
from archive.shared_scope import NOT_COMPARED
from diffing.render.plain import legend, redline_plain

RULE = "─" * 60
EXCHANGED = 80
"""Characters of an exchange that is told in short, and :data:`EXCHANGES` how many of them."""
EXCHANGES = 8
CARRIED = 12
"""Pairs of addresses that went along and are named; the rest are counted."""
KEY = 12
"""Characters of a delivery's key that name it."""
FINGERPRINT = 12
"""Characters of a SHA-256 that a message shows: enough to tell two captures apart; the page of the evidence has all of it."""


def render_text(message: Message) -> str:
    """The body of a message for a terminal, a file, a chat, and the plain part of a mail."""
    return visible("\n".join(_lines(message, texts(message.language)))).rstrip() + "\n"


def days_left(left: int | None, say: Texts = ENGLISH) -> str:
    """``in 30 days``, ``today``, ``12 days ago``; "" where days mean nothing."""
    if left is None:
        return ""
    if left == 0:
        return say("today")
    if left > 0:
        return say.plural("in {number} day", "in {number} days", left)
    return say.plural("{number} day ago", "{number} days ago", -left)


def _lines(message: Message, say: Texts) -> Iterator[str]:
    yield message.title
    yield ""
    yield named(message, say)
    yield message.edition
    if message.update:
        yield message.update
    yield from (day_line(*dated, say) for dated in message.dates)
    yield from (say("{label}: {value}", label=name, value=value) for name, value in fact_rows(message, say))
    if message.history:
        yield ""
        yield say("Earlier stages of this act")
        yield from (f"- {line}" for line in history_lines(message, say))
    yield ""
    yield say("Why you hear of this")
    yield from (f"- {watch_line(note, say)}" for note in message.watches)
    if _changes_words(message):
        yield ""
        yield say("How to read the texts: {legend}", legend=legend((), _called(say)))
    for section in message.sections:
        yield ""
        yield RULE
        if section.heading:
            yield section.heading
            yield ""
        for number, entry in enumerate(section.entries):
            if number:
                yield ""
            yield from _entry(entry, say)
    yield RULE
    yield from _remainder(message, say)
    yield from _where(message, say)
    yield message.legal


def _entry(entry: Entry, say: Texts) -> Iterator[str]:
    change, called = entry.change, _called(say)
    yield entry.citation
    yield done_line(entry, say)
    yield ""
    if redline := redline_plain(change.ops, called) or change.text_after:
        yield from (f"    {line}".rstrip() for line in redline.splitlines())
        if legend(change.ops, called) != legend((), called):
            yield f"    ({legend(change.ops, called)})"
        yield ""
    if entry.cut:
        cut = cut_line(entry, say)
        yield say("{first}; the whole: {link}", first=cut, link=entry.link) if entry.link else cut
    yield from (say("Found: {quote}", quote=quote) for quote in entry.quotes)
    yield from short_lines(entry, say)
    if change.limits:
        yield say("Limits")
        for name, old, new, direction in limit_rows(entry, say):
            moved = say(
                "{name}: {old} → {new} ({direction})", name=name, old=old, new=new, direction=direction
            )
            yield f"    {moved}"
    yield from (why_line(*why, say) for why in entry.why)
    yield materiality_line(entry, say)
    if entry.link:
        yield say("Read it: {link}", link=entry.link)


def named(message: Message, say: Texts) -> str:
    """The source, and the work where it has a title."""
    if not message.work_title:
        return message.source
    return say("{label}: {value}", label=message.source, value=message.work_title)


def done_line(entry: Entry, say: Texts) -> str:
    """What happened, as a line: ``Changed: Note 3``."""
    done = entry.verb[:1].upper() + entry.verb[1:]
    return say("{label}: {value}", label=done, value=entry.name) if entry.name else done


def watch_line(note: WatchNote, say: Texts) -> str:
    """A watch with its owner, its matter and its reason, and the changes that it met where they are several."""
    line = say(
        "watch “{name}” of {owner}, matter {matter}: {reason}",
        name=note.name,
        owner=note.owner,
        matter=note.matter,
        reason=note.reason,
    )
    count = len(note.changes)
    changes = say.plural("{number} change", "{number} changes", count)
    return say("{first} ({second})", first=line, second=changes) if count > 1 else line


def why_line(watch: str, why: str, say: Texts) -> str:
    """By what a watch was met."""
    return say("Matched by “{watch}”: {why}", watch=watch, why=why)


def materiality_line(entry: Entry, say: Texts) -> str:
    """``Materiality: substantive (a number or code changed: 4800 → 2400)``."""
    change = entry.change
    return say(
        "Materiality: {materiality} ({reason})",
        materiality=label(say, MATERIALITY, change.materiality),
        reason=reason_in(say, change.reason),
    )


def cut_line(entry: Entry, say: Texts) -> str:
    """How many changed characters a message does not show."""
    return say.plural(
        "{number} changed character is not shown here",
        "{number} changed characters are not shown here",
        entry.cut,
    )


def short_lines(entry: Entry, say: Texts) -> list[str]:
    """What was exchanged for what (``4800 → 2400``) and what went along, a line each where there is any."""
    change = entry.change
    lines = []
    pairs = [
        f"{' '.join(old.split())} → {' '.join(new.split())}"
        for (gone, old), (came, new) in pairwise(change.ops)
        if (gone, came) == ("-", "+") and len(old) + len(new) <= EXCHANGED and old.strip() and new.strip()
    ]
    if pairs:
        lines.append(say("In short: {exchanges}", exchanges=_first_of(pairs, EXCHANGES, say("; "), say)))
    if change.carried:
        lines.append(carried_line(entry, say))
    return lines


def carried_line(entry: Entry, say: Texts) -> str:
    """The addresses that went along under what was renumbered or moved."""
    pairs = [old if old == new else f"{old} → {new}" for old, new in entry.change.carried]
    return say("Carried along: {addresses}", addresses=_first_of(pairs, CARRIED, say(", "), say))


def _first_of(parts: list[str], most: int, joint: str, say: Texts) -> str:
    shown = joint.join(parts[:most])
    rest = len(parts) - most
    return say("{first} and {count} more", first=shown, count=rest) if rest > 0 else shown


def limit_rows(entry: Entry, say: Texts) -> list[tuple[str, str, str, str]]:
    """Of each limit that moved what it measures, what it was, what it is, and which way it went:
    ``("total processing performance", ">= 4800", ">= 2400", "tighter")``."""
    return [
        (
            limit.quantity or say("limit"),
            *bounds(say, limit),
            label(say, DIRECTIONS, limit.direction),
        )
        for limit in entry.change.limits
    ]


def day_line(said: str, day: date, left: int | None, say: Texts) -> str:
    """``Comments close: 2026-07-20 (Monday) (in 30 days)``."""
    when = say.weekday(day)
    if left is not None:
        when = say("{first} ({second})", first=when, second=days_left(left, say))
    return say("{label}: {value}", label=said.capitalize(), value=when)


def fact_rows(message: Message, say: Texts) -> list[tuple[str, str]]:
    """What the document says of itself, with its name: citation, action, agency, summary."""
    told: dict[str, list[str]] = {}
    for fact in message.facts:
        if fact.name in FACTS:
            value = " ".join(fact.value.split())
            if fact.name == NOT_COMPARED:
                value = say("{first} ({second})", first=value, second=_scope(fact.words, say))
            told.setdefault(fact.name, []).append(value)
    return [(label(say, FACTS, name), say("; ").join(dict.fromkeys(values))) for name, values in told.items()]


def _scope(words: str, say: Texts) -> str:
    """Why a part was not compared, as ``archive.shared_scope`` says it."""
    known = {
        "absent from the later edition": say("absent from the later edition"),
        "absent from the earlier edition": say("absent from the earlier edition"),
    }
    return known.get(words, words)


def history_lines(message: Message, say: Texts) -> list[str]:
    """The earlier stages of the act, a line each: ``2026-06-18: announced, Title``."""
    return [
        say("{day}: {stage}, {title}", day=say.day(past.day), stage=past.said, title=past.title)
        if past.title
        else say("{label}: {value}", label=say.day(past.day), value=past.said)
        for past in message.history
    ]


def evidence_line(message: Message, say: Texts) -> str:
    """Which capture proves it: when it was fetched, and the beginning of its SHA-256. "" where none is held."""
    if message.evidence is None:
        return ""
    return say(
        "Evidence: fetched {at}, SHA-256 {digest}…",
        at=say.instant(message.evidence.fetched_at),
        digest=message.evidence.sha256[:FINGERPRINT],
    )


def rest_lines(message: Message, say: Texts) -> tuple[str, str]:
    """How many changes are not even named, and how many other substantive ones met none of the watches; "" for none."""
    uncounted = say.plural(
        "and {number} more that is not named here",
        "and {number} more that are not named here",
        message.uncounted,
    )
    others = say.plural(
        "{number} other substantive change of this edition met none of these watches.",
        "{number} other substantive changes of this edition met none of these watches.",
        message.others,
    )
    return uncounted if message.uncounted else "", others if message.others else ""


def acknowledge_line(message: Message, say: Texts) -> str:
    """The command that acknowledges a message, by the person whose watches it names; "" where it has no key."""
    if not message.key:
        return ""
    owners = {note.owner for note in message.watches}
    person = quote(owners.pop()) if len(owners) == 1 else "NAME"
    command = f"tocsin alerts ack {message.key[:KEY]} --person {person}"
    return say("Acknowledge by command: {command}", command=command)


def _remainder(message: Message, say: Texts) -> Iterator[str]:
    uncounted, others = rest_lines(message, say)
    if message.listed:
        yield say("Also changed, not shown here:")
        for name, link in message.listed:
            yield f"- {name}" + (f" {link}" if link else "")
    if uncounted:
        yield (
            say("{label}: {value}", label=uncounted, value=message.link) if message.link else f"{uncounted}."
        )
    if message.listed or uncounted:
        yield ""
    if others:
        yield others


def _where(message: Message, say: Texts) -> Iterator[str]:
    if message.link:
        yield say("All changes of this edition: {link}", link=message.link)
    if message.official:
        yield say("Official page: {link}", link=message.official)
    if evidence := evidence_line(message, say):
        yield f"{evidence} {message.proof}".rstrip()
    if message.acknowledge:
        yield say("Acknowledge: {link}", link=message.acknowledge)
    if command := acknowledge_line(message, say):
        yield command


def _changes_words(message: Message) -> bool:
    return any(
        sign != "="
        for section in message.sections
        for entry in section.entries
        for sign, _ in entry.change.ops
    )


def _called(say: Texts) -> tuple[str, str]:
    return say("deleted"), say("added")
