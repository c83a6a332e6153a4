"""The exponent of a growth is the one by which the costs were made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.growth import exponent


@given(st.floats(0, 3), st.floats(0.001, 1000))
def test_a_power_is_found_again(power: float, each: float) -> None:
    sizes = [1, 2, 5, 10, 100]
    assert exponent(sizes, [each * size**power for size in sizes]) == pytest.approx(power, abs=1e-6)


def test_one_size_has_no_growth() -> None:
    with pytest.raises(ValueError, match="two sizes"):
        exponent([4], [1.0])
    with pytest.raises(ValueError, match="two sizes that differ"):
        exponent([4, 4], [1.0, 2.0])
