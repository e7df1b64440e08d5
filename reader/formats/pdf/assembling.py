"""From the pieces of pages to a document: its text and blocks, its pages with their lines, its contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reader.document import Block, BlockKind, Document, Line, Metadata, Page, Section, Span, Style, StyleKind
from reader.formats.blocks import TextBuilder
from reader.formats.pdf.columns import Region, regions
from reader.formats.pdf.details import Bookmark
from reader.formats.pdf.kinds import Kind, is_sane_title, kinds, title_at
from reader.formats.pdf.margins import without_margins
from reader.formats.pdf.measures import Usual, usual
from reader.formats.pdf.notes import Note, Notes, marker_of
from reader.formats.pdf.paragraphs import Gatherer, Paragraph, Placed
from reader.formats.pdf.parts import Frame, Leaf
from reader.formats.pdf.writing import Written, row_of, written
from reader.text import one_line

_SEVERAL = re.compile(r"[^\s,;]+")


@dataclass(slots=True)
class _Draft:
    """A block to be: its text with its lines, what it is, and whether it stands in the run of the pages."""

    written: Written
    kind: Kind
    name: str = ""
    running: bool = True


@dataclass(slots=True)
class _Body:
    """A document on its way."""

    leaves: Sequence[Leaf]
    usual: Usual
    drafts: list[_Draft] = field(default_factory=list)
    title: str = ""


def assemble(leaves: Sequence[Leaf], metadata: Metadata, outline: Sequence[Bookmark], *,
             whole: bool = True) -> Document:  # fmt: skip
    """Make a document of its pages; not `whole`: of the first ones, without notes and what may go on."""
    body, paragraphs, notes = _read(without_margins(leaves))
    _draft_paragraphs(body, paragraphs)
    _put_title(body, paragraphs, metadata.title)
    if whole:
        _link_notes(body, notes)
    elif len(body.drafts) > 1:
        body.drafts.pop()
    builder = TextBuilder()
    for draft in body.drafts:
        text, kind = draft.written.text, draft.kind
        builder.add(
            text,
            kind.kind,
            styles=draft.written.styles,
            level=kind.level,
            marker=kind.marker,
            name=draft.name,
        )
    text, blocks, _ = builder.build()
    starts = _starts(body.drafts, blocks)
    pages = _pages(body, starts)
    contents = tuple(_contents(outline, body, starts, pages))
    metadata = replace(metadata, title=body.title)
    return Document(text, blocks, metadata, format="pdf", contents=contents, pages=pages)


def _read(leaves: Sequence[Leaf]) -> tuple[_Body, list[Paragraph], list[Note]]:
    """Put the pages in reading order and gather their paragraphs and footnotes."""
    ordered: list[tuple[int, Frame, list[Region]]] = [
        (i, stream.frame, regions(stream.pieces)) for i, leaf in enumerate(leaves) for stream in leaf.streams
    ]
    known = usual(region for _, _, found in ordered for region in found)
    notes, gatherer = Notes(known), Gatherer(known)
    for page, frame, found in ordered:
        for region in notes.taken(found, page, frame):
            gatherer.add(region, page, frame)
    return _Body(leaves, known), gatherer.paragraphs, notes.found


def _draft_paragraphs(body: _Body, paragraphs: Sequence[Paragraph]) -> None:
    texts = [
        row_of(each.lines[0], body.usual) if each.row else written(each.lines, body.usual)
        for each in paragraphs
    ]
    found = kinds(paragraphs, body.usual, [each.text for each in texts])
    for paragraph, text, kind in zip(paragraphs, texts, found, strict=True):
        if kind.kind is BlockKind.CODE:
            for placed in paragraph.lines:
                body.drafts.append(_Draft(_code(placed, paragraph), kind))
            continue
        if kind.kind in (BlockKind.HEADING, BlockKind.TITLE):
            text = written(paragraph.lines, body.usual, plain=paragraph.look)
        body.drafts.append(_Draft(text.without(kind.skip), kind))


def _code(placed: Placed, paragraph: Paragraph) -> Written:
    """Return a line of code, set in as it is printed."""
    piece = placed.line.piece
    blanks = " " * min(60, max(0, round((piece.left - paragraph.column.left) / (0.6 * piece.size))))
    text = blanks + piece.text + ("-" if piece.broken else "")
    return Written(text, [], [(Span(len(blanks), len(text)), placed)])


def _put_title(body: _Body, paragraphs: Sequence[Paragraph], told: str) -> None:
    """Let the document begin with its title: what is printed largest on its first page, or what it says."""
    told = told if is_sane_title(told) else ""
    at = title_at(paragraphs, [draft.kind for draft in body.drafts], body.usual) if paragraphs else None
    same = next(
        (
            i
            for i, draft in enumerate(body.drafts[:12])
            if told and _folded(draft.written.text) == _folded(told)
        ),
        None,
    )
    at = same if same is not None else at
    if at is not None and (same is not None or not told or not _occurs(told, body)):
        draft = body.drafts.pop(at)
        body.title = one_line(draft.written.text)
        body.drafts.insert(0, replace(draft, kind=Kind(BlockKind.TITLE)))
    elif told:
        body.title = told
        body.drafts.insert(0, _Draft(Written(told), Kind(BlockKind.TITLE)))


def _folded(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _occurs(title: str, body: _Body) -> bool:
    """Tell whether the beginning of the document speaks of what its title says; many keep another's title."""
    beginning = " ".join(draft.written.text for draft in body.drafts[:30]).casefold()
    words = re.findall(r"\w{4,}", title.casefold())
    return sum(word in beginning for word in words) > len(words) // 2


