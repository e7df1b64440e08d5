"""Building a text and its blocks side by side, so that offsets hold by construction. No file format here."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from reader.document import PICTURE, Block, BlockKind, Span, Style, StyleKind
from reader.text import one_line, unify_line_ends

# A paragraph is laid out in one go: beyond this many characters the page would stutter.
LONGEST_BLOCK = 20_000

_SPACES = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"”’»)\]]*(?=\s)|[。！？]")

_CONTROLS = bytes(set(range(32)) - set(b"\t\n")) + b"\x7f"

# Kinds whose neighbours of the same kind follow on the next line, without a blank line between them.
_TIGHT = frozenset({BlockKind.LIST_ITEM, BlockKind.TABLE_ROW, BlockKind.CODE})

Mark = tuple[StyleKind, str]
"""An inline style and, for a link, its address."""

StyledRun = tuple[int, int, StyleKind, str]
"""The bare values of a style: start, end, kind, target."""


def clean(text: str) -> str:
    """Return `text` without lone surrogates, NULs and other controls that no page can show."""
    # As bytes: ten times as fast as a regular expression over 10 MB.
    return text.encode("utf-8", "replace").translate(None, _CONTROLS).decode("utf-8")


def pieces(text: str, span: Span, *, longest: int = LONGEST_BLOCK) -> Iterator[Span]:
    """Cut a monstrous stretch into spans of at most `longest` characters, at sentence or word ends.

    White space at the cuts is left out of the spans; a stretch without any is cut where it must be.
    """
    start = span.start
    while span.end - start > longest:
        limit = start + longest
        cut = max((m.end() for m in _SENTENCE_END.finditer(text, start + longest // 2, limit)), default=0)
        if not cut:
            blank = text.rfind(" ", start + longest // 2, limit)
            cut = blank if blank > start else limit
        piece = _stripped(text, start, cut)
        if piece:
            yield piece
        start = cut
    piece = _stripped(text, start, span.end)
    if piece:
        yield piece


def _stripped(text: str, start: int, end: int) -> Span | None:
    """Return the span without the white space at its ends, or None when nothing else is in it."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip())
    if left == len(inner):
        return None
    return Span(start + left, start + len(inner.rstrip()))


class Inline:
    """The text of one block while it is gathered: white space collapsed, styles over it."""

    def __init__(self, *, keep_spaces: bool = False) -> None:
        self._keep = keep_spaces
        self._runs: list[tuple[str, tuple[Mark, ...]]] = []
        self._ends_blank = True

    def __bool__(self) -> bool:
        """Tell whether something that can be seen was written."""
        return any(not text.isspace() for text, _ in self._runs)

    def write(self, text: str, marks: Sequence[Mark] = ()) -> None:
        """Append `text` under the given styles."""
        if self._keep:
            text = unify_line_ends(clean(text))
        else:
            # What can be printed holds no controls, no lone surrogates, and no blanks but U+0020.
            if not text.isprintable():
                text = _SPACES.sub(" ", clean(text))
            elif "  " in text:
                text = _SPACES.sub(" ", text)
            if self._ends_blank and text[:1] == " ":
                text = text[1:]
        if text:
            self._runs.append((text, marks if type(marks) is tuple else tuple(marks)))
            self._ends_blank = text[-1] == " "

    @property
    def keeps_spaces(self) -> bool:
        """Tell whether blanks and line ends are kept as they are."""
        return self._keep

    def tab(self, count: int = 1) -> None:
        """Append the tab that parts two cells of a table row; more of them where cells are wide."""
        if not count:
            return
        if self._runs and self._runs[-1][0].endswith(" "):
            text, marks = self._runs[-1]
            self._runs[-1] = (text[:-1], marks)
        self._runs.append(("\t" * count, ()))
        self._ends_blank = True

    def take(self) -> tuple[str, tuple[Style, ...]]:
        """Return the gathered text, ends stripped, with its styles in order; start again empty."""
        body, runs = self.take_runs()
        return body, tuple(Style(Span(start, end), kind, target) for start, end, kind, target in runs)

    def take_runs(self) -> tuple[str, list[StyledRun]]:
        """Return what `take` does, the styles as bare values, for the makers of very many blocks."""
        runs = self._runs
        if not runs:
            return "", []
        self._runs, self._ends_blank = [], True
        whole = "".join([text for text, _ in runs])
        body = whole.lstrip()
        blank = whole[: len(whole) - len(body)]
        # The tabs of empty cells at the beginning of a row keep its columns in line.
        cut = 0 if self._keep else blank.find("\t") if "\t" in blank else len(blank)
        body = whole[cut:].rstrip()
        return body, _styles(runs, cut, len(body))


def _styles(runs: list[tuple[str, tuple[Mark, ...]]], cut: int, length: int) -> list[StyledRun]:
    """Return the styles of runs of text, whose first `cut` characters were left out of `length` others."""
    found: list[StyledRun] = []
    opened: dict[Mark, int] = {}
    at = 0
    before: tuple[Mark, ...] = ()
    for text, marks in [*runs, ("", ())]:
        if marks is not before:
            for mark in [mark for mark in opened if mark not in marks]:
                start, end = max(opened.pop(mark) - cut, 0), min(at - cut, length)
                if start < end:
                    found.append((start, end, *mark))
            for mark in marks:
                opened.setdefault(mark, at)
            before = marks
        at += len(text)
    found.sort()
    return found


@dataclass(frozen=True, slots=True)
class _Draft:
    """A block before it has a place in the text; `styles` count from its first character."""

    text: str
    kind: BlockKind
    styles: Sequence[StyledRun] = ()
    level: int = 0
    marker: str = ""
    tight: bool = False
    name: str = ""
    alt: str = ""
    picture: int | None = None


