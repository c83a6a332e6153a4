"""The tables that readers may look into, with what their columns mean (told by the comments of the schema), and the questions people ask of them."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

from alerts.language import mark
from tocsin.review.roles import ADMINISTRATOR

DOCUMENTED = (
    "work",
    "edition",
    "provision_history",
    "transition",
    "change_in_full",
    "change",
    "touch",
    "fuse",
    "event_stage",
    "event_name",
    "announced",
    "series",
    "address",
    "provision",
    "text",
    "changeset",
    "capture",
    "run",
    "attempt",
    "incident",
    "action",
)
FOR_ADMINISTRATORS = ("action",)
"""Of these, the ones that only administrators look into."""
"""Everything else (messages and whom they go to, watches, mutes, what crawls remember) is for nobody to browse."""

_COLUMN = re.compile(r'^\s*"?(?P<name>[a-z_0-9]+)"?\s+[A-Z].*?--\s*(?P<said>.+?)\s*$')
_TABLE = re.compile(r"^CREATE (?:TABLE|VIEW) .*?--\s*(?P<said>.+?)\s*$", re.M)

QUERIES: dict[str, dict[str, Any]] = {
    "changes_touching": {
        "title": mark("What touched a country, a group or a code since a day"),
        "description": mark(
            "type: code, country, group or technology; id: 3A090, TH, group:D:5, 2.1; since: a day."
        ),
        "params": ["type", "id", "since"],
        "sql": """
            SELECT DISTINCT change.key AS change, work.path AS work, coalesce(new_eid, old_eid) AS eid, change.kind, materiality, transition.after
            FROM touch
            JOIN change ON change.id = touch.change
            JOIN changeset ON changeset.id = change.changeset AND newest = 1 AND touch.reference = changeset.reference
            JOIN transition ON transition.id = changeset.transition_id
            JOIN work ON work.id = transition.work
            WHERE touch.type = :type AND (touch.id = :id OR (touch.id >= :id || '.' AND touch.id < :id || '0'))
                AND transition.after >= :since
            ORDER BY transition.after DESC LIMIT 500
        """,
    },
    "changes_by_month": {
        "title": mark("How often the law changed, by month and jurisdiction"),
        "sql": """
            SELECT substr(transition.after, 1, 7) AS month, jurisdiction, sum(weighty) AS substantive, sum(number - weighty) AS other
            FROM (SELECT changeset, count(*) AS number, sum(materiality = 'substantive') AS weighty FROM change GROUP BY changeset) AS weighed
            JOIN changeset ON changeset.id = weighed.changeset AND newest = 1
            JOIN transition ON transition.id = changeset.transition_id
            JOIN work ON work.id = transition.work
            GROUP BY month, jurisdiction ORDER BY month DESC, jurisdiction LIMIT 500
        """,
    },
    "text_on_day": {
        "title": mark("What stood at an address, over time"),
        "description": "work: us/cfr/15/744; eid: 744.11.",
        "params": ["work", "eid"],
        "sql": """
            SELECT from_date, to_date, num, heading, text, known_from, known_to FROM provision_history
            WHERE work = :work AND eid = :eid ORDER BY from_date, known_from LIMIT 500
        """,
    },
    "dates_ahead": {
        "title": mark("Days on which law changes by itself, from a day on"),
        "params": ["since"],
        "sql": """
            SELECT day, sort, work.path AS work, eid, act, words FROM fuse JOIN work ON work.id = fuse.work
            WHERE gone IS NULL AND day >= :since ORDER BY day LIMIT 500
        """,
    },
    "failed_requests": {
        "title": mark("Requests that were refused, the newest first"),
        "sql": "SELECT source, at, outcome, status, url, reason FROM attempt WHERE outcome NOT IN ('accepted', 'unchanged') ORDER BY id DESC LIMIT 500",
    },
}


def metadata(archive: Path) -> dict[str, Any]:
    """Datasette's description of the archive's file."""
    return {
        "title": "tocsin",
        "description": "What changed in export-control and AI regulation, as the archive saw it.",
        "allow_sql": {"roles": [ADMINISTRATOR]},
        "databases": {
            "archive": {
                "description": mark(
                    "Works and their editions, what changed in them, and how each source was read."
                ),
                "tables": _described(archive),
                "queries": {
                    name: {
                        **query,
                        "sql": "\n".join(line.strip() for line in query["sql"].strip().splitlines()),
                    }
                    for name, query in QUERIES.items()
                },
            }
        },
    }


def _described(archive: Path) -> dict[str, Any]:
    database = sqlite3.connect(f"{archive.resolve().as_uri()}?mode=ro", uri=True)
    try:
        schema = dict(database.execute("SELECT name, sql FROM sqlite_schema WHERE type IN ('table', 'view')"))
    finally:
        database.close()
    return {name: described(schema[name]) for name in DOCUMENTED if name in schema}


def described(sql: str) -> dict[str, Any]:
    """A table's description and those of its columns, out of the comments in its definition."""
    said = _TABLE.search(sql)
    columns = {
        found["name"]: found["said"] for line in sql.splitlines()[1:] if (found := _COLUMN.match(line))
    }
    return {"description": said["said"] if said else "", "columns": columns, "allow_facet": False}
