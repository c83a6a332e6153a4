"""How we behave towards hosts, in Scrapy's own settings: who we are, how often we ask, what we accept."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from crawlers.settings import CrawlSettings
from crawlers.transfer import ACCEPTED

LARGEST = 64 * 1024 * 1024
"""Bytes of an answer, unpacked: the largest document here is under 3 MB, a list of 1,000 papers under 10."""


def user_agent(contact: str) -> str:
    """Honest and Mozilla-compatible: several official hosts refuse bare library names and accept this form (facts, rule 5)."""
    said = [f"tocsin/{version('tocsin')}", f"+{contact}" if contact else "a change monitor of regulations"]
    return f"Mozilla/5.0 (compatible; {'; '.join(said)})"


def scrapy_settings(settings: CrawlSettings, named: Sequence[str] = ()) -> dict[str, Any]:
    """Scrapy's settings for one crawl; ``named`` are hosts that may lie on a private network."""
    gap = 1 / settings.pace
    return {
        "USER_AGENT": user_agent(settings.contact),
        "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*", "Accept-Language": "en", "Accept-Encoding": ACCEPTED},
        # One at a time, never closer together than the pace says: the jitter only widens the gap.
        "CONCURRENT_REQUESTS": 1,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": gap * 1.1,
        "DOWNLOAD_DELAY_JITTER": 0.09,
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": gap * 1.1,
        "AUTOTHROTTLE_MAX_DELAY": max(60.0, gap * 1.1),
        "DOWNLOAD_TIMEOUT": settings.timeout,
        "DOWNLOAD_MAXSIZE": LARGEST,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DNS_TIMEOUT": min(20.0, settings.timeout),
        "DNS_RESOLVER": "crawlers.addresses.GuardedResolver",
        "TOCSIN_HOSTS_NAMED": list(named),
        # Answers reach the acceptance as they came: its own place judges redirects, statuses, compression, robots and repetition.
        "REDIRECT_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "COMPRESSION_ENABLED": False,
        "RETRY_ENABLED": False,
        "ROBOTSTXT_OBEY": False,
        "COOKIES_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
        "ITEM_PIPELINES": {"crawlers.pipeline.Spool": 100},
        # No doors into the process: Scrapy 2.19 opens both by default.
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "MEMUSAGE_ENABLED": False,
        "STATS_DUMP": False,
        "LOG_LEVEL": "INFO",
    }
