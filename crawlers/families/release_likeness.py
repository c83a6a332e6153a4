"""How alike two texts are, by small samples of them: a paper whose words were edited while it moved is still the same paper."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

ALIKE = 0.75
"""From here on two papers of one day are one."""

_SAMPLE = 24


def sketch(words: str) -> list[str]:
    """A sample of the phrases of a text, the same for texts that are alike: the lowest digests of its runs of four words."""
    found = re.findall(r"\w+", words)
    runs = {" ".join(found[at : at + 4]) for at in range(max(0, len(found) - 3))}
    return sorted(hashlib.sha256(run.encode()).hexdigest()[:8] for run in runs)[:_SAMPLE]


def alike(one: Iterable[str], other: Iterable[str]) -> float:
    """How much two texts have in common, by their sketches: 0 to 1."""
    mine, yours = set(one), set(other)
    lowest = set(sorted(mine | yours)[:_SAMPLE])
    return len(mine & yours & lowest) / len(lowest) if lowest else 0.0
