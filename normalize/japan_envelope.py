"""What the law API of e-Gov answers: the law as XML, as a JSON tree or as either in Base64, alone or with what is known of the revision.

``law_data`` of version 2 wraps the law in law_info, revision_info and law_full_text; version 1 in DataRoot. An answer without a law
(an error object, an empty text) is refused: such a one was once published elsewhere as the law.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from archive.errors import UnreadableDocument
from normalize.inline import tag_of
from normalize.profile import Hints, Profile
from normalize.safe_xml import DEPTH_LIMIT, parse_xml

_NODE_LIMIT = 1_500_000
_ROOTS = ("Law", "law_data_response", "DataRoot")
_NAME = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")
_REFETCH = "Fetch it again, and look at what the API says of it: an empty answer is no law"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The ``Law`` element, what the envelope says of the law and of the revision, and what had to be mended."""

    law: etree._Element
    law_info: Mapping[str, object] = field(default_factory=dict)
    revision: Mapping[str, object] = field(default_factory=dict)
    mended: tuple[str, ...] = ()


def open_answer(body: bytes, hints: Hints, profile: Profile) -> Answer:
    """The law in ``body``, whatever it is wrapped in. Raises ``UnreadableDocument``."""
    head = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if head in (b"{", b"["):
        return _from_json(body, hints, profile)
    return _from_xml(body, hints, profile)


# ── XML ────────────────────────────────────────────────────────────────────────────────────────────


def _from_xml(body: bytes, hints: Hints, profile: Profile) -> Answer:
    parsed = parse_xml(body, thing=hints.thing, roots=_ROOTS, size_limit=profile.size_limit)
    root = parsed.root
    if root.tag == "Law":
        return Answer(law=root, mended=parsed.mended)
    if root.tag == "DataRoot":
        return _version_1(root, hints, parsed.mended)
    text = root.find("law_full_text")
    law = text.find("Law") if text is not None else None
    if law is None:
        said = "" if text is None else (text.text or "").strip()
        law = _encoded(said, hints, profile)
    return Answer(
        law=law,
        law_info=_fields(root.find("law_info")),
        revision=_fields(root.find("revision_info")),
        mended=parsed.mended,
    )


def _version_1(root: etree._Element, hints: Hints, mended: tuple[str, ...]) -> Answer:
    law = root.find("ApplData/LawFullText/Law")
    code, said = root.findtext("Result/Code", ""), root.findtext("Result/Message", "").strip()
    if law is None:
        raise UnreadableDocument(
            f"the API answered code {code or 'none'} without a law{f': {said}' if said else ''}",
            thing=hints.thing,
            place="/DataRoot/Result",
            mend=_REFETCH,
        )
    return Answer(
        law=law,
        law_info={
            "law_id": root.findtext("ApplData/LawId", ""),
            "law_num": root.findtext("ApplData/LawNum", ""),
        },
        mended=mended,
    )


def _fields(element: etree._Element | None) -> dict[str, object]:
    if element is None:
        return {}
    return {tag_of(child): (child.text or "").strip() for child in element.iterchildren() if tag_of(child)}


# ── JSON ───────────────────────────────────────────────────────────────────────────────────────────


def _from_json(body: bytes, hints: Hints, profile: Profile) -> Answer:
    said = _parsed(body, hints, profile)
    if not isinstance(said, dict):
        raise UnreadableDocument("the answer is a list, not a law", thing=hints.thing, mend=_REFETCH)
    if said.get("tag") == "Law":
        return Answer(law=_tree(said, hints))
    if "law_full_text" not in said:
        message = said.get("message") or said.get("error_info")
        code = said.get("code", "")
        raise UnreadableDocument(
            f"the API answered {code} {message}"
            if message
            else f"the answer holds no law_full_text, but {', '.join(sorted(map(str, said))[:8]) or 'nothing'}",
            thing=hints.thing,
            place="/law_full_text",
            mend=_REFETCH,
        )
    full = said["law_full_text"]
    law = _tree(full, hints) if isinstance(full, dict) else _encoded(full, hints, profile)
    return Answer(
        law=law, law_info=_object(said.get("law_info")), revision=_object(said.get("revision_info"))
    )


