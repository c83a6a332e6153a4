"""The two messages of reviewing: a draft waits, a signature is overdue. They name changes by their citations and quote no law and no comment."""

from __future__ import annotations

from alerts.citations import cite
from alerts.language import ENGLISH, Texts
from alerts.notices import notice
from archive import editions
from archive.codec import dumps
from archive.digests import Build
from archive.identifiers import digest
from archive.store import Archive
from tocsin.review.items import Item, items_of
from tocsin.review.lapse_words import lapse_in
from tocsin.review.signatures import changes_told, transitions_told

_NAMED = 40
"""Changes that a message names; the rest are counted."""


def for_reviewer(archive: Archive, build: Build, person: str, *, address: str, say: Texts = ENGLISH) -> str:
    """That a draft waits for a person: what is open, theirs first."""
    told = changes_told(archive, build)
    items = [
        item
        for transition in transitions_told(archive, build)
        for item in items_of(archive, transition)
        if item.found.change in told and item.waits
    ]
    items.sort(key=lambda item: item.assigned != person)
    listed = [_line(archive, item, person, address, say) for item in items[:_NAMED]]
    if len(items) > _NAMED:
        listed.append((say("and {count} more", count=len(items) - _NAMED), ""))
    version = build.version[:12]
    return _payload(
        build,
        say(
            "Digest {week}: {count} of {all} changes wait for a decision",
            week=build.week,
            count=len(items),
            all=len(told),
        ),
        [
            say(
                "A draft of the digest of {week} was built (version {version}). Each change is to be decided: relevant, not applicable, or an action.",
                week=build.week,
                version=version,
            ),
            say(
                "Decide with '{decide}', read the draft with '{show}', sign with '{sign}'.",
                decide="tocsin review decide",
                show=f"tocsin digest show {version}",
                sign="tocsin review sign",
            ),
        ],
        listed,
        address,
        say,
    )


def overdue_signature(build: Build, person: str, *, address: str, say: Texts = ENGLISH) -> str:
    """That a person has not signed in time."""
    return _payload(
        build,
        say(
            "Digest {week}: the signature of {person} is overdue",
            week=build.week,
            person=person,
        ),
        [
            say(
                "The digest of {week} (version {version}) waits for the signature of {person}, and its hour has passed. You are told as deputy.",
                week=build.week,
                version=build.version[:12],
                person=person,
            ),
            say("Until it is signed it goes to nobody."),
        ],
        [],
        address,
        say,
    )


def _line(archive: Archive, item: Item, person: str, address: str, say: Texts) -> tuple[str, str]:
    """A change that waits, and its page."""
    found = item.found
    held = editions.edition_at(archive, found.work, on=found.after)
    words = [
        cite(found.work, found.new_eid or found.old_eid or "", held.edition.title if held else "", say=say)
    ]
    if item.watch:
        words.append(say("watch “{watch}”", watch=item.watch))
    if item.assigned:
        words.append(
            say("yours") if item.assigned == person else say("assigned to {person}", person=item.assigned)
        )
    if item.state and item.state.lapses:
        words.append(
            say("open again: {why}", why="; ".join(lapse_in(say, lapse.why) for lapse in item.state.lapses))
        )
    return " · ".join(words), f"{address}/change/{found.change}" if address else ""


def _payload(
    build: Build, title: str, lines: list[str], listed: list[tuple[str, str]], address: str, say: Texts
) -> str:
    return dumps(
        notice(
            title,
            lines,
            listed=listed,
            watches=("weekly digest",),
            thread=digest("digest", build.week),
            link=f"{address}/changes" if address else "",
            say=say,
        )
    )
