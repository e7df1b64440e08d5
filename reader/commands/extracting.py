"""What was read from a file, as text, as Markdown or as JSON. Values in, text out; opens no files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from reader.document import Block, BlockKind, Document, Span
from reader.inlining import Inliner
from reader.reports.markdown import escaped_beginning, escaped_inside
from reader.reports.wording import clean
from reader.text import one_line, without_pictures

_NUMBER = re.compile(r"(\d{1,9})[.)]")
_BULLETS = "•◦▪‣⁃●○■–—-*·"
_TICKS = re.compile(r"`+")
_CLOSING = re.compile(r"(#+)$")


def as_text(document: Document) -> str:
    """Return the text alone: no pictures, and nothing that a terminal would obey instead of showing it."""
    return clean(without_pictures(document.text)).strip("\n") + "\n"


def as_json(document: Document) -> str:
    """Return one line with an object of all that is known of the document but its pictures."""
    known = document.metadata
    return json.dumps(
        {
            "source": document.source,
            "format": document.format,
            "metadata": {
                "title": known.title,
                "byline": known.byline,
                "date": known.date,
                "site": known.site,
                "language": known.language,
                "address": known.address,
            },
            "text": document.text,
            "blocks": [_block(each) for each in document.blocks],
            "contents": [
                {"title": each.title, "start": each.start, "level": each.level} for each in document.contents
            ],
            "pages": [
                {"label": each.label, **_span(each.span), "width": each.width, "height": each.height}
                for each in document.pages
            ],
            "warnings": list(document.warnings),
        }
    )


def _block(block: Block) -> dict[str, object]:
    return {
        **_span(block.span),
        "kind": block.kind.value,
        "level": block.level,
        "marker": block.marker,
        "name": block.name,
        "alt": block.alt,
        "picture": block.picture,
        "styles": [
            {**_span(each.span), "kind": each.kind.value, "target": each.target} for each in block.styles
        ],
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


# ---------------------------------------------------------------- Markdown


def as_markdown(document: Document) -> str:
    """Return Markdown that shows the document; nothing of its text can pass for markup."""
    inliner = Inliner(document.text, _footnotes(document.blocks))
    parts: list[str] = []
    for kind, group in groupby(document.blocks, key=lambda block: block.kind):
        parts.extend(_grouped(kind, list(group), document.text, inliner))
    return "\n\n".join(parts) + "\n"


def _footnotes(blocks: Sequence[Block]) -> dict[str, str]:
    """Return what a footnote is called in Markdown, by its block's name: its own number where it has one."""
    called: dict[str, str] = {}
    taken: set[str] = set()
    for block in blocks:
        if block.kind is BlockKind.FOOTNOTE and block.name and block.name not in called:
            label = block.marker.strip(" .):[]")
            if not (label.isascii() and label.isalnum()) or label in taken:
                label = f"note{len(called) + 1}"
            taken.add(label)
            called[block.name] = label
    return called


def _grouped(kind: BlockKind, group: list[Block], text: str, inliner: Inliner) -> Iterator[str]:
    """Yield the parts, to be kept apart by blank lines, of neighbours of one kind."""
    if kind is BlockKind.LIST_ITEM:
        yield "\n".join(_items(group, inliner))
    elif kind is BlockKind.TABLE_ROW:
        yield "\n".join(_rows(group, text, inliner))
    elif kind is BlockKind.CODE:
        yield _fenced(group, text)
    elif kind is BlockKind.FOOTNOTE:
        yield "\n\n".join(_notes(group, inliner))
    elif kind is BlockKind.QUOTE:
        yield _quoted(group, text, inliner)
    else:
        yield from _plain(kind, group, text, inliner)


