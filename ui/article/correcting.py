"""Corrections in the window: what is said of a name or a quotation becomes a change, and can be undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from reader.document import Span
from reader.errors import ReaderError
from reader.model import Change, Correction, Entity, Label, Mention, Quote, Scope
from reader.text import excerpt, one_line
from ui.article.correction_menu import CorrectionMenu, Target
from ui.dialogs.who import WhoPopover, WhoRow
from ui.frame import Frame
from ui.menus import for_once
from ui.page.selection import trimmed
from ui.page.toolbar import SelectionToolbar
from ui.panels.names import NameRow
from ui.session import Session
from ui.theme import Theme, label_role
from ui.undoing import UndoBar

MOST_LETTERS = 120  # nothing longer is a name
# Who can be said to say something, the likeliest first; dates and amounts can't.
_ORDER = ("person", "organisation", "group", "place", "other")


class Corrector(QObject):
    """Asks what is meant, and tells in a sentence what was kept."""

    told = Signal(str)  # a quiet sentence for the reader
    person_requested = Signal(str)  # who is called so in this article is to be seen in all of them

    def __init__(self, session: Session, frame: Frame, toolbar: SelectionToolbar) -> None:
        super().__init__(frame)
        self._session, self._frame, self._toolbar = session, frame, toolbar
        self._bar = UndoBar(session.history, frame.messages, parent=self)
        self._before: QWidget | None = None  # what had the keyboard
        self._answer: Callable[[Entity | None, Scope], object] | None = None
        self.who = WhoPopover(frame)
        self.who.chosen.connect(self._on_chosen)
        self.who.cancelled.connect(self._give_back)
        self.told.connect(frame.messages.show_message)
        toolbar.kind_requested.connect(self._on_toolbar)
        frame.findings.names.correct_requested.connect(self._on_name)
        frame.findings.quotes.correct_requested.connect(self._on_quote)
        frame.findings.quotes.speaker_requested.connect(self._on_speaker)
        session.document_opened.connect(self.who.hide)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme's colours."""
        self.who.set_theme(theme)

    # ------------------------------------------------------------ asked for

    def correct(self) -> None:
        """Offer what can be said of the selection, or of the name or quotation at the caret."""
        target = self._at_page()
        if target is not None:
            self._popup(target, self._beside(target).bottomLeft())

    def ask_speaker(self) -> None:
        """Ask who says the quotation at the caret or the current one."""
        target = self._at_page()
        if target is None:
            return
        if target.quote is None:
            self.told.emit(self.tr("Put the caret into a quotation first, or go to one with Q."))
        else:
            self._ask_speaker(target.quote, self._beside(target))

    def menu_here(self, parent: QMenu) -> QMenu | None:
        """Return what can be said of what was pointed at, for the menu of the place."""
        target = self._found(pointed=True) if self._session.document_id is not None else None
        return self._menu(target, parent) if target is not None else None

    def _on_toolbar(self) -> None:
        target = self._at_page()
        if target is not None:
            button = self._toolbar.kind
            self._popup(target, button.mapToGlobal(button.rect().bottomLeft()) + QPoint(0, 4))

    def _on_name(self, row: NameRow, at: QPoint) -> None:
        if self._can_correct():
            self._popup(self._all_of(row), at, beside=QRect(at, at))

    def _on_quote(self, index: int, at: QPoint) -> None:
        if self._can_correct():
            self._popup(Target(quote=self._session.quotes[index]), at, beside=QRect(at, at))

    def _on_speaker(self, index: int, beside: QRect) -> None:
        if self._can_correct():
            self._ask_speaker(self._session.quotes[index], beside)

    def _can_correct(self) -> bool:
        if self._session.previewing:
            self.told.emit(self.tr("This article is still being read. You can correct it in a moment."))
        return self._session.document_id is not None

    # ------------------------------------------------------------ what it is about

    def _at_page(self) -> Target | None:
        if not self._can_correct():
            return None
        target = self._found()
        if target is None:
            self.told.emit(
                self.tr("Select the words that are a name, or go to a name with M or to a quotation with Q.")
            )
        return target

    def _found(self, *, pointed: bool = False) -> Target | None:
        page = self._frame.page
        marks, chosen, current = page.marks, page.selection.span, page.marks.current
        # What is ringed was gone to after the words were selected: selecting takes the ring away.
        if current is not None and not pointed and (chosen is not None or not page.caret_shown):
            quotes = [quote for quote in marks.quotes.within(current) if quote.span == current]
            mentions = [mention for mention in marks.names.within(current) if mention.span == current]
            if quotes or mentions:
                return self._target(mentions[0] if mentions else None, quotes[0] if quotes else None)
        if chosen is not None:
            span = trimmed(page.document.text, chosen)
            return self._selected(span) if span is not None else None
        offset = page.selection.caret
        mention = marks.names.at(offset) or (marks.names.at(offset - 1) if offset else None)
        quote = marks.quote_at(offset) or (marks.quote_at(offset - 1) if offset else None)
        return self._target(mention, quote) if mention or quote else None

    def _selected(self, span: Span) -> Target | None:
        marks, words = self._frame.page.marks, span.of(self._frame.page.document.text)
        mentions = marks.names.within(span)
        mention = next((each for each in mentions if each.span == span), mentions[0] if mentions else None)
        quotes = [
            quote for quote in marks.quotes.within(span) if any(part.overlaps(span) for part in quote.content)
        ]
        quote = min(quotes, key=lambda each: len(each.span), default=None)
        if len(words) > MOST_LETTERS or "\n" in words:
            return Target(quote=quote) if quote is not None else None
        return self._target(mention, quote, span)

    def _target(self, mention: Mention | None, quote: Quote | None, span: Span | None = None) -> Target:
        from reader.analysis.identity import key_of

        if mention is None:
            return Target(span, quote=quote)
        words = one_line(mention.span.of(self._frame.page.document.text))
        others = (words,) if key_of(words) != key_of(mention.name) else ()
        return Target(span or mention.span, mention, quote, others=others)

    def _all_of(self, row: NameRow) -> Target:
        """Return all that is called by a name, with each of its spellings once."""
        from reader.analysis.identity import key_of, spelling

        text = self._frame.page.document.text
        forms: dict[str, Span] = {}
        for span in row.spans:
            forms.setdefault(spelling(span.of(text)), span)
        others = {key_of(each): one_line(span.of(text)) for each, span in forms.items()}
        others.pop(key_of(row.name), None)
        entity = Entity(row.name, row.label)
        return Target(entity=entity, forms=tuple(forms.values()), others=tuple(others.values()))

    def _beside(self, target: Target) -> QRect:
        """Return where on the screen the words are, or what is in view of them."""
        page = self._frame.page
        span = target.span or (target.quote.span if target.quote is not None else None)
        rects = page.rects_of(span) if span is not None else []
        seen = [rect for rect in rects if 0 <= rect.top() < page.viewport().height()]
        if not seen:
            return QRect(page.viewport().mapToGlobal(page.viewport().rect().center()), page.size() / 4)
        first, last = seen[0].toRect(), seen[-1].toRect()
        whole = QRect(last.left(), first.top(), last.width(), last.bottom() - first.top())
        return QRect(page.viewport().mapToGlobal(whole.topLeft()), whole.size())

    # ------------------------------------------------------------ asking

    def _menu(self, target: Target, parent: QWidget, *, beside: QRect | None = None) -> CorrectionMenu:
        """Make the menu; what it asks for is asked beside this rectangle of the screen, or the words."""
        where = beside or self._beside(target)
        menu = CorrectionMenu(target, self._frame.page.document.text, parent)
        menu.setTitle(self.tr("This is a…") if target.is_named else self.tr("Correct the quotation"))
        menu.type_chosen.connect(lambda label: self._say_type(target, label, menu.scope))
        menu.same_requested.connect(lambda: self._ask_same(target, menu.scope, where))
        menu.apart_chosen.connect(lambda words: self._say_apart(target, words, menu.scope))
        menu.no_quotation_chosen.connect(lambda: self._say_no_quotation(target, menu.scope))
        menu.library_requested.connect(lambda: self.person_requested.emit(target.who))
        menu.speaker_requested.connect(
            lambda: self._ask_speaker(target.quote, where) if target.quote else None
        )
        return menu

    def _popup(self, target: Target, at: QPoint, *, beside: QRect | None = None) -> None:
        self._remember_focus()
        for_once(self._menu(target, self._frame, beside=beside)).popup(at)

    def _remember_focus(self) -> None:
        held = self._frame.window().focusWidget()
        if held is not None and not self.who.isAncestorOf(held):
            self._before = held

    def _give_back(self) -> None:
        """Give the keyboard back to what had it."""
        before, self._before = self._before, None
        (before or self._frame.page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _rows(self, *, without: str = "") -> list[WhoRow]:
        """Return who and what is named in the article, the people first and the most named before others."""
        from reader.analysis.corrections import words_key

        counts = Counter((each.label, each.name) for each in self._session.mentions)
        known = {(each.label, each.name): each for each in self._session.entities}
        found = [
            (_ORDER.index(role), -count, known.get((label, name), Entity(name, label)))
            for (label, name), count in counts.items()
            if (role := label_role(label)) in _ORDER and name != without
        ]
        found.sort(key=lambda each: (each[0], each[1], words_key(each[2].name)))
        return [
            WhoRow(each.name, each, excerpt(each.description, limit=40), each.aliases) for *_, each in found
        ]

    def _ask_speaker(self, quote: Quote, beside: QRect) -> None:
        from reader.analysis.corrections import source_key

        self._remember_focus()
        text = self._frame.page.document.text
        source = " ".join(one_line(span.of(text)) for span in quote.source)
        if source_key(source):
            told = self.tr("Whatever comes from “{}” in this article."), self.tr("The same in every article.")
            told = told[0].format(excerpt(source, limit=40)), told[1]
        else:
            told = (
                self.tr("These words, wherever this article quotes them."),
                self.tr("These words, in whichever article they are quoted."),
            )
        nobody = WhoRow(self.tr("Nobody known"), None)
        self._answer = partial(self._say_speaker, quote)
        self.who.ask(
            self.tr("Who says this?"),
            " … ".join(span.of(text) for span in quote.content),
            [*self._rows(), nobody],
            current=quote.speaker or "",
            new_label=Label.PERSON,
            reaches=dict(zip(Scope, (self.tr("This quotation alone."), *told), strict=True)),
            reach=Scope.HERE,
            beside=beside,
        )

    def _ask_same(self, target: Target, reach: Scope, beside: QRect) -> None:
        self._remember_focus()
        text, mention, entity = self._frame.page.document.text, target.mention, target.entity
        if entity is not None:
            name, label, words = entity.name, entity.label, entity.name
            reaches = {
                Scope.DOCUMENT: self.tr("All that goes by this name in this article."),
                Scope.EVERYWHERE: self.tr("All that goes by this name, in every article."),
            }
        elif mention is not None:
            name, label, words = mention.name, mention.label, mention.span.of(text)
            reaches = {
                Scope.HERE: self.tr("This one place."),
                Scope.DOCUMENT: self.tr("These words, wherever they stand in this article."),
                Scope.EVERYWHERE: self.tr("These words, wherever they stand in any article."),
            }
        else:
            return
        self._answer = partial(self._say_same, target)
        self.who.ask(
            self.tr("Who or what is this?"),
            words,
            self._rows(without=name),
            new_label=label,
            reaches=reaches,
            reach=reach,
            beside=beside,
        )

    def _on_chosen(self, entity: Entity | None, scope: Scope) -> None:
        answer, self._answer = self._answer, None
        self._give_back()
        if answer is not None:
            answer(entity, scope)

    # ------------------------------------------------------------ saying

    @property
    def _where(self) -> Mapping[str, int]:
        return {"document_id": self._session.document_id or 0}

    def _say_type(self, target: Target, label: Label | None, scope: Scope) -> None:
        from reader.correcting import is_a, not_a_name

        document = self._session.document
        if document is None:
            return
        spans = target.forms or tuple(span for span in (target.span,) if span is not None)
        if label is None:
            if target.mention is not None:
                spans = (target.mention.span,)
            said = [not_a_name(document, span, scope, **self._where) for span in spans]
        else:
            said = [is_a(document, span, label, scope, **self._where) for span in spans]
        self._keep(self.tr("correct a name"), said)

    def _say_same(self, target: Target, other: Entity | None, scope: Scope) -> None:
        from reader.correcting import joined, one_with

        document = self._session.document
        if document is None or other is None:
            return
        if target.entity is not None:
            said = joined(target.entity, other, scope, **self._where)
        elif target.mention is not None:
            said = one_with(document, target.mention, other, scope, **self._where)
        else:
            return
        self._keep(self.tr("say who is meant"), [said])

    def _say_apart(self, target: Target, words: str, scope: Scope) -> None:
        from reader.correcting import apart, parted

        document = self._session.document
        if document is None:
            return
        if target.entity is not None:
            said = parted(words, target.entity, scope, **self._where)
        elif target.mention is not None:
            said = apart(document, target.mention, scope, **self._where)
        else:
            return
        self._keep(self.tr("say who is not meant"), [said])

    def _say_speaker(self, quote: Quote, speaker: Entity | None, scope: Scope) -> None:
        from reader.correcting import said_by

        document = self._session.document
        if document is not None:
            name = speaker.name if speaker is not None else None
            if scope is Scope.HERE and name == quote.speaker:
                return  # so it is already
            said = said_by(document, quote, name, scope, **self._where)
            self._keep(self.tr("correct a speaker"), [said])

    def _say_no_quotation(self, target: Target, scope: Scope) -> None:
        from reader.correcting import not_said

        document = self._session.document
        if document is not None and target.quote is not None:
            said = not_said(document, target.quote, scope, **self._where)
            self._keep(self.tr("correct a quotation"), [said])

    def _keep(self, action: str, said: Sequence[Correction]) -> None:
        """Put corrections on disk in the place of those that said something of the same, and tell."""
        from reader.correcting import replaced, sentence

        library = self._session.library
        try:
            known = library.corrections(self._session.document_id) if library is not None else []
        except ReaderError as error:
            self._session.problem.emit(error, "error")
            return
        before = {each.id: each for one in said for each in replaced(known, one)}
        if not self._session.do(Change(action, before=tuple(before.values()), after=tuple(said))):
            return
        words = sentence(said[0])
        if len(said) > 1:
            words += " " + self.tr("The same holds for its other spellings.")
        self._bar.tell(words)
