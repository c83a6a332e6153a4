"""Names of countries: each spelling leads to one code, in each language, as the regulations print them."""

from __future__ import annotations

import json
from collections import defaultdict

import pytest

from archive.vocabulary.countries import codes, country_code, spellings
from archive.vocabulary.countries_contexts import PHRASES
from archive.vocabulary.plain import fold
from tests.corpus import corpus_file


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Thailand", "TH"), ("th", "TH"), ("TÜRKİYE", "TR"), ("Turkey", "TR"), ("CHINA, PEOPLE'S REPUBLIC OF", "CN"), ("China (PRC)", "CN"),
        ("Bahamas, The", "BS"), ("The Bahamas", "BS"), ("Cote d'lvoire", "CI"), ("Seycheles", "SC"), ("Congo (Democratic Republic of the)", "CD"),
        ("Congo (Republic of the)", "CG"), ("Korea, South", "KR"), ("Korea, North", "KP"), ("St. Kitts & Nevis", "KN"), ("Saint Kitts and Nevis", "KN"),
        ("Micronesia (Federated State of)", "FM"), ("Sint Maarten (the Dutch two-fifths of the island of Saint Martin)", "SX"), ("Burma", "MM"),
        ("South Sudan, Republic of", "SS"), ("Hong Kong", "HK"), ("Macau", "MO"), ("Republic of China", "TW"), ("Kosovo", "XK"), ("Crimea region of Ukraine", "UA-43"),
        ("ua-43", "UA-43"), ("中華人民共和国", "CN"), ("臺灣", "TW"), ("阿联酋", "AE"), ("アラブ首長国連邦", "AE"), ("Weißrussland", "BY"), ("Weissrussland", "BY"),
        ("Demokratischen Volksrepublik Korea", "KP"), ("Émirats arabes unis", "AE"), ("Emirats arabes unis", "AE"), ("Narnia", None), ("", None), ("Chinese", None), ("USSR", None),
    ],
)  # fmt: skip
def test_a_name_in_any_spelling_has_its_code(name: str, code: str | None) -> None:
    assert country_code(name) == code


def test_no_spelling_belongs_to_two_countries() -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for name in spellings():
        owners[name.key].add(name.code)
    assert {key: found for key, found in owners.items() if len(found) > 1} == {}


def test_every_country_has_names_in_all_six_languages() -> None:
    international = {name.code for name in spellings() if name.key.isascii()}
    wide = {
        name.code for name in spellings() if any("一" <= c <= "鿿" or "ァ" <= c <= "ヺ" for c in name.key)
    }
    assert international == wide == codes()
    assert len(codes()) >= 250


def test_no_phrase_that_holds_a_name_is_itself_a_name() -> None:
    names = {name.key for name in spellings()}
    assert sorted(phrase for phrase in PHRASES if fold(phrase) in names) == []


def test_every_country_of_the_country_chart_and_of_the_groups_is_known() -> None:
    groups = json.loads(
        corpus_file("extra/us/country-groups_part740_2026-07-23.json").read_text(encoding="utf-8")
    )
    chart = json.loads(corpus_file("extra/us/country-chart_part738_2026-07.json").read_text(encoding="utf-8"))
    names = {name for members in groups["groups"].values() for name in members} | set(chart["countries"])
    assert len(names) > 190
    assert sorted(name for name in names if country_code(name) is None) == []
