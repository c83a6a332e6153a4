"""XML from outside, parsed under suspicion: nothing expanded, nothing fetched, nothing silently mended or lost.

What is refused, always as ``UnreadableDocument`` with the mend: an empty body, a page instead of a document, a body cut off
before its root closes, more bytes or markup than any real document has, bytes in another encoding than they declare, entity
declarations, and nesting deeper than any law. What is malformed but complete is mended and told (``normalize.mending``).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from lxml import etree

from archive.errors import UnreadableDocument
from normalize.mending import mend
from normalize.profile import MIB

SIZE_LIMIT = 48 * MIB
# A tree takes about 240 bytes for each tag with its text; part 744 (2.5 MB) has 90,000 marks, so this is a whole title.
MARKUP_LIMIT = 1_500_000
DEPTH_LIMIT = 100
_DEEPER = "boolean(" + "/".join(["*"] * DEPTH_LIMIT) + ")"

_PROLOG = re.compile(rb"\s*<\?xml\b[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_SINGLE_BYTE = re.compile(r"(?i)^(iso-?8859-\d+|latin-?\d|windows-125\d|cp125\d|us-ascii|ascii)$")
_FIRST_TAG = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_LAST_TAG = re.compile(
    rb"<(/?)([A-Za-z_][\w.:-]*)[^<>]*?(/?)>\s*(?:<!--.*?-->\s*|<\?.*?\?>\s*)*\Z", re.DOTALL
)
_WRAPPED = {
    b"\x1f\x8b": "gzip-compressed",
    b"PK\x03\x04": "a zip archive",
    b"%PDF": "a PDF",
    b"\x28\xb5\x2f\xfd": "zstd-compressed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedXml:
    """The root of a parsed document, and what had to be mended to get it (empty for well-formed bytes)."""

    root: etree._Element
    mended: tuple[str, ...] = ()


def parse_xml(
    body: bytes, *, thing: str, roots: Collection[str] = (), size_limit: int = SIZE_LIMIT
) -> ParsedXml:
    """Parses ``body``; ``thing`` names it in errors, ``roots`` are the root elements it may have (none: any).

    Comments and processing instructions are left out. Raises ``UnreadableDocument``.
    """
    _check_bytes(body, thing, size_limit)
    encoding = _check_encoding(body, thing)
    mended: tuple[str, ...] = ()
    try:
        root = etree.fromstring(body, _parser(encoding))
    except etree.XMLSyntaxError as error:
        _check_complete(body, thing)
        if "depth" in error.msg or "huge" in error.msg.lower():
            raise _too_deep(thing, error) from None
        mending = mend(_decoded(body, encoding, thing), depth_limit=DEPTH_LIMIT)
        mended = mending.notes
        try:
            root = etree.fromstring(mending.text.encode(), _parser("utf-8"))
        except etree.XMLSyntaxError as still:
            raise UnreadableDocument(
                f"the XML is broken: {error.msg}" if not mended else f"the XML is broken: {still.msg}",
                thing=thing,
                place=f"line {error.lineno}",
                mend="Fetch it again; if the publisher's file is broken, report it to them",
            ) from None
    _check_tree(root, thing, roots)
    return ParsedXml(root=root, mended=mended)


def _parser(encoding: str | None) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=False,
    )


def _check_bytes(body: bytes, thing: str, size_limit: int) -> None:
    if not body or body.isspace():
        raise UnreadableDocument(
            "the document is empty", thing=thing, mend="Fetch it again: an empty answer is no document"
        )
    if len(body) > size_limit:
        raise UnreadableDocument(
            f"the document has {len(body):,} bytes, more than the {size_limit:,} that any real one has",
            thing=thing,
            mend="Fetch it in parts, or raise size_limit in the profile of the source",
        )
    for magic, what in _WRAPPED.items():
        if body.startswith(magic):
            raise UnreadableDocument(f"the document is {what}, not XML", thing=thing, mend="Unpack it first")
    head = body[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise UnreadableDocument(
            "the document is a web page, not XML",
            thing=thing,
            mend="Look at it: it may be an access wall; fetch it again later",
        )
    if head.startswith((b"{", b"[")):
        raise UnreadableDocument(
            "the document is JSON, not XML", thing=thing, mend="Check the URL and the media type"
        )
    if b"<" not in head and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableDocument(
            "the document has no markup", thing=thing, mend="Check the URL: plain text is not XML"
        )
    if b"<!ENTITY" in body or (
        b"\0" in body and ("<!ENTITY".encode("utf-16-le") in body or "<!ENTITY".encode("utf-16-be") in body)
    ):
        raise UnreadableDocument(
            "the document declares entities, which can be made to grow without end or to read files",
            thing=thing,
            place=f"byte {max(body.find(b'<!ENTITY'), 0)}",
            mend="No publisher of law needs them: look at where it came from",
        )
    if (marks := body.count(b"<") + body.count(b"=")) > MARKUP_LIMIT:
        raise UnreadableDocument(
            f"the document has {marks:,} tags and attributes, more than the {MARKUP_LIMIT:,} that are read at once",
            thing=thing,
            mend="Fetch it in parts",
        )


def _check_encoding(body: bytes, thing: str) -> str | None:
    """The encoding to parse with, None to leave it to the byte order mark and the declaration. A declaration that the
    bytes belie is an error: reading on would replace characters of the law."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    found = _PROLOG.match(body[:400].lstrip(b"\xef\xbb\xbf"))
    declared = found.group(1).decode("ascii") if found else "utf-8"
    try:
        body.decode("utf-8")
        is_utf8 = True
    except UnicodeDecodeError as error:
        is_utf8 = False
        wrong = error
    if declared.lower() in ("utf-8", "utf8"):
        if not is_utf8:
            raise UnreadableDocument(
                f"the document {'declares' if found else 'is taken for'} UTF-8, but byte {wrong.start:,} is not"
                f" (0x{body[wrong.start]:02x})",
                thing=thing,
                place=f"line {_line(body, wrong.start)}",
                mend="Fetch it again, or correct the declared encoding",
            )
        return "utf-8"
    if _SINGLE_BYTE.match(declared) and is_utf8:
        if body.isascii():
            return "utf-8"
        raise UnreadableDocument(
            f"the document declares {declared}, but its bytes are UTF-8",
            thing=thing,
            place="line 1",
            mend="Correct the encoding in the XML declaration",
        )
    return None


