"""The AI Act of the European Union: the act, what amends, corrects and consolidates it, and the acts based on it, through Cellar."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from archive.records import Capture
from crawlers.card import SourceCard
from crawlers.families.cellar import count
from crawlers.families.cellar import crawl as crawl_cellar
from crawlers.families.cellar_settings import CellarSettings
from crawlers.settings import meaning
from crawlers.visit import Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class AiActSettings(CellarSettings):
    """Regulation (EU) 2024/1689 and all that belongs to it."""

    acts: tuple[str, ...] = field(
        default=("32024R1689",),
        metadata=meaning(
            "acts by their CELEX number; what amends, corrects, consolidates or rests on them comes too"
        ),
    )


async def crawl(visit: Visit, settings: AiActSettings) -> AsyncIterator[Capture]:
    """The acts that are not held as they now are."""
    async for capture in crawl_cellar(visit, settings, "eu_ai_act"):
        yield capture


CARD = SourceCard(
    id="eu_ai_act",
    title="Artificial Intelligence Act",
    jurisdiction="EU",
    publisher="Publications Office of the European Union",
    hosts=("publications.europa.eu",),
    kind="consolidated",
    # The Official Journal appears on working days from 08:00 in Luxembourg; Cellar has it within hours.
    cadence="09:40 13:40 17:40 21:40 Europe/Brussels on working days; 09:40 Europe/Brussels daily",
    landmark="Formex with all the files that its contents name, or the page of the Official Journal, with most of the act's numbered articles",
    legal_status=(
        "Only the Official Journal of the European Union is authentic; a consolidated text is for documentation and has no legal effect."
    ),
    beyond="Proposals and preparatory acts; case law; the C series of the Official Journal.",
    licence="Re-use with attribution, Commission Decision 2011/833/EU",
    crawl=crawl,
    count=count,
    settings=AiActSettings,
    by_default=False,
)
