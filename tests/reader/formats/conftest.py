"""What must hold for every document, whatever it was read from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reader.document import Document


def _assert_sound(document: Document) -> None:
    text, at = document.text, 0
    document.text.encode("utf-8")
    assert "\r" not in text
    assert "\x00" not in text
    for block in document.blocks:
        assert at <= block.span.start < block.span.end <= len(text)
        inside = block.span.of(text)
        assert inside.strip()
        assert not set(inside) & set("\n\u2028\u2029\x85\f\v")
        assert len(inside) <= 20_000
        assert not text[at : block.span.start].strip(), "text between the blocks would never be seen"
        for style in block.styles:
            assert len(style.span) > 0
            assert block.span.covers(style.span)
        at = block.span.end
    assert not text[at:].strip()


@pytest.fixture(scope="session")
def assert_sound() -> Callable[[Document], None]:
    """Blocks are ordered, apart, filled, on one line, not monstrous, and leave no text out."""
    return _assert_sound
