"""The collector of the benchmarks: what it makes of one that answers, one that cannot, and one that breaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.__main__ import NO_ROWS, Outcome, as_json, main, measured, names, text

ROOT = Path(__file__).resolve().parents[2]
TWO_ROWS = """
from benchmarks.table import Row, Table
rows = (
    Row(work="compare", ours=2.0, beside="git", peer=1.0, ratio_at_most=1.0, note="whole"),
    Row(work="store", ours=None, beside="git", note="not installed"),
)
print("loading")
Table(about="an invented list", rows=rows).show(as_json=True)
"""


def outcome(program: str, limit: float | None = None) -> Outcome:
    """What the collector makes of a benchmark that is this program."""
    return measured("invented", [sys.executable, "-c", program], limit)


def test_rows_are_read_with_their_verdict_and_the_line_of_json_is_found_below_others() -> None:
    found = outcome(TWO_ROWS)
    assert (found.broken, found.skipped) == ("", "")
    compare, store = found.rows
    assert (compare.work, compare.ratio) == ("compare", 2.0)
    assert compare.note == "aim at most 1 ×: MISSED, 2.00 times the aim   whole"
    assert (store.ratio, store.note) == (None, "not installed")


@pytest.mark.parametrize(
    ("program", "said"),
    [
        (
            "raise ValueError('the list has no entries')",
            "exit status 1: ValueError: the list has no entries",
        ),
        ("raise SystemExit(3)", "exit status 3: without a word"),
        ("pass", "its last line is no table: IndexError"),
        ("print('12 ms')", "its last line is no table: JSONDecodeError"),
        ("print('[1, 2]')", "its last line is no table: AttributeError"),
        ('print(\'{"rows": [{"work": "x"}]}\')', "its last line is no table: KeyError"),
        ("print('{\"rows\": []}')", "its JSON has no rows"),
    ],
)
def test_a_benchmark_that_breaks_is_found_with_its_reason(program: str, said: str) -> None:
    found = outcome(program)
    assert found.broken.startswith(said)
    assert found.found is None


def test_a_benchmark_that_does_not_end_is_broken_after_the_limit() -> None:
    assert outcome("import io, sys; sys.stdin = io.StringIO(); input()", 60.0).broken.startswith(
        "exit status 1: EOFError"
    )
    waits = "import threading; threading.Event().wait()"
    # Its child holds the same pipe: that it ends at all says that the child was ended too.
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{waits}'])"
    assert outcome(parent, 1.0).broken == "not done after 1 s"


def test_a_benchmark_that_cannot_be_measured_here_is_named_with_its_reason() -> None:
    found = outcome("print('skipped: the corpus is not at /nowhere')")
    assert (found.skipped, found.broken, found.rows) == ("the corpus is not at /nowhere", "", [])
    assert "invented: skipped: the corpus is not at /nowhere" in text([found])


def test_one_table_has_the_rows_of_all_and_names_the_machine() -> None:
    printed = text([outcome(TWO_ROWS), outcome("raise SystemExit('no')"), outcome(TWO_ROWS)])
    lines = printed.splitlines()
    assert "processors, Python" in lines[0]
    assert sum(line.startswith("compare") for line in lines) == 2
    assert len({line.index("git") for line in lines if line.startswith(("compare", "store"))}) == 1
    assert "invented: BROKEN, exit status 1: no" in lines


def test_json_tells_each_benchmark_with_its_rows_or_why_it_has_none() -> None:
    told = json.loads(as_json([outcome(TWO_ROWS), outcome("print('skipped: no corpus')")]))
    assert "processors" in told["machine"]
    first, second = told["benchmarks"]
    assert [row["met"] for row in first["rows"]] == [False, None]
    assert (second["skipped"], second["broken"], second.get("rows")) == ("no corpus", "", None)


def test_the_status_is_1_for_a_broken_benchmark_and_0_for_a_missed_aim(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    missed, broken = outcome(TWO_ROWS), outcome("raise SystemExit(2)")
    for found, status in (([missed], 0), ([missed, broken], 1)):
        monkeypatch.setattr("benchmarks.__main__.collected", lambda names, limit, found=found: iter(found))
        assert main(["--json"]) == status
        assert len(json.loads(capsys.readouterr().out)["benchmarks"]) == len(found)


def test_a_name_that_is_no_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--only", "compare_cll"])
    assert "compare_ccl" in capsys.readouterr().err


@pytest.mark.parametrize("name", names())
def test_every_benchmark_of_the_table_answers_with_json(name: str) -> None:
    written = (ROOT / "benchmarks" / f"{name}.py").read_text(encoding="utf-8")
    assert "options(" in written, f"benchmarks/{name}.py has no --json, or belongs into NO_ROWS"
    assert "as_json=" in written


def test_every_file_that_is_no_part_of_the_table_is_there() -> None:
    assert {path.stem for path in (ROOT / "benchmarks").glob("*.py")} >= set(NO_ROWS)


def test_a_real_benchmark_without_the_corpus_is_skipped_by_name(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--only", "normalize_ccl"],
        env={**os.environ, "TOCSIN_CORPUS": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"normalize_ccl: skipped: the corpus is not at {tmp_path}" in done.stdout
