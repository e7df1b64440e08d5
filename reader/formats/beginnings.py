"""What a file is, told by how it begins. Reads nothing further."""

from __future__ import annotations

import re

# Headers of mail that was sent through many machines are long.
_HEAD = 1 << 13
_HTML_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def is_page(data: bytes) -> bool:
    """Tell a web page by how it begins."""
    head = data[:_HEAD]
    return (
        _HTML_BEGINS.match(head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))
        is not None
    )


def is_pdf(data: bytes) -> bool:
    """Tell a PDF, which may begin after other bytes, from a text that speaks of one."""
    head = data[:_HEAD]
    return head.startswith(b"%PDF-") or (b"%PDF-" in head[:1024] and b" obj" in head and not is_page(head))


_HEADER = re.compile(rb"([!-9;-~]{1,80})[ \t]*:")
# What programs write into every message, and no person into a text.
_OF_MACHINES = frozenset((b"message-id", b"received", b"return-path", b"mime-version", b"delivered-to"))
_OF_MAIL = frozenset((b"from", b"sender", b"x-sender"))


def _headers(head: bytes) -> dict[bytes, bytes]:
    """Return the headers that a file begins with, by lower-case name; none where other lines come between."""
    found: dict[bytes, bytes] = {}
    lines = re.split(rb"\r\n|\n|\r", head.removeprefix(b"\xef\xbb\xbf"))
    name = b""
    for number, line in enumerate(lines[:-1]):
        if not line.strip():
            break
        match = _HEADER.match(line)
        if match:
            name = match[1].lower()
            found[name] = found.get(name, b"") + line[match.end() :]
        elif line[:1] in b" \t" and name:
            found[name] += line
        elif number or not line.startswith(b"From "):
            return {}
    return found


def is_mail(data: bytes) -> bool:
    """Tell a message by its headers, among them such as programs alone write."""
    names = _headers(data[:_HEAD]).keys()
    return bool(names & _OF_MAIL) and bool(names & _OF_MACHINES)


def is_saved_page(data: bytes) -> bool:
    """Tell a web page that a browser saved in one file (MHTML)."""
    headers = _headers(data[:_HEAD])
    if b"mime-version" not in headers or headers.keys() & {
        b"to",
        b"received",
        b"return-path",
        b"delivered-to",
    }:
        return False
    kind = headers.get(b"content-type", b"").lower()
    saved = b"snapshot-content-location" in headers or b"saved by" in headers.get(b"from", b"").lower()
    return saved or b"multipart/related" in kind or (b"text/html" in kind and b"content-location" in headers)


def never(data: bytes) -> bool:
    """Tell nothing: such files are known by their names alone."""
    return False
