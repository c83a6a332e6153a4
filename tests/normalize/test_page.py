"""Any web page: its content and nothing of the site around it, the same through tokens, menus, dates and layouts."""

from __future__ import annotations

from datetime import date

import pytest

from archive.errors import BadInput, UnreadableDocument
from archive.records import Provision, Reading
from archive.vocabulary.folding import comparison_key
from normalize.reading import Hints, read

HINTS = Hints(as_of=date(2026, 5, 1), url="https://www.bis.gov/press-release/new-rule?utm_source=mail&id=7")

CONTENT = """<p>The Bureau revised its review policy for advanced computing items.</p>
<h2>Scope</h2><p>The policy reaches items with a <a href="/3a090">total processing performance</a> of 10<sup>4</sup> or more.</p>
<ul><li>items of 3A090<ul><li>chips</li><li>boards</li></ul></li><li>items of 4A090</li></ul>
<h3>Timing</h3><ol><li>Applications filed before the rule.</li><li>Applications filed after it.</li></ol>
<h2>Table of limits</h2><table><caption>Limits</caption><thead><tr><th>No.</th><th>Item</th><th>Limit</th></tr></thead>
<tbody><tr><td>1</td><td>Chip</td><td>4800</td></tr><tr><td>2</td><td>Board</td><td>9600</td></tr></tbody></table>"""
NAVIGATION = '<nav><a href="/">Home</a> <a href="/news">News</a></nav>'


