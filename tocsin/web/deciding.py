"""What people say of changes on the pages: deciding, commenting, giving to somebody, drafting and signing a digest. The rules are those of ``tocsin.review``;
here is only what a form adds: it carries what it showed, and is shown again, filled in, where it is refused."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from alerts.citations import cite_change
from archive import clock, digests
from archive.errors import BadInput
from archive.records import StoredChange
from archive.reviews import VERDICTS
from archive.store import Archive
from tocsin.digest.phrases import Phrases
from tocsin.digest.wording import WORDS
from tocsin.review import decisions, waiting
from tocsin.review import shown as reviews_shown
from tocsin.review.drafts import distribute, draft
from tocsin.review.freshness import check_fresh, marked
from tocsin.review.items import Item, items_of, items_of_each, stored_change, stored_changes
from tocsin.review.life import tell_reviewers
from tocsin.review.roles import PRIVILEGED, Actor, Denied
from tocsin.review.signatures import sign
from tocsin.web import links, opened
from tocsin.web.forms import Done, Sent, local
from tocsin.web.opened import LONGEST, Opened
from tocsin.web.site import Absent, Asked, Page, Site

EACH = 15
"""Changes on a page of what there is to decide."""
_FIELDS = ("verdict", "because", "person", "due", "watch", "corrects", "words", "quote", "start", "to")


def of_change(archive: Archive, asked: Asked) -> Page:
    """All that was said of a change, and the forms to say more."""
    key = asked.named["id"]
    try:
        stored_change(archive, key)
    except BadInput as error:
        raise Absent(error.message, thing=error.thing) from None
    return _review(
        archive, asked.site, asked.who, key, back=_list_of(asked.text("back")), flash=asked.text("said")
    )


def of_week(archive: Archive, asked: Asked) -> Page:
    """What a digest tells, change by change, each with how it stands now and the form to decide it."""
    week = asked.named["week"]
    build = digests.newest_build(archive, week)
    if build is None:
        raise Absent(f"no digest of {week} was built", mend="/digests lists them")
    kept = opened.kept(archive, build.version)
    orders, name = range(len(kept.tellings)), asked.who.name
    # by place: another analysis since then gives a change another id
    live = waiting.live(archive, build.version, kept.tellings)
    show = asked.text("show") or "waiting"
    waits = list(live.is_to_decide)
    for order, items in live.said.items():
        waits[order] = _waits(items)
    if show == "mine":
        chosen = sorted(order for order, items in live.said.items() if _is_of(items, name))
    else:
        chosen = [order for order in orders if show == "all" or waits[order]]
    page = asked.number("page")
    shown = chosen[(page - 1) * EACH : page * EACH]
    now = list(zip(kept.items(shown), _now(archive, kept, live, shown), strict=True))
    stored = stored_changes(archive, (item.id for (item, _), items in now if items))
    rows: list[dict[str, Any]] = [
        {
            "item": item,
            "step": step,
            "live": items,
            "mark": _mark(stored[item.id], items) if items else "",
            "open": _is_open(items),
        }
        for (item, step), items in now
    ]
    values = {
        "week": week,
        "version": build.version,
        "rows": rows,
        "show": show,
        "total": len(orders),
        "waiting": sum(waits),
        "page": page,
        "pages": max(-(-len(chosen) // EACH), 1),
        "people": _people(asked.site),
        "verdicts": _to_choose(asked.who),
        "tell": Phrases(say=asked.say),
        "words": WORDS,
        "longest": LONGEST,
        "query": dict(asked.query),
        "here": asked.path,
        "flash": asked.text("said"),
    }

    def data() -> dict[str, Any]:
        items = [
            {
                "change": row["item"].id,
                "items": [reviews_shown.item_shown(archive, one) for one in row["live"]],
            }
            for row in rows
        ]
        return {"week": week, "version": build.version, "items": items}

    return Page(template="digest_decide.html", values=values, data=data)


def _now(archive: Archive, kept: Opened, live: waiting.Live, orders: Sequence[int]) -> list[tuple[Item, ...]]:
    """What there is to decide now at the places of some of the changes that a digest tells."""
    by_transition: dict[str, list[int]] = {}
    for order in orders:
        if live.changes[order]:
            by_transition.setdefault(kept.tellings[order].transition, []).append(order)
    found: dict[int, tuple[Item, ...]] = {}
    for transition, some in by_transition.items():
        groups = [live.changes[order] for order in some]
        found |= zip(some, items_of_each(archive, live.words[transition], groups), strict=True)
    return [found.get(order, ()) for order in orders]


def _mark(stored: StoredChange, live: Sequence[Item]) -> str:
    """``mark_of`` a change whose items were read with those of its whole transition."""
    own = tuple(one for one in live if one.found.change == stored.id) or tuple(live)
    return marked(decisions.redline_text(stored.change), own)


# ── deeds ──────────────────────────────────────────────────────────────────────────────────────────


def decide(archive: Archive, sent: Sent) -> Done | Page:
    """Decide a change, for one watch or for all that were told of it."""
    key = sent.line("change")

    def do() -> str:
        check_fresh(archive, key, sent.line("mark"))
        made = decisions.decide(
            archive,
            sent.who,
            key,
            sent.line("verdict"),
            people=sent.config.people,
            at=clock.now(),
            watch=_watch(sent),
            reason=sent.words("because"),
            person=sent.line("person") if sent.line("verdict") == "action" else "",
            due=_day(sent.line("due")) if sent.line("verdict") == "action" else None,
            corrects=sent.line("corrects"),
        )
        return f"{made[0].verdict} for {len(made)} watches"

    return _said(archive, sent, key, "decided", do)


def comment(archive: Archive, sent: Sent) -> Done | Page:
    """Comment on a change, or on a passage of it."""
    key = sent.line("change")

    def do() -> str:
        made = decisions.comment(
            archive,
            sent.who,
            key,
            sent.words("words"),
            at=clock.now(),
            quote=sent.words("quote"),
            start=_number(sent.line("start")),
            privileged=sent.flag("privileged"),
        )
        return "a privileged comment" if made.privileged else "a comment"

    return _said(archive, sent, key, "commented", do)


def assign(archive: Archive, sent: Sent) -> Done | Page:
    """Give a change to somebody, or to nobody."""
    key = sent.line("change")

    def do() -> str:
        made = decisions.assign(
            archive,
            sent.who,
            key,
            sent.line("to"),
            people=sent.config.people,
            at=clock.now(),
            watch=_watch(sent),
        )
        return f"to {made[0].person or 'nobody'}"

    return _said(archive, sent, key, "assigned", do)


def _watch(sent: Sent) -> str | None:
    """The one watch that is meant, None for all that were told."""
    named = sent.words("watch")
    return None if named in ("", "*") else named


def build_draft(archive: Archive, sent: Sent) -> None:
    """Build the digest of a week as it is known now, outside of any transaction: that takes a while."""
    draft(archive, sent.config, sent.line("week"), at=clock.now())


def draft_built(archive: Archive, sent: Sent) -> Done:
    """Tell those who review that a draft is there, once for each week."""
    build = digests.newest_build(archive, sent.line("week"))
    if build is None:
        raise Absent("no digest of it was built", thing=sent.line("week"))
    tell_reviewers(archive, sent.config, build, now=clock.now())
    return Done(
        go=links.digest(build.week, said="drafted"),
        subject=f"digest {build.week}",
        said=f"draft {build.version[:12]}",
    )


def sign_version(archive: Archive, sent: Sent) -> Done:
    """Sign the version that the form showed, by its whole hash."""
    version = sent.line("version")
    if len(version) != 64:
        raise BadInput(
            "the form does not say which version it showed", thing="version", mend="Load the page again"
        )
    made = sign(
        archive,
        sent.who,
        version,
        settings=sent.config.digest,
        at=clock.now(),
        distribute=functools.partial(distribute, sent.config),
    )
    week = digests.build_of(archive, version).week
    said = "released" if made.release else "signed"
    return Done(go=links.digest(week, said=said), subject=version, said=said)


def _said(archive: Archive, sent: Sent, key: str, flash: str, do: Any) -> Done | Page:
    """What was done; or where it was refused the page of the change, with what was written still in its form."""
    back = _list_of(sent.line("back"))
    try:
        said = do()
    except Denied:
        raise
    except BadInput as error:
        try:
            stored_change(archive, key)
        except BadInput:
            raise Absent(error.message, thing=f"change {key[:40]}") from None
        written = {name: sent.words(name) for name in _FIELDS}
        return _review(
            archive,
            sent.site,
            sent.who,
            key,
            back=back,
            error=error.line(),
            written=written,
            status=409 if "not any more" in error.message else 400,
        )
    go = (
        f"{back}{'&' if '?' in back else '?'}said={flash}#c-{key}"
        if back
        else f"{links.review(key)}?said={flash}"
    )
    return Done(go=go, subject=f"change {key}", said=said)


def _review(
    archive: Archive,
    site: Site,
    who: Actor,
    key: str,
    *,
    back: str = "",
    flash: str = "",
    error: str = "",
    written: Mapping[str, str] | None = None,
    status: int = 200,
) -> Page:
    stored = stored_change(archive, key)
    items = items_of(archive, stored.transition_id, change=key)
    said = reviews_shown.change_shown(archive, key, privileged=who.may(PRIVILEGED), items=items)
    # a page is read by one person; JSON is handed on, and holds nothing that is privileged
    exported = said | {"comments": [one for one in said["comments"] if not one["privileged"]]}
    redline = said["redline"]
    values: dict[str, Any] = {
        "stored": stored,
        "change": stored.change,
        "citation": cite_change(stored),
        "language": _language(archive, stored.work),
        "items": items,
        "mark": marked(redline, items),
        "said_of_it": said,
        "people": _people(site),
        "verdicts": _to_choose(who),
        "back": back,
        "flash": flash,
        "error": error,
        "written": written or {},
    }
    return Page(
        template="review.html", values=values, data=exported | {"mark": values["mark"]}, status=status
    )


def _list_of(said: str) -> str:
    """The list that a person came from, "" for anything else: where a page leads is not for an address to say."""
    return said if said.startswith("/digest/") and said == local(said) else ""


def _language(archive: Archive, work: str) -> str:
    (found,) = archive.database.execute("SELECT language FROM work WHERE path = ?", (work,)).fetchone()
    return str(found)


def _people(site: Site) -> list[str]:
    return sorted(site.config.people) if site.config else []


def _to_choose(who: Actor) -> tuple[str, ...]:
    return VERDICTS if who.name else ()


def _is_open(live: Sequence[Item]) -> bool:
    return not live or any(one.is_open for one in live)


def _waits(live: Sequence[Item]) -> bool:
    return any(one.waits for one in live)


def _is_of(live: Sequence[Item], name: str) -> bool:
    return bool(name) and any(one.assigned == name for one in live)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        raise BadInput(f"{said[:40]!r} is not a day", thing="due", mend="Write it like 2026-06-18") from None


def _number(said: str) -> int | None:
    if said and not (said.isascii() and said.isdigit() and len(said) < 9):
        raise BadInput(f"{said[:20]!r} is not a number", thing="start", mend="Count the characters from 0")
    return int(said) if said else None
