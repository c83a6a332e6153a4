"""A peer in an environment of its own, made for the run and gone after it: what it brings along never meets the product's libraries."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_TIMES = """
import sys, time
old, new = (open(name, encoding="utf-8").read() for name in sys.argv[1:3])
print("ready", flush=True)
for _ in sys.stdin:
    began = time.process_time()
    task(old, new)
    print(time.process_time() - began, flush=True)
"""


class NotInstalled(Exception):
    """The peer cannot be had here; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A program beside which we are measured: what is installed of it, and the lines that bind its differ to ``task(old, new)``.

    ``bare`` installs ``packages`` alone: a program whose differ needs three libraries is not made to bring its two hundred.
    """

    name: str
    packages: tuple[str, ...]
    bare: bool = False
    script: str


class Apart:
    """The process of a peer, which compares two texts as often as it is asked to and says the processor time of each."""

    def __init__(self, peer: Peer, folder: Path, old: Path, new: Path) -> None:
        """Installs it into the folder and starts it. Raises :class:`NotInstalled`."""
        python = folder / "bin" / "python"
        _run(sys.executable, "-m", "venv", "--without-pip", str(folder))
        if (
            peer.packages
        ):  # by the pip that runs here: making an environment a pip of its own takes longer than all the rest
            pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
            _run(*pip, "install", "--quiet", *(["--no-deps"] if peer.bare else []), *peer.packages)
        self._process = subprocess.Popen(
            [str(python), "-c", peer.script + _TIMES, str(old), str(new)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            self._answer()
        except NotInstalled:
            self.close()
            raise

    def seconds(self) -> float:
        """Processor time of one comparison, the loading of libraries and texts not counted."""
        assert self._process.stdin is not None
        self._process.stdin.write("again\n")
        self._process.stdin.flush()
        return float(self._answer())

    def close(self) -> None:
        """End the process."""
        self._process.communicate()

    def _answer(self) -> str:
        assert self._process.stdout is not None
        assert self._process.stderr is not None
        answer = self._process.stdout.readline()
        if not answer:
            said = self._process.stderr.read().strip().splitlines()[-1:] or ["it ended without a word"]
            raise NotInstalled(said[0])
        return answer


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotInstalled(f"no environment could be made: {error}") from error
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or [
            done.stderr.strip()
        ]
        raise NotInstalled(lines[-1])
