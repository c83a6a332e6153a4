"""Any page that the configuration names."""

from __future__ import annotations

from crawlers.card import SourceCard
from crawlers.families.web_pages import PageSettings, crawl

CARD = SourceCard(
    id="web_page",
    title="Pages named in the configuration",
    jurisdiction="XX",
    publisher="whoever publishes the page",
    hosts=("*",),
    kind="document",
    # Each page has an interval of its own; a run that finds none due asks nothing.
    cadence="40 * * * *",
    landmark="the words that the configuration names for the page",
    legal_status="A web page, watched for changes: it is not the law, and its publisher may change it without notice.",
    licence="As the publisher of the page says",
    crawl=crawl,
    settings=PageSettings,
)
