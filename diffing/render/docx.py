"""Changes as a Word document with real tracked changes, which counsel accepts or rejects one by one.

A .docx is a zip of XML parts (ECMA-376). Insertions are ``w:ins``, deletions ``w:del`` with ``w:delText``; all text is escaped by the
XML library, and characters XML cannot hold are left out. The same changes give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from xml.etree import ElementTree as ET  # only writes: nothing foreign is parsed

from archive.records import Change
from diffing.render.said import carried_line, headline, limit_line

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_XML = "http://www.w3.org/XML/1998/namespace"
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day a zip can hold

_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    '<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>'
    "</Types>"
)
_ROOT_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
    "</Relationships>"
)
_STYLES = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:styles xmlns:w="{_W}">'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:pPr><w:keepNext/><w:spacing w:before="240"/>'
    '<w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Note"><w:name w:val="Note"/><w:rPr><w:i/><w:color w:val="595959"/></w:rPr></w:style>'
    "</w:styles>"
)


def docx(changes: Sequence[Change], *, title: str, at: datetime, author: str = "tocsin") -> bytes:
    """The changes as a .docx: for each a headline and its text, with its words as tracked changes dated ``at``."""
    document = _Document(author, at)
    document.paragraph(title, style="Title")
    for change in changes:
        document.paragraph(headline(change), style="Heading2")
        document.tracked(change)
        for limit in change.limits:
            document.paragraph(limit_line(limit), style="Note")
        if change.carried:
            document.paragraph(carried_line(change), style="Note")
    parts = (
        ("[Content_Types].xml", _CONTENT_TYPES.encode()),
        ("_rels/.rels", _ROOT_RELATIONS.encode()),
        ("word/document.xml", document.written()),
        ("word/_rels/document.xml.rels", _DOCUMENT_RELATIONS.encode()),
        ("word/styles.xml", _STYLES.encode()),
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


class _Document:
    """``word/document.xml`` as it grows."""

    def __init__(self, author: str, at: datetime) -> None:
        self._author = author
        self._at = at.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._count = 0
        self._root = ET.Element(_tag("document"))
        self._body = ET.SubElement(self._root, _tag("body"))

    def paragraph(self, text: str, *, style: str) -> None:
        """A paragraph without changes."""
        paragraph = ET.SubElement(self._body, _tag("p"))
        properties = ET.SubElement(paragraph, _tag("pPr"))
        ET.SubElement(properties, _tag("pStyle"), {_tag("val"): style})
        _run(paragraph, text, "t")

    def tracked(self, change: Change) -> None:
        """A change's text; its line breaks are breaks inside one paragraph, so that accepting and rejecting is exact."""
        paragraph = ET.SubElement(self._body, _tag("p"))
        ops: Iterable[tuple[str, str]] = change.ops or (("=", change.text_after or change.text_before),)
        for sign, text in ops:
            if sign == "=":
                _run(paragraph, text, "t")
                continue
            self._count += 1
            marked = ET.SubElement(
                paragraph,
                _tag("ins" if sign == "+" else "del"),
                {_tag("id"): str(self._count), _tag("author"): self._author, _tag("date"): self._at},
            )
            _run(marked, text, "t" if sign == "+" else "delText")

    def written(self) -> bytes:
        ET.register_namespace("w", _W)
        data: bytes = ET.tostring(self._root, encoding="UTF-8", xml_declaration=True)
        return data


def _run(parent: ET.Element, text: str, kind: str) -> None:
    run = ET.SubElement(parent, _tag("r"))
    for number, line in enumerate(_ILLEGAL.sub("", text).split("\n")):
        if number:
            ET.SubElement(run, _tag("br"))
        if line:
            element = ET.SubElement(run, _tag(kind), {f"{{{_XML}}}space": "preserve"})
            element.text = line


def _tag(name: str) -> str:
    return f"{{{_W}}}{name}"
