"""Small PDFs written by hand: words at places, in the fonts that every reader of PDF has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FONTS = {
    "F1": "Times-Roman",
    "F2": "Times-Bold",
    "F3": "Times-Italic",
    "F4": "Helvetica",
    "F5": "Courier",
}


@dataclass(frozen=True, slots=True)
class Put:
    """One line of text: its left end and its baseline from the top of the page, in points."""

    x: float
    y: float
    text: str
    size: float = 10
    font: str = "F1"
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: what is written on it, its size, its rotation, and whether a picture fills it."""

    puts: Sequence[Put] = ()
    width: float = 400
    height: float = 600
    rotate: int = 0
    picture: bool = False


def lines(text: Sequence[str], *, x: float = 50, y: float = 60, size: float = 10, lead: float = 12,
          indent: float = 0, font: str = "F1") -> list[Put]:  # fmt: skip
    """Lines below one another; the first one moved in by `indent`."""
    return [Put(x + (indent if i == 0 else 0), y + i * lead, line, size, font) for i, line in enumerate(text)]


def _string(text: str) -> bytes:
    raw = text.encode("cp1252")
    return b"(" + raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def _content(sheet: Sheet) -> bytes:
    out = []
    for put in sheet.puts:
        matrix = "0 1 -1 0" if put.turned else "1 0 0 1"
        place = f"{matrix} {put.x:g} {sheet.height - put.y:g} Tm"
        out.append(b"BT /%s %g Tf %s %s Tj ET" % (
            put.font.encode(), put.size, place.encode(), _string(put.text)))  # fmt: skip
    if sheet.picture:
        out.append(b"q %g 0 0 %g 0 0 cm /Im Do Q" % (sheet.width, sheet.height))
    return b"\n".join(out)


def pdf(sheets: Iterable[Sheet], *, info: dict[str, str] | None = None, labels: str = "",
        outline: Sequence[tuple[str, int, float]] = (), catalog: str = "") -> bytes:  # fmt: skip
    """The bytes of a PDF. `outline` holds titles, numbers of pages from 0, and heights from the top."""
    pages = list(sheets)
    objects: list[bytes] = [b"", b"", b""]  # catalog, pages, picture: filled in below
    objects[2] = (
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
        b"/Length 1>>\nstream\n\x7f\nendstream"
    )
    fonts = {}
    for key, name in FONTS.items():
        objects.append(f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>".encode())
        fonts[key] = len(objects)
    resources = "<</Font<<" + "".join(f"/{k} {n} 0 R" for k, n in fonts.items()) + ">>/XObject<</Im 3 0 R>>>>"
    numbers = []
    for sheet in pages:
        content = _content(sheet)
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {sheet.width:g} {sheet.height:g}]"
            f"/Rotate {sheet.rotate}/Resources {resources}/Contents {len(objects)} 0 R>>".encode()
        )
        numbers.append(len(objects))
    more = catalog + (f"/PageLabels<</Nums[{labels}]>>" if labels else "")
    if outline:
        first = len(objects) + 2
        more += f"/Outlines {first - 1} 0 R"
        last = first + len(outline) - 1
        objects.append(f"<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {len(outline)}>>".encode())
        for i, (title, page, top) in enumerate(outline):
            beside = (f"/Prev {first + i - 1} 0 R" if i else "") + (
                f"/Next {first + i + 1} 0 R" if first + i < last else ""
            )
            objects.append(
                f"<</Parent {first - 1} 0 R{beside}"
                f"/Dest[{numbers[page]} 0 R/XYZ 0 {pages[page].height - top:g} 0]/Title".encode()
                + _string(title)
                + b">>"
            )
    objects[0] = f"<</Type/Catalog/Pages 2 0 R{more}>>".encode()
    kids = " ".join(f"{n} 0 R" for n in numbers)
    objects[1] = f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode()
    trailer = b""
    if info:
        objects.append(
            b"<<" + b"".join(b"/%s %s" % (k.encode(), _string(v)) for k, v in info.items()) + b">>"
        )
        trailer = b"/Info %d 0 R" % len(objects)
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer <</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, start)  # fmt: skip
    return bytes(out)
