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
    # Filings appear at 08:45, 11:15 and 16:15 in Washington.
    cadence="08:50 09:50 11:20 12:50 16:20 17:20 America/New_York on working days",
    landmark="the desk as long as its count, every paper with number, filing and agencies",
    legal_status=(
        "An unpublished paper on public inspection: it may be edited or withdrawn; the paper as printed in the Federal Register supersedes it."
    ),
    licence="Public domain (17 U.S.C. 105)",
    crawl=crawl,
    settings=DeskSettings,
    moves=5,
)
