"""Collections themselves: made, renamed, described and deleted. What is in them is put there by the filer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from reader.errors import ReaderError
from reader.model import Change
from reader.text import excerpt
from ui.dialogs.naming import NameDialog
from ui.library.carrying import Carrier
from ui.session import Session
from ui.undoing import UndoBar

if TYPE_CHECKING:
    from reader.library import Library

LONGEST = 40  # characters of a name that are shown


class Collector(QObject):
    """Asks what a collection is to be called, and what it is for."""

    def __init__(self, session: Session, carrier: Carrier, undo: UndoBar, *, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._carrier, self._undo, self._window = session, carrier, undo, window
        self.dialog: NameDialog | None = None

    def ask_new(self, *, within: str = "", put: Callable[[str], str] | None = None) -> None:
        """Ask for the name of a new collection; ``put(name)`` makes it with what goes right into it."""
        from reader import ordering

        def keep(name: str) -> str:
            if put is not None:
                return put(name) if ordering.tidy(name) else str(ordering.NameWanting())
            return self.kept(
                lambda library: ordering.new_collection(library, name, action=self.tr("make a collection"))
            )

        self._ask_name(self.tr("New collection"), f"{within}/" if within else "", keep)

    def ask_rename(self, name: str) -> None:
        """Ask how a collection is to be called."""
        from reader import ordering

        def keep(wanted: str) -> str:
            action = self.tr("rename a collection")
            return self.kept(lambda library: ordering.rename_collection(library, name, wanted, action=action))

        self._ask_name(self.tr("Rename the collection"), name, keep)

    def ask_description(self, name: str, present: str) -> None:
        """Ask what a collection is for; `present` is what is said of it now."""
        from reader import ordering

        make, action = ordering.describe_collection, self.tr("describe a collection")
        self.dialog = dialog = NameDialog(
            self.tr("Describe “{}”").format(excerpt(name, limit=LONGEST)),
            self.tr("It is shown where you point at the collection, and above the table of its articles."),
            present,
            lambda words: self.kept(lambda library: make(library, name, words, action=action)),
            self._window,
            may_be_empty=True,
        )
        dialog.open()

    def delete(self, name: str) -> None:
        """Take a collection away, and tell that its articles stay."""
        from reader import ordering

        told = self.tr("The collection “{}” is deleted. Its articles are still in the library.")
        action = self.tr("delete a collection")
        self._carrier.do(
            lambda library: ordering.delete_collection(library, name, action=action),
            size=0,
            done=lambda change: self._undo.tell(told.format(excerpt(name, limit=LONGEST))),
        )

    def _ask_name(self, title: str, name: str, keep: Callable[[str], str]) -> None:
        """Ask for a name of a collection; ``keep(name)`` returns why it can't be kept, or ""."""
        remark = self.tr("With a slash one stands inside another: “essay/chapter 1”.")
        self.dialog = dialog = NameDialog(title, remark, name, keep, self._window)
        dialog.open()

    def kept(self, make: Callable[[Library], Change | None]) -> str:
        """Do a change at once; return why that can't be, or "" when it is on disk, or was already."""
        library = self._session.library
        if library is None:
            return self.tr("The library is not open, so nothing can be kept.")
        try:
            change = make(library)
        except ReaderError as error:
            return str(error)
        if change is not None and not self._session.do(change):
            return self.tr("This is not kept yet. Save again, or cancel and read why.")
        return ""
