"""Compare two editions of the whole Commerce Control List beside what a user would pick instead.

    python -m benchmarks.compare_ccl [--rounds 5] [--json]

Measured in turn in one run, the best of the rounds each; expressions are loaded before. Ours includes redlines, materiality and limits;
caches are emptied before every round. Peers that are not installed are named and left out. Ratios are the result, not seconds.
"""

from __future__ import annotations

import argparse
import difflib
import importlib
import json
import os
import platform
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from archive.records import Expression
from archive.vocabulary.folding import cached_key
from diffing.engine import compare
from diffing.nodes import cached_words
from diffing.placeholders import is_placeholder
from diffing.quantities import quantities
from diffing.reference_text import canonical_mark
from diffing.tokens import fold_token
from tests.quality.ccl_units import expression

OLD, NEW = "2022-10-07", "2023-01-17"
CACHES = (cached_key, cached_words, fold_token, quantities, canonical_mark, is_placeholder)


def corpus() -> Path:
    beside = Path(__file__).resolve().parents[2] / "shared" / "corpus"
    return Path(os.environ.get("TOCSIN_CORPUS", beside)) / "extra" / "ccl_units"


def best(task: Callable[[], object], rounds: int) -> float:
    """Seconds of the fastest round."""
    seconds = []
    for _ in range(rounds):
        started = time.perf_counter()
        task()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


def ours(before: Expression, after: Expression) -> object:
    for cache in CACHES:
        cache.cache_clear()
    return compare(before, after)


def peers(before: str, after: str, folder: Path) -> dict[str, Callable[[], object]]:
    """What else compares two texts, as far as it is installed."""
    old, new = folder / "old.txt", folder / "new.txt"
    old.write_text(before, encoding="utf-8")
    new.write_text(after, encoding="utf-8")
    found: dict[str, Callable[[], object]] = {
        "git diff --word-diff": lambda: subprocess.run(
            ["git", "diff", "--no-index", "--word-diff", str(old), str(new)],
            stdout=subprocess.DEVNULL,
            check=False,
        ),
        "difflib, lines": lambda: list(difflib.unified_diff(before.splitlines(), after.splitlines())),
    }
    for name, module, call in (
        ("fast-diff-match-patch", "fast_diff_match_patch", lambda m: m.diff(before, after, timelimit=0)),
        ("redlines", "redlines", lambda m: m.Redlines(before, after).output_markdown),
        ("lxml.html.diff", "lxml.html.diff", lambda m: m.htmldiff(_html(before), _html(after))),
    ):
        try:
            loaded = importlib.import_module(module)
        except ImportError:
            continue
        found[name] = lambda call=call, loaded=loaded: call(loaded)  # type: ignore[misc]
    return found


def _html(text: str) -> str:
    return "".join(f"<p>{line.replace('&', '&amp;').replace('<', '&lt;')}</p>" for line in text.splitlines())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=5)
    arguments.add_argument("--slow", action="store_true", help="also the peers that take minutes")
    arguments.add_argument("--json", action="store_true")
    options = arguments.parse_args()
    before, after = (expression(corpus() / f"ccl_units_{day}.jsonl.gz") for day in (OLD, NEW))
    texts = ["\n".join(provision.text for provision in edition.walk()) for edition in (before, after)]
    result: dict[str, float] = {"tocsin": best(lambda: ours(before, after), options.rounds)}
    result["tocsin, identical"] = best(lambda: ours(before, before), options.rounds)
    result["hashing the text"] = best(lambda: hash("\n".join(p.text for p in before.walk())), options.rounds)
    with tempfile.TemporaryDirectory() as folder:
        for name, task in peers(texts[0], texts[1], Path(folder)).items():
            slow = name in ("redlines", "lxml.html.diff")
            if not slow or options.slow:
                result[name] = best(task, 1 if slow else options.rounds)
    if options.json:
        print(json.dumps({"machine": platform.platform(), "seconds": result}))
        return
    print(
        f"CCL {OLD} → {NEW}, {len(texts[1]):,} characters, {platform.machine()}, Python {platform.python_version()}"
    )
    for name, seconds in result.items():
        print(
            f"{name:24} {seconds * 1000:10.1f} ms   tocsin takes {result['tocsin'] / seconds:8.2f} times this"
        )


if __name__ == "__main__":
    main()
