"""Is this answer the list, the paper, the page? A site without versions or counters proves itself by what it says of each."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urljoin

from archive.errors import Refused, UnreadableDocument
from crawlers.families.page_answers import (
    PDF_TYPE,
    content_words,
    followed,
    markup_of,
    plain,
    refuse_other,
    says_not_there,
    whole,
    whole_pdf,
    words_of,
)
from crawlers.families.release_lists import Listed, listed
from crawlers.families.release_settings import ReleaseList, WatchedPage
from crawlers.visit import Answer, Visit
from crawlers.walls import SIGNS, named, refusal

_FEW = 200  # characters of content: less is the frame of a page that a script was to fill, or a soft 404
_TOLD = (
    0.6  # share of the long words of a title that its paper has, too: titles are cut and re-worded (facts 4)
)
_AGAIN = "Wait for the next run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that passed: where it stands in the end, and its words ("" of a PDF, whose words are packed)."""

    answer: Answer
    words: str


def accept_list(
    answer: Answer, what: ReleaseList, official: Callable[[str], str]
) -> tuple[Answer, tuple[Listed, ...]]:
    """A list: a page with as many papers as it always has. Raises ``Refused``."""
    expected = f"the list {what.url}"
    whole(answer, expected)
    refuse_other(answer, expected)
    markup = markup_of(answer)
    try:
        papers = listed(markup, answer.url, official, re.compile(what.links))
    except UnreadableDocument as error:
        raise named(answer, expected=expected, found=f"a page of which {error.message}") from None
    if len(papers) < what.least:
        found = f"a page that lists {len(papers)} papers instead of {what.least} or more"
        raise _instead(answer, expected, found, markup)
    return answer, papers


async def paper(visit: Visit, item: Listed | WatchedPage, *, etag: str = "", modified: str = "") -> Paper:
    """A paper or page, wherever its site sends us for it. Raises ``Refused`` and ``Unchanged``."""
    return await followed(
        visit, item.url, partial(_accept, item=item, visit=visit), etag=etag, modified=modified
    )


def _accept(answer: Answer, item: Listed | WatchedPage, visit: Visit) -> Paper | str:
    expected = f"the paper “{item.title}”" if isinstance(item, Listed) else f"the page with {item.landmark!r}"
    if answer.status in (301, 302, 303, 307, 308) and "location" in answer.headers and not answer.cut:
        place = visit.official(urljoin(answer.url, answer.headers["location"]))
        if place != answer.url and visit.knows(place):
            return place
    whole(answer, expected)
    refuse_other(answer, expected)
    if answer.media_type == PDF_TYPE:
        whole_pdf(answer, expected)
        return Paper(answer=answer, words="")
    markup = markup_of(answer)
    words = content_words(markup)
    if isinstance(item, WatchedPage):
        if plain(item.landmark) not in words_of(markup):
            raise _instead(answer, expected, "a page without these words", markup)
    elif not _is_told(item.title, words_of(markup)) or says_not_there(markup):
        raise _instead(answer, expected, "a page without the words of its title", markup)
    if len(words) < _FEW:
        raise _instead(answer, expected, f"a page with {len(words)} characters", markup)
    return Paper(answer=answer, words=words)


def _is_told(title: str, words: str) -> bool:
    wanted = {word for word in re.findall(r"\w+", plain(title)) if len(word) > 3}
    there = set(re.findall(r"\w+", words))
    return len(wanted & there) >= _TOLD * len(wanted)


def _instead(answer: Answer, expected: str, found: str, markup: str) -> Refused:
    """The refusal of a page that is another one: a wall by its name, else an empty shell or a soft 404, else a strange page."""
    if not any(wall.stands(answer) for wall in SIGNS) and (
        says_not_there(markup) or len(content_words(markup)) < _FEW
    ):
        return refusal(answer, "EmptyDocument", f"{found} came instead of {expected}", _AGAIN)
    return named(answer, expected=expected, found=found)
