"""Compare two editions of the whole Commerce Control List beside what a user would pick instead.

    python -m benchmarks.compare_ccl [--rounds 5] [--limit 60] [--json]

One run, everything in turn in every round, processor time, the best of the rounds each; expressions are loaded before. Ours includes redlines,
materiality and limits, and its caches are emptied before every round. What takes longer than the limit on the whole text is measured
beside ours on the largest part of it that does not. Ratios are the result, not seconds: they stay when the machine is another one.
Webchanges and changedetection compare lines by difflib, so its row is theirs. Peers: ``uv sync --group bench``.
"""

from __future__ import annotations

import argparse
import cProfile
import difflib
import hashlib
import importlib
import json
import os
import platform
import pstats
import resource
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from archive.records import Expression, Provision
from archive.vocabulary.folding import cached_key
from benchmarks.generated import editions
from diffing.engine import compare
from diffing.nodes import cached_words
from diffing.placeholders import is_placeholder
from diffing.quantities import quantities
from diffing.reference_text import canonical_mark
from diffing.text import cached_line
from diffing.tokens import fold_token, likeness_tokens
from tests.quality.ccl_units import expression

OLD, NEW = "2022-10-07", "2023-01-17"
CACHES = (
    cached_key, cached_words, fold_token, likeness_tokens, cached_line, quantities, canonical_mark, is_placeholder,
)  # fmt: skip
INSTALL = "not installed: uv sync --group bench"
SMALLEST = 64  # the first part of the text that a slow peer is given is one of so many


@dataclass(frozen=True, kw_only=True)
class Row:
    """``seconds`` of a peer and of ours on the same text; ``part`` of the whole it was; ``aim`` in words, ``met`` whether it was reached."""

    name: str
    seconds: float | None
    ours: float = 0.0
    part: str = "whole"
    aim: str = ""
    met: bool | None = None


