"""Is this answer the document? Positive proof, in this order: a whole transfer, status, type, character set, root, last tag.

What each source adds (identity, counters, inventories) is in its family. Nothing here is a guess: an answer passes because it
shows what only the real document has, never for want of an error (juriscraper 1323: error pages stored as 3,200 opinions).
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Collection
from typing import Any

from lxml import etree

from archive.errors import Refused
from crawlers.visit import Answer
from crawlers.walls import by_status, named, refusal

JSON_TYPES = frozenset({"application/json", "text/json"})
XML_TYPES = frozenset({"application/xml", "text/xml"})

_AGAIN = "Wait for the next run"


def whole_text(answer: Answer, *, types: Collection[str], expected: str, charset: str = "utf-8") -> str:
    """The text of an answer that arrived whole, with the right status, type and character set. Raises ``Refused``."""
    if answer.cut:
        raise refusal(answer, "Truncated", f"{expected} broke off: {answer.cut}", _AGAIN)
    if answer.status != 200:
        raise by_status(answer, expected=expected)
    if not answer.body.strip():
        raise refusal(answer, "EmptyDocument", f"nothing came instead of {expected}", _AGAIN)
    if answer.media_type not in types:
        raise named(answer, expected=expected, found=f"a body of type {answer.media_type or 'unknown'}")
    if answer.charset and not _same_charset(answer.charset, charset):
        raise refusal(
            answer,
            "UnexpectedContentType",
            f"{expected} is declared as {answer.charset}, it is always {charset}",
            _AGAIN,
        )
    try:
        return answer.body.decode(charset)
    except UnicodeDecodeError as error:
        message = f"{expected} is not {charset} at byte {error.start:,}"
        raise refusal(answer, "UnexpectedContentType", message, _AGAIN) from None


def whole_json(answer: Answer, *, expected: str) -> Any:
    """The value of a JSON answer. Raises ``Refused``."""
    text = whole_text(answer, types=JSON_TYPES, expected=expected)
    try:
        return json.loads(text)
    except ValueError as error:
        if text.lstrip()[:1] in "{[":
            raise refusal(answer, "Truncated", f"{expected} broke off ({error})", _AGAIN) from None
        raise named(answer, expected=expected, found="text that is not JSON") from None


def whole_xml(
    answer: Answer, *, roots: Collection[str], expected: str, lenient: bool = False, local: str = ""
) -> tuple[etree._Element, str]:
    """The root of an XML answer, which must have one of these names and be closed at the end of the body; and the
    complaint of the parser, "" for well-formed XML.

    ``lenient`` recovers from malformed markup (the Federal Register ships such papers, facts 1.7), given that the transfer
    was whole and the root is closed. ``local`` allows a root of that local name in whatever namespace. Raises ``Refused``.
    """
    text = whole_text(
        answer, types=XML_TYPES | {"application/octet-stream"} if local else XML_TYPES, expected=expected
    )
    first = re.match(r"\ufeff?\s*(?:<(?:\?[^>]*|!--.*?--|![^>]*)>\s*)*<([\w:.-]+)", text, re.S)
    if first is None or (first[1] not in roots and first[1].rpartition(":")[2] != local):
        found = f"a document with root {first[1]}" if first else "text that is not XML"
        raise named(answer, expected=expected, found=found)
    if not re.search(rf"</{re.escape(first[1])}\s*>\s*(?:<!--.*?-->\s*)*\Z", text[-2000:], re.S):
        raise refusal(answer, "Truncated", f"{expected} ends without </{first[1]}>", _AGAIN)
    complaint = ""
    try:
        root = etree.fromstring(answer.body, _parser(recover=False))
    except etree.XMLSyntaxError as error:
        complaint = str(error.msg)
        if not lenient:
            raise refusal(answer, "WrongDocument", f"{expected} is malformed: {complaint}", _AGAIN) from None
        root = etree.fromstring(answer.body, _parser(recover=True))
    if root is None or (root.tag not in roots and etree.QName(root).localname != local):
        raise named(answer, expected=expected, found="XML beyond repair")
    return root, complaint


def error_of(answer: Answer) -> str | None:
    """The words of a JSON error answer (``{"error": …}``), None if it is none: how an API says that it has nothing."""
    if answer.cut or answer.status not in (400, 404) or answer.media_type not in JSON_TYPES:
        return None
    try:
        value = json.loads(answer.body)
    except ValueError:
        return None
    said = value.get("error") or value.get("message") if isinstance(value, dict) else None
    return said if isinstance(said, str) else None


def wrong(answer: Answer, message: str) -> Refused:
    """A good answer to another question: the identity of the document is not the one that was asked for."""
    return refusal(
        answer, "WrongDocument", message, "Wait for the next run; if it lasts, the source needs work"
    )


def shrunk(answer: Answer, message: str) -> Refused:
    """A document with less in it than its publisher says there is."""
    return refusal(
        answer,
        "SuspiciousShrink",
        message,
        "Wait for the next run; if it lasts, compare with the publisher's page",
    )


def _same_charset(declared: str, wanted: str) -> bool:
    try:
        return codecs.lookup(declared).name in (codecs.lookup(wanted).name, "ascii")
    except LookupError:
        return False


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=recover)
