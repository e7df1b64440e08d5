"""Ways from the left side to the views of the library, each with how much is there. Shows and asks."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from ui.numbers import figures
from ui.theme import Theme, interface_font

INSET = 8


class Link(QAbstractButton):
    """Words at the left, a number at the right."""

    stepped = Signal(int)  # the arrow keys: -1 up, 1 down

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(words)
        self.setCheckable(True)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.theme: Theme | None = None
        self._count = ""

    def show_count(self, count: int | None) -> None:
        """Put a number at the right, or (None) nothing."""
        self._count = "" if count is None else figures(count)
        self.setAccessibleName(", ".join(filter(None, (self.text(), self._count))))
        self.update()

    def sizeHint(self) -> QSize:
        """One line with room around it."""
        return QSize(80, self.fontMetrics().height() + 11)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down lead to the neighbours, Enter goes there."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.stepped.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it as the list under it draws its rows."""
        theme = self.theme
        if theme is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse() or self.hasFocus():
            painter.setPen(theme.colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection" if self.isChecked() else "hover"))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        room = self.rect().adjusted(INSET, 0, -INSET, 0)
        painter.setFont(interface_font())
        taken = painter.fontMetrics().horizontalAdvance(self._count) + (12 if self._count else 0)
        words = painter.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width() - taken
        )
        painter.setPen(theme.colour("ink"))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.setPen(theme.colour("faint"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._count)


class Links(QFrame):
    """A column of links; the one whose view is seen is marked."""

    requested = Signal(str)  # the key of a link

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._links: dict[str, Link] = {}
        self._theme: Theme | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 4, 12, 4)
        self._column.setSpacing(1)

    def add(self, key: str, words: str) -> Link:
        """Put a link under those there are."""
        link = Link(words, self)
        link.theme = self._theme
        link.clicked.connect(lambda: self._on_clicked(key))
        link.stepped.connect(lambda step: self._step(key, step))
        self._links[key] = link
        self._column.addWidget(link)
        return link

    def link(self, key: str) -> Link:
        """Return a link."""
        return self._links[key]

    def show_count(self, key: str, count: int | None) -> None:
        """Say how much is behind a link."""
        self._links[key].show_count(count)

    def forget_counts(self) -> None:
        """Say of none how much is behind it, until that is known again."""
        for link in self._links.values():
            link.show_count(None)

    def show_link(self, key: str, shown: bool) -> None:
        """Show a link only where it leads to something."""
        self._links[key].setVisible(shown)

    def choose(self, key: str) -> None:
        """Mark the link whose view is seen; "" or an unknown one marks none."""
        for each, link in self._links.items():
            link.setChecked(each == key)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        for link in self._links.values():
            link.theme = theme
            link.update()

    def _on_clicked(self, key: str) -> None:
        self._links[key].setChecked(not self._links[key].isChecked())  # `choose` marks it when it is seen
        self.requested.emit(key)

    def _step(self, key: str, step: int) -> None:
        keys = [each for each, link in self._links.items() if link.isVisible()]
        following = keys[(keys.index(key) + step) % len(keys)]
        self._links[following].setFocus(Qt.FocusReason.TabFocusReason)
