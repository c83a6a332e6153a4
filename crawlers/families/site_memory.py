"""What a crawl of a site remembers for the next: where each document stands, what it said, which lists named it, and how often it was missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from crawlers.families.page_answers import plain
from crawlers.families.site_lists import Item

#: A page that is not there is asked so often before it counts as gone (facts 4: pages vanish and come back while sites are rebuilt).
ASKED_BEFORE_GONE = 3
_NOT_THERE = frozenset({"NotFound", "Gone", "EmptyDocument"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A document: the address that is asked for it and the one ``at`` which it stands (the site may redirect), the words that it is listed
    under, the hash of the bytes that are held and that of their words, the validators they came with, and how often in a row it was not
    there."""

    url: str = ""
    at: str = ""
    title: str = ""
    sha256: str = ""
    text: str = ""
    etag: str = ""
    modified: str = ""
    missed: int = 0


def name_of(url: str) -> str:
    """The name of the document that is first seen at an address."""
    return url.partition("://")[2]


@dataclass(slots=True)
class Memory:
    """The documents by name, and the addresses that each list had."""

    documents: dict[str, Known] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    appeared: set[str] = field(default_factory=set)  # addresses that came onto a list which was known
    present: frozenset[str] = frozenset()
    whole: bool = False

    @classmethod
    def of(cls, memory: Mapping[str, Any]) -> Memory:
        """What the last crawl remembered."""
        return cls(
            documents=msgspec.convert(memory.get("documents", {}), dict[str, Known]),
            lists=msgspec.convert(memory.get("lists", {}), dict[str, tuple[str, ...]]),
        )

    def told(self) -> dict[str, Any]:
        """For the next crawl."""
        return {"documents": msgspec.to_builtins(self.documents), "lists": msgspec.to_builtins(self.lists)}

    def named(self, items: Sequence[Item], *, gone: bool) -> tuple[tuple[str, Item], ...]:
        """Each item with the name of its document. ``gone`` says that all lists were read, so that an address which none has is no longer
        listed: the one document that stood there under the same words is then this one, moved."""
        self.present, self.whole = frozenset(item.url for item in items), gone
        by_url = {known.url: name for name, known in self.documents.items()}
        left: dict[str, list[str]] = {}
        for name, known in self.documents.items():
            if gone and known.title and known.url not in self.present:
                left.setdefault(plain(known.title), []).append(name)
        found: list[tuple[str, Item]] = []
        for item in items:
            candidates = left.get(plain(item.title), [])
            name = by_url.get(item.url) or (candidates[0] if len(candidates) == 1 else name_of(item.url))
            if any(name == taken for taken, _ in found):
                name = name_of(item.url)
            found.append((name, item))
        return tuple(found)

    def keep(self, name: str, known: Known, item: Item) -> None:
        """A document was there."""
        self.documents[name] = replace(known, url=item.url, title=item.title or known.title, missed=0)

    def missed(self, name: str, kind: str, known: Known, item: Item) -> bool:
        """Notes that a document which is known was not there; whether that is still to be waited out."""
        if kind not in _NOT_THERE or not known.sha256:
            return False
        self.documents[name] = replace(known, missed=known.missed + 1)
        return known.missed + 1 < ASKED_BEFORE_GONE

    def twin(self, text: str, *, besides: str) -> str:
        """The one document with just these words that is no more where it stood; "" for none."""
        if not self.whole:
            return ""
        found = [
            name
            for name, known in self.documents.items()
            if known.text == text and name != besides and known.url not in self.present
        ]
        return found[0] if len(found) == 1 else ""
