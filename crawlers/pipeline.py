"""The way out of the crawl: an accepted capture goes to the spool, and the parent is told of it."""

from __future__ import annotations

from scrapy.crawler import Crawler

from archive.records import Capture
from crawlers.events import captured
from crawlers.spider import RegulationSpider


class Spool:
    """Scrapy's item pipeline. An item is a Capture."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Spool:
        """Called by Scrapy."""
        return cls(crawler)

    def process_item(self, item: Capture) -> Capture:
        """Writes the body, then tells of it."""
        spider = self._crawler.spider
        assert isinstance(spider, RegulationSpider)
        spider.told.counts["captures"] += 1
        spider.tell(captured(item, spider.job.spool, spider.told.counts["captures"]))
        return item
