"""The labelled sentences of ``tests/touches``, six languages: floors of precision and recall that no change of ours may sink below.

Each line: ``text``, ``language``, and the ids it names; ``!`` before an id says that a phrase takes it out. The sentences of
``forms.jsonl`` each try one form or trap and are judged by what they list alone; those of ``judged.jsonl`` were labelled by the
conventions before anything was run on them, and say of some codes whose law they are. ``second`` and on are later rounds of the same
make, each written before it was run and kept once what it found was mended; from the fourth to the eleventh they are of codes and countries
alone, most of them lists, exceptions and things that only look like codes; from the twelfth on they are of technologies and groups as well.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from archive.records import Touch
from diffing.touches.engine import touches_in_text

_FOLDER = Path(__file__).parents[1] / "touches"
_LANGUAGES = ("en", "de", "fr", "ja", "zh", "zh-Hant")
_ROUNDS = (
    *(
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
    ),
    *(
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ),
    *("twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth"),
    *("twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth", "thirtieth"),
    *("thirty-first", "thirty-second", "thirty-third", "thirty-fourth", "thirty-fifth"),
    *("thirty-sixth", "thirty-seventh", "thirty-eighth", "thirty-ninth", "fortieth"),
    *("forty-first", "forty-second", "forty-third", "forty-fourth", "forty-fifth"),
    *("forty-sixth", "forty-seventh", "forty-eighth", "forty-ninth", "fiftieth"),
    *("fifty-first", "fifty-second", "fifty-third", "fifty-fourth", "fifty-fifth"),
    *("fifty-sixth", "fifty-seventh", "fifty-eighth"),
)
_TYPES = {
    "codes": "code",
    "countries": "country",
    "technologies": "technology",
    "series": "series",
    "groups": "group",
}
_FLOORS = {
    "codes": (0.99, 0.99),
    "countries": (0.98, 0.98),
    "technologies": (0.95, 0.97),
    "series": (0.95, 0.95),
    "groups": (0.95, 0.95),
}


@cache
def _sentences() -> tuple[dict[str, object], ...]:
    return tuple(
        json.loads(line)
        for file in (*_LANGUAGES, "forms", "judged", *_ROUNDS)
        for line in (_FOLDER / f"{file}.jsonl").read_text(encoding="utf-8").splitlines()
    )


@cache
def _touches(text: str, language: str) -> tuple[Touch, ...]:
    return touches_in_text(text, language=language)


def _said(text: object, language: object, kind: str) -> set[str]:
    touches = _touches(str(text), str(language))
    return {("!" if touch.excluded else "") + touch.id for touch in touches if touch.type == _TYPES[kind]}


def test_there_are_three_hundred_sentences_and_each_language_has_its_share() -> None:
    counted = {language: sum(s["language"] == language for s in _sentences()) for language in _LANGUAGES}
    assert sum(counted.values()) >= 300
    assert min(counted.values()) >= 40
    assert len({s["text"] for s in _sentences()}) == len(_sentences())


@pytest.mark.parametrize("kind", _TYPES)
def test_precision_and_recall_stand_above_their_floors(kind: str) -> None:
    right = wrong = missed = 0
    mistakes = []
    for sentence in _sentences():
        if kind not in sentence:
            continue
        expected = set(sentence[kind])  # type: ignore[call-overload]
        found = _said(sentence["text"], sentence["language"], kind)
        right += len(found & expected)
        wrong += len(found - expected)
        missed += len(expected - found)
        if found != expected:
            mistakes.append((sentence["text"], sorted(expected), sorted(found)))
    precision, recall = right / (right + wrong), right / (right + missed)
    floor = _FLOORS[kind]
    assert precision >= floor[0], mistakes
    assert recall >= floor[1], mistakes


@pytest.mark.parametrize("language", _LANGUAGES)
def test_the_language_is_told_from_the_text_when_nobody_says_it(language: str) -> None:
    longer = [
        s
        for s in _sentences()
        if "countries" in s
        and s["language"] == language
        and len(str(s["text"])) > (12 if language[:2] in ("zh", "ja") else 45)
    ]
    agreeing = sum(_said(s["text"], "", "countries") == set(s["countries"]) for s in longer)  # type: ignore[call-overload]
    assert agreeing >= 0.95 * len(longer)


def test_a_code_is_of_the_law_that_its_sentence_speaks_of() -> None:
    mistakes = []
    for sentence in _sentences():
        expected = sentence.get("regimes", {})
        found = {
            touch.id: touch.regime
            for touch in _touches(str(sentence["text"]), str(sentence["language"]))
            if touch.type == "code"
        }
        mistakes += [(code, law, found.get(code)) for code, law in expected.items() if found.get(code) != law]  # type: ignore[attr-defined]
    assert mistakes == []
