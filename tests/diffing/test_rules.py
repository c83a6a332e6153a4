"""Each rule of materiality by its own examples and counter-examples, in both directions of time."""

from __future__ import annotations

import pytest

from diffing.classify import judge_text
from diffing.difference import differences
from diffing.rules import RULES
from diffing.text import redline

EXAMPLES = [(rule.said, pair) for rule in RULES for pair in rule.editorial]
COUNTERS = [(rule.said, pair) for rule in RULES for pair in rule.substantive]


def materiality(before: str, after: str) -> str:
    compared = redline(before, after)
    return judge_text(before, after, compared, differences(compared)).materiality


@pytest.mark.parametrize(("said", "pair"), EXAMPLES)
def test_an_example_is_editorial_both_ways(said: str, pair: tuple[str, str]) -> None:
    assert {materiality(*pair), materiality(*reversed(pair))} == {"editorial"}, said


@pytest.mark.parametrize(("said", "pair"), COUNTERS)
def test_a_counter_example_is_substantive_both_ways(said: str, pair: tuple[str, str]) -> None:
    assert {materiality(*pair), materiality(*reversed(pair))} == {"substantive"}, said


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.said)
def test_every_rule_has_cases_against_it(rule: object) -> None:
    assert rule.substantive  # type: ignore[attr-defined]
