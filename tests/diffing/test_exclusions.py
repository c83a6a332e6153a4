"""Limits beside exclusions and inside them: an exclusion turns the direction of the limits that it holds, and of no other."""

from __future__ import annotations

from datetime import date

import pytest

from archive.records import Expression, Provision
from diffing.engine import compare

# Each text has # where its limit stands. "beside": the exclusion takes out other things; "inside": the limit is what is taken out.
_BESIDE = {
    "ja": (
        ("総合処理性能が#のもの（部分品として設計したものを除く。）", "４８００以上", "２４００以上"),
        ("集積回路（部分品として設計したものを除く。）であって、総合処理性能が#のもの", "４８００以上", "２４００以上"),
        ("集積回路であって、総合処理性能が#のもの（ハに該当するもの（医療用を除く。）を除く。）", "４８００以上", "２４００以上"),
        ("集積回路であつて、総合処理性能が#のもの（部分品を除く。）のうち、車両用のもの", "４８００以上", "２４００以上"),
        ("集積回路であって、車両用のもの（部分品を除く。）のうち、総合処理性能が#のもの", "４８００以上", "２４００以上"),
        ("集積回路であって、総合処理性能が#のもの。ただし、部分品を除く。", "４８００以上", "２４００以上"),
        ("総合処理性能が#の集積回路であって、部分品を除くもの", "４８００以上", "２４００以上"),
        ("総合処理性能が#のもののうち、部分品を除いたもの", "４８００以上", "２４００以上"),
        ("部分品を除き、総合処理性能が#の集積回路", "４８００以上", "２４００以上"),
        ("部分品以外の集積回路であって、総合処理性能が#のもの", "４８００以上", "２４００以上"),
        ("集積回路であって、総合処理性能が#のもの（部分品以外のものに限る。）", "４８００以上", "２４００以上"),
        ("シリコン以外の膜を#の厚さで形成するように設計した装置", "５０ミリメートル以上", "２０ミリメートル以上"),
        ("出力が#のシリコン以外の半導体を用いたもの", "５０ワット以上", "２０ワット以上"),
        ("探知装置（出力が#のものに限り、実験用のものを除く。）", "５０ワット以上", "２０ワット以上"),
        ("集積回路の設計（出力が#のものに限る。部分品を除く。）に用いるもの", "５０ワット以上", "２０ワット以上"),
        ("集積回路(部分品を除く。)であって、出力(連続出力に限る。)が#のもの(医療用のものを除く。)", "５０ワット以上", "２０ワット以上"),
    ),
    "en": (
        ("Integrated circuits having a total processing performance of # (except those designed as components).", "4800 or more", "2400 or more"),
        ("Integrated circuits having a total processing performance of #, except those designed as components.", "4800 or more", "2400 or more"),
        ("Integrated circuits (excluding components) having a total processing performance of #.", "4800 or more", "2400 or more"),
        ("Integrated circuits, excluding components, having a total processing performance of #.", "4800 or more", "2400 or more"),
        ("Integrated circuits, excluding pumps, valves and motors, with a total processing performance of #.", "4800 or more", "2400 or more"),
        ("Lasers other than those specified in 6A005.a having an output power #.", "exceeding 50 W", "exceeding 20 W"),
        ("Lasers, other than those specified in 6A005.a or 6A005.b.1, having an output power #.", "exceeding 50 W", "exceeding 20 W"),
        ("Transistors, other than those specified by 3A001.b.3.a to 3A001.b.3.e and rated for a power #.", "exceeding 50 W", "exceeding 20 W"),
        ("Blades, other than those described in 9E003.a.1, designed to operate at a temperature #.", "exceeding 1,420 °C", "exceeding 1,220 °C"),
        ("Steel, other than that controlled by 1C116, “capable of” a tensile strength of #.", "1,950 MPa or more", "1,650 MPa or more"),
        ("Materials, other than those controlled by 1C001, for vehicles capable of a range of #.", "300 km or more", "200 km or more"),
        ("Tunnels, other than sections, “capable of” flows #.", "exceeding 50 m/s", "exceeding 20 m/s"),
        ("Equipment for layers of any material other than silicon with a thickness #.", "less than 3 mm", "less than 5 mm"),
        ("Lasers (not controlled by 6A995) having an output power #.", "exceeding 50 W", "exceeding 20 W"),
        ("Lasers having an output power # (medical lasers are not controlled).", "exceeding 50 W", "exceeding 20 W"),
        ("Lasers having an output power #, except those that are not subject to the EAR.", "exceeding 50 W", "exceeding 20 W"),
        ("Except as provided in paragraph (b), no person may export a laser exceeding #.", "50 W", "20 W"),
        ("Lasers having an output power # (other than those (e.g., pointers) for medical use).", "exceeding 50 W", "exceeding 20 W"),
    ),
    "zh": (
        ("总处理性能#的集成电路（作为部件设计的除外）", "4800以上", "2400以上"),
        ("总处理性能#的集成电路（不包括作为部件设计的）", "4800以上", "2400以上"),
        ("总处理性能#的集成电路，作为部件设计的除外。", "4800以上", "2400以上"),
        ("总处理性能#的集成电路，但作为部件设计的除外。", "4800以上", "2400以上"),
        ("总处理性能#的集成电路，不包括作为部件设计的。", "4800以上", "2400以上"),
        ("集成电路（部件除外），具有#的总处理性能", "4800以上", "2400以上"),
        ("集成电路，不包括部件，具有#的总处理性能", "4800以上", "2400以上"),
        ("除作为部件设计的以外，总处理性能#的集成电路", "4800以上", "2400以上"),
        ("除作为部件设计的集成电路外，具有#的总处理性能的集成电路", "4800以上", "2400以上"),
    ),
    "de": (
        ("Laser mit einer Ausgangsleistung von # (ausgenommen als Bestandteile konstruierte)", "mehr als 50 W", "mehr als 20 W"),
        ("Laser mit einer Ausgangsleistung von #, ausgenommen als Bestandteile konstruierte", "mehr als 50 W", "mehr als 20 W"),
        ("Laser mit einer Ausgangsleistung von #, mit Ausnahme von Bestandteilen", "mehr als 50 W", "mehr als 20 W"),
        ("Laser (mit Ausnahme von Bestandteilen) mit einer Ausgangsleistung von #", "mehr als 50 W", "mehr als 20 W"),
        ("Laser, ausgenommen Bestandteile, mit einer Ausgangsleistung von #", "mehr als 50 W", "mehr als 20 W"),
        ("Laser, andere als die von 6A005 erfassten, mit einer Ausgangsleistung von #", "mehr als 50 W", "mehr als 20 W"),
        ("Laser mit einer Ausgangsleistung von # (Bestandteile sind ausgenommen)", "mehr als 50 W", "mehr als 20 W"),
    ),
    "fr": (
        ("Lasers ayant une puissance de sortie de # (à l'exclusion de ceux conçus comme composants)", "plus de 50 W", "plus de 20 W"),
        ("Lasers ayant une puissance de sortie de #, à l’exclusion des composants", "plus de 50 W", "plus de 20 W"),
        ("Lasers ayant une puissance de sortie de #, sauf les composants", "plus de 50 W", "plus de 20 W"),
        ("Lasers (sauf les composants) ayant une puissance de sortie de #", "plus de 50 W", "plus de 20 W"),
        ("Lasers, à l'exception des composants, ayant une puissance de sortie de #", "plus de 50 W", "plus de 20 W"),
        ("Lasers autres que ceux visés au point 6A005 ayant une puissance de sortie de #", "plus de 50 W", "plus de 20 W"),
    ),
    "nl": (
        ("Lasers met een uitgangsvermogen van # (met uitzondering van onderdelen)", "meer dan 50 W", "meer dan 20 W"),
        ("Lasers, uitgezonderd onderdelen, met een uitgangsvermogen van #", "meer dan 50 W", "meer dan 20 W"),
    ),
}  # fmt: skip
_INSIDE = {
    "ja": (
        ("集積回路（総合処理性能が#のものを除く。）", "４８００未満", "２４００未満"),
        ("集積回路であって、車両用のもの（総合処理性能が#のものを除く。）のうち、部分品", "４８００未満", "２４００未満"),
        ("集積回路（医療用に設計したものであって、総合処理性能が#のものを除く。）であって、車両用のもの", "４８００未満", "２４００未満"),
        ("集積回路（総合処理性能が#のものであって、医療用に設計したものを除く。）", "４８００未満", "２４００未満"),
        ("集積回路（部分品及び総合処理性能が#のもの（連続のものに限る。）を除く。）", "４８００未満", "２４００未満"),
        ("集積回路であって、車両用のもの。ただし、総合処理性能が#のものを除く。", "４８００未満", "２４００未満"),
        ("集積回路であって、総合処理性能が#のものを除く。", "４８００未満", "２４００未満"),
        ("総合処理性能が#の集積回路以外のもの", "４８００未満", "２４００未満"),
        ("集積回路（部分品（総合処理性能が#のものに限る。）を除く。）", "４８００未満", "２４００未満"),
    ),
    "en": (
        ("Integrated circuits (except those having a total processing performance of #).", "less than 4800", "less than 2400"),
        ("Integrated circuits designed for vehicles, excluding those having a total processing performance of #.", "less than 4800", "less than 2400"),
        ("Integrated circuits other than those with a total processing performance of #.", "less than 4800", "less than 2400"),
        ("Lasers (excluding medical lasers (continuous wave) having an output power #), for vehicles.", "below 50 W", "below 20 W"),
        ("Lasers specified in 6A005 (other than those for medicine, with the exception of none, not exceeding #).", "50 W", "20 W"),
        ("Lasers, other than those specified in 6A005.a, 6A005.b or those having an output power #.", "below 50 W", "below 20 W"),
        ("Lasers (except those designed as components, having an output power #).", "below 50 W", "below 20 W"),
        ("Lasers, except pointers, lamps and lasers having an output power #.", "below 50 W", "below 20 W"),
    ),
    "zh": (
        ("集成电路（总处理性能#的除外）", "低于4800", "低于2400"),
        ("集成电路，但总处理性能#的除外。", "低于4800", "低于2400"),
        ("集成电路，但总处理性能#，且用于医疗的除外。", "低于4800", "低于2400"),
        ("集成电路（不包括总处理性能#的）", "低于4800", "低于2400"),
        ("除总处理性能#的以外的集成电路", "低于4800", "低于2400"),
    ),
    "de": (
        ("Laser (ausgenommen solche mit einer Ausgangsleistung von #)", "weniger als 50 W", "weniger als 20 W"),
        ("Laser, mit Ausnahme von Lasern mit einer Ausgangsleistung von #", "weniger als 50 W", "weniger als 20 W"),
        ("Laser mit einer Ausgangsleistung von # sind ausgenommen", "weniger als 50 W", "weniger als 20 W"),
    ),
    "fr": (
        ("Lasers (à l'exclusion de ceux ayant une puissance de #)", "moins de 50 W", "moins de 20 W"),
        ("Lasers, sauf ceux ayant une puissance de sortie de #", "moins de 50 W", "moins de 20 W"),
        ("Lasers autres que ceux d'une puissance de #", "moins de 50 W", "moins de 20 W"),
    ),
    "nl": (
        ("Lasers (met uitzondering van lasers met een uitgangsvermogen van #)", "minder dan 50 W", "minder dan 20 W"),
        ("Lasers, behalve die met een uitgangsvermogen van #", "minder dan 50 W", "minder dan 20 W"),
    ),
}  # fmt: skip
# An exclusion from what is let off, or from an exclusion, takes in again.
_TAKEN_IN_AGAIN = {
    "ja": (
        ("集積回路（部分品（出力が#のものを除く。）を除く。）", "５０ワット以上", "２０ワット以上"),
    ),
    "en": (
        ("Note: 6A005.b does not control lasers (except those having an output power #).", "exceeding 50 W", "exceeding 20 W"),
        ("Lasers (except pointers (other than those having an output power #)).", "exceeding 50 W", "exceeding 20 W"),
        ("No license is required for lasers, except for lasers #.", "exceeding 50 W", "exceeding 20 W"),
    ),
    "de": (
        ("Nummer 6A005 erfasst nicht Laser, ausgenommen solche mit einer Leistung von #", "mehr als 50 W", "mehr als 20 W"),
    ),
}  # fmt: skip