def _link_notes(body: _Body, notes: Sequence[Note]) -> None:
    """Append the footnotes, and lead to each from its number in the text of its page."""
    names: dict[tuple[int, str], str] = {}
    for number, note in enumerate(notes, 1):
        names.setdefault((note.page, note.marker), f"note-{number}")
    for draft in body.drafts:
        links = [link for style in draft.written.styles for link in _links(style, draft.written, body, names)]
        draft.written.styles += links
        draft.written.styles.sort(key=lambda style: (style.span, style.kind))
    for number, note in enumerate(notes, 1):
        text = written(note.lines, body.usual)
        marker = marker_of(note.lines[0].line)
        head = re.match(rf"\s*{re.escape(marker)}[.):]?\s*", text.text)
        text = text.without(head.end() if head else 0)
        if text.text.strip():
            kind = Kind(BlockKind.FOOTNOTE, marker=note.marker)
            body.drafts.append(_Draft(text, kind, f"note-{number}", running=False))


def _links(style: Style, text: Written, body: _Body, names: dict[tuple[int, str], str]) -> Iterator[Style]:
    if style.kind is not StyleKind.RAISED:
        return
    page = next((p.page for span, p in text.lines if span.start <= style.span.start < span.end), -1)
    for found in _SEVERAL.finditer(style.span.of(text.text)):
        name = names.get((page, found[0]))
        if name:
            at = style.span.start
            yield Style(Span(at + found.start(), at + found.end()), StyleKind.LINK, f"#{name}")


def _starts(drafts: Sequence[_Draft], blocks: Sequence[Block]) -> list[int]:
    """Return where each draft begins; one that is monstrous became several blocks."""
    starts, i = [], 0
    for draft in drafts:
        starts.append(blocks[i].span.start)
        end = starts[-1] + len(draft.written.text)
        while i < len(blocks) and blocks[i].span.start < end:
            i += 1
    return starts


def _pages(body: _Body, starts: Sequence[int]) -> tuple[Page, ...]:
    """Return the pages. A page's span is that of its running text; its notes lie at the document's end."""
    lines: list[list[Line]] = [[] for _ in body.leaves]
    hulls: list[tuple[int, int] | None] = [None for _ in body.leaves]
    for draft, start in zip(body.drafts, starts, strict=True):
        for span, placed in draft.written.lines:
            if not len(span):
                continue
            span = span.shifted(start)
            lines[placed.page].append(_line(span, placed, body.leaves[placed.page]))
            hull = hulls[placed.page]
            if draft.running:
                hulls[placed.page] = (
                    (min(hull[0], span.start), max(hull[1], span.end)) if hull else (span.start, span.end)
                )
    pages, at = [], 0
    for leaf, found, hull in zip(body.leaves, lines, hulls, strict=True):
        start, at = hull or (at, at)
        width, height = leaf.shown.size
        pages.append(Page(leaf.label, Span(start, at), width, height, tuple(sorted(found, key=_by_span))))
    return tuple(pages)


def _by_span(line: Line) -> Span:
    return line.span


def _line(span: Span, placed: Placed, leaf: Leaf) -> Line:
    piece, frame, shown = placed.line.piece, placed.frame, leaf.shown
    x1, y1 = shown.place(*frame.unplace(piece.left, piece.top))
    x2, y2 = shown.place(*frame.unplace(piece.right, piece.bottom))
    return Line(
        span, round(min(x1, x2), 2), round(min(y1, y2), 2), round(max(x1, x2), 2), round(max(y1, y2), 2)
    )


def _contents(outline: Sequence[Bookmark], body: _Body, starts: Sequence[int],
              pages: Sequence[Page]) -> Iterator[Section]:  # fmt: skip
    """Lead each bookmark to the heading of its name on its page, or to the line that it points at."""
    headings: dict[tuple[int, str], int] = {}
    for draft, start in zip(body.drafts, starts, strict=True):
        if draft.kind.kind in (BlockKind.HEADING, BlockKind.TITLE) and draft.written.lines:
            page = draft.written.lines[0][1].page
            headings.setdefault((page, _folded(draft.written.text)), start)
    for mark in outline:
        if mark.page >= len(pages):
            continue
        there = headings.get((mark.page, _folded(mark.title)))
        if there is None:
            there = _pointed_at(mark, pages[mark.page], body.leaves[mark.page])
        yield Section(mark.title, there, mark.level)


def _pointed_at(mark: Bookmark, page: Page, leaf: Leaf) -> int:
    if mark.y is None or not page.lines:
        return page.span.start
    top = leaf.shown.place(mark.x, mark.y)[1]
    below = (line.span for line in page.lines if line.bottom > top + 1 and page.span.covers(line.span))
    return next(below, page.span).start
