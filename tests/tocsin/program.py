"""The program as a person runs it: a child process, its exit status and what it printed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Installation:
    """A folder made by ``tocsin init``, and the commands run in it."""

    folder: Path
    environment: dict[str, str]

    def run(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """Run a command; its exit status has to be ``status``."""
        done = tocsin(*arguments, folder=self.folder, environment=self.environment)
        assert done.returncode == status, f"{arguments}: {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done

    def changes(self, *arguments: str) -> list[dict[str, Any]]:
        """What ``tocsin changes --json`` says."""
        return [json.loads(line) for line in self.run("changes", "--json", *arguments).stdout.splitlines()]

    def alerts(self, name: str = "alerts.jsonl") -> list[dict[str, Any]]:
        """The lines of a ``file:`` target."""
        path = self.folder / name
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def watch(self, **watches: dict[str, Any]) -> None:
        """Replace the watches; each keyword is a name with its conditions."""
        tables = []
        for name, conditions in watches.items():
            keys = {
                "name": name,
                "owner": "desk@example.org",
                "reason": "test",
                "matter": "T-1",
                "notify": ["file:alerts.jsonl"],
                **conditions,
            }
            tables.append(
                "[[watch]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in keys.items())
            )
        for old in (self.folder / "watches").glob("*.toml"):
            old.unlink()
        (self.folder / "watches" / "watches.toml").write_text("\n".join(tables))


def tocsin(
    *arguments: str, folder: Path | None = None, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """``tocsin ARGUMENTS`` in a folder."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("TOCSIN_")}
    return subprocess.run(
        [sys.executable, "-m", "tocsin", *arguments],
        cwd=folder,
        env={**clean, "PYTHONPATH": str(ROOT), **(environment or {})},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def install(folder: Path, **environment: str) -> Installation:
    """``tocsin init`` in a new folder."""
    done = tocsin("init", str(folder))
    assert done.returncode == 0, done.stderr
    return Installation(folder, environment)
