"""Pages and notices of the Ministry of Economy, Trade and Industry (METI): what's new, 通達, lists of law, press releases.

The pages are edited by hand in several templates, so the content is found by what encloses it, and their lists by their marks
(第１, １, （１）, ア), which the markup does not tell.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from lxml import etree

from archive.errors import UnreadableDocument
from archive.records import Expression, Fact, Reading
from normalize.audit import Account, Since, settle, source_text
from normalize.draft import Draft, freeze
from normalize.html import body_of, classes, parse_html, take_out
from normalize.inline import graphic_name, tag_of
from normalize.japan_controls import take_out_controls
from normalize.japan_identity import era_date
from normalize.japan_inline import text_of
from normalize.japan_notice import Notice
from normalize.japan_page_law import html_table
from normalize.japan_tables import table_rows
from normalize.japan_tree import settle_addresses
from normalize.pdf_reader import read_pdf
from normalize.profile import Hints, Profile

_CONTENT = (
    "__main_contents",
    "main_contents",
    "main-contents",
    "maincontents",
    "main",
    "contents",
    "content",
)
_FRAME_TAGS = frozenset({"header", "footer", "nav", "aside", "form"})
_FRAME = re.compile(
    r"(?i)(?:^|[_-])(?:header|footer|g?nav|globalnavi|navi|breadcrumbs?|topic_?path|pankuzu|side(?:bar|menu)?|search|page_?top|skip|sns|share)(?:$|[_-])"
)
# ホーム > 政策について > 安全保障貿易管理
_TRAIL = re.compile(r"(?i)(?:ホーム|トップ(?:ページ)?|home|top)\s*(?:>|＞|»|›|→)")
_TRAIL_LENGTH = 200
_NEW = re.compile(
    r"(?i)(?:i(?:con|co|mg)?[_-]?)?(?:new|update|新着|新規|更新)[_-]?\d*(?:[_-]?(?:icon|mark))?(?:\.(?:gif|png|jpe?g|svg))?!?"
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LEAVES = frozenset({"p", "li", "dt", "dd", "pre", "caption", "address", "figcaption", "summary"})
_CONTAINERS = frozenset(
    {
        "body",
        "div",
        "main",
        "section",
        "article",
        "ul",
        "ol",
        "dl",
        "center",
        "blockquote",
        "figure",
        "details",
        "table",
        "html",
    }
    | _LEAVES
    | set(_HEADINGS)
)


def read_meti(body: bytes, hints: Hints, profile: Profile) -> Reading:
    """One Expression for the page, or the notice as PDF, in ``body``. Raises ``UnreadableDocument``, also for a page without content."""
    if b"%PDF-" in body[:1024]:
        return read_pdf(body, replace(hints, meta={**hints.meta, "work": f"jp/meti/{_path(hints)}"}), profile)
    account = Account(profile.discard_names)
    parsed = parse_html(body, thing=hints.thing, media_type=hints.media_type, size_limit=profile.size_limit)
    page = body_of(parsed.root)
    for note in (*parsed.mended, *take_out_controls(page)):
        account.remark("/", note)
    printed = source_text(page)
    content = _content(page, account)
    links = _links(content)
    roots = _Page(account).read(content)
    if not any(one.text or one.heading for root in roots for one in root.walk()):
        raise UnreadableDocument(
            "the page has no content",
            thing=hints.thing,
            place="/html/body",
            mend="Look at it: it may be built by a script, or be an error page",
        )
    texts = [part for root in roots for one in root.walk() for part in (one.num, one.heading, one.text)]
    settle(page, printed, texts, account, Since(0, 0))
    settle_addresses(roots, account)
    path = _path(hints)
    press = path.startswith(("press/", "pcm/"))
    # A release bears its day at its head; a call for comments names its deadline first.
    said = era_date(printed[:4000]) if path.startswith("press/") else None
    return Reading(
        expressions=(
            Expression(
                work=f"jp/meti/{path}",
                as_of=hints.as_of,
                recipe=profile.recipe,
                title=_title(parsed.title, roots),
                language="ja",
                kind="document" if press else "consolidated",
                provisions=freeze(roots),
                facts=links,
                published=said if said and said <= hints.as_of else None,
            ),
        ),
        leftovers=account.leftovers,
        discards=account.discards,
        remarks=account.remarks,
    )


def _path(hints: Hints) -> str:
    """The page's own path, without its suffix: what the ministry calls it; with the question, where one address answers several."""
    address = urlsplit(hints.url or hints.document)
    said = re.sub(r"(?:/index)?\.[a-z]{3,5}$", "", address.path.strip("/"))
    said += f"?{address.query}" if address.query and said else ""
    path = "/".join(part for part in re.split(r"[/\s#]+", said) if part)
    if not path:
        raise UnreadableDocument(
            "nothing tells which page this is", thing=hints.thing, mend="Hand in its address or its name"
        )
    return path


def _title(said: str, roots: list[Draft]) -> str:
    heading = next((draft.heading for draft in roots if draft.heading), "")
    return heading or said


