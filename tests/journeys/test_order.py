"""The story of a library that grows: put in order from the table, the shelves, the codebook and the page."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QMessageBox, QPushButton

from reader.library import Entry, Library
from reader.lists import Asked, Filter, Sorted
from reader.model import ReadingState
from tests.journeys.gestures import LEFT, Person
from ui.dialogs.filing import FilingDialog
from ui.dialogs.naming import NameDialog
from ui.panels.shelves import ARTICLES, NameTree
from ui.views.codebook import CodebookView
from ui.views.library import LibraryView
from ui.views.tag_tree import TAG

pytestmark = pytest.mark.usefixtures("unanalysed")

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def articles(tmp_path: Path) -> list[Path]:
    """Four articles, one a file."""
    files = []
    for number, name in enumerate(("harbour", "levy", "pier", "quay"), 1):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"The {name} was built in 19{number}0.\n\nNobody has looked at the {name} since.\n")
        files.append(path)
    return files


@pytest.fixture
def person(starts: Callable[..., Person], articles: list[Path]) -> Person:
    """Somebody who has opened all of them."""
    made = starts(*articles)
    made.waits_for_article("harbour")
    made.waits_for(lambda: library_of(made).count() == 4, "all four in the library")
    return made


def library_of(person: Person) -> Library:
    library = person.session.library
    assert library is not None
    return library


def lines(person: Person, wanted: Filter | None = None) -> list[Entry]:
    """Return what the library shows of its articles, by their titles."""
    library = library_of(person)
    return library.lines(library.listed(Asked(wanted or Filter(), Sorted.TITLE, descending=False)).ids)


def opens_table(person: Person) -> LibraryView:
    """Press Ctrl+L and wait for the rows."""
    person.presses(Qt.Key.Key_L, CTRL)
    view = person.frame.middle.view("library")
    assert isinstance(view, LibraryView)
    person.waits_for(lambda: view.table.table.rowCount() == 4, "the table")
    return view


def clicks_row(
    view: LibraryView, id: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    row = view.table.table.row_of(id)
    assert row is not None
    at = view.table.visualRect(view.table.table.index(row, 0)).center()
    QTest.mouseClick(view.table.viewport(), LEFT, modifiers, at)


def dialog_of(person: Person, kind: type[QDialog], holder: object) -> QDialog:
    person.waits_for(lambda: isinstance(holder.dialog, kind), "the dialog")  # type: ignore[attr-defined]
    dialog: QDialog = holder.dialog  # type: ignore[attr-defined]
    dialog.activateWindow()
    person.waits_for(lambda: dialog.isVisible() and dialog.isActiveWindow(), "the dialog to be seen")
    return dialog


def names_it(person: Person, holder: object, name: str) -> None:
    """Write a name into the dialog that asks for one, and press Enter."""
    dialog = dialog_of(person, NameDialog, holder)
    assert isinstance(dialog, NameDialog)
    dialog.field.selectAll()
    person.types(name, on=dialog.field)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)


def drops_on(tree: NameTree, name: str, ids: Sequence[int]) -> None:
    """Let articles go over a collection."""
    index = tree._index_of(name)
    assert index is not None
    data = QMimeData()
    data.setData(ARTICLES, json.dumps(list(ids)).encode())
    _drop(tree, data, tree.visualRect(index).center())


def _drop(tree: object, data: QMimeData, at: QPoint) -> None:
    plain, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
    tree.dragMoveEvent(QDragMoveEvent(at, copy, data, LEFT, plain))  # type: ignore[attr-defined]
    tree.dropEvent(QDropEvent(QPointF(at), copy, data, LEFT, plain))  # type: ignore[attr-defined]


def clicks_name(person: Person, tree: NameTree, name: str) -> None:
    person.waits_for(lambda: tree._index_of(name) is not None, f"{name} at the left")
    index = tree._index_of(name)
    assert index is not None
    QTest.mouseClick(tree.viewport(), LEFT, pos=tree.visualRect(index).center())


def undoes(person: Person) -> None:
    person.presses(Qt.Key.Key_Z, CTRL)


# ---------------------------------------------------------------- the stories


def test_articles_are_collected_tagged_and_marked_from_the_table(person: Person) -> None:
    shelves, filer = person.frame.library.shelves, person.application.wing.organiser.filer
    view = opens_table(person)
    harbour, _, pier, quay = (line.id for line in lines(person))

    clicks_row(view, harbour)
    clicks_row(view, pier, SHIFT)
    clicks_row(view, quay, CTRL)
    chosen = view.table.chosen()
    assert len(chosen) == 4 or {harbour, pier, quay} <= set(chosen)
    clicks_row(view, harbour)
    clicks_row(view, pier, CTRL)
    assert set(view.table.chosen()) == {harbour, pier}

    QTest.keyClick(view.table, Qt.Key.Key_T)
    dialog = dialog_of(person, FilingDialog, filer)
    assert isinstance(dialog, FilingDialog)
    person.types("sea/wall,", on=dialog.tags.field)
    QTest.mouseClick(dialog.save, LEFT)
    person.waits_for(lambda: len(lines(person, Filter(tag="sea"))) == 2, "the tag")

    QTest.mouseClick(shelves.collections.button, LEFT)
    names_it(person, filer.collector, "Essay/Chapter 1")
    tree = shelves.collections.tree
    person.waits_for(lambda: tree._index_of("Essay/Chapter 1") is not None, "the collection at the left")
    drops_on(tree, "Essay/Chapter 1", view.table.chosen())
    assert {line.id for line in lines(person, Filter(collection="essay"))} == {harbour, pier}

    clicks_name(person, tree, "Essay")
    person.waits_for(lambda: view.table.table.rowCount() == 2, "the table of the collection")
    person.waits_for(lambda: person.frame.library.model.rowCount() == 2, "the list of the collection")
    QTest.keyClick(view.table, Qt.Key.Key_A, CTRL)
    QTest.keyClick(view.table, Qt.Key.Key_R)
    assert {line.id for line in lines(person, Filter(state=ReadingState.READ))} == {harbour, pier}
    QTest.mouseClick(person.frame.library.all, LEFT)
    person.waits_for(lambda: view.table.table.rowCount() == 4, "all of them again")

    for _ in range(4):
        undoes(person)
    library = library_of(person)
    assert not library.collections()
    assert all(not line.tags and line.state is not ReadingState.READ for line in lines(person))
    person.waits_for(lambda: tree.model().rowCount() == 0, "the collection to be gone")


def test_the_menu_of_collections_puts_articles_in_and_takes_them_out(person: Person) -> None:
    filer = person.application.wing.organiser.filer
    harbour = lines(person)[0].id
    filer.collect([harbour], "Walls")
    view = opens_table(person)
    for inside in (False, True):
        clicks_row(view, harbour)
        QTest.mouseClick(view.foot.buttons["collect"], LEFT)
        person.waits_for(lambda: isinstance(QApplication.activePopupWidget(), QMenu), "the menu")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(menu.actions()[0]).center())
        person.waits_for(
            lambda inside=inside: (lines(person)[0].collections == ("Walls",)) is inside, "it in or out"
        )


def test_an_article_is_put_away_had_back_and_deleted_for_good(person: Person, data: Path) -> None:
    view = opens_table(person)
    filer = person.application.wing.organiser.filer
    harbour, levy, *_ = (line.id for line in lines(person))
    assert person.session.document_id == harbour
    clicks_row(view, harbour)
    clicks_row(view, levy, CTRL)
    QTest.keyClick(view.table, Qt.Key.Key_Delete)
    person.waits_for(lambda: view.table.table.rowCount() == 2, "two to be gone from the table")
    assert library_of(person).count() == 2
    person.waits_for(lambda: person.frame.library.model.rowCount() == 2, "two to be gone from the list")

    person.application.wing.organiser.show(Filter(put_away=True))
    person.waits_for(lambda: set(view.table.table.listed.ids) == {harbour, levy}, "what was put away")
    clicks_row(view, levy)
    QTest.mouseClick(view.foot.buttons["put_back"], LEFT)
    person.waits_for(lambda: list(view.table.table.listed.ids) == [harbour], "one to be back")

    clicks_row(view, harbour)
    QTest.keyClick(view.table, Qt.Key.Key_Delete)
    box = dialog_of(person, QMessageBox, filer)
    assert "can’t be undone" in box.informativeText()  # type: ignore[attr-defined]
    button = next(each for each in box.findChildren(QPushButton) if each.text() == "Delete for good")
    QTest.mouseClick(button, LEFT)
    person.waits_for(lambda: library_of(person).document(harbour) is None, "the article to be gone")
    person.waits_for(lambda: person.session.document_id not in (None, harbour), "another one in its place")
    assert not person.session.history.next_undo
    copies = list((data / "backups").rglob("*before-deleting*.sqlite")) or list(
        data.rglob("*before-deleting*")
    )
    assert len(copies) == 1


def test_a_collection_is_described_and_its_description_is_seen(person: Person) -> None:
    shelves, filer = person.frame.library.shelves, person.application.wing.organiser.filer
    QTest.mouseClick(shelves.collections.button, LEFT)
    names_it(person, filer.collector, "Essay")
    tree = shelves.collections.tree
    person.waits_for(lambda: tree._index_of("Essay") is not None, "the collection at the left")

    tree.menu_requested.emit("Essay", QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    describe = next(each for each in menu.actions() if each.text() == "Describe…")
    menu.close()
    describe.trigger()
    names_it(person, filer.collector, "What is <old> & wet")
    tip = Qt.ItemDataRole.ToolTipRole
    person.waits_for(lambda: "&lt;old&gt; &amp; wet" in tree._index_of("Essay").data(tip), "the tooltip")

    view = opens_table(person)
    assert not view.heading.remark.isVisible()
    clicks_name(person, tree, "Essay")
    person.waits_for(view.heading.remark.isVisible, "the description above the table")
    assert view.heading.remark.text() == "What is <old> & wet"

    person.session.history.undo()
    person.waits_for(lambda: not view.heading.remark.isVisible(), "the description to go")
    person.session.history.redo()
    person.waits_for(view.heading.remark.isVisible, "the description again")
    filer.collector.ask_description("Essay", "What is <old> & wet")
    dialog = dialog_of(person, NameDialog, filer.collector)
    assert isinstance(dialog, NameDialog)
    dialog.field.clear()
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    person.waits_for(lambda: tree._index_of("Essay").data(tip) == "Essay", "the name alone")


def test_the_codebook_renames_nests_merges_and_deletes_and_all_comes_back(person: Person) -> None:
    person.drags_over("built")
    person.presses(Qt.Key.Key_H)
    person.writes_note("When?", "claim", "date")
    (mark,) = person.session.marked
    before = mark.highlight

    person.presses(Qt.Key.Key_5, ALT)
    view = person.frame.middle.view("codebook")
    assert isinstance(view, CodebookView)
    person.waits_for(lambda: view.model.rowCount() == 2, "both tags")
    tree, coder = view.tree, person.application.wing.coder

    def row(name: str) -> int:
        return next(n for n in range(view.model.rowCount()) if view.model.item(n, 0).text() == name)

    tree.setCurrentIndex(view.model.index(row("claim"), 0))
    QTest.keyClick(tree, Qt.Key.Key_F2)
    (editor,) = tree.viewport().findChildren(QLineEdit)
    editor.selectAll()
    person.types("assertion", on=editor)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    person.waits_for(
        lambda: person.session.marked[0].highlight.tags == ("assertion", "date"), "the name on the page"
    )
    person.waits_for(lambda: view.model.item(0, 0).text() == "assertion", "the name in the codebook")

    tag = QMimeData()
    tag.setData(TAG, b"date")
    _drop(tree, tag, tree.visualRect(view.model.index(row("assertion"), 0)).center())
    person.waits_for(lambda: view.model.rowCount() == 1, "one under the other")
    assert {each.name for each, _ in library_of(person).tags()} == {"assertion", "assertion/date"}

    library = library_of(person)
    QTest.mouseClick(view.new, LEFT)
    names_it(person, coder, "doubt")
    person.waits_for(lambda: view.model.rowCount() == 2, "the new tag")
    tree.setCurrentIndex(view.model.index(row("assertion"), 0))
    QTest.mouseClick(view.merge, LEFT)
    names_it(person, coder, "doubt")
    person.waits_for(lambda: {each.name for each, _ in library.tags()} == {"doubt", "doubt/date"}, "one tag")
    assert library.highlights(before.document_id)[0].tags == ("doubt", "doubt/date")

    person.waits_for(lambda: view.model.rowCount() == 1, "the codebook to follow")
    tree.setCurrentIndex(view.model.index(0, 0))
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    person.waits_for(lambda: not library.tags(), "no tag at all")
    assert library.highlights(before.document_id)[0].tags == ()

    for _ in range(5):
        undoes(person)
    assert library.highlights(before.document_id) == [before]
    assert {each.name for each, _ in library.tags()} == {"claim", "date"}


def test_a_double_click_on_a_tag_shows_what_has_it_and_enter_opens_the_article(person: Person) -> None:
    person.drags_over("built")
    person.presses(Qt.Key.Key_H)
    person.writes_note("When?", "date")
    harbour = person.session.document_id
    person.presses(Qt.Key.Key_5, ALT)
    codebook = person.frame.middle.view("codebook")
    assert isinstance(codebook, CodebookView)
    person.waits_for(lambda: codebook.model.rowCount() == 1, "the tag")
    at = codebook.tree.visualRect(codebook.model.index(0, 0)).center()
    QTest.mouseClick(codebook.tree.viewport(), LEFT, pos=at)
    QTest.mouseDClick(codebook.tree.viewport(), LEFT, pos=at)
    view = person.frame.middle.view("library")
    assert isinstance(view, LibraryView)
    person.waits_for(lambda: list(view.table.table.listed.ids) == [harbour], "the article that has it")
    assert view.filters.buttons["tag"].isChecked()
    view.table.selectRow(0)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert person.frame.middle.shown == ""


def test_the_article_in_front_is_tagged_and_marked_with_keys(person: Person) -> None:
    session, filer = person.session, person.application.wing.organiser.filer
    id = session.document_id
    assert id is not None
    person.presses(Qt.Key.Key_T, SHIFT)
    dialog = dialog_of(person, FilingDialog, filer)
    assert isinstance(dialog, FilingDialog)
    person.types("essay", on=dialog.tags.field)
    QTest.keyClick(dialog.tags.field, Qt.Key.Key_Return, CTRL)
    assert session.tags() == ("essay",)
    person.waits_for(lambda: person.page.furniture._tags == ("essay",), "the tag under the byline")
    library = library_of(person)
    made = library.tags()
    session.history.undo()
    assert library.tags() == [], "the tag was made for the article alone"
    session.history.redo()
    assert library.tags() == made
    person.presses(Qt.Key.Key_D)
    assert lines(person, Filter(state=ReadingState.READ))[0].id == id
    assert session.tags() == ("essay",)
    person.presses(Qt.Key.Key_D)
    assert lines(person, Filter(state=ReadingState.UNREAD, tag="essay"))[0].id == id
    undoes(person)
    undoes(person)
    undoes(person)
    details = library_of(person).details(id)
    assert details is None


def test_the_table_comes_back_as_it_was_left(starts: Callable[..., Person], person: Person) -> None:
    view = opens_table(person)
    header = view.table.horizontalHeader()
    header.resizeSection(1, 222)
    view.table._show_column(10, True)
    QTest.mouseClick(
        header.viewport(), LEFT, pos=QPoint(header.sectionViewportPosition(0) + 20, header.height() // 2)
    )
    person.waits_for(lambda: view.table.table.entry(0) is not None, "the rows")
    titles = [line.title for line in lines(person)]
    person.waits_for(
        lambda: [view.table.table.entry(row).title for row in range(4)] == titles,  # type: ignore[union-attr]
        "the order of titles",
    )
    person.leaves()
    again = starts()
    again.waits_for(lambda: again.session.library is not None and again.session.document, "the library")
    view = opens_table(again)
    header = view.table.horizontalHeader()
    assert (header.sectionSize(1), header.isSectionHidden(10)) == (222, False)
    assert [view.table.table.entry(row).title for row in range(4)] == titles  # type: ignore[union-attr]


def test_a_file_that_is_gone_is_told_in_the_table(person: Person, articles: list[Path]) -> None:
    articles[1].unlink()
    view = opens_table(person)
    model = view.table.table
    levy = next(line for line in lines(person) if line.source == str(articles[1]))
    person.waits_for(lambda: model.is_gone(levy), "the mark of the file that is gone")
    row = model.row_of(levy.id)
    assert row is not None
    assert "The file is gone" in model.data(model.index(row, 0), Qt.ItemDataRole.ToolTipRole)
    assert not any(model.is_gone(line) for line in lines(person) if line.id != levy.id)
