"""From words to the pieces of lines: what stands on one base line without a gap. No columns yet."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from reader.formats.pdf.parts import Look, Piece, Run, Word, is_right_to_left

# In sizes of the type: the widest blank of a justified line that is surely no gutter; a raised number.
_WIDEST_BLANK = 0.9
_SHIFT = 0.25
_RAISED_SIZE, _RAISED_SHIFT = 0.85, 0.12
# The dots that lead from an entry to the number of its page.
_LEADERS = re.compile(r" ?(?:\. ?){5,}")


def joined(words: Sequence[Word]) -> tuple[Piece, ...]:
    """Gather words, in the order in which they are drawn, into pieces."""
    found: list[Piece] = []
    current: list[Word] = []
    for word in words:
        if current and not _goes_on(current, word):
            found.append(_piece(current))
            current = []
        if not (current and word.text == current[-1].text and _drawn_twice(current[-1], word)):
            current.append(word)
    if current:
        found.append(_piece(current))
    return tuple(found)


def _drawn_twice(before: Word, word: Word) -> bool:
    """Tell whether a word is drawn over itself, to make it bold."""
    return abs(before.left - word.left) < 0.2 * word.size and abs(before.base - word.base) < 0.2 * word.size


def _goes_on(current: Sequence[Word], word: Word) -> bool:
    before = current[-1]
    if before.broken:
        return False
    size = max(before.size, word.size)
    gap = word.left - before.right
    if gap < -size and is_right_to_left(word.text) and is_right_to_left(before.text):
        gap = before.left - word.right
    if not -0.6 * size <= gap <= _WIDEST_BLANK * size and not _drawn_twice(before, word):
        return False
    shift = abs(word.base - before.base)
    if shift <= _SHIFT * min(before.size, word.size):
        return True
    # A raised or lowered word is smaller, close, and lies within the line's height.
    anchor = max(current[-4:], key=lambda each: each.size)
    return (
        gap < 0.4 * size
        and abs(word.base - anchor.base) <= 0.6 * size
        and (
            min(before.size, word.size) < _RAISED_SIZE * size
            or abs(word.base - anchor.base) <= _SHIFT * word.size
        )
    )


def _piece(words: Sequence[Word]) -> Piece:
    size, base = words[0].size, words[0].base
    if any(word.size != size or word.base != base for word in words):
        weights: Counter[tuple[float, float]] = Counter()
        for word in words:
            weights[word.size, round(word.base, 1)] += len(word.text)
        size, base = max(weights, key=lambda each: (weights[each], each[0]))
    return Piece(
        tuple(_without_leaders(run) for run in _runs(words, size, base)),
        min([word.left for word in words]),
        min([word.top for word in words]),
        max([word.right for word in words]),
        max([word.bottom for word in words]),
        base,
        size,
        words[0].right - words[0].left,
        words[-1].broken,
    )


def _runs(words: Sequence[Word], size: float, base: float) -> list[Run]:
    """Return the text of words in runs of one look; the small ones above the base line are raised."""
    look = words[0].look
    if all(word.look == look and word.size == size for word in words):
        text = "".join([" " + word.text if word.blank else word.text for word in words])
        return [Run(text[1:] if words[0].blank else text, look)]
    runs: list[Run] = []
    for word in words:
        raised = word.size < _RAISED_SIZE * size and base - word.base > _RAISED_SHIFT * size
        look = word.look | Look.RAISED if raised else word.look
        text = " " + word.text if word.blank and runs else word.text
        if runs and runs[-1].look == look:
            runs[-1] = Run(runs[-1].text + text, look)
        elif runs and text.startswith(" "):
            runs[-1] = Run(runs[-1].text + " ", runs[-1].look)
            runs.append(Run(text[1:], look))
        else:
            runs.append(Run(text, look))
    return runs


def _without_leaders(run: Run) -> Run:
    if "..." in run.text or ". . ." in run.text:
        return Run(_LEADERS.sub(" … ", run.text), run.look)
    return run


def merged(pieces: Iterable[Piece], parted: str) -> Piece:
    """Return pieces of one row, from left to right, as one; `parted` stands between them."""
    row = list(pieces)
    if len(row) == 1:
        return row[0]
    main = max(row, key=lambda each: sum(len(run.text) for run in each.runs))
    runs: list[Run] = list(row[0].runs)
    for before, piece in pairwise(row):
        gap = max(piece.left - before.right, before.left - piece.right)
        raised = piece.size < _RAISED_SIZE * main.size and main.base - piece.base > _RAISED_SHIFT * main.size
        between = "" if gap < 0.15 * main.size else parted
        # A hyphen that PDFium took for one at a line's end stands within the row.
        runs[-1] = Run(runs[-1].text + ("-" if before.broken else between), runs[-1].look)
        runs += [Run(run.text, run.look | Look.RAISED) for run in piece.runs] if raised else piece.runs
    return Piece(
        tuple(runs),
        min(piece.left for piece in row),
        min(piece.top for piece in row),
        max(piece.right for piece in row),
        max(piece.bottom for piece in row),
        main.base,
        main.size,
        row[0].first,
        row[-1].broken,
    )
