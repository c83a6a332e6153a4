"""Parts of the CFR as a story needs them: sections in words, supplements with tables. All of it is invented."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tests.replica.ecfr import Ecfr, Part
from tests.replica.server import Replica

Units = dict[str, list[str]]

ENTITY_LIST = "Supplement No. 4 to Part 744"
UNVERIFIED_LIST = "Supplement No. 6 to Part 744"
MILITARY_END_USERS = "Supplement No. 7 to Part 744"
COUNTRY_GROUPS = "Supplement No. 1 to Part 740"
CCL = "Supplement No. 1 to Part 774"


def markup(words: str) -> str:
    """Markup among the paragraphs of a unit: each of them is put into a P, which it leaves."""
    return f"</P>\n{words}\n<P>"


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "") -> str:
    """A table as the eCFR prints them."""
    head = "".join(f"<TH>{column}</TH>" for column in columns)
    body = "".join("<TR>" + "".join(f"<TD>{cell}</TD>" for cell in row) + "</TR>\n" for row in rows)
    title = f"<CAPTION><P>{caption}</P></CAPTION>" if caption else ""
    return markup(
        f'<DIV width="100%"><DIV class="gpotbl_div"><TABLE class="gpo_table">{title}<THEAD><TR>{head}</TR></THEAD>\n'
        f"<TBODY>{body}</TBODY></TABLE></DIV></DIV>"
    )


def entity_list(*rows: Sequence[str]) -> list[str]:
    """Supplement No. 4: country, entity, licence requirement, review policy, citation."""
    columns = (
        "Country",
        "Entity",
        "License requirement",
        "License review policy",
        "Federal Register citation",
    )
    return ["Entity List.", table(columns, rows)]


def code(title: int, number: str, editions: dict[date, Units], *others: Part) -> Replica:
    """A replica with the editions of a part, and further parts."""
    first = min(editions)
    return Replica(
        today=first, ecfr=Ecfr(parts=[Part(title=title, number=number, editions=editions), *others], lag=0)
    )
