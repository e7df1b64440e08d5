"""What can go wrong in the world, told so that the reader of the message knows what to do next.

::

    ReaderError                 the world's fault; shown to the user as it is
    ├── FormatError             a file that can't be opened as a document
    │   ├── MissingFile         not there, or no longer
    │   ├── Unreadable          no permission, a directory, a device, a pipe
    │   ├── EmptyFile           nothing to read in it
    │   ├── UnknownFormat       binary, or a format that is not read
    │   └── DamagedFile         the format is known, the content is broken or hostile
    │       └── TornFile        broken, not hostile: some of it may still be read
    ├── AnalysisError           no model, a model that does not load, a worker that died
    ├── LibraryError            the database
    │   ├── LibraryLocked       another program holds it
    │   ├── LibraryReadOnly     it, or the disk, can't be written
    │   ├── LibraryMissing      its folder is not there, as when a disk is not connected
    │   ├── LibraryDamaged      not a database, or a broken one
    │   ├── LibraryOld          written by an older Scholion, and may not be converted now
    │   ├── LibraryTooNew       written by a newer Scholion
    │   ├── LibraryFull         no space left
    │   └── Conflict            another window changed the same thing first
    ├── QueryError              a search that makes no sense
    ├── ReportError             a report that could not be written
    └── SettingsError           a settings file that can't be read

Anything that is not a `ReaderError` is our bug and goes to the crash dialog.
"""

from __future__ import annotations


class ReaderError(Exception):
    """Something in the world went wrong. `what` happened and what to do `next`, each a whole sentence."""

    def __init__(self, what: str, next: str = "") -> None:
        super().__init__(what, next)
        self.what = what
        self.next = next

    def __str__(self) -> str:
        return f"{self.what} {self.next}".strip()


class FormatError(ReaderError):
    """A file that can't be opened as a document."""


class MissingFile(FormatError):
    """The file is not there, or no longer."""


class Unreadable(FormatError):
    """No permission, a directory, a device or a pipe."""


class EmptyFile(FormatError):
    """There is nothing to read in the file."""


class UnknownFormat(FormatError):
    """Binary, or of a format that is not read."""


class DamagedFile(FormatError):
    """The format is known, the content is broken or hostile."""


class TornFile(DamagedFile):
    """Broken, not hostile: some of it may still be read."""


class AnalysisError(ReaderError):
    """No model, a model that does not load, or a worker that died."""


class LibraryError(ReaderError):
    """The database could not do what was asked."""


class LibraryLocked(LibraryError):
    """Another program holds the library."""


class LibraryReadOnly(LibraryError):
    """The library, or the disk it is on, can't be written."""


class LibraryMissing(LibraryError):
    """The library is not where it was chosen to be."""


class LibraryDamaged(LibraryError):
    """The file is not a database, or a broken one."""


class LibraryOld(LibraryError):
    """The library was written by an older version, and may not be converted now."""


class LibraryTooNew(LibraryError):
    """The library was written by a newer version of Scholion."""


class LibraryFull(LibraryError):
    """No space is left for the library."""


class Conflict(LibraryError):
    """Another window changed the same thing first."""


class QueryError(ReaderError):
    """What is searched for makes no sense as it is written."""


class ReportError(ReaderError):
    """A report could not be written."""


class SettingsError(ReaderError):
    """The settings file can't be read."""
