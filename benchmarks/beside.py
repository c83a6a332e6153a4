"""Steps timed in turn in one run, each as a multiple of the first."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from benchmarks.table import Row

RUNS = 7


def in_turn(steps: Mapping[str, Callable[[], object]], runs: int = RUNS) -> dict[str, float]:
    """The best processor time of each step in seconds; one after another in each of some runs, so that a busy machine changes all alike."""
    best = dict.fromkeys(steps, float("inf"))
    for _ in range(runs):
        for name, step in steps.items():
            started = time.process_time()
            step()
            best[name] = min(best[name], time.process_time() - started)
    return best


def side_by_side(steps: Mapping[str, Callable[[], object]], *, aim: float | None = None) -> tuple[Row, ...]:
    """A row for each step but the first, beside the first; ``aim`` is the multiple that the last one should stay within."""
    best = in_turn(steps)
    (peer, bare), *rest = best.items()
    return tuple(
        Row(
            work=name,
            ours=seconds,
            beside=peer,
            peer=bare,
            ratio_at_most=aim if name == rest[-1][0] else None,
        )
        for name, seconds in rest
    )
