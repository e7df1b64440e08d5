"""What the window holds: bar, library, middle, findings, foot. It lays out widgets and decides nothing."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui.dialogs.bar import MessageBar
from ui.middle import Middle
from ui.page.area import PageArea
from ui.page.view import PageView
from ui.panels.findings import FindingsPanel
from ui.panels.side import SidePanel
from ui.theme import Theme, icon

BAR_LEFT = ("library_panel", "back", "forward")
BAR_RIGHT = ("find", "names", "quotes", "highlights", "theme", "export")


class TopBar(QFrame):
    """Buttons of actions left and right, and what is being read in the middle."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("topBar")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 6, 12, 6)
        self._row.setSpacing(4)
        self._title = QLabel(self)
        self._title.setObjectName("windowTitle")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setTextFormat(Qt.TextFormat.RichText)
        self._title.setMinimumWidth(20)
        self._full = ("", "")
        self._inks = ("", "")
        self.menu_button = QToolButton(self)

    def fill(self, actions: dict[str, QAction], menu: QMenu) -> None:
        """Put the buttons in their places."""
        for key in BAR_LEFT:
            self._row.addWidget(self._button(actions[key]))
        self._row.addWidget(self._title, 1)
        for key in BAR_RIGHT:
            self._row.addWidget(self._button(actions[key]))
        self.menu_button.setObjectName("barButton")
        self.menu_button.setToolTip(self.tr("All menus"))
        self.menu_button.setAccessibleName(self.tr("All menus"))
        self.menu_button.setMenu(menu)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._row.addWidget(self.menu_button)

    def _button(self, action: QAction) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("barButton")
        button.setDefaultAction(action)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(action.text())
        return button

    def show_title(self, title: str, site: str) -> None:
        """Show what is being read."""
        self._full = (title, site)
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Set the title in ink, and where it is from in a softer colour."""
        self._inks = (theme.colour("ink").name(), theme.colour("soft").name())
        self.menu_button.setIcon(icon("menu", theme))
        self._fit()

    def _fit(self) -> None:
        title, site = self._full
        metrics = self._title.fontMetrics()
        room = max(40, self._title.width() - 24)
        rest = f" · {site}" if site else ""
        if metrics.horizontalAdvance(title + rest) * 1.06 > room:
            rest = ""
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, round(room / 1.06))
        ink, soft = self._inks
        self._title.setText(
            f'<b style="color:{ink}">{escape(shown)}</b><span style="color:{soft}">{escape(rest)}</span>'
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the title anew."""
        self._fit()


class Foot(QFrame):
    """What was found and noted on the left; on the right what goes on behind, how a page is shown, who reads,
    how far one is.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("foot")
        self.found, self.noted, self.place = QLabel(self), QLabel(self), QLabel(self)
        self._extent = self._work = ("", "")
        self.work, self.extent, self.reader = QPushButton(self), QPushButton(self), QPushButton(self)
        for link in (self.work, self.extent, self.reader):
            link.setProperty("role", "link")
            link.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            link.setMinimumWidth(20)
            link.hide()
        self._hint = QLabel(self.tr("Ctrl K for everything"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 5, 14, 5)
        row.setSpacing(16)
        row.addWidget(self.found)
        row.addWidget(self.noted)
        row.addStretch(1)
        row.addWidget(self.work)
        row.addWidget(self.extent)
        row.addWidget(self.reader)
        row.addWidget(self.place)
        row.addWidget(self._hint)

    def show_extent(self, words: str, short: str, tip: str) -> None:
        """Offer to show more or less of a page, in `short` words where room is scarce; "" offers none."""
        self._extent = words, short
        self.extent.setVisible(bool(words))
        self.extent.setToolTip(tip)
        self.extent.setAccessibleName(f"{words}. {tip}")
        self._fit()

    def show_work(self, words: str, short: str = "", tip: str = "") -> None:
        """Say what goes on behind, in `short` words where room is scarce; "" for nothing."""
        self._work = words, short
        self.work.setVisible(bool(words))
        self.work.setToolTip(tip)
        self.work.setAccessibleName(f"{words}. {tip}")
        self._fit()

    def _fit(self) -> None:
        """Leave out in a narrow window what can be missed."""
        wide = self.width() >= ROOM_FOR_FINDINGS
        rest = ROOM_FOR_WORK if self._work[0] else 0
        self._hint.setVisible(wide and not self._work[0])
        self.work.setText(self._work[0] if wide or not self._extent[0] else self._work[1])
        self.noted.setVisible(wide or (self.width() >= ROOM_FOR_NOTED + rest and not self._extent[0]))
        self.extent.setText(self._extent[0] if wide else self._extent[1])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit what is said into the new width."""
        super().resizeEvent(event)
        self._fit()


