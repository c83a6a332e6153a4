"""legislation.gov.uk: the export control law of the United Kingdom, the assimilated dual-use regulation among it."""

from __future__ import annotations

from crawlers.card import SourceCard
from crawlers.families.legislation_gov_uk import UkLegislationSettings, crawl

CARD = SourceCard(
    id="uk_legislation",
    title="legislation.gov.uk",
    jurisdiction="UK",
    publisher="The National Archives",
    hosts=("www.legislation.gov.uk",),
    kind="consolidated",
    # Revised by editors on working days; the address shows the latest text alone, so: observed every 12 hours.
    cadence="07:30 19:30 Europe/London daily",
    landmark="Legislation under its own address, with as many provisions as it counts",
    legal_status=(
        "Revised by editors and often behind the law: effects that are not applied yet are listed with the text. Observed every 12 hours."
    ),
    beyond="Effects that the editors have not applied yet are counted with the text and not read.",
    licence="Open Government Licence v3.0",
    crawl=crawl,
    settings=UkLegislationSettings,
    by_default=False,
)
