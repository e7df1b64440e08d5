"""In which folder the library is kept, and how it is taken to another one. Deletes nothing that was there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from reader.errors import LibraryDamaged, LibraryError, LibraryOld, LibraryReadOnly
from reader.paths import Paths, default_paths, with_library_in
from reader.settings import load_settings, remember_library

_OTHER = "Choose another folder."


class Unfit(LibraryError):
    """The library can't be kept in the folder that was chosen."""


@dataclass(frozen=True, slots=True)
class Found:
    """A folder that was chosen, as places; whether a library is there, and of how many documents if known."""

    paths: Paths
    is_library: bool = False
    documents: int | None = None


def chosen_paths() -> Paths:
    """Return the platform's places, with the library in the folder that is remembered in the settings.

    Raises SettingsError where these can't be read.
    """
    usual = default_paths()
    folder = load_settings(usual.settings).library
    return with_library_in(usual, Path(folder)) if folder else usual


def look_at(paths: Paths, folder: Path) -> Found:
    """Look whether the library can be kept in a folder; raise `Unfit` when it can't."""
    from reader.library import Library

    assert paths.usual is not None
    there = with_library_in(paths.usual, folder)
    if not there.data.is_dir():
        raise Unfit(f"“{folder}” is not a folder, or is no longer there.", _OTHER)
    real = there.data.resolve()
    if real == paths.data.resolve():
        raise Unfit(f"The library is in “{folder}” already.", _OTHER)
    for inside, what in ((paths.drafts, "drafts"), (paths.usual.backups, "backups")):
        if real.is_relative_to(inside.resolve()):
            raise Unfit(f"“{folder}” lies in the folder of the {what}.", _OTHER)
    if not there.library.exists():
        return Found(there)
    try:
        library = Library.open(there.library, backups=there.backups, read_only=True)
    except LibraryOld:
        return Found(there, is_library=True)
    except LibraryDamaged as error:
        raise Unfit(error.what, "Choose another folder, or move the file away.") from error
    try:
        return Found(there, is_library=True, documents=library.count())
    finally:
        library.close()


def carry(paths: Paths, there: Paths, *, tell: Callable[[float], None]) -> None:
    """Copy library and drafts to other places, check them, and remember those; what was here stays.

    `tell` hears how far it is (0..1) and may raise to end it. Where anything fails nothing is remembered.
    """
    from reader.library import Library, backup

    def remember() -> None:
        bring_drafts(paths, there)
        # Opened once for writing: a place where SQLite can't lock a file is found out now.
        Library.open(there.library, backups=there.backups, must_exist=True).close()
        use(there)

    backup.carry(paths.library, there.library, tell=tell, then=remember)


def use(there: Paths) -> None:
    """Remember where the library is kept from now on."""
    folder = str(there.data) if there.is_chosen else ""
    remember_library(there.settings, folder)


def bring_drafts(paths: Paths, there: Paths) -> None:
    """Copy the words of notes that are being written; those that are newer there stay."""
    import shutil

    try:
        for draft in sorted(paths.drafts.glob("*.json")):
            target = there.drafts / draft.name
            if target.exists() and target.stat().st_mtime_ns >= draft.stat().st_mtime_ns:
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(draft, target)
            with suppress(OSError):  # not every file system keeps times: it is copied once more then
                shutil.copystat(draft, target)
    except OSError as error:
        raise LibraryReadOnly(
            f"The notes that you are writing could not be copied into “{there.drafts}”.",
            f"They are kept in “{paths.drafts}”. Make room there, and allow writing.",
        ) from error
