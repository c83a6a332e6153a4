"""Chinese announcements and statutes: 章节条款项目, numbered lists, codes, customs numbers, GB18030, Markdown."""

from __future__ import annotations

from datetime import date

import pytest

from archive.errors import UnreadableDocument
from archive.records import Provision, Reading
from normalize.reading import Hints, read
from tests.normalize.pdf_fixtures import column, pdf

HINTS = Hints(
    as_of=date(2026, 4, 4), url="https://www.mofcom.gov.cn/zcfb/blgg/gg/2026/art/2026/art_00ff.html"
)

STATUTE = """# 中华人民共和国样品出口管制条例

2026年3月1日 中华人民共和国国务院令第900号公布

<!-- INFO END -->

## 第一章 总 则

第一条 为了示范，制定本条例。

第二条 样品的出口，适用本条例。

本条例所称样品，包括下列各项：

（一）货物；

（二）技术，包括：

1. 图纸；

2. 数据。

前款所称技术不含公开资料。

第二条之一 样品不得转让。

## 第二章 管理

### 第一节 许可

第十二条 出口样品应当申请许可。

附件

管制清单

一、材料

（一）石墨，密度大于1.72克/立方厘米
"""

ANNOUNCEMENT = """<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>公告</title></head><body>
<div class="crumbs">首页 &gt; 政策发布</div><h1>商务部 海关总署公告2026年第18号 公布对样品实施出口管制的决定</h1>
<div class="art-con"><p>根据有关规定，现公告如下：</p><p>一、满足以下特性的物项，未经许可，不得出口：</p>
<p>（一）1C902.a 样品金属及其合金；（参考海关商品编号：2805301900）</p><p>（二）样品靶材。</p>
<p>二、出口经营者应当申请许可。</p>
<table><tr><td>序号</td><td>商品编号</td><td>名称</td></tr><tr><td>1</td><td>2805301900</td><td>金属钐</td></tr><tr><td>2</td><td>2846901000</td><td>氧化钐</td></tr></table>
<p>三、本公告自2026年4月10日起正式实施。</p><p>附件：管制清单</p><p>1C903</p><p>1C903.a 样品一</p><p>1C903.a.1 样品二</p><p>1C903.b 样品三</p>
<p style="text-align:right">商务部 海关总署</p><p>2026年4月4日</p><p>【打印】</p></div><div class="footer">版权所有</div></body></html>"""


def _read(body: bytes, hints: Hints = HINTS) -> Reading:
    reading = read("cn_mofcom", body, hints)
    assert reading.leftovers == ()
    return reading


def _by_eid(reading: Reading) -> dict[str, Provision]:
    provisions = list(reading.expressions[0].walk())
    found = {one.eid: one for one in provisions}
    assert len(found) == len(provisions)
    return found


@pytest.fixture(scope="module")
def statute() -> Reading:
    return _read(STATUTE.encode(), Hints(as_of=date(2026, 3, 1), document="样品.md"))


@pytest.fixture(scope="module")
def announcement() -> Reading:
    return _read(ANNOUNCEMENT.encode("gb18030"))


def test_a_statute_is_named_by_its_title_whatever_the_edition(statute: Reading) -> None:
    expression = statute.expressions[0]
    assert (expression.work, expression.kind, expression.language) == (
        "cn/law/样品出口管制条例",
        "consolidated",
        "zh-Hans",
    )


def test_articles_paragraphs_and_items_have_the_address_of_their_citation(statute: Reading) -> None:
    found = _by_eid(statute)
    assert found["art-1"].text == "为了示范，制定本条例。"
    assert found["art-2.p2"].text.startswith("本条例所称样品")
    assert found["art-2.p2.1"].num == "（一）"
    assert found["art-2.p2.2.2"].text == "数据。"
    assert found["art-2.p3"].text == "前款所称技术不含公开资料。"
    assert found["art-2-1"].num == "第二条之一"
    assert found["art-12"].num == "第十二条"


