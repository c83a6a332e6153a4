"""Whatever names and texts hold, on every page of ours they are only text; in every language; and every page is found in the code."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import html5lib
import httpx
import pytest
from datasette.app import Datasette

from alerts.catalogues import said
from alerts.language import LANGUAGES, texts
from archive import clock
from archive.errors import BadInput
from archive.store import Archive
from tests.tocsin.web.browser import PROXY_SECRET, Browser, environment, served
from tests.tocsin.web.everything import BIDI, EVE, FORMS_AND_FILES, WORSE, Everything, built, pages_of, routes
from tests.tocsin.web.site import CHIPS
from tocsin.review.decisions import comment
from tocsin.review.roles import Actor
from tocsin.web import links

NOW = "2031-02-10T09:00:00Z"
LARGEST = 300_000
ACTIVE = (
    "script",
    "iframe",
    "object",
    "embed",
    "svg",
    "img",
    "b",
    "i",
    "style",
    "base",
    "math",
    "template",
    "noscript",
)
QUERY = ("since", "until", "q", "work", "below", "code", "country", "group", "technology", "on", "known", "page", "from", "to", "view",
         "jurisdiction", "source", "kind", "transition", "state", "watch", "show", "version", "back", "said", "sort", "subject", "person",
         "language", "next", "all", "standing")  # fmt: skip


@pytest.fixture(scope="module")
def patched() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment().items():
            patch.setenv(name, value)
        patch.setenv("TOCSIN_NOW", NOW)
        yield patch


@pytest.fixture(scope="module")
def everything(patched: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Everything:
    return built(tmp_path_factory.mktemp("everything") / "tocsin")


@pytest.fixture(scope="module")
def datasette(everything: Everything) -> Iterator[Datasette]:
    yield from served(everything.config.folder)


@pytest.fixture(scope="module")
def eve(datasette: Datasette) -> Browser:
    return Browser(datasette, X_Remote_User=EVE, X_Proxy_Secret=PROXY_SECRET)


@pytest.fixture(scope="module")
def every(everything: Everything, eve: Browser) -> dict[str, httpx.Response]:
    return {path: eve.get(path) for paths in pages_of(everything).values() for path in paths}


def elements(page: str) -> list[Any]:
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return [one for one in tree.iter() if isinstance(one.tag, str)]


def check_inert(path: str, page: str) -> None:
    for one in elements(page):
        assert one.tag not in ACTIVE, (path, one.tag)
        assert not [
            name
            for name in one.attrib
            if name.startswith("on") or name == "style" or not name.replace("-", "").isalpha()
        ], (path, one.attrib)
        for name in ("href", "src", "action", "formaction"):
            assert (one.get(name) or "/").startswith(("/", "#", "https://", "http://", "?")), (
                path,
                one.get(name),
            )
            assert not (one.get(name) or "").startswith("//"), path
    assert not set(page) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"), path


def test_every_page_of_the_code_is_looked_at(datasette: Datasette, everything: Everything) -> None:
    found = {path for path in routes() if not path.startswith(FORMS_AND_FILES)}
    looked_at = set(pages_of(everything))
    assert found - looked_at == set(), "give each new page an address in tests/tocsin/web/everything.py"
    assert looked_at - found <= {"/sql"}, "these pages are gone"


def test_nothing_that_people_or_documents_write_acts_on_a_page(every: dict[str, httpx.Response]) -> None:
    seen = 0
    for path, answer in every.items():
        assert answer.status_code in (200, 302) or path in ("/sql", "/sign-in"), (
            path,
            answer.status_code,
            answer.text[:300],
        )
        seen += "alert(1)" in answer.text
        check_inert(path, answer.text)
        assert "49" not in answer.text.partition("${7*7}")[0][-40:], path
    assert seen > 25


def test_no_page_is_larger_than_a_telephone_likes(every: dict[str, httpx.Response]) -> None:
    sizes = {path: len(answer.content) for path, answer in every.items()}
    assert max(sizes.values()) < LARGEST, max(sizes, key=lambda path: sizes[path])


def test_whatever_is_asked_of_a_page_only_answers(
    every: dict[str, httpx.Response], eve: Browser, everything: Everything
) -> None:
    """Each page with each key of a query as hostile as it gets: an answer, no failure, and nothing in it acts."""
    for pattern, paths in pages_of(everything).items():
        path = paths[0].partition("?")[0]
        for asked in (WORSE, BIDI, "9" * 40, "-1", "2026-13-45", "\x00"):
            whole = "&".join(f"{name}={quote(asked)}" for name in QUERY)
            answer = eve.get(f"{path}?{whole}")
            assert answer.status_code < 500, (pattern, asked, answer.text[:500])
            check_inert(path, answer.text)
    for name in QUERY:
        answer = eve.get(f"/search?{name}={quote(WORSE)}")
        assert answer.status_code < 500, name
        check_inert(name, answer.text)


@pytest.mark.parametrize(
    ("action", "fields"),
    [
        (
            "/do/decide",
            {
                "verdict": WORSE,
                "because": WORSE,
                "person": WORSE,
                "due": WORSE,
                "watch": WORSE,
                "corrects": WORSE,
                "mark": WORSE,
            },
        ),
        ("/do/comment", {"words": WORSE + BIDI, "quote": WORSE, "start": WORSE}),
        ("/do/assign", {"to": WORSE}),
        ("/do/mute", {"sort": WORSE, "subject": WORSE, "until": WORSE, "reason": WORSE, "person": EVE}),
        ("/do/unmute", {"number": WORSE}),
        ("/do/acknowledge", {"message": WORSE, "note": WORSE}),
        ("/do/sign", {"version": WORSE}),
        ("/do/draft", {"week": WORSE}),
        ("/do/watch", {"text": WORSE + BIDI, "since": WORSE}),
        ("/do/watch", {"text": f'[[watch]]\nname = "{BIDI}"', "do": "save"}),
    ],
)
def test_a_form_that_is_shown_again_shows_what_was_written_as_text(
    eve: Browser, everything: Everything, action: str, fields: dict[str, str]
) -> None:
    answer = eve.send(action, {"change": everything.change, "back": "//evil.example.org/\\", **fields})
    assert answer.status_code in (400, 404, 409), answer.text[:400]
    check_inert(action, answer.text)


def test_a_form_leads_nowhere_but_to_us(eve: Browser, everything: Everything) -> None:
    mark = eve.get(links.review(everything.change) + ".json").json()["mark"]
    for back in ("//evil.example.org/", "https://evil.example.org", "/\\evil", "javascript:alert(1)"):
        answer = eve.send(
            "/do/comment", {"change": everything.change, "words": "x", "mark": mark, "back": back}
        )
        assert answer.status_code == 303
        where = answer.headers["location"]
        assert where.startswith("/"), where
        assert not where.startswith(("//", "/\\")), where
        check_inert(back, eve.get(links.review(everything.change) + f"?back={quote(back)}").text)


def test_marks_that_turn_a_text_around_are_refused_where_people_write(everything: Everything) -> None:
    with Archive.open(everything.config.archive) as archive, pytest.raises(BadInput, match="not seen"):
        comment(archive, Actor(name=EVE, roles=("reviewer",)), everything.change, BIDI, at=clock.now())


def test_tables_are_there_as_csv_and_no_cell_is_a_formula(
    every: dict[str, httpx.Response], eve: Browser
) -> None:
    tables = 0
    for path, answer in every.items():
        if answer.status_code != 200 or path in ("/sql", "/sign-in") or "?" in path:
            continue
        found = eve.get((path if path != "/" else "/today") + ".csv")
        if found.status_code == 404:
            assert 'type="text/csv"' not in answer.text, path
            continue
        assert found.headers["content-type"].startswith("text/csv"), path
        assert 'type="text/csv"' in answer.text, path
        head, *rows = csv.reader(io.StringIO(found.text))
        assert head, path
        for row in rows:
            assert len(row) == len(head), path
            assert not [cell for cell in row if cell[:1] in ("=", "+", "@", "\t")], path
        tables += 1
    assert tables >= 8


def test_feeds_are_named_on_the_pages_that_have_one(every: dict[str, httpx.Response], eve: Browser) -> None:
    for path, feed in (
        ("/", "/feeds/changes.atom"),
        ("/changes", "/feeds/changes.atom"),
        ("/watch/chips?since=2031-01-01", "/feeds/watch/chips.atom"),
    ):
        assert f'type="application/atom+xml" href="{feed}"' in every[path].text, path
        assert eve.get(feed).status_code == 200


def test_law_keeps_its_language_whatever_the_reader_s_is(
    eve: Browser, every: dict[str, httpx.Response]
) -> None:
    japanese = next(path for path in every if path.startswith("/jp/law"))
    for language in ("en", "zh-Hant"):
        page = eve.get(japanese, headers={"accept-language": language}).text
        laws = [one for one in elements(page) if one.get("class") == "law"]
        assert [one.get("lang") for one in laws] == ["ja"]
    page = eve.get(f"/{CHIPS}/3A090?from=2031-01-01&to=2031-02-01", headers={"accept-language": "ja"}).text
    assert [one.get("lang") for one in elements(page) if one.get("class") == "redline"] == ["en"]


TEXTS = tuple(
    text
    for text, places in said().items()
    if isinstance(text, str)
    and "{" not in text
    and len(text) > 12
    and any(file.startswith("tocsin/web/templates") for file, _ in places)
)
"""Texts of templates that nothing else says by chance."""


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_page_speaks_the_language_of_its_reader(
    every: dict[str, httpx.Response], datasette: Datasette, language: str
) -> None:
    site, people = datasette.tocsin_site, dict(datasette.tocsin_site.config.people)
    people[EVE] = replace(people[EVE], language=language)
    datasette.tocsin_site = replace(site, config=replace(site.config, people=people))
    try:
        browser = Browser(datasette, X_Remote_User=EVE, X_Proxy_Secret=PROXY_SECRET)
        spoken = 0
        for path, english in every.items():
            answer = browser.get(path)
            assert answer.status_code == english.status_code, path
            if answer.status_code != 200:
                continue
            check_inert(path, answer.text)
            html, *_ = elements(answer.text)
            assert html.get("lang") == language, path
            assert answer.headers["content-language"] == language, path
            assert "Accept-Language" in answer.headers["vary"], path
            words = {" ".join(part.split()) for part in answer_texts(html)}
            left = {text for text in TEXTS if text in words and texts(language)(text) != text}
            assert not left, (path, left)
            spoken += sum(texts(language)(text) in words for text in TEXTS)
        assert spoken > 250, "the pages hold texts, and they are the translated ones"
    finally:
        datasette.tocsin_site = site


def answer_texts(html: Any) -> Iterator[str]:
    """The texts of a page that are no law and no words of a program: what says of itself that it is in another language is left out."""
    stack = [html]
    while stack:
        one = stack.pop()
        if not isinstance(one.tag, str) or one is not html and one.get("lang"):
            yield one.tail or ""
            continue
        yield one.text or ""
        yield one.tail or ""
        stack.extend(one)
