"""From when a Japanese law is in force, as its supplementary provisions say it."""

from __future__ import annotations

from datetime import date

import pytest

from archive.records import Reading
from normalize.reading import Hints, read

ARTICLES = "".join(
    f'<Article Num="{number}"><ArticleTitle>第{kanji}条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence>'
    f"<Sentence>定め{kanji}。</Sentence></ParagraphSentence></Paragraph></Article>"
    for number, kanji in enumerate("一二三四", 1)
)


def supplement(text: str, *, amending: str = "", items: tuple[tuple[str, str], ...] = ()) -> str:
    listed = "".join(
        f'<Item Num="{number}"><ItemTitle>{"一二三"[number - 1]}</ItemTitle><ItemSentence><Column><Sentence>{what}</Sentence></Column>'
        f"<Column><Sentence>{day}</Sentence></Column></ItemSentence></Item>"
        for number, (what, day) in enumerate(items, 1)
    )
    attribute = f' AmendLawNum="{amending}"' if amending else ""
    more = "".join(
        f'<Article Num="{number}"><ArticleTitle>第{kanji}条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence>'
        f"<Sentence>経過{kanji}。</Sentence></ParagraphSentence></Paragraph></Article>"
        for number, kanji in ((2, "二"), (3, "三"))
    )
    return (
        f'<SupplProvision{attribute}><SupplProvisionLabel>附　則</SupplProvisionLabel><Article Num="1"><ArticleCaption>（施行期日）</ArticleCaption>'
        f'<ArticleTitle>第一条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>{text}</Sentence></ParagraphSentence>'
        f"{listed}</Paragraph></Article>{more}</SupplProvision>"
    )


def law(*supplements: str, on: date = date(2026, 3, 1), **meta: object) -> Reading:
    body = (
        '<Law Era="Reiwa" Year="08" Num="901" LawType="CabinetOrder" Lang="ja" PromulgateMonth="02" PromulgateDay="14">'
        "<LawNum>令和八年政令第九百一号</LawNum><LawBody><LawTitle>試験令</LawTitle>"
        f"<MainProvision>{ARTICLES}</MainProvision>{''.join(supplements)}</LawBody></Law>"
    )
    reading = read("jp_egov", body.encode(), Hints(as_of=on, document="508CO0000000901", meta=meta))
    assert reading.leftovers == ()
    return reading


def ends(reading: Reading) -> dict[str, list[date | None]]:
    return {
        one.eid: [state.end for state in one.applicability]
        for one in reading.expressions[0].walk()
        if one.applicability
    }


def test_a_day_that_lies_ahead_is_set_on_the_whole_law_but_on_what_says_it() -> None:
    found = ends(law(supplement("この政令は、令和八年四月一日から施行する。")))
    assert found["1"] == found["4"] == found["附則/2"] == [date(2026, 3, 31)]
    assert "附則/1" not in found


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("この政令は、公布の日から起算して三月を経過した日から施行する。", date(2026, 5, 13)),
        ("この政令は、公布の日から起算して二十日を経過した日から施行する。", date(2026, 3, 5)),
        ("この政令は、公布の日から起算して一年を経過した日から施行する。", date(2027, 2, 13)),
    ],
)
def test_a_period_is_counted_from_the_promulgation(said: str, day: date) -> None:
    assert ends(law(supplement(said)))["1"] == [day]


def test_an_exception_has_its_own_day() -> None:
    said = "この政令は、令和八年四月一日から施行する。ただし、第二条及び附則第三条の規定は、令和九年一月一日から施行する。"
    found = ends(law(supplement(said)))
    assert found["2"] == found["附則/3"] == [date(2026, 12, 31)]
    assert found["1"] == found["3"] == found["附則/2"] == [date(2026, 3, 31)]


def test_exceptions_in_a_list_have_their_own_days() -> None:
    said = "この政令は、令和八年四月一日から施行する。ただし、次の各号に掲げる規定は、当該各号に定める日から施行する。"
    found = ends(
        law(supplement(said, items=(("第三条の規定", "令和八年十月一日"), ("第四条の規定", "公布の日"))))
    )
    assert found["3"] == [date(2026, 9, 30)]
    assert found["1"] == [date(2026, 3, 31)]
    assert "4" not in found


def test_an_amending_law_says_nothing_of_the_articles_of_the_law_that_it_amends() -> None:
    said = "この政令は、令和八年六月一日から施行する。ただし、第二条の規定は、令和九年一月一日から施行する。"
    found = ends(
        law(
            supplement("この政令は、公布の日から施行する。"),
            supplement(said, amending="令和八年政令第九百二号"),
        )
    )
    assert "1" not in found
    assert found["附則/令和8年政令第902号/3"] == [date(2026, 5, 31)]
    assert "2" not in found


def test_a_day_that_another_act_is_to_fix_is_told_while_it_may_lie_ahead() -> None:
    said = "この政令は、公布の日から起算して一年を超えない範囲内において政令で定める日から施行する。"
    assert ["fixed by another act" in one.message for one in law(supplement(said)).remarks] == [True]
    assert law(supplement(said), on=date(2030, 1, 1)).remarks == ()


def test_what_is_in_force_has_no_state() -> None:
    assert ends(law(supplement("この政令は、令和八年四月一日から施行する。"), on=date(2026, 4, 1))) == {}
    assert ends(law(supplement("この政令は、公布の日から施行する。"))) == {}