def loaded() -> tuple[str, Expression, Expression]:
    """The two editions of the corpus, or two made up in their shape, and what they are."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpus"
    folder = Path(os.environ.get("TOCSIN_CORPUS", beside)) / "extra" / "ccl_units"
    if not folder.is_dir():
        return ("a generated list in the shape of the CCL", *editions())
    before, after = (expression(folder / f"ccl_units_{day}.jsonl.gz") for day in (OLD, NEW))
    return f"the CCL of {OLD} and of {NEW}", before, after


def seconds(task: Callable[[], object]) -> float:
    """Processor time, that of child processes included: what else the machine does counts for nothing."""
    started = _spent()
    task()
    return _spent() - started


def _spent() -> float:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def text(edition: Expression) -> str:
    return "\n".join(provision.text for provision in edition.walk())


def forget() -> None:
    """Empty everything that is remembered from one comparison to the next."""
    for cache in CACHES:
        cache.cache_clear()


def ours(before: Expression, after: Expression) -> float:
    """Seconds of a comparison that starts without anything remembered."""
    forget()
    return seconds(lambda: compare(before, after))


def html(plain: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in plain.splitlines())


def module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


Task = Callable[[str, str], object]


def quick(folder: Path) -> dict[str, Task | None]:
    """The peers that take a whole list at once."""

    def git(before: str, after: str) -> object:
        old, new = folder / "old.txt", folder / "new.txt"
        command = ["git", "diff", "--no-index", "--word-diff", str(old), str(new)]
        return subprocess.run(command, stdout=subprocess.DEVNULL, check=False)

    patch = module("fast_diff_match_patch")
    return {
        "git diff --word-diff": git,
        "fast-diff-match-patch": patch and (lambda old, new: patch.diff(old, new, timelimit=0)),
        "difflib, lines": lambda old, new: list(difflib.unified_diff(old.splitlines(), new.splitlines())),
    }


def slow() -> dict[str, Task | None]:
    """The peers whose time grows with the square of the text."""
    diff, lines = module("lxml.html.diff"), module("redlines")
    return {
        "lxml.html.diff": diff and (lambda old, new: diff.htmldiff(html(old), html(new))),
        "redlines": lines and (lambda old, new: lines.Redlines(old, new).output_markdown),
    }


AIMS: dict[str, tuple[str, Callable[[float], bool]]] = {
    "git diff --word-diff": ("at most 12 times its time", lambda ratio: ratio >= 1 / 12),
    "fast-diff-match-patch": ("5 times faster", lambda ratio: ratio >= 5),
    "lxml.html.diff": ("50 times faster", lambda ratio: ratio >= 50),
    "redlines": ("500 times faster", lambda ratio: ratio >= 500),
    "hashing the text (SHA-256)": ("identical texts: at most 3 times its time", lambda ratio: ratio >= 1 / 3),
}


def row(name: str, peer: float, own: float, part: str = "whole") -> Row:
    aim, reached = AIMS.get(name, ("faster", lambda ratio: ratio >= 1))
    return Row(name=name, seconds=peer, ours=own, part=part, aim=aim, met=reached(peer / own))


def in_turn(before: Expression, after: Expression, rounds: int) -> list[Row]:
    """Ours and every quick peer, one after another in each round."""
    texts = text(before), text(after)
    again = replace(before, provisions=tuple(map(_copied, before.provisions)))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "old.txt").write_text(texts[0], encoding="utf-8")
        (folder / "new.txt").write_text(texts[1], encoding="utf-8")
        peers = quick(folder)
        tasks: dict[str, Callable[[], object]] = {
            "tocsin": lambda: compare(before, after),
            "tocsin, next edition": lambda: compare(before, after),
            "tocsin, identical": lambda: compare(before, again),
            "hashing the text (SHA-256)": lambda: hashlib.sha256(text(before).encode()).digest(),
        }
        tasks |= {name: partial(task, *texts) for name, task in peers.items() if task}
        best = dict.fromkeys(tasks, float("inf"))
        for _ in range(rounds):
            forget()
            for name, task in tasks.items():
                best[name] = min(best[name], seconds(task))
    own = best["tocsin"]
    rows = [
        Row(name="tocsin", seconds=own, ours=own),
        Row(name="tocsin, next edition (keys remembered)", seconds=best["tocsin, next edition"], ours=own),
        row(
            "hashing the text (SHA-256)",
            best["hashing the text (SHA-256)"],
            best["tocsin, identical"],
            "identical",
        ),
    ]
    return rows + [
        row(name, best[name], own) if task else Row(name=name, seconds=None, aim=INSTALL)
        for name, task in peers.items()
    ]


def _copied(provision: Provision) -> Provision:
    """A provision read a second time: equal, and its text not the same object."""
    text_again = provision.text.encode().decode()
    return replace(provision, text=text_again, children=tuple(map(_copied, provision.children)))


def by_parts(before: Expression, after: Expression, limit: float) -> list[Row]:
    """Each slow peer beside ours on parts that double, as long as the next one should stay under the limit."""
    rows = []
    for name, task in slow().items():
        if task is None:
            rows.append(Row(name=name, seconds=None, aim=INSTALL))
            continue
        share, previous = SMALLEST, 0.0
        while True:
            old, new = (_first(edition, share) for edition in (before, after))
            own = min(ours(old, new) for _ in range(3))
            peer = seconds(partial(task, text(old), text(new)))
            growth = peer / previous if previous else 4.0
            if share == 1 or peer * max(growth, 2.0) > limit:
                break
            share, previous = share // 2, peer
        said = "whole" if share == 1 else f"1/{share} of it; twice the text takes {growth:.1f} times as long"
        rows.append(row(name, peer, own, said))
    return rows


def _first(edition: Expression, share: int) -> Expression:
    """One of so many parts of an edition, the first."""
    return replace(edition, provisions=edition.provisions[: max(1, len(edition.provisions) // share)])


def profile(before: Expression, after: Expression) -> list[tuple[str, float]]:
    """Where our time goes: the share of each file."""
    forget()
    profiler = cProfile.Profile()
    profiler.runcall(compare, before, after)
    spent: Counter[str] = Counter()
    for (path, *_), (_, _, own, _, callers) in pstats.Stats(profiler).stats.items():  # type: ignore[attr-defined]
        if path == "~":  # a built-in is the work of whoever calls it
            for (caller, _, _), (_, _, part, _) in callers.items():
                spent[Path(caller).name] += part
        else:
            spent[Path(path).name] += own
    total = sum(spent.values())
    return [(name, share / total) for name, share in spent.most_common(12)]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--limit", type=float, default=60.0, help="seconds for one run of a slow peer")
    arguments.add_argument("--json", action="store_true")
    options = arguments.parse_args()
    what, before, after = loaded()
    rows = in_turn(before, after, options.rounds) + by_parts(before, after, options.limit)
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    if options.json:
        shares = dict(profile(before, after))
        print(json.dumps({"machine": machine, "rows": [vars(found) for found in rows], "profile": shares}))
        return
    print(f"{what}: {len(text(after)):,} characters, {len(compare(before, after))} changes; {machine}\n")
    for found in rows:
        if found.seconds is None:
            print(f"{found.name:40} {found.aim}")
            continue
        ratio = found.seconds / found.ours
        said = (
            f"tocsin is {ratio:,.1f} times faster"
            if ratio >= 1
            else f"tocsin takes {1 / ratio:,.1f} times this"
        )
        said = "" if found.name == "tocsin" else said
        aim = "" if found.met is None else f"   aim {found.aim}: {'met' if found.met else 'MISSED'}"
        print(f"{found.name:40} {found.seconds * 1000:10.1f} ms   {said:34} ({found.part}){aim}")
    if not all(found.met in (None, True) for found in rows):
        print("\nWhere tocsin's time goes:")
        for name, share in profile(before, after):
            print(f"  {name:28} {share:6.1%}")


if __name__ == "__main__":
    main()
