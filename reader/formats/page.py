"""HTML files: the article of a saved web page and what the page says about itself. Fetches nothing."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from reader.document import Block, Document, Metadata, Picture
from reader.errors import EmptyFile
from reader.formats import article, markup, page_metadata, rendering
from reader.formats.article_parts import Known
from reader.formats.blocks import TextBuilder
from reader.formats.encoding import Decoded, decode, marked_encoding
from reader.formats.images import PictureOf, beside, nothing
from reader.formats.markup import Element
from reader.formats.page_mending import mend, spare_texts
from reader.formats.request import Request

_Built = tuple[str, tuple[Block, ...], str, tuple[Picture, ...]]
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I
)
_HEAD = 4096
_FRAMES = re.compile(r"<frame\b", re.IGNORECASE)
_NEXT_TO_NOTHING = 200
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
    source = decoded(data, request.encoding)
    document = read(
        source.text,
        whole=request.read_as.whole,
        warnings=source.warnings,
        picture_of=beside(request.beside),
    )
    if not document.blocks and _FRAMES.search(source.text):
        raise EmptyFile(
            "This page has no text of its own: it only shows other pages in frames.",
            "Open the pages that it shows, which lie beside it or in the folder that was saved with it.",
        )
    return replace(document, encoding=source.encoding)


def decoded(data: bytes, encoding: str | None = None) -> Decoded:
    """Return the source of a page in the given encoding, else the marked, UTF-8, declared or guessed one."""
    return decode(data, encoding=encoding or _declared(data))


def read(
    text: str, *, whole: bool = False, warnings: tuple[str, ...] = (), picture_of: PictureOf = nothing
) -> Document:
    """Make a document of a page: its article, or with `whole` all that a browser would show.

    A page that shows next to nothing before its scripts run is read in what it has for that case: the part
    for browsers without scripts, what is hidden, or the text in its description for search engines.
    `picture_of` returns the bytes of a picture that lies at hand.
    """
    try:
        root = markup.parse(text)
    except markup.TooDeep:
        root, whole = markup.parse(markup.flattened(text)), True
        warnings += (_TOO_DEEP,)
    if root is None:
        return Document("", (), Metadata(), "", "html", "", warnings)
    # While all elements are held, walks are quick: each that is let go climbs to the nearest one held.
    held = list(root.iter())
    facts = page_metadata.page_facts(root, text)
    mend(root)
    resolve = page_metadata.resolver(root, page_metadata.saved_from(text) or facts.metadata.address)

    def built(tree: Element) -> _Built:
        known = Known(facts.metadata.title, facts.metadata.byline)
        builder = TextBuilder()
        shown = tree if whole else article.find_article(tree, known)
        pictures = rendering.render(shown, builder, resolve=resolve, picture_of=picture_of)
        return (*builder.build(title=facts.metadata.title), pictures)

    best = built(root)
    shown = len(best[0]) - len(facts.metadata.title)
    for tree, told in spare_texts(root, facts.body, shown) if shown < _NEXT_TO_NOTHING else ():
        other = built(tree)
        found = len(other[0]) - len(facts.metadata.title)
        if found >= max(_NEXT_TO_NOTHING, 2 * shown) or (not best[1] and other[1]):
            best, warnings = other, warnings + ((told,) if told else ())
            break
    held.clear()
    body, blocks, title, pictures = best
    metadata = replace(facts.metadata, title=title)
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
