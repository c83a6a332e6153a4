"""What a crawl of a site remembers for the next: where each document stands, what it said, which lists named it, and how often it was missed."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import msgspec

from crawlers.families.page_answers import plain
from crawlers.families.site_lists import Item
from crawlers.families.withdrawals import ASKED_BEFORE_GONE

_NOT_THERE = frozenset({"NotFound", "Gone", "EmptyDocument"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A document: the address that is asked for it and the one ``at`` which it stands (the site may redirect), the words that it is listed
    under, the hash of the bytes that are held and that of their words, the validators they came with, how often in a row it was not
    there (``absent``: by a plain 404 or 410), whether it was told as withdrawn (``gone``: the hash is then that of the answer in its place), when it was asked last
    after it left the lists, and the address (``next``) to which it has moved and where it could not be had yet."""

    url: str = ""
    at: str = ""
    title: str = ""
    sha256: str = ""
    text: str = ""
    etag: str = ""
    modified: str = ""
    missed: int = 0
    absent: int = 0
    gone: bool = False
    asked: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptList:
    """A list as it was read last: its documents, the validators it came with, and the pattern (``by``) that picked them from it."""

    items: tuple[Item, ...]
    by: str
    etag: str = ""
    modified: str = ""


def name_of(url: str) -> str:
    """The name of the document that is first seen at an address."""
    return url.partition("://")[2]


@dataclass(slots=True)
class Memory:
    """The documents by name, and what each list had."""

    documents: dict[str, Known] = field(default_factory=dict)
    lists: dict[str, KeptList] = field(default_factory=dict)
    appeared: set[str] = field(default_factory=set)  # addresses that came onto a list which was known
    before: frozenset[str] = frozenset()  # all addresses that the lists had when all of them were read last
    doubtful: dict[str, str] = field(
        default_factory=dict
    )  # new addresses in feeds → the document that had their words
    undecided: set[str] = field(
        default_factory=set
    )  # old addresses of such documents, where they could not be asked for
    present: frozenset[str] = frozenset()
    whole: bool = False

    @classmethod
    def of(cls, memory: Mapping[str, Any]) -> Memory:
        """What the last crawl remembered."""
        lists = msgspec.convert(memory.get("kept", {}), dict[str, KeptList])
        return cls(
            documents=msgspec.convert(memory.get("documents", {}), dict[str, Known]),
            lists=lists,
            appeared=set(memory.get("appeared", ())),
            before=frozenset(memory.get("before", ())),
        )

    def told(self) -> dict[str, Any]:
        """For the next crawl."""
        had = {known.url for known in self.documents.values() if known.sha256}
        return {
            "documents": msgspec.to_builtins(self.documents),
            "before": sorted((self._listed() if self.whole else self.before) | self.undecided),
            "kept": msgspec.to_builtins(self.lists),
            "appeared": sorted(self.appeared - had),  # it came, and could not be had yet
        }

    def named(self, items: Sequence[Item], *, gone: bool) -> tuple[tuple[str, Item], ...]:
        """Each item with the name of its document. ``gone`` says that all lists were read, so that an address which none has is no longer
        listed: the one document that stood there under the same words is then this one, moved; an item of which nobody can say so yet is left out. One that left the lists in an earlier crawl
        and still stands where it stood is another: a paper of last year may have the same words as this year's."""
        self.present, self.whole = frozenset(item.url for item in items), gone
        by_url = {known.next: name for name, known in self.documents.items() if known.next}
        by_url |= {known.url: name for name, known in self.documents.items()}
        left: dict[str, list[str]] = {}
        for name, known in self.documents.items():
            has_left = known.url not in self.present and (
                known.url in self.before or known.missed or known.gone
            )
            if known.title and has_left:
                left.setdefault(plain(known.title), []).append(name)
        found: list[tuple[str, Item]] = []
        for item in items:
            candidates = left.get(plain(item.title), [])
            if item.in_feed:
                # What leaves a feed has grown old: it has moved only if it is no more where it stood.
                standing = [one for one in candidates if not self._is_missed(one)]
                candidates = [one for one in candidates if self._is_missed(one)]
                if len(standing) == 1 and not candidates and item.url not in by_url:
                    self.doubtful[item.url] = standing[0]
            if not gone and candidates and item.url not in by_url:
                continue  # moved or new: that is told when all lists can be read
            name = by_url.get(item.url) or (candidates[0] if len(candidates) == 1 else name_of(item.url))
            if any(name == taken for taken, _ in found):
                name = name_of(item.url)
            found.append((name, item))
        return tuple(found)

    def _is_missed(self, name: str) -> bool:
        return bool(self.documents[name].missed or self.documents[name].gone)

    def keep(self, name: str, known: Known, item: Item) -> None:
        """A document was there."""
        self.documents[name] = replace(
            known, url=item.url, title=item.title or known.title, missed=0, absent=0, gone=False, next=""
        )

    def awaits(self, name: str, item: Item) -> None:
        """A document has moved to an address where it could not be had yet."""
        known = self.documents.get(name)
        if known is not None and known.sha256 and known.url != item.url:
            self.documents[name] = replace(known, next=item.url)

    def missed(self, name: str, kind: str, known: Known, item: Item) -> bool:
        """Notes that a document which is known was not there; whether that is still to be waited out."""
        if kind not in _NOT_THERE or not known.sha256:
            return False
        self.documents[name] = replace(
            known, missed=known.missed + 1, absent=known.absent + (kind == "NotFound")
        )
        return known.missed + 1 < ASKED_BEFORE_GONE

    def is_shell(self, name: str, known: Known, item: Item) -> bool:
        """Notes that a listed page which never had a text has none again; whether that was so in three crawls before."""
        if known.sha256:
            return False
        self.documents[name] = replace(known, url=item.url, missed=known.missed + 1)
        return known.missed >= ASKED_BEFORE_GONE

    def left(self, held: Collection[str], *, most: int) -> tuple[tuple[str, Known], ...]:
        """Documents that were listed and that no list has now: those that were not there when asked last, then the longest unasked."""
        listed = self._listed() | self.present
        found = [
            (name, known)
            for name, known in self.documents.items()
            if known.title and known.sha256 and known.url not in listed and name in held
        ]
        found.sort(key=lambda one: (one[1].gone or not one[1].missed, one[1].asked))
        return tuple(found[:most])

    def _listed(self) -> frozenset[str]:
        return frozenset(item.url for kept in self.lists.values() for item in kept.items)

    def asked(self, name: str, at: datetime) -> None:
        """A document that no list has is asked for."""
        self.documents[name] = replace(self.documents[name], asked=at.isoformat(timespec="seconds"))

    def withdraw(self, name: str, body: bytes) -> bool:
        """A document is gone for good, as ``body`` says; whether that is news."""
        known = self.documents[name]
        digest = hashlib.sha256(body).hexdigest()
        self.documents[name] = replace(
            known, missed=0, gone=True, sha256=digest, text="", etag="", modified=""
        )
        return not known.gone

    def twin(self, text: str, *, besides: str) -> str:
        """The one document with just these words that is no more where it stood, as far as the lists that could be read say; "" for none."""
        found = [
            name
            for name, known in self.documents.items()
            if known.text == text and name != besides and known.url not in self.present
        ]
        return found[0] if len(found) == 1 else ""
