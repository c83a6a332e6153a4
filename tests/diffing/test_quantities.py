"""Quantities in all the ways regulations write them, and what is shaped like one and is none."""

from __future__ import annotations

import pytest

from diffing.quantities import quantities

FORMS = [
    # comparators in words, before and after
    ("en", "a payload equal to or greater than 500 kg", [">= 500 kg"]),
    ("en", "a payload of 500 kg or more", [">= 500 kg"]),
    ("en", "a stability of 30 s or less", ["<= 30 s"]),
    ("en", "a range exceeding 300 km", ["> 300 km"]),
    ("en", "a bore not exceeding 12.7 mm", ["<= 12.7 mm"]),
    ("en", "a length that does not exceed 1.5 m", ["<= 1.5 m"]),
    ("en", "an error of no more than 2 mrad", ["<= 2 mrad"]),
    ("en", "a drift rate less (better) than 0.75 degrees per hour", ["< 0.75 degrees per hour"]),
    ("en", "an accuracy equal to or less (better) than 0.7 milligal", ["<= 0.7 milligal"]),
    ("en", "a flatness better than 10 nm", ["10 nm"]),
    ("en", "two or more axes and three or more spindles", [">= 2", ">= 3"]),
    ("en", "at least two axes", [">= 2"]),
    ("en", "a total of 250,000 elements or less", ["<= 250000"]),
    ("de", "zwei Achsen oder mehr", [">= 2"]),
    ("en", "one or more of the following", []),
    ("en", "having at least one of the following", []),
    ("en", "within ±0.5 mm of the target", ["<= 0.5 mm"]),
    ("en", "a tolerance of ±2 %", ["2 %"]),
    ("en", "an average stress ratio equal to 1", ["1"]),
    ("en", "the K factor = 0.35", ["0.35"]),
    ("en", "divide the sample rate by a factor of 2.5", ["2.5"]),
    # ranges and lists: the unit stands once and governs all
    ("en", "frequencies from 16 to 18.5 GHz", ["16 GHz", "18.5 GHz"]),
    ("en", "between 200 and 400 nm", ["200 nm", "400 nm"]),
    ("en", "17.0-23.0 weight percent chromium", ["17.0 weight percent", "23.0 weight percent"]),
    ("en", "the 16/14 nanometer node", ["16/14 nanometer"]),
    ("en", "exceeding 3.2 GHz up to and including 6.8 GHz", ["> 3.2 GHz", "<= 6.8 GHz"]),
    ("en", "arrays of 640 x 512 elements", ["640", "512"]),
    ("en", "a field of 26 mm × 33 mm", ["26 mm", "33 mm"]),
    # powers, also where the caret or the superscript was lost
    ("en", "greater than 10^26 operations", ["> 10^26"]),
    ("en", "less than 1 x 10^-3", ["< 1*10^-3"]),
    ("en", "less than 1 × 10- 10 errors/bit/day", ["< 1*10^-10 errors/bit/day"]),
    ("en", "a strength less than 7 × 10 6 N/m^2", ["< 7*10^6 N/m^2"]),
    ("en", "less than 10- 14 J", ["< 10^-14 J"]),
    ("en", "a total dose of 5 × 105 Rads (Si)", ["5*105 Rads (Si)"]),
    ("en", "exceeding 5 × 10−6 K−1", ["> 5*10^-6 K−1"]),
    ("de", "mehr als 10^25 FLOPs", ["> 10^25 FLOPs"]),
    # formulas are one value
    ("en", "less (better) than (1.7 + L/1,000) µm", ["< 1.7 + L/1000 um"]),
    ("en", "less (better) than −(126 + 20log_10F − 20log_10f)", ["< -(126 + 20log_10F - 20log_10f)"]),
    ("en", "shall be compared to the 1.7 + L/800 µm threshold", ["1.7 + L/800 um"]),
    ("en", "a wavefront accuracy less than λ/20", ["< λ/20"]),
    # the same limit once more in brackets
    ("en", "exceeding 450 K (177 °C)", ["> 450 K", "> 177 degC"]),
    ("en", "in excess of 600 m/s (1,165 nautical mph)", ["> 600 m/s", "> 1165 nautical mph"]),
    ("en", "more than 0.1 kg per meter (470 grains per foot)", ["> 0.1 kg per meter", "> 470 grains per foot"]),
    # money, shares, times
    ("en", "$1500: 3A001.c", ["1500 USD"]),
    ("en", "a density of greater than 1.7g/cc", ["> 1.7 g/cc"]),
    ("en", "an execution time of less than (N log_2 N)/20,480 ms", ["< (Nlog_2N)/20480 ms"]),
    ("en", "a penalty of up to $1,200,000", ["<= 1200000 USD"]),
    ("en", "more than 25 percent of the value", ["> 25 percent"]),
    ("en", "ninety days or less", ["<= 90 days"]),
    ("en", "thirty (30) days", ["30 days"]),
    ("en", "exceeding 30,000 m.", ["> 30000 m"]),
    ("en", "an aspect ratio of 1.5:1", ["1.5:1"]),
    # Japanese
    ("ja", "最大動作周波数が四ギガヘルツを超えるもの", ["> 4 ギガヘルツ"]),
    ("ja", "厚さが〇・五ミリメートル以下のもの", ["<= 0.5 ミリメートル"]),
    ("ja", "総合処理性能が四、八〇〇以上のもの", [">= 4800"]),
    ("ja", "１０の２６乗を超える", ["> 10^26"]),
    ("ja", "一〇のマイナス六乗未満", ["< 10^-6"]),
    ("ja", "５０ナノメートル未満", ["< 50 ナノメートル"]),
    ("ja", "二万円以下の罰金", ["<= 20000 円"]),
    ("ja", "二以上の軸", [">= 2"]),
    ("ja", "加重最高性能が二四実効テラ演算超七〇実効テラ演算以下のもの", ["> 24 実効テラ演算", "<= 70 実効テラ演算"]),
    ("ja", "しきい値が１・５キロワット毎平方センチメートルを超えるもの", ["> 1.5 キロワット毎平方センチメートル"]),
    ("ja", "ビームパラメータ積が一・五ミリメートル・ミリラジアン以下", ["<= 1.5 ミリメートル・ミリラジアン"]),
    ("ja", "精度の等級が三級以上のもの", [">= 3 級"]),
    ("ja", "音圧感度がマイナス二三〇デシベルを超えるもの", ["> -230 デシベル"]),
    # German, French
    ("de", "eine Reichweite größer/gleich 300 km", [">= 300 km"]),
    ("de", "mit einer Genauigkeit kleiner (besser) als 0,5 µm", ["< 0.5 um"]),
    ("de", "von 193 bis 248 nm", ["193 nm", "248 nm"]),
    ("de", "höchstens 35 000 000 EUR", ["<= 35000000 EUR"]),
    ("de", "bis zu einem Wert von 1 000 Euro je Einfuhrsendung", ["<= 1000 EUR"]),
    ("de", "mit einem Kaliber von 12,7 mm oder kleiner", ["<= 12.7 mm"]),
    ("fr", "jusqu'à une valeur de 5 000 EUR", ["<= 5000 EUR"]),
    ("en", "greater than an average of 5 W", ["> 5 W"]),
    ("de", "fünf oder mehr Achsen", [">= 5"]),
    ("fr", "une puissance supérieure ou égale à 1,5 kW", [">= 1.5 kW"]),
    ("fr", "une épaisseur comprise entre 5 et 10 mm", ["5 mm", "10 mm"]),
    ("fr", "moins de 10 000 EUR", ["< 10000 EUR"]),
    ("fr", "deux axes ou plus", [">= 2"]),
    # Chinese
    ("zh", "纯度大于等于99.99%", [">= 99.99 %"]),
    ("zh", "频率在３ＧＨｚ以上", [">= 3 GHz"]),
    ("zh", "不超过三十日", ["<= 30 日"]),
    ("zh", "厚度为5毫米至10毫米", ["5 毫米", "10 毫米"]),
]  # fmt: skip

