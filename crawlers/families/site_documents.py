"""One document of a publisher's site: asked for where it stands, compared with what is held, and followed when it moves or goes."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from archive.errors import Refused
from archive.records import Capture
from crawlers.families.page_answers import (
    PDF_TYPE,
    content_words,
    followed,
    markup_of,
    moved,
    refuse_other,
    says_not_there,
    whole,
    whole_pdf,
    words_of,
)
from crawlers.families.site_lists import Item
from crawlers.families.site_memory import Known, Memory, name_of
from crawlers.families.withdrawals import ASKED_BEFORE_GONE, says_gone, withdrawal
from crawlers.visit import Answer, Unchanged, Visit
from crawlers.walls import named, refusal

_FEW_WORDS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is known of a site: the words that each of its pages shows (``landmark``, any of them), which addresses are documents of it
    (``documents``, searched in the official address), and the character set of a host that declares another (``forced``). ``always`` are the
    addresses of documents that are taken under whatever words they are listed, ``posted`` those of lists that are asked for by a form; ``has_shells``
    says that some of what is listed is only a frame for a script (facts 8.4): such a page is a gap in three crawls and then left aside."""

    source: str
    landmark: re.Pattern[str]
    documents: re.Pattern[str]
    forced: str = ""
    always: re.Pattern[str] | None = None
    posted: re.Pattern[str] | None = None
    has_shells: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A document's answer: where it stands in the end, and the words that count as its text."""

    answer: Answer
    text: bytes


async def document(
    visit: Visit, site: Site, memory: Memory, name: str, item: Item, *, listed: bool = True
) -> Capture | None:
    """A document if it is new or not as it is held; of one that is not ``listed`` any more also the answer that it is gone for good. Raises
    ``Refused``."""
    if name not in memory.documents and (earlier := memory.doubtful.get(item.url)):
        name = earlier if await _has_left(visit, site, memory, earlier, item) else name
    known, held = memory.documents.get(name, Known()), visit.state.documents.get(name)
    same = held is not None and known.sha256 == held.sha256 and known.url == item.url
    last_call = not listed and (known.gone or known.absent + 1 >= ASKED_BEFORE_GONE)
    try:
        found = await _fetched(visit, site, item.url, known if same else Known(), gone=last_call)
    except Unchanged:
        visit.unchanged()
        memory.keep(name, known, item)
        return None
    except Refused as refused:
        memory.awaits(name, item)
        known = memory.documents.get(name, known)
        if memory.missed(name, refused.kind, known, item):
            visit.remark(
                f"{item.url} is not there ({refused.kind}); it is asked twice more before it counts as gone"
            )
            return None
        if site.has_shells and refused.kind == "EmptyDocument" and memory.is_shell(name, known, item):
            visit.remark(f"{item.url} is listed and has no text: {refused.line()}")
            return None
        raise
    if says_gone(found.answer):
        if memory.withdraw(name, found.answer.body):
            return withdrawal(visit, site.source, name, found.answer)
        visit.unchanged()
        return None
    answer, digest = found.answer, hashlib.sha256(found.text).hexdigest()
    if not known.sha256 and (twin := memory.twin(digest, besides=name)):
        if not memory.whole:
            visit.remark(
                f"{item.url} has the words of {twin}: whether that moved is told when all lists can be read"
            )
            return None
        name, known = twin, memory.documents[twin]
        held = visit.state.documents.get(name)
    moved_from = known.at if known.at and known.at != answer.url else ""
    stays = held is not None and known.text == digest and not moved_from
    memory.keep(
        name,
        Known(
            at=answer.url,
            sha256=held.sha256 if stays and held else hashlib.sha256(answer.body).hexdigest(),
            text=digest,
            etag=answer.headers.get("etag", ""),
            modified=answer.headers.get("last-modified", ""),
            asked=known.asked,
        ),
        item,
    )
    if stays:
        visit.unchanged()
        return None
    appeared = held is None and item.url in memory.appeared
    return _capture(visit, site, name, item, answer, moved_from, appeared=appeared)


async def _has_left(visit: Visit, site: Site, memory: Memory, name: str, item: Item) -> bool:
    """Whether a document stands no more where it stood, or that address leads to the item's. Raises ``Refused``."""
    known = memory.documents[name]
    try:
        found = await _fetched(visit, site, known.url, known, gone=True)
    except Unchanged:
        return False
    except Refused:
        memory.undecided.add(known.url)
        raise
    return says_gone(found.answer) or found.answer.url == item.url


def charset(answer: Answer, site: Site) -> str:
    """The character set that goes before what an answer declares, "" for none: the site's, or UTF-8 where the bytes are that and no plain ASCII,
    since a text of some length in another set never is."""
    if site.forced or answer.body.isascii():
        return site.forced
    try:
        answer.body.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "utf-8"


def _capture(
    visit: Visit,
    site: Site,
    name: str,
    item: Item,
    answer: Answer,
    moved_from: str,
    *,
    appeared: bool,
) -> Capture:
    meta: dict[str, Any] = {"first_url": f"https://{name}"} if name != name_of(answer.url) else {}
    meta |= {"moved_from": moved_from} if moved_from else {}
    meta |= {"appeared": True} if appeared else {}
    meta |= {"listed_as": item.title} if item.title else {}
    meta |= {"listed_on": item.day.isoformat()} if item.day else {}
    return answer.captured(
        source=site.source,
        document=name,
        as_of=visit.today,
        meta=meta,
    )


async def _fetched(visit: Visit, site: Site, url: str, known: Known, *, gone: bool) -> _Found:
    accept = partial(_accept, visit=visit, site=site, gone=gone)
    answer = await followed(visit, url, accept, etag=known.etag, modified=known.modified)
    if answer.media_type == PDF_TYPE or says_gone(answer):
        return _Found(answer=answer, text=answer.body)
    return _Found(answer=answer, text=content_words(markup_of(answer, forced=charset(answer, site))).encode())


def _accept(answer: Answer, visit: Visit, site: Site, *, gone: bool) -> Answer | str:
    """A page that shows the site's words and has content, or a whole PDF; with ``gone`` also the plain answer that there is none."""
    expected = f"a page of {site.source}"
    if gone and says_gone(answer):
        return answer
    if not answer.cut and (place := moved(answer, visit.official)):
        return place
    whole(answer, expected)
    refuse_other(answer, expected)
    if answer.media_type == PDF_TYPE:
        whole_pdf(answer, expected)
        return answer
    markup = markup_of(answer, forced=charset(answer, site))
    if not site.landmark.search(words_of(markup)):
        raise named(
            answer, expected=expected, found="a page without the words that each page of the site has"
        )
    if says_not_there(markup):
        raise refusal(
            answer,
            "EmptyDocument",
            f"the site says of {answer.url} that it is not there",
            "Wait for the next run; if it lasts, the page has moved",
        )
    if len(content_words(markup)) < _FEW_WORDS:
        raise refusal(
            answer,
            "EmptyDocument",
            f"{expected} has no text",
            "Wait for the next run; the page may be filled by a script",
        )
    return answer
