"""The bare window: painted at once; takes drops, and tells when it closes. What it holds comes later."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow

# The papers of the themes, known here so that the first frame needs no theme; a test holds them together.
PAPERS = {"light": "#fcfbf8", "sepia": "#f6eedd", "dark": "#1c1b19"}


class MainWindow(QMainWindow):
    """One window. `painted` is told once, when it can be seen for the first time."""

    painted = Signal()
    files_dropped = Signal(list)  # local paths
    closing = Signal()

    def __init__(self, *, paper: str) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Scholion")
        self.setAcceptDrops(True)
        self.resize(1440, 860)
        self.setMinimumSize(480, 360)
        # Not a painter: the first one costs a sixth of the time to the first frame.
        colours = self.palette()
        colours.setColor(colours.ColorRole.Window, QColor(paper))
        self.setPalette(colours)
        self._seen = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell of the first painting; the paper itself is the palette's."""
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)  # when this frame is on the screen

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders of this machine are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Ask to open what was dropped."""
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.files_dropped.emit(files)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window closes, so that all is kept."""
        self.closing.emit()
        super().closeEvent(event)
