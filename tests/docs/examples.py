"""The examples of a page of the documentation: what they are, and how they are run.

A block ``console`` holds commands after ``$`` and what they print; ``...`` in it stands for what differs from one run to the next. A block ``toml file=NAME`` (or of
another language) is a file that the page has its reader write, before the commands that come after it. Blocks ``text`` show what is not typed.
"""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_BLOCK = re.compile(
    r"^```(?P<language>[a-z]*)(?: file=(?P<file>\S+))?\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL
)
_COMMAND = re.compile(r"^\$ (?P<command>.*(?:\\\n.*)*)\n?(?P<printed>(?:(?!\$ ).*\n?)*)", re.MULTILINE)
_SHOWN = {"text", "mermaid"}
_RULES = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Example:
    """One block: its line in the page, and either a file to write or commands to run."""

    line: int
    language: str
    file: str
    body: str

    @property
    def commands(self) -> list[tuple[str, str]]:
        """Each command with what it prints."""
        return [(found["command"], found["printed"]) for found in _COMMAND.finditer(self.body)]


def examples(page: str) -> list[Example]:
    """The blocks of a page that are tried. Raises ``AssertionError`` for one that nobody could try."""
    found = []
    for block in _BLOCK.finditer(page):
        line = page.count("\n", 0, block.start()) + 1
        if block["language"] in _SHOWN:
            continue
        is_tried = block["language"] == "console" or block["file"] is not None
        assert is_tried, f"line {line}: a block {block['language']!r} is neither console nor a file"
        found.append(
            Example(line=line, language=block["language"], file=block["file"] or "", body=block["body"])
        )
    return found


def follow(page: Path, folder: Path, environment: dict[str, str]) -> None:
    """Do what a page says, in order, in a folder; each command has to print what the page shows."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("TOCSIN_")}
    programs = str(Path(sys.executable).parent)
    surroundings = {
        **clean,
        "PATH": f"{programs}{os.pathsep}{clean['PATH']}",
        "HOME": str(folder),
        "COLUMNS": "110",
        **environment,
    }
    for example in examples(page.read_text(encoding="utf-8")):
        if example.file:
            target = folder / example.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(example.body, encoding="utf-8")
            continue
        assert example.commands, f"{page.name}, line {example.line}: a console without a command"
        for command, printed in example.commands:
            _try(f"{page.name}, line {example.line}: $ {command}", command, printed, folder, surroundings)


def _try(where: str, command: str, printed: str, folder: Path, surroundings: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    expected = printed if printed.endswith("\n") or not printed else printed + "\n"
    # "..." as the last line stands for any lines that follow, for none too.
    shown = {expected, re.sub(r"^\.\.\.\n\Z", "", expected, flags=re.MULTILINE)}
    assert any(doctest.OutputChecker().check_output(one, done.stdout, _RULES) for one in shown), (
        f"{where}\n--- shown\n{expected}--- printed (exit status {done.returncode})\n{done.stdout}"
    )
