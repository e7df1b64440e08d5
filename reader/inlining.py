"""The styles within a line as Markdown: emphasis, code, links and references to footnotes. No blocks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reader.document import Block, Span, Style, StyleKind
from reader.reports.markdown import escaped_inside
from reader.reports.wording import clean

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SAFE = ("http:", "https:", "mailto:", "ftp:", "tel:", "doi:")
_TICKS = re.compile(r"`+")
_OUTER_FIRST = (StyleKind.LINK, StyleKind.STRONG, StyleKind.EMPHASIS, StyleKind.CODE)
_MARKS = {StyleKind.STRONG: "**", StyleKind.EMPHASIS: "*"}


@dataclass(frozen=True, slots=True)
class _Run:
    """A style cut to what Markdown can say; runs lie inside or beside each other and never cross."""

    start: int
    end: int
    kind: StyleKind
    target: str


class Inliner:
    """Renders lines of one text; `footnotes` are what footnotes are called, by their names."""

    def __init__(self, text: str, footnotes: Mapping[str, str]) -> None:
        self.footnotes = footnotes
        self._text = text

    def line(self, block: Block) -> str:
        """Return the line of a block."""
        return self._rendered(block.span, block.styles).strip()

    def cell(self, block: Block, span: Span) -> str:
        """Return the part of a table row that lies in `span`; a bar in it is escaped even in code."""
        return re.sub(r"(?<!\\)\|", r"\\|", self._rendered(span, block.styles).strip())

    def _rendered(self, span: Span, styles: Sequence[Style]) -> str:
        parts: list[str] = []
        opened: list[_Run] = []
        at = span.start
        for run in [*self._runs(span, styles), None]:
            while opened and (run is None or opened[-1].end <= run.start):
                inner = opened.pop()
                parts += [escaped_inside(clean(self._text[at : inner.end])), self._end(inner)]
                at = inner.end
            if run is None:
                break
            before = escaped_inside(clean(self._text[at : run.start]))
            if run.kind is StyleKind.LINK and before.endswith("!"):
                before = before[:-1] + "\\!"  # with the bracket after it, that would make a picture
            parts.append(before)
            if run.kind is StyleKind.CODE or self._note(run):
                parts.append(self._whole(run))
                at = run.end
            else:
                parts.append(_MARKS.get(run.kind, "["))
                opened.append(run)
                at = run.start
        parts.append(escaped_inside(clean(self._text[at : span.end])))
        return "".join(parts)

    def _note(self, run: _Run) -> str:
        return self.footnotes.get(run.target[1:], "") if run.target.startswith("#") else ""

    def _end(self, run: _Run) -> str:
        if run.kind is not StyleKind.LINK:
            return _MARKS[run.kind]
        target = "".join(char for char in clean(run.target) if char not in "\n\t")
        if re.search(r"[\s()<>\\]", target):
            target = "<" + re.sub(r"([<>\\])", r"\\\1", target) + ">"
        return f"]({target})"

    def _whole(self, run: _Run) -> str:
        label = self._note(run)
        if label:
            return f"[^{label}]"
        code = clean(self._text[run.start : run.end]).replace("\n", " ")
        ticks = "`" * (1 + max(map(len, _TICKS.findall(code)), default=0))
        room = " " if code.startswith("`") or code.endswith("`") else ""
        return f"{ticks}{room}{code}{room}{ticks}"

    def _runs(self, span: Span, styles: Sequence[Style]) -> Iterator[_Run]:
        """Yield the runs in the order in which they begin, outer ones first.

        What Markdown can't say (styles that cross, marks inside a word that would show as stars, code with
        styles in it) is left out: the words count more than how they are set.
        """
        found = [run for style in styles if (run := self._trimmed(style, span))]
        found.sort(key=lambda run: (run.start, -run.end, _OUTER_FIRST.index(run.kind)))
        opened: list[_Run] = []
        last_end = code_end = -1
        solid = {run.start for run in found if run.kind in (StyleKind.LINK, StyleKind.CODE)}
        solid_ends = {run.end for run in found if run.kind in (StyleKind.LINK, StyleKind.CODE)}
        for run in found:
            while opened and opened[-1].end <= run.start:
                opened.pop()
            crosses = bool(opened) and run.end > opened[-1].end
            closed = bool(opened) and (opened[-1].kind is StyleKind.CODE or self._note(opened[-1]) != "")
            if crosses or closed or any(each.kind is run.kind for each in opened):
                continue
            if run.kind in _MARKS:
                begins = run.start in solid or self._is_mark(run.start)
                ends = run.end in solid_ends or self._is_mark(run.end - 1)
                if (
                    run.start == last_end
                    or (begins and not self._is_apart(run.start - 1, span))
                    or (ends and not self._is_apart(run.end, span))
                ):
                    continue
                last_end = run.end
            if run.kind is StyleKind.CODE:
                if run.start == code_end:
                    continue
                code_end = run.end
            opened.append(run)
            yield run

    def _trimmed(self, style: Style, span: Span) -> _Run | None:
        """Return a style cut to `span`, without blanks at its ends; None where it can not be said."""
        start, end = max(style.span.start, span.start), min(style.span.end, span.end)
        if style.kind is StyleKind.RAISED or start >= end:
            return None
        if style.kind is StyleKind.LINK:
            scheme = _SCHEME.match(style.target)
            if scheme and scheme[0].lower() not in _SAFE:
                return None
            if not style.target or (
                style.target.startswith("#") and not self.footnotes.get(style.target[1:])
            ):
                return None
        inside = self._text[start:end]
        start += len(inside) - len(inside.lstrip())
        end -= len(inside) - len(inside.rstrip())
        return _Run(start, end, style.kind, style.target) if start < end else None

    def _is_mark(self, at: int) -> bool:
        return unicodedata.category(self._text[at])[0] in "PS"

    def _is_apart(self, at: int, span: Span) -> bool:
        """Tell whether what stands at `at` keeps a mark beside it from being taken for a star."""
        return not span.start <= at < span.end or self._text[at].isspace() or self._is_mark(at)
