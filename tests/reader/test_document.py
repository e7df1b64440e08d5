"""What a document says of itself: its contents and its pages."""

from __future__ import annotations

from reader.document import Block, BlockKind, Document, Page, Section, Span, sections


def headed(*levels: int) -> Document:
    words = [f"Heading\n{n}" for n in range(len(levels))]
    blocks, start = [], 0
    for text, level in zip(words, levels, strict=True):
        blocks.append(Block(Span(start, start + len(text)), BlockKind.HEADING, level))
        start += len(text) + 2
    return Document("\n\n".join(words), tuple(blocks))


def test_the_contents_are_the_sources_own() -> None:
    own = (Section("One", 0),)
    document = headed(1, 2, 2, 1)
    assert sections(Document(document.text, document.blocks, contents=own)) == own


def test_headings_make_contents_where_there_are_several() -> None:
    assert sections(headed(2, 3)) == ()
    made = sections(headed(2, 3, 2))
    assert [(section.title, section.start, section.level) for section in made] == [
        ("Heading 0", 0, 1),
        ("Heading 1", 11, 2),
        ("Heading 2", 22, 1),
    ]


def test_the_page_at_a_place() -> None:
    pages = (Page("iv", Span(3, 10), 1, 1), Page("v", Span(10, 10), 1, 1), Page("1", Span(10, 20), 1, 1))
    document = Document("x" * 20, (Block(Span(0, 20)),), pages=pages)
    found = [document.page_at(offset) for offset in (0, 3, 9, 10, 19, 99)]
    assert [page.label if page else None for page in found] == [None, "iv", "iv", "1", "1", "1"]
    assert Document("x", ()).page_at(0) is None
