"""Steps timed in turn in one run, each as a multiple of the first."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

RUNS = 7


def side_by_side(about: str, steps: Mapping[str, Callable[[], object]]) -> None:
    """Print the best processor time of each step and its multiple of the first one's; ``about`` says what was read."""
    best = dict.fromkeys(steps, float("inf"))
    for _ in range(RUNS):
        for name, step in steps.items():
            started = time.process_time()
            step()
            best[name] = min(best[name], time.process_time() - started)
    bare = next(iter(best.values()))
    print(f"{about}, best of {RUNS}")
    for name, seconds in best.items():
        print(f"{name:42} {seconds * 1000:8.1f} ms {seconds / bare:6.1f} ×")
