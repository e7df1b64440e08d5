"""Files of every format with the same article: for benchmarks, fuzzing and pictures. Writes no file."""

from __future__ import annotations

from collections.abc import Callable

from tools.samples.article import Article, article, rich
from tools.samples.packed import epub, opendocument, word
from tools.samples.printed import pdf
from tools.samples.written import mail, markdown, mhtml, page, rows, rtf, text

__all__ = ["SAMPLES", "Article", "article", "rich"]

SAMPLES: dict[str, Callable[[Article], bytes]] = {
    ".txt": text,
    ".md": markdown,
    ".html": page,
    ".mhtml": mhtml,
    ".docx": word,
    ".odt": opendocument,
    ".epub": epub,
    ".rtf": rtf,
    ".eml": mail,
    ".jsonl": rows,
    ".pdf": pdf,
}
"""What makes a file of each format, by its suffix."""
