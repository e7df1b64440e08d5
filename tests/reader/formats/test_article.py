"""The article is found on broken and crowded pages, and what is shown above it is not said again."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from reader.document import Metadata, ReadAs
from reader.errors import EmptyFile
from reader.formats import open_document, page
from reader.formats.request import Request

PROSE = (
    "The council met on Thursday, and it spoke for hours about the bridge, the ferry, and the cost of both. "
)
ARTICLE = f"<p>{PROSE * 3}</p><p>{PROSE * 3}</p>"


def count(source: str, *, whole: bool = False) -> int:
    return page.read(source, whole=whole).text.count("The council met")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (f"<p>{PROSE * 3}<p>{PROSE * 3}<div class=x><b>{PROSE * 3}<p>{PROSE * 3}", 12),
        (f"<html><head><title>A title</title><p>{PROSE * 6}", 6),
        (
            f"<html><body><p>{PROSE * 4}</p></body><body><p>{PROSE * 4}</p></body></html><p>{PROSE * 2}</p>",
            10,
        ),
        (f"<html><frameset><frame src=a><noframes><p>{PROSE * 2}</noframes></frameset></html>", 2),
        (f"<table><tr><td><a href=/>Home</a></td><td>{PROSE * 3}<br><br>{PROSE * 3}</td></tr></table>", 6),
        (f"<body><pre>{(PROSE + chr(10)) * 12}</pre></body>", 12),
        (f"<body><div>Loading…</div><noscript><p>{PROSE * 4}</p></noscript></body>", 4),
        (f"<body style='display:none'>{ARTICLE}</body>", 6),
        (f"<body>{ARTICLE}<script>var x = '<p>y</p>'", 6),
    ],
)
def test_no_text_of_a_broken_page_is_lost(source: str, expected: int) -> None:
    assert count(source) == expected
    assert count(source, whole=True) == expected
    assert "<p>" not in page.read(source).text


def test_a_page_without_visible_text_is_read_in_its_description() -> None:
    body = f"{PROSE * 3}\\n\\n{PROSE * 3}"
    document = page.read(
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The bridge of the island", '
        f'"articleBody": "{body}"}}</script><div id=app></div>'
    )
    assert document.text.count("The council met") == 6
    assert len(document.blocks) == 3
    assert "search engines" in document.warnings[0]


def test_a_page_that_hides_all_is_shown_with_a_sentence_but_what_is_hidden_on_purpose_is_not() -> None:
    document = page.read(f"<body><template>{ARTICLE}</template></body>")
    assert document.text.count("The council met") == 6
    assert "hides its text" in document.warnings[0]
    short = page.read(f"<body><p>A short page, but a page of its own.</p><div hidden>{ARTICLE}</div></body>")
    assert short.text == "A short page, but a page of its own."


def test_a_page_of_frames_alone_is_refused_with_what_to_do() -> None:
    with pytest.raises(EmptyFile, match="frames"):
        page.load(b"<html><frameset><frame src=a.html></frameset></html>")


def test_the_whole_page_is_shown_in_order_when_asked_for(tmp_path: Path) -> None:
    source = f"<body><nav>Home</nav><p>First.</p><div class=article>{ARTICLE}</div><footer>Rights</footer>"
    data = source.encode()
    assert "Home" not in page.load(data, Request()).text
    text = page.load(data, Request(ReadAs(whole=True))).text
    assert text.split("\n\n") == ["Home", "First.", (PROSE * 3).strip(), (PROSE * 3).strip(), "Rights"]
    path = tmp_path / "page.html"
    path.write_bytes(data)
    document = open_document(path, read_as=ReadAs(whole=True))
    assert document.read_as.whole
    assert "Rights" in document.text


def test_title_and_byline_are_not_repeated_in_the_article_but_a_section_is_kept() -> None:
    document = page.read(
        "<title>A bridge for the island: plans, costs, ferries | Courier</title><body><div class='content'>"
        "<h1>A bridge for the island: plans, costs, ferries</h1><p class='byline'>By Ann Lee, 3 May 2020</p>"
        f"{ARTICLE}<h2>Costs</h2>{ARTICLE}<p>Ann Lee was there.</p></div></body>"
    )
    assert document.metadata.byline == "By Ann Lee"
    assert document.text.count("A bridge for the island") == 1
    assert "By Ann Lee" not in document.text
    assert "\n\nCosts\n\n" in document.text
    assert "Ann Lee was there." in document.text


def test_furniture_inside_the_article_is_dropped_and_captions_are_kept() -> None:
    links = "".join(f"<li><a href='/{n}'>Another story</a></li>" for n in range(4))
    document = page.read(
        f"<body><div class='content'>{ARTICLE}<div class='share-bar'>Tell all your friends</div>"
        f"<div>Advertisement</div><p>Read more: <a href='/x'>A story about another bridge</a></p>"
        f"<figure><img src='a'><figcaption>The bridge at night</figcaption></figure>"
        f"<div class='related'><h3>Related stories</h3><ul>{links}</ul></div><p>Read more books, I say.</p>"
        f"{ARTICLE}</div><div id='comments'><p>{PROSE * 3} So it is!</p></div></body>"
    )
    for word in ("friends", "Advertisement", "another bridge", "Another story", "Related", "So it is"):
        assert word not in document.text
    assert "The bridge at night" in document.text
    assert "Read more books" in document.text


def test_text_parted_by_line_breaks_becomes_paragraphs() -> None:
    document = page.read(
        f"<body><div>{PROSE * 3}<br><br>{PROSE}<b>so</b> it is<br> <br>The end.<br></div></body>"
    )
    assert document.text.split("\n\n")[1:] == [f"{PROSE}so it is", "The end."]


@pytest.mark.parametrize(
    "source",
    [
        "<div class='share byline'>" * 900 + "1:00" + "<i></i>" * 4000 + PROSE * 20,
        "<div>" * 1500 + "<ul><li><a href=x>z</a></ul>x" * 1500,
        "<div>" + "text here<nav></nav>" * 4000,
        "<h1>a b q</h1>" * 4000 + "<title>a b c</title>",
    ],
)
def test_pages_built_to_be_slow_are_read_in_time(source: str) -> None:
    before = process_time()
    assert page.read(f"<html>{source}").blocks
    assert process_time() - before < 5


def test_the_writer_is_the_byline_without_its_by() -> None:
    writers = {
        "By Ann Lee": "Ann Lee",
        "by: Ann Lee": "Ann Lee",
        "Von Anna Ek": "Anna Ek",
        "Von der Heide": "Von der Heide",
        "Byron Lee": "Byron Lee",
        "By": "By",
        "": "",
    }
    assert {byline: Metadata(byline=byline).writer for byline in writers} == writers
