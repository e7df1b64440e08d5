"""The menu of what can be said of a name or a quotation against the machine. It asks, and makes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from reader.document import Span
from reader.model import Entity, Label, Mention, Quote, Scope
from reader.text import excerpt

MOST_LETTERS = 34  # of the words that a menu names


@dataclass(frozen=True, slots=True)
class Target:
    """What something is said of: words where they stand, or all that is called by a name; and a quotation.

    `span` are words that may be a name, `mention` the one that the machine took them for or that lies in
    them. `entity` is who or what all of it is, `forms` how it is spelled in the text, each once. `others`
    are those of them that are not its name.
    """

    span: Span | None = None
    mention: Mention | None = None
    quote: Quote | None = None
    entity: Entity | None = None
    forms: tuple[Span, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def is_named(self) -> bool:
        """Tell whether something can be said of a name."""
        return self.span is not None or self.entity is not None

    @property
    def who(self) -> str:
        """The name of the person or body that is meant, or else of who speaks; "" where it is neither."""
        named = self.entity or self.mention
        if named is not None and named.label in (Label.PERSON, Label.ORG):
            return named.name
        return (self.quote.speaker or "") if self.quote is not None else ""


class LetterMenu(QMenu):
    """A menu whose underlined letters are its own while it is open, though they are keys of the page too."""

    def event(self, event: QEvent) -> bool:
        """Take a letter before it becomes a shortcut."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


class CorrectionMenu(LetterMenu):
    """Types of names, who is one with whom, who said it; how far it reaches is chosen without leaving."""

    type_chosen = Signal(object)  # Label, or None for no name
    same_requested = Signal()  # who is meant is to be asked for
    apart_chosen = Signal(str)  # these words, a name that it goes by, mean somebody else
    speaker_requested = Signal()  # who says it is to be asked for
    no_quotation_chosen = Signal()
    library_requested = Signal()  # who it is is to be seen in all articles

    def __init__(self, target: Target, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)
        self.target = target
        self.reaches: dict[Scope, QAction] = {}
        self.scope = Scope.DOCUMENT if target.is_named else Scope.HERE
        if target.is_named:
            words = target.entity.name if target.entity else target.span.of(text) if target.span else ""
            self._heading(self.tr("“{}” is…").format(excerpt(words, limit=MOST_LETTERS)))
            self._add_types()
            self._add_identity(text)
        if target.quote is not None:
            if target.is_named:
                self.addSeparator()
            words = " ".join(span.of(text) for span in target.quote.content).strip('“”"«»„ ')
            self._heading(f"“{excerpt(words, limit=MOST_LETTERS)}”")
            self.addAction(self.tr("Said b&y…")).triggered.connect(lambda: self.speaker_requested.emit())
            self.addAction(self.tr("Not a &quotation")).triggered.connect(
                lambda: self.no_quotation_chosen.emit()
            )
        self._add_reaches()
        if target.who:
            self.addSeparator()
            across = self.addAction(self.tr("Show across the library"))
            across.triggered.connect(lambda: self.library_requested.emit())

    def _heading(self, words: str) -> None:
        action = self.addAction(words.replace("&", "&&"))
        action.setEnabled(False)

    def _add_types(self) -> None:
        usual = (
            (Label.PERSON, self.tr("a &person")),
            (Label.ORG, self.tr("an &organisation")),
            (Label.GPE, self.tr("a &country or city")),
            (Label.LOC, self.tr("another p&lace")),
            (Label.FAC, self.tr("a &building or site")),
            (Label.NORP, self.tr("a nationality or &group")),
            (Label.EVENT, self.tr("an &event")),
            (Label.WORK_OF_ART, self.tr("a &work")),
        )
        further = (
            (Label.PRODUCT, self.tr("a &product")),
            (Label.LAW, self.tr("a &law")),
            (Label.LANGUAGE, self.tr("a la&nguage")),
            (Label.MISC, self.tr("&another name")),
        )
        target = self.target
        present = target.entity.label if target.entity else target.mention.label if target.mention else None
        exact = target.entity is not None or (
            target.mention is not None and target.mention.span == target.span
        )
        for label, words in usual:
            self._add_type(self, label, words, checked=exact and label is present)
        more = LetterMenu(self.tr("someth&ing else"), self)
        self.addMenu(more)
        for label, words in further:
            self._add_type(more, label, words, checked=exact and label is present)
        if present is not None:
            self.addAction(self.tr("&not a name")).triggered.connect(lambda: self.type_chosen.emit(None))

    def _add_type(self, menu: QMenu, label: Label, words: str, *, checked: bool) -> None:
        action = menu.addAction(words)
        action.setCheckable(checked)
        action.setChecked(checked)
        action.triggered.connect(lambda: self.type_chosen.emit(label))

    def _add_identity(self, text: str) -> None:
        target = self.target
        if target.entity is None and (target.mention is None or target.mention.span != target.span):
            return
        self.addSeparator()
        self.addAction(self.tr("the &same as…")).triggered.connect(lambda: self.same_requested.emit())
        if len(target.others) == 1:
            name = target.entity.name if target.entity else target.mention.name if target.mention else ""
            words = self.tr("not {}").format(excerpt(name, limit=MOST_LETTERS))
            if target.entity is not None:
                words = self.tr("not “{}”").format(excerpt(target.others[0], limit=MOST_LETTERS))
            self._add_apart(self, words, target.others[0])
        elif target.others:
            menu = self.addMenu(self.tr("no&t the same as"))
            for words in target.others:
                self._add_apart(menu, f"“{excerpt(words, limit=MOST_LETTERS)}”", words)

    def _add_apart(self, menu: QMenu, shown: str, words: str) -> None:
        menu.addAction(shown.replace("&", "&&")).triggered.connect(partial(self._on_apart, words))

    def _on_apart(self, words: str, _checked: bool = False) -> None:
        self.apart_chosen.emit(words)

    # ------------------------------------------------------------ how far it reaches

    def _add_reaches(self) -> None:
        self.addSeparator()
        group = QActionGroup(self)
        for scope, words in (
            (Scope.HERE, self.tr("Only &here")),
            (Scope.DOCUMENT, self.tr("In this &article")),
            (Scope.EVERYWHERE, self.tr("Everywhe&re")),
        ):
            if scope is Scope.HERE and self.target.entity is not None:
                continue  # all of it has no one place
            action = self.addAction(words)
            action.setCheckable(True)
            action.setChecked(scope is self.scope)
            action.triggered.connect(partial(self._on_reach, scope))
            group.addAction(action)
            self.reaches[scope] = action

    def _on_reach(self, scope: Scope, _checked: bool = False) -> None:
        self.scope = scope

    def _stays(self, action: QAction | None) -> bool:
        """Choose how far it reaches, if that is what was chosen, without closing the menu."""
        if action is None or action not in self.reaches.values():
            return False
        action.trigger()
        return True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A choice closes the menu, save that of how far it reaches."""
        if not self._stays(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """So do the keys, and the underlined letters too."""
        chosen = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if chosen and self._stays(self.activeAction()):
            return
        letter = event.text().casefold()
        for action in self.reaches.values():
            if letter and f"&{letter}" in action.text().casefold():
                action.trigger()
                self.setActiveAction(action)
                return
        super().keyPressEvent(event)
