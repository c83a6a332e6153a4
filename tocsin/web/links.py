"""Addresses of our pages. A provision's lasts: ``/us/cfr/15/774/supp-1/3A090.a``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from urllib.parse import quote, urlencode


def work(path: str, eid: str = "", **query: object) -> str:
    """A work, or a provision of it."""
    return _with("/" + quote(path) + (f"/{quote(eid)}" if eid else ""), query)


def provisions(path: str, query: Mapping[str, object]) -> Callable[[str], str]:
    """The same for each provision of a work by its eid, of which a page has thousands."""
    start, end = f"{work(path)}/", with_query("", query)
    return lambda eid: f"{start}{quote(eid)}{end}"


def change(key: str) -> str:
    """A change."""
    return f"/change/{quote(key)}"


def transition(key: str, *, everything: bool = False) -> str:
    """The changes of weight between two editions; all of them if asked."""
    return _with("/changes", {"transition": key, "all": everything})


def event(key: str) -> str:
    """A legal act through its stages."""
    return f"/event/{quote(key)}"


def watch(name: str) -> str:
    """A watch by its name."""
    return f"/watch/{quote(name, safe='')}"


def acknowledge(message: str) -> str:
    """Where a message is acknowledged; its mail has the same address."""
    return f"/alert/{quote(message, safe='')}/ack"


def digest(week: str, *, decide: bool = False, **query: object) -> str:
    """The digest of a week, or what there is to decide of it."""
    return _with(f"/digest/{quote(week)}" + ("/decide" if decide else ""), query)


def review(change: str) -> str:
    """All that was said of a change, and the forms to say more."""
    return f"/change/{quote(change)}/review"


def mute(sort: str, subject: str, person: str = "") -> str:
    """The form that keeps alerts about something from somebody."""
    return _with("/alerts/mutes", {"sort": sort, "subject": subject, "person": person})


def feed(name: str) -> str:
    """The feed of a watch."""
    return f"/feeds/watch/{quote(name, safe='')}.atom"


def capture(sha256: str) -> str:
    """The bytes of a capture, as a file."""
    return f"/capture/{sha256}"


def search(**query: object) -> str:
    """The search with some of its fields filled in."""
    return _with("/search", query)


def with_query(path: str, query: Mapping[str, object], **other: object) -> str:
    """The same address with some of its query replaced; empty values are left out."""
    return _with(quote(path), {**query, **other})


def is_web(url: str) -> bool:
    """Whether an address may be followed from a page: what a document says of itself is not to be trusted with ``javascript:``."""
    return url.startswith(("https://", "http://"))


def _with(path: str, query: Mapping[str, object]) -> str:
    said = {name: _written(value) for name, value in query.items() if value not in ("", None, False)}
    return f"{path}?{urlencode(said)}" if said else path


def _written(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return "1" if value is True else str(value)
