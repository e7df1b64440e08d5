"""Running heads and feet: what repeats at the edges of pages, and their numbers. The body is left alone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from reader.formats.pdf.columns import rows
from reader.formats.pdf.parts import Leaf, Piece, Stream

# Rows from the edge that may belong to a running head, and how far away it may repeat, in pages.
_ROWS, _NEAR = 5, 3
_SAME_HEIGHT = 6.0
_APART = 1.45
# Of the height of the page: how far its margins reach in at most.
_MARGIN = 0.2
_LONGEST = 400
_NUMBER = re.compile(
    r"(?:page\s+|p\.\s*|seite\s+|[-–—|\[(]\s*)*(\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:[-–—|\])]|(?:of|/|von|sur|de)\s*\d+))*\.?",
    re.I,
)
_DIGITS = re.compile(r"\d+")
_END_NUMBER = re.compile(r"^(\d{1,4})\b|\b(\d{1,4})$")

_Key = tuple[bool, str]


class _Edges:
    """The rows at the top and at the foot of every page, outermost first."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self.rows: list[dict[bool, list[list[Piece]]]] = []
        self.seen: dict[_Key, list[tuple[int, float]]] = defaultdict(list)
        self.votes: Counter[int] = Counter()
        self._heights: Counter[tuple[int, bool, int]] = Counter()
        for i, leaf in enumerate(leaves):
            found = rows(leaf.streams[0].pieces) if leaf.streams else []
            height = leaf.streams[0].frame.size[1] if leaf.streams else 0
            edges = {
                True: _outer(found, 0.0, height),
                False: _outer(found[::-1], height, height),
            }
            self.rows.append(edges)
            for at_top, edge in edges.items():
                for piece in {piece for row in edge for piece in row}:
                    self.seen[at_top, _masked(piece)].append((i, piece.base))
            here = [(n - i, at_top, row) for at_top, edge in edges.items() for row in edge[:2]
                    for n in _numbers(row)]  # fmt: skip
            self.votes.update({offset for offset, _, _ in here})
            self._heights.update(
                {(offset, at_top, round(row[0].base / _SAME_HEIGHT)) for offset, at_top, row in here}
            )
        self.pages = len(leaves)

    @cached_property
    def offset(self) -> int | None:
        """Return what printed numbers of pages are ahead of their place, where most pages agree."""
        if self.pages < 3 or not self.votes:
            return None
        offset, votes = max(self.votes.items(), key=lambda each: (each[1], -abs(each[0] - 1)))
        return offset if votes >= max(3, 0.5 * self.pages) else None

    def _is_numbered(self, page: int, row: Sequence[Piece], at_top: bool) -> bool:
        """Tell whether a row holds its page's number, where the numbers of other pages stand as well."""
        offset = self.offset
        if offset is None or page + offset not in _numbers(row) or sum(len(p.text) for p in row) >= 100:
            return False
        height = round(row[0].base / _SAME_HEIGHT)
        return sum(self._heights[offset, at_top, height + by] for by in (-1, 0, 1)) >= 3

    def repeats(self, page: int, piece: Piece, at_top: bool) -> bool:
        """Tell whether a piece stands at the same height of pages near this one."""
        masked = _masked(piece)
        if len(masked) > _LONGEST:
            return False
        near = {
            other
            for other, base in self.seen[at_top, masked]
            if other != page and abs(other - page) <= _NEAR and abs(base - piece.base) <= _SAME_HEIGHT
        }
        return len(near) >= (2 if self.pages > 4 else 1)

    def dropped(self, page: int, *, repeated: bool) -> set[int]:
        """Return the pieces of a page's margins that are furniture, by identity; not `repeated`: numbers."""
        found: set[int] = set()
        for at_top, edge in self.rows[page].items():
            depth = self._depth(page, edge, at_top, repeated)
            found |= {id(piece) for row in edge[:depth] for piece in row}
        return found

    def _depth(self, page: int, edge: Sequence[list[Piece]], at_top: bool, repeated: bool) -> int:
        """Return how many rows of an edge are furniture, from the outside in."""
        depth = 0
        for i, row in enumerate(edge[:-1] or edge):
            repeats = [repeated and self.repeats(page, piece, at_top) for piece in row]
            texts = [piece.text.strip() for piece in row]
            numbered = self._is_numbered(page, row, at_top)
            alone = len(row) == 1 and i == 0 and _is_alone(texts[0], self.pages)
            rest = all(r or len(t) < 3 or _is_number(t) for r, t in zip(repeats, texts, strict=True))
            if not (numbered or alone or (any(repeats) and rest)):
                break
            if numbered or alone or _is_apart(edge[i : i + 2]):
                depth = i + 1
        return depth


def _outer(found: Sequence[list[Piece]], edge: float, height: float) -> list[list[Piece]]:
    """Return the rows of the margin at an edge, outermost first, and the one that follows them."""
    inside = next(
        (i for i, row in enumerate(found) if abs(row[0].base - edge) > _MARGIN * height), len(found)
    )
    return list(found[: min(inside, _ROWS) + 1])


def _masked(piece: Piece) -> str:
    text = piece.text.strip().casefold()
    return _DIGITS.sub("#", text) if any(c.isalpha() for c in text) else text


def _numbers(row: Sequence[Piece]) -> set[int]:
    """Return the numbers that a row would give its page."""
    found = set()
    for piece in (row[0], row[-1]):
        for match in _END_NUMBER.finditer(piece.text.strip()):
            found.add(int(match[1] or match[2]))
        whole = _NUMBER.fullmatch(piece.text.strip()[:40])
        if whole and whole[1].isdecimal():
            found.add(int(whole[1]))
    return found


def without_margins(leaves: Sequence[Leaf]) -> list[Leaf]:
    """Return the pages without running heads and feet; where no labels are told, with printed numbers."""
    edges = _Edges(leaves)
    offset = edges.offset
    kept = [_without(leaf, edges.dropped(i, repeated=True)) for i, leaf in enumerate(leaves)]
    if not _have_text(kept):
        # Pages that are all alike, as forms are, lose their numbers alone; pages of numbers lose nothing.
        kept = [_without(leaf, edges.dropped(i, repeated=False)) for i, leaf in enumerate(leaves)]
    if not _have_text(kept):
        kept = list(leaves)
    return [
        replace(leaf, label=leaf.label or str(i + offset if offset and i + offset > 0 else leaf.number + 1))
        for i, leaf in enumerate(kept)
    ]


def _have_text(leaves: Sequence[Leaf]) -> bool:
    return any(stream.pieces for leaf in leaves for stream in leaf.streams)


def _without(leaf: Leaf, dropped: set[int]) -> Leaf:
    if not dropped:
        return leaf
    main = leaf.streams[0]
    pieces = tuple(piece for piece in main.pieces if id(piece) not in dropped)
    return replace(leaf, streams=(Stream(main.frame, pieces), *leaf.streams[1:]))


def _is_alone(text: str, pages: int) -> bool:
    """Tell a page's number; of a page alone, it is the first."""
    return _is_number(text) and (pages > 1 or text == "1")


def _is_number(text: str) -> bool:
    return len(text) <= 40 and _NUMBER.fullmatch(text) is not None


def _is_apart(pair: Sequence[Sequence[Piece]]) -> bool:
    """Tell whether a row stands further from the next one than lines of a text do."""
    if len(pair) < 2:
        return False
    size = max(piece.size for row in pair for piece in row)
    return abs(pair[0][0].base - pair[1][0].base) > _APART * size
