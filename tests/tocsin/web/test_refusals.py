"""A page that refuses says why in the language of its reader, and where to go on."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tocsin.muting
import tocsin.review.roles
import tocsin.web
from alerts.language import LANGUAGES, texts
from tests.tocsin.web.conftest import Get
from tocsin.review.lapse_words import lapse_in
from tocsin.web.refusals import told

CODE = (*Path(tocsin.web.__file__).parent.glob("*.py"), Path(tocsin.review.roles.__file__), Path(tocsin.muting.__file__))  # fmt: skip
FOR_PROGRAMS = ("feeds.py", "review_api.py")
TRANSLATED = LANGUAGES[1:]


def refusals() -> Iterator[str]:
    """What the code says where it raises ``Absent`` or ``Denied``, with a word for each value."""
    for path in CODE:
        for node in (
            ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if path.name not in FOR_PROGRAMS else ()
        ):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") in ("Absent", "Denied")
                and node.args
            ):
                said = node.args[0]
                yield from map(_sample, (said.body, said.orelse) if isinstance(said, ast.IfExp) else (said,))


def _sample(said: ast.expr) -> str:
    if isinstance(said, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "'value'" for one in said.values)
    return str(said.value) if isinstance(said, ast.Constant) else ""


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_refusal_of_the_code_is_said_in_every_language(language: str) -> None:
    found = [one for one in refusals() if one]
    assert len(found) > 12
    assert [
        one for one in found if told(texts(language), f"thing: {one}. Nobody knows this").language != language
    ] == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "rita may not sign a digest. It takes the role reviewer or counsel; theirs are reader"),
        ("ja", "ritaには次の権限がありません：ダイジェストに署名すること。必要な役割：審査担当者又は法務担当者。現在の役割：閲覧者"),
        ("zh-Hans", "rita 无权进行此操作：签署摘要。需要的角色：审核人或法律顾问；现有角色：读者"),
    ],
)  # fmt: skip
def test_who_is_refused_reads_what_it_takes(language: str, said: str) -> None:
    line = "people.rita.roles: rita may not sign a digest. It takes the role reviewer or counsel; theirs are reader"
    assert told(texts(language), line).words == said


def test_a_mend_that_names_a_command_says_on_a_page_what_to_do_there() -> None:
    line = "decision 'action': somebody has to act by some day. Name them by --by and --on"
    assert told(texts("en"), line).words == "somebody has to act by some day. Name the person and the day"


def test_what_is_not_known_stays_as_it_is_and_is_marked_as_english() -> None:
    line = "tocsin.toml, web: a thing that nobody foresaw. Mend it"
    assert (told(texts("ja"), line).words, told(texts("ja"), line).language) == (line, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_that_is_nothing_is_told_in_our_words_with_a_way_on(get: Get, language: str) -> None:
    page = get("/nothing", headers={"Accept-Language": language})
    assert page.status_code == 404
    assert "atabase" not in page.text
    assert "/nothing" in page.text.partition("<main")[2]
    assert ("There is no page at" in page.text) == (language == "en")
    assert f'<p class="note bad" lang="{language}">' in page.text
    assert all(f'<a href="{way}">' in page.text.partition("<main")[2] for way in ("/", "/works", "/search"))


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize(
    "why",
    [
        "an edition in between came to hand, and its transition no longer counts",
        "the law text before and after is read otherwise now",
        "the watch “chips” was taken out",
        "the watch “chips” was edited: eccn",
        "since 2031-02-01 the provision applies otherwise: stayed from 2031-02-01",
        "a later change of the same provision (substantive substitution, edition of 2031-02-05)",
        "a date moved (effective: 2031-03-01 → 2031-04-01)",
    ],
)
def test_why_a_decision_lapsed_is_said_in_every_language(language: str, why: str) -> None:
    said = lapse_in(texts(language), why)
    assert said != why
    assert not {"watch", "provision", "edition", "date", "text", "stayed"} & set(
        said.replace("（", " ").split()
    )
