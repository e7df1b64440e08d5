"""HTML files: the article of a saved web page and what the page says about itself. Fetches nothing."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from reader.document import Document, Metadata
from reader.formats import article, markup, page_metadata, rendering
from reader.formats.blocks import TextBuilder
from reader.formats.encoding import decode, marked_encoding
from reader.formats.images import PictureOf, beside, nothing
from reader.formats.request import Request

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I
)
_HEAD = 4096
_TOO_DEEP = (
    "The parts of this page lie more than two thousand levels deep in each other, so it is shown as plain "
    "paragraphs. All of its text is here; headings and lists are not told apart."
)
# Browsers read these names as the larger code pages that pages under them are really written in.
_AS_BROWSERS_DO = {"iso-8859-1": "windows-1252", "latin1": "windows-1252", "us-ascii": "windows-1252",
                   "gb2312": "gb18030", "gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
                   "shift_jis": "cp932", "iso-8859-9": "windows-1254", "tis-620": "cp874"}  # fmt: skip


def load(data: bytes, request: Request | None = None) -> Document:
    """Read the bytes of a page, in the encoding asked for, else marked, UTF-8, declared, or guessed."""
    request = request or Request()
    text, warnings = decoded(data, request.encoding)
    return read(text, whole=request.read_as.whole, warnings=warnings, picture_of=beside(request.beside))


def decoded(data: bytes, encoding: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the source of a page in the given encoding, else the marked, UTF-8, declared or guessed one."""
    return decode(data, encoding=encoding or _declared(data))


def read(
    text: str, *, whole: bool = False, warnings: tuple[str, ...] = (), picture_of: PictureOf = nothing
) -> Document:
    """Make a document of a page: its article, or with `whole` all that a browser would show.

    `picture_of` returns the bytes of a picture that lies at hand.
    """
    try:
        root = markup.parse(text)
    except markup.TooDeep:
        root, whole = markup.parse(markup.flattened(text)), True
        warnings += (_TOO_DEEP,)
    if root is None:
        return Document("", (), Metadata(), "", "html", "", warnings)
    metadata = page_metadata.page_metadata(root)
    resolve = page_metadata.resolver(root, metadata.address)
    builder = TextBuilder()
    shown = root if whole else article.find_article(root)
    pictures = rendering.render(shown, builder, resolve=resolve, picture_of=picture_of)
    body, blocks, title = builder.build(title=metadata.title)
    metadata = replace(metadata, title=title)
    return Document(body, blocks, metadata, "", "html", "", warnings, pictures=pictures)


def _declared(data: bytes) -> str | None:
    """Return the encoding that the page declares, where the bytes are not plainly UTF-8 already."""
    if marked_encoding(data):
        return None
    found = _DECLARED.search(data[:_HEAD])
    if not found:
        return None
    name = found[1].decode("ascii").lower()
    if name.startswith("iso-2022"):
        return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _AS_BROWSERS_DO.get(name, name) if _is_known(name) else None
    return None


def _is_known(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in ("utf-8", "hex", "rot13", "base64")
    except LookupError:
        return False
