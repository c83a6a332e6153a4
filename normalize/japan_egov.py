"""Laws of e-Gov: the standard XML, its JSON form, and the Shift_JIS pages of the service before 2017.

A law is one Work, ``jp/law/324CO0000000378``; a revision that is promulgated but not yet in force says so by the state ``future`` of
its title, so that the state is told once and the changed words are told as what they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from lxml import etree

from archive.errors import UnreadableDocument
from archive.records import Applicability, Expression, Fact, Reading
from normalize.audit import Account, Since, settle, source_text
from normalize.draft import Draft, freeze
from normalize.japan_enforcement import apply_enforcement
from normalize.japan_envelope import Answer, open_answer
from normalize.japan_identity import ERA_NAMES, LawNumber, era_date, id_in, iso_date, law_id, law_number
from normalize.japan_pages import is_page, open_page
from normalize.japan_tree import Builder, settle_addresses
from normalize.profile import Hints, Profile

_UNENFORCED = "UnEnforced"
_ENDED = frozenset({"Repeal", "Expire", "LossOfEffectiveness"})


def read_egov(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """One Expression of the law in ``body``.

    ``hints.meta`` may hold what the list of revisions says (``law_id``, ``law_title``, ``current_revision_status`` …); what the document's own
    envelope says goes before it. Raises ``UnreadableDocument``.
    """
    account = Account(profile.discard_names)
    if is_page(body):
        page = open_page(body, hints, profile)
        answer, printed = Answer(law=page.law, mended=page.mended), page.printed
    else:
        answer = open_answer(body, hints, profile)
        _pictures(answer.law)
        printed = source_text(answer.law)
    for note in answer.mended:
        account.remark("/", note)
    roots = Builder(account).build(answer.law)
    _check(roots, hints)
    texts = [part for root in roots for one in root.walk() for part in (one.num, one.heading, one.text)]
    settle(answer.law, printed, texts, account, Since(0, 0))
    settle_addresses(roots, account)
    expression = _expression(answer, roots, hints, profile, account)
    return Reading(
        expressions=(expression,),
        leftovers=account.leftovers,
        discards=account.discards,
        remarks=account.remarks,
    )


def _pictures(law: etree._Element) -> None:
    """A ``Fig`` is a picture like any other, so that a swapped one shows."""
    for figure in law.iter("Fig"):
        figure.tag = "img"


def _check(roots: list[Draft], hints: Hints) -> None:
    """A law has a provision besides its title and its number: an answer without one was once published as the law."""
    if not any(
        draft.text or draft.children for draft in roots if draft.unit not in ("title", "citation", "pending")
    ):
        raise UnreadableDocument(
            "the law has no provision: neither an article nor a paragraph",
            thing=hints.thing,
            place="/Law/LawBody",
            mend="Fetch it again: an empty answer is no law",
        )


def _expression(
    answer: Answer, roots: list[Draft], hints: Hints, profile: Profile, account: Account
) -> Expression:
    known: dict[str, object] = {**_flat(hints.meta), **_flat(answer.law_info), **_flat(answer.revision)}
    title = next((draft.heading for draft in roots if draft.unit == "title"), "")
    number = law_number(answer.law.findtext(".//LawNum") or str(known.get("law_num", "")))
    named = next((draft for draft in roots if draft.unit == "title"), roots[0])
    named.applicability.extend(_states(known))
    for draft in (one for root in roots if root.unit == "pending" for one in root.children):
        amending = law_number(draft.text)
        citation, promulgated = (amending.short, amending.day) if amending else ("", None)
        draft.applicability.append(
            Applicability(state="future", start=promulgated, citation=citation, words=draft.text)
        )
    apply_enforcement(
        roots, account, on=hints.as_of, promulgated=_promulgated(known, answer.law), title=title
    )
    return Expression(
        work=f"jp/law/{_law_id(known, number, hints, account)}",
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=title or str(known.get("law_title", "")),
        language="ja",
        kind="consolidated",
        provisions=freeze(roots),
        facts=_facts(known, answer.law),
        published=iso_date(known.get("amendment_promulgate_date")),
    )


def _flat(said: Mapping[str, object]) -> dict[str, object]:
    """The fields that say something, those of nested envelopes included (the list of revisions has them nested)."""
    found: dict[str, object] = {}
    for name, value in said.items():
        if isinstance(value, Mapping):
            found.update({inner: one for inner, one in value.items() if isinstance(inner, str) and one})
        elif value:
            found[name] = value
    return found


def _law_id(known: Mapping[str, object], number: LawNumber | None, hints: Hints, account: Account) -> str:
    """By the envelope, the document's name, else by the number of the law."""
    said = str(known.get("law_id", "")).strip() or id_in(hints.document) or id_in(hints.url)
    if said and id_in(said) == said:
        return said
    made = law_id(number) if number else None
    if made:
        assert number is not None
        account.remark(
            "/Law/LawNum", f"the id {made} is worked out from the number of the law, {number.short}"
        )
        return made
    name = (hints.document or hints.url).rsplit("/", 1)[-1].partition(".")[0]
    if name.isalnum():
        account.remark(
            "/Law/LawNum", f"the document does not tell the id of the law; its own name {name} stands for it"
        )
        return name
    raise UnreadableDocument(
        "nothing tells which law this is: no law_id, no number of the law, no name of the document",
        thing=hints.thing,
        place="/Law/LawNum",
        mend="Name the document by the id of the law or of the revision (324CO0000000378_20250411_507CO0000000177)",
    )


