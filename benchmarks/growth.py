"""How a cost grows with a size: 1 is as much again for each again as much, 2 is the square, 0 is nothing more."""

from __future__ import annotations

import math
from collections.abc import Sequence


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The slope of the line through the logarithms of both, by least squares. Raises ``ValueError`` for fewer than two sizes, or one that is not above 0."""
    points = [(math.log(size), math.log(cost)) for size, cost in zip(sizes, costs, strict=True)]
    if len(points) < 2:
        raise ValueError("a growth needs two sizes")
    middle_x, middle_y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    if not spread:
        raise ValueError("a growth needs two sizes that differ")
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread
