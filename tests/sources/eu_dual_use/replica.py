"""An invented list of dual-use items in two yearly consolidations: a code goes, one comes, one is amended, and every page is new."""

from datetime import date

from tests.normalize.eu_pages import consolidated, grid, norm
from tests.replica.abroad import Abroad, Cellar

ACT, FIRST, SECOND = "32021R0821", "02021R0821-20301108", "02021R0821-20311107"
DAY, NEXT = date(2030, 11, 20), date(2031, 11, 20)
SETTINGS = {"acts": [ACT]}


def page(fast: str, *entries: str, day: str) -> bytes:
    """A consolidation with these entries beside 3A001, each paragraph marked as amended by that year's act."""
    first = grid("3A001", norm("Items as follows:"), grid("a.", norm(f"circuits rated above {fast} Gy;")))
    more = "".join(grid(code, norm(text)) for code, _, text in (entry.partition(" ") for entry in entries))
    return consolidated(first + more).replace(b"08.11.2030", day.encode())


def service() -> Cellar:
    """The act itself in its form of 2021, and the two consolidations."""
    act = page("100", "3A002 Tubes.", day="09.09.2021")
    return Cellar(
        acts={
            ACT: {date(2021, 6, 11): (act,)},
            FIRST: {DAY: (page("100", "3A002 Tubes.", "3A003 Lenses.", day="08.11.2030"),)},
            SECOND: {NEXT: (page("250", "3A003 Lenses.", "3A004 Mirrors.", day="07.11.2031"),)},
        }
    )


def server() -> Abroad:
    """After the first consolidation."""
    return Abroad(today=DAY, service=service())
