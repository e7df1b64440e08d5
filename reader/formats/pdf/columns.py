"""The order in which a page is read: its columns, what stands across them, and rows. No text is judged.

A gutter is looked for where several pieces begin on one edge. What crosses it parts the page into bands;
in each, the left side is read before the right one, and both are looked at again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from reader.formats.pdf.parts import Piece, is_right_to_left
from reader.formats.pdf.pieces import merged

# How often a part of a page is parted again: three columns below a heading take three.
_DEEPEST = 6
_MOST_EDGES = 16
# A page with more pieces than this is a drawing, and has no columns.
_MOST_PIECES = 3_000
# What makes two sides columns of text and not of a table: lines, ems a line, and how full they are.
_FEWEST_LINES, _FEWEST_EMS, _FULLNESS, _FEWEST_WORDS = 3, 7.0, 0.45, 2.0
_NARROWEST_GUTTER = 0.6
# The blank, in sizes of the type, that parts the cells of a row.
_CELL_GAP = 1.6


class Line(NamedTuple):
    """A line as it is read: all of it, and the cells that wide blanks part it into."""

    piece: Piece
    cells: tuple[Piece, ...]


class Region(NamedTuple):
    """Lines below one another in one column, from `left` to `right`."""

    lines: tuple[Line, ...]
    left: float
    right: float


def regions(pieces: Iterable[Piece]) -> list[Region]:
    """Return the columns of a page in reading order."""
    waiting: list[tuple[list[Piece], int]] = [(sorted(pieces, key=lambda each: (each.top, each.left)), 0)]
    found: list[Region] = []
    while waiting:
        group, depth = waiting.pop()
        if not group:
            continue
        gutter = _gutter(group) if depth < _DEEPEST else None
        if gutter is None:
            found.append(_region(group))
        else:
            waiting += [(part, depth + 1) for part in reversed(_bands(group, gutter))]
    return found


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Return where the clearest gutter lies, or None."""
    if not 2 * _FEWEST_LINES <= len(pieces) <= _MOST_PIECES:
        return None
    best, most = None, 0.0
    for edge in _edges(pieces):
        worth = _worth(pieces, edge)
        if worth > most:
            best, most = edge, worth
    return best


def _edges(pieces: Sequence[Piece]) -> list[float]:
    """Return the left edges on which several pieces begin, most first, without the leftmost."""
    lefts = sorted(piece.left for piece in pieces)
    clusters: list[tuple[int, float]] = []
    start = 0
    for i in range(1, len(lefts) + 1):
        if i == len(lefts) or lefts[i] - lefts[start] > 3:
            if i - start >= _FEWEST_LINES:
                clusters.append((i - start, lefts[start] - 0.5))
            start = i
    return [edge for _, edge in sorted(clusters, reverse=True)[:_MOST_EDGES] if edge > lefts[0] + 1]


def _worth(pieces: Sequence[Piece], edge: float) -> float:
    """Tell how much text an edge parts into two columns that stand beside each other; 0 for none."""
    left = [piece for piece in pieces if piece.right <= edge]
    right = [piece for piece in pieces if piece.left >= edge]
    if len(left) < _FEWEST_LINES or len(right) < _FEWEST_LINES:
        return 0.0
    top = max(min(piece.top for piece in left), min(piece.top for piece in right))
    bottom = min(max(piece.bottom for piece in left), max(piece.bottom for piece in right))
    left = [piece for piece in left if piece.bottom > top and piece.top < bottom]
    right = [piece for piece in right if piece.bottom > top and piece.top < bottom]
    if len(left) < _FEWEST_LINES or len(right) < _FEWEST_LINES:
        return 0.0
    gutter = min(piece.left for piece in right) - max(piece.right for piece in left)
    size = min(left[0].size, right[0].size)
    if not (_is_text(left) and _is_text(right)) and not (
        gutter > size and _is_long(left, right) and not _are_rows(left, right)
    ):
        return 0.0
    across = [piece for piece in pieces if piece.left < edge < piece.right]
    torn = sum(
        1 for piece in across if any(_beside(piece, other) for side in (left, right) for other in side)
    )
    if gutter < _NARROWEST_GUTTER * size or torn > (len(left) + len(right)) // 10:
        return 0.0
    return min(_amount(left), _amount(right))


