"""The pages of a PDF as lines of text with their place and size, by PDFium; page by page, so that memory stays bounded.

PDFium was chosen over pdfplumber by trying both on a legislative text of 102 pages (November 2026): the same text at 1 ms against 97 ms a
page. pdfplumber reads the ruled tables (``normalize.pdf_tables``).
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from archive.errors import UnreadableDocument
from normalize.pdf_printed import Line, Page

PAGES_CEILING = 5_000
_CHARACTERS_CEILING = 20_000_000
_SOFT = frozenset("\u00ad\x00")
# What PDFium gives for a hyphen that ends a line, whether or not it belongs to the word.
_LINE_END_HYPHENS = frozenset("\x02\ufffe\uffff")
_SMALL = 0.8
_SCRIPT_CEILING = 8
_GAP = 2.2  # of the font size: two blocks on one line, not two words
_RULES_OF_A_TABLE = 6
_FAR = 1e6  # points: no sheet of paper is as large


def pages(body: bytes, *, thing: str) -> Iterator[Page]:
    """The pages in order. Raises ``UnreadableDocument`` for what is damaged, cut off, encrypted or beyond all measure."""
    document = open_pdf(body, thing=thing)
    total = 0
    try:
        for index in range(len(document)):
            page = _page(document, index, thing)
            total += page.characters
            if total > _CHARACTERS_CEILING:
                raise UnreadableDocument(
                    f"the PDF has more than {_CHARACTERS_CEILING:,} characters",
                    thing=thing,
                    place=f"page {page.number}",
                    mend="Hand it in in parts",
                )
            yield page
    finally:
        document.close()


def open_pdf(body: bytes, *, thing: str) -> pypdfium2.PdfDocument:
    """The document, opened. Raises ``UnreadableDocument``."""
    if b"%PDF-" not in body[:1024]:
        raise UnreadableDocument(
            "the document is no PDF", thing=thing, mend="Check the URL and the media type"
        )
    if b"%%EOF" not in body[-2048:]:
        raise UnreadableDocument(
            "the PDF ends before its end mark, so it is cut off",
            thing=thing,
            place=f"byte {len(body):,}",
            mend="Fetch it again: a part of a document is not published as the whole",
        )
    try:
        document = pypdfium2.PdfDocument(body)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableDocument(
            "the PDF is encrypted and asks for a password" if locked else f"the PDF is damaged: {error}",
            thing=thing,
            mend="Ask the publisher for a copy that is not locked" if locked else "Fetch it again",
        ) from None
    if not 0 < count <= PAGES_CEILING:
        document.close()
        raise UnreadableDocument(
            f"the PDF has {count:,} pages; between 1 and {PAGES_CEILING:,} are read",
            thing=thing,
            mend="Fetch it again, or hand it in in parts",
        )
    return document


def _page(document: pypdfium2.PdfDocument, index: int, thing: str) -> Page:
    try:
        page = document[index]
        textpage = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise UnreadableDocument(
            f"the page cannot be read: {error}",
            thing=thing,
            place=f"page {index + 1}",
            mend="Fetch it again: the PDF is damaged",
        ) from None
    try:
        width, height = (_finite(side) for side in page.get_size())
        kinds = [found.type for found in page.get_objects(max_depth=3)]
        lines = tuple(_lines(textpage, index + 1))
        return Page(
            number=index + 1,
            width=width,
            height=height,
            lines=lines,
            ruled=kinds.count(pdfium.FPDF_PAGEOBJ_PATH) >= _RULES_OF_A_TABLE,
            pictured=pdfium.FPDF_PAGEOBJ_IMAGE in kinds,
            characters=sum(len(line.text) for line in lines),
        )
    finally:
        textpage.close()
        page.close()


@dataclass(slots=True)
class _Character:
    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float


def _lines(textpage: pypdfium2.PdfTextPage, number: int) -> Iterator[Line]:
    """Characters in the order of the page's content, cut where PDFium ends a line and where a gap parts two blocks."""
    raw = textpage.raw
    run: list[_Character] = []
    soft = False
    for index in range(pdfium.FPDFText_CountChars(raw)):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        sign = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if sign in ("\r", "\n"):
            if sign == "\n" or run:
                yield from _cut(run, number, soft)
                run, soft = [], False
            continue
        if sign in _SOFT or not sign:
            soft = True
            continue
        soft = False
        run.append(_character(raw, index, "-" if sign in _LINE_END_HYPHENS else sign))
    yield from _cut(run, number, soft)


def _character(raw: object, index: int, sign: str) -> _Character:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
    size = float(pdfium.FPDFText_GetFontSize(raw, index))
    return _Character(
        sign, *(_finite(one) for one in (left.value, bottom.value, right.value, top.value, size))
    )


def _finite(measure: float) -> float:
    """A matrix of nonsense puts a character nowhere: that is the corner of the page."""
    return measure if math.isfinite(measure) and abs(measure) < _FAR else 0.0


def _cut(run: list[_Character], number: int, soft: bool) -> Iterator[Line]:
    start = 0
    last: _Character | None = None
    for at, one in enumerate(run):
        if one.text.isspace():
            continue
        if last is not None and _parted(last, one):
            yield from _line(run[start:at], number, False)
            start = at
        last = one
    yield from _line(run[start:], number, soft)


def _parted(last: _Character, one: _Character) -> bool:
    """Whether two characters that PDFium puts on one line stand in two blocks, or on two lines: it runs on after a hyphen."""
    height = max(_height(last), _height(one), 4.0)
    if one.left - last.right > _GAP * height:
        return True
    return one.left < last.left and last.bottom - one.bottom > 0.6 * height


def _height(one: _Character) -> float:
    return one.top - one.bottom if one.size <= 1 else one.size


def _line(run: list[_Character], number: int, soft: bool) -> Iterator[Line]:
    inked = [one for one in run if not one.text.isspace()]
    if not inked:
        return
    sizes = sorted(_height(one) for one in inked)
    size = sizes[len(sizes) * 3 // 4]
    baseline = sorted(one.bottom for one in inked)[len(inked) // 2]
    text = " ".join(_with_scripts(run, size, baseline).split())
    yield Line(
        text=text,
        left=inked[0].left,
        right=max(one.right for one in inked),
        bottom=min(one.bottom for one in inked),
        top=max(one.top for one in inked),
        size=size,
        page=number,
        soft=soft,
    )


def _with_scripts(run: list[_Character], size: float, baseline: float) -> str:
    """The text of a line with ``^`` before raised and ``_`` before lowered small type: 10²⁶ must never read 1026."""
    pieces: list[str] = []
    mark = ""
    length = 0
    for one in run:
        small = not one.text.isspace() and 0 < _height(one) < _SMALL * size and one.text.isalnum()
        raised = small and one.bottom > baseline + 0.2 * size
        lowered = small and one.bottom < baseline - 0.05 * size
        now = "^" if raised else "_" if lowered else ""
        if now and now != mark and pieces and pieces[-1].strip():
            pieces.append(now)
            length = 0
        length += 1
        mark = now if length <= _SCRIPT_CEILING else mark
        pieces.append(one.text)
    return "".join(pieces)
