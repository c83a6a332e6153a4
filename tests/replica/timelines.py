"""The sites of Singapore Customs and the AI Office, with all that can happen to a paper; and all scripts by their sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.replica.faults import Reply
from tests.replica.script import DAYS, POINTS, Script, page, step
from tests.replica.sites import framed, links, pdf, rss
from tests.replica.timeline import Paper, Row
from tests.replica.timelines_east import meti, mofcom

__all__ = ["DAYS", "SCRIPTS"]

# ── Singapore Customs ──────────────────────────────────────────────────────────────────────────────

_CUSTOMS = "www.customs.gov.sg"
_CIRCULARS = f"{_CUSTOMS}/news-and-media/circulars/"


def customs() -> Script:
    """An overview that is amended, circulars as PDF: one new, one replaced, one that moves, one withdrawn for some days."""

    def circular(name: str, *lines: str) -> tuple[str, Reply]:
        return f"{_CUSTOMS}/news-and-media/circulars/{name}.pdf", pdf(f"Circular {name}", *POINTS, *lines)

    overview = f"{_CUSTOMS}/businesses/strategic-goods-control/overview/"
    words = [f"Paragraph {n} explains permit number {n}." for n in range(1, 8)]
    papers = (
        Paper(
            title="",
            steps=tuple(
                step(day, overview, page("Strategic goods", *words, last, site="Singapore Customs"))
                for day, last in ((0, "Ask three days before."), (2, "Ask two days before."))
            ),
        ),
        Paper(
            title="Circular 01/2031: strategic goods, sextants",
            lists=(_CIRCULARS,),
            steps=(
                step(0, *circular("2031-04-01-Circular012031", "From 1 May 2031.")),
                step(1, *circular("2031-04-01-Circular012031", "From 1 June 2031.")),
                step(2, *circular("2031-04-01-Circular012031-revised", "From 1 June 2031.")),
            ),
        ),
        Paper(
            title="Circular 02/2031: export control of buoys",
            lists=(_CIRCULARS,),
            steps=(
                step(0, *circular("2031-04-02-Circular022031", "Buoys.")),
                step(3),
                step(7, *circular("2031-04-02-Circular022031", "Buoys of more than 3 kg.")),
            ),
        ),
        Paper(
            title="Circular 03/2031: sanctions",
            lists=(_CIRCULARS,),
            steps=(step(1, *circular("2031-04-03-Circular032031")),),
        ),
        Paper(
            title="Circular 99/2031: parking",
            lists=(_CIRCULARS,),
            steps=(step(0, *circular("2031-03-01-Circular992031")),),
            wanted=False,
        ),
    )
    return Script(
        source="sg_customs",
        papers=papers,
        listings={_CIRCULARS: lambda rows: framed("Circulars", links(rows), site="Singapore Customs")},
        settings={"pages": [f"https://{overview}"], "lists": [f"https://{_CIRCULARS}"]},
    )


# ── AI Office ──────────────────────────────────────────────────────────────────────────────────────

_STRATEGY, _DESK = "digital-strategy.ec.europa.eu", "ai-act-service-desk.ec.europa.eu"
_FEED = f"{_STRATEGY}/en/rss.xml"


def _dated_feed(rows: Sequence[Row]) -> Reply:
    return rss(
        "News",
        [(url, words, f"{date.fromisoformat(day):%a, %d %b %Y} 09:00:00 +0200") for url, words, day in rows],
    )


def ai_office() -> Script:
    """Answers that change silently, guidelines that appear, are amended, and move; one that is withdrawn and comes back."""

    def explained(title: str, *words: str, site: str = "European Commission") -> Reply:
        more = (f"Part {n} explains Article {n} of the invented act." for n in range(1, 8))
        return page(title, *words, *more, site=site)

    library = f"{_STRATEGY}/en/library"
    faq = f"{_DESK}/en/faq"
    papers = (
        Paper(
            title="",
            steps=tuple(
                step(
                    day,
                    faq,
                    explained("Questions", "Is a sundial an AI system?", answer, site="AI Act Service Desk"),
                )
                for day, answer in ((0, "No: it infers nothing."), (1, "Only if it learns."))
            ),
        ),
        Paper(
            title="Guidelines on invented AI systems",
            lists=(_FEED,),
            steps=(
                step(
                    0, f"{library}/guidelines-invented", explained("Guidelines", "They explain the AI Act.")
                ),
                step(
                    2, f"{library}/guidelines-ai-systems", explained("Guidelines", "They explain the AI Act.")
                ),
                step(
                    4,
                    f"{library}/guidelines-ai-systems",
                    explained("Guidelines", "They explain all of the AI Act."),
                ),
            ),
        ),
        Paper(
            title="Draft code of practice for GPAI",
            lists=(_FEED,),
            steps=(
                step(0, f"{library}/draft-code", explained("Draft code", "A draft.")),
                step(3),
                step(7, f"{library}/draft-code", explained("Draft code", "A draft.")),
            ),
        ),
        Paper(
            title="AI Office publishes a template",
            lists=(_FEED,),
            steps=(step(1, f"{_STRATEGY}/en/news/template", explained("Template", "A template.")),),
        ),
        Paper(
            title="Ships go digital",
            lists=(_FEED,),
            steps=(step(0, f"{_STRATEGY}/en/news/ships", explained("Ships", "Ships.")),),
            wanted=False,
        ),
    )
    return Script(
        source="eu_ai_office",
        papers=papers,
        listings={_FEED: _dated_feed},
        settings={"pages": [f"https://{faq}"], "lists": [f"https://{_FEED}"]},
    )


SCRIPTS = {script.source: script for script in (meti(), mofcom(), customs(), ai_office())}
