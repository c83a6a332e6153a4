"""Which acts of the European Union a crawl brings, and in which language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from crawlers.settings import CrawlSettings, meaning

CELEX = re.compile(r"[0-9]\d{4}[A-Z]{1,2}\d{4}(?:R\(\d\d\)|-\d{8})?")
LANGUAGES = frozenset(
    "bul spa ces dan deu est ell eng fra gle hrv ita lav lit hun mlt nld pol por ron slk slv fin swe".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellarSettings(CrawlSettings):
    """Which acts are watched."""

    acts: tuple[str, ...] = field(
        default=(),
        metadata=meaning(
            "acts by their CELEX number; what amends, corrects, consolidates or rests on them comes too"
        ),
    )
    text_language: str = field(
        default="eng", metadata=meaning("language of the texts, as Cellar names it: eng, deu, fra, ...")
    )
    feed_days: int = field(default=7, metadata=meaning("days of the feed to read back at most"))
    feed_pages: int = field(default=40, metadata=meaning("pages of the feed to read in one crawl at most"))

    def problems(self) -> tuple[tuple[str, str], ...]:
        """Also: numbers that are none, and languages that Cellar does not know (it answers 400 to 'en' and to 'ger')."""
        found = list(CrawlSettings.problems(self))
        if not self.acts:
            found.append(("acts", "must name at least one act"))
        found += [
            ("acts", f"{act!r} is no CELEX number of an act; write it like 32024R1689")
            for act in self.acts
            if not CELEX.fullmatch(act) or "-" in act or "(" in act
        ]
        for name in ("feed_days", "feed_pages"):
            if getattr(self, name) < 1:
                found.append((name, "must be 1 or more"))
        if self.text_language not in LANGUAGES:
            found.append(
                ("text_language", f"{self.text_language!r} is none of {', '.join(sorted(LANGUAGES))}")
            )
        return tuple(found)


def is_of(celex: str, acts: tuple[str, ...]) -> bool:
    """Whether a number is a watched act, a consolidation or a corrigendum of one."""
    base = celex.partition("-")[0].partition("R(")[0]
    return any(base[1:] == act[1:] and base[0] in "03" for act in acts)
