"""Is this answer the page? What an address of the open web has to show: a whole transfer, a page or a PDF by its bytes, words of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from archive.errors import Refused
from crawlers.visit import Answer, Visit
from crawlers.walls import by_status, named, refusal

HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
PDF_TYPE = "application/pdf"

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]+)", re.I)
# As browsers read the names: the older Chinese sets as GB18030, Shift_JIS with the characters that Windows added.
_READ_AS = {"gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "x-sjis": "cp932"}
_UNPRINTED = re.compile(r"<(script|style|head|noscript|template)\b.*?</\1\s*>", re.S | re.I)
_FRAME = re.compile(r"<(nav|header|footer|aside)\b.*?</\1\s*>", re.S | re.I)
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title\s*>", re.S | re.I)
# How sites name the page that stands for one that is not there, when they answer 200 with it.
_NOT_THERE = re.compile(
    r"\b404\b|not found|no longer (?:exists|available)|ページが見つかりません|お探しのページ|页面不存在|找不到(?:该|您)?.{0,6}页|nicht gefunden|introuvable",
    re.I,
)
_WAIT = "Wait for the next run"
_HOPS = 5

Found = TypeVar("Found")


def moved(answer: Answer, official: Callable[[str], str]) -> str | None:
    """The address that a redirection within one site leads to; None for any other answer."""
    if answer.status not in (301, 302, 303, 307, 308) or "location" not in answer.headers:
        return None
    place = official(urljoin(answer.url, answer.headers["location"]))
    return place if place != answer.url and _site(place) == _site(answer.url) else None


async def followed(
    visit: Visit, url: str, accept: Callable[[Answer], Found | str], *, etag: str = "", modified: str = ""
) -> Found:
    """What ``accept`` makes of the answer at the end of the redirections, each of which it gives as the next address. Raises ``Refused`` and
    ``Unchanged``."""
    place = url
    for _ in range(_HOPS):
        found = await visit.fetch(place, accept, etag=etag, modified=modified)
        if not isinstance(found, str):
            return found
        place = found
    raise Refused(
        "RedirectedAway",
        "RedirectedAway: the host sends us on and on",
        thing=url,
        mend="Look whether the page has moved",
    )


def whole(answer: Answer, expected: str) -> None:
    """Refuses an answer that broke off, has a status other than 200, or is empty. Raises ``Refused``."""
    if answer.cut:
        raise refusal(answer, "Truncated", f"{expected} broke off: {answer.cut}", _WAIT)
    if answer.status != 200:
        raise by_status(answer, expected=expected)
    if not answer.body.strip():
        raise refusal(answer, "EmptyDocument", f"nothing came instead of {expected}", _WAIT)


def whole_pdf(answer: Answer, expected: str) -> None:
    """Refuses a PDF without its first or its last line. Raises ``Refused``."""
    if not answer.body.startswith(b"%PDF-") or b"%%EOF" not in answer.body[-2048:]:
        raise refusal(answer, "Truncated", f"{expected} is no whole PDF", _WAIT)


def markup_of(answer: Answer, *, forced: str = "") -> str:
    """The characters of a page by its header, then its declaration; ``forced`` goes before both, for a host that declares what
    is not so. Raises ``Refused``."""
    declared = _CHARSET.search(answer.body[:4096])
    charset = forced or answer.charset or (declared[1].decode("ascii") if declared else "utf-8")
    try:
        return answer.body.decode(_READ_AS.get(charset.lower(), charset))
    except (LookupError, UnicodeDecodeError) as error:
        raise refusal(
            answer,
            "UnexpectedContentType",
            f"the page is not in the characters that it says ({error})",
            _WAIT,
        ) from None


def words_of(markup: str) -> str:
    """What a page prints, without white space that says nothing and in one case: for finding words in it."""
    return plain(html.unescape(re.sub(r"<[^>]*>", " ", _UNPRINTED.sub(" ", markup))))


def content_words(markup: str) -> str:
    """What a page prints outside the frame that all pages of the site have, as its markup tells it."""
    return words_of(_FRAME.sub(" ", markup))


def says_not_there(markup: str) -> bool:
    """Whether a page is titled as sites title the page for what they do not have."""
    title = _TITLE.search(markup)
    return title is not None and _NOT_THERE.search(html.unescape(title[1])) is not None


def refuse_other(answer: Answer, expected: str) -> None:
    """Refuses what is neither a page nor a PDF. Raises ``Refused``."""
    if answer.media_type not in HTML_TYPES | {PDF_TYPE, "text/plain"}:
        raise named(answer, expected=expected, found=f"a body of type {answer.media_type or 'unknown'}")


def plain(words: str) -> str:
    """Words for comparing."""
    return " ".join(words.split()).casefold()


def _site(url: str) -> str:
    host = urlsplit(url).hostname or ""
    return f"{urlsplit(url).scheme}://{host.removeprefix('www.')}"
