"""Sentences of 改め文, written for the project, read as what they change."""

from __future__ import annotations

from datetime import date

import pytest

from archive.records import Amendment, Expression, Fact, Provision
from normalize.amendments import amendments_of

OPENING = "輸出貿易管理令（昭和二十四年政令第三百七十八号）の一部を次のように改正する。"
WORK = "jp/law/324CO0000000378"


def order(*texts: str) -> tuple[Amendment, ...]:
    return amendments_of(
        Expression(
            work="jp/law/508CO0000000123",
            as_of=date(2026, 6, 1),
            recipe="jp_egov/1",
            language="ja",
            kind="document",
            provisions=(
                *(Provision(eid=f"p{n}", unit="paragraph", text=text) for n, text in enumerate((OPENING, *texts))),
                Provision(eid="附則/1", unit="paragraph", text="第九条を削る。"),
            ),
            facts=(Fact(name="effective", value="2026-06-18"),),
        )
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("第四条第一項第三号中「甲」を「乙」に改める。", [("substitute", "4/3", "甲", "乙")]),
        ("第四条第二項第三号の二中「甲」を削る。", [("remove", "4/項2/3_2", "甲", "")]),
        ("第四条の二第二項ただし書中「甲」の下に「乙。丙」を加える。", [("add", "4_2/項2", "甲", "乙。丙")]),
        ("別表第一の七の項（十六）を次のように改める。", [("revise", "別表1/7/16", "", "")]),
        (
            "別表第一の七の項（十六）中「甲」を「乙」に改め、同項（十七）を削り、同項に次のように加える。",
            [("substitute", "別表1/7/16", "甲", "乙"), ("remove", "別表1/7/17", "", ""), ("add", "別表1/7", "", "")],
        ),
        ("別表第一の三の二の項（一）の次に次のように加える。", [("add", "別表1/3_2", "", "")]),
        ("別表第三の二を次のように改める。", [("revise", "別表3_2", "", "")]),
        ("第五条を削る。", [("remove", "5", "", "")]),
        ("第六条の次に次の一条を加える。", [("add", "", "", "")]),
        ("第八条を第九条とし、第七条を第八条とし、第六条の次に次の一条を加える。", [("redesignate", "8", "", "第九条"), ("redesignate", "7", "", "第八条"), ("add", "", "", "")]),
        ("第二条第五号から第七号までを一号ずつ繰り下げる。", [("redesignate", f"2/{n}", "", "一号ずつ繰り下げ") for n in (5, 6, 7)]),
        ("第二条第一号及び第三号中「甲」を「乙」に改める。", [("substitute", "2/1", "甲", "乙"), ("substitute", "2/3", "甲", "乙")]),
        ("第六条第十六号の四イ（一）中「甲」を「乙」に改め、「丙」を「丁」に改める。", [("substitute", "6/16_4/イ/1", "甲", "乙"), ("substitute", "6/16_4/イ/1", "丙", "丁")]),
        ("第一条第十七号イを削り、同号ロ中「甲」を「乙」に改め、同条第二十号を次のように改める。", [("remove", "1/17/イ", "", ""), ("substitute", "1/17/ロ", "甲", "乙"), ("revise", "1/20", "", "")]),
    ],
)  # fmt: skip
def test_a_sentence_is_read_clause_by_clause(
    sentence: str, expected: list[tuple[str, str, str, str]]
) -> None:
    found = order(sentence)
    assert [(one.operation, one.eid, one.name, one.becomes) for one in found] == expected
    assert {(one.work, one.effective, one.instruction) for one in found} == {(WORK, date(2026, 6, 18), "1")}


@pytest.mark.parametrize(
    "sentence",
    ["別表第一の七の項の第三欄をなにか改める。", "その他所要の規定を改める。", "第五号を削る。", "第三条から別表第二までを削る。"],
)  # fmt: skip
def test_what_is_not_understood_is_kept_and_said_so(sentence: str) -> None:
    (one,) = order(sentence)
    assert (one.operation, one.work, one.words) == ("unknown", WORK, sentence)


def test_new_text_and_the_supplementary_provisions_instruct_nothing() -> None:
    found = order(
        "第三条を次のように改める。", "第三条　経済産業大臣は、許可をすることができるものとする。", "この政令は、公布の日から施行する。"
    )  # fmt: skip
    assert [one.eid for one in found] == ["3"]


def test_each_opening_names_the_law_that_follows() -> None:
    found = order(
        "第一条を削る。",
        "外国為替令（昭和五十五年政令第二百六十号）の一部を次のように改正する。",
        "別表の二の項（一）を削る。",
    )
    assert [(one.work, one.eid) for one in found] == [(WORK, "1"), ("jp/law/355CO0000000260", "別表/2/1")]
