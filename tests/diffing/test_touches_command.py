"""``tocsin touches``: JSON of any text, and one clear error for what is no text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.errors import BadInput
from tocsin.cli.touches import command


def _run(*arguments: str, text: str | None = None) -> object:
    return json.loads(CliRunner().invoke(command, list(arguments), input=text, catch_exceptions=False).output)


def test_a_file_is_answered_as_an_array_of_objects(tmp_path: Path) -> None:
    file = tmp_path / "rule.txt"
    file.write_text("ECCN 3A090.a for Thailand", encoding="utf-8")
    assert _run(str(file)) == [
        {"type": "code", "id": "3A090.a", "regime": "ear", "excluded": False, "role": "", "via": "text", "confidence": 1.0, "start": 5, "end": 12},
        {"type": "country", "id": "TH", "regime": "", "excluded": False, "role": "", "via": "text", "confidence": 1.0, "start": 17, "end": 25},
    ]  # fmt: skip


def test_standard_input_source_language_and_day_are_taken() -> None:
    answer = _run(
        "--source", "de_awv", "--lang", "de", "--on", "2026-06-18", "-", text="Nummer 3A001 nach Island"
    )
    assert isinstance(answer, list)
    assert [(touch["id"], touch["regime"]) for touch in answer] == [("3A001", "eu"), ("IS", "")]


def test_a_text_that_names_nothing_is_an_empty_array() -> None:
    assert _run("-", text="Nothing to see.") == []


def test_a_missing_file_is_named_with_its_mend(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"gone\.txt: no such file or directory\. Name a readable file"):
        _run(str(tmp_path / "gone.txt"))


def test_what_is_not_utf_8_is_named_with_the_byte(tmp_path: Path) -> None:
    file = tmp_path / "latin.txt"
    file.write_bytes(b"caf\xe9")
    with pytest.raises(BadInput, match=r"latin\.txt, byte 3: is not UTF-8 text\. Convert it"):
        _run(str(file))


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(BadInput, match="--on: 'soon' is not a date"):
        _run("--on", "soon", "-", text="x")
