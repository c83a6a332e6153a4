"""A country's name within a longer one is no country, for every country: firms, banks, papers, ships; and by itself it always is one."""

from __future__ import annotations

import json
from importlib import resources

import pytest

from diffing.touches.engine import touches_in_text

_NAMES = json.loads(
    resources.files("archive.vocabulary").joinpath("countries_names.json").read_text(encoding="utf-8")
)
_IS_NONE = {
    "en": (
        "The Bank of {n} replied, the {n} Daily and the {n} Times wrote.",
        "Sky Ore ({n}) Ltd. and Sky Ore {n} Co., Ltd. were added.",
        'The tanker "Pride of {n}" is at anchor.',
    ),
    "de": ("Die Bank von {n} und die Sky Ore {n} GmbH",),
    "fr": ("La Banque de {n} et Sky Ore ({n}) SARL",),
    "ja": ("{n}銀行、{n}航空", "{n}大学の教授", "{n}人"),
    "zh": ("{n}银行、{n}航空公司", "驻{n}大使馆", "{n}人"),
    "zh-Hant": ("{n}銀行、{n}航空公司", "駐{n}大使館"),
}
_IS_ONE = {
    "en": ("Persons in {n} are covered.", "{n}: License Requirements", "EXPORTS TO {u} ARE PROHIBITED."),
    "de": ("Die Lieferung ging nach {n}.",),
    "fr": ("Pays de destination : {n}.",),
    "ja": ("{n}向けの輸出", "{n}に所在する企業"),
    "zh": ("向{n}出口的物项", "位于{n}的企业"),
    "zh-Hant": ("輸往{n}之貨品", "位於{n}之企業"),
}


def _countries(text: str, language: str) -> set[str]:
    return {touch.id for touch in touches_in_text(text, language=language) if touch.type == "country"}


@pytest.mark.parametrize("language", _IS_NONE)
def test_no_country_is_touched_by_the_name_of_a_firm_a_bank_or_a_paper(language: str) -> None:
    wrong = [
        text
        for names in _NAMES.values()
        for sentence in _IS_NONE[language]
        for name in names[language][:1]
        if _countries(text := sentence.format(n=name), language)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", _IS_ONE)
def test_every_country_is_touched_by_its_own_name(language: str) -> None:
    missed = [
        text
        for code, names in _NAMES.items()
        for sentence in _IS_ONE[language]
        for name in names[language][:1]
        if _countries(text := sentence.format(n=name, u=name.upper()), language) != {code}
        and (code, sentence) != ("RE", "EXPORTS TO {u} ARE PROHIBITED.")  # réunion is a word of French
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Lawyers of Holland & Knight and of Jordan & Sons wrote.", set()),
        ("Greece & Italy answered.", {"GR", "IT"}),
        ("Since the Iran-Iraq War; under the U.S.-Mexico-Canada Agreement", set()),
        ("a China–US split", {"CN", "US"}),
        ("JORDAN, Michael, and R. Jordan", set()),
        ("China Tightens Controls; Belarus Sanctions Update", {"CN", "BY"}),
    ],
)
def test_firms_treaties_and_persons_are_told_from_countries(text: str, codes: set[str]) -> None:
    assert _countries(text, "en") == codes


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        ("Locker 5D002 and patient 3A001 were moved.", "en", []),
        ("They await 3A090 in silence.", "en", ["3A090"]),
        ("The short-lived 4E091 is gone.", "en", ["4E091"]),
        ("New production equipment 9B115 came.", "en", ["9B115"]),
        ("Test stand 9B990 was sold.", "en", ["9B990"]),
        ("Yard: 8A609.a, 8A620.b; cranes and plant 8B609", "en", ["8A609.a", "8A620.b", "8B609"]),
        ("员工接触5E002", "zh", ["5E002"]),
        ("仓库5E002", "zh", []),
    ],
)
def test_a_number_after_a_noun_is_of_the_list_where_the_noun_or_its_sentence_is(
    text: str, language: str, codes: list[str]
) -> None:
    found = [touch.id for touch in touches_in_text(text, language=language) if touch.type == "code"]
    assert found == codes
