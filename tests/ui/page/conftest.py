"""An article on a page of fixed size."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from reader.document import Block, BlockKind, Document, Metadata, Span
from ui.page.area import PageArea
from ui.page.view import PageView
from ui.theme import load_fonts

PARAGRAPHS = (
    "The ferry that nobody wanted to lose",
    "The island council of Sund voted on Monday to keep the night ferry, Mayor Ilse Brandt said.",
    "“We were told that nobody would miss it,” she told the reporters who had come. “They were wrong.”",
    "The owner, Northern Lines, had called the boat “a museum piece” 🚢 and offered a bus instead.",
)


def document_of(paragraphs: tuple[str, ...], **metadata: str) -> Document:
    """Make a document of paragraphs; the first is the title."""
    blocks: list[Block] = []
    start = 0
    for number, words in enumerate(paragraphs):
        kind = BlockKind.PARAGRAPH if number else BlockKind.TITLE
        blocks.append(Block(Span(start, start + len(words)), kind))
        start += len(words) + 2
    return Document("\n\n".join(paragraphs), tuple(blocks), Metadata(**metadata))


def span_of(document: Document, words: str) -> Span:
    """Return where `words` first stand."""
    start = document.text.index(words)
    return Span(start, start + len(words))


@pytest.fixture
def article() -> Document:
    """A short article with a title, a byline and an astral character."""
    return document_of(PARAGRAPHS, title=PARAGRAPHS[0], byline="A. Writer", date="2021-03-14")


@pytest.fixture
def long_article() -> Document:
    """An article of 400 paragraphs."""
    words = "The harbour was quiet and the boats lay in the ice until the spring came at last. "
    return document_of(("A long winter", *(f"{n}. {words * (1 + n % 5)}".strip() for n in range(400))))


@pytest.fixture
def area(qtbot: QtBot) -> PageArea:
    """A page of 900 by 700, shown."""
    load_fonts()
    made = PageArea()
    qtbot.addWidget(made)
    made.resize(900, 700)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def page(area: PageArea) -> PageView:
    """The page itself."""
    return area.page
