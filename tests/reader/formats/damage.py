"""Any damage to a file gives a document or a sentence: how files are damaged, and what must hold then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from reader.document import Document
from reader.errors import FormatError

Changes = Sequence[tuple[int, bytes]]


def changes_of(sample: bytes, *, words: Sequence[bytes] = ()) -> st.SearchStrategy[Changes]:
    """Return what to write over a sample, and where: any few bytes, or words that stand elsewhere in it."""
    new = st.binary(min_size=1, max_size=4)
    return st.lists(
        st.tuples(st.integers(0, len(sample) - 1), new | st.sampled_from(words) if words else new),
        max_size=6,
    )


def damaged(sample: bytes, changes: Changes) -> bytes:
    """Return the sample with the changes written over it."""
    data = bytearray(sample)
    for at, new in changes:
        data[at : at + len(new)] = new
    return bytes(data)


def assert_survived(
    load: Callable[[bytes], Document], data: bytes, assert_sound: Callable[[Document], None]
) -> None:
    """Assert that bytes are read as a sound document or refused with both sentences."""
    try:
        document = load(data)
    except FormatError as error:
        assert error.what.endswith(".")
        assert error.next.endswith(".")
    else:
        assert_sound(document)
