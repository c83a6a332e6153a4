"""What a message says of the source of a text: its title, and how far its text is the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alerts.language import Texts, mark


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """A source as readers need it: ``title``, the sentence on its ``legal_status``, and the day to which it was ``checked``."""

    title: str
    legal_status: str = ""
    checked: date | None = None


# eCFR: "authoritative but unofficial" (ecfr.gov, About; 1 CFR 8.1 makes the printed CFR the official one). Federal Register: the web
# text is informational, the PDF on govinfo.gov carries legal notice (44 U.S.C. 1507; 1 CFR 5.10).
KNOWN: Mapping[str, SourceNote] = {
    "us_ecfr": SourceNote(
        title=mark("eCFR"),
        legal_status=mark("The eCFR is not the official edition of the Code of Federal Regulations."),
    ),
    "us_federal_register": SourceNote(
        title=mark("Federal Register"),
        legal_status=mark(
            "This web text is not the official edition; the PDF on govinfo.gov gives legal notice."
        ),
    ),
}
_OTHER = mark("Captured text, not an official edition: check the official publication before you rely on it.")
_HANDED_IN = mark("handed in")


def note_of(source: str, given: Mapping[str, SourceNote]) -> SourceNote:
    """What is known of a source: what the caller gives, filled up with what is written here."""
    known = KNOWN.get(source, SourceNote(title=source or _HANDED_IN, legal_status=_OTHER))
    said = given.get(source)
    if said is None:
        return known
    return SourceNote(
        title=said.title or known.title,
        legal_status=said.legal_status or known.legal_status,
        checked=said.checked,
    )


def legal_line(note: SourceNote, checked: date | None, say: Texts) -> str:
    """How far the text is the law, and to which day its source was checked."""
    status = say(note.legal_status) if note.legal_status else ""
    if checked is None:
        return status
    said = say("Sources checked to {day}.", day=say.day(checked))
    return say("{first} {second}", first=status, second=said) if status else said
