"""What a message holds before it is rendered for a channel."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from archive.evidence import Evidence
from archive.records import Change, Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchNote:
    """A watch that the message is owed to, with the changes that it met."""

    name: str
    owner: str
    reason: str
    matter: str
    changes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One change as a message shows it. ``change`` is folded; ``cut`` counts the changed characters left out, and ``quotes`` then
    show where the terms that were met stand; ``why`` are lines of a watch's name and what it met."""

    change: Change
    citation: str
    name: str
    verb: str
    link: str
    cut: int = 0
    why: tuple[tuple[str, str], ...] = ()
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The entries under one heading."""

    heading: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An earlier stage of the legal act: on which ``day`` it was seen, what it was (``said``), and the title of the document."""

    day: date
    said: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message before it is rendered, its texts in ``language``; ``text_language`` is that of the law text in it, "" where nobody knows.

    ``dates`` are labels with a day and the days left (negative when past, None where that means nothing); ``history`` the earlier stages of
    the legal act, the first one first; ``listed`` are changes only named, as citation with name and link; ``uncounted`` the number beyond
    those; ``others`` the substantive changes of the same transition that met none of these watches. ``official`` is the publisher's own page,
    ``proof`` the page of the archive that shows the ``evidence``, ``acknowledge`` the address at which the message is acknowledged, ``key``
    that of the delivery by which it is on the command line; each "" where there is none.
    """

    message_id: str
    title: str
    work: str
    work_title: str
    source: str
    legal: str
    link: str
    edition: str
    language: str = "en"
    text_language: str = ""
    update: str = ""
    history: tuple[Past, ...] = ()
    official: str = ""
    evidence: Evidence | None = None
    proof: str = ""
    acknowledge: str = ""
    key: str = ""
    facts: tuple[Fact, ...] = ()
    dates: tuple[tuple[str, date, int | None], ...] = ()
    watches: tuple[WatchNote, ...] = ()
    sections: tuple[Section, ...] = ()
    listed: tuple[tuple[str, str], ...] = ()
    uncounted: int = 0
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What the outbox keeps: the message rendered, ready for any channel. ``thread`` is one for all messages on an act, else on a work; ``language`` is
    that of its texts, ``acknowledge`` the address at which it is acknowledged ("" where the archive has no pages)."""

    title: str
    body: str
    html: str
    link: str
    thread: str
    watches: tuple[str, ...]
    language: str = "en"
    acknowledge: str = ""


# Control marks, which a terminal or a parser would act on; the marks that turn the direction of a text and so can disguise it; surrogates
# and what Unicode calls noncharacters, which no HTML may hold.
_UNSEEN = dict.fromkeys(
    [
        *range(0x09),
        0x0B,
        0x0C,
        *range(0x0D, 0x20),
        *range(0x7F, 0xA0),
        0x061C,
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
        *range(0xFDD0, 0xFDF0),
        *(plane | end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
    ]
)


_ANY_UNSEEN = re.compile(f"[{re.escape(''.join(map(chr, _UNSEEN)))}]")


_BLANKS = "\n\t\xa0\u3000"


def visible(text: str) -> str:
    """``text`` without marks that act and are not seen; line ends stay."""
    # Nearly always, and much faster than to translate. Whole pages are asked for: first without the blanks that Python does not count as printable.
    rest = text
    for blank in _BLANKS:
        rest = rest.replace(blank, "")
    if rest.isprintable() or not _ANY_UNSEEN.search(text):
        return text
    return text.replace("\r\n", "\n").translate(_UNSEEN)
