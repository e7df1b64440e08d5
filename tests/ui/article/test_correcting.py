"""What can be said of what is pointed at, and what becomes of it: without a machine that reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu
from pytestqt.qtbot import QtBot

from reader.document import Block, Document, Span
from reader.library import Library
from reader.model import Analysis, Correction, Entity, Label, Mention, Quote, QuoteKind, Remark, Scope
from reader.paths import paths_in
from tests.ui.test_machine import Reads
from ui.article.correcting import Corrector
from ui.article.correction_menu import CorrectionMenu
from ui.frame import Frame
from ui.page.selection import Selection
from ui.page.toolbar import SelectionToolbar
from ui.panels.names import NameRow
from ui.session import Session
from ui.tasks import Tasks
from ui.theme import THEMES, load_fonts

TEXT = "Tomas Reyl came to Port Ansel.\n“We stay,” Reyl said. The Bay Council wept, and the REYL sank."
DOCUMENT = Document(TEXT, (Block(Span(0, 30)), Block(Span(31, len(TEXT)))))


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


TOMAS = Mention(span("Tomas Reyl"), Label.PERSON, "Tomas Reyl")
REYL = Mention(Span(TEXT.index("Reyl said"), TEXT.index(" said")), Label.PERSON, "Tomas Reyl")
SHIP = Mention(span("REYL"), Label.PERSON, "Tomas Reyl")
ANSEL = Mention(span("Port Ansel"), Label.FAC, "Port Ansel")
COUNCIL = Mention(span("Bay Council"), Label.ORG, "Bay Council")
STAY = Quote(QuoteKind.DIRECT, (span("“We stay,”"),), source=(REYL.span,), speaker="Tomas Reyl")
FOUND = Analysis(
    (TOMAS, ANSEL, REYL, COUNCIL, SHIP),
    (STAY,),
    (Entity("Tomas Reyl", Label.PERSON, ("Reyl",), "mayor"),),
    model="en_made_up",
)


class Open:
    """A window with the document and what was found in it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        load_fonts()
        self.window = QMainWindow()
        qtbot.addWidget(self.window)
        self.frame = Frame(self.window)
        self.window.setCentralWidget(self.frame)
        self.window.resize(1300, 800)
        with qtbot.waitExposed(self.window):
            self.window.show()
        paths = paths_in(folder)
        self.tasks = Tasks()
        self.session = Session(paths, tasks=self.tasks, analyst=Reads())  # type: ignore[arg-type]
        self.session.use_library(Library.open(paths.library, backups=paths.backups))
        assert self.session.library is not None
        id = self.session.library.add_document(DOCUMENT).id
        self.session.library.save_analysis(id, FOUND, text_hash=DOCUMENT.text_hash)
        self.page = self.frame.page
        self.toolbar = SelectionToolbar(self.page.viewport())
        self.corrector = Corrector(self.session, self.frame, self.toolbar)
        self.corrector.set_theme(THEMES["light"])
        self.told: list[str] = []
        self.corrector.told.connect(self.told.append)
        self.session.document_opened.connect(
            lambda place: self.page.show_document(self.session.document or DOCUMENT, place)
        )
        self.session.findings_changed.connect(self.page.show_findings)

    def opens(self, qtbot: QtBot) -> None:
        with qtbot.waitSignal(self.session.findings_changed):
            self.session.open(1)

    def said(self) -> list[Correction]:
        assert self.session.library is not None
        return self.session.library.corrections()

    def menu(self) -> CorrectionMenu:
        """Return the menu that is open."""
        shown = QApplication.activePopupWidget()
        assert isinstance(shown, CorrectionMenu)
        return shown

    def choose(self, words: str) -> None:
        """Choose what says these words in the menu that is open, or one in it."""
        menu = self.menu()
        within = [each for action in menu.actions() if isinstance(each := action.menu(), QMenu)]
        for action in (action for part in (menu, *within) for action in part.actions()):
            if words in action.text().replace("&", "") and action.isEnabled():
                menu.close()
                action.trigger()
                return
        raise AssertionError(f"no {words!r} in {[action.text() for action in menu.actions()]}")


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    monkeypatch.setattr("reader.analysis.plans.is_current", lambda known, model: known == model)
    made = Open(qtbot, tmp_path)
    yield made
    made.tasks.close()
    made.session.close()


def test_without_an_article_there_is_nothing_to_correct(opened: Open) -> None:
    opened.corrector.correct()
    opened.corrector.ask_speaker()
    assert opened.corrector.menu_here(QMenu()) is None
    assert QApplication.activePopupWidget() is None and not opened.corrector.who.isVisible()


def test_what_is_meant_is_the_ring_the_selection_or_the_caret(qtbot: QtBot, opened: Open) -> None:
    opened.opens(qtbot)
    page, found = opened.page, opened.corrector._found
    assert (target := found()) and (target.mention, target.quote) == (TOMAS, None)
    page.select(Selection(STAY.span.start + 2, STAY.span.start + 2))
    assert (target := found()) and (target.mention, target.quote) == (None, STAY)
    page.show_current(REYL.span)
    assert (target := found()) and (target.mention, target.others) == (REYL, ("Reyl",))
    assert (target := found(pointed=True)) and target.quote == STAY, "the mouse points elsewhere"
    page.show_current(None)
    wide = span("came to Port Ansel")
    page.select(Selection(wide.start - 1, wide.end))
    assert (target := found()) and (target.span, target.mention) == (wide, ANSEL)
    page.select(Selection(0, len(TEXT)))
    assert (target := found()) and (target.span, target.quote) == (None, STAY), "too long for a name"
    page.select(Selection(TEXT.index("wept"), TEXT.index("wept")))
    assert found() is None
    opened.corrector.correct()
    opened.corrector.ask_speaker()
    assert len(opened.told) == 2


