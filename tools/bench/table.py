"""One row of a benchmark, and how rows are printed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure with its unit and the target it is held against (at most; None for information)."""

    name: str
    value: float
    unit: str
    target: float | None = None

    @property
    def verdict(self) -> str:
        """Tell in a word whether the target is met."""
        if self.target is None:
            return ""
        return "met" if self.value <= self.target else "MISSED"


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` (0..1) of `values` do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def print_table(rows: Sequence[Row]) -> None:
    """Print the rows as an aligned table."""
    width = max(len(row.name) for row in rows)
    for row in rows:
        target = "" if row.target is None else f"≤ {row.target:g}"
        print(f"{row.name:<{width}}  {row.value:>9.2f} {row.unit:<5} {target:>8}  {row.verdict}")