LEAST = {"side": 200, "middle": 320, "findings": 260}
ROOM_FOR_LIBRARY = 1000  # narrower windows fold the library away, and then the findings
ROOM_FOR_FINDINGS = 720
ROOM_FOR_NOTED = 520
ROOM_FOR_WORK = 150


class Frame(QWidget):
    """Everything in the window, in its place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.top_bar, self.messages, self.foot = TopBar(self), MessageBar(self), Foot(self)
        self.side = SidePanel(self)
        self.library = self.side.library
        self.area = PageArea(self)
        self.middle = Middle(self.area, self)
        self.findings = FindingsPanel(self)
        self._wanted: dict[QWidget, bool] = {self.side: True, self.findings: True}
        self._forced: set[QWidget] = set()
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for name, widget in (("side", self.side), ("middle", self.middle), ("findings", self.findings)):
            widget.setMinimumWidth(LEAST[name])
            self.splitter.addWidget(widget)
            self.splitter.setStretchFactor(self.splitter.count() - 1, int(widget is self.middle))
        self.splitter.setSizes([256, 878, 306])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.messages)
        column.addWidget(self.splitter, 1)
        column.addWidget(self.foot)
        self.middle.changed.connect(lambda _: self._fit())

    @property
    def page(self) -> PageView:
        """The reading surface."""
        return self.area.page

    def set_theme(self, theme: Theme) -> None:
        """Give the parts that paint themselves their colours."""
        self.area.page.set_theme(theme)
        self.area.minimap.refresh()
        for part in (self.top_bar, self.side, self.middle, self.findings, self.messages):
            part.set_theme(theme)

    # ------------------------------------------------------------ the panels at the sides

    def show_panels(self, *, library: bool, findings: bool) -> None:
        """Show these panels where there is room for them."""
        self._wanted = {self.side: library, self.findings: findings}
        self._fit()

    def ask_for(self, panel: QWidget) -> bool:
        """The reader wants a panel away that is seen, or seen though there is little room; return which."""
        wanted = not panel.isVisible()
        if wanted:
            self._forced.add(panel)
        else:
            self._forced.discard(panel)
        return wanted

    def has_room_for_side(self) -> bool:
        """Tell whether the left side may stand beside the page without being asked for."""
        return self.width() >= ROOM_FOR_LIBRARY

    def let_go(self, panel: QWidget) -> None:
        """A panel that was asked for is not needed any more; it stays where there is room for it."""
        self._forced.discard(panel)
        self._fit()

    def _fit(self) -> None:
        rooms: dict[QWidget, int] = {self.side: ROOM_FOR_LIBRARY, self.findings: ROOM_FOR_FINDINGS}
        for panel, room in rooms.items():
            belongs = panel is not self.findings or not self.middle.shown  # they are those of the article
            roomy = self.width() >= room or panel in self._forced
            panel.setVisible(self._wanted[panel] and belongs and roomy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold panels away that no longer fit; a panel asked for stays until the width changes that much."""
        super().resizeEvent(event)
        for room in (ROOM_FOR_LIBRARY, ROOM_FOR_FINDINGS):
            if (event.size().width() >= room) != (event.oldSize().width() >= room):
                self._forced.clear()
        self._fit()
