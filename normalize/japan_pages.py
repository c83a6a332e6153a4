"""The Shift_JIS pages of e-Gov before 2017 (``/htmldata/S24/S24SE378.html``), set in the elements of today's standard XML, so that one reader
makes the same addresses of both."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from archive.errors import UnreadableDocument
from normalize.audit import source_text
from normalize.html import body_of, parse_html
from normalize.japan_controls import take_out_controls
from normalize.japan_identity import law_number
from normalize.japan_page_blocks import blocks
from normalize.japan_page_law import PageLaw
from normalize.profile import Hints, Profile


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPage:
    """The law in the elements of the standard, what the page prints, and what had to be mended."""

    law: etree._Element
    printed: str
    mended: tuple[str, ...] = ()


def is_page(body: bytes) -> bool:
    """Whether the bytes are a web page rather than XML or JSON."""
    head = body[:4000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html", b"<head", b"<meta")) or b"<html" in head[:1000]


def open_page(body: bytes, hints: Hints, profile: Profile) -> OpenedPage:
    """The law that a page prints. Raises ``UnreadableDocument`` for a page that is cut off, and for one without the number of a law."""
    parsed = parse_html(body, thing=hints.thing, media_type=hints.media_type, size_limit=profile.size_limit)
    page = body_of(parsed.root)
    mended = (*parsed.mended, *take_out_controls(page))
    printed = source_text(page)
    if b"</html" not in body[-400:].lower():
        raise UnreadableDocument(
            "the page ends before </HTML>, so it is cut off",
            thing=hints.thing,
            place=f"byte {len(body):,}",
            mend="Fetch it again: a part of a law is not published as the whole",
        )
    law = PageLaw()
    for block in blocks(page):
        law.take(block)
    law.finish()
    if law_number(law.number) is None:
        raise UnreadableDocument(
            "the page prints no law: no title with the number of a law at its head",
            thing=hints.thing,
            place="/html/body",
            mend="Look at it: it may be an error page; fetch it again later",
        )
    return OpenedPage(law=law.root, printed=printed, mended=mended)