def test_chapters_hold_sections_hold_articles(statute: Reading) -> None:
    found = _by_eid(statute)
    assert found["ch-1"].heading == "总 则"
    assert [child.eid for child in found["ch-2.sec-1"].children] == ["art-12"]


def test_the_note_of_promulgation_is_a_citation_and_an_annex_stands_beside_the_chapters(
    statute: Reading,
) -> None:
    found = _by_eid(statute)
    assert found["promulgation"].unit == "citation"
    assert found["annex.1.1"].text == "石墨，密度大于1.72克/立方厘米"
    assert "annex" in [one.eid for one in statute.expressions[0].provisions]


def test_comments_of_a_converter_are_discarded_by_name(statute: Reading) -> None:
    assert [(one.rule, one.text) for one in statute.discards] == [("markdown-comment", "<!-- INFO END -->")]


def test_an_announcement_is_named_by_its_number_and_dated_by_its_words(announcement: Reading) -> None:
    expression = announcement.expressions[0]
    assert (expression.work, expression.kind) == ("cn/mofcom/2026/18", "document")
    assert ("effective", "2026-04-10") in {(fact.name, fact.value) for fact in expression.facts}


def test_numbered_points_of_an_announcement_nest(announcement: Reading) -> None:
    found = _by_eid(announcement)
    assert found["1.1"].text.startswith("1C902.a 样品金属")
    assert found["2"].text == "出口经营者应当申请许可。"


def test_rows_are_keyed_by_customs_number_not_by_serial_number(announcement: Reading) -> None:
    rows = [
        (one.unit, one.eid.rsplit(".", 1)[-1])
        for one in announcement.expressions[0].walk()
        if one.unit in ("row", "header")
    ]
    assert rows == [("header", "header"), ("row", "2805301900"), ("row", "2846901000")]


def test_codes_of_the_list_stand_alone_and_nest_by_themselves(announcement: Reading) -> None:
    found = _by_eid(announcement)
    assert (found["1C903.a.1"].text, found["1C903.b"].text) == ("样品二", "样品三")
    assert [child.eid for child in found["1C903.a"].children] == ["1C903.a.1"]


def test_the_names_and_the_date_at_the_end_are_the_signature(announcement: Reading) -> None:
    assert [one.text for one in announcement.expressions[0].walk() if one.unit == "signature"] == [
        "商务部 海关总署",
        "2026年4月4日",
    ]


def test_menus_and_print_buttons_are_discarded_by_name(announcement: Reading) -> None:
    said = {one.rule for one in announcement.discards}
    assert said == {"outside-content", "controls"}


def test_the_same_page_in_utf8_without_a_charset_reads_alike(announcement: Reading) -> None:
    body = ANNOUNCEMENT.replace("text/html; charset=gb2312", "text/html").encode()
    assert _read(body).expressions == announcement.expressions


@pytest.mark.parametrize(
    ("title", "work"),
    [
        ("商务部公告2026年第7号 关于样品", "cn/mofcom/2026/7"),
        ("不可靠实体清单工作机制公告〔2026〕3号", "cn/uel/2026/3"),
        ("海关总署公告2026年第12号", "cn/海关总署/2026/12"),
        ("关于样品的通知", "cn/mofcom.gov.cn/zcfb/blgg/gg/2026/art/2026/art_00ff.html"),
    ],
)
def test_what_a_document_is_called(title: str, work: str) -> None:
    body = f"<html><body><h1>{title}</h1><article><p>现公告如下，自公布之日起施行，请遵照执行。</p></article></body></html>"
    assert _read(body.encode()).expressions[0].work == work


def test_a_page_that_only_sends_on_is_refused_with_the_address() -> None:
    body = '<html><head><meta http-equiv="Refresh" content="0; URL=/art/2026/art_11.html"></head><body><p>跳转</p></body></html>'
    with pytest.raises(UnreadableDocument, match=r"/art/2026/art_11\.html"):
        read("cn_mofcom", body.encode(), HINTS)


