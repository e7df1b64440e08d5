"""A sample of a PDF: one column of Times, with page numbers."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from tools.samples.article import Article


def pdf(told: Article) -> bytes:
    """A PDF in one column of Times, with page numbers at the foot."""
    pages: list[list[tuple[float, float, int, str]]] = [[]]
    y = 740.0

    def line(value: str, size: int) -> None:
        nonlocal y
        if y < 90:
            pages.append([])
            y = 740.0
        pages[-1].append((72.0, y, size, value))
        y -= size * 1.3

    line(told.title, 18)
    y -= 10
    for paragraph in told.paragraphs:
        for words in textwrap.wrap(paragraph, 88):
            line(words, 11)
        y -= 8
    for number, lines in enumerate(pages, 1):
        lines.append((300.0, 50.0, 9, str(number)))
    return _pdf_file(pages, told)


def _pdf_file(pages: Sequence[Sequence[tuple[float, float, int, str]]], told: Article) -> bytes:
    def words(value: str) -> bytes:
        plain = value.encode("cp1252", "replace")
        return plain.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")

    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>")
    objects.append(
        b"<</Title(" + words(told.title) + b")/Author(" + words(told.byline) + b")/CreationDate(D:20210314)>>"
    )
    kids = []
    for lines in pages:
        content = b"BT " + b" ".join(
            f"/F1 {size} Tf 1 0 0 1 {x:g} {y:g} Tm (".encode() + words(value) + b") Tj"
            for x, y, size, value in lines
        )
        content += b" ET"
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        stream = len(objects)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % stream
        )
        kids.append(len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (
        len(kids),
        b" ".join(b"%d 0 R" % kid for kid in kids),
    )
    out = b"%PDF-1.5\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R/Info 4 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(out))
    )
