"""Parts, sections and appendices of the Code of Federal Regulations, from the eCFR's XML.

One Expression for the part and one for each "Supplement No. N to Part P", which people cite and agencies amend by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from archive.errors import UnreadableDocument
from archive.records import Expression, Fact, Provision, Reading
from normalize import ecfr_elements as tags
from normalize.audit import Account, run_of, runs_of, settle, source_text
from normalize.draft import Draft, address, freeze
from normalize.ecfr_blocks import read_block
from normalize.ecfr_corrections import correction_facts
from normalize.ecfr_effective import apply_notes
from normalize.ecfr_flow import HEADING_DASH, Context, flatten, read_flow
from normalize.ecfr_identity import (
    Identity,
    appendix_segment,
    hinted,
    identify,
    section_number,
    supplement_number,
)
from normalize.eids import slug
from normalize.inline import inline_text
from normalize.profile import Hints, Profile
from normalize.safe_xml import parse_xml

ROOTS = (*tags.DIVISIONS, "ECFR", "DLPSTEXTCLASS", "ECFRBRWS")

_SECTION_HEAD = re.compile(
    r"(?P<num>§+\s*[\w.\-–]+(?:\s*(?:,|and|through|to)\s*[\w.\-–]*\d[\w.\-–]*)*)\s*(?P<words>.*)", re.DOTALL
)
_DIVISION_HEAD = re.compile(
    r"(?P<num>(?:PARTS?|SUBPARTS?|CHAPTER|SUBCHAPTER|SUBTITLE|TITLE|APPENDI(?:X|XES|CES)|SUPPLEMENTS?(?: NOS?\.)?|ANNEX|EXHIBIT|SCHEDULE)\b[^—\n]*?)"
    r"(?=—|--|\s*\[)(?P<words>.*)",
    re.I | re.DOTALL,
)
# The Commerce Control List has a grammar of its own.
_CCL = ("15", "774", "1")


_HEADING_DASH = re.compile(r"(?:[—–]|--|-(?=\s))\s*")
_PART_OR_LESS = frozenset({"DIV5", "DIV6", "DIV7", "DIV8", "DIV9"})
_ABOVE_PARTS = frozenset(
    {"DIV1", "DIV2", "DIV3", "DIV4", "ECFR", "DLPSTEXTCLASS", "TEXT", "BODY", "ECFRBRWS"}
)
_BULK_HEADER = frozenset({"HEADER", "AMDDATE", "HEAD", "CHAPNO"})
_CONTENTS = frozenset({"CFRTOC"})
_UNITS = {"DIV5": "part", "DIV6": "subpart", "DIV7": "group", "DIV8": "section", "DIV9": "appendix"}


@dataclass(slots=True, kw_only=True)
class _Work:
    """A work in the making. ``scope`` names what is printed of it, empty for the whole."""

    path: str
    title: str = ""
    citation: str = ""
    root: Draft | None = None
    ready: tuple[Provision, ...] = ()
    scope: tuple[str, ...] = ()


def read_ecfr(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """Reads an answer of the eCFR API (a DIV5, DIV6, DIV8 or DIV9) or a bulk file (DLPSTEXTCLASS).

    Raises ``UnreadableDocument`` for anything else, and for another part than the hints name.
    """
    parsed = parse_xml(body, thing=hints.thing, roots=ROOTS, size_limit=profile.size_limit)
    account = Account(profile.discard_names)
    for note in parsed.mended:
        account.remark(hints.thing, f"the XML is malformed and was mended: {note}")
    remark_unknown_elements(parsed.root, account)
    works = [work for division in _top(parsed.root, account) for work in _read_top(division, hints, account)]
    _check_works(works, hints, parsed.root)
    return Reading(
        expressions=tuple(_expression(work, hints, profile, account) for work in works),
        leftovers=account.leftovers,
        discards=account.discards,
        remarks=account.remarks,
    )


def _check_works(works: list[_Work], hints: Hints, root: etree._Element) -> None:
    """Refuses a document without any law, and a bulk file without the part that was asked for."""
    part = hinted(hints)[1]
    if works and (not part or any(work.path.split("/")[3] == part for work in works)):
        return
    raise UnreadableDocument(
        f"the document has no part {part}" if works else "the document has no part, section or appendix",
        thing=hints.thing,
        place=str(root.tag),
        mend="Check that it is the answer of the eCFR to the request",
    )


def _expression(work: _Work, hints: Hints, profile: Profile, account: Account) -> Expression:
    provisions = work.ready
    if work.root is not None:
        address([work.root], account)
        for unit in list(work.root.walk()):
            apply_notes(unit, [work.root], account)
        provisions = freeze([work.root])
    return Expression(
        work=work.path,
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=work.title,
        language="en",
        provisions=provisions,
        facts=(
            *((Fact(name="citation", value=work.citation),) if work.citation else ()),
            *correction_facts(work.path, hints),
        ),
        scope=work.scope,
    )


# ── from the root to the works ─────────────────────────────────────────────────────────────────────


def _top(root: etree._Element, account: Account) -> Iterator[etree._Element]:
    """The divisions to read: the root of an API answer, or the parts of a bulk file. Of what a bulk file prints above its parts, the
    header, the tables of contents and the names of chapters are left out by rule; words of law there are reported."""
    if root.tag in _PART_OR_LESS:
        yield root
        return
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag in _PART_OR_LESS:
            yield element
        elif element.tag in _BULK_HEADER:
            account.discard("bulk-header", element, source_text(element))
        elif element.tag in _CONTENTS:
            account.discard("contents", element, source_text(element))
        elif element.tag in _ABOVE_PARTS:
            account.leftover(element, element.text or "")
            for child in element:
                account.leftover(child, child.tail or "")
            stack.extend(reversed(element))
        else:
            account.leftover(element, source_text(element))


def _read_top(division: etree._Element, hints: Hints, account: Account) -> Iterator[_Work]:
    identity = identify(division, hints, among_others=division.getparent() is not None)
    if division.tag == "DIV9" and supplement_number(division):
        yield _supplement(division, identity, account)
        return
    supplements: list[_Work] = []
    if division.tag == "DIV5":
        root = _division(division, identity, account, supplements)
        work = _Work(path=identity.work, root=root, title=_title_of(division))
    else:
        root = _division(division, identity, account, supplements)
        part = Draft(segment=identity.part, absolute=True, unit="part", children=[root])
        work = _Work(path=identity.work, root=part, title=_title_of(division), scope=(_scope_name(root),))
    work.citation = f"{identity.title} CFR Part {identity.part}"
    yield work
    yield from supplements


def _scope_name(root: Draft) -> str:
    return root.segment


def _title_of(division: etree._Element) -> str:
    head = division.find("HEAD")
    return " ".join(inline_text(head).split()) if head is not None else division.get("N", "")


# ── divisions ──────────────────────────────────────────────────────────────────────────────────────


def _division(
    division: etree._Element, identity: Identity, account: Account, supplements: list[_Work]
) -> Draft:
    """A part, subpart, subject group, section or appendix with all in it. Supplements go to works of their own."""
    draft = _head(division, identity, account)
    context = Context(
        account=account,
        base=draft.segment if draft.absolute else identity.part,
        dotted=division.tag == "DIV9",
        read_block=read_block,
    )
    head = _head_of(division)
    run: list[etree._Element] = []
    for element in flatten(division, account):
        if element is head:
            continue
        if element.tag not in tags.DIVISIONS:
            run.append(element)
            continue
        _read_run(run, division, draft, context)
        run = []
        if element.tag == "DIV9" and supplement_number(element):
            supplements.append(_supplement(element, identity, account))
        else:
            draft.add(_division(element, identity, account, supplements))
    _read_run(run, division, draft, context)
    return draft


def _read_run(run: list[etree._Element], division: etree._Element, draft: Draft, context: Context) -> None:
    """Reads blocks that stand together, and counts that none of their characters is lost or printed twice."""
    if not run:
        return
    since, before, said = context.account.since(), len(draft.children), draft.text
    read_flow(run, draft, context)
    texts = [run_of(one) for child in draft.children[before:] for one in child.walk()]
    texts.append(draft.text[len(said) :])
    settle(division, "\n".join(map(source_text, run)), texts, context.account, since)


def _head_of(division: etree._Element) -> etree._Element | None:
    """The HEAD that names a division: its first element, if that is one."""
    return division[0] if len(division) and division[0].tag == "HEAD" else None


def _head(division: etree._Element, identity: Identity, account: Account) -> Draft:
    """A division's unit, address, number and heading."""
    head = _head_of(division)
    words = inline_text(head) if head is not None else ""
    unit = _UNITS.get(division.tag, "group")
    draft = Draft(segment="", unit=unit, heading=words, place=division, absolute=True)
    found = (_SECTION_HEAD if division.tag == "DIV8" else _DIVISION_HEAD).match(words)
    if found:
        draft.num = found["num"].strip()
        draft.heading = found["words"].strip()
        if dash := _HEADING_DASH.match(draft.heading):
            account.discard(HEADING_DASH, head if head is not None else division, dash.group())
            draft.heading = draft.heading[dash.end() :]
    if division.tag == "DIV8":
        draft.segment = section_number(division) or slug(words) or "section"
    elif division.tag == "DIV9":
        supplement = supplement_number(division)
        draft.segment = f"supp-{supplement}" if supplement else appendix_segment(division)
    elif division.tag == "DIV7":
        draft.segment = f"group-{slug(words)}"  # N is an opaque id that the publisher makes anew
    elif division.tag == "DIV6":
        draft.segment = f"subpart-{division.get('N', '').strip() or slug(words)}"
    elif division.tag == "DIV5":
        draft.segment = identity.part
    else:
        account.remark(
            division, f"the division {division.tag} stands inside a part, where it does not belong"
        )
        draft.segment = f"group-{slug(words)}"
    return draft


def _supplement(division: etree._Element, identity: Identity, account: Account) -> _Work:
    """A supplement as a work of its own. Number 1 of part 774 is the Commerce Control List."""
    number = supplement_number(division)
    work = _Work(
        path=f"{identity.work}/supp-{number}",
        title=_title_of(division),
        citation=f"{identity.title} CFR Part {identity.part}, Supplement No. {number}",
    )
    if (identity.title, identity.part, number) == _CCL:
        since = account.since()
        work.ready = _read_ccl(division, account)
        settle(division, source_text(division), runs_of(work.ready), account, since)
    else:
        work.root = _division(division, identity, account, [])
    return work


def _read_ccl(division: etree._Element, account: Account) -> tuple[Provision, ...]:
    # Imported when it is met: the grammar of the list is as large as all the rest.
    from normalize.ccl import read_ccl

    return read_ccl(division, account)


def remark_unknown_elements(root: etree._Element, account: Account) -> None:
    """Tells of each element that no rule here knows, at the first place it stands. Its words are kept where it is read through."""
    for tag in sorted({one.tag for one in root.iter(etree.Element)} - tags.KNOWN):
        place = next(root.iter(tag))
        account.remark(place, f"the element {tag} is not known")
