"""The old Shift_JIS pages of e-Gov: the same addresses as the standard XML makes, and the box of law not yet in force."""

from __future__ import annotations

from datetime import date

import pytest

from archive.errors import UnreadableDocument
from tests.normalize.japan_fixtures import by_eid, page_bytes, reading

NAME = "/htmldata/S50/S50SE902.html"


def test_a_page_is_read_to_full_depth() -> None:
    read = reading(page_bytes(), document=NAME, media_type="text/html")
    (expression,) = read.expressions
    found = by_eid(read)
    assert read.leftovers == ()
    assert (expression.work, expression.title) == ("jp/law/350CO0000000902", "架空貨物管理令")
    assert found["最終改正"].unit == "citation"
    assert (
        found["制定文"].text
        == "内閣は、架空貨物管理法（昭和四十九年法律第一号）第二条の規定に基づき、この政令を制定する。"
    )
    assert (found["章1"].num, found["章1"].heading) == ("第一章", "総則")
    assert (found["1"].num, found["1"].heading) == ("第一条", "（許可）")
    assert found["1/1/イ/1"].text == "倍率が一・五倍以上のもの"
    assert found["1/1/ロ"].num == "口"
    assert found["1/2_2/ロ"].text == "布のもの"
    assert found["1/項2"].text == "前項の許可の有効期間は、六月とする。"
    assert found["2"].text == "削除"


def test_supplements_and_appended_tables() -> None:
    found = by_eid(reading(page_bytes(), document=NAME))
    assert found["附則"].num == "附　則　抄"
    assert found["附則/1"].text == "この政令は、公布の日から施行する。"
    assert found["附則/昭和63年政令第77号/1"].heading == "（施行期日）"
    assert found["別表1/16/1"].text == "光ファイバー"
    assert found["別表1/16/1_2/1/ロ"].text == "平らなもの"
    assert found["別表1/16/2"].text == "五の項（十六）に掲げる窓"
    assert found["別表1/備考/2"].text == "この表の地域は、告示で定める。"
    assert found["別表2_2/2"].text == "独楽"
    assert found["別表3"].text == "海国、山国"


def test_the_box_of_law_not_yet_in_force_is_future_law() -> None:
    found = by_eid(reading(page_bytes(), document=NAME))
    (state,) = found["未施行/平成24年政令第30号"].applicability
    assert (state.state, state.start, state.citation) == ("future", date(2012, 10, 1), "平成24年政令第30号")
    assert found["未施行"].heading == "（最終改正までの未施行法令）"
    assert [eid for eid, provision in found.items() if provision.applicability] == [
        "未施行/平成24年政令第30号"
    ]


def test_the_page_says_how_its_law_id_was_found() -> None:
    read = reading(page_bytes(), document=NAME)
    assert any("350CO0000000902 is worked out from the number" in remark.message for remark in read.remarks)


def test_an_id_handed_in_goes_before_the_one_that_is_worked_out() -> None:
    read = reading(page_bytes(), document="350CO9990000902_20130101_000000000000000")
    assert read.expressions[0].work == "jp/law/350CO9990000902"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (page_bytes()[: len(page_bytes()) // 2], "cut off"),
        (b"<html><body><p>Not Found</p></body></html>", "prints no law"),
        (page_bytes().replace(b"shift_jis", b"utf-8"), "declaration says utf-8"),
    ],
)
def test_a_page_that_is_no_whole_law_is_refused(body: bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument, match=said):
        reading(body, document=NAME)


def test_targets_of_links_and_breaks_between_lines_change_nothing() -> None:
    before = reading(page_bytes(), document=NAME).expressions[0].provisions
    text = (
        page_bytes().decode("cp932").replace("idxmiseko.cgi", "idxmiseko.cgi?SESSION=1").replace("\n", "\r\n")
    )
    assert reading(text.encode("cp932"), document=NAME).expressions[0].provisions == before
