"""A PDF as one Expression: paragraphs in reading order, nested by their numbers, tables row by row.

A scanned, an encrypted and a damaged PDF are refused with the reason: nothing is guessed from pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from archive.errors import UnreadableDocument
from archive.records import Expression, Reading
from normalize.audit import Account, unplaced
from normalize.china_tree import ChinaTree
from normalize.draft import address, freeze
from normalize.japan_notice import Notice
from normalize.japan_tree import settle_addresses
from normalize.language import language_of
from normalize.page_blocks import Block
from normalize.page_identity import facts_of, work_of
from normalize.page_profile import PageProfile
from normalize.page_tree import Tree
from normalize.pdf_apart import printed_apart
from normalize.pdf_layout import Paragraph, in_reading_order, paragraphs, without_running_heads
from normalize.pdf_printed import FoundTable, Line, Page, Printed
from normalize.pdf_profile import PDF_DISCARDS, PDF_DOCUMENT
from normalize.profile import Hints, Profile

_FEW_CHARACTERS = 25  # a page
_LARGER = 1.15


def read_pdf(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """The document in ``body``. Raises ``UnreadableDocument``."""
    if len(body) > profile.size_limit:
        raise UnreadableDocument(
            f"the PDF has {len(body):,} bytes, more than the {profile.size_limit:,} that are read",
            thing=hints.thing,
            mend="Hand it in in parts, or raise size_limit in the profile of the source",
        )
    return read_printed(printed_apart(body, thing=hints.thing), hints, profile)


def read_printed(printed: Printed, hints: Hints, profile: Profile) -> Reading:
    """The document whose pages are ``printed``. Raises ``UnreadableDocument``."""
    account = Account((*profile.discard_names, *(rule.name for rule in PDF_DISCARDS)))
    sheets, found = printed.pages, printed.tables
    _refuse_scan(sheets, account, hints.thing)
    kept = without_running_heads(sheets, account)
    blocks = list(_blocks(sheets, kept, found, account))
    text = "\n".join(block.text for block in blocks)
    language = language_of(text)
    japanese = language == "ja"
    tree = ChinaTree() if language.startswith("zh") else Notice() if japanese else Tree()
    drafts = tree.read(blocks)
    if not drafts:
        raise UnreadableDocument(
            "the PDF has no text", thing=hints.thing, mend="Look at it: it may be a form"
        )
    (settle_addresses if japanese else address)(drafts, account)
    provisions = freeze(drafts)
    words = "\n".join(line.text for sheet in sheets for line in sheet.lines)
    if missing := unplaced(words, provisions, account.discards):
        account.leftover("document", missing)
    title = next((block.text for block in blocks if block.kind == "heading"), blocks[0].text[:160])
    expression = Expression(
        work=work_of(hints, profile if isinstance(profile, PageProfile) else PDF_DOCUMENT, title),
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=title,
        language=language,
        kind="document",
        provisions=provisions,
        facts=facts_of(hints, None),
    )
    return Reading(
        expressions=(expression,),
        leftovers=account.leftovers,
        discards=account.discards,
        remarks=account.remarks,
    )


def _refuse_scan(sheets: Sequence[Page], account: Account, thing: str) -> None:
    blank = [sheet for sheet in sheets if sheet.characters < _FEW_CHARACTERS]
    scanned = [sheet for sheet in blank if sheet.pictured]
    if len(scanned) * 2 > len(sheets) or (
        len(blank) == len(sheets) and not any(s.characters for s in sheets)
    ):
        kind = "is a scan: it has pictures of pages and no text" if scanned else "has no text"
        raise UnreadableDocument(
            f"the PDF {kind} ({len(blank)} of {len(sheets)} pages)",
            thing=thing,
            place=f"page {blank[0].number}",
            mend="Ask the publisher for a PDF with text, or run it through text recognition and check the result by eye",
        )
    for sheet in scanned:
        account.remark(
            f"page {sheet.number}", "the page is a picture without text: what it shows is not read"
        )


def _blocks(
    sheets: Sequence[Page],
    kept: Sequence[Sequence[Line]],
    found: Mapping[int, tuple[FoundTable, ...]],
    account: Account,
) -> Iterator[Block]:
    """Paragraphs and tables in reading order: a table stands after the paragraphs of its page that end above it."""
    place = etree.Element("page")
    columns: list[list[Line]] = []
    pending: list[Block] = []
    for sheet, lines in zip(sheets, kept, strict=True):
        each = sorted(found.get(sheet.number, ()), key=lambda one: -one.top)
        rest = [line for line in lines if not any(table.holds(line) for table in each)]
        for table in each:
            above = [line for line in rest if line.bottom >= table.top]
            rest = [line for line in rest if line.bottom < table.top]
            columns += in_reading_order(above, sheet)
            pending += _written(paragraphs(columns, account), place)
            pending.append(Block(kind="table", place=place, table=table.table()))
            columns = []
        columns += in_reading_order(rest, sheet)
    pending += _written(paragraphs(columns, account), place)
    yield from pending


def _written(texts: Sequence[Paragraph], place: etree._Element) -> Iterator[Block]:
    sizes = sorted(one.size for one in texts for _ in range(max(len(one.text) // 40, 1)))
    body = sizes[len(sizes) // 2] if sizes else 10.0
    larger = sorted({round(one.size) for one in texts if one.size > _LARGER * body}, reverse=True)
    for one in texts:
        if one.size > _LARGER * body and len(one.text) < 200:
            level = 1 + min(larger.index(round(one.size)), 5)
            yield Block(kind="heading", place=place, level=level, text=one.text)
        else:
            yield Block(kind="text", place=place, text=one.text)
