"""Running heads and feet: what repeats at the edges of pages, and their numbers. The body is left alone."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from reader.formats.pdf.columns import rows
from reader.formats.pdf.parts import Leaf, Piece, Stream

# Rows from the edge that may belong to a running head, and how far away it may repeat, in pages.
_ROWS, _NEAR = 5, 3
_SAME_HEIGHT = 4.0
_LONGEST = 160
_NUMBER = re.compile(
    r"(?:page\s+|p\.\s*|seite\s+|[-–—|\[(]\s*)*(\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:[-–—|\])]|(?:of|/|von|sur|de)\s*\d+))*\.?",
    re.I,
)
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
            edges = {True: found[:_ROWS], False: found[::-1][: min(_ROWS, max(0, len(found) - 1))]}
            self.rows.append(edges)
            for at_top, edge in edges.items():
                for piece in {piece for row in edge for piece in row}:
                    self.seen[at_top, _masked(piece)].append((i, piece.base))
            here = [(n - i, at_top, row) for at_top, edge in edges.items() for row in edge[:2]
                    for n in _numbers(row)]  # fmt: skip
            self.votes.update({offset for offset, _, _ in here})
            self._heights.update({(offset, at_top, round(row[0].base / 3)) for offset, at_top, row in here})
        self.pages = len(leaves)

    @property
    def offset(self) -> int | None:
        """Return what printed numbers of pages are ahead of their place, where most pages agree."""
        if self.pages < 3 or not self.votes:
            return None
        offset, votes = max(self.votes.items(), key=lambda each: (each[1], -abs(each[0] - 1)))
        return offset if votes >= max(3, 0.5 * self.pages) else None

    def is_numbered(self, page: int, row: Sequence[Piece], at_top: bool, offset: int | None) -> bool:
        """Tell whether a row holds its page's number, where the numbers of other pages stand as well."""
        if offset is None or page + offset not in _numbers(row) or sum(len(p.text) for p in row) >= 100:
            return False
        height = round(row[0].base / 3)
        return sum(self._heights[offset, at_top, height + by] for by in (-1, 0, 1)) >= 3

    def repeats(self, page: int, piece: Piece, at_top: bool) -> bool:
        """Tell whether a piece stands at the same height of pages near this one."""
        masked = _masked(piece)
        if len(masked) > _LONGEST or not any(c.isalpha() for c in masked):
            return False
        near = {
            other
            for other, base in self.seen[at_top, masked]
            if other != page and abs(other - page) <= _NEAR and abs(base - piece.base) <= _SAME_HEIGHT
        }
        return len(near) >= (2 if self.pages > 4 else 1)


def _masked(piece: Piece) -> str:
    return re.sub(r"\d+", "#", piece.text).strip().casefold()


def _numbers(row: Sequence[Piece]) -> set[int]:
    """Return the numbers that a row would give its page."""
    found = set()
    for piece in (row[0], row[-1]):
        for match in _END_NUMBER.finditer(piece.text.strip()):
            found.add(int(match[1] or match[2]))
        whole = _NUMBER.fullmatch(piece.text.strip())
        if whole and whole[1].isdigit():
            found.add(int(whole[1]))
    return found


def without_margins(leaves: Sequence[Leaf]) -> list[Leaf]:
    """Return the pages without running heads and feet; where no labels are told, with printed numbers."""
    edges = _Edges(leaves)
    offset = edges.offset
    kept = []
    for i, leaf in enumerate(leaves):
        dropped: set[int] = set()
        for at_top, edge in edges.rows[i].items():
            dropped |= _dropped(edges, i, edge, at_top, offset)
        label = leaf.label
        if not label and offset is not None and i + offset > 0:
            label = str(i + offset)
        streams = leaf.streams
        if dropped:
            main = streams[0]
            pieces = tuple(piece for piece in main.pieces if id(piece) not in dropped)
            streams = (Stream(main.frame, pieces), *streams[1:])
        kept.append(replace(leaf, streams=streams, label=label or str(leaf.number + 1)))
    if not any(stream.pieces for leaf in kept for stream in leaf.streams):
        # Where there is nothing but numbers, they are what there is to read.
        return [replace(leaf, label=leaf.label or str(leaf.number + 1)) for leaf in leaves]
    return kept


def _is_alone(text: str, pages: int) -> bool:
    """Tell a page's number; of a page alone, it is the first."""
    return _NUMBER.fullmatch(text) is not None and (pages > 1 or text == "1")


def _dropped(edges: _Edges, page: int, edge: Sequence[list[Piece]], at_top: bool,
             offset: int | None) -> set[int]:  # fmt: skip
    """Return the pieces of an edge that are furniture, by identity: whole rows, from the outside in."""
    dropped: set[int] = set()
    for row in edge:
        repeats = [edges.repeats(page, piece, at_top) for piece in row]
        texts = [piece.text.strip() for piece in row]
        numbered = edges.is_numbered(page, row, at_top, offset)
        alone = len(row) == 1 and not dropped and _is_alone(texts[0], edges.pages)
        rest = all(r or _NUMBER.fullmatch(t) or len(t) < 3 for r, t in zip(repeats, texts, strict=True))
        if numbered or alone or (any(repeats) and rest):
            dropped |= {id(piece) for piece in row}
        else:
            return dropped
    return dropped