def _links(content: etree._Element) -> tuple[Fact, ...]:
    """The links of the content: a notice is often replaced by nothing but another file behind the same words."""
    facts = []
    for link in content.iter("a"):
        target = (link.get("href") or "").strip()
        if target and not target.startswith(("#", "javascript:", "mailto:")):
            words = " ".join("".join(str(run) for run in link.itertext()).split())
            facts.append(Fact(name="url", value=target, words=words))
    return tuple(dict.fromkeys(facts))


# ── the content ────────────────────────────────────────────────────────────────────────────────────


def _content(page: etree._Element, account: Account) -> etree._Element:
    """The element that holds the content; what stands around it, and frames inside it, are discarded by the rule ``site-frame``."""
    found = _found(page)
    if found is not page:
        for place in _around(page, found):
            _drop(place, account)
        for ancestor in found.iterancestors():
            words = "".join(text for text in (ancestor.text, *(one.tail for one in ancestor)) if text)
            if words.strip():
                account.discard("site-frame", ancestor, words)
            if ancestor is page:
                break
    framing = [one for one in found.iter(etree.Element) if one is not found and _is_frame(one)]
    framing += [
        one
        for one in found.iter("div", "p", "ul", "ol", "td")
        if one is not found and len(words := source_text(one).strip()) < _TRAIL_LENGTH and _TRAIL.match(words)
    ]
    for picture in list(found.iter("img")):
        if _NEW.fullmatch(graphic_name(picture)) or _NEW.fullmatch((picture.get("alt") or "").strip()):
            account.discard("new-mark", picture, f"[graphic {graphic_name(picture)}]")
            take_out(picture)
    among = set(framing)
    outermost = [one for one in framing if among.isdisjoint(one.iterancestors())]
    for one in outermost:
        _drop(one, account)
    return found


def _found(page: etree._Element) -> etree._Element:
    for name in _CONTENT:
        for one in page.iter(etree.Element):
            if one is page or _HEADINGS.get(tag_of(one)):
                continue
            named = {(one.get("id") or "").lower(), tag_of(one), *(said.lower() for said in classes(one))}
            if name in named and "".join(str(run) for run in one.itertext()).strip():
                return one
    return page


def _around(page: etree._Element, content: etree._Element) -> list[etree._Element]:
    ancestors = list(content.iterancestors())
    within = {content, *ancestors}
    enclosing = ancestors[: ancestors.index(page) + 1]
    return [child for ancestor in enclosing for child in ancestor.iterchildren() if child not in within]


def _is_frame(element: etree._Element) -> bool:
    names = [element.get("id") or "", *classes(element)]
    return tag_of(element) in _FRAME_TAGS or any(_FRAME.search(name) for name in names if name)


def _drop(element: etree._Element, account: Account) -> None:
    said = source_text(element)
    if said.strip():
        account.discard("site-frame", element, said)
    tail = element.tail
    element.clear()
    element.tail = tail


class _Page:
    """Reads the content into headings, paragraphs, lists and tables."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._notice = Notice()

    def read(self, content: etree._Element) -> list[Draft]:
        stack: list[tuple[etree._Element | None, etree._Element | str]] = [(None, content)]
        while stack:
            place, item = stack.pop()
            if isinstance(item, str):
                assert place is not None
                self._notice.line("text", item, place)
                continue
            tag = tag_of(item)
            if tag in _HEADINGS:
                self._notice.heading(text_of(item, self._account), _HEADINGS[tag], item)
            elif tag == "table" and not item.findall(".//table"):
                self._table(item)
            elif tag == "dl":
                self._notice.part()  # what it lists belongs to no item before it
                stack.extend(reversed(list(_runs(item, self._account))))
            elif not any(tag_of(child) in _CONTAINERS for child in item.iterdescendants()):
                self._notice.line("li" if tag == "li" else "paragraph", text_of(item, self._account), item)
            else:
                stack.extend(reversed(list(_runs(item, self._account))))
        return self._notice.close()

    def _table(self, element: etree._Element) -> None:
        table = Draft(segment="表", unit="table", place=element, quiet=True)
        made = html_table(element)
        caption = made.find("TableStructTitle")
        if caption is not None:
            table.heading = text_of(caption, self._account)
        for row in table_rows(made[-1], self._account):
            if row.draft.text.strip(" |") or row.draft.children:
                row.draft.quiet = True
                table.add(row.draft)
        self._notice.table(table)


def _runs(element: etree._Element, account: Account) -> list[tuple[etree._Element, etree._Element | str]]:
    """What stands in an element: its blocks, and the words between them as lines."""
    found: list[tuple[etree._Element, etree._Element | str]] = []
    loose = etree.Element("span")
    loose.text = element.text

    def close() -> None:
        if text := text_of(loose, account):
            found.append((element, text))

    for child in list(element):
        tail, child.tail = child.tail, None
        if tag_of(child) in _CONTAINERS or any(tag_of(one) in _CONTAINERS for one in child.iterdescendants()):
            close()
            loose = etree.Element("span")
            loose.text = tail
            found.append((child, child))
        else:
            loose.append(child)
            child.tail = tail
    close()
    return found
