"""Pages and notices of the ministry: content without its frame, lists by their marks."""

from __future__ import annotations

from datetime import date

import pytest

from archive.errors import UnreadableDocument
from archive.records import Reading
from normalize.reading import Hints, read

PAGE = """<html><head><meta charset="{charset}"><title>安全保障貿易管理</title></head><body>
<div id="header"><a href="/">架空省</a></div><div id="topicpath">ホーム &gt; 政策</div>
<div id="main"><h1>貿易管理</h1><p>最終更新日：令和八年三月一日</p>
<h2>改正情報</h2><ul><li><a href="doc/a.pdf">通達の一部改正について</a><img src="new.gif"></li><li>様式の<b>変更</b></li></ul>
<h2>通達</h2><p>第１　趣旨</p><p>１　この通達は、輸出の管理に関する。</p><p>（１）　対象は次のとおり</p><p>ア　甲</p><p>イ　乙</p><p>２　手続</p>
<table><tr><th>項番</th><th>品目</th></tr><tr><td>1</td><td>装置</td></tr><tr><td>2</td><td>材料</td></tr></table>
<div>ばらの文字<br>二行目<div>内側</div>あと</div></div><footer>所在地</footer></body></html>"""
URL = "https://www.meti.go.jp/policy/anpo/law09.html"


def page(body: str = PAGE, *, charset: str = "shift_jis", url: str = URL) -> Reading:
    codec = {"shift_jis": "cp932"}.get(charset, charset)
    raw = body.replace("{charset}", charset).encode(codec)
    return read("jp_meti", raw, Hints(as_of=date(2026, 3, 1), url=url))


@pytest.mark.parametrize("charset", ["shift_jis", "euc-jp", "utf-8"])
def test_a_page_is_read_in_each_character_set_of_the_ministry(charset: str) -> None:
    read_ = page(charset=charset)
    (expression,) = read_.expressions
    assert (expression.work, expression.title, expression.kind) == (
        "jp/meti/policy/anpo/law09",
        "貿易管理",
        "consolidated",
    )
    assert read_.leftovers == ()
    assert {discard.text for discard in read_.discards} == {
        "架空省",
        "ホーム > 政策",
        "所在地",
        "[graphic new.gif]",
    }


def test_lists_of_a_notice_are_nested_by_their_marks() -> None:
    found = {provision.eid: provision.text for provision in page().expressions[0].walk()}
    assert found["貿易管理/通達/1/1/1/イ"] == "乙"
    assert found["貿易管理/通達/1/2"] == "手続"
    assert found["貿易管理/通達/表/2"] == "2 | 材料"
    assert found["貿易管理/通達/二行目"] == "二行目"
    assert found["貿易管理/改正情報/様式の変更"] == "様式の変更"


def test_the_links_are_facts_so_that_a_file_replaced_behind_the_same_words_shows() -> None:
    (fact,) = page().expressions[0].facts
    assert (fact.name, fact.value, fact.words) == ("url", "doc/a.pdf", "通達の一部改正について")


def test_another_frame_around_the_same_content_gives_the_same_provisions() -> None:
    other = PAGE.replace("架空省", "架空省　お知らせ").replace("<footer>所在地</footer>", "<nav>次へ</nav>")
    assert page(other).expressions[0].provisions == page().expressions[0].provisions


def test_a_new_mark_that_goes_and_a_trail_that_is_no_frame_change_nothing() -> None:
    unmarked = PAGE.replace('<img src="new.gif">', "").replace("<h1>", "<p>トップページ ＞ 政策</p><h1>")
    assert page(unmarked).expressions[0].provisions == page().expressions[0].provisions
    assert page(unmarked).leftovers == ()


def test_what_a_definition_list_says_belongs_to_no_item_before_it() -> None:
    listed = PAGE.replace("<p>２　手続</p>", "<p>２　手続</p><dl><dt>問い合わせ先</dt><dd>担当課</dd></dl>")
    found = {provision.eid: provision.text for provision in page(listed).expressions[0].walk()}
    assert found["貿易管理/通達/1/2"] == "手続"
    assert found["貿易管理/通達/担当課"] == "担当課"


def test_a_press_release_is_a_document_with_its_date() -> None:
    (expression,) = page(url="https://www.meti.go.jp/press/2025/09/20250929006/20250929006.html").expressions
    assert (expression.work, expression.kind) == ("jp/meti/press/2025/09/20250929006/20250929006", "document")
    assert expression.published == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<html><body><div id='main'> </div></body></html>", "no content"),
        ("%PDF-1.7", "the PDF ends before its end mark"),
        ("", "empty"),
    ],
)
def test_what_is_no_page_is_refused(body: str, said: str) -> None:
    with pytest.raises(UnreadableDocument, match=said):
        page(body, charset="utf-8")
