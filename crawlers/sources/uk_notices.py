"""GOV.UK: notices to exporters of the Export Control Joint Unit, the control lists' own page, and the government's papers on AI."""

from __future__ import annotations

from crawlers.card import SourceCard
from crawlers.families.govuk import GovukSettings, crawl

CARD = SourceCard(
    id="uk_notices",
    title="Notices to exporters, and papers on AI",
    jurisdiction="UK",
    publisher="Department for Business and Trade (Export Control Joint Unit); Department for Science, Innovation and Technology",
    hosts=("www.gov.uk",),
    kind="document",
    # Published at any hour of a working day; a page shows its latest text alone, so: observed every 6 hours.
    cadence="09:25 12:25 15:25 18:25 Europe/London on working days; 06:25 18:25 Europe/London daily",
    landmark="the record under its own path, with title, details and the day of its update",
    legal_status="Guidance, not law: the orders and licences that a notice names prevail. Observed every 6 hours.",
    beyond="Attached PDFs and spreadsheets: that one was replaced is told, what is in it is not read. The UK Sanctions List.",
    licence="Open Government Licence v3.0",
    crawl=crawl,
    settings=GovukSettings,
    by_default=False,
)
