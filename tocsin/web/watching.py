"""Who is told of what: the watches with what they would have told, and the alerts with what became of them."""

from __future__ import annotations

from datetime import timedelta

import msgspec

from alerts.backtest import backtest_archive
from alerts.citations import cite_work
from alerts.conditions import Conditions
from archive import acknowledged, clock, editions, mutes, outbox, watch_history
from archive.outbox import Owed
from archive.store import Archive
from tocsin.web.site import Absent, Asked, Page

EACH = 50
_SINCE = timedelta(days=365)


def watches(archive: Archive, asked: Asked) -> Page:
    """The watches in force."""
    found, why = asked.site.watches_or_why(archive)
    authors = {one.watch: one.author for one in watch_history.written(archive)}
    told = dict(archive.database.execute("SELECT watch, count(*) FROM delivery GROUP BY watch"))
    rows = [(one, conditions(one), authors.get(one.name, ""), told.get(one.name, 0)) for one in found]
    values = {"rows": rows, "no_watches": why}
    head = ("name", "owner", "matter", "reason", "notify", "conditions", "author")
    table = [
        (one.name, one.owner, one.matter, one.reason, ", ".join(one.notify), _told(lines), author)
        for one, lines, author, _ in rows
    ]
    return Page(template="watches.html", values=values, data={"watches": found}, table=(head, table))


def watch(archive: Archive, asked: Asked) -> Page:
    """A watch: what it asks for, what it would have told since a day, its wordings, its last alerts."""
    name = asked.named["name"]
    found = next((one for one in asked.site.watches(archive) if one.name == name), None)
    wordings = watch_history.history(archive, name)
    if found is None and not wordings:
        raise Absent(f"no watch was ever called {name!r}", mend="/watches lists them")
    until = clock.now().date()
    since = asked.day("since")
    tried = None
    if found is not None and since is not None:
        (tried,) = backtest_archive(archive, [found], since=since, until=until, say=asked.say)
    titles = {one.path: one.title for one in editions.works(archive)} if tried else {}
    values = {
        "name": name,
        "watch": found,
        "conditions": conditions(found) if found else [],
        "since": since or until - _SINCE,
        "tried": tried,
        "fired": [
            (one, cite_work(one.work, titles.get(one.work, ""), asked.say))
            for one in reversed(tried.fired[-EACH:])
        ]
        if tried
        else [],
        "wordings": list(reversed(wordings)),
        "alerts": outbox.deliveries(archive, watch=name, limit=20),
        "flash": asked.text("said"),
    }
    return Page(
        template="watch.html", values=values, data={"watch": found, "backtest": tried, "wordings": wordings}
    )


def alerts(archive: Archive, asked: Asked) -> Page:
    """The messages that were owed, newest first, with what became of each."""
    state, name, page = asked.text("state"), asked.text("watch"), asked.number("page")
    owed = outbox.deliveries(archive, state=state or None, watch=name or None, limit=page * EACH + 1)[
        (page - 1) * EACH :
    ]
    # Messages of digests, incidents and round-ups have a name in that place that no watch has.
    called = {name for (name,) in archive.database.execute("SELECT DISTINCT watch FROM watch_wording")}
    rows = [
        {
            "owed": one,
            "subject": subject_of(one),
            "is_watch": one.delivery.watch in called,
            "work": next(iter(mutes.works_of(archive, one.delivery.transition_id, one.delivery.changes)), ""),
            "attempts": outbox.send_attempts(archive, one.delivery.key),
            "read": acknowledged.acknowledgements(archive, one.delivery.transition_id),
        }
        for one in owed[:EACH]
    ]
    counts = outbox.counts(archive)
    values = {
        "rows": rows,
        "counts": counts,
        "state": state,
        "watch": name,
        "page": page,
        "more": len(owed) > EACH,
        "query": dict(asked.query),
    }
    # The text of a message is for the person whom it is for; who may read which is settled with accounts.
    data = [
        {
            "key": one.delivery.key,
            "watch": one.delivery.watch,
            "transition": one.delivery.transition_id,
            "changes": one.delivery.changes,
            "state": one.state,
            "enqueued_at": one.enqueued_at,
            "sent_at": one.sent_at,
            "attempts": one.attempts,
            "error": one.error,
        }
        for one in owed[:EACH]
    ]
    head = ("key", "watch", "transition", "state", "enqueued_at", "sent_at", "attempts", "error")
    table = [[one[name] for name in head] for one in data]
    return Page(
        template="alerts.html", values=values, data={"counts": counts, "alerts": data}, table=(head, table)
    )


def conditions(of: Conditions, inside: str = "") -> list[tuple[str, str]]:
    """What a watch asks for, a line each: a key with its values; tables inside it are told with their place."""
    lines = [(f"{inside}{key}", ", ".join(values)) for key, values in of.values()]
    if not of.through_groups:
        lines.append((f"{inside}through_groups", "false"))
    for key, tables in (("all of", of.all), ("any of", of.any), ("not", of.none)):
        for number, table in enumerate(tables, 1):
            lines += conditions(table, f"{inside}{key} {number}: ")
    return lines


def _told(lines: list[tuple[str, str]]) -> str:
    return "; ".join(f"{key}: {values}" for key, values in lines)


def subject_of(owed: Owed) -> str:
    """What the message was about, as its subject says."""
    try:
        payload = msgspec.json.decode(owed.delivery.payload)
    except msgspec.DecodeError:
        return ""
    return str(payload.get("subject") or payload.get("title") or "") if isinstance(payload, dict) else ""
