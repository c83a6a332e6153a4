"""Every page: it answers, is valid HTML that can be read without seeing it, carries no more than 300 KB, and makes nothing out of hostile names and texts."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import html5lib
import pytest

from archive import changes
from archive.events import recent
from archive.store import Archive
from tests.tocsin.web.conftest import Get
from tests.tocsin.web.site import BIG, CHIPS, FUTURE, JAPANESE, MOVED, PAPER
from tocsin.config import Config
from tocsin.web import links

LARGEST = 300_000
PAGES = (
    "/",
    "/?since=2031-02-01",
    "/works",
    "/works?kind=document",
    "/works?jurisdiction=JP",
    links.work(CHIPS),
    links.work(CHIPS, on="2031-01-05", known="2031-01-05"),
    links.work(CHIPS, on="1999-01-01"),
    links.work(BIG),
    links.work(BIG, page=3),
    links.work(JAPANESE),
    links.work(FUTURE),
    links.work(PAPER),
    links.work(CHIPS, "3A090"),
    links.work(CHIPS, "3A090.a"),
    links.work(CHIPS, "3A090.c", on="2031-01-05"),
    links.with_query(f"/{CHIPS}/3A090", {"from": "2031-01-01", "to": "2031-02-01"}),
    links.with_query(f"/{CHIPS}/3A090", {"from": "2031-01-01", "to": "2031-02-01", "view": "side"}),
    links.work(JAPANESE, "1/項2"),
    links.work(MOVED, "798.1"),
    links.work(FUTURE, "796.1"),
    links.work(BIG, "797.1"),
    "/search",
    "/search?q=" + quote("輸出"),
    "/search?q=3A090&country=Thailand&code=3A090&on=2031-02-05&standing=1",
    "/search?technology=X4",
    "/search?q=" + quote('<script>alert(1)</script>" OR NEAR('),
    "/search?q=" + quote('"'),
    "/search?country=nowhere",
    "/changes",
    "/changes?all=1&country=TH",
    "/changes?group=D:5&technology=X4&work=us/cfr",
    "/calendar",
    "/events",
    "/watches",
    "/watch/chips",
    "/watch/chips?since=2031-01-01",
    "/alerts",
    "/alerts?state=sent&watch=chips",
    "/coverage",
    "/archive",
    "/us/cfr/15/none",
    links.work(CHIPS, "9Z999<b>"),
    "/watch/none",
    "/change/0123",
    "/nothing",
    "/changes?country=nowhere",
    "/works?page=x",
    "/?since=yesterday",
    links.work(CHIPS, known="soon"),
)


@pytest.fixture(scope="module")
def every(get: Get, config: Config) -> dict[str, Any]:
    """Every page, those of each change and act among them."""
    paths = list(PAGES)
    with Archive.open(config.archive, read_only=True) as archive:
        for stored in changes.changes(archive):
            paths += [
                links.change(stored.id),
                links.change(stored.id) + "?view=side",
                links.transition(stored.transition_id),
            ]
        for row in recent(archive):
            paths += [links.event(row.id), links.event(row.id) + "/announced"]
        paths.append(links.watch(next(one.name for one in _watches(config, archive) if "/" in one.name)))
    return {path: get(path) for path in dict.fromkeys(paths)}


def _watches(config: Config, archive: Archive) -> Any:
    from tocsin.web.site import Site

    return Site(config.archive, config).watches(archive)


def elements(page: str) -> list[Any]:
    """The elements of a page in document order; raises where the page is no valid HTML."""
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return [one for one in tree.iter() if isinstance(one.tag, str)]


def test_every_page_answers(every: dict[str, Any]) -> None:
    told = {path: page.status_code for path, page in every.items()}
    missing = {
        "/us/cfr/15/none",
        links.work(CHIPS, "9Z999<b>"),
        "/watch/none",
        "/change/0123",
        "/nothing",
        links.work(CHIPS, on="1999-01-01"),
    }
    refused = {
        "/changes?country=nowhere",
        "/works?page=x",
        "/?since=yesterday",
        links.work(CHIPS, known="soon"),
        "/search?country=nowhere",
        "/search?q=" + quote('"'),
    }
    assert {path for path, status in told.items() if status == 404} == missing
    assert {path for path, status in told.items() if status == 400} == refused
    assert {status for path, status in told.items() if path not in missing | refused} == {200}


def test_every_page_is_valid_and_has_one_main_heading_and_no_level_left_out(every: dict[str, Any]) -> None:
    for path, page in every.items():
        levels = [
            int(one.tag[1]) for one in elements(page.text) if one.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
        ]
        assert levels.count(1) == 1, path
        assert levels[0] == 1, path
        assert all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False)), (
            path,
            levels,
        )


def test_every_page_can_be_used_without_seeing_it(every: dict[str, Any]) -> None:
    for path, page in every.items():
        found = elements(page.text)
        labelled = {one.get("for") for one in found if one.tag == "label"}
        inside = {control for one in found if one.tag == "label" for control in one.iter()}
        for one in found:
            if one.tag in ("input", "select", "textarea") and one.get("type") not in ("hidden", "submit"):
                assert one in inside or one.get("id") in labelled, (path, one.attrib)
            if one.tag in ("a", "button", "h1", "h2", "h3", "th", "title"):
                assert "".join(one.itertext()).strip() or one.tag == "th", (path, one.tag, one.attrib)
        ids = [one.get("id") for one in found if one.get("id")]
        assert len(ids) == len(set(ids)), path
        for one in found:
            for name in (one.get("aria-labelledby") or "").split():
                assert name in ids, (path, name)
        assert [one.get("lang") for one in found if one.tag == "html"] == ["en"]
        assert {"header", "nav", "main", "footer"} <= {one.tag for one in found}
        assert 'href="#main"' in page.text


def test_no_page_is_larger_than_a_telephone_likes(every: dict[str, Any]) -> None:
    sizes = {path: len(page.content) for path, page in every.items()}
    assert max(sizes.values()) < LARGEST
    assert "Page 1 of" in every[links.work(BIG)].text
    assert sizes[links.work(BIG)] > 50_000


def test_hostile_names_and_texts_are_only_text(every: dict[str, Any]) -> None:
    seen = 0
    for path, page in every.items():
        seen += "alert(1)" in page.text
        for one in elements(page.text):
            assert one.tag not in ("script", "b", "iframe", "object"), path
            assert not [name for name in one.attrib if name.startswith("on") or name == "style"], path
            for name in ("href", "src", "action"):
                assert not (one.get(name) or "").lower().startswith(("javascript:", "data:", "//")), path
        assert "{{7*7}}" in page.text or "49" not in page.text or "alert(1)" not in page.text
    assert seen > 10


def test_every_answer_carries_the_headers_that_keep_scripts_and_frames_out(
    every: dict[str, Any], get: Get
) -> None:
    others = [
        get(path)
        for path in (
            "/archive/work",
            "/archive/changes_by_month",
            "/works.json",
            "/tocsin/tocsin.css",
            "/archive/delivery",
        )
    ]
    for page in [*every.values(), *others]:
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "script-src" not in policy
        assert page.headers["x-content-type-options"] == "nosniff"
        assert page.headers["referrer-policy"] in ("same-origin", "no-referrer")
    for path, page in every.items():
        if path != "/archive" and page.status_code == 200:
            assert "unsafe-inline" not in page.headers["content-security-policy"], path


def test_every_page_has_the_same_as_json(every: dict[str, Any], get: Get) -> None:
    for path, page in every.items():
        if page.status_code == 200 and path not in ("/archive",):
            front, _, query = path.partition("?")
            answer = get(("/today" if front == "/" else front) + ".json" + (f"?{query}" if query else ""))
            assert answer.status_code == 200, path
            assert answer.headers["content-type"].startswith("application/json")
            assert isinstance(json.loads(answer.text), dict)
            assert 'type="application/json"' in page.text, path
    assert json.loads(get("/change/0123.json").text)["ok"] is False


def test_links_inside_the_site_lead_somewhere(every: dict[str, Any], get: Get) -> None:
    wanted = {
        one.get("href").partition("#")[0]
        for path, page in every.items()
        if page.status_code == 200 and "page=" not in path
        for one in elements(page.text)
        if one.tag in ("a", "link") and (one.get("href") or "").startswith("/")
    }
    rows = sorted(path for path in wanted if path.startswith(f"/{BIG}/797.1."))
    for path in sorted(wanted - set(rows)) + rows[:3]:
        assert path in every or get(path).status_code == 200, path
