"""The Federal Register: rules, proposed rules, notices and presidential documents as they are published, through its API."""

from __future__ import annotations

from crawlers.card import SourceCard
from crawlers.families.federal_register_api import crawl
from crawlers.families.federal_register_range import backfill, count
from crawlers.families.federal_register_settings import FederalRegisterSettings

CARD = SourceCard(
    id="us_federal_register",
    title="Federal Register",
    jurisdiction="US",
    publisher="Office of the Federal Register",
    hosts=("www.federalregister.gov",),
    kind="document",
    # Published at about 08:45 in Washington on federal business days: 12:45 or 13:45 UTC, hence twice, and once more for late papers.
    cadence="08:50 10:00 16:00 America/New_York on working days; 10:00 America/New_York daily",
    landmark="one of RULE, PRORULE, NOTICE, PRESDOCU, CORRECT, closed, with the paper's own number in FRDOC",
    legal_status="Text of the Federal Register's web edition; the official edition is the PDF at govinfo.gov.",
    licence="Public domain (17 U.S.C. 105)",
    crawl=crawl,
    settings=FederalRegisterSettings,
    moves=5,
    count=count,
    backfill=backfill,
    by_default=True,
)
