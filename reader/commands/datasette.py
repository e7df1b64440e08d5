"""What Datasette is told of the library: titles, labels, facets, searching. Describes; reads no library.

The words are those of Datasette 0.65, where all of it stands in one metadata file; 1.0 reads most of the
same words from a configuration file.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

_TITLE = "A library of Scholion"
_DESCRIPTION = "Articles, who is named in them, who said what, and the reader's own notes."
# So long a question of a library of many articles may take; Datasette's own limit is one second.
_MILLISECONDS = 5000

_OFFSETS = {
    "start_offset": "where it begins in the text, in characters (Unicode code points) from 0",
    "end_offset": "the first character after it",
}
_DOCUMENT = {
    "document": "the title of the article",
    "document_id": "the number of the article: the id of the table document",
    "source_path": "the file that the article was read from",
}
_WHOLE_TEXTS = {"fts_table": "text_index", "fts_pk": "document_id"}

_VIEWS: dict[str, dict[str, Any]] = {
    "documents_full": {
        "title": "Articles",
        "description": "Each article, with what you say of it yourself. Searching looks in the texts.",
        "sort_desc": "added",
        "facets": ["site", "state", "byline"],
        "columns": {
            "title": "as it is shown",
            "date": "as exact as the source: 2021, 2021-03 or 2021-03-14",
            "state": "how far you say that you are",
            "highlights": "how many there are",
            "words": "how long the text is",
            "progress": "how far it was read, from 0 to 1",
            "removed": "when it was put into the bin; empty for those that are not",
            **{name: _DOCUMENT[name] for name in ("source_path", "document_id")},
        },
        **_WHOLE_TEXTS,
    },
    "quotes_by_person": {
        "title": "Who said what",
        "description": "The quotations that were found. Searching finds those in articles with these words.",
        "sort": "speaker",
        "facets": ["speaker", "kind"],
        "columns": {
            "speaker": "empty where nobody could be named",
            "date": "of the article",
            "words": "what was said",
            "kind": "direct: word for word; indirect: reported; mixed: partly word for word",
            "reason": "why it is taken for this speaker's",
            **_DOCUMENT,
            **_OFFSETS,
        },
        **_WHOLE_TEXTS,
    },
    "mentions_full": {
        "title": "Who and what is named where",
        "description": "Each place at which a name, a date or a number was found.",
        "facets": ["label"],
        "columns": {
            "name": "who or what is meant",
            "label": "what kind of name it is",
            "value": "what a date or a time means, in ISO 8601",
            "words": "as it stands in the text",
            "date": "of the article",
            **_DOCUMENT,
            **_OFFSETS,
        },
        **_WHOLE_TEXTS,
    },
    "notes_full": {
        "title": "Notes and highlights",
        "description": "What you wrote and marked, with the passages.",
        "sort_desc": "updated",
        "facets": ["colour", "document"],
        "columns": {
            "note": "your words",
            "passage": "what you marked; empty for a note on the whole article",
            **_DOCUMENT,
            **_OFFSETS,
        },
    },
}

_TABLES: dict[str, dict[str, Any]] = {
    "document": {
        "title": "Articles as their files give them",
        "label_column": "title",
        "sort_desc": "id",
        "facets": ["site", "format", "language"],
        "fts_table": "text_index",
        "fts_pk": "id",
        "columns": {"file_hash": "SHA-256 of the file", "removed": "when it was put into the bin"},
    },
    "document_text": {
        "title": "Texts of the articles, old ones too",
        "label_column": "text_hash",
        "columns": {"text_hash": "SHA-256 of the text", "blocks": "what stands where in it, as JSON"},
    },
    "highlight": {"title": "Highlights", "label_column": "exact", "facets": ["colour"], "columns": _OFFSETS},
    "note": {"title": "Notes on whole articles", "label_column": "body"},
    "tag": {"title": "Tags", "label_column": "name"},
    "collection": {"title": "Collections", "label_column": "name"},
    "saved_search": {"title": "Saved searches", "label_column": "name"},
    "correction": {
        "title": "What you say against the machine",
        "label_column": "words",
        "facets": ["remark", "scope"],
        "columns": {"scope": "here, in this document, or everywhere", **_OFFSETS},
    },
    "identity": {"title": "Who is who, as you say", "label_column": "name", "facets": ["person"]},
    "distinction": {"title": "Names that mean different people, as you say", "label_column": "name"},
    "person": {
        "title": "Who appears in the library",
        "description": "People, and whoever else is quoted, over all articles.",
        "label_column": "name",
        "sort_desc": "quotations",
        "columns": {
            "documents": "in how many articles",
            "mentions": "how often named",
            "quotations": "how often quoted",
            "persons": "in how many articles as a person",
        },
    },
    "analysis": {"title": "By what each text was analysed", "label_column": "model", "facets": ["model"]},
    "entity": {
        "title": "Who and what is named in an article",
        "label_column": "name",
        "facets": ["label"],
        "columns": {"aliases": "other names that are used, as JSON"},
    },
    "mention": {"title": "Places of names", "label_column": "name", "facets": ["label"], "columns": _OFFSETS},
    "quotation": {
        "title": "Quotations",
        "label_column": "words",
        "facets": ["kind", "speaker"],
        "fts_table": "quotation_index",
        "fts_pk": "id",
        "columns": {"content": "where its pieces are, as JSON", **_OFFSETS},
    },
}

# What joins the others, and what Scholion keeps for itself. Datasette hides the indexes by their kind, and
# with them the tables behind them; they are named so that they stay away from whoever hides nothing.
_HIDDEN = (
    "_sqlite_migrations",
    "change",
    "details",
    "details_tag",
    "highlight_tag",
    "note_tag",
    "membership",
    "picture",
    "known_as",
    "called",
    "appearance",
    "forgotten",
    "searchable",
    "text_index",
    "title_index",
    "quotation_index",
    "searchable_index",
    "known_as_index",
)
# A view can't be hidden, but kept from being listed.
_UNLISTED = ("text_to_search", "title_to_search")

_QUERIES: dict[str, dict[str, Any]] = {
    "search_texts": {
        "title": "Search the texts",
        "description": "Words, “a phrase”, or the beginning of a word with a star: harb*",
        "sql": "select title, date, snippet(text_index, 0, '[', ']', '…', 24) as passage, document_id"
        " from text_index join documents_full on document_id = text_index.rowid"
        " where text_index match :words and removed = '' order by rank limit 200",
    },
    "said_by": {
        "title": "What somebody said",
        "description": "In the order of time; a part of the name will do.",
        "sql": "select date, speaker, words, document, document_id from quotes_by_person"
        " where speaker like '%' || :name || '%' order by date, document_id, start_offset",
    },
}


def metadata(database: str) -> dict[str, Any]:
    """Return the content of the metadata file for a library that Datasette calls `database`."""
    tables = {
        **_VIEWS,
        **_TABLES,
        **{name: {"hidden": True} for name in _HIDDEN},
        **{name: {"allow": False} for name in _UNLISTED},
    }
    return {
        "title": _TITLE,
        "description": _DESCRIPTION,
        "source": "Scholion",
        "databases": {database: {"source": "Scholion", "tables": tables, "queries": _QUERIES}},
    }


def command(library: Path, described: Path) -> str:
    """Return what to type to look at a library, as the shell of this system takes it.

    Not immutable: that would show an old state, or a broken one, while Scholion is open.
    """
    parts = ["datasette", "serve", str(library), "--metadata", str(described)]
    parts += ["--setting", "sql_time_limit_ms", str(_MILLISECONDS), "--open"]
    return subprocess.list2cmdline(parts) if sys.platform == "win32" else shlex.join(parts)
