"""The types of documents in the reader's words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def _tr(words: str) -> str:
    return QCoreApplication.translate("Kinds", words)


def type_in_words(format: str) -> str:
    """Return what a format of `Document` is called; one without a name of its own stays as it is."""
    named = {
        "pdf": _tr("PDF"),
        "epub": _tr("Book (EPUB)"),
        "html": _tr("Web page"),
        "mhtml": _tr("Saved web page"),
        "word": _tr("Word document"),
        "odt": _tr("OpenDocument text"),
        "rtf": _tr("Rich text"),
        "mail": _tr("Mail"),
        "markdown": _tr("Markdown"),
        "text": _tr("Plain text"),
        "row": _tr("Row of a table"),
    }
    return named.get(format, format)
