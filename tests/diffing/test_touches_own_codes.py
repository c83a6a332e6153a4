"""A change in a list of codes touches the number it stands under, in every list whose eids are its numbers."""

from __future__ import annotations

import pytest

from archive.records import Change
from archive.vocabulary.eccn import REGIMES, parse_code
from diffing.touches.engine import touches_of
from diffing.touches.own_codes import own_codes, root_of


def changed(
    eid: str, *, old: str | None = None, kind: str = "substitution", text: str = "new words"
) -> Change:
    return Change(
        kind=kind,
        materiality="substantive",
        reason="test",
        old_eid=old or eid,
        new_eid=eid,
        unit="item",
        text_before="old words",
        text_after=text,
        ops=(("-", "old words"), ("+", text)),
    )


@pytest.mark.parametrize(
    ("work", "eid", "code", "regime"),
    [
        ("us/cfr/15/774/supp-1", "3A090.a.1", "3A090.a.1", "ear"),
        ("us/cfr/15/774/supp-1", "3A090.controls", "3A090", "ear"),
        ("us/cfr/15/774/supp-1", "3A001.b.2.note-1", "3A001.b.2", "ear"),
        ("us/cfr/22/121", "121.1.XI.c.4", "USML:XI.c.4", "usml"),
        ("us/cfr/22/121", "121.1.XII.c.2.iii", "USML:XII.c.2.iii", "usml"),
        ("us/cfr/22/121", "121.1.II.a.5.note-1.a", "USML:II.a.5", "usml"),
        ("eu/reg/2021/821/annex-I", "4A003.b", "4A003.b", "eu"),
        ("uk/uksi/2008/3231", "schedule-2.PL5017.a", "PL5017.a", "uk"),
        ("uk/uksi/2008/3231", "schedule-2.ML10.c", "ML10.c", "ml"),
        ("uk/gov/strategic-lists", "5A002.a.note-2", "5A002.a", "uk"),
        ("de/gii/awv_2013", "3A1906.a", "3A1906.a", "de"),
        ("de/gii/awv_2013", "0008.anmerkung-1.j", "0008", "de"),
        ("de/gii/awv_2013", "0010.h.2", "0010.h.2", "de"),
        ("eu/reg/2024/1689", "art50.2", "AIA:art50.2", "aia"),
        ("eu/reg/2024/1689", "art43.4.subpar-2", "AIA:art43.4", "aia"),
        ("eu/reg/2024/1689", "annexIII.1.a", "AIA:annexIII.1.a", "aia"),
        ("eu/reg/2024/1689", "annexVIII.sectionA.13", "AIA:annexVIII", "aia"),
        ("jp/law/324CO0000000378", "別表1/7/16", "輸出令/別表1/7/16", "jp"),
        ("jp/law/324CO0000000378", "別表1/3_2/1/備考", "輸出令/別表1/3_2/1", "jp"),
        ("jp/law/324CO0000000378", "未施行/平成25年政令第267号/別表1/2/50", "輸出令/別表1/2/50", "jp"),
        ("jp/law/355CO0000000260", "別表/5/2", "外為令/別表/5/2", "jp"),
        ("jp/law/403M50000400049", "6/16_4/イ/1/1", "貨物等省令/6/16_4/イ/1/1", "jp"),
        ("jp/law/403M50000400049", "2/項2/8/ハ", "貨物等省令/2/8/ハ", "jp"),
    ],
)  # fmt: skip
def test_the_own_code_is_the_item_touch(work: str, eid: str, code: str, regime: str) -> None:
    touches = touches_of(changed(eid), work=work, source="", language="")
    assert [
        (t.id, t.regime, t.role, t.via) for t in touches if t.role == "item" and t.via == "enclosing"
    ] == [(code, regime, "item", "enclosing")]
    assert regime in REGIMES
    assert parse_code(code, "ml" if code.startswith("PL") else regime) == code


def test_a_list_of_destinations_is_a_group_of_its_own() -> None:
    (touch,) = touches_of(changed("別表3"), work="jp/law/324CO0000000378", source="", language="ja")
    assert (touch.type, touch.id, touch.role) == ("group", "group:輸出令/別表3", "item")


@pytest.mark.parametrize(
    ("work", "eid"),
    [
        ("us/cfr/15/744", "744.11.a"),
        ("us/cfr/22/121", "121.16"),
        ("eu/reg/2024/1689", "recital-27"),
        ("eu/reg/2016/679", "art5.1"),
        ("de/gii/awv_2013", "§36.4"),
        ("jp/law/324CO0000000378", "附則/平成18年政令第387号/2"),
        ("jp/law/324CO0000000378", "4/1/ロ"),
        ("jp/law/355CO0000000260", "17/2"),
        ("jp/law/403M50000400049", "附則/1"),
        ("jp/law/324AC0000000228", "25/1"),
    ],
)
def test_what_is_no_item_of_a_list_has_no_code(work: str, eid: str) -> None:
    assert own_codes(changed(eid), work) == ()


def test_codes_in_its_words_are_cross_references_and_a_move_names_both_places() -> None:
    touches = touches_of(
        changed("別表1/7/16", text="外国為替令別表の七の項（一）に該当するもの"),
        work="jp/law/324CO0000000378",
        source="jp_egov",
        language="ja",
    )
    assert {(t.id, t.role) for t in touches if t.type == "code"} == {
        ("輸出令/別表1/7/16", "item"),
        ("外為令/別表/7/1", "cross-reference"),
    }
    moved = own_codes(changed("121.1.XI.c.5", old="121.1.XI.c.4", kind="renumbering"), "us/cfr/22/121")
    assert [own.id for own in moved] == ["USML:XI.c.5", "USML:XI.c.4"]


@pytest.mark.parametrize(
    ("code", "root"),
    [("3A090.a.1", "3A090"), ("輸出令/別表1/7/16", "輸出令/別表1/7"), ("AIA:art50.2", "AIA:art50"), ("USML:XI.c.4", "USML:XI")],
)  # fmt: skip
def test_a_code_and_its_paragraphs_have_one_root(code: str, root: str) -> None:
    assert root_of(code) == root
