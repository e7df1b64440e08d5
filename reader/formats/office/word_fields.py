"""The fields of a Word document (links, references, contents): results are shown, instructions are not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from reader.document import StyleKind
from reader.formats.blocks import Mark

_WORD = re.compile(r'"([^"]*)"|(\S+)')
_REFERENCES = frozenset({"REF", "PAGEREF", "NOTEREF"})
_LONGEST = 4000


@dataclass(slots=True)
class _Field:
    instruction: list[str] = field(default_factory=list)
    shown: bool = False
    link: Mark | None = None


class Fields:
    """The fields that are open at a place of the text, the innermost last."""

    def __init__(self) -> None:
        self._open: list[_Field] = []
        self._instructions = 0

    @property
    def is_instruction(self) -> bool:
        """Tell whether text at this place belongs to an instruction."""
        return self._instructions > 0

    @property
    def link(self) -> Mark | None:
        """The link that the innermost linking field puts over text at this place."""
        return self._open[-1].link if self._open else None

    def begin(self) -> None:
        """A field begins with its instruction."""
        self._open.append(_Field(link=self.link))
        self._instructions += 1

    def instruct(self, text: str) -> None:
        """Take a piece of the instruction of the innermost field."""
        if self._open and not self._open[-1].shown:
            self._open[-1].instruction.append(text[:_LONGEST])

    def separate(self) -> None:
        """The instruction ends, the result begins."""
        if self._open and not self._open[-1].shown:
            inner = self._open[-1]
            inner.shown = True
            inner.link = link_of("".join(inner.instruction)) or inner.link
            self._instructions -= 1

    def end(self) -> None:
        """The innermost field ends."""
        if self._open and not self._open.pop().shown:
            self._instructions -= 1

    def end_paragraph(self) -> None:
        """Give up instructions that did not end with their paragraph: they would hide all that follows."""
        while self._open and not self._open[-1].shown:
            self.end()


def link_of(instruction: str) -> Mark | None:
    """Return the link that an instruction (HYPERLINK "address", REF place \\h) stands for, or None."""
    words = [quoted or plain for quoted, plain in _WORD.findall(instruction[:_LONGEST])]
    if len(words) < 2:
        return None
    name = words[0].upper()
    if name == "HYPERLINK":
        return _hyperlink(words[1:])
    if name in _REFERENCES and "\\h" in words:
        return StyleKind.LINK, f"#{words[1]}"
    return None


def _hyperlink(words: list[str]) -> Mark | None:
    address, place = "", ""
    rest = iter(words)
    for word in rest:
        if word == "\\l":
            place = next(rest, "")
        elif word in ("\\o", "\\t"):
            next(rest, "")
        elif not word.startswith("\\") and not address:
            address = word
    if address.lower().startswith(("http:", "https:", "mailto:", "ftp:")):
        return StyleKind.LINK, f"{address}#{place}" if place else address
    if address.startswith("#"):
        address, place = "", address[1:]
    return (StyleKind.LINK, f"#{place}") if place and not address else None
