"""Laws of e-Gov in the standard XML and its JSON form: every unit at the address that people cite."""

from __future__ import annotations

import base64
import json
from datetime import date

import pytest

from archive.errors import UnreadableDocument
from tests.normalize.japan_fixtures import (
    LAW_ID,
    by_eid,
    envelope,
    order_json,
    order_xml,
    reading,
)


def test_a_law_is_one_work_with_its_title_and_nothing_left_over() -> None:
    read = reading(order_xml())
    (expression,) = read.expressions
    assert (expression.work, expression.title, expression.language) == (
        f"jp/law/{LAW_ID}",
        "架空貨物管理令",
        "ja",
    )
    assert read.leftovers == ()
    assert read.remarks == ()
    assert {discard.rule for discard in read.discards} == {"contents", "ruby"}


def test_articles_paragraphs_items_and_what_is_below_have_the_addresses_of_citations() -> None:
    found = by_eid(reading(order_xml()))
    article = found["1"]
    assert (article.num, article.heading) == ("第一条", "（定義）")
    assert article.text == "次の各号に掲げる貨物は、別表第一のとおりとする。ただし、凧を除く。"
    assert found["1/項2"].num == "２"
    assert found["1/項2/1"].text == "見本"
    assert found["1/16_4/イ/1/1/i"].text == "丁"
    assert found["章1"].heading == "総則"
    assert found["制定文"].text.startswith("内閣は")


def test_look_alikes_are_read_by_their_place_among_their_neighbours() -> None:
    found = by_eid(reading(order_xml()))
    assert found["1/2"].num == "ニ"
    assert found["1/16_4/ロ"].num == "口"
    assert found["1/16_4/ハ"].num == "八"
    assert found["1/16_4/ト"].num == "卜"
    assert found["別表1/11_2/2"].num == "（ニ）"


def test_what_was_deleted_in_a_range_is_one_provision() -> None:
    found = by_eid(reading(order_xml()))
    assert (found["2:4"].num, found["2:4"].text) == ("第二条から第四条まで", "削除")
    assert found["1/17:19"].text == "削除"
    assert found["1/16_4/ニ:ヘ"].text == "削除"
    assert found["別表1/10/3:5"].text == "削除"


def test_thresholds_scripts_and_columns_stay_as_printed() -> None:
    found = by_eid(reading(order_xml()))
    assert found["1/2"].text == "温度が二六三・三度以下のもの"
    assert found["1/1"].text == "甲貨物　磁束密度が一〇^二六を超えるもの"


def test_rows_are_split_into_their_items_where_the_source_writes_them_in_one_run() -> None:
    found = by_eid(reading(order_xml()))
    assert found["別表1"].heading == "（第一条関係）"
    assert found["別表1/10"].text == "一〇 | 次に掲げる貨物 | 全地域"
    assert found["別表1/10/1"].text == "光学器（二の項（三）に掲げるものを除く。）"
    assert found["別表1/10/2/2"].text == "（一）に掲げるもののレンズ"
    assert found["別表1/10/2/2_2"].text == "枠"
    assert found["別表1/10/5_2"].text == "一の項（十六）に掲げる貨物を用いた窓"
    assert found["別表1/11_2/水時計"].text == " | 水時計 | 全地域"
    assert found["別表1/備考/1"].text.startswith("この表において")


def test_supplementary_provisions_are_grouped_by_the_law_that_brought_them() -> None:
    found = by_eid(reading(order_xml()))
    assert found["附則/1"].text == "この政令は、公布の日から施行する。"
    assert found["附則/令和1年政令第3号/1"].heading == "（施行期日）"


def test_a_form_is_known_by_its_picture() -> None:
    found = by_eid(reading(order_xml()))
    assert found["様式2"].num == "別記様式第二"
    assert any(provision.text == "[graphic S001.jpg]" for provision in found.values())


def test_xml_json_and_base64_answers_are_the_same_law() -> None:
    plain = reading(order_xml()).expressions[0].provisions
    tree = order_json()
    encoded = base64.b64encode(order_xml().encode()).decode()
    wrapped = f"<law_data_response><law_info><law_id>{LAW_ID}</law_id></law_info><law_full_text>%s</law_full_text></law_data_response>"
    version_1 = f"<DataRoot><Result><Code>0</Code></Result><ApplData><LawId>{LAW_ID}</LawId><LawFullText>%s</LawFullText></ApplData></DataRoot>"
    law = order_xml().partition("?>")[2]
    for body in (
        json.dumps(tree, ensure_ascii=False).encode(),
        envelope(tree),
        envelope(encoded),
        envelope(base64.b64encode(json.dumps(tree).encode()).decode()),
        (wrapped % law).encode(),
        (wrapped % encoded).encode(),
        (version_1 % law).encode(),
    ):
        read = reading(body)
        assert read.expressions[0].provisions == plain
        assert read.expressions[0].work == f"jp/law/{LAW_ID}"
        assert read.leftovers == ()


