"""A saved web page becomes its article, its structure and what it says about itself."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.document import BlockKind, Document, StyleKind
from reader.formats import page

PROSE = (
    "The council met on Thursday, and it spoke for hours about the bridge, the ferry, and the cost of both. "
)
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head>
<title>A bridge for the island at last | The Courier</title>
<meta property="og:site_name" content="The Courier"><meta name="author" content="Ann Lee">
<meta property="article:published_time" content="2021-03-14T10:00:00Z">
<link rel="canonical" href="https://example.org/news/bridge">
<script>document.write("never shown")</script><style>p {{ color: red }}</style></head>
<body>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport and games</a></li></ul></nav>
<div class="cookie-banner">We use cookies, sweet ones, on all of our pages, always.</div>
<article class="story"><h1>A bridge for the island at last</h1>
<p>{PROSE * 2}It is <em>very</em> <a href="dear.html">dear</a>.</p>
<h2>What it costs</h2>
<p>{PROSE * 2}</p>
<ul><li>The first item that matters</li><li>The second item<ol start="4"><li>inner</li></ol></li></ul>
<blockquote><p>{PROSE}</p></blockquote>
<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2020</td><td>$4</td></tr></table>
<pre>one
  two</pre>
<p style="display: none">hidden words</p>
<p>{PROSE}<br>after the break</p>
<aside>Read our other stories</aside>
</article>
<div class="comments"><p>{PROSE * 3}First comment!</p></div>
<footer>All rights reserved, always, by us</footer>
</body></html>"""


@pytest.fixture
def document() -> Document:
    return page.read(PAGE)


def shown(document: Document, kind: BlockKind) -> list[tuple[str, int, str]]:
    return [
        (block.span.of(document.text), block.level, block.marker)
        for block in document.blocks
        if block.kind is kind
    ]


def test_the_article_is_kept_and_the_furniture_dropped(document: Document) -> None:
    assert document.text.count("The council met") == 6
    for word in (
        "Home",
        "cookies",
        "comment",
        "rights",
        "other stories",
        "never shown",
        "hidden words",
        "red",
    ):
        assert word not in document.text


def test_the_whole_page_can_be_read_instead() -> None:
    text = page.read(PAGE, whole=True).text
    assert "Sport and games" in text
    assert "First comment" in text
    assert "never shown" not in text


def test_metadata_comes_from_the_page(document: Document) -> None:
    metadata = document.metadata
    assert metadata.title == "A bridge for the island at last"
    assert (metadata.byline, metadata.date, metadata.site) == ("Ann Lee", "2021-03-14", "The Courier")
    assert (metadata.language, metadata.address) == ("en-GB", "https://example.org/news/bridge")


def test_structure_is_kept(document: Document) -> None:
    assert document.blocks[0].kind is BlockKind.TITLE
    assert document.text.count("A bridge for the island") == 1
    assert shown(document, BlockKind.HEADING) == [("What it costs", 2, "")]
    assert [(level, marker) for _, level, marker in shown(document, BlockKind.LIST_ITEM)] == [
        (1, "•"),
        (1, "•"),
        (2, "4."),
    ]
    assert shown(document, BlockKind.QUOTE)[0][1] == 1
    assert shown(document, BlockKind.TABLE_ROW) == [("Year\tCost", 0, ""), ("2020\t$4", 0, "")]
    assert shown(document, BlockKind.CODE) == [("one", 0, ""), ("  two", 0, "")]
    assert shown(document, BlockKind.PARAGRAPH)[-1][0] == "after the break"


def test_links_are_whole_addresses_and_dangerous_ones_are_dropped(document: Document) -> None:
    styles = {
        (style.span.of(document.text), style.target) for block in document.blocks for style in block.styles
    }
    assert ("dear", "https://example.org/news/dear.html") in styles
    assert ("very", "") in styles
    risky = page.read("<p>A <a href='javascript:alert(1)'>trap</a> and <a href='file:///etc/x'>file</a></p>")
    assert all(style.target == "" for block in risky.blocks for style in block.styles)
    assert all(style.kind is StyleKind.LINK for block in risky.blocks for style in block.styles)


