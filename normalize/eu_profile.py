"""What the European Union's sources declare of their documents."""

from __future__ import annotations

from normalize.profile import DiscardRule, Profile

_DISCARDS = (
    DiscardRule(
        name="site-chrome",
        reason="What a site or a browser puts around the act: menus, language lists, cookie notices, footers. It stands before, after or"
        " outside of all that the Official Journal prints",
    ),
    DiscardRule(
        name="journal-head",
        reason="The head of the Official Journal's page: its name, series, language, number and date. Number and date are read as facts",
    ),
    DiscardRule(
        name="footnote-mark",
        reason="The number in the running text that calls a footnote. Every insertion moves it; the footnote itself is a provision under"
        " the one that calls it",
    ),
    DiscardRule(
        name="consolidation-mark",
        reason="The marks of a consolidated text that say who changed what (▼M1, ►C1 … ◄): provenance, not law",
    ),
    DiscardRule(
        name="consolidation-front",
        reason="The front of a consolidated text: the disclaimer, the list of amending acts, where they were printed. It changes with every"
        " amendment and is no part of the act",
    ),
    DiscardRule(
        name="production-data",
        reason="What Formex says for the printers: file names, page numbers, sequence numbers, the act's number a second time",
    ),
    DiscardRule(name="imprint", reason="The last lines of a page of the Official Journal: its ELI and ISSN"),
)

EU_AI_ACT = Profile(source="eu_ai_act", version=1, reader="normalize.eu_reader:read_eu", discards=_DISCARDS)
EU_DUAL_USE = Profile(
    source="eu_dual_use", version=1, reader="normalize.eu_reader:read_eu", discards=_DISCARDS
)
