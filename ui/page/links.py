"""Links: where one within the document leads, and the address of one that leads out of it, never followed."""

from __future__ import annotations

from collections.abc import Sequence

from reader.document import Block, Document, Span, Style, StyleKind


class Places:
    """The blocks of a document by the names that links call them by."""

    def __init__(self, document: Document) -> None:
        self._blocks: Sequence[Block] = document.blocks
        self._named: dict[str, int] | None = None

    def _number(self, target: str) -> int | None:
        if not target.startswith("#"):
            return None
        if self._named is None:  # of a book, looked for when the first link is seen
            named: dict[str, int] = {}
            for number, block in enumerate(self._blocks):
                if block.name:
                    named.setdefault(block.name, number)
            self._named = named
        return self._named.get(target[1:])

    def leads(self, target: str) -> bool:
        """Tell whether a link leads to a place in this document."""
        return self._number(target) is not None

    def block(self, target: str) -> Block | None:
        """Return the block that a link leads to; None for one that leads elsewhere."""
        number = self._number(target)
        return self._blocks[number] if number is not None else None


def link_over(block: Block, span: Span) -> Style | None:
    """Return the first of the shortest links that share a character with `span`."""
    found = [s for s in block.styles if s.kind is StyleKind.LINK and s.span.overlaps(span)]
    return min(found, key=lambda style: len(style.span), default=None)
