"""Texts that stand at fixed addresses and are replaced there: each is asked for with the validators of the one held, and taken when it moved.

Such hosts have no list of versions: what stood there between two crawls is not known, so a text is observed as often as the source runs.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from archive.errors import Refused
from archive.records import Capture
from crawlers.visit import Answer, Unchanged, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A document's name in the source, and where it stands."""

    document: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An answer that passed: the day of the edition (None where it says none), the part of it that counts as the text (a new package of the
    same files is no news), and what is odd about it; ``links`` are further documents that it names."""

    answer: Answer
    day: date | None
    text: bytes
    doubts: tuple[str, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
    links: tuple[Address, ...] = ()


Judge = Callable[[Answer, Address], Judged]


async def crawl_addresses(
    visit: Visit, source: str, addresses: Iterable[Address], judge: Judge
) -> AsyncIterator[Capture]:
    """The texts that are not held as they now are, in the order of the addresses, then those that they name."""
    known: dict[str, Any] = dict(visit.state.memory.get("texts", {}))
    waiting = {address.document: address for address in addresses}
    done: set[str] = set()
    while len(done) < len(waiting):
        address = next(one for name, one in waiting.items() if name not in done)
        visit.progress(len(done), len(waiting), address.document)
        done.add(address.document)
        try:
            capture, links = await _look(visit, source, address, judge, known)
        except Refused as refused:
            visit.gap(refused)
            continue
        for link in links:
            waiting.setdefault(link.document, link)
        if capture is not None:
            yield capture
    visit.remember(texts={name: known[name] for name in waiting if name in known})
    visit.progress(len(done), len(waiting), "texts")


async def _look(
    visit: Visit, source: str, address: Address, judge: Judge, known: dict[str, Any]
) -> tuple[Capture | None, tuple[Address, ...]]:
    """A text if it is new, and the documents that it names. Raises ``Refused``."""
    held, last = visit.state.documents.get(address.document), known.get(address.document, {})
    same = last if held is not None and last.get("sha256") == held.sha256 else {}
    named = tuple(Address(document=name, url=url) for name, url in last.get("links", ()))
    try:
        judged = await visit.fetch(
            address.url,
            lambda answer: judge(answer, address),
            etag=str(same.get("etag", "")),
            modified=str(same.get("modified", "")),
        )
    except Unchanged:
        visit.unchanged()
        return None, named
    answer, digest = judged.answer, hashlib.sha256(judged.text).hexdigest()
    links = judged.links
    if held is not None and same.get("text") == digest:
        known[address.document] = {**same, **_validators(answer), "links": _told(links)}
        visit.unchanged()
        return None, links
    day = min(judged.day or visit.today, visit.today)
    if held is not None and day < held.as_of:
        raise Refused(
            "WrongDocument",
            f"WrongDocument: {address.document} of {day} came, and that of {held.as_of} is held: an older copy",
            thing=address.url,
            mend="Wait for the next run",
        )
    known[address.document] = {
        "sha256": hashlib.sha256(answer.body).hexdigest(),
        "text": digest,
        "links": _told(links),
        **_validators(answer),
    }
    capture = Capture(
        source=source,
        document=address.document,
        url=address.url,
        body=answer.body,
        as_of=day,
        fetched_at=answer.fetched_at,
        status=answer.status,
        media_type=answer.media_type,
        headers=tuple(sorted(answer.headers.items())),
        meta={**judged.meta, **({"doubts": list(judged.doubts)} if judged.doubts else {})},
    )
    return capture, links


def _validators(answer: Answer) -> dict[str, str]:
    return {"etag": answer.headers.get("etag", ""), "modified": answer.headers.get("last-modified", "")}


def _told(links: Iterable[Address]) -> list[list[str]]:
    return [[link.document, link.url] for link in links]
