"""Lists of documents: what is asked for, in which order, and what comes back. Values alone, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from reader.model import Collection, ReadingState, Tag


class Sorted(StrEnum):
    """By what documents are put in order."""

    TITLE = "title"
    AUTHOR = "author"
    SOURCE = "source"
    DATE = "date"
    ADDED = "added"
    OPENED = "opened"
    WORDS = "words"
    HIGHLIGHTS = "highlights"
    PROGRESS = "progress"


class Grouped(StrEnum):
    """By what documents are put together; one that is in two collections stands in both."""

    COLLECTION = "collection"
    YEAR = "year"
    MONTH = "month"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents are meant; what is empty asks nothing, and all that is asked must hold.

    Every word of `words` is in the title, the author or the source; `found` is a question to the search, and
    those are meant that it finds. A document is in a collection also when it is in one inside it, and has a
    tag also when a note or a highlight in it has it, or one under it. Those that were put away are in no list
    but that of `put_away`, which has nothing else.
    """

    words: str = ""
    collection: str = ""
    tag: str = ""
    state: ReadingState | None = None
    format: str = ""
    put_away: bool = False
    found: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A list: which documents, in which order, put together by what. What has no value comes last."""

    filter: Filter = field(default_factory=Filter)
    by: Sorted = Sorted.ADDED
    descending: bool = True
    group: Grouped | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A run of a list under one heading: its name ("" for what has none), and where it begins and ends."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The ids of the documents of a list, in order; `groups` covers them all, or is empty."""

    ids: Sequence[int] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class Used:
    """A tag with what carries it: highlights, notes, and documents as a whole.

    `articles` counts the documents that it is in anyhow, those too that have one under it. What was put
    away is not counted.
    """

    tag: Tag
    highlights: int = 0
    notes: int = 0
    documents: int = 0
    articles: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """What there is to choose from: how many documents, the collections and the tags with theirs.

    A collection counts what is inside those in it too.
    """

    documents: int = 0
    unread: int = 0
    put_away: int = 0
    collections: tuple[tuple[Collection, int], ...] = ()
    tags: tuple[Used, ...] = ()
    formats: tuple[tuple[str, int], ...] = ()


def under(name: str, parent: str) -> bool:
    """Tell whether a tag or collection is `parent` or under it ("a/b" is under "a")."""
    folded, above = name.casefold(), parent.casefold()
    return folded == above or folded.startswith(above + "/")


def moved(name: str, parent: str, wanted: str) -> str:
    """Return the name of what is under `parent` when that is called `wanted`."""
    return "/".join([wanted, *name.split("/")[parent.count("/") + 1 :]])
