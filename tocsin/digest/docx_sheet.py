"""The sheet that a digest is written on as a Word document: paragraphs, tables and tracked changes, by python-docx and the elements of WordprocessingML.

The same words give the same bytes: parts are packed in the order of their names, on the first day that a zip can hold.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from archive.records import Operation

AUTHOR = "tocsin"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)
_LATIN = "DejaVu Sans"
_EAST_ASIAN = {"ja": "Noto Sans CJK JP", "zh-Hant": "Noto Sans CJK TC"}
_ANY_EAST_ASIAN = "Noto Sans CJK SC"
_INK, _GREY = RGBColor(0x1C, 0x1C, 0x1C), RGBColor(0x59, 0x59, 0x59)
_WIDTH = Cm(17)
_PARAGRAPH = 1  # the type of a style


class Sheet:
    """A document as it grows. ``title`` stands in its footer and properties, ``at`` is when it was made, ``language`` that of its own words."""

    def __init__(self, title: str, at: datetime, language: str) -> None:
        self._document: Any = Document()
        self._revisions = 0
        self._dress(language)
        self._name(title, at, language)
        self._styles = {style.name: style.style_id for style in self._document.styles}
        self._end = self._document.element.body.sectPr

    def heading(self, text: str, level: int, *, new_page: bool = False) -> None:
        """A heading; level 0 is the title."""
        heading = self._paragraph("Title" if level == 0 else f"Heading {level}", _run(text, "w:t", ""))
        if new_page:
            heading.pPr.append(OxmlElement("w:pageBreakBefore"))

    def line(self, text: str, *, style: str = "Normal") -> None:
        """A paragraph."""
        self._paragraph(style, _run(text, "w:t", ""))

    def notice(self, text: str) -> None:
        """A paragraph that nobody should miss."""
        self.line(text, style="Notice")

    def quiet(self, text: str) -> None:
        """A paragraph in small grey letters."""
        self.line(text, style="Quiet")

    def point(self, text: str) -> None:
        """A point of a list."""
        self.line(text, style="List Bullet")

    def tracked(self, ops: Iterable[Operation], at: datetime, language: str) -> None:
        """Words as tracked changes; their line ends are breaks inside one paragraph, so that accepting and rejecting is exact."""
        parts = []
        for sign, text in ops:
            if sign == "=":
                parts.append(_run(text, "w:t", language))
                continue
            self._revisions += 1
            marked = OxmlElement("w:ins" if sign == "+" else "w:del")
            marked.set(qn("w:id"), str(self._revisions))
            marked.set(qn("w:author"), AUTHOR)
            marked.set(qn("w:date"), f"{at:%Y-%m-%dT%H:%M:%SZ}")
            marked.append(_run(text, "w:t" if sign == "+" else "w:delText", language))
            parts.append(marked)
        self._paragraph("Redline", *parts)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int]) -> None:
        """A table; with a ``head``, which is repeated on each page, it has lines. ``shares`` of its width go to its columns; no row is torn."""
        table = self._document.add_table(rows=0, cols=len(shares), style="Table Grid" if head else None)
        table.autofit = False
        width = _WIDTH if head else _WIDTH // 2
        for column, share in zip(table._tbl.tblGrid.gridCol_lst, shares, strict=True):
            column.w = width * share // sum(shares)
        for number, row in enumerate([*([head] if head else []), *rows]):
            added = table.add_row()._tr
            properties = added.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if head and number == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, text in zip(added.tc_lst, row, strict=True):
                paragraph = cell.p_lst[0]
                paragraph.append(self._styled("Cell"))
                paragraph.append(_run(text, "w:t", "", bold=bool(head) and number == 0))

    def packed(self) -> bytes:
        """The .docx."""
        packed = io.BytesIO()
        self._document.save(packed)
        return _same_bytes(packed.getvalue())

    def _paragraph(self, style: str, *parts: Any) -> Any:
        """Put at the end, before the properties of the section. python-docx looks the style up among all of them for each paragraph; here once."""
        paragraph = OxmlElement("w:p")
        paragraph.append(self._styled(style))
        paragraph.extend(parts)
        self._end.addprevious(paragraph)
        return paragraph

    def _styled(self, style: str) -> Any:
        properties = OxmlElement("w:pPr")
        named = OxmlElement("w:pStyle")
        named.set(qn("w:val"), self._styles[style])
        properties.append(named)
        return properties

    def _dress(self, language: str) -> None:
        """Styles and page. East Asian fonts are named, or each word processor takes another one; their letters are never slanted."""
        styles = self._document.styles
        for name, size, after in (("Quiet", 8.5, 2), ("Cell", 8.5, 2), ("Redline", 10, 6), ("Notice", 11, 6)):
            style = styles.add_style(name, _PARAGRAPH)
            style.base_style = styles["Normal"]
            style.font.size = Pt(size)
            style.paragraph_format.space_after = Pt(after)
        styles["Quiet"].font.color.rgb = _GREY
        styles["Subtitle"].paragraph_format.keep_with_next = True
        styles["Subtitle"].paragraph_format.space_before = Pt(10)
        styles["Notice"].font.bold = True
        styles["Normal"].font.size = Pt(10)
        for style in styles:
            if style.type == _PARAGRAPH:
                _set_fonts(style, _EAST_ASIAN.get(language, _ANY_EAST_ASIAN))
            if style.name.startswith(("Heading", "Title", "Subtitle")) and style.type == _PARAGRAPH:
                style.font.italic = False
                style.font.color.rgb = _INK
        for section in self._document.sections:
            section.page_width, section.page_height = Cm(21), Cm(29.7)
            section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2)

    def _name(self, title: str, at: datetime, language: str) -> None:
        footer = self._document.sections[0].footer.paragraphs[0]
        footer.style = "Quiet"
        footer.add_run(f"{title} · ")
        for instruction, behind in (("PAGE", " / "), ("NUMPAGES", "")):
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), instruction)
            field.append(_run("1", "w:t", ""))
            footer._p.append(field)
            footer._p.append(_run(behind, "w:t", ""))
        said = self._document.core_properties
        said.author = said.last_modified_by = AUTHOR
        said.title, said.language, said.comments = title, language, ""
        said.created = said.modified = at.replace(tzinfo=None, microsecond=0)


def _run(text: str, kind: str, language: str, *, bold: bool = False) -> Any:
    run = OxmlElement("w:r")
    if language in ("ja", "zh", "zh-Hans", "zh-Hant") or bold:
        properties = OxmlElement("w:rPr")
        if language:
            fonts = OxmlElement("w:rFonts")
            fonts.set(qn("w:eastAsia"), _EAST_ASIAN.get(language, _ANY_EAST_ASIAN))
            properties.append(fonts)
        if bold:
            properties.append(OxmlElement("w:b"))
        run.append(properties)
    for number, line in enumerate(_legal(text).split("\n")):
        if number:
            run.append(OxmlElement("w:br"))
        if line:
            words = OxmlElement(kind)
            words.set(qn("xml:space"), "preserve")
            words.text = line
            run.append(words)
    return run


def _set_fonts(style: Any, east_asian: str) -> None:
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name, font in (
        ("w:ascii", _LATIN),
        ("w:hAnsi", _LATIN),
        ("w:cs", _LATIN),
        ("w:eastAsia", east_asian),
    ):
        fonts.set(qn(name), font)


def _legal(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def _same_bytes(packed: bytes) -> bytes:
    """The package with its parts in the order of their names and on the first day that a zip can hold."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as before, zipfile.ZipFile(again, "w") as after:
        # [Content_Types].xml comes first by its bracket and by custom.
        for name in sorted(before.namelist(), key=lambda name: (not name.startswith("["), name)):
            after.writestr(zipfile.ZipInfo(name, _EPOCH), before.read(name), zipfile.ZIP_DEFLATED)
    return again.getvalue()
