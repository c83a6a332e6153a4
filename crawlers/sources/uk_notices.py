"""GOV.UK: notices to exporters of the Export Control Joint Unit."""

from __future__ import annotations

from crawlers.card import SourceCard
from crawlers.families.govuk import GovukSettings, crawl

CARD = SourceCard(
    id="uk_notices",
    title="Notices to exporters",
    jurisdiction="UK",
    publisher="Department for Business and Trade, Export Control Joint Unit",
    hosts=("www.gov.uk",),
    kind="document",
    # Published at any hour of a working day; a page shows its latest text alone, so: observed every 6 hours.
    cadence="25 */6 * * *",
    landmark="the record under its own path, with title, details and the day of its update",
    legal_status="Guidance, not law: the orders and licences that a notice names prevail. Observed every 6 hours.",
    licence="Open Government Licence v3.0",
    crawl=crawl,
    settings=GovukSettings,
    by_default=False,
)
