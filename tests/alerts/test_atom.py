"""The feed of changes: as the standard asks, as a reader takes it, and with nothing in it that a reader would run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import feedparser
import html5lib
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from alerts.atom import MOST_TOUCHES, Feed, as_atom
from archive.records import Fact, StoredChange, Touch
from tests.alerts.made import NOW, change, chips, document, stored, thailand

SITE = "http://127.0.0.1:8801"
FEED = Feed(
    id="feed/changes",
    title="tocsin: changes",
    site=SITE,
    own=f"{SITE}/feeds/changes.atom",
    older=f"{SITE}/feeds/changes.atom?page=2",
)
ATOM = "{http://www.w3.org/2005/Atom}"


def check(text: str) -> etree._Element:
    """What RFC 4287, section 4.1, asks of a feed and its entries; answers the feed."""
    feed = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    assert feed.tag == f"{ATOM}feed"
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            found = element.findall(f"{ATOM}{name}")
            assert len(found) == 1, name
            assert (found[0].text or "").strip(), name
        assert datetime.fromisoformat(element.findtext(f"{ATOM}updated", "")).tzinfo is not None
        assert element.findtext(f"{ATOM}id", "").startswith("tag:tocsin,2026:")
        assert " " not in element.findtext(f"{ATOM}id", "")
        alternate = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternate) <= 1
        assert alternate or element.find(f"{ATOM}content") is not None or element is feed
        for content in element.findall(f"{ATOM}content"):
            assert content.get("type") == "html"
            assert len(content) == 0
    ids = [one.text for one in feed.findall(f"{ATOM}entry/{ATOM}id")]
    assert len(ids) == len(set(ids))
    return feed


def test_a_reader_finds_the_redline_the_links_and_the_order() -> None:
    text = as_atom(FEED, [chips(), thailand(observed_at=NOW - timedelta(days=1))], NOW)
    check(text)
    assert "<ns" not in text
    read = feedparser.parse(text)
    assert not read.bozo
    assert read.feed.id == "tag:tocsin,2026:feed/changes"
    assert read.feed.updated_parsed[:5] == (2026, 6, 18, 9, 0)
    assert {link["rel"]: link["href"] for link in read.feed.links} == {
        "self": FEED.own,
        "next": FEED.older,
        "alternate": f"{SITE}/changes",
    }
    first, second = read.entries
    assert first.id == "tag:tocsin,2026:change/c-chips"
    assert first.link == f"{SITE}/change/c-chips"
    assert "2400" in first.title
    assert "<del" in first.content[0]["value"]
    assert ">= 2400" in first.content[0]["value"].replace("&gt;", ">")
    assert ("code", "3A090") in {(tag.scheme.rpartition(":")[2], tag.term) for tag in first.tags}
    assert "Thailand" in second.title


def test_a_paper_links_to_its_official_page_and_never_to_a_script() -> None:
    facts = (
        Fact(name="url", value="https://www.federalregister.gov/d/2026-00001"),
        Fact(name="url", value="javascript:alert(1)"),
    )
    feed = check(as_atom(FEED, [document(facts=facts)], NOW))
    via = [link.get("href") for link in feed.iter(f"{ATOM}link") if link.get("rel") == "via"]
    assert via == ["https://www.federalregister.gov/d/2026-00001"]


def test_ids_do_not_depend_on_where_the_front_end_stands() -> None:
    here, there = (
        check(as_atom(Feed(id="feed/watch/輸出 令", title="t", site=site), [chips()], NOW))
        for site in ("", SITE)
    )
    assert [one.text for one in here.iter(f"{ATOM}id")] == [one.text for one in there.iter(f"{ATOM}id")]


def test_the_feed_is_the_same_for_the_same_changes_and_was_updated_with_the_newest() -> None:
    assert as_atom(FEED, [chips()], NOW) == as_atom(FEED, [chips()], NOW + timedelta(days=9))
    empty = check(as_atom(FEED, [], datetime(2026, 1, 2, tzinfo=UTC)))
    assert empty.findtext(f"{ATOM}updated", "").startswith("2026-01-02T00:00:00")


def test_a_change_that_touches_a_thousand_names_has_few_categories() -> None:
    touches = tuple(Touch(type="party", id=f"name {number}") for number in range(1_000))
    (entry,) = check(as_atom(FEED, [stored(touches=touches)], NOW)).findall(f"{ATOM}entry")
    assert len(entry.findall(f"{ATOM}category")) == MOST_TOUCHES + 4


def test_a_very_long_change_is_shortened_and_says_so() -> None:
    long = stored(change((("+", "a word " * 20_000),), kind="insertion", old_eid=None))
    text = as_atom(FEED, [long], NOW)
    assert len(text) < 40_000
    assert (
        "more changed characters are on the page of the change"
        in feedparser.parse(text).entries[0].content[0]["value"]
    )


hostile = st.text(
    alphabet=st.sampled_from("<>&\"'ab \n\x00\x0b\x1b\ufffe\u202e輸🛰")
    | st.characters(exclude_categories=["Cs"]),
    max_size=80,
).map(lambda text: f"{text}]]></title><script>alert(1)</script><img src=x onerror=alert(1)>{text}")


@settings(max_examples=60, deadline=None)
@given(hostile)
def test_hostile_words_stay_words(words: str) -> None:
    changed: StoredChange = stored(
        change((("-", "4800"), ("+", words)), heading=words, reason=words),
        title=words,
        touches=(Touch(type="party", id=words),),
    )
    feed = check(as_atom(FEED, [changed], NOW))
    assert {element.tag for element in feed.iter() if isinstance(element.tag, str)} <= {
        ATOM + name
        for name in "feed id title updated author name link generator entry content category published".split()
    }
    content = feed.findtext(f"{ATOM}entry/{ATOM}content", "")
    shown = html5lib.parse(content, namespaceHTMLElements=False)
    assert not {"script", "img", "iframe", "a"} & {element.tag for element in shown.iter()}
    assert not [name for element in shown.iter() for name in element.attrib if name.startswith("on")]