def test_words_are_said_to_be_a_name_and_the_later_word_replaces_the_earlier(
    qtbot: QtBot, opened: Open
) -> None:
    opened.opens(qtbot)
    opened.page.select(Selection(span("wept").start, span("wept").end))
    opened.toolbar.kind_requested.emit()
    assert "not a name" not in " ".join(action.text() for action in opened.menu().actions())
    opened.choose("an event")
    opened.page.select(Selection(span("wept").start, span("wept").end))
    opened.corrector.correct()
    opened.choose("product")
    (one,) = opened.said()
    assert (one.remark, one.text, one.label, one.scope) == (
        Remark.IS_A,
        "wept",
        Label.PRODUCT,
        Scope.DOCUMENT,
    )
    opened.session.history.undo()
    assert [each.label for each in opened.said()] == [Label.EVENT]


def test_a_mention_is_no_name_or_means_somebody_else(qtbot: QtBot, opened: Open) -> None:
    opened.opens(qtbot)
    opened.page.show_current(SHIP.span)
    opened.corrector.correct()
    opened.menu().reaches[Scope.HERE].trigger()
    opened.choose("not Tomas Reyl")
    (one,) = opened.said()
    assert (one.remark, one.scope, one.text, one.other) == (Remark.APART, Scope.HERE, "REYL", "Tomas Reyl")
    opened.corrector.correct()
    opened.choose("the same as")
    who = opened.corrector.who
    assert who.isVisible() and who.words.text() == "REYL"
    qtbot.keyClicks(who.field, "Bay")
    qtbot.keyClick(who.field, Qt.Key.Key_Return)
    assert [(each.remark, each.other, each.label) for each in opened.said()][1:] == [
        (Remark.ONE_WITH, "Bay Council", Label.ORG)
    ]
    opened.corrector.correct()
    opened.choose("not a name")
    assert [each.remark for each in opened.said()][2:] == [Remark.NOT_A_NAME]


def test_all_that_goes_by_a_name_is_corrected_in_each_of_its_spellings(qtbot: QtBot, opened: Open) -> None:
    opened.opens(qtbot)
    row = NameRow("Tomas Reyl", Label.PERSON, (TOMAS.span, REYL.span, SHIP.span), "mayor")
    names = opened.frame.findings.names
    names.correct_requested.emit(row, QPoint(900, 200))
    assert Scope.HERE not in opened.menu().reaches
    opened.choose("an organisation")
    assert [(each.text, each.label) for each in opened.said()] == [
        ("Tomas Reyl", Label.ORG),
        ("Reyl", Label.ORG),
    ]
    assert "other spellings" in opened.frame.messages.messages[-1].what
    names.correct_requested.emit(row, QPoint(900, 200))
    opened.choose("not “Reyl”")
    assert [(each.remark, each.text, each.other) for each in opened.said()][2:] == [
        (Remark.APART, "Reyl", "Tomas Reyl")
    ]
    names.correct_requested.emit(row, QPoint(900, 200))
    opened.choose("the same as")
    qtbot.keyClicks(opened.corrector.who.field, "Port")
    qtbot.keyClick(opened.corrector.who.field, Qt.Key.Key_Return)
    assert [(each.remark, each.text, each.other) for each in opened.said()][3:] == [
        (Remark.ONE_WITH, "Tomas Reyl", "Port Ansel")
    ]


def test_the_speaker_it_has_already_is_no_correction(qtbot: QtBot, opened: Open) -> None:
    opened.opens(qtbot)
    quotes = opened.frame.findings.quotes
    quotes.speaker_requested.emit(0, QRect(900, 200, 60, 20))
    qtbot.keyClick(opened.corrector.who.field, Qt.Key.Key_Return)
    assert opened.said() == []
    quotes.correct_requested.emit(0, QPoint(900, 200))
    assert opened.menu().scope is Scope.HERE
    opened.choose("Not a quotation")
    assert [each.remark for each in opened.said()] == [Remark.NOT_SAID]
    quotes.correct_requested.emit(0, QPoint(900, 200))
    opened.choose("Said by")
    assert opened.corrector.who.isVisible()


def test_the_reach_is_chosen_without_leaving_the_menu(qtbot: QtBot, opened: Open) -> None:
    opened.opens(qtbot)
    opened.corrector.correct()
    menu = opened.menu()
    everywhere = menu.reaches[Scope.EVERYWHERE]
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(everywhere).center())
    assert menu.isVisible() and menu.scope is Scope.EVERYWHERE and everywhere.isChecked()
    qtbot.keyClick(menu, Qt.Key.Key_H)
    assert menu.isVisible() and menu.scope is Scope.HERE
    menu.setActiveAction(menu.reaches[Scope.DOCUMENT])
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert menu.isVisible() and menu.scope is Scope.DOCUMENT
    qtbot.keyClick(menu, Qt.Key.Key_C)
    assert [(each.label, each.scope) for each in opened.said()] == [(Label.GPE, Scope.DOCUMENT)]