def _cases(table: dict[str, tuple[tuple[str, str, str], ...]]) -> list[tuple[str, str, str, str]]:
    return [(language, *case) for language, cases in table.items() for case in cases]


def _told(language: str, before: str, after: str, chapeau: str = "") -> list[str]:
    """The directions told where one item became another, under a chapeau if there is one."""
    sides = []
    for day, text in ((1, before), (2, after)):
        item = Provision(eid="p", unit="item", text=text)
        listed = Provision(eid="c", unit="item", text=chapeau, children=(item,)) if chapeau else item
        sides.append(
            Expression(
                work="xx/list",
                as_of=date(2026, 1, day),
                recipe="provisions/1",
                language=language,
                provisions=(listed,),
            )
        )
    return [limit.direction for change in compare(*sides) for limit in change.limits]


@pytest.mark.parametrize(("language", "text", "high", "low"), [*_cases(_BESIDE), *_cases(_TAKEN_IN_AGAIN)])
def test_an_exclusion_beside_a_limit_does_not_turn_it(language: str, text: str, high: str, low: str) -> None:
    assert _told(language, text.replace("#", high), text.replace("#", low)) == ["tighter"]
    assert _told(language, text.replace("#", low), text.replace("#", high)) == ["looser"]


@pytest.mark.parametrize(("language", "text", "high", "low"), _cases(_INSIDE))
def test_an_exclusion_that_holds_a_limit_turns_it(language: str, text: str, high: str, low: str) -> None:
    """Less is taken out where the exclusion reaches less far."""
    assert _told(language, text.replace("#", high), text.replace("#", low)) == ["tighter"]
    assert _told(language, text.replace("#", low), text.replace("#", high)) == ["looser"]


