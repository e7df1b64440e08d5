"""The card in which a note is written: words, tags and a pen; it keeps them until they are on disk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.model import Colour
from reader.text import one_line
from ui.dialogs.tags import TagField, TagRoom
from ui.page.toolbar import ColourDot
from ui.panels.rows import in_lines
from ui.theme import Theme, interface_font, page_font

WIDTH = 34  # in widths of an average letter
FEWEST_LINES, MOST_LINES = 3, 12


class NoteEditor(QFrame):
    """One note being written. It has no place of its own: whoever shows it puts it where it belongs."""

    saved = Signal(str, tuple, object)  # note, tags, Colour
    cancelled = Signal()
    delete_requested = Signal()
    draft_changed = Signal(str, tuple)  # note, tags: not saved yet

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("noteEditor")
        self.setAccessibleName(self.tr("Note"))
        self._loading = False
        self.dots = self._make_dots()
        self.excerpt = QLabel(self)
        self.excerpt.setProperty("role", "quiet")
        self.excerpt.setTextFormat(Qt.TextFormat.PlainText)
        self.note = QPlainTextEdit(self)
        self.note.setProperty("role", "bare")
        self.note.setPlaceholderText(self.tr("Write a note…"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.setTabChangesFocus(True)
        self.note.document().setDocumentMargin(1)
        self.note.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)  # lines are broken
        self.tags = TagField(self)
        self.error = QLabel(self)
        self.error.setProperty("role", "error")
        self.error.setWordWrap(True)
        self.error.setTextFormat(Qt.TextFormat.PlainText)
        self.delete = self._link(self.tr("Delete"))
        self.cancel = self._link(self.tr("Cancel"))
        self.save = QPushButton(self.tr("Save"), self)
        self.save.setDefault(True)
        self.save.setToolTip(self.tr("Save the note (Ctrl+Enter)"))
        self._lay_out()
        self._join()

    def _make_dots(self) -> dict[Colour, ColourDot]:
        names = {
            Colour.YELLOW: self.tr("Yellow"),
            Colour.GREEN: self.tr("Green"),
            Colour.BLUE: self.tr("Blue"),
            Colour.PINK: self.tr("Pink"),
            Colour.ORANGE: self.tr("Orange"),
        }
        group = QButtonGroup(self)
        dots = {}
        for colour, name in names.items():
            dot = ColourDot(colour, self)
            dot.setCheckable(True)
            dot.setAccessibleName(name)
            dot.setToolTip(name)
            group.addButton(dot)
            dots[colour] = dot
        return dots

    def _link(self, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("role", "link")
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        pens = QHBoxLayout()
        pens.setSpacing(4)
        for dot in self.dots.values():
            pens.addWidget(dot)
        pens.addStretch(1)
        pens.addWidget(self.delete)
        ends = QHBoxLayout()
        ends.setSpacing(10)
        ends.addStretch(1)
        ends.addWidget(self.cancel)
        ends.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 11, 14, 12)
        column.setSpacing(8)
        column.addLayout(pens)
        column.addWidget(self.excerpt)
        column.addWidget(self.note)
        column.addWidget(TagRoom(self.tags, self))
        column.addWidget(self.error)
        column.addLayout(ends)
        QWidget.setTabOrder(self.note, self.tags.field)
        QWidget.setTabOrder(self.tags.field, self.save)
        QWidget.setTabOrder(self.save, self.cancel)
        QWidget.setTabOrder(self.cancel, self.delete)

    def _join(self) -> None:
        self.note.textChanged.connect(self._on_changed)
        # What is pasted or set is broken into lines only after it was told that it changed.
        self.note.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self.tags.changed.connect(self._on_changed)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.cancelled)
        self.delete.clicked.connect(self.delete_requested)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, slot in (
            ("Ctrl+Return", self._save),
            ("Ctrl+Enter", self._save),
            ("Escape", self.cancelled.emit),
        ):
            QShortcut(QKeySequence(keys), self, context=within).activated.connect(slot)

    # ------------------------------------------------------------ what is written

    def edit_whole(
        self,
        heading: str,
        *,
        note: str,
        tags: Iterable[str],
        known_tags: Sequence[str],
        existing: bool,
    ) -> None:
        """Begin to write on the article as a whole, for which there is no pen."""
        self.edit(heading, note=note, tags=tags, known_tags=known_tags, existing=existing)
        for dot in self.dots.values():
            dot.hide()
        self._fit()

    def edit(
        self,
        excerpt: str,
        *,
        note: str = "",
        tags: Iterable[str] = (),
        colour: Colour = Colour.YELLOW,
        known_tags: Sequence[str] = (),
        existing: bool = True,
        focus_tags: bool = False,
    ) -> None:
        """Begin to write on the passage `excerpt`; `existing` offers to delete it."""
        self._loading = True
        letter = QFontMetricsF(interface_font()).averageCharWidth()
        self.setFixedWidth(round(WIDTH * letter * 1.25))
        font = page_font(13.5 / 17.5)
        self.excerpt.setFont(font)
        room = self.width() - 32
        self.excerpt.setText("\n".join(in_lines(one_line(excerpt), font, room, lines=2)))
        self.excerpt.setVisible(bool(excerpt.strip()))
        self.note.setPlainText(note)
        self.tags.set_tags(tags, known_tags)
        self.dots[colour].setChecked(True)
        self.delete.setVisible(existing)
        self.error.hide()
        self._loading = False
        self._fit()
        cursor = self.note.textCursor()
        cursor.movePosition(cursor.MoveOperation.End)
        self.note.setTextCursor(cursor)
        first = self.tags.field if focus_tags else self.note
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def colour(self) -> Colour:
        """Return the chosen pen."""
        return next((colour for colour, dot in self.dots.items() if dot.isChecked()), Colour.YELLOW)

    def show_error(self, sentence: str) -> None:
        """Say why the note could not be saved; the words stay where they are."""
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        for colour, dot in self.dots.items():
            dot.shade = theme.colour(str(colour))
            dot.line = theme.colour(f"{colour}_edge")
            dot.update()

    def _on_changed(self) -> None:
        if not self._loading:
            self._fit()
            self.draft_changed.emit(self.note.toPlainText().strip(), self.tags.tags())

    def _fit(self) -> None:
        """Be as high as the words need, within limits."""
        lines = max(FEWEST_LINES, min(MOST_LINES, round(self.note.document().size().height())))
        step = QFontMetricsF(self.note.font()).lineSpacing()
        self.note.setFixedHeight(round(lines * step) + 6)
        self.updateGeometry()
        self.adjustSize()

    def sizeHint(self) -> QSize:
        """As wide as it is, and as high as its words and tags are at that width."""
        within = self.layout()
        if within is None:
            return QSize(self.width(), 0)
        by_width = within.hasHeightForWidth()  # where there is an error to be read
        height = within.totalHeightForWidth(self.width()) if by_width else within.totalSizeHint().height()
        return QSize(self.width(), height)

    def _save(self) -> None:
        self.show_error("")
        self.saved.emit(self.note.toPlainText().strip(), self.tags.tags(), self.colour())