NONE = [
    ("en", "see paragraphs (b)(2), 5 and 6 of this section"),
    ("en", "paragraphs a.1, a.2, or a.5 of this entry"),
    ("en", "Note 3 to paragraph (c)"),
    ("en", "in accordance with ISO 10618 (2004), ASTM D 7028-07 and SAE ARP 755A"),
    ("en", "manufactured before 1890 and after January 1, 2017"),
    ("en", "Hexanitrostilbene (CAS 20062-22-0)"),
    ("en", "station T40 as defined in 22 CFR parts 120 through 130"),
    ("en", "Notes: 1. The term has a meaning. 2. For the purposes of this note"),
    ("en", "a “600 series” item of Category 5, Part 2"),
    ("en", "ECCN 3A090.a and 4A090"),
    ("en", "except under one of the three ways enumerated in it"),
    ("en", "containing zero or more weights"),
    ("en", "performs 2N-1 operations on N inputs"),
    ("en", "85 FR 36719, June 18, 2020"),
    ("en", "Building 14, 23 Harbor Road, Suite 501"),
    ("de", "nach Artikel 5 Absatz 1 Nummer 3"),
    ("fr", "à l'article 6, paragraphe 2, point 3"),
    ("ja", "第二条第三項第四号の規定"),
    ("zh", "第五条第二款规定的物项"),
]


@pytest.mark.parametrize(("language", "text", "expected"), FORMS, ids=lambda value: str(value)[:60])
def test_a_quantity_is_read_in_every_way_it_is_written(language: str, text: str, expected: list[str]) -> None:
    assert [str(quantity) for quantity in quantities(text, language)] == expected


@pytest.mark.parametrize(("language", "text"), NONE, ids=lambda value: str(value)[:60])
def test_a_reference_a_name_or_a_date_is_no_quantity(language: str, text: str) -> None:
    assert [str(quantity) for quantity in quantities(text, language)] == []
