"""An invented regulation as one zip of Formex, and its consolidation a year later."""

from datetime import date

from tests.normalize.eu_pages import ACT_XML, CELEX, formex_zip
from tests.replica.abroad import Abroad, Cellar

DAY, CONSOLIDATED = date(2031, 3, 3), date(2032, 1, 1)
CONSOLIDATION = "02031R0077-20320101"
SETTINGS = {"acts": [CELEX]}


def consolidation() -> bytes:
    """The act without its preamble, one word changed."""
    body = ACT_XML.replace("<ACT>", "<CONS.ACT><CONS.DOC>").replace("</ACT>", "</CONS.DOC></CONS.ACT>")
    start, end = body.index("<PREAMBLE>"), body.index("</PREAMBLE>") + len("</PREAMBLE>")
    return (body[:start] + body[end:]).replace("governs loans", "governs hires").encode()


def service() -> Cellar:
    """The act, and what became of it."""
    return Cellar(acts={CELEX: {DAY: (formex_zip(),)}, CONSOLIDATION: {CONSOLIDATED: (consolidation(),)}})


def server() -> Abroad:
    """On the day of the act."""
    return Abroad(today=DAY, service=service())
