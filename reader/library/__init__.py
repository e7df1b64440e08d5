"""The library: one SQLite file with documents, notes and findings. Never reads or writes a source."""

from __future__ import annotations

from reader.library.documents import Added, Kept
from reader.library.findings import State
from reader.library.library import Library
from reader.library.listing import Entry
from reader.library.people.sayings import Saying
from reader.library.search.searching import Found, Hit

__all__ = ["Added", "Entry", "Found", "Hit", "Kept", "Library", "Saying", "State"]
