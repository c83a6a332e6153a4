"""The door for European Union documents: which dialect the bytes are in, and from its tree of drafts an Expression."""

from __future__ import annotations

import re

from archive.errors import UnreadableDocument
from archive.records import Expression, Fact, Reading
from normalize.audit import Account, settle, source_text
from normalize.days import iso_day
from normalize.draft import Draft, address, freeze
from normalize.eu_act import Act
from normalize.eu_amendments import is_amendments, read_amendments
from normalize.eu_application import apply_dates, in_force
from normalize.eu_codes import ANNEX_WORK, take_list
from normalize.eu_content import JOURNAL, PROPOSAL, content, dialect_of
from normalize.eu_facts import facts_of, language_of_page
from normalize.eu_identity import Identity, cited_as, identify
from normalize.eu_notes import set_typography
from normalize.eu_oj import read_journal
from normalize.eu_plain import plain_text, set_classes
from normalize.eu_proposal import read_proposal
from normalize.formex import is_formex, read_formex
from normalize.html import parse_html
from normalize.profile import Hints, Profile

_ELI_LINE = re.compile(r"http://data\.europa\.eu(/eli/\S+)")
_CONSOLIDATED = frozenset({"title-article-norm", "title-doc-first", "modref", "no-parag", "title-annex-1"})


def read_eu(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """An act, proposal or set of amendments in any form that EUR-Lex or Cellar gives it: HTML, XHTML, Formex 4 (XML or zip).

    Raises ``UnreadableDocument``.
    """
    account = Account(profile.discard_names)
    if is_formex(body):
        act, language, eli, consolidated = read_formex(body, hints, profile, account)
    else:
        act, language, eli, consolidated = _read_page(body, hints, profile, account)
    roots = act.roots
    if not any(
        draft.text or draft.heading for root in roots for draft in root.walk() if draft.unit != "title"
    ):
        raise UnreadableDocument(
            "the document has a frame and no text",
            thing=hints.thing,
            mend="Fetch it again: an empty document is none",
        )
    identity = identify(hints, " ".join(act.title), eli=eli)
    expressions = _expressions(act, roots, identity, hints, profile, account, language, consolidated)
    return Reading(
        expressions=expressions,
        leftovers=account.leftovers,
        discards=account.discards,
        remarks=account.remarks,
    )


def _read_page(body: bytes, hints: Hints, profile: Profile, account: Account) -> tuple[Act, str, str, bool]:
    page = parse_html(body, thing=hints.thing, media_type=hints.media_type, size_limit=profile.size_limit)
    for note in page.mended:
        account.remark("/html", note)
    plain = plain_text(page.root)
    if plain is not None:
        set_classes(plain)
    dialect = dialect_of(page.root)
    if not dialect:
        raise UnreadableDocument(
            "the page has none of the marks of an act of the European Union",
            thing=hints.thing,
            mend="Look at it: it may be an access wall or a notice; fetch it again from Cellar",
        )
    held = content(page.root, JOURNAL if dialect == "journal" else PROPOSAL, account)
    language = language_of_page(page.root, held, hints)
    found = _ELI_LINE.search(" ".join(str(run) for run in list(held.itertext())[-40:]))
    set_typography(held, account)
    since = account.since()
    printed = source_text(held)
    consolidated = False
    if dialect == "proposal":
        act = read_proposal(held, account)
    elif is_amendments(held):
        act = read_amendments(held, account)
    else:
        consolidated = any(
            name in _CONSOLIDATED
            for one in held.iter("p", "span")
            for name in (one.get("class") or "").split()
        )
        act = read_journal(held, account)
    settle(held, printed, _texts(act.roots), account, since)
    return act, language, found.group(1) if found else "", consolidated


def _texts(roots: list[Draft]) -> list[str]:
    return [
        part
        for root in roots
        for draft in root.walk()
        for part in (draft.num, draft.heading, draft.text)
        if part
    ]


def _expressions(
    act: Act,
    roots: list[Draft],
    identity: Identity,
    hints: Hints,
    profile: Profile,
    account: Account,
    language: str,
    consolidated: bool,
) -> tuple[Expression, ...]:
    control_list = take_list(act, roots)
    roots = [root for root in roots if root.children or root.text]
    address(roots, account)
    facts = facts_of(act, hints, identity.celex, consolidated=consolidated)
    published = next((iso_day(fact.value) for fact in facts if fact.name == "published"), None)
    apply_dates(
        roots, account, act=cited_as(" ".join(act.title)) or identity.celex or identity.work, since=published
    )
    if (entry := in_force(roots, published)) is not None:
        facts += (Fact(name="effective", value=entry[0].isoformat(), words=entry[1]),)
    as_of = identity.consolidated or hints.as_of
    is_consolidated = consolidated or identity.consolidated is not None
    main = Expression(
        work=identity.work,
        as_of=as_of,
        recipe=profile.recipe,
        title=" ".join(" ".join(act.title).split()) or hints.thing,
        language=language,
        kind="consolidated" if is_consolidated else "document",
        provisions=freeze(roots),
        facts=facts,
        published=published,
        scope=tuple(root.eid for root in roots) if is_consolidated and "preamble" not in act.parts else (),
    )
    if control_list is None:
        return (main,)
    address([control_list], account)
    listed = Expression(
        work=ANNEX_WORK,
        as_of=as_of,
        recipe=profile.recipe,
        title=control_list.heading.replace("\n", " ") or "Annex I, list of dual-use items",
        language=language,
        provisions=freeze([control_list]),
        published=published,
        facts=(Fact(name="citation", value=identity.celex or identity.work),),
    )
    return (main, listed)
