"""The sources of a soak, for a year or some days: the replica of the official sources where it is at hand, or law that is invented for it.

Two sources are asked at half past two in the night: on the night on which clocks are set forward there is no such time where they are, on the other one
there are two.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from types import TracebackType
from typing import Any, Protocol, Self

from tests.replica.abroad import EGOV, Abroad, Egov, Revision, law
from tests.replica.ecfr import Ecfr, Part
from tests.replica.faults import NAMES, Fault
from tests.replica.federal_register import FederalRegister, Paper
from tests.replica.server import Replica
from tests.sources.web_page.replica import page
from tests.tocsin.official import Official

PAGE = "agency.example.eu/guidance/licences"
NEW_YORK, BRUSSELS, TOKYO = "America/New_York", "Europe/Brussels", "Asia/Tokyo"

Settings = dict[str, dict[str, Any]]


@dataclass
class _Counted(Fault):
    """A fault that knows how often it struck."""

    struck: int = 0

    def strikes(self, target: str) -> bool:
        """As any fault."""
        found = super().strikes(target)
        self.struck += found
        return found


class World(Protocol):
    """The sources, on a day that is moved, with faults or without; a context manager. ``dated`` are those whose editions carry a date of their
    publisher's: what a crawl missed, a later one brings. ``settings`` are their tables in ``tocsin.toml``."""

    settings: Settings
    dated: frozenset[str]

    @property
    def hosts(self) -> dict[str, str]: ...
    def move(self, day: date) -> None: ...
    def spoil(self, share: float, seed: int) -> None: ...
    def asked(self) -> tuple[int, int]: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Invented:
    """Law that moves most days: a part of the CFR, papers, a page in Europe, a law of Japan. ``sources`` names those that are wanted."""

    dated = frozenset({"us_ecfr", "us_federal_register", "jp_egov"})

    def __init__(self, first: date, days: int, sources: tuple[str, ...] = ()) -> None:
        every: Settings = {
            "us_ecfr": {"parts": ["15/1001"], "every": f"02:30 {NEW_YORK} daily"},
            "us_federal_register": {
                "since": str(first - timedelta(days=30)),
                "agencies": ["industry-and-security-bureau"],
                "parts": ["15/730-774"],
                "every": f"08:50 {NEW_YORK} on working days",
            },
            "web_page": {
                "pages": [
                    {
                        "url": f"https://{PAGE}",
                        "landmark": "Guidance on invented licences",
                        "selector": "main",
                        "every": "1h",
                    }
                ],
                "every": f"02:30 {BRUSSELS} daily",
            },
            "jp_egov": {"laws": [_LAW], "every": f"09:20 {TOKYO} on weekdays"},
        }
        self.settings = {name: table for name, table in every.items() if not sources or name in sources}
        units = {f"1001.{n}": [f"Section {n}.", f"(a) Rule {n}, in words."] for n in range(1, 8)}
        editions = {
            first + timedelta(days=at - 3): {
                **units,
                f"1001.{at % 7 + 1}": [
                    "Amended.",
                    f"(a) A licence for item 3A090 is due within {at + 30} days.",
                ],
            }
            for at in range(0, days + 3, 2)
        }
        self._replica = Replica(
            today=first,
            ecfr=Ecfr(parts=[Part(title=15, number="1001", editions=editions)]),
            register=FederalRegister(papers=_papers(first, days)),
            pages={PAGE: page("Guidance on invented licences", "Nothing yet.", "It comes within 30 days.")},
        )
        self._abroad = Abroad(today=first, service=_egov(first, days))
        self._faults: list[Fault] = []
        self._stack = ExitStack()

    @property
    def hosts(self) -> dict[str, str]:
        """The mapping that sends the crawlers here."""
        return self._replica.hosts | self._abroad.hosts

    def move(self, day: date) -> None:
        """The day of all of them; the page has other words every third day."""
        self._replica.today = self._abroad.today = day
        number = day.toordinal() // 3
        asked = f"A licence for a part of kind {number} is asked for by form 12."
        self._replica.pages[PAGE] = page(
            "Guidance on invented licences", asked, "It comes within 30 days.", "It costs nothing."
        )

    def spoil(self, share: float, seed: int) -> None:
        """From now on this share of the answers is spoilt, in every way that is known; 0: none is."""
        for number, server in enumerate((self._replica, self._abroad)):
            server.faults = [
                _Counted(name=name, chance=share / len(NAMES), seed=seed * 1000 + number * 100 + at)
                for at, name in enumerate(NAMES if share else ())
            ]
            self._faults += server.faults

    def asked(self) -> tuple[int, int]:
        """How many requests there were, and how many of the answers were spoilt."""
        struck = sum(fault.struck for fault in self._faults if isinstance(fault, _Counted))
        return len(self._replica.asked) + len(self._abroad.asked), struck

    def __enter__(self) -> Self:
        self._stack.enter_context(self._replica)
        self._stack.enter_context(self._abroad)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()