def _states(known: Mapping[str, object]) -> list[Applicability]:
    citation = str(known.get("amendment_law_num") or known.get("amendment_law_id") or "")
    status, repeal = str(known.get("current_revision_status", "")), str(known.get("repeal_status", ""))
    if status == _UNENFORCED:
        force = _first_date(known, "amendment_enforcement_date", "amendment_scheduled_enforcement_date")
        comment = str(known.get("amendment_enforcement_comment") or "")
        return [
            Applicability(
                state="future",
                start=_first_date(known, "amendment_promulgate_date"),
                end=force - timedelta(days=1) if force else None,
                citation=citation,
                words=comment or (f"{status}, in force on {force}" if force else status),
            )
        ]
    if repeal in _ENDED:
        return [
            Applicability(
                state="ended", start=_first_date(known, "repeal_date"), citation=citation, words=repeal
            )
        ]
    return []


def _promulgated(known: Mapping[str, object], law: etree._Element) -> dict[str, date]:
    """The days of promulgation that are known: of the law itself by "", of the amending law of the revision by its short number."""
    found: dict[str, date] = {}
    own = iso_date(known.get("promulgation_date")) or _declared_day(law)
    if own is not None:
        found[""] = own
    amending = law_number(str(known.get("amendment_law_num", "")))
    day = iso_date(known.get("amendment_promulgate_date"))
    if amending is not None and day is not None:
        found[amending.short] = day
    return found


def _declared_day(law: etree._Element) -> date | None:
    """The day in the attributes of the law: ``Era="Showa" Year="24" PromulgateMonth="12" PromulgateDay="01"``."""
    era = ERA_NAMES.get(law.get("Era", ""), "")
    return era_date(
        f"{era}{law.get('Year', '')}年{law.get('PromulgateMonth', '')}月{law.get('PromulgateDay', '')}日"
    )


def _first_date(known: Mapping[str, object], *names: str) -> date | None:
    return next((day for name in names if (day := iso_date(known.get(name)))), None)


def _facts(known: Mapping[str, object], law: etree._Element) -> tuple[Fact, ...]:
    facts = []
    for name, key in (
        ("number", "law_num"),
        ("citation", "amendment_law_num"),
        ("type", "law_type"),
    ):
        value = str(known.get(key) or (law.findtext("LawNum") if name == "number" else "") or "").strip()
        if value:
            facts.append(Fact(name=name, value=value))
    for name, key in (
        ("published", "amendment_promulgate_date"),
        ("effective", "amendment_enforcement_date"),
        ("expires", "repeal_date"),
    ):
        if day := iso_date(known.get(key)):
            facts.append(Fact(name=name, value=day.isoformat()))
    return tuple(facts)
