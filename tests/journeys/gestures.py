"""A person at the real window: drags over words, presses keys, clicks, and waits to see the outcome."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QDeadlineTimer,
    QEvent,
    QEventLoop,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from reader.document import Span
from reader.paths import Paths, paths_in
from ui.start import bare_window, furnish, settings_of, start_qt

MOST_MS = 60_000
LEFT = Qt.MouseButton.LeftButton


class Person:
    """Drives one window over the library in `folder`."""

    def __init__(self, folder: Path, files: list[str] | None = None, *, paths: Paths | None = None) -> None:
        app = start_qt()
        places = paths or paths_in(folder)
        settings, told = settings_of(places)
        self.window = bare_window(settings)
        self.window.show()
        self.application = furnish(app, self.window, places, files or [], settings=settings, told=told)
        self.session, self.frame = self.application.session, self.application.frame
        self.page = self.frame.page
        self.application.start()
        self._left = False

    def waits_for(self, seen: Callable[[], object], what: str = "") -> None:
        """Wait until something is seen, or say what was not."""
        patience = QDeadlineTimer(MOST_MS)
        while not seen():
            if patience.hasExpired():
                raise AssertionError(f"waited in vain: {what or seen}")
            self.lets_pass(10)  # it is the condition that ends the waiting

    def lets_pass(self, milliseconds: int) -> None:
        """Let events in. `QTest.qWait` would keep Python's lock, and threads would stand still."""
        within = QEventLoop()
        QTimer.singleShot(milliseconds, within.quit)
        within.exec()

    def waits_for_article(self, words: str) -> None:
        """Wait until an article with these words is on the page."""
        self.waits_for(lambda: words in self.page.document.text, f"an article with {words!r}")

    def waits_for_analysis(self) -> None:
        """Wait until the whole article has been analysed."""
        library = self.session.library
        assert library is not None
        self.waits_for(
            lambda: (
                self.session.document is not None
                and self.session.document_id is not None
                and library.analysis(self.session.document_id, text_hash=self.session.document.text_hash)
            ),
            "the analysis in the library",
        )

    def span(self, words: str) -> Span:
        """Return where `words` first stand in the article."""
        start = self.page.document.text.index(words)
        return Span(start, start + len(words))

    def drags_over(self, words: str) -> None:
        """Select `words` with the mouse."""
        span = self.span(words)
        self.page.go_to(span)
        rects = self.page.rects_of(span)
        start = QPoint(round(rects[0].left()) + 1, round(rects[0].center().y()))
        end = QPoint(round(rects[-1].right()), round(rects[-1].center().y()))
        view = self.page.viewport()
        QTest.mousePress(view, LEFT, pos=start)
        QTest.mouseMove(view, (start + end) / 2)
        QTest.mouseMove(view, end)
        QTest.mouseRelease(view, LEFT, pos=end)
        assert self.page.selected_text() == words

    def presses(
        self,
        key: Qt.Key,
        modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        *,
        on: QWidget | None = None,
    ) -> None:
        """Press a key where the focus is (the page, unless told otherwise)."""
        if on is None:
            self.window.activateWindow()
            self.waits_for(self.window.isActiveWindow, "the window to be active")
        QTest.keyClick(on or self.page.focusProxy(), key, modifiers)

    def types(self, words: str, *, on: QWidget) -> None:
        """Type words."""
        QTest.keyClicks(on, words)

    def drops(self, *paths: Path) -> None:
        """Drop files or folders on the window."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        event = QDropEvent(
            QPointF(300, 300), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
        )
        self.window.dropEvent(event)

    def writes_note(self, words: str, *tags: str) -> None:
        """Press N, write a note, add tags, and keep it with Ctrl+Enter."""
        self.presses(Qt.Key.Key_N)
        editor = self.application.annotator.editor
        self.waits_for(editor.isVisible, "the note editor")
        self.types(words, on=editor.note)
        for tag in tags:
            self.types(f"{tag},", on=editor.tags.field)
        self.presses(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, on=editor.note)

    def goes_back_to_the_page(self) -> None:
        """Close whatever stands over the page or in its place."""
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QDialog) and each.isVisible():
                each.reject()
        if popup := QApplication.activePopupWidget():
            popup.close()
        self.frame.middle.show_page()
        for editor in (self.application.annotator.editor, self.application.remarker.editor):
            if editor.isVisible():
                QTest.keyClick(editor.note, Qt.Key.Key_Escape)

    def leaves(self) -> None:
        """Close the window, once, and leave nothing of it to the next test."""
        if self._left:
            return
        self._left = True
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
