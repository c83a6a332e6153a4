"""Announcements and statutes of China: web pages of the ministries, and statutes as Markdown or plain text."""

from __future__ import annotations

from dataclasses import replace

from archive.errors import UnreadableDocument
from archive.records import Expression, Reading
from normalize.audit import Account, unplaced
from normalize.charsets import decode
from normalize.china_identity import china_facts, china_work
from normalize.china_markdown import markdown_blocks, typography_taken
from normalize.china_tree import ChinaTree
from normalize.draft import Draft, address, freeze
from normalize.language import language_of
from normalize.page_identity import facts_of
from normalize.page_profile import PageProfile
from normalize.page_reader import read_page
from normalize.pdf_reader import read_pdf
from normalize.profile import Hints, Profile

_BINARY = {
    b"PK\x03\x04": "a zip archive or an Office file",
    b"\xd0\xcf\x11\xe0": "an old Office file",
}


def read_china(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """The announcement or statute in ``body``: HTML, PDF, Markdown or plain text. Raises ``UnreadableDocument``."""
    assert isinstance(profile, PageProfile)
    for magic, what in _BINARY.items():
        if body.startswith(magic):
            raise UnreadableDocument(
                f"the document is {what}, not a page or text",
                thing=hints.thing,
                mend="Hand it in as a PDF or as text",
            )
    if b"%PDF-" in body[:1024]:
        reading = read_pdf(body, hints, profile)
    elif body.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<") and not body.lstrip().startswith(
        b"<!-- "
    ):
        reading = read_page(body, hints, profile)
    else:
        reading = _read_text(body, hints, profile)
    expression = reading.expressions[0]
    words = [text for one in expression.walk() for text in (one.heading, one.text) if text]
    work, kind = china_work(expression.title, "\n".join(words[:12]), hints, profile)
    facts = (*expression.facts, *china_facts("\n".join(words)))
    return replace(reading, expressions=(replace(expression, work=work, kind=kind, facts=facts),))


def _read_text(body: bytes, hints: Hints, profile: PageProfile) -> Reading:
    if len(body) > profile.size_limit:
        raise UnreadableDocument(
            f"the document has {len(body):,} bytes, more than the {profile.size_limit:,} that any real one has",
            thing=hints.thing,
            mend="Hand it in in parts",
        )
    decoded = decode(body, thing=hints.thing, media_type=hints.media_type)
    account = Account(profile.discard_names)
    for note in decoded.remarks:
        account.remark("line 1", note)
    blocks = list(markdown_blocks(decoded.text, account))
    if not blocks:
        raise UnreadableDocument(
            "the document is empty", thing=hints.thing, mend="Fetch it again: an empty text is no statute"
        )
    title = ""
    if blocks[0].kind == "heading" or len(blocks[0].text) <= 60:
        title = blocks.pop(0).text
    if not any(block.kind in ("text", "table") for block in blocks):
        raise UnreadableDocument(
            "the document has a title and no text",
            thing=hints.thing,
            mend="Fetch it again: it may be cut off",
        )
    roots = [Draft(segment="title", unit="title", heading=title)] if title else []
    roots += ChinaTree().read(blocks)
    address(roots, account)
    provisions = freeze(roots)
    if missing := unplaced(typography_taken(decoded.text), provisions):
        account.leftover("text", missing)
    expression = Expression(
        work="cn/text",
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=title,
        language=language_of(decoded.text),
        provisions=provisions,
        facts=facts_of(hints, None),
    )
    return Reading(
        expressions=(expression,),
        leftovers=account.leftovers,
        discards=account.discards,
        remarks=account.remarks,
    )
