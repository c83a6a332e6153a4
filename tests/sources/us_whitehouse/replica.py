"""Invented orders and memoranda at the addresses of the real house; not all are of our matters."""

from datetime import date

from tests.normalize.pdf_fixtures import Text, pdf
from tests.replica.faults import Reply
from tests.replica.offices import WHITE_HOUSE, Release, memoranda, paper, posts
from tests.replica.server import Replica

DAY = date(2031, 2, 10)
SETTINGS: dict[str, object] = {}
ACTIONS = f"{WHITE_HOUSE}/presidential-actions"
MEMORANDA = f"{WHITE_HOUSE}/omb/information-resources/guidance/memoranda/"

_FORMULA = "By the authority vested in me by an invented constitution, it is hereby ordered:"


def _order(slug: str, title: str, day: date, *sections: str) -> Release:
    return Release(
        place=f"{ACTIONS}/{day:%Y/%m}/{slug}/", title=title, day=day, paragraphs=(_FORMULA, *sections)
    )


ORDERS = (
    _order(
        "lighting-the-frontier",
        "Lighting the Frontier of Thinking Machines",
        date(2031, 2, 7),
        "Section 1. Purpose. Thinking machines, also called artificial intelligence, are to be built where there is light.",
        "Sec. 2. Within 90 days the invented Secretary shall say which weights of models may leave the country, and under which license.",
    ),
    _order(
        "duties-on-lanterns",
        "Adjusting Imports of Lanterns",
        date(2031, 2, 3),
        "Section 1. Lanterns that are brought into the country pay 25 percent from March 1, 2031 on.",
        "Sec. 2. Lanterns for lighthouses are excepted until the end of the year, if the keeper asks for it.",
    ),
    _order(
        "a-day-of-wicks",
        "A Day of Wicks",
        date(2031, 1, 30),
        "Section 1. The first day of May is a day of wicks, to be kept with lamps in windows by all who want to.",
        "Sec. 2. Nothing in this order gives anybody a right against the country, its offices or its keepers of lamps.",
    ),
    _order(
        "continuation-lanterns",
        "Continuation of the National Emergency With Respect to Lantern Export Rules",
        date(2031, 1, 29),
        "Section 1. The emergency that was declared over the lapse of the export rules for lanterns goes on for one year.",
        "Sec. 2. This notice is to be printed in the Register and sent to the two houses before the day on which it would end.",
    ),
    _order(
        "naming-of-a-lighthouse",
        "Naming of a Lighthouse",
        date(2031, 1, 28),
        "Section 1. The lighthouse at the invented cape is named after the first keeper of its lamp, who kept it for 41 years.",
        "Sec. 2. The name is to be painted on the side that is seen from the sea, in letters that are one yard high.",
    ),
)
OLDER = (
    _order(
        "older-tariff",
        "Amending the Tariff on Oil",
        date(2030, 12, 12),
        "Section 1. The tariff on oil for lamps falls to 2 percent for oil that was pressed in the country it comes from.",
        "Sec. 2. The office of weights shall publish by which marks such oil is known, and shall hear those who press it.",
    ),
    *(
        _order(
            f"older-{n}",
            f"Letter Number {n} of the Keeper",
            date(2030, 12, 10 - n),
            f"Section 1. Letter {n} thanks the people of the cape for their patience in the nights of the last winter.",
            "Sec. 2. It is to be read aloud at the foot of the lighthouse by whoever has the loudest voice among them.",
        )
        for n in range(4)
    ),
)
MEMOS = tuple(
    Release(
        place=f"{WHITE_HOUSE}/wp-content/uploads/{day:%Y/%m}/M-31-0{number}-{slug}.pdf",
        title=f"M-31-0{number} {title}",
        day=day,
    )
    for number, slug, title, day in (
        (3, "Use-of-AI", "Use of Artificial Intelligence by Keepers of Lamps", date(2031, 2, 5)),
        (2, "Oil", "Budget for Oil", date(2031, 1, 15)),
        (1, "Calendar", "Calendar of the Year", date(2031, 1, 2)),
    )
)


def memo(words: str) -> Reply:
    """A memorandum as a PDF."""
    lines = (words, "Each keeper names an officer within 60 days, who counts the machines that think.")
    page = [Text(72, 760 - 20 * number, line) for number, line in enumerate(lines)]
    return Reply(body=pdf(page), media_type="application/pdf")


def pages() -> dict[str, Reply]:
    """The site: host and path → page."""
    return {
        f"{ACTIONS}/": posts(ORDERS),
        f"{ACTIONS}/page/2/": posts(OLDER),
        MEMORANDA: memoranda(MEMOS),
        **{one.place: paper(one) for one in (*ORDERS, *OLDER)},
        **{one.place: memo(one.title) for one in MEMOS},
    }


def server() -> Replica:
    """The site as it is at first."""
    return Replica(today=DAY, pages=pages())
