"""The laws of gesetze-im-internet.de: one XML file per law, made of norms (its head, its chapters' titles, each § and each Anlage)."""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from archive.errors import UnreadableDocument
from archive.records import Expression, Fact, Reading
from normalize.audit import Account, settle, source_text
from normalize.draft import Draft, address, freeze
from normalize.eids import key, slug
from normalize.germany_blocks import Content
from normalize.germany_marks import is_annex, unit_segment
from normalize.germany_markup import prepare
from normalize.germany_package import unpack
from normalize.germany_profile import ABBREVIATION, STRUCTURE_CODE
from normalize.germany_tables import table_draft
from normalize.inline import inline_text, tag_of
from normalize.profile import Hints, Profile
from normalize.safe_xml import parse_xml

_SLUG = re.compile(r"[^a-z0-9]+")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_GROUPS = {
    "buch": "book",
    "teil": "part",
    "kapitel": "chapter",
    "abschnitt": "division",
    "unterabschnitt": "subdivision",
    "titel": "title",
}
_EDITORIAL = re.compile(r"\(\+\+\+.*?\+\+\+\)", re.DOTALL)


def read_gii(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """The law in ``body`` (XML or the zip archive it is served in) as one Expression ``de/gii/<abbreviation>``.

    Raises ``UnreadableDocument``.
    """
    document = unpack(body, thing=hints.thing, size_limit=profile.size_limit)
    parsed = parse_xml(document, thing=hints.thing, roots=("dokumente",), size_limit=profile.size_limit)
    account = Account(profile.discard_names)
    for note in parsed.mended:
        account.remark("/dokumente", note)
    norms = list(parsed.root.iterchildren("norm"))
    head = norms[0].find("metadaten") if norms else None
    short = (head.findtext("jurabk") or "").strip() if head is not None else ""
    if head is None or not short:
        raise UnreadableDocument(
            "the document has no norm that names its law",
            thing=hints.thing,
            place="/dokumente/norm[1]/metadaten/jurabk",
            mend="Check that it is a law of gesetze-im-internet.de",
        )
    prepare(parsed.root, account)
    roots = _read_norms(norms, account)
    if not any(draft.text for root in roots[1:] for draft in root.walk()):
        raise UnreadableDocument(
            "the law has no text",
            thing=hints.thing,
            mend="Fetch it again: a law without a single sentence is none",
        )
    address(roots, account)
    expression = Expression(
        work=f"de/gii/{_SLUG.sub('_', short.lower().translate(_UMLAUTS)).strip('_')}",
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=_words(head, "kurzue") or _words(head, "langue") or short,
        language="de",
        provisions=freeze(roots),
        facts=_facts(head),
    )
    return Reading(
        expressions=(expression,),
        leftovers=account.leftovers,
        discards=account.discards,
        remarks=account.remarks,
    )


def _read_norms(norms: list[etree._Element], account: Account) -> list[Draft]:
    """The norms as a tree, each one's characters counted against what was made of it."""
    roots: list[Draft] = []
    open_groups: list[tuple[str, Draft]] = []
    for index, norm in enumerate(norms):
        since = account.since()
        group = norm.find("metadaten/gliederungseinheit")
        draft = _law(norm, account) if index == 0 else _norm(norm, group, account)
        code = (group.findtext("gliederungskennzahl") or "").strip() if group is not None else ""
        if group is not None:
            while open_groups and not (
                len(open_groups[-1][0]) < len(code) and code.startswith(open_groups[-1][0])
            ):
                open_groups.pop()
        elif is_annex(draft.num):
            open_groups.clear()  # an annex belongs to the law, not to its last chapter
        (open_groups[-1][1].children if open_groups else roots).append(draft)
        texts = [part for one in draft.walk() for part in (one.num, one.heading, one.text)]
        marks = " ".join(note.get("FnZ", "") for note in norm.iter("Footnote"))
        settle(norm, f"{source_text(norm)} {marks}", texts, account, since)
        if group is not None:
            open_groups.append((code, draft))
    return roots


def _law(norm: etree._Element, account: Account) -> Draft:
    """The head of a law: its names, the day it was made, where it was published, and the notes of its last amendment."""
    metadata = _metadata(norm)
    names = [inline_text(one) for one in metadata.iterchildren("amtabk", "jurabk")]
    official = _words(metadata, "amtabk") or _words(metadata, "jurabk")
    for name in names:
        if name != official:
            account.discard(ABBREVIATION, metadata, name)
    if names.count(official) > 1:
        account.discard(ABBREVIATION, metadata, " ".join([official] * (names.count(official) - 1)))
    draft = Draft(
        segment="titel",
        unit="title",
        num=official,
        heading=_words(metadata, "langue"),
        text=_words(metadata, "kurzue"),
        place=norm,
    )
    for element in metadata:
        tag = tag_of(element)
        if tag == "ausfertigung-datum":
            draft.add(Draft(segment="ausfertigung", unit="citation", text=inline_text(element), quiet=True))
        elif tag == "fundstelle":
            text = " ".join(inline_text(part) for part in element)
            draft.add(Draft(segment="fundstelle", unit="citation", text=text, quiet=True))
        elif tag == "standangabe":
            kind, words = _words(element, "standtyp"), _words(element, "standkommentar")
            segment = slug(kind) or "stand"
            draft.add(Draft(segment=segment, unit="citation", heading=kind, text=words, quiet=True))
    _texts(norm, draft, annex=False)
    return draft


def _metadata(norm: etree._Element) -> etree._Element:
    """What a norm says of itself; empty where it has lost it."""
    found = norm.find("metadaten")
    return found if found is not None else etree.Element("metadaten")


def _norm(norm: etree._Element, group: etree._Element | None, account: Account) -> Draft:
    metadata = _metadata(norm)
    for element in metadata.iterchildren("jurabk", "amtabk"):
        account.discard(ABBREVIATION, element, inline_text(element))
    designation, title = _words(metadata, "enbez"), _words(metadata, "titel")
    if group is not None:
        account.discard(STRUCTURE_CODE, group, _words(group, "gliederungskennzahl"))
        name = _words(group, "gliederungsbez")
        unit = _GROUPS.get(name.split(" ")[0].lower(), "heading")
        words = _words(group, "gliederungstitel")
        draft = Draft(segment=slug(name) or slug(words) or "gliederung", unit=unit, num=name, heading=words)
        if designation or title:
            draft.text = "\n".join(filter(None, (designation, title)))
    else:
        segment = unit_segment(designation) if designation else slug(title) or "norm"
        unit = (
            "section"
            if segment.startswith("§")
            else "article"
            if segment.startswith("art-")
            else "annex"
            if is_annex(designation)
            else "preamble"
            if segment == "eingangsformel"
            else "text"
        )
        draft = Draft(segment=segment, unit=unit, num=designation, heading=title, absolute=True)
    draft.place = norm
    _texts(norm, draft, annex=is_annex(designation))
    return draft


def _texts(norm: etree._Element, draft: Draft, *, annex: bool) -> None:
    """Reads the text of a norm, its footnotes, and the publisher's notes of where and when it applies."""
    for text in norm.iterfind("textdaten/text"):
        for part in text:
            if part.tag == "Content":
                Content(norm=draft, annex=annex).read(part)
            elif part.tag == "TOC":
                _contents(part, draft)
            elif part.tag == "Footnotes":
                for note in part.iterchildren("Footnote"):
                    number = note.get("FnZ", "")
                    segment = f"fn-{key(number) or 'stern'}"
                    draft.add(
                        Draft(
                            segment=segment, unit="footnote", num=number, text=inline_text(note), quiet=True
                        )
                    )
    for content in norm.iterfind("textdaten/fussnoten/Content"):
        for block in content:
            _notes(inline_text(block), draft)


def _contents(toc: etree._Element, draft: Draft) -> None:
    """A table of contents is amended like any other text: its headings and rows, in order."""
    name = ""
    for part in toc:
        tag = tag_of(part)
        if tag == "Ident":
            if name:
                draft.add(Draft(segment=slug(name), unit="row", num=name, quiet=True))
            name = inline_text(part)
        elif tag == "table":
            table = table_draft(part)
            if table.text:
                draft.add(Draft(segment=slug(table.text), unit="text", text=table.text, quiet=True))
            draft.children.extend(table.children)  # a § is cited without the table that lists it
        elif name or (tag and inline_text(part)):
            words = " ".join(inline_text(part).split())
            segment = slug(name or words) or "zeile"
            draft.add(Draft(segment=segment, unit="row", num=name, heading=words, quiet=True))
            name = ""
    if name:
        draft.add(Draft(segment=slug(name), unit="row", num=name, quiet=True))


def _notes(text: str, draft: Draft) -> None:
    """The documentary notes of the publisher, ``(+++ … +++)``, are citations; what stands between them are footnotes."""
    at = 0
    for found in _EDITORIAL.finditer(text):
        _footnote(text[at : found.start()], draft)
        words = found.group().strip("(+) \n")
        draft.add(Draft(segment=slug(words) or "hinweis", unit="citation", text=found.group(), quiet=True))
        at = found.end()
    _footnote(text[at:], draft)


def _footnote(text: str, draft: Draft) -> None:
    if said := text.strip():
        draft.add(Draft(segment="fussnote", unit="footnote", text=said, quiet=True))


def _facts(head: etree._Element) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    if signed := _words(head, "ausfertigung-datum"):
        try:
            facts.append(Fact(name="signed", value=date.fromisoformat(signed).isoformat()))
        except ValueError:
            facts.append(Fact(name="signed", value="", words=signed))
    for place in head.iterchildren("fundstelle"):
        facts.append(Fact(name="citation", value=" ".join(inline_text(part) for part in place)))
    return tuple(facts)


def _words(element: etree._Element, name: str) -> str:
    found = element.find(name)
    return " ".join(inline_text(found).split()) if found is not None else ""
