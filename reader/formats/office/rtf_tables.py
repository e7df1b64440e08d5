"""What a rich text keeps beside its text: fonts, styles, groups, open table rows. Reads no tokens."""

from __future__ import annotations

from dataclasses import dataclass, field

from reader.document import BlockKind
from reader.formats.office.flow import Flow
from reader.formats.office.rtf_tokens import SYMBOLS, character_set, code_page
from reader.formats.office.symbols import is_symbols
from reader.formats.office.word_styles import named
from reader.formats.web.markup import names

# Groups without an asterisk that hold no text of the document.
_SILENT = frozenset(
    name.encode()
    for name in names(
        "colortbl header headerl headerr headerf footer footerl footerr footerf ftnsep ftnsepc ftncn aftnsep "
        "aftnsepc aftncn nonshppict nonesttables comment xe tc rxe txe shprslt do filetbl revtbl listtable "
        "listoverridetable list listoverride objdata objclass objname stylesheetx atnid atnauthor annotation "
        "atnicn atndate atnref atnparent bkmkend private private1 datafield formfield pnseclvl background "
        "template mmath momath keycode userprops docvar fchars lchars"
    )
)
# Groups whose text goes elsewhere, and what it is; those with an asterisk too.
_KNOWN = {
    b"fonttbl": "fonts", b"stylesheet": "styles", b"fldinst": "instruction", b"listtext": "marker",
    b"pntext": "marker", b"bkmkstart": "name", b"pict": "picture", b"sn": "sn", b"sv": "sv",
    b"title": "info", b"author": "info", b"operator": "skip", b"info": "info group",
    b"creatim": "date", b"revtim": "date", b"upr": "twice",
}  # fmt: skip
# Groups with an asterisk that are gone into.
_OPEN = frozenset(
    name.encode()
    for name in names("shppict shpinst nesttableprops ud picprop cs ts ds fldrslt shptxt footnote field sp")
)
_LONGEST_NAME = 200
# Tables in tables, further than any document goes.
_DEEPEST = 12


def destination(word: bytes, starred: bool) -> str | None:
    """Return where the text of a group goes that begins with a word; None: where that around it goes."""
    if word in _KNOWN:
        return _KNOWN[word]
    if word in _SILENT or (starred and word not in _OPEN):
        return "skip"
    return None


@dataclass(slots=True)
class _Font:
    name: str = ""
    set: int | None = None
    page: int | None = None


class Fonts:
    """The fonts by number, for the code pages of their letters."""

    def __init__(self) -> None:
        self._fonts: dict[int, _Font] = {}
        self._font = _Font()

    def begin(self, number: int | None) -> None:
        """A font is described from here on."""
        self._font = _Font()
        # A number that comes twice means the first.
        self._fonts.setdefault(number or 0, self._font)

    def take(self, word: bytes, number: int | None) -> None:
        """Take a control word of the table."""
        if word == b"f":
            self.begin(number)
        elif word == b"fcharset":
            self._font.set = number
        elif word == b"cpg":
            self._font.page = number

    def write(self, text: str) -> None:
        """Take a piece of a font's name."""
        self._font.name = (self._font.name + text.partition(";")[0].strip())[:_LONGEST_NAME]

    def codec(self, number: int | None, otherwise: str) -> str:
        """Return the codec of a font's letters; "symbols" where they are drawings."""
        font = self._fonts.get(number or 0)
        if font is None:
            return otherwise
        if font.set == SYMBOLS or is_symbols(font.name):
            return "symbols"
        return code_page(font.page) if font.page else character_set(font.set, otherwise)

    def name(self, number: int | None) -> str:
        """Return the name of a font of symbols."""
        font = self._fonts.get(number or 0)
        return font.name if font and is_symbols(font.name) else "Symbol"


@dataclass(slots=True)
class _Style:
    name: str = ""
    based_on: int | None = None
    level: int = 0


@dataclass(slots=True)
class Sheet:
    """The paragraph styles by number."""

    styles: dict[int, _Style] = field(default_factory=dict)
    style: _Style = field(default_factory=_Style)

    def take(self, word: bytes, number: int | None) -> None:
        """Take a control word of the style sheet."""
        if word == b"s" and number is not None:
            self.style = _Style()
            self.styles.setdefault(number, self.style)
        elif word in (b"cs", b"ds", b"ts"):
            self.style = _Style()
        elif word == b"sbasedon":
            self.style.based_on = number
        elif word == b"outlinelevel" and number is not None and 0 <= number < 9:
            self.style.level = number + 1

    def write(self, text: str) -> None:
        """Take a piece of a style's name."""
        self.style.name = (self.style.name + text.partition(";")[0])[:_LONGEST_NAME]

    def kind(self, number: int) -> tuple[BlockKind | None, int]:
        """Return what paragraphs of a style are, and their level."""
        seen: set[int] = set()
        at: int | None = number
        while at is not None and at in self.styles and at not in seen and len(seen) < 30:
            seen.add(at)
            style = self.styles[at]
            kind, level = named(style.name, "")
            if kind is None and style.level:
                kind, level = BlockKind.HEADING, min(style.level, 6)
            if kind is not None:
                return kind, level
            at = style.based_on
        return None, 0


class Tables:
    """The rows that are open at a place, from the outside in: rich text says only where cells end."""

    def __init__(self, flow: Flow) -> None:
        self.in_row = False
        self._flow = flow
        # For each open row, whether a cell of it is open.
        self._cells: list[bool] = []

    def enter(self, depth: int) -> None:
        """Be in a cell of a table `depth` deep: open what is not open, end what lies deeper."""
        depth = min(depth, _DEEPEST)
        while len(self._cells) > depth:
            self._end_row()
        while len(self._cells) < depth:
            self._begin_cell()
            self._flow.begin_row()
            self._cells.append(False)
        self._begin_cell()

    def open_cell(self) -> None:
        """Be in a cell of the outermost table; without one, the paragraph that is open becomes a cell."""
        if self._cells:
            self.enter(1)
        else:
            self._flow.begin_row(around=True)
            self._flow.begin_cell(around=True)
            self._cells.append(True)
            self.in_row = True

    def end_cell(self) -> None:
        """End the innermost cell."""
        if self._cells and self._cells[-1]:
            self._flow.end_cell()
            self._cells[-1] = False

    def end_nested_row(self) -> None:
        """End the innermost row, if it lies in another."""
        if len(self._cells) > 1:
            self._end_row()

    def close(self) -> None:
        """End all rows."""
        while self._cells:
            self._end_row()
        self.in_row = False

    def _begin_cell(self) -> None:
        if self._cells and not self._cells[-1]:
            self._flow.begin_cell()
            self._cells[-1] = True

    def _end_row(self) -> None:
        if self._cells.pop():
            self._flow.end_cell()
        self._flow.end_row()