def _line(body: bytes, offset: int) -> int:
    return body.count(b"\n", 0, offset) + 1


def _decoded(body: bytes, encoding: str | None, thing: str) -> str:
    found = _PROLOG.match(body[:400].lstrip(b"\xef\xbb\xbf"))
    name = encoding or (
        "utf-16" if body[:2] in (b"\xff\xfe", b"\xfe\xff") else found and found.group(1).decode("ascii")
    )
    try:
        return body.decode(name or "utf-8").removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError) as error:
        raise UnreadableDocument(
            f"the document cannot be decoded as {name}: {error}",
            thing=thing,
            place="line 1",
            mend="Correct the encoding in the XML declaration",
        ) from None


def _check_complete(body: bytes, thing: str) -> None:
    """A body that does not end with the end of its root was cut off in transfer: what is missing cannot be mended."""
    first = _FIRST_TAG.search(body)
    last = _LAST_TAG.search(body, max(0, len(body) - 20_000))
    if first is None:
        raise UnreadableDocument("the document has no element", thing=thing, mend="Check the URL")
    closes = last is not None and last.group(1) == b"/" and last.group(2) == first.group(1)
    single = last is not None and last.group(3) == b"/" and last.start() == first.start()
    if not (closes or single):
        name = first.group(1).decode(errors="replace")
        raise UnreadableDocument(
            f"the document ends before its root closes: </{name}> is missing, so it is cut off",
            thing=thing,
            place=f"line {_line(body, len(body))}, byte {len(body):,}",
            mend="Fetch it again: a part of a document is not published as the whole",
        )


def _too_deep(thing: str, error: etree.XMLSyntaxError) -> UnreadableDocument:
    return UnreadableDocument(
        f"the document is nested deeper, or has longer texts, than any law: {error.msg}",
        thing=thing,
        place=f"line {error.lineno}",
        mend="Look at where it came from",
    )


def _check_tree(root: etree._Element, thing: str, roots: Collection[str]) -> None:
    if roots and root.tag not in roots:
        raise UnreadableDocument(
            f"the root element is {root.tag}, not {' or '.join(sorted(roots))}",
            thing=thing,
            place=f"line {root.sourceline}",
            mend="Check that this document belongs to the source",
        )
    document_type: Any = root.getroottree().docinfo.internalDTD
    if document_type is not None and any(True for _ in document_type.iterentities()):
        raise UnreadableDocument(
            "the document declares entities", thing=thing, place="line 1", mend="Remove its DOCTYPE"
        )
    if root.xpath(_DEEPER):
        raise UnreadableDocument(
            f"the document is nested more than {DEPTH_LIMIT} elements deep",
            thing=thing,
            place=f"line {root.sourceline}",
            mend="Look at where it came from: no law is",
        )
