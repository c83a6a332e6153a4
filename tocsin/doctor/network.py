"""The hosts of the sources that run: whether they can be reached from here, and whether this machine's clock goes as theirs."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from crawlers.card import SourceCard, source_cards
from crawlers.manners import user_agent
from tocsin.config import Config
from tocsin.doctor.finding import Found, Patient, failure, ok, skipped, warning

SECONDS = 10.0
SKEW = timedelta(minutes=2)
"""How much the clock may differ: the day of an edition and the order of what was seen depend on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a host said: its ``date`` and when it was heard, or why it said nothing."""

    host: str
    failure: str = ""
    date: datetime | None = None
    at: datetime | None = None


def hosts(patient: Patient) -> Found:
    """Whether each host answers; any answer counts, a refusal too."""
    if patient.is_offline:
        return skipped("the network was not to be asked")
    answers = _ask_all(patient.config)
    silent = [f"{one.host} ({one.failure})" for one in answers if one.failure]
    if silent:
        return failure(
            f"{len(silent)} of {len(answers)} cannot be reached: {', '.join(silent[:3])}",
            "Open them in the firewall, name the proxy in HTTPS_PROXY, or map them to a mirror in [hosts]",
        )
    return ok(f"{len(answers)} hosts answer")


def clock(patient: Patient) -> Found:
    """Whether the clock goes as those of the hosts do."""
    if patient.is_offline:
        return skipped("the network was not to be asked")
    differences = [one.at - one.date for one in _ask_all(patient.config) if one.date and one.at]
    if not differences:
        return warning("no host said what time it is", "See what 'hosts' found")
    middle = sorted(differences)[len(differences) // 2]
    if abs(middle) > SKEW:
        ahead = "ahead of" if middle > timedelta() else "behind"
        return failure(
            f"this clock is {abs(middle).total_seconds():,.0f} s {ahead} those of {len(differences)} hosts",
            "Run an NTP client: timedatectl set-ntp true",
        )
    return ok(f"{abs(middle).total_seconds():.0f} s from those of {len(differences)} hosts")


def cards_that_run(config: Config) -> Iterator[SourceCard]:
    """The sources that 'tocsin run' runs."""
    for name, card in source_cards().items():
        settings = config.sources.get(name)
        if settings.enabled if settings else card.by_default:
            yield card


def addresses(config: Config) -> dict[str, str]:
    """Each host of the sources that run with where it is asked."""
    found = {}
    for card in cards_that_run(config):
        for said in card.hosts:
            host = said.removeprefix("http://")
            if "*" not in host:
                plain = "http" if said.startswith("http://") else "https"
                found[host] = config.hosts.get(host, f"{plain}://{host}/")
    return found


def ask(host: str, base: str, contact: str, seconds: float = SECONDS) -> Answer:
    """One question to a host, as a crawl would ask it."""
    parts = urlsplit(base)
    secure = parts.scheme == "https"
    kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
    proxy = "" if proxy_bypass(parts.netloc) else getproxies().get(parts.scheme, "")
    path = parts.path or "/"
    try:
        if proxy:
            through = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
            connection = kind(str(through.hostname), through.port or 8080, timeout=seconds)
            if secure:
                connection.set_tunnel(str(parts.hostname), parts.port or 443)
            else:
                path = base
        else:
            connection = kind(str(parts.hostname), parts.port, timeout=seconds)
        try:
            connection.request(
                "HEAD", path, headers={"Host": parts.netloc, "User-Agent": user_agent(contact)}
            )
            date = connection.getresponse().headers.get("Date", "")
        finally:
            connection.close()
    except ssl.SSLCertVerificationError as error:
        return Answer(host=host, failure=f"its certificate does not hold here: {error.verify_message}")
    except (OSError, http.client.HTTPException) as error:
        return Answer(host=host, failure=str(error) or type(error).__name__)
    return Answer(host=host, date=_date(date), at=datetime.now(UTC))


def _ask_all(config: Config) -> Sequence[Answer]:
    return _asked(tuple(addresses(config).items()), config.contact)


@cache
def _asked(asked: tuple[tuple[str, str], ...], contact: str) -> tuple[Answer, ...]:
    """Once for all checks: no host is asked twice to look at one installation."""
    with ThreadPoolExecutor(8) as pool:
        answers = [pool.submit(ask, host, base, contact) for host, base in asked]
    return tuple(answer.result() for answer in answers)


def _date(said: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(said)
    except (TypeError, ValueError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found
