"""What a message says of the source of a text: its title, and how far its text is the law."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


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
        title="eCFR", legal_status="The eCFR is not the official edition of the Code of Federal Regulations."
    ),
    "us_federal_register": SourceNote(
        title="Federal Register",
        legal_status="This web text is not the official edition; the PDF on govinfo.gov gives legal notice.",
    ),
}
_OTHER = "Captured text, not an official edition: check the official publication before you rely on it."


def note_of(source: str, given: Mapping[str, SourceNote]) -> SourceNote:
    """What is known of a source: what the caller gives, filled up with what is written here."""
    known = KNOWN.get(source, SourceNote(title=source or "handed in", legal_status=_OTHER))
    said = given.get(source)
    if said is None:
        return known
    return SourceNote(
        title=said.title or known.title,
        legal_status=said.legal_status or known.legal_status,
        checked=said.checked,
    )
