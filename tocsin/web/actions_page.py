"""The log of what people did and were refused, for administrators."""

from __future__ import annotations

from archive import actions
from archive.store import Archive
from tocsin.review.roles import LOG
from tocsin.web.access import require
from tocsin.web.site import Asked, Page

EACH = 100


def listed(archive: Archive, asked: Asked) -> Page:
    """The newest actions, of a person, of a kind, done or refused."""
    require(asked.who, LOG)
    person, deed, outcome = asked.text("person"), asked.text("deed"), asked.text("outcome")
    before = asked.number("before", least=0, most=999_999_999)
    found = actions.actions(
        archive,
        person=person or None,
        deed=deed or None,
        outcome=outcome or None,
        before=before or None,
        limit=EACH + 1,
    )
    rows = found[:EACH]
    values = {
        "rows": rows,
        "person": person,
        "deed": deed,
        "outcome": outcome,
        "older": rows[-1].id if len(found) > EACH else 0,
        "people": _words(archive, "person"),
        "deeds": _words(archive, "deed"),
        "outcomes": (actions.DONE, actions.REFUSED),
        "query": dict(asked.query),
    }
    return Page(template="actions.html", values=values, data={"actions": rows})


def _words(archive: Archive, column: str) -> list[str]:
    """What stands in a column, each once."""
    sql = {
        "person": "SELECT DISTINCT person FROM action ORDER BY 1",
        "deed": "SELECT DISTINCT deed FROM action ORDER BY 1",
    }
    return [said for (said,) in archive.database.execute(sql[column]) if said]
