"""Web pages from outside as a tree: decoded under suspicion, parsed by lxml, by BeautifulSoup where tags do not match.

What is refused, always as ``UnreadableDocument`` with the mend: an empty body, something that is no markup, bytes that belie
their declared character set, more bytes than any real page has, entity declarations, and nesting deeper than any page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from archive.errors import UnreadableDocument
from normalize.charsets import decode
from normalize.inline import tag_of
from normalize.profile import MIB

SIZE_LIMIT = 48 * MIB
DEPTH_LIMIT = 200
_DEEPER = "boolean(" + "/".join(["*"] * DEPTH_LIMIT) + ")"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_XML_START = re.compile(r"\s*<\?xml\b[^>]*\?>")
# A page becomes provisions of about a kilobyte each; the 300 pages of the dual-use list have some 60,000 tags.
_MARKUP_LIMIT = 250_000
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SOUP_LIMIT = 100_000
# A tag as it is written, its quoted values whole; no part of it is looked at twice, so a page cannot make this slow.
_TAG = re.compile(r"""<[A-Za-z](?:[^<>"']++|"[^"]*+"|'[^']*+')*+>?""")
# libxml2 compares each attribute of an HTML tag with all before it: 100,000 of them take a minute. The longest tag of a real page has some 40.
_ATTRIBUTES_LIMIT = 1_000
_SHORT_TAG = 2 * _ATTRIBUTES_LIMIT
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
#: Elements whose text a browser does not print.
UNPRINTED = frozenset({"script", "style", "noscript", "template", "head", "title", "svg", "math-annotation"})
_WRAPPED = {
    b"\x1f\x8b": "gzip-compressed",
    b"PK\x03\x04": "a zip archive",
    b"%PDF": "a PDF",
    b"\x28\xb5\x2f\xfd": "zstd-compressed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedHtml:
    """The root of a page, its elements without namespaces and in lower case; what had to be mended; its ``<title>``."""

    root: etree._Element
    mended: tuple[str, ...] = ()
    title: str = ""


def parse_html(body: bytes, *, thing: str, media_type: str = "", size_limit: int = SIZE_LIMIT) -> ParsedHtml:
    """The tree of a page; ``thing`` names it in errors, ``media_type`` is the header it came with (its charset counts).

    Comments, processing instructions, scripts and style sheets are left out: a browser prints nothing of them. Raises
    ``UnreadableDocument``.
    """
    _check_bytes(body, thing, size_limit)
    decoded = decode(body, thing=thing, media_type=media_type)
    text, mended = decoded.text, list(decoded.remarks)
    if "<!ENTITY" in text:
        raise UnreadableDocument(
            "the page declares entities, which can be made to grow without end or to read files",
            thing=thing,
            place=f"character {text.index('<!ENTITY'):,}",
            mend="No publisher of law needs them: look at where it came from",
        )
    check_tags(text, thing)
    root = _as_xml(text) if _XML_START.match(text) else None
    if root is None:
        root = _as_html(text, thing, mended)
    if root is None or len(root) == 0:
        raise UnreadableDocument(
            "the page has no element", thing=thing, mend="Check the URL: plain text is no page"
        )
    if root.xpath(_DEEPER):
        raise UnreadableDocument(
            f"the page is nested more than {DEPTH_LIMIT} elements deep",
            thing=thing,
            mend="Look at where it came from: no page is",
        )
    # Control characters come as they are, or as character references.
    may_hold = "&#" in text or _CONTROL.search(text) is not None
    if may_hold and (controls := sum(_without_controls(element) for element in root.iter())):
        mended.append(f"{controls} texts have control characters, which print nothing; they are left out")
    named = root.find(".//title")
    title = " ".join(all_text(named).split()) if named is not None else ""
    for element in list(
        root.iter(*(UNPRINTED - {"head", "title"}), etree.Comment, etree.ProcessingInstruction)
    ):
        take_out(element)
    return ParsedHtml(root=root, mended=tuple(mended), title=title)


def check_tags(text: str, thing: str) -> None:
    """Refuses a tag with more attributes than any real one. A tag that is not closed before the next one counts as far as it goes. Raises
    ``UnreadableDocument``."""
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() > _SHORT_TAG and len(_QUOTED.sub(" ", tag[0]).split()) > _ATTRIBUTES_LIMIT:
            raise UnreadableDocument(
                f"a tag has more than {_ATTRIBUTES_LIMIT:,} attributes",
                thing=thing,
                place=f"character {tag.start():,}",
                mend="Look at where it came from: no page has such a tag",
            )


def take_out(element: etree._Element) -> None:
    """Removes ``element`` from its tree; what follows it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        previous = element.getprevious()
        if previous is not None:
            previous.tail = (previous.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def classes(element: etree._Element) -> frozenset[str]:
    """The class names of an element."""
    return frozenset((element.get("class") or "").split())


def all_text(element: etree._Element, joint: str = "") -> str:
    """Every run of text under ``element``, joined by ``joint``."""
    return joint.join(str(run) for run in element.itertext())


def body_of(root: etree._Element) -> etree._Element:
    """The ``body`` of a page, or its root where it is only a piece of one."""
    found = root.find("body")
    return found if found is not None else root


def _without_controls(element: etree._Element) -> bool:
    """Takes characters that no XML can hold out of the texts of ``element``, and out of its attributes; whether its texts had any."""
    text, tail = element.text or "", element.tail or ""
    found = bool(_CONTROL.search(text) or _CONTROL.search(tail))
    if tag_of(element):
        for name, value in element.attrib.items():
            if _CONTROL.search(str(value)):
                element.set(name, _CONTROL.sub("", str(value)))
    if found and tag_of(element):
        element.text = _CONTROL.sub(_blank, text) or None
    if found:
        element.tail = _CONTROL.sub(_blank, tail) or None
    return found


def _blank(control: re.Match[str]) -> str:
    """A form feed is white space, the rest is nothing."""
    return " " if control.group() in "\x0b\x0c" else ""


def _as_xml(text: str) -> etree._Element | None:
    """The tree of well-formed XHTML without its namespace, None where it is not well formed."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(_XML_START.sub("", text, count=1).encode(), parser)
    except etree.XMLSyntaxError:
        return None
    for element in root.iter(etree.Element):
        if element.tag.startswith(_XHTML):
            element.tag = element.tag[len(_XHTML) :]
    etree.cleanup_namespaces(root)
    return root


def _as_html(text: str, thing: str, mended: list[str]) -> etree._Element | None:
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=False, no_network=True, remove_comments=True, remove_pis=True
    )
    text = _XML_START.sub("", text, count=1)
    try:
        root: etree._Element | None = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument(
            f"the page cannot be parsed: {error.msg}", thing=thing, mend="Fetch it again"
        ) from None
    wrong = [
        error
        for error in parser.error_log
        if error.type_name in ("ERR_TAG_NAME_MISMATCH", "ERR_TAG_NOT_FINISHED")
    ]
    for said in parser.error_log:
        if "depth" in said.message.lower() or "huge" in said.message.lower():
            raise UnreadableDocument(
                f"the page is nested deeper, or has longer texts, than any page: {said.message}",
                thing=thing,
                place=f"line {said.line}",
                mend="Look at where it came from",
            )
    if not wrong or root is None:
        return root
    mended.append(
        f"{len(wrong)} tags do not match, the first at line {wrong[0].line}: {wrong[0].message.strip()};"
        " they are closed as a browser does"
    )
    if root.xpath(_DEEPER) or text.count("<") > _SOUP_LIMIT:
        return root  # BeautifulSoup recurses, and takes a kilobyte for each tag; lxml has mended it already
    from bs4 import BeautifulSoup  # two libraries that few pages need, and none of what is no page
    from lxml.html import soupparser

    try:
        found = [one for one in soupparser.convert_tree(BeautifulSoup(text, "lxml")) if tag_of(one)]
    except ValueError:
        return root  # a name that no tree can hold, such as <p<span>; lxml has mended it by itself
    return found[0] if len(found) == 1 else root


def _check_bytes(body: bytes, thing: str, size_limit: int) -> None:
    if not body.strip():
        raise UnreadableDocument(
            "the page is empty", thing=thing, mend="Fetch it again: an empty answer is no document"
        )
    if len(body) > size_limit:
        raise UnreadableDocument(
            f"the page has {len(body):,} bytes, more than the {size_limit:,} that any real one has",
            thing=thing,
            mend="Fetch it in parts, or raise size_limit in the profile of the source",
        )
    for magic, what in _WRAPPED.items():
        if body.startswith(magic):
            raise UnreadableDocument(
                f"the document is {what}, not a page", thing=thing, mend="Unpack it first"
            )
    if (marks := body.count(b"<") - body.count(b"</")) > _MARKUP_LIMIT:
        raise UnreadableDocument(
            f"the page has {marks:,} tags, more than the {_MARKUP_LIMIT:,} that are read at once",
            thing=thing,
            mend="Fetch it in parts",
        )
    if not marks and not body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableDocument(
            "the document has no markup", thing=thing, mend="Check the URL: plain text is no page"
        )
