"""S11: the ordinance that lists goods is amended on 2025-04-04 for chip-making equipment, in force from 2025-05-28."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.replica.abroad import Abroad, Egov, Revision
from tests.stories.running import Story, story

LAW_ID, NUMBER = "403M50000400049", "平成三年通商産業省令第四十九号"
BEFORE, PROMULGATED, FORCE = date(2025, 4, 3), date(2025, 4, 4), date(2025, 5, 28)
OLD = (
    ("十六", "集積回路の見本であって、電圧が三ボルトを超えるもの", ()),
    (
        "十七",
        "半導体の製造に用いる見本の装置であって、次のいずれかに該当するもの",
        (
            ("イ", "結晶を引き上げる見本の装置"),
            ("ロ", "イオン注入装置であって、加速電圧が二〇キロボルト以上のもの"),
        ),
    ),
)
NEW = (
    OLD[0],
    (
        "十七",
        OLD[1][1],
        (
            *OLD[1][2],
            ("ハ", "異方性ドライエッチングを行うように設計した装置"),
            ("ニ", "極端紫外線を用いる露光装置に使用するように設計したマスク"),
            ("ホ", "エピタキシャル成長装置であって、ゲルマニウムを成長させるもの"),
        ),
    ),
    ("十七の二", "極低温冷却装置であって、四ケルビン以下で連続して動作するもの", ()),
    ("十八", "計算リソグラフィのために設計したプログラム", ()),
)


def ordinance(items: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...]) -> str:
    """An ordinance with one article that names its row of the order's table, as the real one does."""
    rows = "".join(
        f'<Item Num="{number}"><ItemTitle>{mark}</ItemTitle><ItemSentence><Sentence Num="1">{text}</Sentence></ItemSentence>'
        + "".join(
            f'<Subitem1 Num="{n}"><Subitem1Title>{sub}</Subitem1Title><Subitem1Sentence><Sentence Num="1">{words}</Sentence></Subitem1Sentence></Subitem1>'
            for n, (sub, words) in enumerate(below, start=1)
        )
        + "</Item>"
        for number, (mark, text, below) in zip(
            ("16", "17", "17_2", "18") if len(items) > 2 else ("16", "17"), items, strict=True
        )
    )
    return (
        f'<Law Era="Heisei" Year="3" Num="49" LawType="MinisterialOrdinance" Lang="ja"><LawNum>{NUMBER}</LawNum><LawBody>'
        "<LawTitle>輸出貿易管理令別表第一及び外国為替令別表の規定に基づき貨物又は技術を定める省令</LawTitle><MainProvision>"
        + _others()
        + '<Article Num="6"><ArticleTitle>第六条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence>'
        '<Sentence Num="1">輸出令別表第一の七の項の経済産業省令で定める仕様のものは、次のいずれかに該当するものとする。</Sentence>'
        f"</ParagraphSentence>{rows}</Paragraph></Article></MainProvision></LawBody></Law>"
    )


def _others() -> str:
    """The articles for the rows before."""
    return "".join(
        f'<Article Num="{n}"><ArticleTitle>第{"一二三四五"[n - 1]}条</ArticleTitle><Paragraph Num="1"><ParagraphNum/><ParagraphSentence>'
        f'<Sentence Num="1">見本の{"甲乙丙丁戊"[n - 1]}は、次の条に掲げるものを除く。</Sentence></ParagraphSentence></Paragraph></Article>'
        for n in range(1, 6)
    )


def served() -> Abroad:
    first = Revision(act=10, shown=date(2024, 9, 8), force=date(2024, 9, 8), law=ordinance(OLD))
    second = Revision(act=11, shown=PROMULGATED, force=FORCE, law=ordinance(NEW))
    return Abroad(today=BEFORE, service=Egov(law_id=LAW_ID, law_num=NUMBER, revisions=[first, second]))


def begun(folder: Path, replica: Abroad) -> Story:
    return story(
        folder,
        replica,
        "jp_egov",
        {"laws": [LAW_ID]},
        tools={"technologies": ["X1", "X8"]},
        cold={"technologies": ["X9"]},
        phones={"technologies": ["X6"]},
    )


def test_the_insertions_are_told_with_their_paths_at_promulgation_and_once_more_when_in_force(
    tmp_path: Path,
) -> None:
    with served() as replica:
        told = begun(tmp_path, replica)
        assert told.on(BEFORE) == []
        promulgated = told.on(PROMULGATED)
        inserted = {change["new_eid"] for change in told.place.changes() if change["kind"] == "insertion"}
        touched = told.touched("technology")
        between = told.on(date(2025, 5, 27))
        in_force = told.on(FORCE)
        after = told.on(date(2025, 5, 29))
    assert {alert["watch"] for alert in promulgated} == {"tools", "cold"}
    assert all("2025-05-28" in str(alert) for alert in promulgated), (
        "law that lies ahead says from when it is in force"
    )
    assert inserted == {"6/17/ハ", "6/17/ニ", "6/17/ホ", "6/17_2", "6/18"}
    assert {"X1", "X8", "X9"} <= touched
    assert {alert["watch"] for alert in in_force} == {"tools", "cold"}
    assert all(str(alert["title"]).startswith("Today") for alert in in_force)
    assert [alert for alert in between if not str(alert["title"]).startswith("In ")] == []
    assert after == []
