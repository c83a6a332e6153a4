"""robots.txt of each official host, asked where the host is asked and judged on official URLs (RFC 9309).

Absent (4xx) means that all is allowed; a host that has trouble with it (5xx, 429, no answer) is not crawled. A wall in its place
holds no rules; it will show itself at the first document.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time
from urllib.parse import urlsplit

from protego import Protego

from archive.errors import Refused
from crawlers.quiet import QuietHours
from crawlers.visit import Answer, Quiet
from crawlers.walls import by_status, refusal

AGENT = "tocsin"

Ask = Callable[[str, Callable[[Answer], str]], Awaitable[str]]


class Robots:
    """The rules of the hosts of one crawl; each host is asked once."""

    def __init__(self) -> None:
        self._rules: dict[str, Protego] = {}

    async def allow(self, url: str, ask: Ask, now: datetime) -> float:
        """The seconds that the host wants between two requests (0.0 if it does not say: Crawl-delay, Request-rate). Raises ``Refused`` for a URL
        that is not allowed, or where the rules cannot be had, and ``Quiet`` outside of the hours that it opens (Visit-time)."""
        parts = urlsplit(url)
        host = parts.netloc
        if host not in self._rules:
            self._rules[host] = Protego.parse(await ask(f"{parts.scheme}://{host}/robots.txt", accept_robots))
        if not self._rules[host].can_fetch(url, AGENT):
            raise Refused(
                "Disallowed",
                "Disallowed: the host's robots.txt asks programs not to fetch this",
                thing=url,
                mend="Ask the publisher, or use its official bulk channel",
            )
        rules = self._rules[host]
        hours, rate = rules.visit_time(AGENT), rules.request_rate(AGENT)
        if hours is not None and (until := _closed_until(hours.start_time, hours.end_time, now)):
            raise Quiet(f"{host} opens to programs at {until:%H:%M} UTC, as its robots.txt says")
        spacing = rate.seconds / rate.requests if rate is not None and rate.requests else 0.0
        return max(float(rules.crawl_delay(AGENT) or 0.0), spacing)


def _closed_until(opens: time, closes: time, now: datetime) -> datetime | None:
    """When a host opens that is open from one time to another (UTC), None while it is open."""
    return None if opens == closes else QuietHours(closes, opens, UTC).until(now)


def accept_robots(answer: Answer) -> str:
    """The rules as text, "" where there are none."""
    if answer.cut:
        raise refusal(answer, "Truncated", f"robots.txt broke off: {answer.cut}", "Wait for the next run")
    if answer.status >= 500 or answer.status in (408, 429):
        raise by_status(answer, expected="robots.txt")
    return answer.body.decode(errors="replace") if answer.status == 200 else ""