class Recorded:
    """The replica of the official sources, with real documents of the corpus."""

    dated = frozenset({"us_ecfr", "us_federal_register", "jp_egov"})

    def __init__(self, first: date) -> None:
        self.settings: Settings = {
            "us_ecfr": {"parts": ["15/744", "22/121", "10/810"], "every": f"02:30 {NEW_YORK} daily"},
            "us_federal_register": {
                "since": str(first - timedelta(days=30)),
                "every": f"08:50 {NEW_YORK} on working days",
            },
            "jp_egov": {"every": f"09:20 {TOKYO} on working days"},
            "de_awv": {"every": f"02:30 {BRUSSELS} on weekdays"},
        }
        self._official = Official(first.isoformat())

    @property
    def hosts(self) -> dict[str, str]:
        """The mapping that sends the crawlers here."""
        base = self._official.base
        names = (
            *json.loads(self._official.hosts),
            EGOV,
            "www.gesetze-im-internet.de",
            "www.govinfo.gov",
        )
        return {host: f"{base}/{host}" for host in names}

    def move(self, day: date) -> None:
        """The day of all of them."""
        self._official.today(day.isoformat())

    def spoil(self, share: float, seed: int) -> None:
        """From now on this share of the answers is spoilt."""
        ways = [name for name in NAMES if name not in ("bad_bytes", "redirect_away")]
        self._official.faults(
            *(
                {"fault": name, "match": ".", "probability": share / len(ways), "seed": seed * 100 + at}
                | ({"seconds": 2} if name == "timeout" else {})
                | ({"retry_after": 1} if name in ("rate_429", "server_503") else {})
                for at, name in enumerate(ways)
            )
            if share
            else ()
        )

    def asked(self) -> tuple[int, int]:
        """How many requests there were, and how many of them a fault befell."""
        log = self._official.log()
        return len(log), sum(bool(one.get("fault")) for one in log)

    def __enter__(self) -> Self:
        self._official.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._official.__exit__(kind, error, trace)


_LAW, _NUMBER = "430CO0000000901", "平成三十年政令第九百一号"


def _papers(first: date, days: int) -> list[Paper]:
    """One on each weekday."""
    every = (first + timedelta(days=number) for number in range(-3, days))
    return [
        Paper(
            number=f"{day.year}-{day:%j}00",
            day=day,
            title=f"Invented Notice of {day}",
            paragraphs=tuple(f"Goods of kind {day:%j}x{line} need a licence." for line in range(4)),
        )
        for day in every
        if day.weekday() < 5
    ]


def _egov(first: date, days: int) -> Egov:
    """A revision every twentieth day, shown five days before it is in force."""
    kanji = "一二三四五六七八九"
    revisions = [
        Revision(
            act=1, shown=first - timedelta(days=900), force=first - timedelta(days=900), law=_order("二十")
        )
    ]
    for at, day in enumerate(range(4, days, 20)):
        shown = first + timedelta(days=day)
        words = f"{kanji[at % 9]}百{kanji[(at // 9 + 3) % 9]}十"
        revisions.append(
            Revision(act=at + 2, shown=shown, force=shown + timedelta(days=5), law=_order(words))
        )
    return Egov(law_id=_LAW, law_num=_NUMBER, revisions=revisions)


def _order(kilograms: str) -> str:
    rest = (f"見本の貨物第{one}類は、届出を要しない。" for one in "一二三四五六七")
    words = f"質量が{kilograms}キログラムを超えるものは、許可を要する。"
    return law(_NUMBER, "この政令は、見本の輸出に適用する。", words, *rest)