def test_a_revision_not_yet_in_force_is_future_until_the_day_before_its_force() -> None:
    read = reading(
        envelope(
            order_json(),
            current_revision_status="UnEnforced",
            amendment_promulgate_date="2019-05-07",
            amendment_enforcement_date="2019-06-01",
            amendment_law_num="令和元年政令第三号",
        )
    )
    (state,) = by_eid(read)["題名"].applicability
    assert (state.state, state.start, state.end) == ("future", date(2019, 5, 7), date(2019, 5, 31))
    assert state.citation == "令和元年政令第三号"
    assert read.expressions[0].published == date(2019, 5, 7)
    facts = {fact.name: fact.value for fact in read.expressions[0].facts}
    assert facts["effective"] == "2019-06-01"
    assert facts["number"] == "平成三十年政令第九百一号"


def test_a_revision_without_a_day_of_force_says_what_its_comment_says() -> None:
    read = reading(
        envelope(
            order_json(),
            current_revision_status="UnEnforced",
            amendment_enforcement_comment="別に政令で定める日",
        )
    )
    (state,) = by_eid(read)["題名"].applicability
    assert (state.end, state.words) == (None, "別に政令で定める日")


def test_a_repealed_law_has_ended() -> None:
    read = reading(envelope(order_json(), repeal_status="Repeal", repeal_date="2020-01-01"))
    (state,) = by_eid(read)["題名"].applicability
    assert (state.state, state.start) == ("ended", date(2020, 1, 1))


def test_a_revision_in_force_carries_no_state() -> None:
    read = reading(envelope(order_json(), current_revision_status="CurrentEnforced"))
    assert all(not provision.applicability for provision in read.expressions[0].walk())


def test_the_same_revision_with_another_body_is_another_text_of_the_same_law() -> None:
    before = reading(envelope(order_json())).expressions[0]
    body = envelope(order_json()).decode().replace("水時計", "火時計").encode()
    after = reading(body).expressions[0]
    assert before.work == after.work
    assert {p.eid for p in after.walk()} - {p.eid for p in before.walk()} == {"別表1/11_2/火時計"}


def test_an_unknown_element_is_left_over_with_its_place() -> None:
    body = order_xml().replace("<RemarksLabel>備考</RemarksLabel>", "<Novelty>新しい要素</Novelty>")
    (leftover,) = reading(body).leftovers
    assert leftover.text == "新しい要素"
    assert leftover.place.endswith("/Remarks/Novelty")


def test_the_id_of_a_law_is_worked_out_from_its_number_where_nothing_else_tells_it() -> None:
    read = reading(order_xml(), document="a-file")
    assert read.expressions[0].work == f"jp/law/{LAW_ID}"
    assert any("worked out from the number" in remark.message for remark in read.remarks)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (envelope(None), "law_full_text is empty"),
        (envelope(""), "law_full_text is empty"),
        (envelope({"tag": "Law", "attr": {}, "children": []}), "no provision"),
        (envelope({"tag": "Article", "attr": {}, "children": []}), "not a Law"),
        (envelope("!!!"), "neither a law nor Base64"),
        (b'{"code": "404001", "message": "\xe8\xa9\xb2\xe5\xbd\x93"}', "404001"),
        (b'{"law_id": "355CO0000000260", "blocks": []}', "no law_full_text"),
        (b"[]", "a list"),
        (b"{}", "no law_full_text"),
        (b'{"law_full_text": ', "not whole JSON"),
        (b"<DataRoot><Result><Code>1</Code><Message>x</Message></Result></DataRoot>", "code 1 without a law"),
        (b"<Law><LawNum>x</LawNum><LawBody><LawTitle>x</LawTitle></LawBody></Law>", "no provision"),
        (b"", "empty"),
    ],
)
def test_an_answer_that_holds_no_law_is_refused(body: bytes, said: str) -> None:
    with pytest.raises(UnreadableDocument, match=said) as refused:
        reading(body)
    assert refused.value.mend


def test_a_law_whose_name_nothing_tells_is_refused() -> None:
    body = "<Law><LawBody><MainProvision><Paragraph><ParagraphSentence><Sentence>文</Sentence></ParagraphSentence></Paragraph></MainProvision></LawBody></Law>"
    with pytest.raises(UnreadableDocument, match="which law"):
        reading(body, document="第一号 の 文")
