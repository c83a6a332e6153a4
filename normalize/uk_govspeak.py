"""Govspeak, the HTML of GOV.UK pages: headings become nested provisions, with their paragraphs, lists, tables and footnotes."""

from __future__ import annotations

import re

from lxml import etree

from normalize.audit import Account
from normalize.draft import Draft
from normalize.eids import slug
from normalize.eu_act import Act
from normalize.eu_pieces import pieces
from normalize.html import all_text, classes, take_out
from normalize.inline import inline_text, tag_of
from normalize.table import read_table

_HEADING = re.compile(r"h([1-6])$")
_NUMBER = re.compile(r"\s*(?P<num>\d{1,3}(?:\.\d{1,3})*\.?)\s+(?=\S)")
_SKIPPED = frozenset({"hr", "img", "col", "colgroup", "svg"})
_LINES = frozenset(
    {"p", "pre", "address", "dt", "figcaption", "caption", "summary", "legend", "label", "time"}
)


class Govspeak:
    """Reads one body into drafts under ``own``."""

    def __init__(self, account: Account, own: Draft) -> None:
        self.account = account
        self.act = Act()
        self.own = own
        self.headings: list[tuple[int, Draft]] = []
        self.notes: dict[str, etree._Element] = {}
        self.calls: dict[str, Draft] = {}

    @property
    def target(self) -> Draft:
        return self.headings[-1][1] if self.headings else self.own

    def read(self, root: etree._Element) -> None:
        for note in root.iter("li"):
            if (name := note.get("id") or "").startswith("fn:"):
                self.notes[name[3:]] = note
        for link in list(root.iter("a")):
            target = link.get("href") or ""
            if target.startswith("#fnref"):
                if text := all_text(link).strip():
                    self.account.discard("footnote-mark", link, text)
                take_out(link)
            elif target.startswith("#fn:"):
                self.mark(link)
        self.flow(root, None)
        for name, note in self.notes.items():
            by = self.calls.get(name, self.own)
            made = by.add(Draft(segment="footnote", unit="footnote", quiet=True, place=note))
            self.flow(note, made)

    def mark(self, call: etree._Element) -> None:
        """``<sup id="fnref:1"><a href="#fn:1">[footnote 1]</a></sup>``: its words go, its place is kept."""
        self.account.discard("footnote-mark", call, all_text(call))
        name = (call.get("href") or "")[4:]
        tail = call.tail
        holder = call.getparent()
        call.clear()
        call.tail = tail
        call.tag = "note-mark"
        call.set("key", name)
        if holder is not None and holder.tag == "sup":
            holder.tag = "span"

    def flow(self, element: etree._Element, own: Draft | None) -> None:
        for piece in pieces(element):
            self.block(piece, own)

    def block(self, element: etree._Element, own: Draft | None) -> None:
        tag = tag_of(element)
        if tag in _SKIPPED:
            if tag == "img":
                self.say(element, own)
            return
        if "footnotes" in classes(element):
            return
        if (found := _HEADING.match(tag)) and own is None:
            self.heading(element, int(found.group(1)))
        elif tag == "table":
            self.table(element, own or self.target)
        elif tag in ("ul", "ol"):
            self.items(element, own or self.target)
        elif tag in _LINES or found or all(tag_of(child) in ("note-mark", "br", "") for child in element):
            self.say(element, own)
        else:
            self.flow(element, own)

    def heading(self, element: etree._Element, level: int) -> None:
        text = inline_text(element)
        if not text:
            return
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        found = _NUMBER.match(text)
        num, words = (found["num"], text[found.end() :]) if found else ("", text)
        made = self.target.add(
            Draft(
                segment=slug(words) or slug(text) or "section",
                unit="section",
                num=num,
                heading=words,
                quiet=True,
                place=element,
            )
        )
        self.headings.append((level, made))
        self.called(element, made)

    def say(self, element: etree._Element, own: Draft | None) -> None:
        text = inline_text(element)
        holder = own or self.target
        if text:
            self.called(element, self.act.say(holder, text, element))
        else:
            self.called(element, self.act.place_of(holder).last or holder)

    def items(self, element: etree._Element, own: Draft) -> None:
        here = self.act.place_of(own)
        above = here.last or own
        counted = self.act.place_of(above)
        for item in element:
            if tag_of(item) != "li":
                if tag_of(item):
                    self.block(item, own)
                continue
            counted.indents += 1
            self.flow(
                item, above.add(Draft(segment=f"item-{counted.indents}", unit="li", quiet=True, place=item))
            )

    def table(self, element: etree._Element, own: Draft) -> None:
        here = self.act.place_of(own)
        here.tables += 1
        here.texts += 1
        read = read_table(element)
        made = own.add(
            Draft(
                segment="table" if here.tables == 1 else f"table-{here.tables}",
                unit="table",
                heading=read.caption,
                quiet=True,
                place=element,
            )
        )
        for row in (*read.head, *read.body, *read.foot):
            if row.is_empty:
                continue
            head = row in read.head
            key = next((text for text in row.governing if text), "")
            made.add(
                Draft(
                    segment="header" if head else slug(key, words=8) or "row",
                    unit="header" if head else "row",
                    text=row.joined,
                    quiet=True,
                    place=row.place,
                )
            )
        self.called(element, made)

    def called(self, element: etree._Element, by: Draft) -> None:
        for mark in element.iter("note-mark"):
            self.calls.setdefault(mark.get("key", ""), by)