def _amount(pieces: Sequence[Piece]) -> float:
    return sum(piece.width for piece in pieces)


def _is_text(pieces: Sequence[Piece]) -> bool:
    """Tell lines of a text from the cells of a table: long, and most of them as long as the column."""
    count = len(pieces)
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    width = _amount(pieces) / count
    ems = sum(piece.width / piece.size for piece in pieces) / count
    words = sum(len(run.text.split()) for piece in pieces for run in piece.runs) / count
    characters = sum(len(run.text) for piece in pieces for run in piece.runs) / count
    wordy = words >= _FEWEST_WORDS or characters / max(words, 1) > 12
    return ems >= _FEWEST_EMS and wordy and width >= _FULLNESS * (right - left)


def _is_long(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Tell whether at least one side is a text; a box of short lines may stand beside it."""
    return _is_text(left) or _is_text(right)


def _are_rows(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Tell rows of a table, whose cells stand on one base line, from a text with something beside it."""
    few, many = sorted((left, right), key=len)
    bases = sorted(piece.base for piece in many)
    on_one = 0
    for piece in few:
        at = bisect_left(bases, piece.base - 0.5)
        on_one += at < len(bases) and bases[at] <= piece.base + 0.5
    return on_one > 0.6 * len(few)


def _beside(one: Piece, other: Piece) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _bands(pieces: Sequence[Piece], gutter: float) -> list[list[Piece]]:
    """Part pieces, given from the top, into what stands across the gutter and the sides between it."""
    bands: list[list[Piece]] = []
    across: list[Piece] = []
    left: list[Piece] = []
    right: list[Piece] = []

    def close() -> None:
        bands.extend(part for part in (across, left, right) if part)

    for piece in pieces:
        if piece.left < gutter < piece.right:
            if left or right:
                close()
                across, left, right = [], [], []
            across.append(piece)
        elif piece.right <= gutter:
            left.append(piece)
        else:
            right.append(piece)
    close()
    return bands


def _region(pieces: Sequence[Piece]) -> Region:
    lines = tuple(_line(row) for row in rows(pieces))
    return Region(lines, min(piece.left for piece in pieces), max(piece.right for piece in pieces))


def rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Gather pieces that stand beside one another, rows from the top, each from the left."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: (each.base, each.left)):
        row = next((row for row in reversed(found[-3:]) if _belongs(row, piece)), None)
        if row is None:
            found.append([piece])
        else:
            row.append(piece)
    for row in found:
        row.sort(key=lambda each: each.left)
        if sum(1 if is_right_to_left(piece.text) else -1 for piece in row) > 0:
            row.reverse()
    return sorted(found, key=lambda row: max(row, key=lambda each: each.width).base)


def _belongs(row: Sequence[Piece], piece: Piece) -> bool:
    """Tell whether a piece continues a row: beside all of it, and over or under none of it."""
    main = max(row, key=lambda each: each.size)
    size = max(main.size, piece.size)
    if abs(piece.base - main.base) > (0.3 if piece.size > 0.85 * main.size else 0.55) * size:
        return False
    return all(
        piece.left >= other.right - 0.3 * size or piece.right <= other.left + 0.3 * size for other in row
    )


def _line(row: Sequence[Piece]) -> Line:
    cells: list[list[Piece]] = []
    for piece in row:
        size = max(piece.size, cells[-1][-1].size if cells else 0)
        before = cells[-1][-1] if cells else piece
        if cells and max(piece.left - before.right, before.left - piece.right) <= _CELL_GAP * size:
            cells[-1].append(piece)
        else:
            cells.append([piece])
    return Line(merged(row, " "), tuple(merged(cell, " ") for cell in cells))