def _plain(kind: BlockKind, group: list[Block], text: str, inliner: Inliner) -> Iterator[str]:
    if kind in (BlockKind.TITLE, BlockKind.HEADING):
        for block in group:
            level = 1 if kind is BlockKind.TITLE else min(max(block.level, 1), 6)
            # Number signs at the end would be taken for the end of the heading.
            yield f"{'#' * level} " + _CLOSING.sub(r"\\\1", inliner.line(block))
    elif kind is BlockKind.IMAGE:
        yield from (f"![{escaped_inside(one_line(clean(block.alt)))}]()" for block in group)
    elif kind is BlockKind.RULE:
        yield from ("* * *" for _ in group)
    else:
        yield from ("".join(lines) for lines in _paragraphs(group, text, inliner))


def _paragraphs(group: Sequence[Block], text: str, inliner: Inliner) -> Iterator[list[str]]:
    """Yield the lines of each paragraph: those that follow each other without a blank line are one."""
    lines: list[str] = []
    end = 0
    for block in group:
        ends = text.count("\n", end, block.span.start)
        if lines and ends < 2:
            lines.append("\\\n" if ends else " ")
        elif lines:
            yield lines
            lines = []
        lines.append(escaped_beginning(inliner.line(block)))
        end = block.span.end
    yield lines


def _items(group: Sequence[Block], inliner: Inliner) -> Iterator[str]:
    """Yield a line for each item, set in as far as the words of the item above it."""
    widths: list[int] = []
    for block in group:
        depth = min(max(block.level, 1), len(widths) + 1)
        del widths[depth - 1 :]
        marker = block.marker.strip()
        number = _NUMBER.fullmatch(marker)
        mark, words = f"{number[1]}." if number else "-", escaped_beginning(inliner.line(block))
        if marker and not number and marker not in _BULLETS:
            words = f"{escaped_beginning(escaped_inside(clean(marker)))} {words}"
        yield " " * sum(widths) + f"{mark} {words}"
        widths.append(len(mark) + 1)


def _rows(group: Sequence[Block], text: str, inliner: Inliner) -> Iterator[str]:
    """Yield the lines of a table; its first row is the head, since Markdown has no table without one."""
    table = [[inliner.cell(block, span) for span in _cells(block, text)] for block in group]
    columns = max(map(len, table))
    for number, row in enumerate(table):
        yield "| " + " | ".join([*row, *[""] * (columns - len(row))]) + " |"
        if number == 0:
            yield "|" + " --- |" * columns


def _cells(block: Block, text: str) -> Iterator[Span]:
    start = block.span.start
    while (end := text.find("\t", start, block.span.end)) >= 0:
        yield Span(start, end)
        start = end + 1
    yield Span(start, block.span.end)


def _fenced(group: Sequence[Block], text: str) -> str:
    """Return the lines as they stand, with their blanks, between more ticks than are inside."""
    start = text.rfind("\n", 0, group[0].span.start) + 1
    code = clean(text[start : group[-1].span.end])
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(code)), default=0))
    return f"{fence}\n{code}\n{fence}"


def _quoted(group: Sequence[Block], text: str, inliner: Inliner) -> str:
    parts: list[str] = []
    before = 0
    for level, same in groupby(group, key=lambda block: max(block.level, 1)):
        bar = "> " * min(level, 20)
        if parts:
            # Without a line between, the words would go on in the deeper quotation.
            parts.append(("> " * min(level, before)).rstrip())
        paragraphs = ["".join(lines) for lines in _paragraphs(list(same), text, inliner)]
        for number, paragraph in enumerate(paragraphs):
            parts += [bar.rstrip()] if number else []
            parts += [bar + line for line in paragraph.split("\n")]
        before = min(level, 20)
    return "\n".join(parts)


def _notes(group: Sequence[Block], inliner: Inliner) -> Iterator[str]:
    for number, block in enumerate(group):
        label = inliner.footnotes.get(block.name) if block.name else None
        line = escaped_beginning(inliner.line(block))
        if label:
            yield f"[^{label}]: {line}"
        elif number:
            yield f"    {line}"  # goes on with the note above
        else:
            yield f"{escaped_inside(clean(block.marker))} {line}".strip()
