"""Where Scholion keeps its own files, and where those are that ship with it. Creates nothing by itself."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

APPLICATION = "scholion"


@dataclass(frozen=True, slots=True)
class Paths:
    """The places of one installation. Folders are made by those who write into them.

    `data` holds the library, `config` the settings, `backups` copies of the library, by default in a
    folder of their own so that deleting the data folder does not take them along; `logs` crash reports;
    `documents` is the user's own folder, where a report is offered to be saved. `usual` are the places that
    hold unless a person chose a folder for the library; None where none can be chosen, as in one that the
    command line names.
    """

    data: Path
    config: Path
    backups: Path
    logs: Path
    usual: Paths | None = None

    @property
    def is_chosen(self) -> bool:
        """Tell whether a person chose the folder: a library that is not in it then is never made anew."""
        return self.usual is not None and self.usual.data != self.data

    @property
    def library(self) -> Path:
        """The library's database file."""
        return self.data / "library.sqlite"

    @property
    def drafts(self) -> Path:
        """The folder of the notes that are being written."""
        return self.data / "drafts"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "settings.toml"

    @property
    def documents(self) -> Path:
        """The user's folder for documents, or the home folder where there is none."""
        import platformdirs

        folder = platformdirs.user_documents_path()
        return folder if folder.is_dir() else Path.home()


def default_paths() -> Paths:
    """Return the places that the platform sets aside for an application of this user."""
    import platformdirs

    own = platformdirs.PlatformDirs(APPLICATION, appauthor=False)
    usual = Paths(
        data=Path(own.user_data_path),
        config=Path(own.user_config_path),
        backups=Path(platformdirs.user_data_path(f"{APPLICATION}-backups", appauthor=False)),
        logs=Path(own.user_log_path),
    )
    return replace(usual, usual=usual)


def with_library_in(usual: Paths, folder: Path) -> Paths:
    """Return places with the library in a folder that a person chose.

    Its copies go into a folder of their own among the usual ones, so that those of two libraries are never
    thinned together.
    """
    usual = replace(usual, usual=None)
    folder = folder.expanduser().absolute()
    if folder == usual.data:
        return replace(usual, usual=usual)
    own = hashlib.sha256(os.fsencode(folder)).hexdigest()[:8]
    return replace(usual, data=folder, backups=usual.backups / f"{folder.name or 'disk'}-{own}", usual=usual)


def paths_in(directory: Path) -> Paths:
    """Return places that all lie inside one folder (``--data-dir``)."""
    directory = directory.expanduser().absolute()
    return Paths(directory, directory, directory / "backups", directory / "logs")


@contextmanager
def temporary_paths() -> Iterator[Paths]:
    """Lend places in a folder that is deleted at the end (``--temp-data``)."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix=f"{APPLICATION}-", ignore_cleanup_errors=True) as folder:
        yield paths_in(Path(folder))


def resource(*parts: str) -> Path:
    """Return a file or folder that ships with the program, in a checkout as in an installed wheel."""
    import resources

    return Path(resources.__path__[0]).joinpath(*parts)
