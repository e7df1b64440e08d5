"""Mail (.eml): who wrote what to whom, what is quoted, what is attached. Opens no attachment."""

from __future__ import annotations

import re
from itertools import groupby

from reader.document import BlockKind, Document, Metadata
from reader.formats import markup, mime, page_metadata, plain, rendering
from reader.formats.blocks import LONGEST_BLOCK, TextBuilder, clean
from reader.formats.markup import names
from reader.formats.mhtml import pictures_of, sent
from reader.formats.mime import Part
from reader.formats.pictures import Pictures
from reader.formats.request import Request
from reader.text import one_line

_MONTHS = names("January February March April May June July August September October November December")
_ADDRESS = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([^<>",;]*))\s*(?:<([^<>]*)>)?[^,;]*(?:[,;]|$)')
_QUOTED = re.compile(r"(?:> ?)+")
_SIGNATURES = ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
_ENCRYPTED = ("application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted")
_MOST_SHOWN = 3  # receivers that are named
_MOST_MESSAGES = 20  # messages inside a message that are shown
_DEEPEST_QUOTE = 20
# A text this much shorter than the page that it stands for only says that there is a page.
_STAND_IN, _SHORTEST = 0.3, 20
_IS_ENCRYPTED = "This message is encrypted, so its text can't be read here. Open it in your mail program."
_CUT = "The end of this message is missing, so its text or what is attached may not be complete."


def load(data: bytes, request: Request | None = None) -> Document:
    """Read the bytes of a message."""
    request = request or Request()
    whole = mime.parse(data)
    reader = _Reader(whole, request.encoding)
    reader.read()
    headers = whole.headers
    metadata = Metadata(
        title=_line(headers.get("subject", "")),
        byline=_line(", ".join(_people(headers.get("from", "")))),
        date=sent(whole),
        language=_line(headers.get("content-language", "")).partition(",")[0],
    )
    if whole.is_cut:
        reader.warnings[_CUT] = None
    text, blocks, _ = reader.builder.build(title=metadata.title)
    return Document(
        text,
        blocks,
        metadata,
        format="mail",
        warnings=tuple(reader.warnings),
        encoding=reader.encoding,
        pictures=reader.pictures.take(),
    )


class _Reader:
    """Gathers the text of a message and of those inside it."""

    def __init__(self, whole: Part, encoding: str | None) -> None:
        self.builder = TextBuilder()
        self.pictures = Pictures()
        self.warnings: dict[str, None] = {}
        self.encoding = ""
        self._whole = whole
        self._encoding = encoding
        self._picture_of = pictures_of(whole, "")
        self._attached: list[str] = []
        self._messages = 0

    def read(self) -> None:
        # What is still to be shown, the next last; parts are shown in the order in which they were sent.
        waiting = [self._whole]
        self._heading(self._whole, forwarded=False)
        while waiting:
            part = waiting.pop()
            if part.kind in _ENCRYPTED:
                self.warnings[_IS_ENCRYPTED] = None
            elif part.kind == "multipart/alternative":
                chosen = self._chosen(part.parts)
                waiting.extend(chosen)
            elif part.kind == "multipart/related":
                # The others are the pictures of the first.
                waiting.extend(part.parts[:1])
                self._attached += [each.name for each in part.parts[1:] if self._is_attached(each)]
            elif part.parts and part.kind == "message/rfc822":
                self._message(part, waiting)
            elif part.parts:
                waiting.extend(reversed(part.parts))
            else:
                self._show(part)
        if self._attached:
            files = list(dict.fromkeys(self._attached))
            them = "it" if len(files) == 1 else "them"
            self.builder.add(
                f"Attached: {', '.join(files)}. Open {them} from your mail program.", BlockKind.CAPTION
            )

    def _message(self, part: Part, waiting: list[Part]) -> None:
        self._messages += 1
        inner = part.parts[0]
        if self._messages > _MOST_MESSAGES:
            self._attached.append(part.name or _line(inner.headers.get("subject", "")) or "a message")
            return
        self._heading(inner, forwarded=True)
        waiting.append(inner)

    def _heading(self, part: Part, *, forwarded: bool) -> None:
        """Say in one line who wrote to whom and when, under the subject of a message inside another."""
        headers = part.headers
        if forwarded:
            subject = _line(headers.get("subject", "")) or "A message without a subject"
            self.builder.add(subject, BlockKind.HEADING, level=2)
        senders, receivers = _people(headers.get("from", "")), _people(headers.get("to", ""))
        words = [
            f"From {_listed(senders)}" if senders else "",
            f"to {_listed(receivers)}" if receivers else "",
        ]
        who = " ".join(filter(None, words))
        line = ", ".join(filter(None, (who, _in_words(sent(part)))))
        self.builder.add(clean(line[:1].upper() + line[1:]), BlockKind.CAPTION)

    def _chosen(self, parts: list[Part]) -> list[Part]:
        """Return the version of a text to show: the plain one, unless it only stands in for another."""
        leaves = [(part, [leaf for leaf in part.walk() if leaf.kind == "text/html"]) for part in parts]
        text = next((part for part in parts if part.kind == "text/plain"), None)
        rich = next((part for part, pages in leaves if pages), None)
        if text is None or rich is None:
            return [found] if (found := text or rich) is not None else parts[-1:]
        page = next(leaf for leaf in rich.walk() if leaf.kind == "text/html")
        root = _tree(page.text(self._encoding).text)
        length = len(one_line(" ".join(root.xpath("//body//text()")))) if root is not None else 0
        own = len(one_line(text.text(self._encoding).text))
        return [rich] if own < _STAND_IN * length or own < _SHORTEST < length else [text]

    @staticmethod
    def _is_attached(part: Part) -> bool:
        return bool(part.name) and part.disposition == "attachment" and part.kind not in _SIGNATURES

    def _show(self, part: Part) -> None:
        is_text = part.kind in ("text/plain", "text/html") and part.disposition != "attachment"
        if part.kind in _SIGNATURES:
            return
        if part.kind.startswith("image/") and part.disposition != "attachment":
            number = self.pictures.add(part.content())
            if number is not None:
                self.builder.add_picture(alt=part.name, picture=number)
                return
        if not is_text or (part.name and part.disposition):
            self._attached.append(part.name or f"a part without a name ({part.kind})")
            return
        source = part.text(self._encoding)
        text = source.text
        self.encoding = self.encoding or source.encoding
        self.warnings.update(dict.fromkeys(source.warnings))
        if part.kind == "text/html":
            self._page(text)
        elif part.parameter("format").lower() == "flowed":
            self._plain(_unflowed(text, gone=part.parameter("delsp").lower() == "yes"))
        else:
            self._plain(text)

    def _page(self, text: str) -> None:
        root = _tree(text)
        if root is not None:
            rendering.render(
                root,
                self.builder,
                resolve=page_metadata.resolver(root, ""),
                picture_of=self._picture_of,
                pictures=self.pictures,
            )

    def _plain(self, text: str) -> None:
        """Append a plain text: what is quoted by ">" with its depth, the rest in paragraphs."""
        for depth, lines in groupby(clean(text).split("\n"), key=_depth):
            body = "\n".join(_QUOTED.sub("", line, count=1) if depth else line for line in lines)
            kind = BlockKind.QUOTE if depth else BlockKind.PARAGRAPH
            if "\n" not in body and len(body) < LONGEST_BLOCK:
                self.builder.add(body.strip(), kind, level=depth)
                continue
            document = plain.read(body)
            at = 0
            for block in document.blocks:
                between = document.text.count("\n", at, block.span.start)
                tight = at > 0 and between == 1
                self.builder.add(block.span.of(document.text), kind, level=depth, tight=tight)
                at = block.span.end


def _tree(text: str) -> markup.Element | None:
    try:
        return markup.parse(text)
    except markup.TooDeep:
        return markup.parse(markup.flattened(text))


def _depth(line: str) -> int:
    marks = _QUOTED.match(line)
    return min(marks[0].count(">"), _DEEPEST_QUOTE) if marks else 0


def _unflowed(text: str, *, gone: bool) -> str:
    """Join the lines that end in a blank with the next of their depth (format=flowed, RFC 3676)."""
    out: list[str] = []
    before: int | None = None
    for line in text.split("\n"):
        depth = _depth(line)
        marks, body = ">" * depth, _QUOTED.sub("", line, count=1) if depth else line.removeprefix(" ")
        if before == depth and body != "-- ":
            out[-1] += body
        else:
            out.append(f"{marks} {body}" if depth else body)
        flows = body.endswith(" ") and body != "-- "
        if flows and gone:
            out[-1] = out[-1][:-1]
        before = depth if flows else None
    return "\n".join(out)


def _line(text: str) -> str:
    return one_line(clean(mime.decoded_words(text)))[:500]


def _people(header: str) -> list[str]:
    """Return the names in a header of addresses; of one without a name, the address."""
    found = []
    for quoted, name, address in _ADDRESS.findall(header):
        known = _line(re.sub(r"\\(.)", r"\1", quoted) or name).strip("'\" ") or address.strip()
        if known and not known.endswith(":"):
            found.append(known)
    return found


def _listed(names: list[str]) -> str:
    more = len(names) - _MOST_SHOWN
    if more > 1:
        return f"{', '.join(names[:_MOST_SHOWN])} and {more:,} others"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _in_words(date: str) -> str:
    if not date:
        return ""
    year, month, day = date.split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {int(year)}"
