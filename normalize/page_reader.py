"""Any web page as one Expression: its content without the site around it, nested by its headings.

Two downloads of a page that differ in tokens, dates of retrieval or menus give the same provisions, and so does a page whose
content moved in the layout: addresses come from the words of headings, never from the markup.
"""

from __future__ import annotations

import re

from lxml import etree

from archive.errors import UnreadableDocument
from archive.records import Expression, Reading
from normalize.audit import Account, settle, source_text
from normalize.china_tree import ChinaTree
from normalize.draft import Draft, address, freeze
from normalize.html import parse_html, take_out
from normalize.language import language_of
from normalize.page_blocks import blocks
from normalize.page_discards import discard_beside, discard_inside, discard_outside
from normalize.page_identity import facts_of, language_of_page, published, title_of, work_of
from normalize.page_profile import OUTSIDE, PageProfile
from normalize.page_root import find_content
from normalize.page_text import compact, line_of, printed_text
from normalize.page_tree import Tree
from normalize.profile import Hints, Profile

_REFRESH = re.compile(r"^\s*\d*\s*[;,]\s*url\s*=\s*[\"']?(?P<url>[^\"'\s]+)", re.IGNORECASE)
_FEW_WORDS = 200


def read_page(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """The page in ``body``. ``hints.meta`` may hold a ``selector`` for its content and the path of its ``work``.

    Raises ``UnreadableDocument`` for what is no page, or has no content, and ``BadInput`` for a selector that cannot be read.
    """
    assert isinstance(profile, PageProfile)
    if b"%PDF-" in body[:1024]:
        from normalize.pdf_reader import read_pdf  # PDFium is loaded for the first PDF

        return read_pdf(body, hints, profile)
    parsed = parse_html(body, thing=hints.thing, media_type=hints.media_type, size_limit=profile.size_limit)
    account = Account(profile.discard_names)
    for note in parsed.mended:
        account.remark("/html", note)
    root = parsed.root
    refuse_refresh(root, account, thing=hints.thing)
    content = open_content(root, hints, profile, account)
    title, heading = title_of(root, content, parsed.title)
    inside = heading is not None and any(one is content for one in (heading, *heading.iterancestors()))
    roots = (
        [Draft(segment="title", unit="title", heading=title, place=heading)]
        if title and heading is not None
        else []
    )
    if inside and heading is not None:
        take_out(heading)
    since, source = account.since(), source_text(content)
    chinese = language_of(" ".join(printed_text(content))).startswith("zh")
    drafts = (ChinaTree() if chinese else Tree()).read(blocks(content))
    if not any(draft.text or draft.heading for one in drafts for draft in one.walk()):
        raise UnreadableDocument(
            "the content of the page is empty",
            thing=hints.thing,
            mend="Look at the page: its content may come by a script, or stand elsewhere; name it with a selector",
        )
    texts = [
        part
        for one in drafts
        for draft in one.walk()
        for part in (_printed(draft, chinese), draft.heading, draft.text)
    ]
    settle(content, source, texts, account, since)
    roots += drafts
    address(roots, account)
    provisions = freeze(roots)
    words = "\n".join(text for one in provisions for each in one.walk() for text in (each.heading, each.text))
    on = published(root)
    expression = Expression(
        work=work_of(hints, profile, title),
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=title,
        language=language_of_page(root, words),
        kind="document",
        provisions=provisions,
        facts=facts_of(hints, on),
        published=on,
    )
    return Reading(
        expressions=(expression,),
        leftovers=account.leftovers,
        discards=account.discards,
        remarks=account.remarks,
    )


def open_content(
    root: etree._Element, hints: Hints, profile: PageProfile, account: Account
) -> etree._Element:
    """The content of a page, what is none taken out and told."""
    said = hints.meta.get("selector")
    selectors = (said,) if isinstance(said, str) and said else profile.content
    content, lines = find_content(root, selectors, account, thing=hints.thing)
    _outside(root, content, account)
    discard_inside(content, profile, account)
    if lines is not None:
        discard_beside(content, lines, account)
    return content


def _outside(root: etree._Element, content: etree._Element, account: Account) -> None:
    """What stands around the content; the page's own ``h1`` is its title wherever it stands."""
    if not any(True for _ in content.iter("h1")):
        for heading in root.iter("h1"):
            if compact(heading):
                if around := line_of(root, content, heading):
                    account.discard(OUTSIDE, root, around)
                return
    discard_outside(root, content, account)


def refuse_refresh(root: etree._Element, account: Account, *, thing: str) -> None:
    """A page that only sends the reader on is none; one with content that would send the reader on is told."""
    for meta in root.iter("meta"):
        if (meta.get("http-equiv") or "").lower() != "refresh":
            continue
        if found := _REFRESH.match(meta.get("content") or ""):
            if len(compact(root)) < _FEW_WORDS:
                raise UnreadableDocument(
                    f"the page has no content but sends the reader on to {found['url']}",
                    thing=thing,
                    mend="Fetch that address instead",
                )
            account.remark(meta, f"the page would send a browser on to {found['url']}")


def _printed(draft: Draft, chinese: bool) -> str:
    """The number of a draft if the page prints it itself: those of ordered lists are made by the browser."""
    return "" if draft.unit == "item" and not chinese else draft.num
