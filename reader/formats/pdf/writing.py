"""The text of a paragraph: its lines joined, hyphens at their ends undone, each line's place kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reader.document import Span, Style, StyleKind
from reader.formats.pdf.measures import Usual
from reader.formats.pdf.paragraphs import Placed
from reader.formats.pdf.parts import Look, Run

_LAST_WORD = re.compile(r"[\w’'-]+$")
_FIRST_WORD = re.compile(r"[\w’']+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*$")
_KINDS = (
    (Look.BOLD, StyleKind.STRONG),
    (Look.ITALIC, StyleKind.EMPHASIS),
    (Look.MONO, StyleKind.CODE),
    (Look.RAISED, StyleKind.RAISED),
)


@dataclass(slots=True)
class Written:
    """The text of a paragraph, its styles, and the stretch of each of its lines."""

    text: str = ""
    styles: list[Style] = field(default_factory=list)
    lines: list[tuple[Span, Placed]] = field(default_factory=list)

    def without(self, count: int) -> Written:
        """Return it without its first characters."""
        if not count:
            return self
        return Written(
            self.text[count:],
            [
                Style(Span(max(each.span.start - count, 0), each.span.end - count), each.kind, each.target)
                for each in self.styles
                if each.span.end > count
            ],
            [
                (Span(max(span.start - count, 0), span.end - count), placed)
                for span, placed in self.lines
                if span.end > count
            ],
        )


def _is_dense(character: str) -> bool:
    """Tell a character of a script that is written without blanks."""
    return (
        "\u2e80" <= character <= "\u9fff"
        or "\uf900" <= character <= "\ufaff"
        or "\uff00" <= character <= "\uffef"
    )


def between(before: str, after: str, broken: bool, usual: Usual) -> str:
    """Return what joins two lines: a blank, nothing, or the hyphen that PDFium took from the first."""
    if not broken:
        if not before or not after:
            return ""
        if before[-1] in "-\u2010\u2014" and before[-2:-1].isalnum():
            return ""
        if before[-1] == "\u2013" and before[-2:-1].isdecimal() and after[0].isdecimal():
            return ""
        if _is_dense(before[-1]) and _is_dense(after[0]):
            return ""
        return "" if before[-1] in "/_=&?" and _ADDRESS.search(before) else " "
    last, first = _LAST_WORD.search(before), _FIRST_WORD.match(after)
    if last is None or first is None or not first[0][0].islower():
        return "-"
    one, other = last[0].casefold(), first[0].casefold()
    whole = one + other
    if whole in usual.words:
        return ""
    if f"{one}-{other}" in usual.hyphened or ("-" in one and one.rsplit("-", 1)[-1] + other in usual.words):
        return "-" if f"{one}-{other}" in usual.hyphened else ""
    return ""


def written(lines: Sequence[Placed], usual: Usual, *, plain: int = Look.PLAIN) -> Written:
    """Join lines; what all of the paragraph is (`plain`) is no emphasis."""
    parts: list[str] = []
    spans: list[tuple[Span, Placed]] = []
    runs: list[tuple[Span, int]] = []
    at, tail, broken = 0, "", False
    for placed in lines:
        piece = placed.line.piece
        text = piece.text
        if parts:
            joint = between(tail, text, broken, usual)
            parts.append(joint)
            if joint == "-":
                span, before = spans[-1]
                spans[-1] = (Span(span.start, at + 1), before)
            at += len(joint)
        spans.append((Span(at, at + len(text)), placed))
        runs += _placed_runs(piece.runs, at)
        parts.append(text)
        at += len(text)
        tail, broken = text[-80:], piece.broken
    if broken:
        parts.append("-")
        spans[-1] = (Span(spans[-1][0].start, at + 1), spans[-1][1])
    text = "".join(parts)
    return Written(text, _styles(runs, text, plain | usual.look), spans)


def _placed_runs(runs: Iterable[Run], at: int) -> Iterable[tuple[Span, int]]:
    for run in runs:
        yield Span(at, at + len(run.text)), run.look
        at += len(run.text)


def _styles(runs: Sequence[tuple[Span, int]], text: str, plain: int) -> list[Style]:
    """Return the styles over a text; runs of one look on lines that follow one another are one."""
    found: list[Style] = []
    for look, kind in _KINDS:
        if look & plain:
            continue
        start, end = -1, -1
        for span, has in [*runs, (Span(len(text), len(text)), Look.PLAIN)]:
            if has & look:
                start = span.start if start < 0 else start
                end = span.end
            elif start >= 0:
                found += _stripped(text, start, end, kind)
                start = -1
    return sorted(found, key=lambda style: (style.span, style.kind))


def _stripped(text: str, start: int, end: int, kind: StyleKind) -> list[Style]:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    return [Style(Span(start, end), kind)] if start < end else []


def row_of(placed: Placed, usual: Usual) -> Written:
    """Return a row of a table: its cells, parted by tabs."""
    text = ""
    runs: list[tuple[Span, int]] = []
    for cell in placed.line.cells:
        text += "\t" if text else ""
        runs += _placed_runs(cell.runs, len(text))
        text += cell.text
    return Written(text, _styles(runs, text, usual.look), [(Span(0, len(text)), placed)])
