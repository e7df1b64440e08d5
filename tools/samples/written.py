"""Samples of the formats that are text: plain, Markdown, pages, mail, rows, rich text."""

from __future__ import annotations

import base64
import json
import textwrap
from html import escape

from tools.samples.article import NOTE, POINTS, TABLE, Article, picture


def text(told: Article) -> bytes:
    """Plain text with a date header."""
    return f" date {told.date} {told.title}\n\n{chr(10).join(p + chr(10) for p in told.paragraphs)}".encode()


def markdown(told: Article) -> bytes:
    """Markdown with front matter."""
    head = f"---\ntitle: {told.title}\nauthor: {told.byline}\ndate: {told.date}\n---\n\n"
    body = [told.paragraphs[0]]
    if told.rich:
        body += [
            "## What is proposed",
            "\n".join(f"- {point}" for point in POINTS),
            f"> {told.paragraphs[3]}",
        ]
        rows = [" | ".join(row) for row in TABLE]
        body.append("\n".join([rows[0], " | ".join("---" for _ in TABLE[0]), *rows[1:]]))
    return (head + "\n\n".join([*body, *told.paragraphs[1:]]) + "\n").encode()


def html_body(told: Article, *, image: str) -> str:
    parts = [f"<h1>{escape(told.title)}</h1>", f"<p>{escape(told.paragraphs[0])}</p>"]
    if told.rich:
        parts[-1] = f'<p>{escape(told.paragraphs[0])}<sup><a id="r1" href="#fn1">1</a></sup></p>'
        parts.append(
            f'<figure><img src="{image}" alt="The north quay at dusk"/>'
            "<figcaption>The north quay at dusk.</figcaption></figure>"
        )
        parts.append(
            "<h2>What is proposed</h2><ul>" + "".join(f"<li>{escape(p)}</li>" for p in POINTS) + "</ul>"
        )
        parts.append(f"<blockquote><p>{escape(told.paragraphs[3])}</p></blockquote>")
        rows = [
            "".join(f"<{t}>{c}</{t}>" for c in row) for row, t in zip(TABLE, ("th", "td", "td"), strict=True)
        ]
        parts.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    parts += [f"<p>{escape(p)}</p>" for p in told.paragraphs[1:]]
    if told.rich:
        parts.append(
            f'<section class="footnotes" role="doc-endnotes"><ol><li id="fn1" role="doc-footnote">{escape(NOTE)}'
            "</li></ol></section>"
        )
    return "\n".join(parts)


def page(told: Article, *, image: str = "") -> bytes:
    """A web page with its picture inside."""
    image = image or "data:image/png;base64," + base64.b64encode(picture()).decode()
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(told.title)}</title>'
        f'<meta name="author" content="{escape(told.byline)}">'
        f'<meta property="article:published_time" content="{told.date}"></head><body><article>'
        f"{html_body(told, image=image)}</article></body></html>"
    ).encode()


def mhtml(told: Article) -> bytes:
    """A web page as browsers save it in one file."""
    parts = [
        ("text/html", "https://example.org/cranes", "8bit", page(told, image="https://example.org/quay.png")),
        ("image/png", "https://example.org/quay.png", "base64", base64.encodebytes(picture())),
    ]
    out = (
        f"From: <Saved>\r\nSnapshot-Content-Location: https://example.org/cranes\r\nSubject: {told.title}\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="--part"\r\n\r\n'
    ).encode()
    for kind, place, how, data in parts:
        out += (
            (
                f"----part\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {how}\r\n"
                f"Content-Location: {place}\r\n\r\n"
            ).encode()
            + data
            + b"\r\n"
        )
    return out + b"----part--\r\n"


def mail(told: Article) -> bytes:
    """A letter in plain text."""
    lines = "\n\n".join("\n".join(textwrap.wrap(p, 76)) for p in told.paragraphs)
    return (
        f"From: {told.byline} <ruth@example.org>\nTo: Editors <desk@example.org>\n"
        "Date: Sun, 14 Mar 2021 09:30:00 +0000\n"
        f"Subject: {told.title}\nMessage-ID: <1@example.org>\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{lines}\n"
    ).encode()


def rows(told: Article) -> bytes:
    """One row of JSON Lines."""
    row = {
        "title": told.title,
        "byline": told.byline,
        "date": told.date,
        "text": "\n\n".join(told.paragraphs),
    }
    return (json.dumps(row, ensure_ascii=False) + "\n").encode()


def rtf(told: Article) -> bytes:
    """Rich text, letters beyond ASCII as numbers."""

    def words(value: str) -> str:
        return "".join(c if " " <= c < "\x7f" and c not in "\\{}" else f"\\u{ord(c)}?" for c in value)

    body = [f"{{\\b\\fs36 {words(told.title)}\\par}}", f"{words(told.paragraphs[0])}\\par"]
    if told.rich:
        body[-1] = f"{words(told.paragraphs[0])}{{\\super\\chftn}}{{\\footnote {words(NOTE)}}}\\par"
        body += [f"{{\\listtext \\bullet\\tab}}{words(p)}\\par" for p in POINTS]
        body += [
            "\\trowd"
            + "".join(f"\\cellx{2000 * (n + 1)}" for n in range(3))
            + " "
            + "".join(f"\\intbl {words(cell)}\\cell " for cell in row)
            + "\\row\\pard"
            for row in TABLE
        ]
        image = picture()
        body.append(f"{{\\pict\\pngblip\\picw480\\pich240 {image.hex()}}}\\par")
    body += [f"{words(p)}\\par" for p in told.paragraphs[1:]]
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Georgia;}}"
    info = f"{{\\info{{\\title {words(told.title)}}}{{\\author {words(told.byline)}}}{{\\creatim\\yr2021\\mo3\\dy14}}}}"
    return (head + info + "\n".join(body) + "}").encode("ascii")