def test_json_ld_comes_before_meta_tags() -> None:
    document = page.read(
        """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "W"},
        {"@type": ["NewsArticle"], "headline": "From \\ud800 JSON", "datePublished": "2020-01-02T03:04",
        "author": [{"name": "A"}, {"name": "B"}], "publisher": {"name": "P"}, "url": "https://example.org/a"}]}
        </script><meta name="author" content="Other"><p>Text of it</p>"""
    )
    metadata = document.metadata
    assert metadata.title == "From ? JSON"
    assert (metadata.byline, metadata.date, metadata.site) == ("A, B", "2020-01-02", "P")
    assert metadata.address == "https://example.org/a"


@pytest.mark.parametrize("broken", ["{", "[" * 5000, '{"@type": 5}', '"x"', "[[[[]]]]", '{"@graph": 3}'])
def test_broken_json_ld_is_passed_over(broken: str) -> None:
    document = page.read(f'<script type="application/ld+json">{broken}</script><p>Text</p>')
    assert document.text == "Text"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>The council has met again - The Courier</title>", "The council has met again"),
        ("<title>Courier | The council has met again</title>", "The council has met again"),
        ("<title>Courier: The council has met again today</title>", "The council has met again today"),
        ("<title>News</title><h1>The council has met once again</h1>", "The council has met once again"),
        ("<h1>Only a heading</h1>", "Only a heading"),
        ("<meta property='og:title' content='From the card'><title>x</title>", "From the card"),
    ],
)
def test_titles_are_found_without_the_site(head: str, title: str) -> None:
    assert page.read(f"{head}<p>Some text</p>").metadata.title == title


@pytest.mark.parametrize(
    ("body", "byline"),
    [
        ("<p class='byline'>By Ann Lee</p>", "By Ann Lee"),
        ("<a rel='author' href='/ann'>Ann Lee</a>", "Ann Lee"),
        ("<div itemprop='author'><b>by</b> <span itemprop='name'>Ann Lee</span></div>", "Ann Lee"),
        ("<meta name='author' content='https://example.org/ann'>", ""),
        (f"<div class='authors'>{'Ann and Bo ' * 30}</div>", ""),
    ],
)
def test_bylines_are_found_on_the_page(body: str, byline: str) -> None:
    assert page.read(f"{body}<p>{PROSE}</p>").metadata.byline == byline


def test_dates_are_found_on_the_page() -> None:
    assert page.read("<time datetime='2020-05-06'>yesterday</time>").metadata.date == "2020-05-06"
    assert page.read("<time>6 May 2020</time>").metadata.date == "2020-05-06"


def test_encodings_are_those_that_browsers_would_use() -> None:
    body = "<p>café “so” – naïve</p>"
    declared = f'<html><meta charset="iso-8859-1">{body}'
    assert "café “so” – naïve" in page.load(declared.encode("windows-1252")).text
    assert "café" in page.load(declared.encode("utf-8")).text
    assert "日本" in page.load('<meta charset="iso-2022-jp"><p>日本</p>'.encode("iso-2022-jp")).text
    assert "café" in page.load(f'<meta charset="nonsense">{body}'.encode()).text
    assert "café" in page.load(f"<html>{body}".encode("utf-16")).text
    assert "caf" in page.load(f'<meta charset="nonsense"><p>caf\xe9 {PROSE}</p>'.encode("latin-1")).text


def test_text_in_a_page_nested_too_deep_is_kept_and_told() -> None:
    document = page.read("<body>" + "<div>" * 5000 + "deep <b>words</b><br>more" + "<script>no</script>")
    assert document.text == "deep words\n\nmore"
    assert "levels deep" in document.warnings[0]


def test_an_article_in_several_parts_is_joined() -> None:
    part = "<div class='part'><p>{}</p></div>"
    body = "".join(part.format(f"Part {number}. {PROSE * 3}") for number in range(4))
    document = page.read(
        f"<body><div id='x'>{body}</div><div class='sidebar'><a href='/'>Home</a></div></body>"
    )
    assert [f"Part {number}." in document.text for number in range(4)] == [True] * 4
    assert "Home" not in document.text


def test_a_page_of_furniture_names_alone_is_still_read() -> None:
    document = page.read(f"<body><div class='sidebar comment'><p>{PROSE * 6}</p></div></body>")
    assert "The council met" in document.text


