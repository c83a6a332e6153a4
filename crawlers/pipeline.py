"""The way out of the crawl: an accepted capture goes to the spool, and the parent is told of it."""

from __future__ import annotations

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from archive.disk import disk_failed
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
        """Writes the body, then tells of it. What the disk does not take makes the crawl incomplete: Scrapy would only log it."""
        spider = self._crawler.spider
        assert isinstance(spider, RegulationSpider)
        try:
            event = captured(item, spider.job.spool, spider.told.counts["captures"] + 1)
        except OSError as error:
            failed = disk_failed(error, spider.job.spool)
            why = failed.line() if failed else f"{spider.job.spool}: {error}"
            spider.told.unkept.append(f"{item.document} was fetched and could not be kept: {why}")
            raise DropItem(spider.told.unkept[-1]) from error
        spider.told.counts["captures"] += 1
        spider.tell(event)
        return item
