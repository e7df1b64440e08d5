"""How the open file was read: what there is to know of that, and having it read in another way. No files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from reader.document import Document, ReadAs
from reader.formats.encoding import is_about_encoding
from ui.article.encodings import encoding_menu
from ui.dialogs.bar import Message
from ui.frame import Frame
from ui.library.opening import FileIntake
from ui.menus import for_once
from ui.numbers import figures
from ui.session import Session

# Formats of web pages, in which an article is looked for.
PAGES = frozenset({"html", "mhtml"})
# What was read before the library kept encodings has none, and can be given one all the same.
TEXTS = frozenset({"text", "markdown", "html"})


class Rereader(QObject):
    """Tells what a file's reading left to be desired, and has it read in another encoding or as a whole."""

    def __init__(self, session: Session, intake: FileIntake, frame: Frame, *, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._intake, self._frame = session, intake, frame
        self._actions: Mapping[str, QAction] = {}
        self._told: list[Message] = []
        self._closed: set[tuple[int, str]] = set()  # documents and texts whose warnings have been read
        session.document_opened.connect(self._on_document)
        frame.foot.extent.clicked.connect(self.change_extent)

    def use(self, actions: Mapping[str, QAction]) -> None:
        """Take the actions that are possible with some documents only."""
        self._actions = actions
        self._show_possible()

    # ------------------------------------------------------------ what there is to know

    def _on_document(self) -> None:
        for message in self._told:
            self._frame.messages.drop(message)
        self._told = []
        self._show_possible()
        document, id = self._session.document, self._session.document_id
        if document is None or id is None or (id, document.text_hash) in self._closed:
            return
        letters = [each for each in document.warnings if is_about_encoding(each)]
        rest = [each for each in document.warnings if not is_about_encoding(each)]
        self._tell(rest)
        if letters:
            self._tell(letters, menu=self._menu(document) if _is_file(document) else None)

    def _tell(self, warnings: list[str], *, menu: QMenu | None = None) -> None:
        """Show the first warning, the others behind a button."""
        if not warnings:
            return
        first, more = warnings[0], len(warnings) - 1
        words = self.tr("Choose encoding") if menu else ""
        if more and menu is None:
            words = self.tr("And {} more").format(figures(more))
        message = self._frame.messages.show_message(
            first,
            kind="warning",
            action_text=words,
            action=(lambda: self._tell_all(warnings)) if more and menu is None else None,
            menu=menu,
        )
        self._keep(message)

    def _tell_all(self, warnings: list[str]) -> None:
        self._keep(self._frame.messages.show_message("\n".join(warnings), kind="warning"))

    def _keep(self, message: Message) -> None:
        document, id = self._session.document, self._session.document_id
        if document is None or id is None:
            return
        key = (id, document.text_hash)
        message.close_button.clicked.connect(lambda: self._closed.add(key))
        self._told.append(message)

    # ------------------------------------------------------------ what can be done

    def _show_possible(self) -> None:
        """Offer what the open document allows."""
        document = self._session.document
        if document is not None and (self._session.previewing or not _is_file(document)):
            document = None
        is_page = document is not None and document.format in PAGES
        whole = document is not None and document.read_as.whole
        words = self.tr("Show the article alone") if whole else self.tr("Show the whole page")
        tip = (
            self.tr("All of the saved page is shown. Click to see its article alone.")
            if whole
            else self.tr("The article of a saved page is shown. Click to see all of the page.")
        )
        short = self.tr("Article alone") if whole else self.tr("Whole page")
        self._frame.foot.show_extent(words if is_page else "", short if is_page else "", tip)
        if self._actions:
            self._actions["extent"].setText(words)
            self._actions["extent"].setEnabled(is_page)
            self._actions["choose_encoding"].setEnabled(document is not None and _has_letters(document))

    def _menu(self, document: Document) -> QMenu:
        return encoding_menu(
            self._frame, present=document.encoding, chosen=document.read_as.encoding, choose=self.choose
        )

    def ask_encoding(self) -> None:
        """Show the encodings at the head of the page."""
        document = self._session.document
        if document is None or self._session.previewing:
            return
        page = self._frame.page
        menu = for_once(self._menu(document))
        menu.popup(page.viewport().mapToGlobal(QPoint(round(page.column.left), 12)))

    def choose(self, encoding: str) -> None:
        """Read the open file in this encoding from now on; "" is the one that it seems to be in."""
        document = self._session.document
        if document is not None:
            self._read_again(document, replace(document.read_as, encoding=encoding))

    def change_extent(self) -> None:
        """Show the whole of the open page instead of its article, or the article alone."""
        document = self._session.document
        if document is not None:
            self._read_again(document, replace(document.read_as, whole=not document.read_as.whole))

    def _read_again(self, document: Document, wanted: ReadAs) -> None:
        if not self._session.previewing:
            self._intake.open([document.source], read_as=wanted)


def _is_file(document: Document) -> bool:
    """Tell whether a document is a file, or one of an archive, which can be read anew; rows can't."""
    return bool(document.source) and document.format != "row"


def _has_letters(document: Document) -> bool:
    return bool(document.encoding) or document.format in TEXTS
