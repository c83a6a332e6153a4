"""Papers of the Federal Register: full-text XML of one, a whole day of them, or what the index says of one.

A paper is a ``document``: it never changes a text by itself, it is itself the news. What it quotes of the Code of Federal
Regulations is partial (``* * * * *`` stands for text left out) and is never taken for the whole section.
"""

from __future__ import annotations

from lxml import etree

from archive.errors import UnreadableDocument
from archive.records import Expression, Provision, Reading
from normalize.audit import Account, unplaced
from normalize.federal_register_body import paper_nodes
from normalize.federal_register_facts import Printed, facts_of, printed
from normalize.federal_register_index import read_index
from normalize.federal_register_issue import papers_of
from normalize.federal_register_markup import prepare, whole_text
from normalize.federal_register_nodes import provisions
from normalize.federal_register_record import PaperRecord, plain_number, record_of, work_of
from normalize.federal_register_vocabulary import PAPERS
from normalize.profile import Hints, Profile
from normalize.safe_xml import parse_xml

ISSUE = "FEDREG"


def read_federal_register(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """One Expression for each paper in ``body``.

    ``body`` is full-text XML (root RULE, PRORULE, NOTICE, PRESDOCU, CORRECT), a daily issue (root FEDREG), or the API's JSON
    of one or several papers. ``hints.meta`` may hold the API's record of a single paper; without it number, title, agency and
    dates are those printed. Raises ``UnreadableDocument``.
    """
    account = Account(profile.discard_names)
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        expressions = read_index(body, hints, profile, account)
    else:
        parsed = parse_xml(body, thing=hints.thing, roots={*PAPERS, ISSUE}, size_limit=profile.size_limit)
        for note in parsed.mended:
            account.remark("/", note)
        if parsed.root.tag == ISSUE:
            expressions = _read_issue(parsed.root, hints, profile, account)
        else:
            record = record_of(hints.meta, thing=hints.thing)
            expressions = (_read_paper(parsed.root, hints, profile, account, record),)
    return Reading(
        expressions=expressions,
        leftovers=account.leftovers,
        discards=account.discards,
        remarks=account.remarks,
    )


def _read_issue(
    root: etree._Element, hints: Hints, profile: Profile, account: Account
) -> tuple[Expression, ...]:
    issue = papers_of(root, hints, account)
    found = tuple(
        _read_paper(
            paper.element, hints, profile, account, PaperRecord(published=issue.day, citation=paper.citation)
        )
        for paper in issue.papers
    )
    works = [expression.work for expression in found]
    for work in sorted({work for work in works if works.count(work) > 1}):
        account.remark("/FEDREG", f"{work} is printed more than once in this issue")
    return found


def _read_paper(
    paper: etree._Element, hints: Hints, profile: Profile, account: Account, record: PaperRecord
) -> Expression:
    place = paper.getroottree().getpath(paper)
    raw = whole_text(paper)
    counted = len(account.discards), len(account.leftovers)
    kind = str(paper.tag)
    prepare(paper, account)
    read = provisions(paper_nodes(paper, account))
    if not read:
        raise UnreadableDocument(
            f"the paper <{kind}> has no text",
            thing=hints.thing,
            place=place,
            mend="Fetch it again: an empty paper is none",
        )
    _tell_unplaced(raw, read, account, counted, place)
    said = printed(kind, read, citation=record.citation)
    return _expression(said, record, read, hints, profile, account, place)


def _tell_unplaced(
    raw: str, read: tuple[Provision, ...], account: Account, counted: tuple[int, int], place: str
) -> None:
    """The last check: each character of the paper is in a provision, in a discard, or in a leftover that was told."""
    told = [item.text for item in account.leftovers[counted[1] :]]
    rest = unplaced(raw, (*read, Provision(eid="", text="\n".join(told))), account.discards[counted[0] :])
    account.leftover(place, rest)


def _expression(
    said: Printed,
    record: PaperRecord,
    read: tuple[Provision, ...],
    hints: Hints,
    profile: Profile,
    account: Account,
    place: str,
) -> Expression:
    number = _number(said.number, record.number, hints, place)
    published = record.published or hints.as_of
    if record.published is None:
        account.remark(
            place,
            f"the paper does not print its date of publication; {published} is the date it was handed in with",
        )
    if record.type and said.type and record.type != said.type and said.type != "CORRECT":
        account.remark(place, f"the paper is marked as {said.type}, the index calls it {record.type}")
    return Expression(
        work=work_of(number, published),
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=record.title or said.title,
        language="en",
        kind="document",
        provisions=read,
        facts=facts_of(said, record, published, account),
        published=published,
    )


def _number(printed_number: str, indexed: str, hints: Hints, place: str) -> str:
    if printed_number and indexed and _unpadded(printed_number) != _unpadded(indexed):
        raise UnreadableDocument(
            f"the paper is FR Doc. {printed_number}, the index says {indexed}",
            thing=hints.thing,
            place=place,
            mend="Fetch it again: this is another paper than the one that was asked for",
        )
    number = indexed or printed_number or plain_number(hints.document)
    if not number:
        raise UnreadableDocument(
            "the paper has no document number: no FRDOC, and the index's record was not handed in",
            thing=hints.thing,
            place=place,
            mend="Hand in the index's record, or name the document by its number",
        )
    return number


def _unpadded(number: str) -> str:
    """Inspection desk and print pad a number differently (2024-2930, 2024-02930)."""
    head, _, tail = number.rpartition("-")
    return f"{head}-{tail.lstrip('0')}"
