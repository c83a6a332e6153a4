"""In which language a page speaks, and that no text of a page stands outside of the catalogues."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.catalogues import said
from alerts.language import LANGUAGES, texts
from archive.records import Applicability, Touch
from tocsin.config_people import Person
from tocsin.web import called, wording
from tocsin.web.language import accepted_language, language_for
from tocsin.web.wording import Wording

TEMPLATES = Path(wording.__file__).parent / "templates"
SAID_ALIKE = {"tocsin", "JSON", "CSV", "SQL", "UTC", "SHA", "TOML", "Atom"}
"""What is called so in every language."""


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("ja", "ja"),
        ("ja-JP, en;q=0.8", "ja"),
        ("en-GB, ja;q=0.9", "en"),
        ("de-DE, fr;q=0.9", "en"),
        ("de, zh-CN;q=0.5, en;q=0.4", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK, en", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh-Hant-CN", "zh-Hant"),
        ("zh", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("en;q=0.3, JA;q=0.7", "ja"),
        ("ja;q=0, en", "en"),
        ("ja;q=x, zh-TW;q=0.1", "zh-Hant"),
        ("*", "en"),
        (",;=q,,", "en"),
    ],
)
def test_a_browser_is_answered_in_its_first_language_that_there_is(header: str, language: str) -> None:
    assert accepted_language(header) == language


@given(
    st.text(st.characters(codec="latin-1"), max_size=80)
    | st.from_regex(r"(?:[a-zA-Z*-]{0,9}(?:;q=[0-9.]{0,6})?,? ?){0,5}", fullmatch=True)
)
def test_whatever_a_browser_sends_there_is_a_language(header: str) -> None:
    assert accepted_language(header) in LANGUAGES


def test_the_language_of_an_account_comes_before_that_of_the_browser() -> None:
    people = {
        "kei": Person(address="kei@example.org", language="ja"),
        "odd": Person(address="o@example.org", language="tlh"),
        "any": Person(address="any@example.org"),
    }
    assert language_for(people, "any", "zh-TW") == "zh-Hant", "nobody wrote down a language for them"
    assert people["any"].speaks == "en"
    assert language_for(people, "kei", "zh-TW") == "ja"
    assert language_for(people, "odd", "zh-TW") == "zh-Hant"
    assert language_for(people, "", "zh-TW") == "zh-Hant"
    assert language_for({}, "kei", "") == "en"


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_word_of_a_template_stands_outside_of_the_catalogues(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    text = re.sub(r'\b(?:placeholder|title|aria-label|alt|content)="([^"]*)"', r">\1<", text)
    text = re.sub(r"<(script|style|textarea|code|pre)\b.*?</\1>", " ", text, flags=re.DOTALL)
    words = re.findall(r"[^\W\d_]{3,}", re.sub(r"<[^>]*>|&\w+;", " ", text))
    examples = {"width", "device", "initial", "scale", "light", "dark", "cfr", "utf"}
    assert set(words) - SAID_ALIKE - examples == set(), template.name


def test_every_text_of_the_pages_is_in_the_catalogues() -> None:
    of_pages = {text for text, places in said().items() if any("tocsin/web/" in file for file, _ in places)}
    assert len(of_pages) > 350
    assert "How it stands" in of_pages
    assert ("{number} date", "{number} dates") in of_pages
    assert "told by another message" in of_pages, "the tables of called.py are among them"


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_values_are_called_by_their_names_in_the_language(language: str) -> None:
    say, here = texts(language), Wording(texts(language))
    english = Wording()
    for table in (called.STATES, called.APPLIES, called.TOUCHES, called.VIAS, called.ROLE_NAMES):
        for text in table.values():
            assert say(text) != text, (language, text)
    assert here.how_it_stands("dead") != english.how_it_stands("dead")
    assert here.how_it_stands("never heard of") == "never heard of"
    assert say.country("TH") in here.touch(Touch(type="country", id="TH"))
    assert "TH" in here.touch(Touch(type="country", id="TH"))
    stayed = Applicability(state="stayed", start=None, end=None, citation="90 FR 1")
    assert "90 FR 1" in here.state(stayed)
    assert "by" not in here.state(stayed)
    assert here.role("counsel") not in ("counsel", "")
    assert here.cited("us/cfr/15/744", "744.11.c", "") == "15 CFR 744.11(c)"
