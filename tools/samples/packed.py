"""Samples of the formats that are zip archives: Word, OpenDocument, EPUB."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from html import escape

from tools.samples.article import NOTE, POINTS, TABLE, Article, picture
from tools.samples.written import html_body


def _zipped(members: Sequence[tuple[str, bytes]], *, first: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            how = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2021, 3, 14, 9, 30, 0)), data, how)
    return out.getvalue()


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(told: Article) -> bytes:
    """A Word document."""
    return _zipped(list(_word_parts(told)))


def _word_parts(told: Article) -> Iterator[tuple[str, bytes]]:
    def paragraph(value: str, *, style: str = "", more: str = "") -> str:
        look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f'<w:p>{look}<w:r><w:t xml:space="preserve">{escape(value)}</w:t></w:r>{more}</w:p>'

    note = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    body = [
        paragraph(told.title, style="Title"),
        paragraph(told.paragraphs[0], more=note if told.rich else ""),
    ]
    if told.rich:
        body.append(paragraph("What is proposed", style="Heading2"))
        body += [
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
            f"<w:r><w:t>{escape(point)}</w:t></w:r></w:p>"
            for point in POINTS
        ]
        body.append(paragraph(told.paragraphs[3], style="Quote"))
        body.append(_word_picture())
        body.append(paragraph("The north quay at dusk.", style="Caption"))
        body.append(
            "<w:tbl>"
            + "".join(
                "<w:tr>" + "".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in row) + "</w:tr>" for row in TABLE
            )
            + "</w:tbl>"
        )
    body += [paragraph(p) for p in told.paragraphs[1:]]
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    yield (
        "[Content_Types].xml",
        f'{declared}<Types xmlns="{kinds}"><Default Extension="png" ContentType="image/png"/><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default '
        f'Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{main}"/></Types>'.encode(),
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    yield (
        "_rels/.rels",
        f'{declared}<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" '
        f'Target="word/document.xml"/><Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/>'
        "</Relationships>".encode(),
    )
    yield (
        "word/document.xml",
        f"{declared}<w:document {_W}><w:body>{''.join(body)}</w:body></w:document>".encode(),
    )
    names = (("Title", "Title"), ("Heading2", "heading 2"), ("Quote", "Quote"), ("Caption", "caption"))
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in names
    )
    yield "word/styles.xml", f"{declared}<w:styles {_W}>{styles}</w:styles>".encode()
    yield (
        "word/numbering.xml",
        f'{declared}<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl></w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="0"/></w:num></w:numbering>'.encode(),
    )
    yield (
        "word/footnotes.xml",
        f'{declared}<w:footnotes {_W}><w:footnote w:id="2">{paragraph(NOTE)}</w:footnote></w:footnotes>'.encode(),
    )
    relations = (("styles", "styles.xml"), ("numbering", "numbering.xml"), ("footnotes", "footnotes.xml"))
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate((*relations, ("image", "media/quay.png")), 1)
    )
    yield (
        "word/_rels/document.xml.rels",
        f'{declared}<Relationships xmlns="{package}">{links}</Relationships>'.encode(),
    )
    yield "word/media/quay.png", picture()
    yield (
        "docProps/core.xml",
        f'{declared}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{escape(told.title)}</dc:title><dc:creator>{escape(told.byline)}</dc:creator>"
        f"<dcterms:created>{told.date}T09:30:00Z</dcterms:created></cp:coreProperties>".encode(),
    )


def _word_picture() -> str:
    a = "http://schemas.openxmlformats.org/drawingml/2006"
    return (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{a}/wordprocessingDrawing"><wp:docPr id="1" name="quay" '
        f'descr="The north quay at dusk"/><a:graphic xmlns:a="{a}/main"><a:graphicData uri="{a}/picture">'
        f'<pic:pic xmlns:pic="{a}/picture"><pic:blipFill><a:blip xmlns:r="{_RELATIONS}" r:embed="rId4"/>'
        "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def opendocument(told: Article) -> bytes:
    """An OpenDocument text."""
    base = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(
        f'xmlns:{short}="{base}:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"))
    )
    spaces += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    spaces += f' xmlns:meta="{base}:meta:1.0" xmlns:svg="{base}:svg-compatible:1.0"'
    body = [
        f'<text:p text:style-name="Title">{escape(told.title)}</text:p>',
        f"<text:p>{escape(told.paragraphs[0])}</text:p>",
    ]
    if told.rich:
        body[-1] = (
            f'<text:p>{escape(told.paragraphs[0])}<text:note text:id="n1" text:note-class="footnote">'
            f"<text:note-citation>1</text:note-citation><text:note-body><text:p>{escape(NOTE)}</text:p>"
            "</text:note-body></text:note></text:p>"
        )
        body.append('<text:h text:outline-level="2">What is proposed</text:h>')
        items = "".join(f"<text:list-item><text:p>{escape(p)}</text:p></text:list-item>" for p in POINTS)
        body.append(f"<text:list>{items}</text:list>")
        body.append(f'<text:p text:style-name="Quotations">{escape(told.paragraphs[3])}</text:p>')
        body.append(
            '<text:p><draw:frame><draw:image xlink:href="Pictures/quay.png"/><svg:title>The north quay at dusk'
            "</svg:title></draw:frame></text:p>"
        )
        cells = (
            "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in row)
            for row in TABLE
        )
        table = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        body.append(f"<table:table>{table}</table:table>")
    body += [f"<text:p>{escape(p)}</text:p>" for p in told.paragraphs[1:]]
    declared = '<?xml version="1.0" encoding="UTF-8"?>'
    kind = "application/vnd.oasis.opendocument.text"
    return _zipped(
        [
            ("mimetype", kind.encode()),
            (
                "content.xml",
                f"{declared}<office:document-content {spaces}><office:body><office:text>{''.join(body)}"
                "</office:text></office:body></office:document-content>".encode(),
            ),
            (
                "meta.xml",
                f"{declared}<office:document-meta {spaces}><office:meta><dc:title>{escape(told.title)}</dc:title>"
                f"<meta:initial-creator>{escape(told.byline)}</meta:initial-creator>"
                f"<dc:date>{told.date}T09:30:00</dc:date></office:meta></office:document-meta>".encode(),
            ),
            ("Pictures/quay.png", picture()),
        ],
        first="mimetype",
    )


def epub(told: Article, *, chapters: int = 1) -> bytes:
    """An EPUB 3; the paragraphs are dealt out over the chapters."""
    size = max(1, -(-len(told.paragraphs) // chapters))
    parts = [told.paragraphs[at : at + size] for at in range(0, len(told.paragraphs), size)]
    xhtml = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    members: list[tuple[str, bytes]] = [("mimetype", b"application/epub+zip")]
    members.append(
        (
            "META-INF/container.xml",
            b'<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            b'<rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/>'
            b"</rootfiles></container>",
        )
    )
    names = [f"chapter{n}.xhtml" for n in range(1, len(parts) + 1)]
    for number, (name, paragraphs) in enumerate(zip(names, parts, strict=True), 1):
        title = told.title if len(parts) == 1 else f"Chapter {number}"
        piece = Article(title, told.byline, told.date, paragraphs, told.rich and number == 1)
        body = html_body(piece, image="quay.png").replace(
            'role="doc-footnote"', 'epub:type="footnote" role="doc-footnote"'
        )
        members.append(
            (
                f"OEBPS/{name}",
                f"<html {xhtml}><head><title>{title}</title></head><body>{body}</body></html>".encode(),
            )
        )
    entries = "".join(f'<li><a href="{name}">Chapter {n}</a></li>' for n, name in enumerate(names, 1))
    members.append(
        (
            "OEBPS/nav.xhtml",
            f'<html {xhtml}><body><nav epub:type="toc"><ol>{entries}</ol></nav></body></html>'.encode(),
        )
    )
    listed = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(names, 1)
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(1, len(names) + 1))
    members.append(
        (
            "OEBPS/book.opf",
            f'<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata '
            f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">x</dc:identifier><dc:title>'
            f"{escape(told.title)}</dc:title><dc:creator>{escape(told.byline)}</dc:creator><dc:date>{told.date}"
            '</dc:date><dc:language>en</dc:language></metadata><manifest><item id="nav" href="nav.xhtml" '
            'properties="nav" media-type="application/xhtml+xml"/><item id="quay" href="quay.png" '
            f'media-type="image/png"/>{listed}</manifest><spine>{spine}</spine></package>'.encode(),
        )
    )
    members.append(("OEBPS/quay.png", picture()))
    return _zipped(members, first="mimetype")
