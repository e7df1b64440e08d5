"""The story of people across articles: found, read, put together, told apart, undone, with keys and mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from reader.document import Block, Document, Metadata, Span
from reader.library import Library
from reader.model import Analysis, Entity, Label, Mention, Quote, QuoteKind
from reader.paths import paths_in
from tests.journeys.gestures import LEFT, Person
from ui.article.correction_menu import CorrectionMenu
from ui.dialogs.people import MergeDialog, PartDialog
from ui.panels.names import NameRow
from ui.panels.rows import ROW
from ui.views.people import ROOM_FOR_BOTH, PeopleView

CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
FILL = "The harbour was quiet, and nobody spoke of it. " * 60


def add(library: Library, date: str, speaker: str, words: str, *others: str, alias: str = "") -> int:
    """Put an article in that is read already: a speaker says some words, others are named."""
    text = f"{FILL}“{words},” said {speaker}. With them were {', '.join(others) or 'none'}. It was {date}."
    spans = [(name, text.index(name)) for name in (speaker, *others)]
    start = text.index(words)
    document = Document(
        text,
        (Block(Span(0, len(text))),),
        Metadata(title=f"Of {date}", date=date),
        source=f"/nowhere/{date}.txt",
    )
    found = Analysis(
        tuple(Mention(Span(at, at + len(name)), Label.PERSON, name) for name, at in spans),
        (
            Quote(
                QuoteKind.DIRECT,
                (Span(start, start + len(words)),),
                source=(Span(spans[0][1], spans[0][1] + len(speaker)),),
                speaker=speaker,
                reason="“said” stands before",
            ),
        ),
        tuple(Entity(name, Label.PERSON, (alias,) if alias and name == speaker else ()) for name, _ in spans),
        model=_model(),
    )
    id = library.add_document(document).id
    library.save_analysis(id, found, text_hash=document.text_hash)
    return id


def _model() -> str:
    from reader.analysis import model_version

    return model_version()


@pytest.fixture
def person(data: Path, starts: Callable[..., Person]) -> Iterator[Person]:
    paths = paths_in(data)
    library = Library.open(paths.library, backups=paths.backups)
    add(library, "2001-04", "Kofi Annan", "Peace is for all of us", "Ada Quill", alias="Annan")
    add(library, "2003-02", "Annan", "Bread is dear")
    add(library, "2002-07", "K. Annan", "War is no answer", "Ada Quill")
    library.opened(1)
    library.close()
    made = starts()
    made.session.problem.connect(lambda error, kind: pytest.fail(str(error)))
    made.waits_for(lambda: made.session.library, "the library")
    made.waits_for_article("Peace is for all")
    yield made


def view_of(person: Person) -> PeopleView:
    view = person.frame.middle.view("people")
    assert isinstance(view, PeopleView)
    return view


def shows(person: Person, name: str, quotations: int) -> None:
    """Wait until the page of a person with so many quotations is seen."""
    page = view_of(person).page
    person.waits_for(
        lambda: (
            page.portrait is not None
            and page.portrait.person.name == name
            and len(page.quotations.rows()) == quotations
        ),
        f"{name} with {quotations} quotations",
    )


def names(person: Person) -> list[str]:
    model = view_of(person).people.model
    return [found.name for row in range(model.rowCount()) if (found := model.person(row)) is not None]


def row_of(dialog: MergeDialog, name: str) -> int | None:
    """Return the row of somebody, from 1, among those found by what is typed now."""
    found = [dialog.model.person(row) for row in range(dialog.model.rowCount())]
    if len(found) > 3:
        return None  # nothing was typed yet
    return next((row for row, each in enumerate(found, 1) if each is not None and each.name == name), None)


def press(widget: QWidget, key: Qt.Key) -> None:
    QTest.keyClick(widget, key)


def test_the_view_opens_with_the_first_of_the_people(person: Person) -> None:
    person.presses(Qt.Key.Key_4, ALT)
    person.waits_for(lambda: view_of(person).page.portrait, "somebody's page")
    assert view_of(person).people.chosen() == names(person)[:1]
    assert view_of(person).people.filter.hasFocus()


def test_a_narrow_list_has_a_way_back_and_a_wide_one_but_one(person: Person) -> None:
    person.presses(Qt.Key.Key_4, ALT)
    view = view_of(person)
    person.waits_for(lambda: view.page.portrait, "somebody's page")
    for width, alone in ((1400, False), (640, True)):
        person.window.resize(width, 700)
        person.waits_for(lambda alone=alone: (view.width() < ROOM_FOR_BOTH) is alone, "its width")
        assert view.people.heading.close_button.isVisible() is alone
        assert view.page.heading.close_button.isVisible() is not alone
    QTest.mouseClick(view.people.heading.close_button, LEFT)
    assert person.frame.middle.shown == ""


def test_from_a_name_in_the_list_to_its_sentence_with_keys_alone(person: Person) -> None:
    person.presses(Qt.Key.Key_4, ALT)
    view = view_of(person)
    assert person.frame.middle.shown == "people"
    person.waits_for(lambda: len(names(person)) == 4, "the people")
    person.types("kofi", on=view.people.filter)
    person.waits_for(lambda: names(person) == ["Kofi Annan"], "who is called so")
    press(view.people.filter, Qt.Key.Key_Down)
    shows(person, "Kofi Annan", 1)
    assert view.people.list.hasFocus()
    press(view.people.list, Qt.Key.Key_Return)
    cards = view.page.lists["quotations"]
    assert cards.hasFocus()
    press(cards, Qt.Key.Key_Return)
    assert person.frame.middle.shown == ""
    assert person.page.marks.current == person.span("Peace is for all of us")


def clicks_annan(person: Person) -> PeopleView:
    """Go to the people, click one who is quoted in another article, and return the view."""
    person.presses(Qt.Key.Key_4, ALT)
    view = view_of(person)
    person.waits_for(lambda: "Annan" in names(person), "the people")
    rect = view.people.list.visualRect(view.people.model.index(names(person).index("Annan")))
    QTest.mouseClick(view.people.list.viewport(), LEFT, pos=rect.center())
    shows(person, "Annan", 1)
    return view


def test_a_quotation_leads_to_its_sentence_in_another_article(person: Person) -> None:
    view = clicks_annan(person)
    cards = view.page.lists["quotations"]
    QTest.mouseClick(cards.viewport(), LEFT, pos=cards.visualRect(cards.model().index(0, 0)).center())
    person.waits_for_article("Bread is dear")
    assert person.frame.middle.shown == ""
    assert person.page.marks.current == person.span("Bread is dear")
    person.presses(Qt.Key.Key_Left, ALT)
    assert person.frame.middle.shown == "people"
    shows(person, "Annan", 1)
    assert QApplication.focusWidget() is view.people.list
    assert view.people.chosen() == ["Annan"]
    press(view.people.list, Qt.Key.Key_J)
    assert view.people.filter.text() == ""
    person.presses(Qt.Key.Key_Left, ALT, on=QApplication.focusWidget())
    person.waits_for_article("Peace is for all")


def test_back_leads_to_the_page_of_a_person_where_that_stands_alone(person: Person) -> None:
    person.window.resize(640, 700)
    view = clicks_annan(person)
    cards = view.page.lists["quotations"]
    person.waits_for(cards.isVisible, "the page")
    QTest.mouseClick(cards.viewport(), LEFT, pos=cards.visualRect(cards.model().index(0, 0)).center())
    person.waits_for_article("Bread is dear")
    person.presses(Qt.Key.Key_Left, ALT)
    assert person.frame.middle.shown == "people"
    assert not view.people.isVisible()
    assert QApplication.focusWidget() is cards


def test_a_suggestion_is_merged_and_undone_and_another_refused_for_good(person: Person) -> None:
    person.presses(Qt.Key.Key_4, ALT)
    view = view_of(person)
    person.application.wing.people.show_person("Kofi Annan")
    shows(person, "Kofi Annan", 1)
    lines = view.page.suggested
    person.waits_for(lambda: len(lines.lines) == 2, "two who may be the same")
    by_name = {line.words.text().split(" (")[0]: line for line in lines.lines}
    assert "can be short for" in by_name["Perhaps also K. Annan"].words.text()
    assert "is another name of" in by_name["Perhaps also Annan"].words.text()

    QTest.mouseClick(by_name["Perhaps also Annan"].merge, LEFT)
    shows(person, "Kofi Annan", 2)
    person.waits_for(lambda: names(person).count("Annan") == 0, "one name fewer")
    assert "“Kofi Annan”" in person.frame.messages.messages[-1].what
    person.presses(Qt.Key.Key_Z, CONTROL)
    shows(person, "Kofi Annan", 1)
    person.waits_for(lambda: "Annan" in names(person), "the name again")
    person.presses(Qt.Key.Key_Y, CONTROL)
    shows(person, "Kofi Annan", 2)

    person.waits_for(lambda: len(lines.lines) == 1, "the other suggestion")
    QTest.mouseClick(lines.lines[0].no, LEFT)
    person.waits_for(lambda: not lines.lines, "nobody more")
    person.presses(Qt.Key.Key_Z, CONTROL)
    person.waits_for(lambda: len(lines.lines) == 1, "the suggestion again")


def test_people_are_put_together_by_typing_and_told_apart_by_ticking(person: Person) -> None:
    person.presses(Qt.Key.Key_4, ALT)
    view, people = view_of(person), person.application.wing.people
    people.show_person("Kofi Annan")
    shows(person, "Kofi Annan", 1)
    QTest.mouseClick(view.page.merge, LEFT)
    dialog = people.dialog
    assert isinstance(dialog, MergeDialog)
    for wanted in ("K. Annan", "Annan"):
        person.types(wanted, on=dialog.field)
        person.waits_for(partial(row_of, dialog, wanted), "who is called so")
        index = dialog.model.index((row_of(dialog, wanted) or 1) - 1)
        QTest.mouseClick(dialog.list.viewport(), LEFT, pos=dialog.list.visualRect(index).center())
    assert dialog.chosen == ["Kofi Annan", "K. Annan", "Annan"]
    person.types("annan", on=dialog.field)
    person.waits_for(lambda: dialog.model.rowCount() == 0, "nobody to be offered who is chosen already")
    dialog.field.clear()
    press(dialog.name, Qt.Key.Key_Return)
    shows(person, "Kofi Annan", 3)
    dates = [row.date for row in view.page.quotations.rows()]
    assert dates == ["2001-04", "2002-07", "2003-02"]
    person.waits_for(view.page.company.rows, "their company")
    assert [row[0].name for row in view.page.company.rows()[1:]] == ["Ada Quill"]

    view.page.about.setFocus()
    person.types("war", on=view.page.about)
    shows(person, "Kofi Annan", 1)
    press(view.page.about, Qt.Key.Key_Escape)
    shows(person, "Kofi Annan", 3)
    assert person.frame.middle.shown == "people"

    QTest.mouseClick(view.page.part, LEFT)
    parting = people.dialog
    assert isinstance(parting, PartDialog)
    press(parting.list, Qt.Key.Key_Down)
    press(parting.list, Qt.Key.Key_Space)
    assert parting.name.text() == "Kofi Annan (2)"
    parting.name.selectAll()
    person.types("Kojo Annan", on=parting.name)
    press(parting.name, Qt.Key.Key_Return)
    shows(person, "Kofi Annan", 2)
    person.waits_for(lambda: set(names(person)) == {"Kofi Annan", "Kojo Annan", "Ada Quill"}, "both")
    assert not view.page.suggested.lines
    for _ in range(2):
        person.presses(Qt.Key.Key_Z, CONTROL)
    shows(person, "Kofi Annan", 1)
    library = person.session.library
    assert library is not None
    assert (library.identities(), library.distinctions()) == ([], [])


def test_a_name_in_an_article_leads_to_its_person(person: Person) -> None:
    panel = person.frame.findings.names
    person.waits_for(lambda: panel.model.rowCount() > 2, "the names")
    row = next(
        row
        for row in range(panel.model.rowCount())
        if isinstance(each := panel.model.index(row).data(ROW), NameRow) and each.name == "Ada Quill"
    )
    panel.list.setCurrentIndex(panel.model.index(row))
    press(panel.list, Qt.Key.Key_Return)
    person.presses(Qt.Key.Key_W, Qt.KeyboardModifier.ShiftModifier)
    assert person.frame.middle.shown == "people"
    shows(person, "Ada Quill", 0)
    page = view_of(person).page
    assert page.tab == "mentions"
    press(page.lists["mentions"], Qt.Key.Key_Down)
    press(page.lists["mentions"], Qt.Key.Key_Return)
    person.waits_for_article("Peace is for all")
    assert person.page.marks.current == person.span("Ada Quill")


def test_the_menu_of_a_name_leads_to_its_person(person: Person) -> None:
    panel = person.frame.findings.names
    person.waits_for(lambda: panel.model.rowCount() > 2, "the names")
    rows = [panel.model.index(row).data(ROW) for row in range(panel.model.rowCount())]
    names_at = {each.name: row for row, each in enumerate(rows) if isinstance(each, NameRow)}
    panel.list.setCurrentIndex(panel.model.index(names_at["Kofi Annan"]))
    person.presses(Qt.Key.Key_1, ALT)
    press(panel.list, Qt.Key.Key_X)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, CorrectionMenu)
    (across,) = [each for each in menu.actions() if each.text() == "Show across the library"]
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(across).center())
    shows(person, "Kofi Annan", 1)
    assert person.frame.middle.shown == "people"


def test_escape_leads_back_to_the_article_and_an_empty_library_says_what_to_do(
    starts: Callable[..., Person],
) -> None:
    person = starts()
    person.waits_for(lambda: person.session.library, "the library")
    person.presses(Qt.Key.Key_4, ALT)
    view = view_of(person)
    person.waits_for(view.people.isVisible, "the view")
    press(view.people.filter, Qt.Key.Key_Escape)
    assert person.frame.middle.shown == ""


@pytest.mark.model
def test_who_is_named_in_a_new_article_stands_among_the_people_when_it_has_been_read(
    starts: Callable[..., Person], tmp_path: Path
) -> None:
    path = tmp_path / "wall.txt"
    path.write_text("“We cannot build half a wall,” Kofi Annan said in Accra.\n", encoding="utf-8")
    person = starts(path)
    person.waits_for_article("half a wall")
    person.presses(Qt.Key.Key_4, ALT)
    person.waits_for(lambda: "Kofi Annan" in names(person), "the one who is quoted")
    view = view_of(person)
    view.people.enter()
    shows(person, "Kofi Annan", 1)
    assert view.page.quotations.index(0).data(ROW).content.strip("“”,") == "We cannot build half a wall"
