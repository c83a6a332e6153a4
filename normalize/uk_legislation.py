"""legislation.gov.uk: Acts, statutory instruments and assimilated EU law in Crown Legislation Markup, with the editors' annotations.

The publisher's own identifiers become addresses: ``section-26-3`` is ``section-26.3``, ``schedule-2-paragraph-10-5-d`` is
``schedule-2.paragraph-10.5.d``. The marks ``[F1 … ]`` of its pages are drawn from ``Addition``, ``Substitution`` and ``Repeal``, which print
nothing themselves; what they refer to, the annotation, hangs under the provision that is annotated.
"""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from archive.errors import UnreadableDocument
from archive.records import Expression, Fact, Reading
from normalize.audit import Account, settle, source_text
from normalize.days import iso_day
from normalize.draft import address, freeze
from normalize.inline import tag_of
from normalize.profile import Hints, Profile
from normalize.safe_xml import parse_xml
from normalize.uk_body import LegislationBody
from normalize.uk_commencement import apply_commencement

_NAMESPACE = "{http://www.legislation.gov.uk/namespaces/legislation}"
_URI = re.compile(
    r"legislation\.gov\.uk/(?:id/)?(?P<work>[a-z]{2,6}/(?:\d{4}|[A-Za-z0-9-]+/\d+(?:-\d+)*)/[0-9]+[A-Za-z0-9-]*)(?P<rest>/\S*)?"
)
_VERSION = re.compile(
    r"/(?:\d{4}-\d\d-\d\d|made|enacted|adopted|created|revision|data\.\w+|contents|england|wales|scotland|ni)\b"
)
_FACTS = {"modified": "published", "valid": "effective"}


def read_legislation(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """A whole text or a piece of one (``/schedule/3/data.xml``). Raises ``UnreadableDocument``."""
    account = Account(profile.discard_names)
    parsed = parse_xml(
        body,
        thing=hints.thing,
        roots=(f"{_NAMESPACE}Legislation", "Legislation"),
        size_limit=profile.size_limit,
    )
    for note in parsed.mended:
        account.remark("/Legislation", note)
    root = parsed.root
    for element in root.iter(etree.Element):
        element.tag = str(element.tag).rpartition("}")[2].rpartition(":")[2]
    title, facts = _metadata(root, account)
    work, piece = _work(root, hints)
    reader = LegislationBody(account, root)
    since = account.since()
    printed = " ".join(source_text(child) for child in root if tag_of(child) != "Metadata")
    roots = reader.read()
    if not any(draft.text or draft.heading for top in roots for draft in top.walk()):
        raise UnreadableDocument(
            "the document has no provision",
            thing=hints.thing,
            place="/Legislation",
            mend="Fetch it again: a 202 of the site is an empty frame while the text is being rendered",
        )
    address(roots, account)
    title = title or reader.title or hints.thing
    passed = _enacted(root)
    apply_commencement(roots, account, title=title, passed=passed, on=hints.as_of)
    texts = [part for top in roots for draft in top.walk() for part in (draft.num, draft.heading, draft.text)]
    settle(root, printed, texts, account, since)
    expression = Expression(
        work=work,
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=title,
        language=_language(root),
        kind="consolidated",
        provisions=freeze(roots),
        facts=facts,
        published=next((iso_day(fact.value) for fact in facts if fact.name == "published"), None),
        scope=tuple(top.eid for top in roots) if piece else (),
    )
    return Reading(
        expressions=(expression,),
        leftovers=account.leftovers,
        discards=account.discards,
        remarks=account.remarks,
    )


def _enacted(root: etree._Element) -> date | None:
    """The day on which an Act was passed, as its catalogue record says it."""
    for element in root.iterfind("Metadata//EnactmentDate"):
        if day := iso_day(element.get("Date") or ""):
            return day
    return None


def _metadata(root: etree._Element, account: Account) -> tuple[str, tuple[Fact, ...]]:
    metadata = root.find("Metadata")
    if metadata is None:
        return "", ()
    facts: list[Fact] = []
    title = ""
    for element in metadata.iter(etree.Element):
        text = " ".join((element.text or "").split())
        if element.tag == "title" and not title:
            title = text
        elif element.tag in _FACTS and iso_day(text):
            facts.append(Fact(name=_FACTS[element.tag], value=text, words=text))
    effects = sum(1 for element in metadata.iter("UnappliedEffect"))
    if effects:
        account.remark(
            metadata, f"{effects} amendments are not yet worked in: the law has moved on from this text"
        )
    if text := source_text(metadata).strip():
        account.discard("metadata", metadata, text)
    return title, tuple(facts)


def _work(root: etree._Element, hints: Hints) -> tuple[str, bool]:
    """The path of the work, and whether this is only a piece of it."""
    for said in (root.get("DocumentURI"), root.get("IdURI"), hints.url, hints.document):
        if said and (
            found := _URI.search(
                said if "legislation.gov.uk" in said else f"legislation.gov.uk/{said.lstrip('/')}"
            )
        ):
            rest = _VERSION.sub("", found["rest"] or "").strip("/")
            return f"uk/{found['work']}", bool(rest)
    raise UnreadableDocument(
        "nothing says which text this is: no DocumentURI, and its name is no path of legislation.gov.uk",
        thing=hints.thing,
        place="/Legislation",
        mend="Name the document like /ukpga/2002/28/data.xml",
    )


def _language(root: etree._Element) -> str:
    said = (
        root.findtext("Metadata/language") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "en"
    )
    return "cy" if said.strip().lower().startswith("cy") else "en"
