"""One row of a benchmark, and how rows are printed."""

from __future__ import annotations

import math
import re
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


_SIZED = re.compile(r"library of (?P<size>[\d,]+): (?P<what>.+)")


def print_growth(rows: Sequence[Row]) -> None:
    """Print how the figures of libraries grow with their size, a line a figure; nothing for one size."""
    found: dict[str, dict[str, Row]] = {}
    for row in rows:
        if named := _SIZED.match(row.name):
            found.setdefault(named["what"], {})[named["size"]] = row
    sizes = list(dict.fromkeys(size for of in found.values() for size in of))
    if len(sizes) < 2:
        return
    width = max(map(len, found))
    print(f"\n{'articles in the library':<{width}}  {''.join(f'{size:>12}' for size in sizes)}")
    for what, of in found.items():
        cells = "".join(f"{of[size].value:>12.2f}" if size in of else " " * 12 for size in sizes)
        print(f"{what:<{width}}  {cells} {next(iter(of.values())).unit}")


def print_table(rows: Sequence[Row]) -> None:
    """Print the rows as an aligned table."""
    width = max(len(row.name) for row in rows)
    for row in rows:
        target = "" if row.target is None else f"≤ {row.target:g}"
        print(f"{row.name:<{width}}  {row.value:>9.2f} {row.unit:<5} {target:>8}  {row.verdict}")
