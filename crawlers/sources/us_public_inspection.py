"""Public inspection: the desk where papers of the Federal Register lie before they are printed."""

from __future__ import annotations

from crawlers.card import SourceCard
from crawlers.families.public_inspection import DeskSettings, crawl

CARD = SourceCard(
    id="us_public_inspection",
    title="Federal Register, public inspection",
    jurisdiction="US",
    publisher="Office of the Federal Register",
    hosts=("www.federalregister.gov", "public-inspection.federalregister.gov"),
    kind="document",
    # Filings appear at 08:45, 11:15 and 16:15 in Washington: 12:45 to 21:15 UTC, with summer time or without.
    cadence="50 12,13,15,16,20,21 * * 1-5",
    landmark="the desk as long as its count, every paper with number, filing and agencies",
    legal_status=(
        "An unpublished paper on public inspection: it may be edited or withdrawn; the paper as printed in the Federal Register supersedes it."
    ),
    licence="Public domain (17 U.S.C. 105)",
    crawl=crawl,
    settings=DeskSettings,
    moves=5,
)
