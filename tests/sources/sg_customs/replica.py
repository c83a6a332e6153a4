"""Invented circulars: one on strategic goods as PDF, one on parking that is left out, and the overview page."""

from datetime import date

from tests.replica.server import Replica
from tests.replica.sites import framed, links, paragraphs, pdf

DAY = date(2031, 4, 2)
HOST = "www.customs.gov.sg"
OVERVIEW, LIST = "/businesses/strategic-goods-control/overview/", "/news-and-media/circulars/"
CIRCULAR, PARKING = (
    "/news-and-media/circulars/2031-04-01-Circular012031.pdf",
    "/news-and-media/circulars/2031-03-01-Circular992031.pdf",
)
SETTINGS = {"pages": [f"https://{HOST}{OVERVIEW}"], "lists": [f"https://{HOST}{LIST}"]}


def server() -> Replica:
    """The site as it is at first."""
    return Replica(
        today=DAY,
        pages={
            HOST + OVERVIEW: framed(
                "Strategic goods control",
                paragraphs(
                    "A permit is needed to lend a sextant.", "Permits are asked for three days before."
                ),
                site="Singapore Customs",
            ),
            HOST + LIST: framed(
                "Circulars",
                links(
                    [
                        (
                            CIRCULAR,
                            "Circular 01/2031: Amendment of the Strategic Goods Order for sextants",
                            "2031-04-01",
                        ),
                        (PARKING, "Circular 99/2031: Parking at the invented terminal", "2031-03-01"),
                    ]
                ),
                site="Singapore Customs",
            ),
            HOST + CIRCULAR: pdf(
                "Circular No. 01/2031", "1 From 1 May 2031 sextants need a permit.", "2 Please ask the desk."
            ),
        },
    )