_LISTS = {
    "ja": (
        ("集積回路であって、次のいずれかに該当するもの（部分品を除く。）", True),
        ("集積回路（部分品を除く。）であって、次のいずれかに該当するもの", True),
        ("集積回路であって、次のいずれかに該当するもの。ただし、部分品を除く。", True),
        ("集積回路であって、次のいずれかに該当するもの（次のハに該当するものを除く。）", True),
        ("集積回路（次のいずれかに該当するものを除く。）", False),
        ("集積回路。ただし、次に掲げるものを除く。", False),
    ),
    "en": (
        ("Lasers, except those designed as components, having any of the following:", True),
        ("Lasers (other than those specified in 6A005.a) having any of the following:", True),
        ("Lasers other than those specified in 6A005.a having any of the following:", True),
        ("Lasers, excluding any of the following:", False),
        ("Lasers (other than components), except those having any of the following:", False),
    ),
    "zh": (
        ("集成电路（部件除外），具有下列任一特性：", True),
        ("集成电路，不包括部件，具有下列任一特性：", True),
        ("集成电路，但不包括下列产品：", False),
    ),
    "de": (
        ("Laser, ausgenommen Bestandteile, mit einer der folgenden Eigenschaften:", True),
        ("Laser, ausgenommen solche mit einer der folgenden Eigenschaften:", False),
    ),
    "fr": (
        ("Lasers (sauf les composants) ayant l'une des caractéristiques suivantes:", True),
        ("Lasers, à l'exclusion de ce qui suit:", False),
    ),
}  # fmt: skip
_ITEM = {
    "ja": ("出力が#のもの", "５０ワットを超える", "２０ワットを超える"),
    "en": ("an output power #;", "exceeding 50 W", "exceeding 20 W"),
    "zh": ("输出功率#；", "超过50瓦", "超过20瓦"),
    "de": ("Ausgangsleistung von #;", "mehr als 50 W", "mehr als 20 W"),
    "fr": ("une puissance de sortie de #;", "plus de 50 W", "plus de 20 W"),
}


