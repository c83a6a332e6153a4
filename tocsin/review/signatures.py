"""Signing a weekly digest: by as many people as the configuration asks for, each another one, each over the version that was read. When the last one has
signed it is released, in the same transaction: it is signed and owed to its readers, or it is not signed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from archive import digests
from archive.digests import Build, Release, Signature
from archive.errors import BadInput
from archive.store import Archive
from tocsin.digest.records import Digest
from tocsin.digest.reviewed import newest_by_change
from tocsin.digest.told import Telling, tellings
from tocsin.review.for_digest import reviews_for_digest
from tocsin.review.roles import Actor, everybody_who

if TYPE_CHECKING:
    from tocsin.config_people import DigestSettings, Person

Distribute = Callable[[Archive, Build, datetime], None]
"""Owes a released digest to its readers, in the caller's transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What a signature did: how many more are ``missing``, and the release where it was the last one."""

    signature: Signature
    missing: int
    release: Release | None = None


def sign(
    archive: Archive,
    actor: Actor,
    version: str,
    *,
    settings: DigestSettings,
    at: datetime,
    distribute: Distribute,
) -> Signed:
    """Sign the build whose version begins so. Raises ``Denied`` for whom may not, ``BadInput`` for a build that is outdated or released, and for a
    person who has signed it."""
    role = actor.role_among(settings.signers, "sign a digest")
    with archive.transaction():
        build = digests.build_of(archive, version)
        before = digests.signatures(archive, build.version)
        _check(archive, build, actor, before, at)
        signature = digests.write_signature(
            archive, at=at, author=actor.name, role=role, version=build.version
        )
        signed = (*before, signature)
        missing = max(0, settings.signatures - len({one.author for one in signed}))
        release = None
        if not missing:
            keys = tuple(one.id for one in signed)
            release = digests.write_release(archive, at=at, version=build.version, signed=keys)
            distribute(archive, build, at)
    return Signed(signature=signature, missing=missing, release=release)


def check_released(
    archive: Archive, version: str, people: Mapping[str, Person], settings: DigestSettings
) -> None:
    """Raise ``BadInput`` for a version that goes to the list unsigned although somebody may sign it."""
    who = everybody_who(people, settings.signers)
    if who and not any(one.version == version for one in digests.releases(archive)):
        raise BadInput(
            "it is not signed, and goes to the list when it is",
            thing="digest",
            place=version[:12],
            mend=f"{' or '.join(who)} signs it with 'tocsin review sign {version[:12]}'; --target sends it to a name all the same",
        )


def outdated_because(
    archive: Archive, build: Build, *, known: datetime, told: Sequence[Telling] | None = None
) -> str:
    """Why a build is not what a person should sign any more, "" where it is: a newer one is there, or something that it tells was decided or opened
    since. ``told`` is what it tells, where somebody has read that already."""
    newest = digests.newest_build(archive, build.week)
    if newest is not None and newest.version != build.version:
        return f"a newer build of {build.week} is there: {newest.version[:12]}, as known at {newest.as_known:%Y-%m-%d %H:%M} UTC"
    told = tellings(_content(archive, build)) if told is None else told
    now = newest_by_change(
        reviews_for_digest(archive, known=known, transitions={one.transition for one in told})
    )
    since = [one for one in told if now.get(one.change) != one.review]
    if since:
        last = now.get(since[0].change)
        what = (last.decision or "open again") if last else "without a review"
        return f"{len(since)} of its changes were reviewed since it was built: {since[0].citation} is {what}"
    return ""


def changes_told(archive: Archive, build: Build) -> frozenset[str]:
    """The ids of the changes that a build tells in full."""
    return frozenset(item.id for step in _content(archive, build).steps for item in step.items)


def transitions_told(archive: Archive, build: Build) -> tuple[str, ...]:
    """The transitions that it tells, in its order."""
    return tuple(dict.fromkeys(step.transition for step in _content(archive, build).steps))


def _content(archive: Archive, build: Build) -> Digest:
    return msgspec.json.decode(digests.content_of(archive, build.version), type=Digest)


def _check(archive: Archive, build: Build, actor: Actor, before: tuple[Signature, ...], at: datetime) -> None:
    def refuse(message: str, mend: str) -> BadInput:
        return BadInput(message, thing=f"digest {build.week}", place=build.version[:12], mend=mend)

    if any(release.version == build.version for release in digests.releases(archive, build.week)):
        raise refuse("it was signed and released", "Build it again if something has changed since")
    if any(one.author == actor.name for one in before):
        raise refuse(f"{actor.name} has signed it", "The next signature is another person's")
    if why := outdated_because(archive, build, known=at):
        raise refuse(
            f"it is outdated: {why}",
            f"Build it anew with 'tocsin review draft {build.week}', read that one and sign it",
        )
