"""Joins the codebook with the session: tags are made, renamed, coloured, nested, merged and deleted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QCompleter, QMenu, QWidget

from reader.errors import ReaderError
from reader.lists import Filter, Overview, Used, under
from reader.model import Change, Colour
from reader.text import excerpt
from ui.dialogs.naming import NameDialog
from ui.frame import Frame
from ui.library.organising import Organiser
from ui.menus import for_once
from ui.session import Session
from ui.undoing import UndoBar
from ui.viewing import Viewer
from ui.views.codebook import CodebookView

if TYPE_CHECKING:
    from reader.library import Library

CODEBOOK = "codebook"
LONGEST = 40


class Coder(QObject):
    """What is asked for in the codebook becomes a change of the session."""

    def __init__(
        self, session: Session, frame: Frame, organiser: Organiser, viewer: Viewer, *, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._frame, self._organiser, self._window = session, frame, organiser, window
        self._undo = UndoBar(session.history, frame.messages, parent=self)
        self.dialog: NameDialog | None = None
        viewer.add(CODEBOOK, self._make, title=self.tr("Tags"))
        frame.library.shelves.all_tags_requested.connect(partial(viewer.show, CODEBOOK))
        organiser.overlooked.connect(self._show)

    def _make(self) -> QWidget:
        view = CodebookView(self._frame.middle)
        view.closed.connect(self._frame.middle.show_page)
        view.refresh_requested.connect(self._on_refresh)
        view.new_requested.connect(self._ask_new)
        view.rename_requested.connect(self._rename)
        view.describe_requested.connect(self._describe)
        view.nest_requested.connect(self._nest)
        view.merge_requested.connect(self._ask_merge)
        view.delete_requested.connect(self._delete)
        view.show_requested.connect(lambda name: self._organiser.show(Filter(tag=name)))
        view.menu_requested.connect(self._show_menu)
        return view

    def _on_refresh(self) -> None:
        if self._organiser.has_looked:  # else it is looked now, and shown then
            self._show(self._organiser.overview)

    def _show(self, overview: Overview) -> None:
        if CODEBOOK in self._frame.middle.made():
            view = self._frame.middle.view(CODEBOOK)
            assert isinstance(view, CodebookView)
            view.show_tags(overview.tags)

    def _used(self, name: str) -> Used | None:
        tags = self._organiser.overview.tags
        return next((each for each in tags if each.tag.name.casefold() == name.casefold()), None)

    # ------------------------------------------------------------ done

    def _do(self, make: Callable[[Library], Change | None], *, size: int, told: str = "") -> None:
        def done(change: Change) -> None:
            if told:
                self._undo.tell(told)

        self._organiser.carrier.do(make, size=size, done=done)

    def _rename(self, name: str, wanted: str) -> None:
        """Call a tag otherwise; where there is one of that name, offer to merge them."""
        from reader import ordering

        library = self._session.library
        if library is None:
            return
        action = self.tr("rename a tag")
        try:
            change = ordering.rename_tag(library, name, wanted, action=action)
        except ordering.NameTaken as taken:
            self._frame.messages.show_message(
                self.tr("There is a tag “{}” already.").format(excerpt(taken.name, limit=LONGEST)),
                kind="warning",
                action_text=self.tr("Merge them"),
                action=partial(self._merge, name, taken.name),
            )
        except ReaderError as error:
            self._session.problem.emit(error, "warning")
        else:
            if change is not None:
                self._session.do(change)
        self._show(self._organiser.overview)  # what was written in place goes; what is stored is on its way

    def _nest(self, name: str, parent: str) -> None:
        if under(parent, name):
            return  # a tag under itself
        last = name.rpartition("/")[2]
        wanted = f"{parent}/{last}" if parent else last
        if wanted.casefold() != name.casefold():
            self._rename(name, wanted)

    def _describe(self, name: str, description: str) -> None:
        used = self._used(name)
        if used is not None:
            self._edit(used, description=" ".join(description.split()))
        self._show(self._organiser.overview)

    def _colour(self, name: str, colour: Colour | None) -> None:
        used = self._used(name)
        if used is not None:
            self._edit(used, colour=colour)

    def _edit(self, used: Used, **wanted: object) -> None:
        from reader import ordering

        tag = replace(used.tag, **wanted)  # type: ignore[arg-type]  # fields of a tag
        action = self.tr("edit a tag")
        self._do(lambda library: ordering.edit_tag(library, tag, action=action), size=1)

    def _merge(self, name: str, into: str) -> None:
        from reader import ordering

        told = self.tr("“{}” is “{}” now, wherever it was used.").format(
            excerpt(name, limit=LONGEST), excerpt(into, limit=LONGEST)
        )
        action = self.tr("merge tags")
        size = self._uses_of(name)
        self._do(
            lambda library: ordering.merge_tags(library, name, into, action=action), size=size, told=told
        )

    def _delete(self, name: str) -> None:
        from reader import ordering

        uses = self._uses_of(name)
        shown = excerpt(name, limit=LONGEST)
        told = self.tr("The tag “{}” is deleted.").format(shown)
        if uses:
            told = self.tr("The tag “{}” is deleted, and gone from {} places.").format(shown, uses)
        if uses == 1:
            told = self.tr("The tag “{}” is deleted, and gone from one place.").format(shown)
        action = self.tr("delete a tag")
        self._do(lambda library: ordering.delete_tag(library, name, action=action), size=uses, told=told)

    def _uses_of(self, name: str) -> int:
        tags = (each for each in self._organiser.overview.tags if under(each.tag.name, name))
        return sum(each.highlights + each.notes + each.documents for each in tags)

    # ------------------------------------------------------------ asked

    def _ask_new(self, within: str) -> None:
        from reader import ordering

        def keep(name: str) -> str:
            library = self._session.library
            if library is None:
                return self.tr("The library is not open, so nothing can be kept.")
            try:
                change = ordering.new_tag(library, name, action=self.tr("make a tag"))
            except ReaderError as error:
                return str(error)
            return "" if self._session.do(change) else self.tr("This is not kept yet.")

        remark = self.tr("With a slash it stands under another: “money/budget”.")
        self._open(self.tr("New tag"), remark, f"{within}/" if within else "", keep)

    def _ask_merge(self, name: str) -> None:
        known = [each.tag.name for each in self._organiser.overview.tags if not under(each.tag.name, name)]

        def keep(into: str) -> str:
            found = next((each for each in known if each.casefold() == into.strip().casefold()), None)
            if found is None:
                return self.tr("There is no such tag. Choose one of those that come up while you type.")
            self._merge(name, found)
            return ""

        title = self.tr("Merge “{}” into").format(excerpt(name, limit=LONGEST))
        remark = self.tr("All that has this tag has the other one then. This can be undone.")
        dialog = self._open(title, remark, "", keep)
        completer = QCompleter(known, dialog)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        dialog.field.setCompleter(completer)

    def _open(self, title: str, remark: str, name: str, keep: Callable[[str], str]) -> NameDialog:
        self.dialog = NameDialog(title, remark, name, keep, self._window)
        self.dialog.open()
        return self.dialog

    def _colours(self) -> dict[Colour | None, str]:
        return {
            Colour.YELLOW: self.tr("Yellow"),
            Colour.GREEN: self.tr("Green"),
            Colour.BLUE: self.tr("Blue"),
            Colour.PINK: self.tr("Pink"),
            Colour.ORANGE: self.tr("Orange"),
            None: self.tr("None"),
        }

    def _show_menu(self, name: str, at: QPoint) -> None:
        view = self._frame.middle.view(CODEBOOK)
        assert isinstance(view, CodebookView)
        menu = for_once(QMenu(self._frame))
        show = menu.addAction(self.tr("Show what has it"))
        show.triggered.connect(lambda: self._organiser.show(Filter(tag=name)))
        used = self._used(name)
        if used is not None:
            colours = menu.addMenu(self.tr("Colour"))
            for colour, words in self._colours().items():
                action = colours.addAction(words)
                action.setCheckable(True)
                action.setChecked(used.tag.colour is colour)
                action.triggered.connect(lambda _=False, colour=colour: self._colour(name, colour))
        menu.addAction(self.tr("Rename") + "\tF2").triggered.connect(view.edit_name)
        if used is not None:
            menu.addAction(self.tr("Describe") + "\tShift+F2").triggered.connect(view.edit_meaning)
        menu.addAction(self.tr("New tag under it…")).triggered.connect(lambda: self._ask_new(name))
        menu.addAction(self.tr("Merge into…")).triggered.connect(lambda: self._ask_merge(name))
        menu.addSeparator()
        menu.addAction(self.tr("Delete") + "\tDel").triggered.connect(lambda: self._delete(name))
        menu.popup(at)
