"""Reports hold all that was noted and found, in order; nothing of a text can pass for structure."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.document import Document, Page, Span
from reader.errors import ReportError
from reader.model import Analysis, Anchor, Highlight, Label, Note, Report
from reader.reports import WRITERS, build, write, write_all
from reader.reports.markdown import escaped, render
from reader.reports.page import render as render_page
from reader.reports.wording import clean, date_in_words
from reader.text import one_line

nasty = st.text(st.sampled_from("ab1 \n\t#-+=*_`~|<>[]()!&;:.\\/$^{}\"'\u202e\u2028\x00\ud800é"), max_size=40)


def test_everything_is_in_its_order(report: Report) -> None:
    assert [each.anchor.exact for each in report.highlights] == ["The pier", "left"]
    assert [note.body for note in report.notes] == ["Read.", "Read again."]
    assert [(speaker, len(quotes)) for speaker, quotes in report.quotes] == [("Ada Quill", 1), ("", 1)]
    assert report.names == (
        (Label.PERSON, (("Ada Quill", 2), ("Bo Lund", 1))),
        (Label.FAC, (("the pier", 1),)),
    )


@pytest.mark.parametrize("ending", [suffix for _, suffixes, _ in WRITERS for suffix in suffixes])
def test_each_format_holds_everything(report: Report, tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"report{ending.upper()}"
    write(report, target)
    text = target.read_text(encoding="utf-8")
    if ending.startswith(".h"):
        text = lxml.html.fromstring(text.encode()).text_content()
    order = """The pier|Émile Roe|Harbour Post|14 March 2021
        |essay, sea/wall
        |holds 3 highlights, 2 notes, 2 quotations and 3 names.|Notes on the article|Read.|Read again.
        |method|Highlights|The pier|Blue|claim|pier|left|Pink|lost their place|was it so|lost?
        |Quotations by speaker|Ada Quill|The pier will "stand"|Partly direct|‘said’ follows
        |Speaker unknown|it fell|Reported|nobody is named|Names by type|People|Ada Quill|2|Bo Lund
        |Buildings|the pier|check them"""
    at = 0
    for words in order.replace("\n", "").split("|"):
        assert words.strip() in text[at:], words
        at = text.index(words.strip(), at) + len(words.strip())
    assert "Which?" in text
    assert "Ask." in text
    assert [path.name for path in tmp_path.iterdir()] == [target.name], "nothing is left beside it"


@pytest.mark.parametrize("rendered", [render, render_page])
def test_highlights_and_quotations_tell_their_page(
    report: Report, rendered: Callable[[Sequence[Report]], str]
) -> None:
    pages = (Page("12", Span(0, 5), 1, 1), Page("13", Span(5, len(report.document.text)), 1, 1))
    text = rendered([replace(report, document=replace(report.document, pages=pages))])
    assert re.search(r"Blue\W* · p\. 12", text)
    assert re.search(r"Pink\W* · p\. 13", text)
    assert "Partly direct · p. 12 · " in text
    assert text.count("p. 1") == 4, "the page of a lost highlight is not known"


def test_a_picture_in_a_highlight_leaves_no_trace(document: Document) -> None:
    text = f"{document.text}\n\n\ufffc\n\nThe end."
    marked = Highlight(1, Anchor(Span(80, len(text)), text[80:]))
    report = build(replace(document, text=text), analysis=None, highlights=(marked,), notes=())
    assert "\ufffc" not in render([report]) + render_page([report])


def test_a_document_without_notes_and_without_analysis(document: Document, tmp_path: Path) -> None:
    empty = build(document, analysis=None, highlights=(), notes=())
    assert not empty.analysed
    text = render([empty])
    assert "# The pier" in text
    assert "## " not in text
    assert "Nothing has been noted" in text
    assert not build(document, analysis=Analysis(), highlights=(), notes=()).quotes


@given(text=nasty)
def test_markdown_shows_a_text_as_it_is(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(escaped(text))
    kinds = [token.type for token in tokens]
    shown = one_line(clean(text))
    assert kinds == (["paragraph_open", "inline", "paragraph_close"] if shown else [])
    if shown:
        children = tokens[1].children or []
        assert {child.type for child in children} <= {"text", "text_special"}
        assert "".join(child.content for child in children) == shown


@given(words=st.tuples(*[nasty] * 6))
def test_no_text_adds_to_the_structure_of_a_report(words: tuple[str, ...]) -> None:
    def made(*, title: str, exact: str, note: str, tag: str, body: str, speaker: str) -> Report:
        document = Document(exact, ())
        document = replace(document, metadata=replace(document.metadata, title=title))
        highlight = Highlight(1, Anchor(Span(0, 1), exact), note=note, tags=(tag,))
        found = ((Label.ORG, ((speaker, 1),)),)
        return replace(
            build(document, analysis=None, highlights=(highlight,), notes=(Note(1, body),)), names=found
        )

    names = ("title", "exact", "note", "tag", "body", "speaker")
    report = made(**dict(zip(names, (f"x{each}" for each in words), strict=True)))
    plain = made(**dict.fromkeys(names, "x"))
    headings = [t.markup for t in MarkdownIt().parse(render([report])) if t.type == "heading_open"]
    assert headings == [t.markup for t in MarkdownIt().parse(render([plain])) if t.type == "heading_open"]
    tags = re.findall(r"<[^>]*>", render_page([report]))
    assert tags == re.findall(r"<[^>]*>", render_page([plain]))


def test_a_page_needs_nothing_from_elsewhere_and_runs_nothing(report: Report) -> None:
    page = render_page([report])
    assert "<script" not in page
    assert not re.search(r"(src|href)=|url\(|@import", page)
    assert "default-src 'none'" in page


def test_several_reports_stand_in_one_file(report: Report, tmp_path: Path) -> None:
    other = replace(
        report, document=replace(report.document, metadata=replace(report.document.metadata, title="Two"))
    )
    for name in ("both.md", "both.html"):
        write_all((report, other), tmp_path / name)
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert 0 < text.index("The pier") < text.index("Two")


def test_an_unknown_ending_is_told(report: Report, tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"\.md"):
        write(report, tmp_path / "report.docx")
    assert list(tmp_path.iterdir()) == []


def test_the_article_itself_is_never_replaced(report: Report, tmp_path: Path) -> None:
    source = tmp_path / "pier.md"
    source.write_text("the article")
    link = tmp_path / "link.md"
    link.symlink_to(source)
    own = replace(report, document=replace(report.document, source=str(source)))
    for target in (source, link):
        with pytest.raises(ReportError, match="article itself"):
            write(own, target)
    assert source.read_text() == "the article"


def test_a_link_is_followed_and_kept(report: Report, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
    write(report, tmp_path / "link.md")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").is_file()


def test_a_report_that_fails_leaves_the_old_one(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "report.md").write_text("old")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ReportError, match="no space left") as told:
        write(report, tmp_path / "report.md")
    assert told.value.next
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("report.md", "old")]


@pytest.mark.parametrize("name", ["absent/report.md", "nul\x00.md", "n" * 300 + ".md"])
def test_a_place_that_can_t_be_written_is_told(report: Report, tmp_path: Path, name: str) -> None:
    with pytest.raises(ReportError):
        write(report, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2021-03-14", "14 March 2021"),
        ("2021-03", "March 2021"),
        ("2021", "2021"),
        ("soon", "soon"),
        ("2021-13", "2021-13"),
    ],
)
def test_dates_are_said_as_exactly_as_they_are_known(date: str, words: str) -> None:
    assert date_in_words(date) == words
