"""A list of invented parties."""

from tests.crawlers.test_lists_crawl import DAY
from tests.crawlers.test_lists_crawl import SETTINGS as ALL
from tests.crawlers.test_lists_crawl import server as server

SETTINGS = ALL["us_csl"]
__all__ = ["DAY", "SETTINGS", "server"]
