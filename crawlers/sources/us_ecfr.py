"""The eCFR: the Code of Federal Regulations as amended, part by part, through its versioner API."""

from __future__ import annotations

from crawlers.card import SourceCard
from crawlers.families.ecfr_api import crawl
from crawlers.families.ecfr_range import backfill, count
from crawlers.families.ecfr_settings import EcfrSettings, takes

CARD = SourceCard(
    id="us_ecfr",
    title="Electronic Code of Federal Regulations",
    jurisdiction="US",
    publisher="Office of the Federal Register and Government Publishing Office",
    hosts=("www.ecfr.gov",),
    kind="consolidated",
    # Updated on federal business days, usually by the morning of Washington; a light probe in between costs one request.
    cadence="15 */4 * * *",
    landmark="DIV5 with the number of the part, every section and appendix of the title's structure, each at its size",
    legal_status="The eCFR is not the official legal edition of the CFR: check the Federal Register before you rely on it.",
    licence="Public domain (17 U.S.C. 105)",
    crawl=crawl,
    settings=EcfrSettings,
    takes=takes,
    count=count,
    backfill=backfill,
    by_default=True,
)
