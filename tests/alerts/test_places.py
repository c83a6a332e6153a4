"""Addresses in the words of their jurisdictions."""

from __future__ import annotations

import pytest

from alerts.citations import cite, cite_work, spot
from alerts.language import texts

REGULATION = "REGULATION (EU) 2024/1689 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL of 13 June 2024 laying down rules"


@pytest.mark.parametrize(
    ("work", "eid", "said"),
    [
        ("jp/law/324AC0000000228", "55_10/項4", "第55条の10第4項"),
        ("jp/law/324AC0000000228", "70/38", "第70条第38号"),
        ("jp/law/403M50000400049", "9/10/ロ/6/4", "第9条第10号ロ（6）（4）"),
        ("jp/law/403M50000400049", "2_2/項2/1", "第2条の2第2項第1号"),
        ("jp/law/324CO0000000378", "別表1/7/9", "別表第1の7の項（9）"),
        (
            "jp/law/324CO0000000378",
            "別表2_3/2_2/40/細目-2/xxxiii",
            "別表第2の3の2の2の項（40） 細目（xxxiii）",
        ),
        ("jp/law/413M60000400249", "別表/6", "別表 6"),
        ("jp/law/324CO0000000378", "附則/平成14年政令第209号/2", "附則（平成14年政令第209号） 2"),
        ("jp/law/324CO0000000378", "附則-112", "附則"),
        ("jp/law/324AC0000000228", "章6_3", "第6章の3"),
        ("eu/reg/2024/1689", "art7.2.h.ii", "Article 7(2)(h)(ii)"),
        ("eu/reg/2024/1689", "annexVII.4.7", "Annex VII, point 4(7)"),
        ("eu/reg/2024/1689", "annexI.sectionA.2", "Annex I, Section A, point 2"),
        ("eu/reg/2024/1689", "recital-74.footnote-2", "Recital 74, footnote 2"),
        ("eu/reg/2024/1689", "enacting-terms", "Enacting terms"),
        ("de/gii/awg_2013", "§18.5.nach-4.1", "§ 18(5)"),
        ("de/gii/awv_2013", "9A904.b", "9A904.b"),
        ("uk/uksi/2018/506", "schedule-2.paragraph-2.5.a.ii", "Schedule 2, paragraph 2(5)(a)(ii)"),
        ("uk/ukpga/2022/46", "section-67.1.quoted.27ZD.2", "section 67(1)"),
        ("cn/mofcom/2031-12", "art-14.p2", "第14条第2款"),
        ("us/cfr/15/744", "744.11.c.note-1", "744.11(c), note 1"),
        ("us/cfr/15/774/supp-1", "3A090.a.1", "3A090.a.1"),
        ("us/cfr/15/774/supp-1", "1C002.technical-notes.7", "1C002, technical notes (7)"),
        ("us/cfr/15/774/supp-1", "category-3.group-a.note-1", "Category 3, Product Group A, note 1"),
        ("us/cfr/15/744/supp-2", "supp-2.1.iii", "(1)(iii)"),
        ("us/list/csl", "dpl-alexander-fishenko", "Alexander Fishenko"),
        ("us/list/bis-dpl", "dpl-example-trading-llc-us-68-fr-38290", "Example Trading Llc"),
        # names and first words of what people never cite
        ("us/cfr/15/744/supp-4", "supp-4.chinapeoplesrepublicof.examplecoltd", ""),
        ("us/list/csl", "sdn-36216", ""),
        ("us/fr/2025-00636", "supplementary.p61", ""),
    ],
)
def test_an_address_is_said_as_its_jurisdiction_cites_it(work: str, eid: str, said: str) -> None:
    assert spot(work, eid) == said


def test_what_is_no_citation_is_not_said_as_one() -> None:
    assert cite("us/list/csl", "sdn-36216", "Consolidated Screening List") == "Consolidated Screening List"
    assert cite("jp/law/1", "附則-3/2", "外国為替令", texts("ja")) == "外国為替令、附則 2"
    assert cite("xx/law/1", "4.a", "A law of nowhere") == "A law of nowhere, 4.a"


@pytest.mark.parametrize(
    ("title", "cited"),
    [
        (REGULATION, "Regulation (EU) 2024/1689"),
        ("COUNCIL REGULATION (EC) No 428/2009 of 5 May 2009", "Council Regulation (EC) No 428/2009"),
        ("Commission Delegated Regulation (EU) 2023/66 of", "Commission Delegated Regulation (EU) 2023/66"),
        ("Directive 2014/90/EU of the European Parliament", "Directive 2014/90/EU"),
        ("Guidelines on prohibited practices", "Guidelines on prohibited practices"),
    ],
)
def test_an_act_of_the_union_is_cited_by_its_number(title: str, cited: str) -> None:
    assert cite_work("eu/reg/2024/1689", title) == cited
    assert cite("eu/reg/2024/1689", "art5.1", title) == f"{cited}, Article 5(1)"
