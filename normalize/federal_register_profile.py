"""What the Federal Register declares of its papers."""

from __future__ import annotations

from normalize.profile import DiscardRule, Profile

US_FEDERAL_REGISTER = Profile(
    source="us_federal_register",
    version=1,
    reader="normalize.federal_register:read_federal_register",
    discards=(
        DiscardRule(
            name="issue-frame",
            reason="The heads of a daily issue: volume, number, date, names of its sections, title pages of its parts. The papers"
            " say the same of themselves",
        ),
        DiscardRule(
            name="issue-contents",
            reason="The table of contents of a daily issue repeats agencies and titles of the papers in it",
        ),
        DiscardRule(
            name="typesetting",
            reason="Words for the people who set the page: the editor's name, catchwords of the running head, file names",
        ),
        DiscardRule(
            name="index-field",
            reason="Fields of the index record that are read as facts (numbers, dates, agencies, citations) or that say where"
            " renderings of the paper lie",
        ),
    ),
)
