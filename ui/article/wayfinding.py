"""Finding the way within an article: by its contents, along its links, to a printed page."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QWidget

from reader.document import Document, Page, sections
from ui.article.navigating import Navigator
from ui.frame import Frame
from ui.session import Session

READ_AT = 0.2  # of the page's height: what stands there is being read


class Wayfinder(QObject):
    """Joins the contents, the links and the pages of the open article with the page on the screen."""

    told = Signal(str)  # a quiet sentence for the reader
    side_requested = Signal()  # the side with the contents is away, and wanted

    def __init__(self, session: Session, frame: Frame, navigator: Navigator, *, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._frame = frame
        self._navigator = navigator
        self._window = window
        self.dialog: QInputDialog | None = None
        session.document_opened.connect(self._on_document)
        frame.page.place_changed.connect(self._on_place)
        frame.page.link_clicked.connect(navigator.follow)
        frame.side.contents.section_requested.connect(navigator.go_to_section)

    # ------------------------------------------------------------ contents

    def _on_document(self) -> None:
        document = self._session.document
        self._frame.side.set_sections(sections(document) if document is not None else ())
        self._on_place()

    def _on_place(self) -> None:
        page = self._frame.page
        if self._frame.side.has_contents:
            at = QPointF(page.column.left, page.viewport().height() * READ_AT)
            self._frame.side.contents.show_place(page.offset_at(at))

    def show_contents(self) -> None:
        """Show the contents and give them the keyboard."""
        side = self._frame.side
        if side.has_contents:
            if not side.isVisible():
                self.side_requested.emit()
            side.show_tab("contents")
            side.contents.focus_list()
        else:
            self.told.emit(self.tr("This article has no headings that could be listed."))

    # ------------------------------------------------------------ links

    def address(self) -> str:
        """Return where the link at the caret, or in the selection, leads outside the article; "" without."""
        link = self._frame.page.link_here()
        return link.target if link is not None and not link.target.startswith("#") else ""

    def copy_address(self) -> None:
        """Put that address on the clipboard; nothing is opened."""
        address = self.address()
        if not address:
            self.told.emit(self.tr("Click a link first; then its address can be copied."))
            return
        QGuiApplication.clipboard().setText(address)
        self.told.emit(self.tr("The address is copied: {}").format(_shortened(address)))

    # ------------------------------------------------------------ pages

    def ask_page(self) -> None:
        """Ask for the number of a printed page and go there."""
        document = self._session.document
        if document is None or not document.pages:
            self.told.emit(self.tr("This article has no page numbers."))
            return
        first, last = document.pages[0].label, document.pages[-1].label
        here = document.page_at(self._frame.page.place().offset)
        dialog = self.dialog = QInputDialog(self._window)
        dialog.setWindowTitle(self.tr("Go to a page"))
        dialog.setLabelText(self.tr("Page ({}–{}):").format(first, last))
        dialog.setTextValue(here.label if here is not None else first)
        dialog.textValueSelected.connect(self._on_page)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_page(self, label: str) -> None:
        document = self._session.document
        found = page_called(document, label) if document is not None else None
        if found is None:
            self.told.emit(self.tr("There is no page “{}” in this article.").format(_shortened(label)))
        else:
            self._navigator.go_to_section(found.span.start)


def page_called(document: Document, label: str) -> Page | None:
    """Return the page with this number printed on it, however it is spelled."""
    wanted = label.strip().casefold()
    return next((page for page in document.pages if page.label.casefold() == wanted), None)


def _shortened(words: str) -> str:
    return words if len(words) <= 90 else words[:89] + "…"
