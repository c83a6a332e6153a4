"""Every reason that the differ can give for a materiality is known, and said in each language."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import diffing
from alerts.language import LANGUAGES, texts
from alerts.reasons import reason_in
from archive.records import Applicability, Expression, Provision
from diffing.engine import compare
from diffing.rules import RULES
from diffing.substance import _SORTS
from tests.alerts.test_language import OTHERS

WORDS = re.compile(r"[A-Za-z]{2,}")
DIFFING = Path(diffing.__file__ or "").parent


def judged() -> Iterator[str | re.Pattern[str]]:
    """The reasons that stand in the differ's code: whole, or as a pattern where it puts something in."""
    for path in sorted(DIFFING.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.id if isinstance(node.func, ast.Name) else ""
                given = [node.args[1]] if called == "Judgement" and len(node.args) > 1 else []
                named = [one.value for one in node.keywords if one.arg == "reason"]
                for value in [*given, *(named if called in ("Change", "Judgement") else [])]:
                    yield from _said(value)


def _said(value: ast.expr) -> Iterator[str | re.Pattern[str]]:
    if isinstance(value, ast.IfExp):
        yield from _said(value.body)
        yield from _said(value.orelse)
    elif isinstance(value, ast.Constant):
        yield str(value.value)
    elif isinstance(value, ast.JoinedStr):
        parts = [
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in value.values
        ]
        yield re.compile("".join(parts))


MADE = [
    "a placeholder where no text was",
    "a placeholder where no text is",
    "a number or code changed: 四千八百 → 二千四百",
    "a number or code changed: 1; 2 → 1; 3",
    "moved under another parent, which governs it now; words changed: 甲 → 乙",
    "part of it stands under another parent, which governs it now; new text",
    "moved among its siblings, no word changed",
    "renumbered, only spelling variants differ",
    "split, no word changed",
    "joined, only look-alike kana, punctuation, case and typographic forms and the citation of the last amendment differ",
    "no word changed; stayed from 2026-06-18 to 2026-11-09 by 91 22222",
    "a number or code changed: 4; 5 → 2; 5; the stay is over as of 2026-11-10; in force again as of 2026-11-10",
    "not yet in force to 2026-11-09",
    "ended from 2026-01-01",
    "in force as of 2026-11-10",
    "the dates of its application changed: none are given now",
    "the dates of its application changed: stayed from 2026-06-18 to 2026-11-09; ended from 2027-01-01",
    "the document was withdrawn: 404",
    "another number mark: '(1)' became '(2)'",
    "another control number: '3' became '4'",
    "late finding: a comparator changed: 4 → 5",
    "a date of the calendar; no word changed",
    "announced; nothing changed there since its day",
    "announced; the newest edition is older than its day",
    *(f"only {rule.said} differ" for rule in RULES),
    *(f"{sort}: 甲 → 乙" for sort, _ in _SORTS),
    "words changed: 甲 → 乙",
    "words added: 甲",
    "words taken out: 甲",
]
MOVED = "the document moved from https://a.example/1 to https://a.example/2"
WHOLE = {reason for reason in judged() if isinstance(reason, str)}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("reason", sorted({*MADE, *WHOLE}))
def test_a_reason_is_said_whole_in_the_language_of_the_reader(reason: str, language: str) -> None:
    said = reason_in(texts(language), reason)
    assert said != reason
    assert not WORDS.findall(said.replace("ss", "")), said


@pytest.mark.parametrize("reason", MADE)
def test_in_english_a_reason_stays_as_the_archive_keeps_it(reason: str) -> None:
    assert reason_in(texts("en"), reason) == reason.replace("and or or changed", "“and” or “or” changed")


def test_each_reason_that_the_differ_puts_together_is_among_those_tried() -> None:
    patterns = [one for one in judged() if isinstance(one, re.Pattern)]
    assert len(patterns) > 3
    for pattern in patterns:
        assert any(pattern.fullmatch(reason) for reason in [*MADE, MOVED]), pattern.pattern


def test_a_reason_that_quotes_many_semicolons_takes_no_longer() -> None:
    quoted = "a; " * 400
    for language in LANGUAGES:
        assert quoted.strip() in reason_in(
            texts(language), f"words changed: {quoted}b; ended from 2026-01-01"
        )


def test_a_document_that_moved_is_told_with_both_addresses() -> None:
    said = reason_in(texts("ja"), MOVED)
    assert said == "文書の掲載先がhttps://a.example/1からhttps://a.example/2に移動"


def test_a_reason_that_nobody_knows_is_told_as_it_is() -> None:
    for language in LANGUAGES:
        assert reason_in(texts(language), "a reason of another engine: x") == "a reason of another engine: x"


def test_what_the_differ_says_of_real_pairs_is_known() -> None:
    stay = Applicability(state="stayed", end=None)
    pairs = [
        (Provision(eid="a", text="a limit of 4800"), Provision(eid="a", text="a limit of 2400")),
        (Provision(eid="a", text="all items"), Provision(eid="a", text="all items", applicability=(stay,))),
        (
            Provision(eid="a", text="masks, lasers and resists"),
            Provision(eid="a", text="masks, lasers, and resists"),
        ),
        (Provision(eid="a", text="items are controlled"), Provision(eid="a", text="[Reserved]")),
    ]
    for before, after in pairs:
        old, new = (
            Expression(work="xx/y", as_of=date(2026, 1, day), recipe="t/1", provisions=(one,))
            for day, one in ((1, before), (2, after))
        )
        for change in compare(old, new):
            assert reason_in(texts("ja"), change.reason) != change.reason
