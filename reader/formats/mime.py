"""Messages in parts (MIME) taken apart: headers, bodies, parts inside parts. Knows no mail and no pages."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message

from reader.errors import FormatError
from reader.formats.blocks import clean
from reader.formats.encoding import Decoded, decode
from reader.text import one_line, unify_line_ends

# Deeper or more parts than any program writes; what lies beyond stays unread and is told.
_DEEPEST, _MOST_PARTS = 12, 2000
_LARGEST_HEAD, _LONGEST_HEADER = 1 << 18, 5000
_HEAD_END = re.compile(rb"\r?\n[ \t]*\r?\n|\r\r")
_LINE_END = re.compile(rb"\r\n|\n|\r")
_HEADER = re.compile(rb"([!-9;-~]{1,80})[ \t]*:[ \t]*(.*)", re.DOTALL)
_WORD = re.compile(r"=\?([\w.:-]{1,40})(?:\*[\w-]*)?\?([bqBQ])\?([^?\r\n]*)\?=(\s+(?==\?))?")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
# Codecs that turn bytes into text by rules of their own and take long or lead astray.
_NO_CHARSETS = ("punycode", "idna", "unicode-escape", "raw-unicode-escape", "undefined")
_STATEFUL = ("iso-2022", "iso2022", "hz", "utf-7", "utf-16", "utf-32")
_WIDER = {
    **dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("ks_c_5601-1987", "euc-kr"), "cp949"),
    "shift_jis": "cp932",
}


@dataclass(slots=True)
class Part:
    """One part: its headers by lower-case name, its body as it was sent, the parts inside it."""

    headers: dict[str, str]
    body: bytes
    kind: str = "text/plain"
    parts: list[Part] = field(default_factory=list)
    is_cut: bool = False
    """The end of this part, or of one inside it, is missing."""

    @property
    def disposition(self) -> str:
        """How the part is to be shown: "attachment", "inline" or ""."""
        return self.headers.get("content-disposition", "").partition(";")[0].strip().lower()

    @property
    def name(self) -> str:
        """The name of the file that the part holds, or ""."""
        try:
            found = _described(self.headers).get_filename("") or ""
        except (ValueError, LookupError, TypeError):
            return ""  # a name that is written wrongly is no name
        return one_line(clean(decoded_words(str(found))))[:200]

    @property
    def identity(self) -> str:
        """What other parts call this one by (Content-ID), without its brackets."""
        return self.headers.get("content-id", "").strip().strip("<>")

    def parameter(self, name: str) -> str:
        """Return a parameter of the content type, or ""."""
        return _parameter(self.headers, name)

    def content(self) -> bytes:
        """Return the bytes of the body as they were before they were sent."""
        coding = self.headers.get("content-transfer-encoding", "").strip().lower()
        if coding == "base64":
            letters = _NOT_BASE64.sub(b"", self.body)
            letters = letters[: len(letters) - (len(letters) % 4 == 1)]
            return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
        if coding == "quoted-printable":
            return binascii.a2b_qp(self.body)
        return self.body

    def text(self, encoding: str | None = None) -> Decoded:
        """Return the text; in the given encoding, else UTF-8, the declared, or a guess."""
        data = self.content()
        if encoding:
            return decode(data, encoding=encoding)
        charset = self.parameter("charset")
        if charset.lower().startswith(_STATEFUL):
            return _in_charset(data, charset)
        try:
            return Decoded(unify_line_ends(data.decode("utf-8")).removeprefix("\ufeff"), "utf-8", ())
        except UnicodeDecodeError:
            return _in_charset(data, charset)

    def walk(self) -> Iterator[Part]:
        """Yield this part and all parts inside it, in order."""
        waiting = [self]
        while waiting:
            part = waiting.pop()
            yield part
            waiting.extend(reversed(part.parts))


def parse(data: bytes) -> Part:
    """Take a message apart; what can't be parted is one part, and one without headers all body."""
    if data.startswith((b"From ", b">From ")):
        first = _LINE_END.search(data)
        data = data[first.end() :] if first else data
    whole = _part(data)
    waiting, count = [(whole, 0)], 1
    while waiting:
        part, depth = waiting.pop(0)
        if depth >= _DEEPEST:
            continue
        inside = list(_inside(part))
        if count + len(inside) > _MOST_PARTS:
            whole.is_cut = True
            continue
        count += len(inside)
        part.parts = inside
        whole.is_cut = whole.is_cut or part.is_cut
        waiting.extend((each, depth + 1) for each in inside)
    return whole


