"""Which laws of Japan a crawl brings, and how much of their history."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from crawlers.settings import CrawlSettings, meaning

LAW = re.compile(r"[1-5]\d{2}[A-Z][A-Z0-9]\w{10}")

LAWS = (
    "324AC0000000228",  # 外国為替及び外国貿易法
    "324CO0000000378",  # 輸出貿易管理令
    "355CO0000000260",  # 外国為替令
    "403M50000400049",  # 貨物等省令
    "410M50000400008",  # 貿易関係貿易外取引等に関する省令
    "413M60000400249",  # 核兵器等おそれ省令
    "420M60000400057",  # 通常兵器おそれ省令
    "421M60000400060",  # 輸出者等遵守基準を定める省令
    "324M50000400064",  # 輸出貿易管理規則
    "507AC0000000053",  # 人工知能関連技術の研究開発及び活用の推進に関する法律
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EgovSettings(CrawlSettings):
    """Which laws are watched."""

    laws: tuple[str, ...] = field(default=LAWS, metadata=meaning("laws by their id in e-Gov"))
    since: str = field(
        default="all",
        metadata=meaning(
            "history to take: 'all' revisions, those in force from a day on (2024-01-01), or 'current', the one in force; "
            "those that are not yet in force are always taken"
        ),
    )

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: ids that are none, and a day that is none."""
        found = list(CrawlSettings.problems(self))
        if not self.laws:
            found.append(("laws", "must name at least one law"))
        found += [
            ("laws", f"{law!r} is no id of a law; write it like 324CO0000000378")
            for law in self.laws
            if not LAW.fullmatch(law)
        ]
        if self.since not in ("all", "current"):
            try:
                date.fromisoformat(self.since)
            except ValueError:
                found.append(("since", f"{self.since!r} is neither 'all' nor 'current' nor a day"))
        return tuple(found)

    def takes_revision(self, day: date, stands: bool) -> bool:
        """Whether a revision is taken: in force from ``day`` on; ``stands`` if it is in force or will be."""
        if stands or self.since == "all":
            return True
        return self.since != "current" and day >= date.fromisoformat(self.since)
