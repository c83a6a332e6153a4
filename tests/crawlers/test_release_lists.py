"""What a press office lists, read from any markup: titles, addresses and days; the names and likenesses that are made of them; its settings."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import BadInput, UnreadableDocument
from crawlers.card import source_card
from crawlers.families import release_lists, site_lists
from crawlers.families.release_likeness import alike, sketch
from crawlers.families.release_lists import day_in, listed, slug_of
from tests.replica.offices import BIS


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("January 13, 2026", date(2026, 1, 13)),
        ("Posted on Sept. 5, 2025 by X", date(2025, 9, 5)),
        ("Jan 13 2026", date(2026, 1, 13)),
        ("09/25/23", date(2023, 9, 25)),
        ("2/3/2024", date(2024, 2, 3)),
        ("2026-06-23T08:00:00-04:00", date(2026, 6, 23)),
        ("13/45/23 and 04/05/23", date(2023, 4, 5)),
        ("February 30, 2026", None),
        ("M-26-05 of section 12", None),
    ],
)
def test_days_are_read_as_lists_write_them(words: str, day: date | None) -> None:
    assert day_in(words) == day


def test_a_row_gives_its_heading_and_its_day_whatever_the_markup() -> None:
    rows = (
        '<div class="x9"><p>March 2, 2026</p><div><a href="/press-release/a">Rule on A</a></div></div>'
        '<div class="x9"><p>March 1, 2026</p><h3>Rule on B</h3><a href="https://media.bis.gov/press-release/b">Read more</a></div>'
        '<ul><li><time datetime="2026-02-01">Feb</time><a href="/press-release/c"><h2>Rule on C</h2> more of it</a></li></ul>'
        '<p><a href="/press-release/d#top">D</a> <a href="/about">About</a> <a href="/press-release/e">Read more</a></p>'
    )
    links = re.compile(r"/press-release/")
    found = listed(f"<main>{rows}</main>", f"https://{BIS}/news-updates", str, links)
    assert [(one.title, one.day) for one in found] == [
        ("Rule on A", date(2026, 3, 2)),
        ("Rule on B", date(2026, 3, 1)),
        ("Rule on C", date(2026, 2, 1)),
        ("D", None),
    ]
    assert [one.url.rsplit("/", 1)[1] for one in found] == ["a", "b", "c", "d"]


MANY = 20_000
HOSTILE = {
    "one paper, again and again": f"<div>{'<a href=/press/x>A rule</a> ' * MANY}</div>",
    "many papers in one item": f"<li>{''.join(f'<a href=/press/{n}>A rule</a> ' for n in range(MANY))}</li>",
    "many days in one row": f"<article>{'<time datetime=x></time>' * MANY}{'<a href=/press/x>A rule</a>' * 1000}</article>",
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_page_of_any_size_is_walked_once(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work is counted, not time: how often the words of an element are put together."""
    counted = 0
    for module in (release_lists, site_lists):
        words = module._words

        def count(element: object, words: Callable[..., str] = words) -> str:
            nonlocal counted
            counted += 1
            return words(element)

        monkeypatch.setattr(module, "_words", count)
    found = listed(f"<main>{page}</main>", f"https://{BIS}/", str, re.compile("/press/"))
    links = list(site_lists._links(f"<main>{page}</main>", f"https://{BIS}/"))
    assert len(found) == len({link.url for link in links})
    assert counted < 5 * MANY


def test_a_tag_as_no_page_has_is_refused_before_it_is_parsed() -> None:
    page = f"<a {' '.join(f'a{n}=1' for n in range(5_000))} href=/press/x>A rule</a>"
    with pytest.raises(UnreadableDocument, match="attributes"):
        listed(page, f"https://{BIS}/", str, re.compile("/press/"))
    with pytest.raises(UnreadableDocument, match="attributes"):
        list(site_lists._links(page, f"https://{BIS}/"))


def test_a_link_that_is_no_address_costs_that_link_alone() -> None:
    page = "<ul><li><a href='http://[x'>One</a></li><li><a href='/press/y'>Two</a></li></ul>"
    assert [one.title for one in listed(page, f"https://{BIS}/", str, re.compile("/press/"))] == ["Two"]
    assert [one.title for one in site_lists._links(page, f"https://{BIS}/")] == ["Two"]


@given(st.text())
def test_a_name_made_of_any_title_is_part_of_a_path(title: str) -> None:
    assert re.fullmatch(r"(?:[^\W_]+(?:-[^\W_]+)*)?", slug_of(title))
    assert len(slug_of(title)) <= 90


WORDS = st.lists(
    st.sampled_from("lamp oil wick lens cape keeper light rule list duty".split()), max_size=60
).map(" ".join)


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_whole_for_the_same_words(one: str, other: str) -> None:
    assert alike(sketch(one), sketch(other)) == alike(sketch(other), sketch(one))
    assert alike(sketch(one), sketch(one)) in (0.0, 1.0)


@pytest.mark.parametrize(
    ("source", "table", "place", "said"),
    [
        ("us_bis", {"lists": [], "pages": []}, "lists", "must name"),
        (
            "us_bis",
            {"lists": [{"url": "https://www.bis.gov/x", "links": "("}]},
            "lists[0].links",
            "no pattern",
        ),
        ("us_bis", {"lists": [{"url": "bis", "links": "x"}]}, "lists[0].url", "no address"),
        (
            "us_bis",
            {"lists": [{"url": "https://www.bis.gov/x", "links": "x", "least": 0}]},
            "lists[0].least",
            "1 or more",
        ),
        (
            "us_bis",
            {"lists": [{"url": "https://www.bis.gov/x", "links": "x", "more": "y"}]},
            "lists[0].more",
            "{page}",
        ),
        (
            "us_bis",
            {"pages": [{"url": "https://www.bis.gov/x", "landmark": " "}]},
            "pages[0].landmark",
            "words",
        ),
        ("us_whitehouse", {"depth": 0}, "depth", "1 or more"),
    ],
)
def test_a_wrong_setting_is_told_with_its_place(
    source: str, table: dict[str, object], place: str, said: str
) -> None:
    with pytest.raises(BadInput) as caught:
        source_card(source).configured(table)
    assert caught.value.place == place
    assert said in caught.value.line()
