"""Documents told in few words, for the tests of all word processors' files, and a picture to put in them."""

from __future__ import annotations

import io

from PIL import Image

from reader.document import BlockKind, Document, StyleKind


def blocks(document: Document) -> list[tuple[BlockKind, int, str, str]]:
    """Return what each block is, its level, its marker and its words."""
    return [(b.kind, b.level, b.marker, b.span.of(document.text)) for b in document.blocks]


def texts(document: Document) -> list[str]:
    """Return the words of each block."""
    return [block.span.of(document.text) for block in document.blocks]


def marks(document: Document, index: int = 0) -> list[tuple[StyleKind, str, str]]:
    """Return the styles of a block: the kind, the words under it, and where a link leads."""
    return [(s.kind, s.span.of(document.text), s.target) for s in document.blocks[index].styles]


def png(width: int = 40) -> bytes:
    """Return a red picture, 30 pixels high."""
    out = io.BytesIO()
    Image.new("RGB", (width, 30), "red").save(out, "PNG")
    return out.getvalue()