@pytest.mark.parametrize(
    "body",
    [b"", b"   ", b"%PDF-1.7", b"PK\x03\x04", b"# \xe6\xa0\x87", "# 只有标题".encode(), b"<html><body></body></html>", b"\xff" * 64],
    ids=["empty", "blank", "PDF", "Office", "cut off", "title only", "empty page", "no text"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(body: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        read("cn_mofcom", body, HINTS)


def test_a_table_of_contents_takes_no_address_of_a_chapter_and_emphasis_prints_nothing() -> None:
    text = "# 浮标管理条例\n## 目　录\n第一章　总则\n第二章　管理\n## 第一章　总则\n**第一条**　为了规范，制定本条例。\n第二条　甲 - 乙。\n## 第二章　管理\n第三条　许可。\n"
    reading = read(
        "cn_mofcom", text.encode(), Hints(as_of=date(2026, 1, 1), document="浮标管理条例(2026-01-05).md")
    )
    assert reading.leftovers == ()
    found = {one.eid: (one.heading, one.text) for one in reading.expressions[0].walk()}
    assert found["ch-1"] == ("总则", "")
    assert found["ch-2"] == ("管理", "")
    assert found["art-1"][1] == "为了规范，制定本条例。"
    assert found["art-2"][1] == "甲 - 乙。"


def test_articles_in_traditional_characters_are_articles() -> None:
    page = (
        '<html lang="zh-Hant"><head><meta charset="utf-8"></head><body><main><h1>貨品輸出管理辦法</h1><p>第一章　總則</p>'
        "<p>第一條　本辦法依貿易法訂定之。</p><p>第三條之一　輸出應申請許可。</p></main></body></html>"
    )
    reading = read(
        "web_page", page.encode(), Hints(as_of=date(2026, 1, 1), url="https://www.trade.example.tw/a")
    )
    assert reading.leftovers == ()
    assert reading.expressions[0].language == "zh-Hant"
    assert {"ch-1", "art-1", "art-3-1"} <= {one.eid for one in reading.expressions[0].walk()}


def test_an_announcement_as_pdf_is_one_of_the_source() -> None:
    lines = ["一、出口下列物项应当申请许可：", "（一）浮标。", "（二）技术。", "二、本公告自公布之日起施行。"]
    reading = read(
        "cn_mofcom",
        pdf(column(lines)),
        Hints(as_of=date(2026, 1, 1), url="https://www.mofcom.example.cn/a.pdf"),
    )
    assert reading.leftovers == ()
    assert {"1", "1.1", "1.2", "2"} <= {one.eid for one in reading.expressions[0].walk()}


def _announced(*lines: str) -> dict[str, Provision]:
    page = "".join(f"<p>{line}</p>" for line in ("根据有关规定，现公告如下：", *lines))
    title = "商务部公告2026年第30号 关于样品的公告"
    return _by_eid(
        _read(f"<html><body><h1>{title}</h1><div class='art-con'>{page}</div></body></html>".encode())
    )


@pytest.mark.parametrize(
    "closing",
    [
        "本公告自2026年5月1日起施行。",
        "本公告自公布之日起施行，原公告同时废止。",
        "上述措施自2026年5月1日起正式实施。",
        "自公布之日起施行。",
        "特此公告。",
    ],
)
def test_a_paragraph_that_ends_a_numbered_list_belongs_to_none_of_its_items(closing: str) -> None:
    found = _announced("一、样品金属。", "二、样品靶材，包括：", "（一）圆的；", "（二）方的。", closing)
    (eid,) = [eid for eid, one in found.items() if one.text == closing]
    assert "." not in eid
    assert [eid for eid in found if eid.startswith("2.")] == ["2.1", "2.2"]


def test_a_paragraph_that_only_goes_on_stays_with_its_item_and_so_does_one_that_a_list_goes_on_after() -> (
    None
):
    found = _announced(
        "一、样品金属。",
        "出口样品金属应当申请许可。",
        "二、样品靶材，包括：",
        "（一）圆的；",
        "本公告所称圆的是指球形的。",
        "（二）方的。",
        "三、其他。",
    )
    assert {eid.partition(".")[0] for eid, one in found.items() if "申请许可" in one.text} == {"1"}
    assert {"2.1", "2.2", "3"} <= set(found)
