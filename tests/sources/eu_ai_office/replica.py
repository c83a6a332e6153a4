"""Invented pages on an invented act: a policy page, a page of answers, a feed with one guideline and one item on ships."""

from datetime import date

from tests.replica.server import Replica
from tests.replica.sites import framed, paragraphs, rss

DAY = date(2031, 4, 2)
HOST, DESK = "digital-strategy.ec.europa.eu", "ai-act-service-desk.ec.europa.eu"
POLICY, FEED = "/en/policies/invented-framework", "/en/rss.xml"
GUIDE, SHIPS = "/en/library/guidelines-invented-ai-systems", "/en/news/ships"
SETTINGS = {
    "pages": [f"https://{HOST}{POLICY}", f"https://{DESK}/en/faq"],
    "lists": [f"https://{HOST}{FEED}"],
}


def server() -> Replica:
    """The site as it is at first."""
    return Replica(
        today=DAY,
        pages={
            HOST + POLICY: framed(
                "The invented framework",
                paragraphs(
                    "A clock that answers questions is an AI system.", "Its maker tells its users so."
                ),
                site="Shaping Europe’s digital future",
            ),
            f"{DESK}/en/faq": framed(
                "Questions and answers",
                "<h2>Is a sundial an AI system?</h2>"
                + paragraphs("No: it infers nothing.")
                + "<h2>Is a cuckoo clock?</h2>"
                + paragraphs("Not unless it learns."),
                site="AI Act Service Desk",
            ),
            HOST + FEED: rss(
                "News",
                [
                    (
                        f"https://{HOST}{GUIDE}",
                        "Guidelines on invented AI systems under the AI Act",
                        "Tue, 01 Apr 2031 10:00:00 +0200",
                    ),
                    (f"https://{HOST}{SHIPS}", "Ships go digital", "Tue, 01 Apr 2031 09:00:00 +0200"),
                ],
            ),
            HOST + GUIDE: framed(
                "Guidelines on invented AI systems",
                paragraphs("The guidelines explain Article 3.", "They apply from 2 August 2031."),
                site="Shaping Europe’s digital future",
            ),
        },
    )
