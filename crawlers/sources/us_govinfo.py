"""govinfo: the Government Publishing Office's bulk files, which stand in for the Federal Register and the eCFR while their hosts wall us."""

from __future__ import annotations

from crawlers.card import SourceCard
from crawlers.families.govinfo import ECFR, REGISTER, GovinfoSettings, crawl

CARD = SourceCard(
    id="us_govinfo",
    title="govinfo bulk data: the Federal Register and the eCFR where their own hosts cannot be had",
    jurisdiction="US",
    publisher="Government Publishing Office",
    hosts=("www.govinfo.gov",),
    kind="document",
    # A while after each run of the two; it asks for nothing while they are well.
    cadence="50 */2 * * *",
    landmark="FEDREG of its day with every paper that its contents name; a title's file with its number, its day and every part that is held",
    legal_status="GPO's copy of the Federal Register and the eCFR as XML; the official edition of the Federal Register is the PDF at govinfo.gov.",
    licence="Public domain (17 U.S.C. 105)",
    crawl=crawl,
    settings=GovinfoSettings,
    stands_in_for=(REGISTER, ECFR),
    by_default=True,
)
