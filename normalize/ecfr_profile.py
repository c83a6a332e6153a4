"""What the eCFR declares of its documents."""

from __future__ import annotations

from normalize.profile import DiscardRule, Profile

US_ECFR = Profile(
    source="us_ecfr",
    version=1,
    reader="normalize.ecfr_reader:read_ecfr",
    discards=(
        DiscardRule(
            name="heading-dash",
            reason="the dash between the number and the words of a heading, which are two fields here",
        ),
        DiscardRule(
            name="bulk-header",
            reason="the header of a bulk file repeats the title's name and prints the date of its making",
        ),
        DiscardRule(name="contents", reason="a table of contents repeats the headings of what follows it"),
    ),
)
