"""The report as one HTML file for screen and print: no scripts, nothing from elsewhere, all text escaped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from reader.model import Highlight, Note, Report
from reader.reports.wording import TYPES, clean, colophon, counted, facts, printed_on, saying, summary
from reader.text import one_line

_STYLE = """
:root { color-scheme: light dark; --paper: #fcfbf8; --ink: #23211d; --soft: #5f5a51; --line: #e2ded6;
  --accent: #2f5d8a; --yellow: #ffe58a; --green: #bfe8c4; --blue: #bbdcf7; --pink: #f5c6dc;
  --orange: #ffd0a6; }
@media (prefers-color-scheme: dark) { :root { --paper: #1c1b19; --ink: #e6e1d8; --soft: #a8a196;
  --line: #35322e; --accent: #8fb8e0; --yellow: #6b5a12; --green: #24502f; --blue: #1f4566; --pink: #5f2c45;
  --orange: #6a3d14; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 Literata, Charter, "Bitstream Charter", Georgia, serif; }
main { max-width: 42rem; margin: 0 auto; padding: 4rem 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem; font-weight: 600; }
h2 { font-size: 1.3rem; margin: 3rem 0 1rem; padding-top: 1rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
h3 small, .quiet, dl, footer { font: .875rem/1.5 Inter, system-ui, sans-serif; color: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0 0 1.5rem; }
dt { font-weight: 600; } dd { margin: 0; }
article + article { margin-top: 5rem; }
blockquote { margin: 0 0 .35rem; padding: 0 0 0 1rem; border-left: 3px solid var(--accent); }
blockquote.reported { border-left-style: dotted; }
blockquote.marked { border-left: 0; padding: 0; } p { margin: 0 0 .6rem; }
mark { color: inherit; padding: .1em .15em; border-radius: .2em; white-space: pre-line;
  -webkit-box-decoration-break: clone; box-decoration-break: clone; }
.yellow { background: var(--yellow); } .green { background: var(--green); } .blue { background: var(--blue); }
.pink { background: var(--pink); } .orange { background: var(--orange); }
.item { margin: 0 0 1.75rem; break-inside: avoid; unicode-bidi: isolate; }
.words { white-space: pre-line; }
.tag { border: 1px solid var(--line); border-radius: 1rem; padding: .05rem .5rem; margin-right: .35rem; }
ul { margin: 0; padding: 0; list-style: none; columns: 2; } li { break-inside: avoid; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); }
@media print { :root { --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #2f5d8a;
  --yellow: #ffe58a; --green: #bfe8c4; --blue: #bbdcf7; --pink: #f5c6dc; --orange: #ffd0a6; }
  body { font-size: 10.5pt; } main { max-width: none; padding: 0; } h2, h3 { break-after: avoid; }
  mark { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  article + article { break-before: page; margin: 0; } }
"""


def _safe(text: str) -> str:
    return escape(clean(text).strip())


def _line(text: str) -> str:
    return escape(one_line(clean(text)))


def render(reports: Sequence[Report]) -> str:
    """Return the text of an HTML file with the reports in their order."""
    title = _line(reports[0].document.title if len(reports) == 1 else counted(len(reports), "report"))
    language = _line(reports[0].document.metadata.language) if len(reports) == 1 else ""
    articles = "\n".join("\n".join(_article(report)) for report in reports)
    return f"""<!doctype html>
<html lang="{language or "en"}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{_STYLE}</style>
</head>
<body>
<main>
{articles}
</main>
</body>
</html>
"""


def _article(report: Report) -> Iterator[str]:
    yield f"<article>\n<h1>{_line(report.document.title) or 'Without a title'}</h1>"
    known = facts(report.document, report.tags)
    if known:
        yield "<dl>"
        yield from (f"<dt>{what}</dt><dd>{escape(value)}</dd>" for what, value in known)
        yield "</dl>"
    yield f"<p>{escape(summary(report))}</p>"
    if report.notes:
        yield "<h2>Notes on the article</h2>"
        yield from map(_note, report.notes)
    if report.highlights:
        yield "<h2>Highlights</h2>"
        for highlight in report.highlights:
            yield _highlight(highlight, printed_on(report.document, highlight.anchor.span.start))
    if report.lost:
        yield "<h2>Highlights that lost their place</h2>"
        yield "<p>The article has changed, and these words are no longer found in it.</p>"
        yield from map(_highlight, report.lost)
    yield from _quotations(report)
    yield from _names(report)
    yield f"<footer>{escape(colophon(report))}</footer>\n</article>"


def _highlight(highlight: Highlight, page: str = "") -> str:
    colour = highlight.colour.value
    told = colour.capitalize() + (f" · {_line(page)}" if page else "")
    note = f'\n<p class="words">{_safe(highlight.note)}</p>' if highlight.note.strip() else ""
    words = _safe(highlight.anchor.exact) or "A picture"
    return (
        f'<div class="item"><blockquote class="marked"><mark class="{colour}">{words}'
        f'</mark></blockquote>{note}\n<p class="quiet">{told}{_tags(highlight.tags)}</p></div>'
    )


def _note(note: Note) -> str:
    tags = f'\n<p class="quiet">{_tags(note.tags)}</p>' if note.tags else ""
    return f'<div class="item"><p class="words">{_safe(note.body)}</p>{tags}</div>'


def _tags(tags: Sequence[str]) -> str:
    return "".join(f' <span class="tag">{_line(tag)}</span>' for tag in tags)


def _quotations(report: Report) -> Iterator[str]:
    if report.quotes:
        yield "<h2>Quotations by speaker</h2>"
    for speaker, quotes in report.quotes:
        said_by = _line(speaker) or "Speaker unknown"
        yield f"<h3>{said_by} <small>{counted(len(quotes), 'quotation')}</small></h3>"
        for quote in quotes:
            said = saying(quote, report.document)
            look = "" if said.marked else ' class="reported"'
            yield (
                f'<div class="item"><blockquote{look}>{escape(said.words)}</blockquote>'
                f'<p class="quiet">{escape(said.how)}</p></div>'
            )


def _names(report: Report) -> Iterator[str]:
    if report.names:
        yield "<h2>Names by type</h2>"
    for label, names in report.names:
        yield f"<h3>{escape(TYPES[label])}</h3>\n<ul>"
        yield from (f"<li>{_line(name)} <small>{count:,}</small></li>" for name, count in names)
        yield "</ul>"
