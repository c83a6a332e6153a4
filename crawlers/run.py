"""The child process of a crawl: ``python -m crawlers.run``, a job of one line on standard input, events on standard output, a log on standard error.

Scrapy's reactor runs once a process, hence one process a crawl. Its exit status says nothing: a crawl that reached its
end says so in its last event.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import IO

from archive.errors import TocsinError
from crawlers.card import source_card
from crawlers.events import Event, Finished, write_event
from crawlers.hosts import check_hosts
from crawlers.job import Job, read_job

TETHERED = "--tethered"
"""With this argument the process ends when its standard input does."""


def run(job: Job, out: IO[bytes]) -> None:
    """Crawls, and writes the events as they happen."""
    # Scrapy installs its reactor at import time of these: only a child process may do so.
    from scrapy.crawler import AsyncCrawlerProcess

    from crawlers.addresses import named_hosts
    from crawlers.manners import scrapy_settings
    from crawlers.spider import RegulationSpider

    def tell(event: Event) -> None:
        out.write(write_event(event))
        out.flush()

    card = source_card(job.source)
    settings = card.configured(job.settings)
    check_hosts(job.hosts, thing="hosts")
    scrapy = scrapy_settings(settings, named_hosts(job.hosts))
    if job.run:
        scrapy["LOG_FORMAT"] = f"%(asctime)s [%(name)s] %(levelname)s: run {job.run}: %(message)s"
    process = AsyncCrawlerProcess(scrapy)
    crawler = process.create_crawler(RegulationSpider)
    process.crawl(crawler, job=job, card=card, settings=settings, tell=tell)
    process.start(install_signal_handlers=True)
    spider = crawler.spider
    if isinstance(spider, RegulationSpider):
        tell(spider.told.finished())
    else:
        tell(Finished(outcome="incomplete", reason=f"the crawl of {job.source} could not start, see its log"))


def main() -> int:
    """Reads the job, one line, and runs it. What a person got wrong in it is told as the reason of the last event."""
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a stray print must not end up among the events
    job = sys.stdin.buffer.readline()
    if TETHERED in sys.argv[1:]:
        threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        run(read_job(job), out)
    except TocsinError as error:
        out.write(write_event(Finished(outcome="incomplete", reason=error.line())))
    finally:
        out.close()
    return 0


def _end_with_parent() -> None:
    """A parent that dies, however it dies, lets go of our standard input: a crawl that nobody hears must not go on."""
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
