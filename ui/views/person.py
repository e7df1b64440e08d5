"""The page of one person: who they are called, when they are quoted, what they said, where, and with whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.document import Span
from reader.text import excerpt, one_line
from ui.dates import date_in_words
from ui.numbers import figures
from ui.panels.cards import CardList
from ui.panels.filter_field import FilterField
from ui.panels.findings import Tab
from ui.panels.flow import FlowLayout
from ui.panels.rows import ROW, GrowingModel, RowDelegate, RowList
from ui.theme import Theme
from ui.views.heading import Heading
from ui.views.people_list import role_of
from ui.views.person_cards import (
    ArticleDelegate,
    ArticleModel,
    CompanyDelegate,
    CompanyModel,
    Group,
    MentionDelegate,
    SayingDelegate,
    SpotModel,
)
from ui.views.suggested import SuggestionRow
from ui.views.timeplot import TimePlot, buckets

if TYPE_CHECKING:
    from reader.library.people.register import Appearance, Company, Spot
    from ui.library.portraits import Around, Portrait

TABS = ("quotations", "mentions", "articles", "company")
TYPING_MS = 250  # after so long without a key, the words are looked for
MOST_ALIASES = 12
WIDEST = 800  # pixels
ABOUT = 170  # pixels of the field for words
ROOM_FOR_BUTTONS = 520

Fetch = Callable[[Sequence[int]], Mapping[int, Any]]


def _as_high_as_needed(horizontal: QSizePolicy.Policy) -> QSizePolicy:
    policy = QSizePolicy(horizontal, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


class PersonPage(QFrame):
    """One person; what it shows is fetched by `sayings` and `mentioned`, called with numbers."""

    open_requested = Signal(int, object)  # document, Span or None
    about_requested = Signal(str)
    person_requested = Signal(str)
    merge_requested = Signal()
    part_requested = Signal()
    suggestion_accepted = Signal(object)  # Suggestion
    suggestion_refused = Signal(object)  # Suggestion
    problem = Signal(object)  # ReaderError
    closed = Signal()

    def __init__(self, sayings: Fetch, mentioned: Fetch, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self.portrait: Portrait | None = None
        self._around: Around | None = None
        self._found: Sequence[Spot] = ()  # the quotations with the words that are looked for
        self._time = ""  # the month or year that alone is shown
        self.heading = Heading("", "", self)
        self.merge = QPushButton(self.tr("Merge with…"), self)
        self.part = QPushButton(self.tr("Another person…"), self)
        self.part.setToolTip(self.tr("In some articles this is another person"))
        self.more = QToolButton(self)
        self._add_tools()
        self.heading.title.setWordWrap(True)
        self.aliases = QWidget(self)
        self._chips = FlowLayout(self.aliases, spacing=5)
        self.aliases.setSizePolicy(_as_high_as_needed(QSizePolicy.Policy.Preferred))
        self.suggested = SuggestionRow(self)
        self.plot = TimePlot(self)
        self.about = FilterField(self)
        self.about.setPlaceholderText(self.tr("about…"))
        self.about.setAccessibleName(self.tr("Only quotations with these words"))
        self.about.setClearButtonEnabled(False)
        self.period = QToolButton(self)
        self.period.setProperty("role", "chip")
        self._period = QWidget(self)
        beside = QHBoxLayout(self._period)
        beside.setContentsMargins(8, 6, 0, 0)
        beside.addWidget(self.period)
        self._period.hide()
        self._typed = QTimer(self, singleShot=True, interval=TYPING_MS)
        self.stack = QStackedWidget(self)
        self.tabs: dict[str, Tab] = {}
        self.lists: dict[str, RowList] = {}
        self.delegates: dict[str, RowDelegate] = {}
        self._group = QButtonGroup(self)
        self.quotations = SpotModel(self, sayings, self.problem.emit)
        self.mentions = SpotModel(self, mentioned, self.problem.emit)
        self.articles, self.company = ArticleModel(self), CompanyModel(self)
        self._add_tab("quotations", self.tr("Quotations"), self.quotations, SayingDelegate)
        self._add_tab("mentions", self.tr("Mentions"), self.mentions, MentionDelegate)
        self._add_tab("articles", self.tr("Articles"), self.articles, ArticleDelegate)
        self._add_tab("company", self.tr("Company"), self.company, CompanyDelegate)
        self.tabs["quotations"].setChecked(True)
        self._lay_out()
        self._join()

    def _add_tools(self) -> None:
        menu = QMenu(self.more)
        self.more.setObjectName("barButton")
        self.more.setText("⋯")
        self.more.setAccessibleName(self.tr("Who this is"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(menu)
        for button in (self.merge, self.part):
            menu.addAction(button.text(), button.click)
        for tool in (self.merge, self.part, self.more):
            self.heading.tools.addWidget(tool)

    def _add_tab(
        self, key: str, title: str, model: GrowingModel, delegate: Callable[[CardList], RowDelegate]
    ) -> None:
        tab, cards = Tab(title, self), CardList(self)
        cards.setAccessibleName(title)
        self.tabs[key], self.lists[key], self.delegates[key] = tab, cards, delegate(cards)
        cards.setModel(model)
        cards.setItemDelegate(self.delegates[key])
        cards.requested.connect(partial(self._on_requested, key))
        self._group.addButton(tab)
        self.stack.addWidget(cards)
        tab.clicked.connect(partial(self.show_tab, key))
        tab.stepped.connect(partial(self._step, key))

    def _lay_out(self) -> None:
        head, bar = QVBoxLayout(), QFrame(self)
        head.setContentsMargins(28, 0, 26, 4)
        head.setSpacing(9)
        head.addWidget(self.aliases)
        head.addWidget(self.suggested)
        head.addWidget(self.plot)
        bar.setObjectName("tabBar")
        tabs = QWidget(bar)
        row = QHBoxLayout(tabs)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for tab in self.tabs.values():
            row.addWidget(tab)
        around = QVBoxLayout(bar)
        around.setContentsMargins(20, 2, 26, 0)
        flow = QWidget(bar)
        flow.setMaximumWidth(WIDEST + 8)
        flow.setSizePolicy(_as_high_as_needed(QSizePolicy.Policy.Expanding))
        words = FlowLayout(flow, spacing=6, last_right=True)
        words.addWidget(tabs)
        words.addWidget(self._period)
        words.addWidget(self.about)
        around.addWidget(flow)
        self.about.setFixedWidth(ABOUT)
        self.about.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        # Wider lines of a quotation are hard to read.
        for each in (self.aliases, self.suggested, self.plot, self.stack):
            each.setMaximumWidth(WIDEST)
        inside = QHBoxLayout()
        inside.setContentsMargins(16, 8, 8, 0)
        inside.addWidget(self.stack, 1)
        inside.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.heading)
        column.addLayout(head)
        column.addWidget(bar)
        column.addLayout(inside, 1)

    def _join(self) -> None:
        self.heading.closed.connect(self.closed)
        self.merge.clicked.connect(lambda: self.merge_requested.emit())
        self.part.clicked.connect(lambda: self.part_requested.emit())
        self.suggested.accepted.connect(self.suggestion_accepted)
        self.suggested.refused.connect(self.suggestion_refused)
        self.suggested.person_requested.connect(self.person_requested)
        self.plot.chosen.connect(self._on_time)
        self.period.clicked.connect(lambda: self.show_time(""))
        self.about.textChanged.connect(lambda _: self._typed.start())
        self.about.left_down.connect(self.enter)
        self._typed.timeout.connect(lambda: self.about_requested.emit(self.about.text().strip()))

    # ------------------------------------------------------------ shown

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self._theme = theme
        self.heading.set_theme(theme)
        self.plot.set_theme(theme)
        for delegate in self.delegates.values():
            delegate.set_theme(theme)

    def show_portrait(self, portrait: Portrait) -> None:
        """Show a person; of the same one the tab, the words and the place in the lists stay."""
        same = self.portrait is not None and self.portrait.person.name == portrait.person.name
        if portrait == self.portrait:
            return
        scrolled = {key: cards.verticalScrollBar().value() for key, cards in self.lists.items()}
        self.portrait = portrait
        self.heading.title.setText(one_line(portrait.person.name))
        self.heading.say(self._roles(portrait))
        self.heading.remark.setVisible(bool(portrait.roles))
        self._show_aliases(portrait)
        mentions = self.delegates["mentions"]
        assert isinstance(mentions, MentionDelegate)
        mentions.role = role_of(portrait.person)
        self.plot.show_buckets(
            buckets((each.date, each.quotations) for each in portrait.appearances), role_of(portrait.person)
        )
        if not same:
            self._forget_words()
            self.show_around(None)
            self._time = ""
        if not self.about.text().strip():
            self._found = portrait.quotations
        self.show_time(self._time)
        self.part.setEnabled(len(portrait.appearances) > 1)
        if same:
            for key, cards in self.lists.items():
                cards.verticalScrollBar().setValue(scrolled[key])
        elif not portrait.quotations and self.tab == "quotations":
            self.show_tab("mentions")
        elif portrait.quotations and self.tab == "mentions":
            self.show_tab("quotations")

    def show_quotations(self, spots: Sequence[Spot]) -> None:
        """Show these of the person's quotations."""
        self._found = spots
        words, alone = (
            self.about.text().strip(),
            self.tr("Nothing is of this time. Press × above to see all of it."),
        )
        self.lists["quotations"].set_empty(
            self.tr("No quotation has these words. Empty the field to see all of them.")
            if words
            else alone
            if self._time
            else self.tr("No article quotes them.")
        )
        self.lists["mentions"].set_empty(
            alone if self._time else self.tr("No article names them; they are only quoted.")
        )
        self._fill("quotations", self.quotations, spots)

    def show_around(self, around: Around | None) -> None:
        """Show who is with the person and who may be the same one, as soon as it is known."""
        if around is not None and around == self._around:
            return
        self._around = around
        self.suggested.show_suggestions(around.suggestions if around is not None else ())
        self.company.replace(self._company(around) if around is not None else [])

    def show_time(self, date: str) -> None:
        """Show what is of a month or a year alone, or ("") of all the time."""
        self._time = date
        self.plot.keep(date)
        words = date_in_words(date, full=True)
        self.period.setText(f"{words}  ×")
        self.period.setAccessibleName(self.tr("{} alone; show all of the time").format(words))
        self.period.setToolTip(self.tr("Show all of the time"))
        self._period.setVisible(bool(date))
        if self.portrait is not None:
            self.show_quotations(self._found)
            self._fill("mentions", self.mentions, self.portrait.mentions)
            self._fill("articles", self.articles, self.portrait.appearances)

    def _fill(self, key: str, model: GrowingModel, several: Sequence[Spot | Appearance]) -> None:
        """List what is of the time that is shown, and say at the tab how many that are."""
        shown = [each for each in several if each.date.startswith(self._time)]
        model.replace(shown)
        self.tabs[key].show_count(len(shown))

    def show_chosen(self, number: int) -> None:
        """Say how many people are chosen in the list: they are who can be merged."""
        self.merge.setText(
            self.tr("Merge {} people…").format(figures(number)) if number > 1 else self.tr("Merge with…")
        )

    def _forget_words(self) -> None:
        self.about.blockSignals(True)
        self.about.clear()
        self.about.blockSignals(False)
        self._typed.stop()

    @staticmethod
    def _roles(portrait: Portrait) -> str:
        roles = [excerpt(words, limit=60) for words, _ in portrait.roles[:3]]
        return ", ".join([each[:1].upper() + each[1:] for each in roles[:1]] + roles[1:])

    def _show_aliases(self, portrait: Portrait) -> None:
        while (item := self._chips.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        shown = [each for each in portrait.aliases if each[0] != portrait.person.name]
        for alias, count in shown[:MOST_ALIASES]:
            chip = QLabel(excerpt(alias, limit=40), self.aliases)
            chip.setProperty("role", "chip")
            chip.setTextFormat(Qt.TextFormat.PlainText)
            inside = self.tr("So called in {} article") if count == 1 else self.tr("So called in {} articles")
            chip.setToolTip(inside.format(figures(count)))
            self._chips.addWidget(chip)
            chip.show()
        self.aliases.setVisible(bool(shown))
        self.aliases.setAccessibleName(
            self.tr("Also called {}").format(", ".join(one_line(alias) for alias, _ in shown[:MOST_ALIASES]))
        )
        self.aliases.updateGeometry()

    def _company(self, around: Around) -> list[object]:
        number = QLocale().toString
        articles, article = self.tr("{} articles"), self.tr("{} article")
        quotations, quotation = self.tr("{} quotations"), self.tr("{} quotation")

        def rows(title: str, company: Sequence[Company], *, quoted: bool) -> list[object]:
            found: list[object] = [Group(title)] if company else []
            for each in company:
                count = each.quotations if quoted else each.documents
                words = (
                    (quotation if count == 1 else quotations)
                    if quoted
                    else (article if count == 1 else articles)
                )
                found.append((each, words.format(number(count))))
            return found

        return [
            *rows(self.tr("Named in the same articles"), around.together, quoted=False),
            *rows(self.tr("Quoted in the same articles"), around.beside, quoted=True),
            *rows(self.tr("Name them in what they say"), around.speaking, quoted=True),
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what can be done into a menu where there is no room for buttons."""
        super().resizeEvent(event)
        wide = self.width() >= ROOM_FOR_BUTTONS
        self.merge.setVisible(wide)
        self.part.setVisible(wide)
        self.more.setVisible(not wide)

    # ------------------------------------------------------------ asked

    @property
    def tab(self) -> str:
        """The tab that is seen."""
        return TABS[self.stack.currentIndex()]

    def show_tab(self, key: str, *_clicked: bool) -> None:
        """Show a tab."""
        self.stack.setCurrentIndex(TABS.index(key))
        self.tabs[key].setChecked(True)
        self.about.setVisible(key == "quotations")

    def _step(self, key: str, step: int) -> None:
        following = TABS[(TABS.index(key) + step) % len(TABS)]
        self.show_tab(following)
        self.tabs[following].setFocus(Qt.FocusReason.TabFocusReason)

    def enter(self) -> None:
        """Put the keyboard into the list that is seen."""
        cards = self.lists[self.tab]
        cards.setFocus(Qt.FocusReason.TabFocusReason)
        if not cards.currentIndex().isValid() and cards.model().rowCount():
            cards.setCurrentIndex(cards.model().index(0, 0))

    def _on_time(self, date: str) -> None:
        """Show what is of this month or year, or of all the time where that is shown already."""
        self.show_time("" if date == self._time else date)
        if self._time and not self.quotations.rows() and self.tab == "quotations":
            self.show_tab("articles")
        elif self.tab == "company":
            self.show_tab("quotations" if self.quotations.rows() else "articles")

    def _on_requested(self, key: str, index: QModelIndex, _shift: bool) -> None:
        row = index.data(ROW)
        if row is None or isinstance(row, Group):
            return
        if key == "company":
            self.person_requested.emit(row[0].name)
        elif key == "articles":
            self.open_requested.emit(row.document_id, None)
        else:
            span = row.span if key == "mentions" else Span(row.start, row.end)
            self.open_requested.emit(row.document_id, span)
