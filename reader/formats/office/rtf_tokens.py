"""Rich text cut into its tokens, and its code pages. Linear in the size of the file, without recursion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]+)(?P<number>-?[0-9]{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<begin>\{)|(?P<end>\})"
    rb"|(?P<text>[^\\{}\r\n\x00]+)"
    rb"|[\\\r\n\x00]",
    re.DOTALL,
)


class Kind(IntEnum):
    """What a token is."""

    BEGIN = 1
    END = 2
    WORD = 3
    SYMBOL = 4
    BYTES = 5
    BINARY = 6


Token = tuple[Kind, bytes, int | None]
"""A token: its kind, its word or bytes, and the number behind a control word."""

_CODE_PAGES = {
    437: "cp437", 708: "iso8859-6", 709: "cp1256", 710: "cp1256", 711: "cp1256", 720: "cp720", 819: "cp1252",
    850: "cp850", 852: "cp852", 860: "cp860", 862: "cp862", 863: "cp863", 864: "cp864", 865: "cp865",
    866: "cp866", 874: "cp874", 932: "cp932", 936: "gbk", 949: "cp949", 950: "cp950", 1250: "cp1250",
    1251: "cp1251", 1252: "cp1252", 1253: "cp1253", 1254: "cp1254", 1255: "cp1255", 1256: "cp1256",
    1257: "cp1257", 1258: "cp1258", 1361: "johab", 10000: "mac_roman", 10001: "cp932", 10002: "cp950",
    10003: "cp949", 10006: "mac_greek", 10007: "mac_cyrillic", 10008: "gbk", 10029: "mac_latin2",
    10079: "mac_iceland", 10081: "mac_turkish", 54936: "gb18030", 65001: "utf-8",
}  # fmt: skip
_CHARACTER_SETS = {
    0: 1252, 77: 10000, 78: 932, 79: 949, 80: 936, 81: 950, 82: 1255, 83: 1256, 84: 1253, 85: 1254, 87: 874,
    88: 1250, 89: 1251, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
    177: 1255, 178: 1256, 179: 1256, 181: 1255, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}  # fmt: skip
SYMBOLS = 2


def tokens(data: bytes) -> Iterator[Token]:
    """Yield the tokens in order; the bytes behind ``\\bin`` are one."""
    at = 0
    match = _TOKEN.match
    size = len(data)
    while at < size:
        found = match(data, at)
        if found is None:
            at += 1
            continue
        at = found.end()
        kind = found.lastgroup
        if kind == "text":
            yield Kind.BYTES, found["text"], None
        elif kind == "word" or kind == "number":
            number = found["number"]
            word = found["word"]
            yield Kind.WORD, word, None if number is None else int(number)
            if word == b"bin" and number is not None and int(number) > 0:
                yield Kind.BINARY, data[at : at + int(number)], None
                at += int(number)
        elif kind == "hex":
            yield Kind.SYMBOL, b"'", int(found["hex"], 16)
        elif kind == "symbol":
            yield Kind.SYMBOL, found["symbol"], None
        elif kind == "begin":
            yield Kind.BEGIN, b"", None
        elif kind == "end":
            yield Kind.END, b"", None


def code_page(number: int | None) -> str:
    """Return the codec of a code page; what is not known is read as the Western one."""
    return _CODE_PAGES.get(number or 1252, "cp1252")


def character_set(number: int | None, otherwise: str) -> str:
    """Return the codec of a font's character set, `otherwise` where it has none of its own."""
    page = _CHARACTER_SETS.get(number if number is not None else 1)
    return _CODE_PAGES[page] if page else otherwise


def decoded(data: bytes, codec: str) -> str:
    """Return bytes as text; what a code page leaves free is read as Windows shows it."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        text = data.decode(codec, "replace")
        if codec.startswith("cp125") and len(text) == len(data):
            return "".join(chr(data[i]) if c == "\ufffd" else c for i, c in enumerate(text))
        return text
