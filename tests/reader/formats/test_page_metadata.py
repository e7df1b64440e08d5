"""What a page says about itself is found in each of the places where pages say it."""

from __future__ import annotations

import json

import pytest

from reader.document import Metadata
from reader.formats import page


def read(source: str) -> Metadata:
    return page.read(f"{source}<p>Some text of it</p>").metadata


def described(thing: object) -> Metadata:
    return read(f'<script type="application/ld+json">{json.dumps(thing)}</script>')


def test_an_article_in_a_graph_refers_to_its_author_and_publisher() -> None:
    metadata = described(
        {
            "@graph": [
                {"@type": "WebSite", "@id": "#site", "name": "The Courier"},
                {
                    "@type": "WebPage",
                    "@id": "#page",
                    "name": "The bridge - The Courier",
                    "inLanguage": "en-GB",
                },
                {
                    "@type": "Report",
                    "headline": "The bridge &amp; the ferry",
                    "author": {"@id": "#ann"},
                    "publisher": {"@id": "#site"},
                    "dateModified": "2020-05-04",
                    "datePublished": "2020-05-03",
                    "mainEntityOfPage": {"@id": "https://example.org/a/bridge"},
                },
                {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
            ]
        }
    )
    assert metadata == Metadata(
        "The bridge & the ferry",
        "Ann Lee",
        "2020-05-03",
        "The Courier",
        "en-GB",
        "https://example.org/a/bridge",
    )


def test_authors_may_be_strings_lists_and_nested_things() -> None:
    author = ["Ann Lee", {"@type": "Person", "name": ["Bo Ek", "B. Ek"]}, {"name": "Ann Lee"}, ["x"], 5, None]
    assert described([[{"@type": "BlogPosting", "author": author}]]).byline == "Ann Lee, Bo Ek"
    assert described({"@type": "WebPage", "mainEntity": {"@type": "Article", "author": "C"}}).byline == "C"
    assert described({"@type": "Product", "name": "Mug"}).title == ""


def test_of_name_and_headline_the_one_like_the_title_counts() -> None:
    thing = json.dumps({"@type": "Article", "headline": "Something else", "name": "The bridge at last"})
    script = f'<script type="application/ld+json">{thing}</script>'
    assert read(f"<title>The bridge at last | Courier</title>{script}").title == "The bridge at last"


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ("<meta name='author' content='Ann'><meta name='author' content='Bo'>", "byline", "Ann, Bo"),
        ("<meta name='DC.Creator' content='Ann'>", "byline", "Ann"),
        ("<meta name='parsely-author' content='Ann'>", "byline", "Ann"),
        ("<meta name='citation_author' content='Lee, Ann'>", "byline", "Lee, Ann"),
        ("<meta property='article:author' content='https://example.org/a'>", "byline", ""),
        ("<meta name='twitter.title' content='T of it'>", "title", "T of it"),
        ("<meta name='dcterms.date' content='2020-05-03'>", "date", "2020-05-03"),
        ("<meta name='DC.date.issued' content='2020-05-03'>", "date", "2020-05-03"),
        ("<meta property='article:modified_time' content='2021'><time datetime='2020'>", "date", "2020"),
        ("<time>1 May 2020</time><time pubdate datetime='2020-05-03'></time>", "date", "2020-05-03"),
        ("<b itemprop='datePublished' content='2020-05-03'></b>", "date", "2020-05-03"),
        ("<meta name='application-name' content='Courier'>", "site", "Courier"),
        ("<meta http-equiv='Content-Language' content='de, en'>", "language", "de"),
        ("<meta property='og:locale' content='en_US'>", "language", "en-US"),
        ("<html lang='not a language!'>", "language", ""),
        ("<link rel=canonical href='/a/b'><meta property='og:url' content='https://e.org/x'>", "address",
         "https://e.org/a/b"),
        ("<link rel=canonical href='https://e.org/'><meta property='og:url' content='https://e.org/x'>",
         "address", "https://e.org/x"),
        ("<!-- saved from url=(0021)https://example.org/a -->", "address", "https://example.org/a"),
        ("<!--\n Page saved with SingleFile \n url: https://example.org/a \n-->", "address",
         "https://example.org/a"),
        ("<!-- saved from url=(0014)about:internet -->", "address", ""),
    ],
)  # fmt: skip
def test_a_field_is_found(head: str, field: str, value: str) -> None:
    assert getattr(read(head), field) == value


def test_links_start_from_where_the_page_was_saved() -> None:
    document = page.read(
        "<!-- saved from url=(0020)https://e.org/a/b.html --><p>A <a href='c.html'>link</a></p>"
    )
    assert [style.target for block in document.blocks for style in block.styles] == ["https://e.org/a/c.html"]
