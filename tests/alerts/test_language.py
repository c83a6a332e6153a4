"""The catalogues hold every text that is said, and each language writes days, numbers and counts as its readers do."""

from __future__ import annotations

import ast
import string
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages import Catalog
from hypothesis import given
from hypothesis import strategies as st

from alerts.catalogues import ROOT, gaps, said, update, written
from alerts.language import ENGLISH, LANGUAGES, common_language, texts

OTHERS = LANGUAGES[1:]
SAID = said()


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_has_a_certain_translation_that_keeps_its_placeholders(language: str) -> None:
    found = sorted(gaps(written(language), SAID))
    assert not found, "\n".join(["Run python -m alerts.catalogues, then translate:", *found])


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_is_as_the_tool_writes_it(language: str) -> None:
    kept = [(message.id, message.string) for message in written(language) if message.id]
    assert kept == [(message.id, message.string) for message in update(language, SAID) if message.id]


def test_what_is_wrong_with_a_catalogue_is_found() -> None:
    catalogue = Catalog(locale="ja")
    catalogue.add("good {day}", "よい{day}")
    catalogue.add("lost {day}", "なし")
    catalogue.add("guessed", "推測", flags=["fuzzy"])
    catalogue.add("empty", "")
    catalogue.add("gone", "古い")
    catalogue.add(("{number} day", "{number} days"), ("日",))
    wanted = ["good {day}", "lost {day}", "guessed", "empty", "new", ("{number} day", "{number} days")]
    found = " | ".join(sorted(gaps(catalogue, wanted)))
    for expected in (
        "'lost {day}'",
        "'guessed'",
        "'empty'",
        "no translation of 'new'",
        "nobody says 'gone'",
        "'{number} days'",
    ):
        assert expected in found
    assert "good" not in found


def test_texts_are_found_in_code_in_templates_and_on_cards(tmp_path: Path) -> None:
    for place, text in {
        "alerts/one.py": 'x = f"{say(\'in a string\')}"; say.plural("{number} a", "{number} as", 2); mark("in a table"); say(unknown)',
        "tocsin/templates/page.html": "<p>{{ say('on a page') }} {{ say.plural('{number} b', '{number} bs', n) }}</p>",
        "crawlers/sources/xx.py": 'SourceCard(id="xx", title="A gazette", legal_status="It is " "the law.")',
    }.items():
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert set(said(tmp_path)) == {
        "in a string", ("{number} a", "{number} as"), "in a table", "on a page", ("{number} b", "{number} bs"), "A gazette", "It is the law.",
    }  # fmt: skip


def test_no_text_is_put_together_before_it_is_said() -> None:
    """What is no literal can be in no catalogue: a text with values in it already would be said in English for ever."""
    for package in ("alerts", "tocsin"):
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in ("say", "mark")
                ):
                    assert not isinstance(node.args[0], ast.JoinedStr | ast.BinOp), f"{path}:{node.lineno}"


@pytest.mark.parametrize(
    ("language", "day", "weekday", "instant", "number", "country"),
    [
        ("en", "2026-07-20", "2026-07-20 (Monday)", "2026-07-20 09:05 UTC", "12,345", "Thailand"),
        ("ja", "2026年7月20日", "2026年7月20日（月曜日）", "2026年7月20日 09:05 UTC", "12,345", "タイ"),
        ("zh-Hans", "2026年7月20日", "2026年7月20日（星期一）", "2026年7月20日 09:05 UTC", "12,345", "泰国"),
        ("zh-Hant", "2026年7月20日", "2026年7月20日（星期一）", "2026年7月20日 09:05 UTC", "12,345", "泰國"),
    ],
)
def test_days_numbers_and_countries_are_written_as_in_the_language(
    language: str, day: str, weekday: str, instant: str, number: str, country: str
) -> None:
    say = texts(language)
    assert say.day(date(2026, 7, 20)) == day
    assert say.weekday(date(2026, 7, 20)) == weekday
    assert say.instant(datetime(2026, 7, 20, 9, 5, tzinfo=UTC)) == instant
    assert say.number(12345) == number
    assert say.country("TH") == country
    assert say.country("QQ") == ""


def test_what_counts_takes_the_form_of_its_number() -> None:
    assert [ENGLISH.plural("{number} change", "{number} changes", count) for count in (0, 1, 2, 1200)] == [
        "0 changes", "1 change", "2 changes", "1,200 changes",
    ]  # fmt: skip
    assert texts("ja").plural("{number} change", "{number} changes", 1200) == "変更1,200件"
    assert texts("zh-Hant").plural("in {number} day", "in {number} days", 1) == "還有1天"


def test_several_are_joined_as_in_the_language() -> None:
    assert ENGLISH.series(["a"]) == "a"
    assert ENGLISH.series(["a", "b", "c"]) == "a, b and c"
    assert texts("ja").series(["甲", "乙", "丙"]) == "甲、乙及び丙"
    assert texts("zh-Hans").either(["甲", "乙"]) == "甲或乙"


def test_what_no_catalogue_has_is_said_in_english_and_nothing_stays_nothing() -> None:
    assert (
        texts("ja")("a text that nobody translated: {name}", name="x") == "a text that nobody translated: x"
    )
    assert texts("ja")("") == ""
    assert texts("tlh")("today") == "today"


def test_a_message_to_several_people_is_in_the_language_that_they_have_in_common() -> None:
    assert common_language(["ja", "ja"]) == "ja"
    assert common_language(["ja", "zh-Hans"]) == "en"
    assert common_language([]) == "en"


@given(st.text(string.printable + "{}漢"))
def test_a_value_is_never_read_as_a_text(value: str) -> None:
    assert texts("ja")("Update: {title}", title=value) == f"続報：{value}"