def _part(data: bytes) -> Part:
    if data[:1] in (b"\n", b"\r"):
        return Part({}, data.lstrip(b"\r\n"))
    end = _HEAD_END.search(data, 0, _LARGEST_HEAD)
    head = data[: end.start() if end else min(len(data), _LARGEST_HEAD)]
    headers = _headers(head)
    if not headers:
        return Part({}, data)
    kind = _described(headers).get_content_type()
    return Part(headers, data[end.end() :] if end else b"", kind, is_cut=end is None)


def _headers(head: bytes) -> dict[str, str]:
    """Return the headers by lower-case name; the first of a name counts."""
    lines: list[bytes] = []
    for line in _LINE_END.split(head):
        if line[:1] in (b" ", b"\t") and lines:
            if len(lines[-1]) < _LONGEST_HEADER:
                lines[-1] += b" " + line.strip()
        else:
            lines.append(line)
    found: dict[str, str] = {}
    for line in lines:
        match = _HEADER.match(line[:_LONGEST_HEADER])
        if match:
            found.setdefault(match[1].decode("ascii").lower(), _header_text(match[2]))
    return found


def _header_text(data: bytes) -> str:
    try:
        return data.decode("utf-8").strip()
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").strip()


def _described(headers: dict[str, str]) -> Message:
    message = Message()
    for name in ("content-type", "content-disposition"):
        if name in headers:
            message[name] = one_line(clean(headers[name]))
    return message


def _parameter(headers: dict[str, str], name: str) -> str:
    try:
        found = _described(headers).get_param(name, "")
    except (ValueError, LookupError, TypeError):
        return ""  # a parameter that is written wrongly is none
    return found[2] if isinstance(found, tuple) else str(found or "")


def _inside(part: Part) -> Iterator[Part]:
    """Yield the parts of a body that has some."""
    if part.kind == "message/rfc822":
        yield _part(part.content().lstrip(b"\r\n"))
        return
    boundary = _parameter(part.headers, "boundary").encode("utf-8", "replace")
    if not part.kind.startswith("multipart/") or not boundary:
        return
    edge = re.compile(rb"(?:\A|\r\n|\n|\r)--" + re.escape(boundary) + rb"(--)?[ \t]*(?:\r\n|\n|\r|\Z)")
    start = None
    at = 0
    while found := edge.search(part.body, at):
        if start is not None:
            yield _part(part.body[start : found.start()])
        start = found.end()
        # The line end after an edge may be the one before the next edge.
        at = max(found.end() - 1, found.start() + 1)
        if found[1]:
            return
    part.is_cut = True
    if start is not None and start < len(part.body):
        yield _part(part.body[start:])


def is_charset(name: str) -> bool:
    """Tell whether `name` is an encoding of text that a part may declare."""
    try:
        return bool(name) and codecs.lookup(name).name not in _NO_CHARSETS
    except (LookupError, ValueError):
        return False


def _in_charset(data: bytes, charset: str) -> Decoded:
    name = _WIDER.get(charset.strip().lower(), charset.strip().lower())
    if is_charset(name) and codecs.lookup(name).name != "utf-8":
        try:
            return decode(data, encoding=name)
        except FormatError:
            pass  # a codec of something else than text: the text is guessed, which is told
    return decode(data)


def decoded_words(text: str) -> str:
    """Return a header with its encoded words (``=?utf-8?q?...?=``) as the letters they stand for."""
    gathered: list[tuple[str, bytes]] = []
    out: list[str] = []
    at = 0

    def settle() -> None:
        for charset, data in gathered:
            out.append(_in_charset(data, charset).text if charset.lower() not in ("utf-8", "utf8") else
                       data.decode("utf-8", "replace"))  # fmt: skip
        gathered.clear()

    for word in _WORD.finditer(text[:_LONGEST_HEADER]):
        if word.start() > at:
            settle()
            out.append(text[at : word.start()])
        at = word.end()
        data = _word(word[2].lower(), word[3])
        if gathered and gathered[-1][0] == word[1]:
            gathered[-1] = (word[1], gathered[-1][1] + data)  # a letter may be cut between two words
        else:
            gathered.append((word[1], data))
    settle()
    return "".join(out) + text[at:_LONGEST_HEADER]


def _word(coding: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if coding == "q":
        return binascii.a2b_qp(data, header=True)
    letters = _NOT_BASE64.sub(b"", data)
    letters = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))