@pytest.mark.parametrize(
    ("language", "chapeau", "controls"),
    [(language, *case) for language, cases in _LISTS.items() for case in cases],
)
def test_a_list_is_taken_out_only_where_it_stands_in_the_exclusion(
    language: str, chapeau: str, controls: bool
) -> None:
    text, high, low = _ITEM[language]
    down = _told(language, text.replace("#", high), text.replace("#", low), chapeau)
    up = _told(language, text.replace("#", low), text.replace("#", high), chapeau)
    assert (down, up) == ((["tighter"], ["looser"]) if controls else (["looser"], ["tighter"]))


@pytest.mark.parametrize(
    ("language", "plain", "excluding"),
    [
        ("ja", "集積回路", "集積回路（総合処理性能が４８００未満のものを除く。）"),
        ("en", "Lasers for vehicles", "Lasers for vehicles (excluding those having an output power below 50 W)"),
        ("en", "Lasers for vehicles", "Lasers for vehicles, other than those not exceeding 50 W"),
        ("zh", "用于车辆的集成电路", "用于车辆的集成电路（总处理性能低于4800的除外）"),
        ("de", "Laser für Fahrzeuge", "Laser für Fahrzeuge, ausgenommen solche mit weniger als 50 W"),
        ("fr", "Lasers pour véhicules", "Lasers pour véhicules, sauf ceux de moins de 50 W"),
    ],
)  # fmt: skip
def test_an_exclusion_that_comes_with_its_limit_controls_less(
    language: str, plain: str, excluding: str
) -> None:
    assert _told(language, plain, excluding) == ["looser"]
    assert _told(language, excluding, plain) == ["tighter"]


@pytest.mark.parametrize(
    ("language", "plain", "limited"),
    [
        ("ja", "集積回路（部分品を除く。）", "総合処理性能が４８００以上の集積回路（部分品を除く。）"),
        ("en", "Lasers (excluding components)", "Lasers having an output power exceeding 50 W (excluding components)"),
        ("en", "Lasers (excluding components)", "Lasers (excluding components) having an output power exceeding 50 W"),
        ("zh", "集成电路（部件除外）", "总处理性能4800以上的集成电路（部件除外）"),
        ("de", "Laser (ausgenommen Bestandteile)", "Laser mit mehr als 50 W (ausgenommen Bestandteile)"),
    ],
)  # fmt: skip
def test_a_limit_that_comes_beside_an_exclusion_controls_less(
    language: str, plain: str, limited: str
) -> None:
    assert _told(language, plain, limited) == ["looser"]
    assert _told(language, limited, plain) == ["tighter"]