def page(
    content: str = CONTENT, *, token: str = "a1", seen: str = "May 1, 2026", menu: str = NAVIGATION
) -> bytes:
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>New rule | Site</title>
<meta name="csrf" content="{token}"><script>var session = "{token}";</script><style>p {{ color: red }}</style></head><body>
<header>{menu}</header><main><article><h1>New review policy</h1>
<div class="share-bar"><button>Share</button> <a href="#">Print this page</a></div>
<span style="display:none">{token}9f8e7d6c5b4a32100</span>{content}
<p class="last-updated">Last updated: {seen}</p></article></main>
<footer>Contact us. Page generated for session {token}</footer></body></html>""".encode()


def _read(body: bytes, source: str = "web_page", hints: Hints = HINTS) -> Reading:
    reading = read(source, body, hints)
    assert reading.leftovers == ()
    return reading


def _key(reading: Reading) -> list[str]:
    return [
        comparison_key(f"{one.eid} {one.num} {one.heading} {one.text}")
        for one in reading.expressions[0].walk()
    ]


def _by_eid(reading: Reading) -> dict[str, Provision]:
    return {one.eid: one for one in reading.expressions[0].walk()}


def test_headings_nest_what_follows_them() -> None:
    found = _by_eid(_read(page()))
    assert [one.eid for one in _read(page()).expressions[0].provisions] == [
        "title",
        "the-bureau-revised-its-review",
        "scope",
        "table-of-limits",
    ]
    assert [child.eid for child in found["scope"].children if child.unit == "heading"] == ["timing"]


def test_links_and_scripts_keep_their_words_and_powers() -> None:
    texts = [one.text for one in _read(page()).expressions[0].walk()]
    assert "The policy reaches items with a total processing performance of 10^4 or more." in texts


def test_lists_nest_and_ordered_ones_have_the_number_that_a_browser_prints() -> None:
    items = {one.text: one for one in _read(page()).expressions[0].walk() if one.unit == "item"}
    assert [child.text for child in items["items of 3A090"].children] == ["chips", "boards"]
    assert items["Applications filed after it."].num == "2."
    assert items["Applications filed after it."].eid == "timing.2"


def test_tables_are_rows_keyed_by_their_words_not_by_their_serial_numbers() -> None:
    rows = [
        (one.unit, one.eid, one.text)
        for one in _read(page()).expressions[0].walk()
        if one.unit in ("header", "row")
    ]
    assert rows == [
        ("header", "table-of-limits.limits.header", "No. | Item | Limit"),
        ("row", "table-of-limits.limits.chip", "1 | Chip | 4800"),
        ("row", "table-of-limits.limits.board", "2 | Board | 9600"),
    ]


def test_two_downloads_with_other_tokens_dates_and_menus_are_one_text() -> None:
    other = page(
        token="zz77", seen="June 30, 2026", menu='<nav><a href="/">Start</a><a href="/x">New menu</a></nav>'
    )
    assert _key(_read(page())) == _key(_read(other))


def test_a_content_that_moved_in_the_layout_is_one_text() -> None:
    before = _read(page())
    moved = page().decode().replace("<main><article>", '<div class="layout"><div class="col-9"><div id="c">')
    moved = moved.replace("</article></main>", "</div></div></div>")
    after = _read(moved.encode())
    assert "found by the density of its text" in after.remarks[0].message
    assert _key(before) == _key(after)


def test_wrappers_line_breaks_and_attributes_change_nothing() -> None:
    wrapped = CONTENT.replace("<p>", '<div data-x="1"><p\nclass="a b">').replace("</p>", "</p></div>")
    assert _key(_read(page())) == _key(_read(page(wrapped)))


def test_what_is_left_out_is_told_by_the_name_of_its_rule() -> None:
    discards = {one.rule: one.text for one in _read(page()).discards}
    assert set(discards) == {"outside-content", "controls", "page-date", "hidden-id"}
    assert discards["page-date"] == "Last updated: May 1, 2026"
    assert "Contact us" in discards["outside-content"]


@pytest.mark.parametrize(
    "line",
    [
        "Pagina laatst bijgewerkt: 3 maart 2026",
        "Page mise à jour le 3 mars 2026",
        "Seite zuletzt aktualisiert: 3. März 2026",
        "更新日期：2026-03-03",
    ],
)
def test_the_day_of_the_last_touch_is_no_content_in_any_language(line: str) -> None:
    reading = _read(page(CONTENT + f"<p>{line}</p>"))
    assert _key(reading) == _key(_read(page(CONTENT)))
    assert line in {discard.text for discard in reading.discards if discard.rule == "page-date"}


def test_a_changed_word_shows() -> None:
    assert _key(_read(page())) != _key(_read(page(CONTENT.replace("4800", "2400"))))


def test_a_rule_of_boilerplate_never_takes_the_content() -> None:
    body = page(f'<div class="print content"><div class="menu">{CONTENT}</div></div>')
    assert _key(_read(body)) == _key(_read(page()))


def test_questions_and_answers_are_keyed_by_the_number_of_the_question() -> None:
    content = "<h3><button aria-expanded='false'>Q12. Is a licence needed?</button></h3><div hidden><p>Yes, for each export of a listed item.</p></div>"
    found = _by_eid(_read(page(content)))
    assert found["q-12"].children[0].text == "Yes, for each export of a listed item."


def test_sections_of_an_order_nest_their_lettered_paragraphs() -> None:
    content = (
        "<p>By the authority vested in me it is ordered:</p><p>Section 1. Purpose. This order promotes export.</p>"
        "<p>Sec. 2. Programme. (a) The Secretary shall:</p><p>(i) set up a programme;</p><p>(ii) report on it.</p><p>(b) The report is public.</p>"
    )
    found = _by_eid(_read(page(content), source="us_whitehouse"))
    assert (found["sec-1"].heading, found["sec-1"].text) == ("Purpose.", "This order promotes export.")
    assert [child.eid for child in found["sec-2"].children] == ["sec-2.a", "sec-2.b"]
    assert found["sec-2.a.ii"].text == "report on it."


def test_a_selector_of_the_user_names_the_content() -> None:
    body = page('<div id="law"><p>Only this sentence is law here.</p></div><p>This is a comment on it.</p>')
    hints = Hints(as_of=HINTS.as_of, url=HINTS.url, meta={"selector": "#law"})
    assert [
        one.text for one in _read(body, hints=hints).expressions[0].walk() if one.unit == "paragraph"
    ] == ["Only this sentence is law here."]


def test_a_selector_that_cannot_be_read_is_the_users_mistake() -> None:
    with pytest.raises(BadInput, match="no CSS selector"):
        read("web_page", page(), Hints(as_of=HINTS.as_of, meta={"selector": "div[["}))


@pytest.mark.parametrize(
    ("source", "url", "work"),
    [
        ("us_bis", HINTS.url, "us/bis/press-release/new-rule?id=7"),
        ("us_whitehouse", "https://www.whitehouse.gov/fact-sheets/x/", "us/whitehouse/fact-sheets/x"),
        ("web_page", "https://www.bafa.de/DE/a.html;jsessionid=9?sid=2", "de/bafa.de/DE/a.html"),
        ("web_page", "https://ec.europa.eu/index.html", "eu/ec.europa.eu/home"),
        ("sg_customs", "https://www.customs.gov.sg/a/index.html", "sg/customs/a"),
        ("eu_ai_office", "https://digital-strategy.ec.europa.eu/en/faq", "eu/ai-office/en/faq"),
    ],
)
def test_a_page_is_named_by_its_address_without_what_names_a_visit(source: str, url: str, work: str) -> None:
    assert _read(page(), source, Hints(as_of=HINTS.as_of, url=url)).expressions[0].work == work


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"plain words without markup",
        b"<html><body><main></main><footer>f</footer></body></html>",
        b'<html><body><div id="root"></div><script>render()</script></body></html>',
        b'<html><head><meta http-equiv="refresh" content="0;url=/new"></head><body>Moved</body></html>',
        b"<html><body>" + b"<div>" * 100_000 + b"x</body></html>",
        b"<!DOCTYPE html [<!ENTITY a 'b'>]><html><body><p>&a;</p></body></html>",
        b"<html><meta charset=utf-8><body><p>\xe4\xf6\xfc</p></body></html>",
    ],
    ids=[
        "empty",
        "no markup",
        "empty frame",
        "script shell",
        "refresh",
        "nested",
        "entities",
        "wrong charset",
    ],
)
def test_what_is_no_page_with_content_is_refused_with_the_mend(body: bytes) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read("web_page", body, HINTS)
    assert caught.value.mend


def test_a_page_in_chinese_is_read_by_the_numbering_of_chinese_law() -> None:
    content = "<p>第一条 为了示范，制定本办法。</p><p>第二条 有下列情形的，适用本办法：</p><p>（一）出口；</p><p>（二）转让。</p>"
    assert "art-2.2" in _by_eid(_read(page(content).replace(b"New review policy", "样品办法".encode())))


@pytest.mark.parametrize(
    "content",
    [
        "<p<b>One</p<b> malformed tag with words.</p>",
        "<p performance<=1>An attribute that is none.</p>",
        "<p title='\x0b'>A control character in an attribute.</p>",
        "<ol start=99999999999><li>A list that counts from beyond all measure.</li></ol>",
        "<ol type=i start=4000><li>A numeral without an end.</li></ol>",
        "<table><tr><td colspan=999999>A cell as wide as a house</td><td>x</td></tr></table>",
    ],
)
def test_malformed_markup_loses_no_word(content: str) -> None:
    reading = _read(page(content))
    texts = " ".join(one.text for one in reading.expressions[0].walk())
    assert content.split(">")[-2].split("<")[0].split(".")[0].strip() in texts
