"""Patterns in the index: what a pattern needs is found wherever the pattern is, for any pattern and any text."""

from __future__ import annotations

import pytest
import re2
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alerts.match import WatchIndex, match
from alerts.match_literals import literal_form, required_literals
from alerts.match_patterns import PatternIndex
from alerts.phrases import UnusablePattern, compiled
from tests.alerts.made import change, chips, stored, thailand, watch


@pytest.mark.parametrize(
    ("pattern", "literals"),
    [
        ("total processing", {"total processing"}),
        (r"(?i)Total\s+Processing", {"processing"}),
        (r"\b(?:chips?|circuits?) of \d+", {" of "}),
        ("(?:chip|circuit)s", {"circuit", "chip"}),
        ("(?:chip|)", set()),
        ("colou?r", {"colo"}),
        ("ab+cd", {"ab", "cd"}),
        ("x{0,3}abc", {"abc"}),
        ("x{2}", {"x"}),
        ("a{,5}", {"a{,5}"}),
        ("[0-9]{4}", set()),
        ("[]x]ab", {"ab"}),
        (r"[[:alpha:]\]]+ab", {"ab"}),
        (r"[^\d]ab", {"ab"}),
        ("(?P<unit>teslas?) ", {"tesla"}),
        ("先进芯片", {"先进芯片"}),
        ("Straße", {"stra"}),
        (r"\Qa.b\E", set()),
        (r"\pLab", set()),
        (r"a\.b", {"a.b"}),
        ("(((deep)))", {"deep"}),
    ],
)
def test_what_a_pattern_needs_is_the_longest_text_that_it_cannot_do_without(
    pattern: str, literals: set[str]
) -> None:
    found = required_literals(pattern)
    assert found == literals or (len(literals) == 2 and found and found < literals)


PIECES = st.sampled_from(
    [
        "a",
        "K",
        "s",
        "ß",
        "ſ",
        "芯",
        "é",
        ".",
        "[ab]",
        "[^s]",
        "[]a]",
        r"\d",
        r"\b",
        r"\.",
        "^",
        "{,2}",
        "“",
        "（",
    ]
)
PATTERNS = st.recursive(
    PIECES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{0,1}", "+?"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
        st.lists(inner, min_size=2, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda many: f"({'|'.join(many)})"),
        inner.map(lambda one: f"(?i:{one})"),
    ),
    max_leaves=6,
)
TEXTS = st.text(st.sampled_from('aAbkKsSßẞſKéÉ芯.1 {},“("'), max_size=12)


@settings(deadline=None)
@given(PATTERNS, st.booleans(), TEXTS)
def test_no_text_that_a_pattern_is_found_in_lacks_what_it_needs(
    pattern: str, ignores_case: bool, text: str
) -> None:
    pattern = f"(?i){pattern}" if ignores_case else pattern
    try:
        expression = re2.compile(pattern)
    except re2.error:
        assume(False)
    literals = required_literals(pattern)
    if literals and expression.search(text):
        assert any(literal in literal_form(text) for literal in literals)


@settings(deadline=None)
@given(st.lists(PATTERNS, min_size=1, max_size=5), TEXTS)
def test_the_index_offers_every_pattern_that_is_found(patterns: list[str], text: str) -> None:
    usable = []
    for pattern in patterns:
        try:
            compiled(pattern)
        except UnusablePattern:
            continue
        usable.append(pattern)
    possible = PatternIndex(usable).possible([text])
    assert {pattern for pattern in usable if compiled(pattern).search(text)} <= possible <= set(usable)


def test_a_set_that_answers_nothing_because_it_ran_out_of_memory_offers_all_its_patterns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    patterns = [f"[ab][cd]{{{number}}}" for number in range(1, 12)]
    assert PatternIndex(patterns).possible(["xyz"]) == set()
    monkeypatch.setattr(re2.Set, "Match", lambda _self, _text: None)
    assert PatternIndex(patterns).possible(["xyz"]) == set(patterns)


def test_patterns_that_are_too_big_for_one_set_are_parted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("alerts.match_patterns._MEMORY", 40_000)
    patterns = [f"[ab][cd]{{{number}}}.{{20}}[ef]" for number in range(1, 12)]
    found = "a" + "c" * 7 + "x" * 20 + "e"
    assert PatternIndex(patterns).possible([found]) == {patterns[6]}


def test_patterns_that_a_change_cannot_meet_cost_it_nothing() -> None:
    many = [
        watch(f"w{number}", regex=(rf"(?i)company\s+no\.? {number} of", rf"C-{number}\b"))
        for number in range(500)
    ]
    index = WatchIndex(
        [*many, watch("chips", regex=(r"\b[0-9]{4} or more",)), watch("digits", regex=("[0-9]{4}",))]
    )
    assert [found.watch.name for found in index.match(chips())] == ["chips", "digits"]
    assert index.candidates(chips()) == (500, 501)
    assert index.candidates(thailand()) == ()


def test_a_pattern_may_use_the_marks_of_print() -> None:
    one = stored(change((("=", "第（"), ("+", "“二”"), ("=", "）条"))))
    assert match([watch(regex=("第（“二”）条",))], one)
    assert match([watch(regex=("[“”]二",))], one)
    assert match([watch(regex=(r"第\（\“",))], one)
    assert not match([watch(regex=("第（三）",))], one)
    assert not match([watch(regex=(r"第\\“",))], one)


def test_patterns_that_share_a_word_are_possible_only_where_they_are_found_themselves() -> None:
    shared = [rf"\bfirm\s+no\.?\s*{number}x\b" for number in range(100, 140)]
    index = PatternIndex([*shared, "firmware"])
    assert index.possible(["new firmware for lasers"]) == {"firmware"}
    assert index.possible(["the firm no. 117x", "and firm 118x"]) == {shared[17]}
