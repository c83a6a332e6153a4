"""GOV.UK: the record of a page from its content API (JSON), or the page itself (HTML)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from lxml import etree

from archive.errors import UnreadableDocument
from archive.records import Expression, Fact, Reading
from normalize.audit import Account, settle, source_text
from normalize.charsets import decode
from normalize.draft import Draft, address, freeze
from normalize.eids import slug
from normalize.eu_content import discard_outside
from normalize.html import body_of, classes, parse_html
from normalize.profile import Hints, Profile
from normalize.uk_govspeak import Govspeak

_DEPTH = 60
_PATH = re.compile(r"(?:https?://www\.gov\.uk)?(?:/api/content)?(/[^?#\s]+)")
_BODIES = frozenset({"body", "introduction", "headnote", "summary"})
_TEXTS = frozenset({"title", "description", "explanation", "note", "name", "content"})
_LISTS = frozenset(
    {
        "change_history",
        "attachments",
        "parts",
        "collection_groups",
        "documents",
        "headers",
        "emphasised_organisations",
        "national_applicability",
    }
)


def read_govuk(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """A page of GOV.UK. Raises ``UnreadableDocument``."""
    account = Account(profile.discard_names)
    start = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"{", b"[")):
        return _read_record(body, hints, profile, account)
    return _read_page(body, hints, profile, account)


# ── the content API ────────────────────────────────────────────────────────────────────────────────


def _read_record(body: bytes, hints: Hints, profile: Profile, account: Account) -> Reading:
    if len(body) > profile.size_limit:
        raise UnreadableDocument(
            f"the record has {len(body):,} bytes, more than the {profile.size_limit:,} that any real one has",
            thing=hints.thing,
            mend="Look at where it came from",
        )
    text = decode(body, thing=hints.thing, media_type=hints.media_type).text
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(
            f"the record is not JSON, or not all of it: {error}", thing=hints.thing, mend="Fetch it again"
        ) from None
    if not isinstance(record, dict) or not isinstance(record.get("details"), dict) or not record.get("title"):
        raise UnreadableDocument(
            "the record has no title or no details, so it is no page of the content API",
            thing=hints.thing,
            mend="Ask https://www.gov.uk/api/content/ for the path of the page",
        )
    root = Draft(segment="page", unit="page", absolute=True, transparent=True, heading=str(record["title"]))
    root.text = str(record.get("description") or "")
    notice = record.get("withdrawn_notice") or {}
    if isinstance(notice, dict) and notice.get("explanation"):
        _hypertext(
            root.add(Draft(segment="withdrawn", unit="note", quiet=True)),
            str(notice["explanation"]),
            hints,
            account,
        )
    for name, value in record["details"].items():
        _field(root, name, value, hints, account, f"details.{name}")
    for name, value in record.items():
        if name not in ("title", "description", "details", "withdrawn_notice"):
            said = " ".join(_scalars(value))
            if said.strip():
                account.discard("links" if name == "links" else "index-field", name, said)
    if notice and isinstance(notice, dict):
        rest = " ".join(str(value) for key, value in notice.items() if key != "explanation" and value)
        if rest:
            account.discard("index-field", "withdrawn_notice", rest)
    if not any(draft.text for draft in root.walk() if draft is not root):
        if not any(True for child in root.children):
            account.remark("details", "the page has no text of its own: only a title and a description")
        if not root.text:
            raise UnreadableDocument(
                "the page has a title and no text",
                thing=hints.thing,
                mend="Fetch it again: an empty page is none",
            )
    path = str(record.get("base_path") or "") or _path(hints)
    return _reading(
        root,
        path,
        str(record["title"]),
        _facts(record),
        str(record.get("locale") or "en"),
        hints,
        profile,
        account,
    )


def _field(own: Draft, name: str, value: object, hints: Hints, account: Account, place: str) -> None:
    """One field of ``details``: hypertext, a list of records, or data that steers the site."""
    if isinstance(value, str) and (name in _BODIES or "<" in value):
        _hypertext(own, value, hints, account)
    elif name in _BODIES and isinstance(value, list):
        # A body may come in several renderings of the same text; the HTML is read.
        for one in value:
            if isinstance(one, dict) and one.get("content_type") == "text/html":
                _hypertext(own, str(one.get("content") or ""), hints, account)
            elif said := " ".join(_scalars(one)).strip():
                account.discard("index-field", place, said)
    elif name in _LISTS and isinstance(value, list):
        holder = own.add(Draft(segment=slug(name) or name, unit="list", absolute=True, quiet=True))
        for one in value:
            _row(holder, name, one, hints, account, place)
        if not holder.children:
            own.children.remove(holder)
    elif said := " ".join(_scalars(value)).strip():
        account.discard("index-field", place, said)


def _row(holder: Draft, name: str, value: object, hints: Hints, account: Account, place: str) -> None:
    if isinstance(value, str):
        made = holder.add(Draft(segment="row", unit="row", quiet=True))
        if "<" in value:
            _hypertext(made, value, hints, account)
        else:
            made.text = value
        return
    if not isinstance(value, dict):
        return
    if name == "headers":
        if said := " ".join(_scalars(value)).strip():
            account.discard("index-field", place, said)
        return
    title = str(value.get("title") or value.get("note") or "")
    made = holder.add(
        Draft(
            segment=slug(title, words=8) or "row",
            unit="citation" if name == "change_history" else "row",
            quiet=True,
        )
    )
    for key, item in value.items():
        if key in ("title", "note") and isinstance(item, str):
            made.text = f"{made.text}\n{item}".strip()
        elif key in _BODIES or (key in _TEXTS and isinstance(item, str)):
            _field(made, "body", item, hints, account, f"{place}.{key}")
        elif said := " ".join(_scalars(item)).strip():
            account.discard("index-field", f"{place}.{key}", said)


def _hypertext(own: Draft, text: str, hints: Hints, account: Account) -> None:
    if not text.strip():
        return
    if "<" not in text:
        own.text = f"{own.text}\n{text.strip()}".strip()
        return
    page = parse_html(
        f"<html><body>{text}</body></html>".encode(), thing=hints.thing, media_type="text/html; charset=utf-8"
    )
    for note in page.mended:
        account.remark(own.segment, note)
    _read_body(body_of(page.root), own, account)


def _read_body(body: etree._Element, own: Draft, account: Account) -> None:
    since = account.since()
    before = {id(draft): draft.text for draft in own.walk()}
    printed = source_text(body)
    holder = own
    Govspeak(account, holder).read(body)
    texts = [
        part
        for draft in own.walk()
        for part in (
            (draft.num, draft.heading, draft.text)
            if id(draft) not in before
            else (draft.text.removeprefix(before[id(draft)]),)
        )
    ]
    settle(body, printed, texts, account, since)


def _facts(record: dict[str, Any]) -> tuple[Fact, ...]:
    found: list[Fact] = []
    if moment := str(record.get("public_updated_at") or record.get("first_published_at") or ""):
        found.append(Fact(name="published", value=_day(moment), words=moment))
    for name, fact in (("document_type", "type"), ("content_id", "number"), ("base_path", "url")):
        if value := record.get(name):
            found.append(Fact(name=fact, value=str(value)))
    notice = record.get("withdrawn_notice")
    if isinstance(notice, dict) and notice.get("withdrawn_at"):
        found.append(Fact(name="expires", value=_day(str(notice["withdrawn_at"])), words="withdrawn"))
    return tuple(fact for fact in found if fact.value)


def _day(moment: str) -> str:
    try:
        return datetime.fromisoformat(moment.replace("Z", "+00:00")).date().isoformat()
    except ValueError:
        return ""


def _scalars(value: object) -> Iterator[str]:
    """The words and numbers in a value, without recursion."""
    stack = [value]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            stack.extend(reversed(list(one.values())))
        elif isinstance(one, list):
            stack.extend(reversed(one))
        elif one is not None:
            yield str(one)


# ── the page ───────────────────────────────────────────────────────────────────────────────────────


def _read_page(body: bytes, hints: Hints, profile: Profile, account: Account) -> Reading:
    page = parse_html(body, thing=hints.thing, media_type=hints.media_type, size_limit=profile.size_limit)
    for note in page.mended:
        account.remark("/html", note)
    whole = body_of(page.root)
    held = _content(whole)
    discard_outside(whole, held, account)
    root = Draft(segment="page", unit="page", absolute=True, transparent=True)
    _read_body(held, root, account)
    if not any(draft.text for draft in root.walk()):
        raise UnreadableDocument(
            "the page has no text", thing=hints.thing, mend="Fetch it again: an empty page is none"
        )
    title = re.sub(r"\s*-\s*GOV\.UK$", "", page.title)
    return _reading(root, _path(hints), title or hints.thing, (), "en", hints, profile, account)


def _content(body: etree._Element) -> etree._Element:
    """What the page is for: ``main`` of the site, or the body of a page that has no frame."""
    for element in body.iter("main"):
        return element
    for element in body.iter("div"):
        if classes(element) & {"govspeak", "gem-c-govspeak"} or element.get("id") == "content":
            return element
    return body


def _path(hints: Hints) -> str:
    for said in (hints.url, hints.document):
        if found := _PATH.search(said):
            return found.group(1)
    raise UnreadableDocument(
        "nothing says which page this is",
        thing=hints.thing,
        mend="Name the document by its path on www.gov.uk",
    )


def _reading(
    root: Draft,
    path: str,
    title: str,
    facts: tuple[Fact, ...],
    language: str,
    hints: Hints,
    profile: Profile,
    account: Account,
) -> Reading:
    address([root], account)
    published = next((date.fromisoformat(fact.value) for fact in facts if fact.name == "published"), None)
    expression = Expression(
        work=f"uk/gov/{path.strip('/')}",
        as_of=hints.as_of,
        recipe=profile.recipe,
        title=title,
        language=language,
        kind="document",
        provisions=freeze([root]),
        facts=facts,
        published=published,
    )
    return Reading(
        expressions=(expression,),
        leftovers=account.leftovers,
        discards=account.discards,
        remarks=account.remarks,
    )
