"""One table for all benchmarks: what was measured, beside what, how the two compare, and whether the aim was reached or by how much it was missed.

A ratio is ours divided by the peer's, so that less is better in every row, and 1 means as much as the peer. Ratios stay when the machine is another one or
is busy, since both sides are measured in turn in one run; a figure that is nobody's multiple (megabytes on disk) has no peer, and its aim bounds it itself.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One comparison. ``ours`` and ``peer`` are in ``unit`` (s, MB, ×); None: it was not measured, and ``note`` says why.

    ``ratio_at_most`` bounds the ratio (1/50: at least fifty times faster), ``at_most`` bounds ours in its own unit. Without either a row has no aim.
    """

    work: str
    ours: float | None
    beside: str = ""
    peer: float | None = None
    unit: str = "s"
    ratio_at_most: float | None = None
    at_most: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours as a multiple of the peer's; None where one of them was not measured or is nothing."""
        return self.ours / self.peer if self.ours is not None and self.peer else None

    @property
    def excess(self) -> float | None:
        """The worst measure of an aim as a multiple of its bound (1.1: missed by a tenth); None where there is no aim or no figure."""
        measured = ((self.ratio, self.ratio_at_most), (self.ours, self.at_most))
        shares = [value / bound for value, bound in measured if value is not None and bound is not None]
        return max(shares, default=None)

    @property
    def met(self) -> bool | None:
        """Whether the aim was reached; None where there is none or nothing was measured."""
        return None if self.excess is None else self.excess <= 1

    @property
    def aim(self) -> str:
        """The aim in words; "" for none."""
        said = []
        if self.ratio_at_most is not None:
            bound = self.ratio_at_most
            said.append(f"at most {bound:g} ×" if bound >= 1 else f"{1 / bound:g} times faster")
        if self.at_most is not None:
            said.append(f"at most {_amount(self.at_most, self.unit)}")
        return ", ".join(said)

    def fields(self) -> dict[str, Any]:
        """The row as JSON says it."""
        return {
            "work": self.work, "beside": self.beside, "ours": self.ours, "peer": self.peer, "ratio": self.ratio,
            "aim": self.aim, "met": self.met, "unit": self.unit, "excess": self.excess, "note": self.note,
        }  # fmt: skip

    def cells(self) -> tuple[str, ...]:
        """The row as people read it: work, ours, beside, peer, ratio, verdict."""
        return (
            self.work, _amount(self.ours, self.unit), self.beside, _amount(self.peer, self.unit), _multiple(self.ratio),
            "   ".join(part for part in (self._verdict(), self.note) if part),
        )  # fmt: skip

    def _verdict(self) -> str:
        if not self.aim or self.excess is None:
            return self.aim and f"aim {self.aim}: not measured"
        return f"aim {self.aim}: " + ("met" if self.met else f"MISSED, {self.excess:.2f} times the aim")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of one benchmark; ``about`` says what they were measured on, ``more`` what else JSON should carry (a profile, a slope)."""

    about: str
    rows: tuple[Row, ...]
    more: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """For people, columns aligned, the machine named."""
        return f"{self.about}; {machine()}\n{aligned(row.cells() for row in self.rows)}"

    def json(self) -> str:
        """One line of JSON: about, machine, rows, more."""
        rows = [row.fields() for row in self.rows]
        return json.dumps({"about": self.about, "machine": machine(), "rows": rows, "more": self.more})

    def show(self, *, as_json: bool) -> None:
        """Print it in one form or the other."""
        print(self.json() if as_json else self.text(), flush=True)


def options(about: str | None) -> argparse.ArgumentParser:
    """The options that every benchmark has: ``--json``."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of the table")
    return parser


def machine() -> str:
    """What the figures were measured on."""
    return f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"


def aligned(rows: Iterable[tuple[str, ...]]) -> str:
    """Rows of cells as lines, each column as wide as its widest cell; the first and the third to the left, figures to the right."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(
            cell if at == len(row) - 1 else cell.ljust(width) if at in (0, 2) else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in table
    )


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if unit == "s":
        return f"{value * 1000:,.2f} ms" if value < 0.1 else f"{value:,.2f} s"
    return f"{value:,.2f} {unit}".rstrip()


def _multiple(ratio: float | None) -> str:
    if ratio is None:
        return ""
    return f"{ratio:,.1f} ×" if ratio >= 1 else f"1/{1 / ratio:,.1f}"
