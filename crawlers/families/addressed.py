"""Texts that stand at fixed addresses and are replaced there: each is asked for with the validators of the one held, and taken when it moved.

Such hosts have no list of versions: what stood there between two crawls is not known, so a text is observed as often as the source runs. A text
that others named and none names any more is asked for until its address says three times that it is not there: then it is withdrawn (docs/adr/0010).
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from archive.errors import Refused
from archive.records import Capture
from crawlers.families.withdrawals import ASKED_BEFORE_GONE, says_gone, withdrawal
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
    visit: Visit,
    source: str,
    addresses: Iterable[Address],
    judge: Judge,
    *,
    linked: Iterable[Address] = (),
    whole: bool = True,
) -> AsyncIterator[Capture]:
    """The texts that are not held as they now are, in the order of the addresses, then those that they name. ``linked`` are texts that the publisher
    names elsewhere; ``whole`` says that these are all that it names."""
    known: dict[str, Any] = {name: dict(said) for name, said in visit.state.memory.get("texts", {}).items()}
    waiting = {address.document: address for address in addresses}
    for link in linked:
        waiting.setdefault(link.document, link)
        known.setdefault(link.document, {})["linked"] = link.url
    done: set[str] = set()
    complete = whole
    while len(done) < len(waiting):
        address = next(one for name, one in waiting.items() if name not in done)
        visit.progress(len(done), len(waiting), address.document)
        done.add(address.document)
        try:
            capture, links = await _look(visit, source, address, judge, known)
        except Refused as refused:
            visit.gap(refused)
            complete = False
            continue
        for link in links:
            waiting.setdefault(link.document, link)
            known.setdefault(link.document, {})["linked"] = link.url
        if capture is not None:
            yield capture
    left = {
        name: said
        for name, said in known.items()
        if name not in waiting and said.get("linked") and name in visit.state.documents
    }
    for name in left if complete else ():
        capture = await _left(
            visit, source, Address(document=name, url=str(left[name]["linked"])), judge, known
        )
        if capture is not None:
            yield capture
    visit.remember(texts={name: known[name] for name in (*waiting, *left) if name in known})
    visit.progress(len(done), len(waiting), "texts")


async def _left(
    visit: Visit, source: str, address: Address, judge: Judge, known: dict[str, Any]
) -> Capture | None:
    """What became of a text that nothing names any more, the answer that it is gone for good among that."""
    said = known[address.document]
    absent = int(said.get("absent", 0))
    last_call = bool(said.get("gone")) or absent + 1 >= ASKED_BEFORE_GONE

    def accept(answer: Answer, place: Address) -> Judged:
        if last_call and says_gone(answer):
            return Judged(answer=answer, day=None, text=b"")
        return judge(answer, place)

    try:
        capture, _ = await _look(visit, source, address, accept, known)
    except Refused as refused:
        if refused.kind == "NotFound":
            said["absent"] = absent + 1
        if refused.kind in ("NotFound", "RedirectedAway"):
            visit.remark(f"{address.document} is named no more: {refused.line()}")
        else:
            visit.gap(refused)
        return None
    return capture


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
        known[address.document] = {**last, "absent": 0}
        visit.unchanged()
        return None, named
    if says_gone(judged.answer):
        answer = judged.answer
        known[address.document] = {
            "linked": address.url,
            "gone": True,
            "sha256": hashlib.sha256(answer.body).hexdigest(),
        }
        if last.get("gone"):
            visit.unchanged()
            return None, ()
        return withdrawal(visit, source, address.document, answer), ()
    answer, digest = judged.answer, hashlib.sha256(judged.text).hexdigest()
    links = judged.links
    if held is not None and same.get("text") == digest:
        known[address.document] = {**same, **_validators(answer), "links": _told(links), "absent": 0}
        visit.unchanged()
        return None, links
    day = min(judged.day or visit.today, visit.today)
    if held is not None and last.get("gone"):
        day = visit.today  # it is there again from now on, however old its text is
    if held is not None and day < held.as_of:
        raise Refused(
            "WrongDocument",
            f"WrongDocument: {address.document} of {day} came, and that of {held.as_of} is held: an older copy",
            thing=address.url,
            mend="Wait for the next run",
        )
    linked = {"linked": last["linked"]} if "linked" in last else {}
    known[address.document] = {
        **linked,
        "sha256": hashlib.sha256(answer.body).hexdigest(),
        "text": digest,
        "links": _told(links),
        **_validators(answer),
    }
    capture = answer.captured(
        source=source,
        document=address.document,
        url=address.url,
        as_of=day,
        meta={**judged.meta, **({"doubts": list(judged.doubts)} if judged.doubts else {})},
    )
    return capture, links


def _validators(answer: Answer) -> dict[str, str]:
    return {"etag": answer.headers.get("etag", ""), "modified": answer.headers.get("last-modified", "")}


def _told(links: Iterable[Address]) -> list[list[str]]:
    return [[link.document, link.url] for link in links]
