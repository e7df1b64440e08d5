"""The page for screen readers: a stock text widget that holds the paragraphs in view and the focus.

Qt's accessibility crashes on interfaces written in Python, so an ordinary read-only text field stands
in, invisible behind the page, and passes every key on.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from reader.document import Block, BlockKind
from ui.page import keys
from ui.page.pictures import said_of
from ui.page.surface import Surface


class Mirror(QPlainTextEdit):
    """A read-only copy of the visible paragraphs; the page's focus proxy."""

    def __init__(self, page: Surface) -> None:
        super().__init__(page.viewport())
        self._page = page
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("The article"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.setGeometry(-2, -2, 1, 1)
        self._shown: range | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(120)
        self._later.timeout.connect(self.refresh)
        self.installEventFilter(self)

    def follow(self) -> None:
        """Take over what is in view soon; many movements make one."""
        self._later.start()

    def refresh(self) -> None:
        """Take over the paragraphs that are in view now."""
        page = self._page
        seen = page.visible_blocks()
        words = "\n".join(self._words(page.sheet.blocks[index]) for index in seen)
        if words != self.toPlainText():
            self.setPlainText(words)

    def _words(self, block: Block) -> str:
        return said_of(block) if block.kind is BlockKind.IMAGE else block.span.of(self._page.document.text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give every key to the page, and let shortcuts be shortcuts."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.ignore()
            return True
        if event.type() is QEvent.Type.KeyPress:
            pressed = cast(QKeyEvent, event)
            if not keys.press(self._page, pressed):
                event.ignore()
            return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._page.viewport().update()
        return False
