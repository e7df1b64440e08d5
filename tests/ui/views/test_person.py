"""The page of a person and the list of people: what they show, and what they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.document import Span
from reader.errors import LibraryError
from reader.library.people.register import Appearance, Company, Mentioned, Person, Spot
from reader.library.people.sayings import Saying
from reader.suggesting import Suggestion
from ui.dialogs.people import MergeDialog, PartDialog
from ui.library.portraits import Around, Portrait
from ui.panels.rows import ROW
from ui.theme import THEMES
from ui.views.people import PeopleView
from ui.views.people_list import PeopleList
from ui.views.person_cards import Group, SpotModel

ADA = Person("Ada Quill", 2, 3, 4)
BODY = Person("Bay Council", 1, 0, 2, is_body=True)


def saying(number: int) -> Saying:
    return Saying(
        number % 2 + 1, "/a", "The pier", "2021-03", "Ada Quill", "direct", f"Words {number}",
        number, number + 5, "the subject", "Quill",
    )  # fmt: skip


def portrait(person: Person = ADA, *, quotations: int = 3) -> Portrait:
    return Portrait(
        person,
        aliases=(("Ada Quill", 2), ("Quill", 1)),
        roles=(("mayor", 2),),
        appearances=(
            Appearance(1, "The pier", "Post", "2021-03", 3, 2),
            Appearance(2, "The wall", "", "2021-05", 1, 1),
        ),
        quotations=tuple(Spot(n, n % 2 + 1, ["2021-03", "2021-05"][n % 2]) for n in range(quotations)),
        mentions=(Spot(7, 1, "2021-03"),),
    )


AROUND = Around((Company("Bo Reyl", 2, 1),), (Company("Bay Council", 1, 2, is_body=True),))


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[PeopleView]:
    mentioned = Mentioned(1, "The pier", "2021-03", Span(4, 9), "So Quill came.", 3, 8)
    made = PeopleView(lambda ids: {id: saying(id) for id in ids}, lambda ids: dict.fromkeys(ids, mentioned))
    qtbot.addWidget(made)
    made.set_theme(THEMES["light"])
    made.resize(1100, 700)
    made.show()
    yield made
    made.hide()


def people(*several: Person) -> tuple[int, object]:
    return len(several), lambda offset, limit: several[offset : offset + limit]


def test_an_empty_library_says_what_to_do(view: PeopleView) -> None:
    view.show_source(0, lambda offset, limit: [])
    assert "Open an article" in view.empty.text()
    view.show_source(1, lambda offset, limit: [ADA])
    assert "Choose somebody" in view.empty.text()


def test_a_narrow_view_without_people_says_what_to_do_in_the_list(view: PeopleView) -> None:
    said = view.people.list.accessibleDescription
    view.resize(600, 600)
    assert said() == "", "nobody knows yet"
    view.resize(1200, 600)
    view.people.show_source(*people())  # type: ignore[arg-type]
    assert said() == "", "the page beside it says it"
    view.resize(600, 600)
    assert not view.beside.isVisible()
    assert "Nobody is named in your library yet" in said()
    view.people.filter.setText("Xerxes")
    view.people.show_source(*people())  # type: ignore[arg-type]
    assert "Nobody has such a name" in said()


def test_the_keyboard_leads_from_the_field_to_the_list_to_what_was_said(
    qtbot: QtBot, view: PeopleView
) -> None:
    view.show_source(2, lambda offset, limit: [ADA, BODY][offset : offset + limit])
    asked: list[str] = []
    view.person_requested.connect(asked.append)
    qtbot.keyClick(view.people.filter, Qt.Key.Key_Down)
    qtbot.keyClick(view.people.list, Qt.Key.Key_Down)
    assert asked == ["Ada Quill", "Bay Council"]
    view.show_portrait(portrait())
    assert view.people.chosen() == ["Ada Quill"]
    qtbot.keyClick(view.people.list, Qt.Key.Key_Return)
    opened: list[tuple[int, Span | None]] = []
    view.page.open_requested.connect(lambda id, span: opened.append((id, span)))
    cards = view.page.lists["quotations"]
    qtbot.keyClick(cards, Qt.Key.Key_Down)
    qtbot.keyClick(cards, Qt.Key.Key_Return)
    assert opened == [(2, Span(1, 6))]


def test_each_list_asks_for_what_its_rows_mean(qtbot: QtBot, view: PeopleView) -> None:
    view.show_portrait(portrait())
    view.page.show_around(AROUND)
    opened: list[tuple[int, Span | None]] = []
    asked: list[str] = []
    view.page.open_requested.connect(lambda id, span: opened.append((id, span)))
    view.page.person_requested.connect(asked.append)
    for key, row in (("mentions", 0), ("articles", 1), ("company", 1), ("company", 3)):
        view.page.show_tab(key)
        view.page.lists[key].show_row(row)
        qtbot.keyClick(view.page.lists[key], Qt.Key.Key_Return)
    assert opened == [(1, Span(4, 9)), (2, None)]
    assert asked == ["Bo Reyl", "Bay Council"]
    titles = [row.words for row in view.page.company.rows() if isinstance(row, Group)]
    assert titles == ["Named in the same articles", "Quoted in the same articles"]


@pytest.mark.parametrize(("person", "role"), [(ADA, "person"), (BODY, "organisation")])
def test_a_name_is_underlined_in_the_words_around_it(view: PeopleView, person: Person, role: str) -> None:
    view.show_portrait(portrait(person))
    view.page.show_tab("mentions")
    picture = view.page.lists["mentions"].grab().toImage()
    wanted = THEMES["light"].colour(role).rgb()
    places = [
        (x, y)
        for y in range(picture.height())
        for x in range(picture.width())
        if picture.pixelColor(x, y).rgb() == wanted
    ]
    assert len({y for _, y in places}) == 1, "a line"
    assert len(places) > 20


def test_a_portrait_that_comes_again_keeps_words_tab_and_place(view: PeopleView) -> None:
    view.show_portrait(portrait(quotations=60))
    view.page.about.setText("pier")
    view.page.show_quotations(portrait().quotations)
    view.page.show_tab("articles")
    view.show_portrait(portrait(quotations=61))
    assert (view.page.tab, view.page.about.text(), len(view.page.quotations.rows())) == (
        "articles",
        "pier",
        3,
    )
    view.show_portrait(portrait(BODY))
    assert (view.page.about.text(), len(view.page.quotations.rows())) == ("", 3)


def test_who_is_never_quoted_is_shown_where_they_are_named(view: PeopleView) -> None:
    view.show_portrait(portrait(BODY, quotations=0))
    assert view.page.tab == "mentions"
    view.show_portrait(portrait())
    assert view.page.tab == "quotations"


def test_words_typed_are_asked_for_when_no_more_come(qtbot: QtBot, view: PeopleView) -> None:
    view.show_portrait(portrait())
    with qtbot.waitSignal(view.page.about_requested) as asked:
        qtbot.keyClicks(view.page.about, "pier")
    assert asked.args == ["pier"]
    assert view.page.tabs["quotations"].text() == "Quotations  3"
    view.page.show_quotations(portrait().quotations[1:])
    assert view.page.tabs["quotations"].text() == "Quotations  2"


def test_a_bar_of_the_plot_leaves_what_is_of_its_time_until_it_is_asked_for_again(
    qtbot: QtBot, view: PeopleView
) -> None:
    page = view.page
    view.show_portrait(portrait())
    page.show_tab("company")
    page.plot.chosen.emit("2021-05")
    assert page.tab == "quotations"
    assert [len(each.rows()) for each in (page.quotations, page.mentions, page.articles)] == [1, 0, 1]
    assert [page.tabs[key].text() for key in ("quotations", "mentions")] == ["Quotations  1", "Mentions"]
    assert page.period.text().startswith("May 2021")
    view.show_portrait(portrait(quotations=5))
    assert len(page.quotations.rows()) == 2
    qtbot.mouseClick(page.period, Qt.MouseButton.LeftButton)
    assert (len(page.quotations.rows()), page.period.isVisible()) == (5, False)
    page.plot.chosen.emit("2021-03")
    page.plot.chosen.emit("2021-03")
    assert len(page.quotations.rows()) == 5
    page.plot.chosen.emit("2021-03")
    view.show_portrait(portrait(BODY))
    assert len(page.quotations.rows()) == 3


def test_a_suggestion_is_accepted_refused_or_looked_at(qtbot: QtBot, view: PeopleView) -> None:
    suggestion = Suggestion(Person("A. Quill", 1, 0, 1), "“A. Quill” can be short for “Ada Quill”")
    view.show_portrait(portrait())
    view.page.show_around(Around(suggestions=(suggestion,)))
    (line,) = view.page.suggested.lines
    assert line.words.text() == (
        "Perhaps also A. Quill (1 article): “A. Quill” can be short for “Ada Quill”."
    )
    accepted: list[object] = []
    refused: list[object] = []
    looked: list[str] = []
    view.page.suggestion_accepted.connect(accepted.append)
    view.page.suggestion_refused.connect(refused.append)
    view.page.person_requested.connect(looked.append)
    for button in (line.merge, line.no, line.look):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert (accepted, refused, looked) == ([suggestion], [suggestion], ["A. Quill"])
    view.show_portrait(portrait(BODY))
    assert not view.page.suggested.lines


def test_several_who_are_chosen_in_the_list_can_be_merged_from_its_menu(view: PeopleView) -> None:
    view.show_source(2, lambda offset, limit: [ADA, BODY][offset : offset + limit])
    view.show_portrait(portrait())
    asked: list[bool] = []
    view.page.merge_requested.connect(lambda: asked.append(True))
    assert view.page.merge.text() == "Merge with…"
    view.people.list.selectAll()
    assert view.page.merge.text() == "Merge 2 people…"
    view.people.list.actions()[0].trigger()
    assert asked == [True]


def test_a_narrow_view_shows_the_list_or_the_person(qtbot: QtBot, view: PeopleView) -> None:
    view.show_source(1, lambda offset, limit: [ADA])
    view.show_portrait(portrait())
    view.resize(420, 600)
    assert view.people.isVisible() and not view.page.isVisible()
    view.people.enter()
    qtbot.keyClick(view.people.list, Qt.Key.Key_Return)
    assert view.page.isVisible() and not view.people.isVisible()
    assert view.page.more.isVisible() and not view.page.merge.isVisible()
    qtbot.keyClick(view.page.lists["quotations"], Qt.Key.Key_Escape)
    assert view.people.isVisible()


def test_rows_are_fetched_with_their_neighbours_when_they_are_seen(qtbot: QtBot) -> None:
    asked: list[list[int]] = []
    parent = QWidget()
    qtbot.addWidget(parent)

    def fetch(ids: Sequence[int]) -> dict[int, Saying]:
        asked.append(list(ids))
        return {id: saying(id) for id in ids if id != 61}

    model = SpotModel(parent, fetch, asked.append)
    model.replace([Spot(n, 1, "") for n in range(120)])
    model.reach(119)
    assert not asked
    assert model.index(60).data(ROW) == saying(60)
    assert model.index(61).data(ROW) is None
    assert model.index(61).data(Qt.ItemDataRole.DisplayRole) == ""
    assert "Words 99" in model.index(99).data(Qt.ItemDataRole.DisplayRole)
    assert asked == [list(range(50, 100))]


def test_a_library_that_can_not_be_read_is_told_once(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    told: list[object] = []

    def fetch(ids: Sequence[int]) -> dict[int, Saying]:
        raise LibraryError("It is held.", "Wait.")

    model = SpotModel(parent, fetch, told.append)
    model.replace([Spot(1, 1, ""), Spot(2, 1, "")])
    assert [model.index(n).data(ROW) for n in (0, 1, 0)] == [None, None, None]
    assert len(told) == 1


def test_the_order_is_asked_for_and_several_can_be_chosen(qtbot: QtBot) -> None:
    made = PeopleList(None)  # type: ignore[arg-type]  # a window of its own
    qtbot.addWidget(made)
    asked: list[tuple[str, str]] = []
    made.source_requested.connect(lambda words, order: asked.append((words, order)))
    made.order.menu().actions()[2].trigger()
    made.filter.setText("quill")
    assert asked == [("", "name"), ("quill", "name")]
    made.show_source(2, lambda offset, limit: [ADA, BODY])
    for row in (0, 1):
        made.list.selectionModel().select(made.model.index(row), QItemSelectionModel.SelectionFlag.Select)
    assert made.chosen() == ["Ada Quill", "Bay Council"]
    assert made.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "Ada Quill. 3 quotations · 2 articles"
    )


def test_the_dialog_takes_who_is_found_by_typing_and_proposes_the_fullest_name(qtbot: QtBot) -> None:
    dialog = MergeDialog(["Quill"], THEMES["light"], None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.accept_button.isEnabled()
    with qtbot.waitSignal(dialog.source_requested) as asked:
        qtbot.keyClicks(dialog.field, "ada")
    assert asked.args == ["ada"]
    dialog.show_source(1, lambda offset, limit: [ADA])
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert (dialog.chosen, dialog.name.text()) == (["Quill", "Ada Quill"], "Ada Quill")
    with qtbot.waitSignal(dialog.merge_requested) as merged:
        dialog.accept_button.click()
    assert merged.args == [["Quill", "Ada Quill"], "Ada Quill"]


def test_of_several_with_a_name_one_after_another_is_taken_and_nobody_else(qtbot: QtBot) -> None:
    dialog = MergeDialog(["Quill"], THEMES["light"], None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.field, "quill")
    dialog.show_source(2, lambda offset, limit: [ADA, BODY])
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    with qtbot.waitSignal(dialog.source_requested) as asked:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert asked.args == ["quill"], "the others with such a name are offered, not the whole library"
    dialog.show_source(1, lambda offset, limit: [BODY])
    with qtbot.waitSignal(dialog.merge_requested) as merged:
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert merged.args[0] == ["Quill", "Ada Quill"], "Enter takes nobody by words that were used"


def test_typing_after_somebody_was_taken_begins_anew(qtbot: QtBot) -> None:
    dialog = MergeDialog(["Quill"], THEMES["light"], None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.field, "ada")
    dialog.show_source(1, lambda offset, limit: [ADA])
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.field, "bay")
    assert dialog.field.text() == "bay"


def test_one_person_alone_can_be_given_another_name(qtbot: QtBot) -> None:
    dialog = MergeDialog(["Quill"], THEMES["light"], None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.name.clear()
    qtbot.keyClicks(dialog.name, "Ada Quill")
    assert dialog.accept_button.text() == "Rename"
    with qtbot.waitSignal(dialog.merge_requested) as merged:
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert merged.args == [["Quill"], "Ada Quill"]


def test_articles_are_ticked_and_the_name_follows_until_it_is_typed(qtbot: QtBot) -> None:
    shown = portrait().appearances
    dialog = PartDialog("Ada Quill", shown, lambda ids: f"Ada Quill ({len(ids)})", None)  # type: ignore[arg-type]
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.accept_button.isEnabled()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    assert (dialog.ticked(), dialog.name.text()) == ([2], "Ada Quill (1)")
    dialog.name.setText("Ada Quill (the mayor)")
    dialog.list.setCurrentRow(0)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.part_requested) as parted:
        qtbot.keyClick(dialog.list, Qt.Key.Key_Return)  # where the last was ticked
    assert parted.args == ["Ada Quill (the mayor)", [1, 2]]
