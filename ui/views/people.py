"""Who said what across the library: the people at the left, the page of one of them at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Theme
from ui.views.heading import Heading
from ui.views.people_list import Fetch, PeopleList
from ui.views.person import Fetch as FetchSpots
from ui.views.person import PersonPage

if TYPE_CHECKING:
    from ui.library.portraits import Portrait

ROOM_FOR_BOTH = 760  # a narrower view shows the list, or the person


class PeopleView(QFrame):
    """The list and the page; in a narrow window one of them."""

    source_requested = Signal(str, str)  # words, order
    person_requested = Signal(str)
    closed = Signal()

    def __init__(self, sayings: FetchSpots, mentioned: FetchSpots, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("view")
        self.setAccessibleName(self.tr("People"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.people = PeopleList(self)
        self.page = PersonPage(sayings, mentioned, self)
        self.nobody = QFrame(self)
        self.empty_heading = Heading("", "", self.nobody)
        self.empty = QLabel(self.nobody)
        self.right = QStackedWidget(self)
        self.back = QPushButton(self.tr("← All people"), self)
        self.back.setStyleSheet("margin-top: 8px;")
        self._on_page = False  # what a narrow view shows
        self._lay_out()
        self.people.source_requested.connect(self.source_requested)
        self.people.person_requested.connect(self.person_requested)
        self.page.person_requested.connect(self.person_requested)
        self.page.closed.connect(self.closed)
        self.empty_heading.closed.connect(self.closed)
        self.people.closed.connect(self.closed)
        self.back.clicked.connect(self.show_list)
        self.people.list.requested.connect(lambda *_: self.enter_page())
        self.people.list.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        self.people.offer(self.page.merge, self.page.part)
        self.setFocusProxy(self.people.filter)
        self.show_nobody()

    def _lay_out(self) -> None:
        self.empty.setProperty("role", "quiet")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        inside = QVBoxLayout(self.nobody)
        inside.setContentsMargins(0, 0, 0, 60)
        inside.addWidget(self.empty_heading)
        room = QHBoxLayout()  # a label that has a style takes no margins of its own
        room.setContentsMargins(90, 0, 90, 0)
        room.addWidget(self.empty)
        inside.addLayout(room, 1)
        self.back.setProperty("role", "link")
        for each in (self.page, self.nobody):
            each.setObjectName("viewInside")
            self.right.addWidget(each)
        beside = QFrame(self)
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above = QHBoxLayout()
        above.setContentsMargins(22, 0, 0, 0)
        above.addWidget(self.back)
        above.addStretch(1)
        column.addLayout(above)
        column.addWidget(self.right, 1)
        self.beside = beside
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.people)
        self.splitter.addWidget(beside)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([300, 700])
        self.people.setMinimumWidth(210)
        beside.setMinimumWidth(300)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)

    # ------------------------------------------------------------ shown

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.people.set_theme(theme)
        self.page.set_theme(theme)
        self.empty_heading.set_theme(theme)

    def refresh(self) -> None:
        """Ask for the people, and for the one that is shown, as they are now."""
        self.people.ask()
        if self.page.portrait is not None:
            self.person_requested.emit(self.page.portrait.person.name)

    def show_source(self, count: int, fetch: Fetch) -> None:
        """Show these people."""
        self.people.show_source(count, fetch)
        if self.right.currentWidget() is self.nobody:
            self.show_nobody()
            first = self.people.model.person(0)
            if first is not None:
                self.person_requested.emit(first.name)

    def show_portrait(self, portrait: Portrait) -> None:
        """Show a person."""
        self.page.show_portrait(portrait)
        self.right.setCurrentWidget(self.page)
        if self.people.chosen() != [portrait.person.name] and len(self.people.chosen()) < 2:
            self.people.select(portrait.person.name)

    def show_nobody(self) -> None:
        """Show no person: nobody was chosen yet, or there is nobody."""
        self.page.portrait = None
        self.right.setCurrentWidget(self.nobody)
        self.empty.setText(
            self.tr("Choose somebody to see what they said, and where.")
            if self.people.model.rowCount() or self.people.filter.text()
            else self.people.nobody_yet()
        )

    def come_back(self) -> None:
        """Go on in the list, at the person who was shown, or in their page where that stands alone."""
        if self._on_page and self.width() < ROOM_FOR_BOTH:
            self.enter_page()
        elif self.page.portrait is not None:
            self.people.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_selection(self) -> None:
        self.page.show_chosen(len(self.people.list.selectionModel().selectedRows()))

    # ------------------------------------------------------------ narrow

    def _fit(self) -> None:
        both = self.width() >= ROOM_FOR_BOTH
        self.people.setVisible(both or not self._on_page)
        self.people.be_alone(not both)
        self.beside.setVisible(both or self._on_page)
        self.back.setVisible(not both)
        self.people.heading.close_button.setVisible(not both)  # beside the page it is the page's

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show both where there is room."""
        super().resizeEvent(event)
        self._fit()

    def show_list(self) -> None:
        """In a narrow view, show the list again."""
        self._on_page = False
        self._fit()
        self.people.enter()

    def enter_page(self) -> None:
        """Put the keyboard into what the chosen person said; in a narrow view, show their page."""
        self._on_page = True
        self._fit()
        if self.right.currentWidget() is self.page:
            self.page.enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape in a narrow view leads from the page to the list first."""
        if event.key() == Qt.Key.Key_Escape and self._on_page and self.width() < ROOM_FOR_BOTH:
            self.show_list()
        else:
            super().keyPressEvent(event)
