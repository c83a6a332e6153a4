"""Compare two editions of the whole Commerce Control List beside what a user would pick instead.

    python -m benchmarks.compare_ccl [--rounds 5] [--limit 300] [--json]

One run, everything in turn in every round, processor time, the best of the rounds each; expressions are loaded before. Ours includes redlines,
materiality and limits, and its caches are emptied before every round. What takes longer than the limit on the whole text is measured
beside ours on the largest part of it that does not. Ratios are the result, not seconds: they stay when the machine is another one.
Webchanges and changedetection compare lines by difflib, so its row is theirs. Peers: ``uv sync --group bench``.
"""

from __future__ import annotations

import cProfile
import difflib
import hashlib
import importlib
import os
import pstats
import resource
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from archive.records import Expression, Provision
from archive.vocabulary.folding import cached_key
from benchmarks.generated import editions
from benchmarks.table import Row, Table, options
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
COMPARED = "compare the whole CCL, redlines and limits"
INSTALL = "not installed: uv sync --group bench"
SMALLEST = 64  # the first part of the text that a slow peer is given is one of so many


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


AIMS = {
    "git diff --word-diff": 12.0,
    "fast-diff-match-patch": 1 / 5,
    "lxml.html.diff": 1 / 50,
    "redlines": 1 / 500,
    "hashing the text (SHA-256)": 3.0,
}
"""How many times a peer's time ours may take at most; of any other peer, as long."""


def row(name: str, peer: float, own: float, part: str = "whole", work: str = COMPARED) -> Row:
    return Row(work=work, ours=own, beside=name, peer=peer, ratio_at_most=AIMS.get(name, 1.0), note=part)


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
        Row(
            work=f"{COMPARED}, keys remembered", ours=best["tocsin, next edition"], beside=COMPARED, peer=own
        ),
        row(
            "hashing the text (SHA-256)",
            best["hashing the text (SHA-256)"],
            best["tocsin, identical"],
            work="compare two readings of one edition",
        ),
    ]
    return rows + [
        row(name, best[name], own) if task else Row(work=COMPARED, ours=own, beside=name, note=INSTALL)
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
            rows.append(Row(work=COMPARED, ours=None, beside=name, note=INSTALL))
            continue
        share, previous = SMALLEST, 0.0
        while True:
            old, new = (_first(edition, share) for edition in (before, after))
            own = min(ours(old, new) for _ in range(3))
            peer = seconds(partial(task, text(old), text(new)))
            growth = peer / previous if previous else 4.0
            # No differ does worse than the square: more than that from one part to the next is what the text had in it.
            if share == 1 or peer * min(max(growth, 2.0), 4.0) > limit:
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
    arguments = options(__doc__)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument(
        "--limit", type=float, default=300.0, help="seconds of processor time for one run of a slow peer"
    )
    given = arguments.parse_args()
    what, before, after = loaded()
    rows = in_turn(before, after, given.rounds) + by_parts(before, after, given.limit)
    shares = dict(profile(before, after))
    about = f"{what}: {len(text(after)):,} characters, {len(compare(before, after))} changes"
    Table(about=about, rows=tuple(rows), more={"profile": shares}).show(as_json=given.json)
    if not given.json and not all(found.met in (None, True) for found in rows):
        print("\nWhere tocsin's time goes:")
        for name, share in shares.items():
            print(f"  {name:28} {share:6.1%}")


if __name__ == "__main__":
    main()
