"""Editing a watch: what it says, what is wrong with it, and what it would have told beside what it tells today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from alerts.citations import cite_work
from alerts.language import Texts
from archive import clock
from archive.errors import BadInput
from archive.store import Archive
from tocsin.config import Config
from tocsin.review.roles import WATCH
from tocsin.watch_editing import Draft, check, draft_of, keep, try_on
from tocsin.web import links
from tocsin.web.forms import Done, Sent
from tocsin.web.site import Absent, Asked, Page

_SINCE = timedelta(days=365)
_LONGEST = 50_000
"""Characters of a watch."""
_SHOWN = 20
_EXAMPLE = """[[watch]]
name = ""
owner = "{owner}"
reason = ""
matter = ""
notify = ["{target}"]
eccn = ["3A090"]
"""


def page(archive: Archive, asked: Asked) -> Page:
    """The form for a watch in force, or for a new one. Raises ``Denied``, ``BadInput``."""
    asked.who.role_for(WATCH)
    config = asked.site.configured
    if not asked.named.get("name"):
        target = next(iter(config.targets), "console:")
        draft = Draft(name="", text=_EXAMPLE.format(owner=asked.who.name, target=target), seen="")
    else:
        found, why = asked.site.watches_or_why(archive)
        if why:
            raise BadInput(why)
        if asked.named["name"] not in {one.name for one in found}:
            raise Absent("no watch of that name is in force", mend="/watches lists them")
        draft = draft_of(archive, config, asked.named["name"])
    return _form(config, draft, text=draft.text, since=_year_ago())


def edit(archive: Archive, sent: Sent) -> Done | Page:
    """Try what was written, or keep it: whichever button was pressed. What is not sound is shown again with what is wrong."""
    name, seen = sent.line("name"), sent.line("seen")
    # not as ``words``: blanks around it are part of the file
    text = next(iter(sent.fields.get("text", ())), "").replace("\r\n", "\n")
    config, since = sent.config, _year_ago()
    draft = draft_of(archive, config, name) if name else Draft(name="", text="", seen="")
    try:
        since = _day(sent.line("since")) or since
        if len(text) > _LONGEST:
            raise BadInput(f"it has {len(text):,} characters", mend=f"A watch has {_LONGEST:,} at most")
        if sent.line("do") == "save":
            watch, is_new = keep(
                archive, config, draft, text, seen=seen, author=sent.who.name, at=clock.now()
            )
            return Done(
                go=f"{links.watch(watch.name)}?said={'saved' if is_new else 'same'}",
                subject=watch.name,
                said="it says something new" if is_new else "it says what it said",
            )
        watch, warnings = check(archive, config, draft, text)
    except BadInput as error:
        conflict = bool(name) and draft.seen != seen
        return _form(
            config, draft, text=text, since=since, error=error.line(), status=409 if conflict else 400
        )
    tried = try_on(archive, config, draft, watch, since=since, until=clock.now().date())
    return _form(
        config, draft, text=text, since=since, warnings=warnings, seen=seen, tried=tried, say=sent.say
    )


def _form(
    config: Config,
    draft: Draft,
    *,
    text: str,
    since: date,
    error: str = "",
    warnings: tuple[str, ...] = (),
    seen: str = "",
    tried: Any = None,
    say: Texts | None = None,
    status: int = 200,
) -> Page:
    shown: dict[str, list[tuple[Any, str]]] = {"more": [], "less": []}
    if tried is not None and say is not None:
        for name in shown:
            some = getattr(tried, name)[-_SHOWN:]
            shown[name] = [(one, cite_work(one.work, say=say)) for one in reversed(some)]
    values: dict[str, Any] = {
        "name": draft.name,
        "text": text,
        # what was shown when the text was first read: after a conflict what the file says now
        "seen": draft.seen if error or not seen else seen,
        "now": draft.text if error and draft.name and draft.text != text else "",
        "file": draft.block.file.name if draft.block else "",
        "since": since,
        "error": error,
        "warnings": warnings,
        "tried": tried,
        "shown": shown,
        "people": sorted(config.people),
        "targets": sorted(config.targets),
    }
    data = {"name": draft.name, "text": draft.text, "seen": draft.seen, "backtest": tried, "error": error}
    return Page(template="watch_edit.html", values=values, data=data, status=status)


def _year_ago() -> date:
    return clock.now().date() - _SINCE


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise BadInput(
            f"{said[:40]!r} is not a day", thing="since", mend="Write it like 2026-06-18"
        ) from None
