"""The grammar of the lists that number in ways of their own, by its structures: the Japanese orders in four styles of numerals, the munitions
lists, the German list, the AI Act.

The places of a Japanese sentence are numbers: ``{r}`` ``{s}`` rows, ``{a}`` to ``{c}`` three brackets in a row, ``{n}`` an article, ``{k}`` an item.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from diffing.touches.engine import touches_in_text

_DIGITS = "〇一二三四五六七八九"


def _with_ten(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _DIGITS[tens] + "十") + (
        _DIGITS[ones] if ones else ""
    )


def _positional(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _wide(number: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(number))


_STYLES: tuple[Callable[[int], str], ...] = (_with_ten, _positional, str, _wide)

_JAPANESE = (
    ("輸出令別表第一の{r}の項（{a}）に掲げる貨物", "輸出令/別表1/{r}/{a}"),
    ("輸出貿易管理令別表第一の{r}の項の中欄（{a}）及び（{c}）", "輸出令/別表1/{r}/{a} 輸出令/別表1/{r}/{c}"),
    ("輸出令別表第一の{r}の項（{a}）から（{c}）まで", "輸出令/別表1/{r}/{a} 輸出令/別表1/{r}/{b} 輸出令/別表1/{r}/{c}"),
    ("輸出令別表第一の{r}の項（{a}）又は{s}の項（{b}）", "輸出令/別表1/{r}/{a} 輸出令/別表1/{s}/{b}"),
    ("輸出令別表第一の{r}の項（{a}）（同項（{b}）を除く。）", "輸出令/別表1/{r}/{a} !輸出令/別表1/{r}/{b}"),
    ("輸出令別表第一の{r}の項（{a}）から（{c}）まで（（{b}）を除く。）", "輸出令/別表1/{r}/{a} 輸出令/別表1/{r}/{b} 輸出令/別表1/{r}/{c} !輸出令/別表1/{r}/{b}"),
    ("輸出令別表第一の{r}の項に掲げる貨物（{s}の項に掲げるものを除く。）", "輸出令/別表1/{r} !輸出令/別表1/{s}"),
    ("輸出令別表第一の{r}の項（{a}）及び同表の{s}の項に掲げる貨物", "輸出令/別表1/{r}/{a} 輸出令/別表1/{s}"),
    ("輸出令別表第一の{r}の項中（{a}）を削り、同項（{c}）を改める", "輸出令/別表1/{r}/{a} 輸出令/別表1/{r}/{c}"),
    ("外為令別表の{r}の項（{a}）及び（{b}）に掲げる技術", "外為令/別表/{r}/{a} 外為令/別表/{r}/{b}"),
    ("外国為替令別表の{r}の項の中欄に掲げる技術", "外為令/別表/{r}"),
    ("貨物等省令第{n}条第{k}号に該当するもの", "貨物等省令/{n}/{k}"),
    ("貨物等省令第{n}条第{k}号イからハまで及びホ", "貨物等省令/{n}/{k}/イ 貨物等省令/{n}/{k}/ロ 貨物等省令/{n}/{k}/ハ 貨物等省令/{n}/{k}/ホ"),
    ("貨物等省令第{n}条第{k}号ロ（{a}）又は（{b}）", "貨物等省令/{n}/{k}/ロ/{a} 貨物等省令/{n}/{k}/ロ/{b}"),
    ("貨物等省令第{n}条第{k}号（ハを除く。）に該当するもの", "貨物等省令/{n}/{k} !貨物等省令/{n}/{k}/ハ"),
    ("貨物等省令第{n}条第{k}号イに該当するもの又は同号ニに該当するもの", "貨物等省令/{n}/{k}/イ 貨物等省令/{n}/{k}/ニ"),
    ("貨物等省令第{n}条第{a}号から第{c}号まで（第{b}号を除く。）", "貨物等省令/{n}/{a} 貨物等省令/{n}/{b} 貨物等省令/{n}/{c} !貨物等省令/{n}/{b}"),
    ("貨物等省令第{n}条第{k}号の二イ", "貨物等省令/{n}/{k}_2/イ"),
    ("貨物等省令第{n}条第二項第{k}号に掲げる技術", "貨物等省令/{n}/{k}"),
    ("法第{n}条第{k}号及び施行規則第{n}条第一項", ""),
)  # fmt: skip
_OTHERS = (
    ("en", "USML Category {roman}({x})({n}) and ({x})({m})", "USML:{roman}.{x}.{n} USML:{roman}.{x}.{m}"),
    ("en", "paragraphs ({x})({n}) and ({y}) of USML Category {roman}", "USML:{roman}.{x}.{n} USML:{roman}.{y}"),
    ("en", "Category {roman}({x})({n}) through ({o}) of the U.S. Munitions List", "USML:{roman}.{x}.{n} USML:{roman}.{x}.{m} USML:{roman}.{x}.{o}"),
    ("en", "USML Category {roman}, except {roman}({x})", "USML:{roman} !USML:{roman}.{x}"),
    ("zh", "美国军品清单第{roman}类({x})({n})", "USML:{roman}.{x}.{n}"),
    ("de", "USML Kategorie {roman}({x})({n})", "USML:{roman}.{x}.{n}"),
    ("en", "entries ML{n}.{x}, ML{n}.{y} and ML{m} of the military list", "ML{n}.{x} ML{n}.{y} ML{m}"),
    ("de", "ML{n} Buchstaben {x} und {y} sowie ML{m} der Gemeinsamen Militärgüterliste", "ML{n}.{x} ML{n}.{y} ML{m}"),
    ("fr", "les points ML{n} {x}) et {y}), et ML{m}", "ML{n}.{x} ML{n}.{y} ML{m}"),
    ("en", "ML{n} to ML{o} of the military list", "ML{n} ML{m} ML{o}"),
    ("en", "UK entries PL900{n}.{x} and PL900{m}", "PL900{n}.{x} PL900{m}"),
    ("de", "Nummer 000{n} Buchstabe {x} und Nummer 000{m} der Ausfuhrliste", "000{n}.{x} 000{m}"),
    ("de", "Nummern 3A190{n} und 3A190{m} {x} der Ausfuhrliste.", "3A190{n} 3A190{m}.{x}"),
    ("en", "Article {article}({n}) and ({m}) of the AI Act", "AIA:art{article}.{n} AIA:art{article}.{m}"),
    ("en", "Article {article}({n}), points ({x}) and ({y}), of the AI Act", "AIA:art{article}.{n}.{x} AIA:art{article}.{n}.{y}"),
    ("en", "points ({x}) and ({y}) of Article {article}({n}) of Regulation (EU) 2024/1689", "AIA:art{article}.{n}.{x} AIA:art{article}.{n}.{y}"),
    ("en", "Article {article} of the AI Act and paragraph {n} thereof", "AIA:art{article} AIA:art{article}.{n}"),
    ("en", "Annex III, point {n}({x}), to the AI Act", "AIA:annexIII.{n}.{x}"),
    ("en", "Annex III to the AI Act, except point {n}({x}) thereof", "AIA:annexIII !AIA:annexIII.{n}.{x}"),
    ("de", "Artikel {article} Absätze {n} bis {o} der KI-Verordnung", "AIA:art{article}.{n} AIA:art{article}.{m} AIA:art{article}.{o}"),
    ("de", "Artikel {article} Absatz {n} Buchstabe {x} der KI-Verordnung und dessen Absatz {m}", "AIA:art{article}.{n}.{x} AIA:art{article}.{m}"),
    ("de", "Anhang III Nummer {n} Buchstabe {x}, Nummer {m} der KI-Verordnung", "AIA:annexIII.{n}.{x} AIA:annexIII.{m}"),
    ("fr", "l'article {article}, paragraphe {n}, points {x}) et {y}), du règlement (UE) 2024/1689", "AIA:art{article}.{n}.{x} AIA:art{article}.{n}.{y}"),
    ("fr", "l'annexe III, points {n} {x}) et {m}, de la législation sur l'IA", "AIA:annexIII.{n}.{x} AIA:annexIII.{m}"),
    ("ja", "AI法第{article}条第{n}項から第{o}項まで", "AIA:art{article}.{n} AIA:art{article}.{m} AIA:art{article}.{o}"),
    ("ja", "AI法第{article}条第{n}項及び同条第{m}項", "AIA:art{article}.{n} AIA:art{article}.{m}"),
    ("zh", "《人工智能法》第{article}条第{n}款和第{m}款", "AIA:art{article}.{n} AIA:art{article}.{m}"),
    ("zh-Hant", "《人工智慧法》第{article}條第{n}項至第{o}項", "AIA:art{article}.{n} AIA:art{article}.{m} AIA:art{article}.{o}"),
)  # fmt: skip


def _said(text: str, language: str) -> set[str]:
    return {
        ("!" if touch.excluded else "") + touch.id
        for touch in touches_in_text(text, language=language)
        if touch.type == "code"
    }


@pytest.mark.parametrize(("sentence", "said"), _JAPANESE)
def test_a_japanese_structure_is_read_in_each_style_of_numerals(sentence: str, said: str) -> None:
    chance = random.Random(6)
    mistakes = []
    for style in _STYLES:
        for _ in range(6):
            first = chance.randint(1, 18)
            row, other = chance.sample(range(1, 17), 2)
            places = {
                "r": row,
                "s": other,
                "a": first,
                "b": first + 1,
                "c": first + 2,
                "n": chance.randint(1, 14),
                "k": chance.randint(1, 19),
            }
            text = sentence.format(**{name: style(number) for name, number in places.items()})
            expected, found = set(said.format(**places).split()), _said(text, "ja")
            if found != expected:
                mistakes.append((text, sorted(expected - found), sorted(found - expected)))
    assert mistakes == []


@pytest.mark.parametrize(("language", "sentence", "said"), _OTHERS)
def test_a_structure_says_the_same_of_all_numbers(language: str, sentence: str, said: str) -> None:
    chance = random.Random(6)
    mistakes = []
    for _ in range(12):
        first = chance.randint(1, 6)
        letter = chance.choice("bcdefg")
        places: dict[str, object] = {
            "n": first,
            "m": first + 1,
            "o": first + 2,
            "x": letter,
            "y": chr(ord(letter) + 1),
            "article": chance.randint(1, 113),
            "roman": chance.choice(("IV", "VIII", "XI", "XII", "XV", "XX")),
        }
        text = sentence.format(**places)
        expected, found = set(said.format(**places).split()), _said(text, language)
        if found != expected:
            mistakes.append((text, sorted(expected - found), sorted(found - expected)))
    assert mistakes == []
