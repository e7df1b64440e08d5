"""Plain text: paragraphs, a date header, a title line. Knows nothing of markup or of files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise

from reader.document import Block, BlockKind, Document, Metadata, Span
from reader.formats.blocks import LONGEST_BLOCK, clean, pieces
from reader.formats.encoding import decode
from reader.formats.request import Request

_HEADER = re.compile(r"\s*date\s+(\d{4}-\d{2}-\d{2})(?:\s+|\Z)")
_ITEM = re.compile(r"\s*(?:[-*•–+]|\(?\d{1,3}[.)])\s")
_SENTENCE_END = re.compile(r"[.!?:;…。！？][\"”’»)\]]*$")

# Lines of hand-wrapped text are about this wide; shorter are verses and lists, longer are paragraphs.
_NARROWEST, _WIDEST = 40, 120
_LONGEST_TITLE = 120
# Of a text longer than this the beginning is shown before all of it is laid out, in characters.
_LONG, _BEGINNING = 1_000_000, 100_000


def load(data: bytes, request: Request | None = None) -> Document:
    """Read the bytes of a text file."""
    decoded = decode(data, encoding=request.encoding if request else None)
    if request is not None and len(decoded.text) > _LONG:
        # A paragraph is read by itself, so those before a blank line are what they are in the whole.
        end = decoded.text.rfind("\n\n", 0, _BEGINNING)
        beginning = read(decoded.text[: max(end, 0)])
        if len(beginning.blocks) > 1:
            request.preview(replace(beginning, encoding=decoded.encoding))
    return replace(read(decoded.text, warnings=decoded.warnings), encoding=decoded.encoding)


def read(text: str, *, warnings: tuple[str, ...] = ()) -> Document:
    """Make a document of a text whose line ends are ``\\n``.

    A header `` date YYYY-MM-DD `` at the very beginning becomes the date and is left out. A short
    first line without a full stop, before a blank line, is the title. Paragraphs end at a blank line;
    where their lines were wrapped by hand, each such line end becomes one blank, so that the
    characters keep their places. Verses, lists and one-paragraph-a-line files keep their lines.
    """
    text = clean(text)
    when = ""
    header = _HEADER.match(text)
    if header and _is_date(header[1]):
        when, text = header[1], text[header.end() :]
    text = text.strip("\n").rstrip()
    text, lines = _unwrapped(text)
    blocks = [
        Block(part)
        for line in lines
        for part in (pieces(text, line) if len(line) > LONGEST_BLOCK else (line,))
    ]
    title = _title(text, blocks)
    if title:
        blocks[0] = Block(blocks[0].span, BlockKind.TITLE)
    return Document(text, tuple(blocks), Metadata(title=title, date=when), "", "text", "", warnings)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _title(text: str, blocks: list[Block]) -> str:
    """Return the first line when it stands alone like a headline, and more follows; else ""."""
    if len(blocks) < 2:
        return ""
    first, second = blocks[0].span, blocks[1].span
    line = first.of(text)
    alone = text.count("\n", first.end, second.start) > 1
    if not alone or len(line) > _LONGEST_TITLE or _ITEM.match(line):
        return ""
    if line.endswith((".", ":", ";", ",", ".”", '."')) or not any(c.isalpha() for c in line):
        return ""
    return line


def _unwrapped(text: str) -> tuple[str, list[Span]]:
    """Return the text with the line ends inside wrapped paragraphs as blanks, and the lines to show."""
    lines: list[str] = []
    for filled, group in groupby(text.split("\n"), key=lambda line: bool(line.strip())):
        if filled:
            lines.extend(_joined(list(group)))
        else:
            lines.extend(group)
    spans = []
    at = 0
    for line in lines:
        inner = line.strip()
        if inner:
            start = at + len(line) - len(line.lstrip())
            spans.append(Span(start, start + len(inner)))
        at += len(line) + 1
    return "\n".join(lines), spans


def _joined(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a paragraph, those that were one line before wrapping joined with a blank.

    A line end was made by wrapping when the next word would not have fitted any more.
    """
    widest = max(len(line.rstrip()) for line in lines)
    if len(lines) == 1 or not _NARROWEST <= widest <= _WIDEST:
        yield from lines
        return
    full = [
        len(line.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) > widest and not _ITEM.match(after)
        for line, after in pairwise(lines)
    ]
    if sum(full) < 0.6 * len(full):
        yield from lines
        return
    gathered = [lines[0]]
    for before, after, is_full in zip(lines, lines[1:], full, strict=False):
        if _ITEM.match(after) or (not is_full and _SENTENCE_END.search(before.rstrip())):
            yield " ".join(gathered)
            gathered = []
        gathered.append(after)
    yield " ".join(gathered)
