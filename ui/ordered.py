"""Lists in reading order of which a stretch is replaced. Knows only where things stand."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Protocol, TypeVar

from reader.document import Span


class Placed(Protocol):
    """Anything that stands in the text."""

    @property
    def span(self) -> Span: ...


P = TypeVar("P", bound=Placed)


def _start(item: Placed) -> int:
    return item.span.start


def replace_within(items: list[P], start: int, end: int, new: Iterable[P]) -> None:
    """Take `new` in place of what begins in ``start..end`` of a list in reading order."""
    low = bisect_left(items, start, key=_start)
    high = bisect_left(items, end, key=_start)
    items[low:high] = sorted(new, key=_start)