class TextBuilder:
    """Gathers blocks; neighbours are parted by a blank line, those of a tight kind by a line end."""

    def __init__(self) -> None:
        self._drafts: list[_Draft] = []

    def add(
        self,
        text: str,
        kind: BlockKind = BlockKind.PARAGRAPH,
        *,
        styles: Sequence[Style] = (),
        runs: Sequence[StyledRun] = (),
        level: int = 0,
        marker: str = "",
        tight: bool = False,
        name: str = "",
    ) -> None:
        """Append one block; `styles`, or `runs`, count from its first character. Blank text is passed over.

        `tight` asks for the next line instead of a new paragraph (a line break inside a paragraph).
        """
        if text and not text.isspace():
            if styles:
                runs = [(style.span.start, style.span.end, style.kind, style.target) for style in styles]
            self._drafts.append(_Draft(text, kind, runs, level, marker, tight, name))

    def add_picture(self, *, alt: str, picture: int | None, name: str = "") -> None:
        """Append an image, shown as `picture` (a number of `Document.pictures`) or in words (`alt`)."""
        alt = one_line(clean(alt))
        self._drafts.append(_Draft(PICTURE, BlockKind.IMAGE, name=name, alt=alt, picture=picture))

    def extend(self, other: TextBuilder, *, heading: str = "", level: int = 1) -> None:
        """Append the blocks of `other`, under `heading` unless a heading stands among the first of them."""
        drafts = list(other._drafts)
        known = any(draft.kind in (BlockKind.HEADING, BlockKind.TITLE) for draft in drafts[:4])
        if heading and drafts and not known:
            same = [n for n, draft in enumerate(drafts[:2]) if _letters(draft.text) == _letters(heading)]
            if same:
                drafts[same[0]] = replace(drafts[same[0]], kind=BlockKind.HEADING, level=level, marker="")
            else:
                drafts.insert(0, _Draft(heading, BlockKind.HEADING, level=level, name=drafts[0].name))
                drafts[1] = replace(drafts[1], name="")
        self._drafts.extend(drafts)

    def relink(self, target_of: Callable[[str], str]) -> None:
        """Lead the links within the document to where `target_of` says; one that leads nowhere has ""."""
        for number, draft in enumerate(self._drafts):
            if any(target[:1] == "#" for _, _, _, target in draft.styles):
                runs = [
                    (start, end, kind, target_of(target) if target[:1] == "#" else target)
                    for start, end, kind, target in draft.styles
                ]
                self._drafts[number] = replace(draft, styles=runs)

    def __len__(self) -> int:
        """Return how many blocks there are: the number of the next one."""
        return len(self._drafts)

    @property
    def characters(self) -> int:
        """How many characters the blocks hold so far."""
        return sum(len(draft.text) for draft in self._drafts)

    def build(self, *, title: str = "") -> tuple[str, tuple[Block, ...], str]:
        """Return the text, the blocks over it, and the title.

        The text begins with the title, when there is one or a heading stands first; where one of the
        first blocks only repeats it, that one is left out.
        """
        drafts = list(self._drafts)
        title = one_line(clean(title))
        if not title and drafts and drafts[0].kind is BlockKind.HEADING and drafts[0].level <= 2:
            title = drafts[0].text
        if title:
            same = [d for d in drafts[:4] if one_line(d.text).casefold() == title.casefold()]
            if same:
                drafts.remove(same[0])
            drafts.insert(0, _Draft(title, BlockKind.TITLE, name=same[0].name if same else ""))
        return (*_laid_out(drafts), title)


def _letters(text: str) -> str:
    return "".join(c for c in text[:400].casefold() if c.isalnum())


def _laid_out(drafts: list[_Draft]) -> tuple[str, tuple[Block, ...]]:
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    before: _Draft | None = None
    for draft in drafts:
        if before is not None:
            joined = draft.tight or (draft.kind in _TIGHT and before.kind is draft.kind)
            parts.append("\n" if joined else "\n\n")
            at += len(parts[-1])
        parts.append(draft.text)
        whole = Span(0, len(draft.text))
        left = sorted(draft.styles, key=itemgetter(0)) if len(whole) > LONGEST_BLOCK else draft.styles
        for part in pieces(draft.text, whole) if len(whole) > LONGEST_BLOCK else (whole,):
            marker = draft.marker if part.start == 0 else ""
            styles, left = _clipped(left, part, at)
            name = draft.name if part.start == 0 else ""
            blocks.append(
                Block(
                    part.shifted(at), draft.kind, draft.level, styles, marker, name, draft.alt, draft.picture
                )
            )
        at += len(draft.text)
        before = draft
    return "".join(parts), tuple(blocks)


def _clipped(
    runs: Sequence[StyledRun], part: Span, base: int
) -> tuple[tuple[Style, ...], Sequence[StyledRun]]:
    """Return the styles inside `part`, cut to it, and those that reach beyond it.

    The runs are in order; styles are in coordinates of the text whose block begins at `base`.
    """
    if not runs:
        return (), ()
    kept: list[Style] = []
    beyond = bisect_left(runs, part.end, key=itemgetter(0))
    for start, end, kind, target in runs[:beyond]:
        start, end = max(start, part.start), min(end, part.end)
        if start < end:
            kept.append(Style(Span(start + base, end + base), kind, target))
    return tuple(kept), [*(run for run in runs[:beyond] if run[1] > part.end), *runs[beyond:]]
