"""Acknowledging an alert, and keeping alerts from somebody for a while: pages that show what it is about, and a button. Following a link does nothing,
for the scanners of mail follow every one."""

from __future__ import annotations

from datetime import date

from archive import acknowledged, clock, holds, mutes, outbox
from archive.errors import BadInput
from archive.outbox import Owed
from archive.store import Archive
from tocsin.muting import check_may_mute_for, mute
from tocsin.web import links
from tocsin.web.forms import Done, Sent
from tocsin.web.site import Absent, Asked, Page
from tocsin.web.watching import subject_of

LONGEST = 2_000
"""Characters of a note."""


def page(archive: Archive, asked: Asked) -> Page:
    """What a message was about, who has read it, and the button. Raises ``Absent``."""
    return _page(archive, asked.named["id"], said=asked.text("said"))


def acknowledge(archive: Archive, sent: Sent) -> Done | Page:
    """Write that somebody has read a message."""
    key, note = sent.line("message"), sent.line("note")
    if len(note) > LONGEST:
        return _page(
            archive, key, error=f"the note has {len(note):,} characters: keep it to {LONGEST:,}", note=note
        )
    written = acknowledged.acknowledge_message(archive, key, person=sent.who.name, note=note, at=clock.now())
    return Done(go=f"{links.acknowledge(key)}?said=acknowledged", subject=key, said=f"{len(written)} alerts")


def muting(archive: Archive, asked: Asked) -> Page:
    """What is muted, for whom, until when, by whom and why; and the form for more."""
    return _muting(
        archive, asked, sort=asked.text("sort"), subject=asked.text("subject"), person=asked.text("person")
    )


def mute_it(archive: Archive, sent: Sent) -> Done | Page:
    """Keep alerts from somebody until a day. Raises ``Denied`` for whom may not for another."""
    person = sent.line("person") or sent.who.name
    values = {name: sent.line(name) for name in ("sort", "subject", "until", "reason")}
    check_may_mute_for(sent.who, person)
    try:
        if not values["subject"]:
            raise BadInput("it is not said what", thing="a mute", mend="Name a watch, a regulation or an act")
        written = mute(
            archive,
            sent.config,
            person=person,
            sort=values["sort"],
            subject=values["subject"],
            until=_day(values["until"]),
            reason=values["reason"],
            author=sent.who.name,
            at=clock.now(),
        )
    except BadInput as error:
        return _muting(archive, sent, person=person, error=error.line(), **values)
    return Done(go="/alerts/mutes?said=muted", subject=written.subject, said=written.line())


def unmute(archive: Archive, sent: Sent) -> Done:
    """Take a mute back before its day. Raises ``BadInput`` where there is none that stands."""
    number = sent.line("number")
    found = [one for one in mutes.mutes(archive) if str(one.id) == number]
    for one in found:
        check_may_mute_for(sent.who, one.person)
    one = mutes.end(archive, found[0].id if found else -1, clock.now())
    return Done(go="/alerts/mutes?said=unmuted", subject=one.subject, said=one.line())


def _page(archive: Archive, key: str, *, said: str = "", error: str = "", note: str = "") -> Page:
    rows = outbox.deliveries(archive, message_id=key)
    if not rows:
        raise Absent(f"there is no message {key[:40]}", mend="/alerts lists them")
    gathered = tuple(outbox.delivery(archive, one) for one in holds.gathered_into(archive, key))
    about = _about((*rows, *gathered))
    read = list(
        dict.fromkeys(
            one
            for transition in dict.fromkeys(row.delivery.transition_id for row in (*rows, *gathered))
            for one in acknowledged.acknowledgements(archive, transition)
        )
    )
    values = {
        "id": key,
        "title": subject_of(rows[0]) or rows[0].delivery.watch,
        "about": about,
        "owners": list(dict.fromkeys(row.person for row in rows if row.person)),
        "read": read,
        "said": said,
        "error": error,
        "note": note,
    }
    data = {"message": key, "about": about, "read": read}
    return Page(
        template="acknowledge.html", values=values | {"flash": said}, data=data, status=400 if error else 200
    )


def _about(rows: tuple[Owed, ...]) -> list[dict[str, object]]:
    """What the message tells of: a line for each transition, with the watches that it met."""
    found: dict[str, dict[str, object]] = {}
    for row in rows:
        one = found.setdefault(
            row.delivery.transition_id,
            {
                "transition": row.delivery.transition_id,
                "title": subject_of(row),
                "watches": [],
                "changes": len(row.delivery.changes),
            },
        )
        watches = one["watches"]
        assert isinstance(watches, list)
        if row.delivery.watch not in watches:
            watches.append(row.delivery.watch)
    return list(found.values())


def _muting(
    archive: Archive,
    asked: Asked | Sent,
    *,
    sort: str = "",
    subject: str = "",
    person: str = "",
    until: str = "",
    reason: str = "",
    error: str = "",
) -> Page:
    people = sorted(asked.site.config.people) if asked.site.config else []
    standing = mutes.mutes(archive)
    values = {
        "mutes": standing,
        "today": clock.now().date(),
        "people": people,
        "sort": sort or mutes.WATCH,
        "subject": subject,
        "person": person or asked.who.name,
        "until": until,
        "reason": reason,
        "error": error,
        "flash": asked.text("said") if isinstance(asked, Asked) else "",
    }
    head = ("id", "person", "sort", "subject", "until", "reason", "author", "at")
    rows = [[getattr(one, name) for name in head] for one in standing]
    return Page(
        template="mutes.html",
        values=values,
        data={"mutes": standing},
        table=(head, rows),
        status=400 if error else 200,
    )


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise BadInput(
            f"{said[:40]!r} is not a day", thing="until", mend="Write it like 2026-06-18"
        ) from None