def test_a_box_of_links_and_a_form_are_dropped_but_not_a_table_of_figures() -> None:
    links = "".join(f"<p><a href='/{n}'>Another story that is told elsewhere</a></p>" for n in range(5))
    rows = "".join(f"<tr><td>{n}</td><td>{n * 2}</td></tr>" for n in range(12))
    document = page.read(
        f"<body><div class='article'><p>{PROSE * 4}</p><div>{links}</div><table>{rows}</table>"
        f"<p>{PROSE * 3}</p><form><p>Subscribe <input><input></p></form></div></body>"
    )
    assert "told elsewhere" not in document.text
    assert "11\t22" in document.text
    assert "Subscribe" not in document.text


def test_blanks_count_in_a_listing_and_not_after_it() -> None:
    document = page.read("<div><pre>a\n  b</pre>c\n  d</div>", whole=True)
    assert [block.span.of(document.text) for block in document.blocks] == ["a", "  b", "c d"]


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a page reached for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    page.read(
        "<!DOCTYPE html SYSTEM 'http://example.org/x.dtd'><link rel=stylesheet href='http://example.org/x.css'>"
        "<img src='http://example.org/x.png'><iframe src='http://example.org/'></iframe><p>Text</p>"
    )


def test_neighbours_that_read_like_the_article_are_joined_to_it() -> None:
    document = page.read(
        f"<body><div><p>{PROSE}</p><div class='text'>{f'<p>{PROSE}</p>' * 5}</div>"
        f"<p>A short end, in a sentence.</p><p><a href='/'>Only a link here, of some length</a></p>"
        f"<dl class='text'><dt>{PROSE * 4}</dt></dl></div></body>"
    )
    assert document.text.count("The council met") == 6
    assert "A short end" in document.text
    assert "Only a link" not in document.text


def test_rivals_share_the_holder_that_is_the_article() -> None:
    columns = "".join(f"<div><div><p>{n} {PROSE * 3}</p><p>{PROSE * 3}</p></div></div>" for n in range(5))
    document = page.read(f"<body><div><div id='all'>{columns}</div></div><p>x</p></body>")
    assert all(f"{n} The council" in document.text for n in range(5))


def test_lone_holders_are_climbed_and_dialogs_are_not_read() -> None:
    document = page.read(
        f"<body><section><div><div><p>{PROSE * 4}</p><p>{PROSE * 3}</p></div></div></section>"
        f"<div role='dialog' aria-modal='true'><p>{PROSE * 9} Subscribe</p></div>"
        f"<div role='navigation'><p>{PROSE * 9} Navigate</p></div></body>"
    )
    assert document.text.count("The council met") == 7


def test_sharing_buttons_and_dubious_headings_inside_the_article_are_dropped() -> None:
    images = "<img src='a'>" * 5
    document = page.read(
        f"<body><div class='article'><p>{PROSE * 4}</p><div class='share'>Share this on all networks</div>"
        f"<h2 class='promo'>Buy our mugs</h2><div>{images}<p>Pictures of mugs</p></div>"
        f"<table role='presentation'><tr><td><p>{PROSE}</p></td><td><p>{PROSE}</p></td></tr></table>"
        f"<table><caption>Sums</caption><tr><td>1</td><td>2</td></tr></table><p>{PROSE * 3}</p></div></body>"
    )
    for word in ("Share this", "mugs"):
        assert word not in document.text
    assert "Sums" in document.text
    assert document.text.count("The council met") == 9


TAGS = st.sampled_from(
    re.findall(
        r"\w+",
        "p div b i a ul ol li table tr td th pre blockquote h1 h2 br hr script article section span form "
        "figure figcaption dl dt dd template title head body html meta time code",
    )
)
SOUP = st.lists(
    st.one_of(
        TAGS.map(lambda tag: f"<{tag}>"),
        TAGS.map(lambda tag: f"</{tag}>"),
        TAGS.map(lambda tag: f"<{tag} class='comment' style='display:none' href='x' start='99'>"),
        st.text(max_size=40),
        st.sampled_from(["&#x2028;", "&#0;", "&#xd800;", "<!--", "-->", "<![CDATA[", PROSE]),
    ),
    max_size=30,
).map("".join)


@given(SOUP, st.booleans())
@example("\x1f<meta>0", False)
@example("<p>a\uffff<nav>b</nav>c", False)
def test_any_soup_of_tags_becomes_sound_blocks(
    assert_sound: Callable[[Document], None], source: str, whole: bool
) -> None:
    assert_sound(page.read(source.encode("utf-8", "replace").decode(), whole=whole))