def _parsed(body: bytes, hints: Hints, profile: Profile) -> object:
    if len(body) > profile.size_limit:
        raise UnreadableDocument(
            f"the answer has {len(body):,} bytes, more than the {profile.size_limit:,} that any law has",
            thing=hints.thing,
            mend="Look at what was fetched, or raise size_limit in the profile of the source",
        )
    try:
        return json.loads(body.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"the answer is not UTF-8 at byte {error.start:,}", thing=hints.thing, mend="Fetch it again"
        ) from None
    except RecursionError:
        raise UnreadableDocument(
            "the answer is nested deeper than any law", thing=hints.thing, mend="Look at where it came from"
        ) from None
    except ValueError as error:
        raise UnreadableDocument(
            f"the answer is not whole JSON: {error}",
            thing=hints.thing,
            mend="Fetch it again: it may be cut off",
        ) from None


def _object(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _encoded(said: object, hints: Hints, profile: Profile) -> etree._Element:
    """A text that came in Base64, as the API sends it where the two formats that were asked for differ."""
    if not isinstance(said, str) or not said.strip():
        raise UnreadableDocument(
            "law_full_text is empty", thing=hints.thing, place="/law_full_text", mend=_REFETCH
        )
    try:
        raw = base64.b64decode("".join(said.split()), validate=True)
    except (binascii.Error, ValueError):
        raise UnreadableDocument(
            "law_full_text is neither a law nor Base64",
            thing=hints.thing,
            place="/law_full_text",
            mend="Ask for XML in XML, or JSON in JSON",
        ) from None
    inner = open_answer(raw, hints, profile) if raw.strip() else None
    if inner is None or inner.law_info:
        raise UnreadableDocument(
            "law_full_text holds no law", thing=hints.thing, place="/law_full_text", mend=_REFETCH
        )
    return inner.law


def _tree(top: object, hints: Hints) -> etree._Element:
    """The JSON form ``{"tag", "attr", "children"}`` as elements; without recursion, within the limits that hold for XML."""
    if not isinstance(top, dict) or top.get("tag") != "Law":
        tag = top.get("tag") if isinstance(top, dict) else None
        raise UnreadableDocument(
            f"law_full_text is a {tag!r}, not a Law", thing=hints.thing, place="/law_full_text", mend=_REFETCH
        )
    root = _element(top, None, hints)
    stack: list[tuple[dict[str, object], etree._Element, int]] = [(top, root, 1)]
    count = 0
    while stack:
        node, element, depth = stack.pop()
        children = node.get("children", [])
        count += 1 + (len(children) if isinstance(children, list) else 0)
        if depth > DEPTH_LIMIT or count > _NODE_LIMIT:
            raise UnreadableDocument(
                "the law is nested deeper, or has more elements, than any real one",
                thing=hints.thing,
                mend="Look at where it came from",
            )
        if not isinstance(children, list):
            raise _odd(node, "its children are no list", hints)
        last: etree._Element | None = None
        for child in children:
            if isinstance(child, str):
                _append(element, last, child, node, hints)
            elif isinstance(child, dict):
                last = _element(child, element, hints)
                stack.append((child, last, depth + 1))
            elif child is not None:
                raise _odd(node, f"a child is {type(child).__name__}", hints)
    return root


def _element(node: dict[str, object], parent: etree._Element | None, hints: Hints) -> etree._Element:
    tag, attributes = node.get("tag"), node.get("attr") or {}
    if not isinstance(tag, str) or not tag or not _NAME.issuperset(tag) or tag[0].isdigit():
        raise _odd(node, f"its tag is {tag!r}", hints)
    if unknown := sorted(node.keys() - {"tag", "attr", "children"}):
        raise _odd(node, f"it has the unknown key {unknown[0]!r}", hints)
    if not isinstance(attributes, dict):
        raise _odd(node, "its attr is no object", hints)
    element = etree.Element(tag) if parent is None else etree.SubElement(parent, tag)
    for name, value in attributes.items():
        if not _NAME.issuperset(name) or not name:
            raise _odd(node, f"it has the attribute {name!r}", hints)
        if value is not None:
            try:
                element.set(name, str(value))
            except ValueError:
                raise _odd(
                    node, f"its attribute {name} has characters that XML does not allow", hints
                ) from None
    return element


def _append(
    element: etree._Element, last: etree._Element | None, text: str, node: dict[str, object], hints: Hints
) -> None:
    try:
        if last is None:
            element.text = (element.text or "") + text
        else:
            last.tail = (last.tail or "") + text
    except ValueError:
        raise _odd(node, "its text has control characters", hints) from None


def _odd(node: dict[str, object], what: str, hints: Hints) -> UnreadableDocument:
    return UnreadableDocument(
        f"the JSON form of the law is broken: {what}",
        thing=hints.thing,
        place=str(node.get("tag", ""))[:60],
        mend="Fetch it again; if the API answers so, the format has changed",
    )
