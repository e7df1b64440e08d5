"""The composition root: builds every object and joins every signal. Read it to see the whole application."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QMenu

from reader.document import Document
from reader.drafts import Drafts
from reader.errors import ReaderError
from reader.model import Colour
from reader.paths import Paths, resource
from reader.settings import Settings
from ui.actions import build_actions, context_menu, fill_menu
from ui.analyst import Analyst
from ui.article.annotating import Annotator
from ui.article.correcting import Corrector
from ui.article.detailing import Detailer
from ui.article.exporting import Exporter
from ui.article.guiding import Guide
from ui.article.navigating import Navigator
from ui.article.remarking import Remarker
from ui.article.rereading import Rereader
from ui.article.showing import Presenter
from ui.article.wayfinding import Wayfinder
from ui.crash import CrashReporter
from ui.dialogs.bar import Kind
from ui.dressing import Dresser
from ui.frame import Frame
from ui.helping import Helper
from ui.library.keeping import Keeper
from ui.library.opening import FileIntake
from ui.library.shelf import Shelf
from ui.library.wing import Wing
from ui.main_window import MainWindow
from ui.modelling import ModelChooser
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import Tasks
from ui.theme import interface_font, load_fonts

PLACE_MS = 400  # after so long without scrolling, the place is on disk
SETTLE_MS = 800  # after so long on a new document, what was loaded is taken for permanent


class Application(QObject):
    """One window and everything behind it."""

    def __init__(
        self,
        app: QApplication,
        window: MainWindow,
        paths: Paths,
        files: list[str],
        *,
        analyst: Analyst,
        settings: Settings,
        told: Sequence[ReaderError] = (),
    ) -> None:
        super().__init__(window)
        self._files = files
        load_fonts()
        window.setFont(interface_font())  # inherited; the application's reaches not every one
        self.preferences = Preferences(settings, paths.settings, parent=self)
        self.tasks = Tasks(self)
        self.analyst = analyst
        self.session = Session(paths, tasks=self.tasks, analyst=self.analyst, parent=self)
        self.window = window
        self.frame = frame = Frame(window)
        page = frame.page
        self.messages = frame.messages
        self.crash = CrashReporter(paths.logs / "crash.log", parent_of_dialog=lambda: window)
        self.intake = FileIntake(paths, tasks=self.tasks, messages=self.messages, parent=window)
        self.shelf = Shelf(self.session, frame.library, paths, tasks=self.tasks, messages=self.messages)
        self.keeper = Keeper(
            self.session, self.shelf, paths, tasks=self.tasks, messages=self.messages, window=window
        )
        drafts = Drafts(paths.drafts)
        self.annotator = Annotator(self.session, page, drafts, colour=Colour(settings.colour), parent=self)
        self.remarker = Remarker(self.session, page, drafts, parent=self)
        self.detailer = Detailer(self.session, frame, window=window)
        self.rereader = Rereader(self.session, self.intake, frame, window=window)
        self.navigator = Navigator(self.session, page, frame.middle, parent=self)
        self.corrector = Corrector(self.session, frame, self.annotator.toolbar)
        self.guide = Guide(
            self.session, frame, navigator=self.navigator, annotator=self.annotator, remarker=self.remarker
        )
        self.wayfinder = Wayfinder(self.session, frame, self.navigator, window=window)
        self.exporter = Exporter(
            self.session, tasks=self.tasks, messages=self.messages, window=window, folder=paths.documents
        )
        self.helper = Helper(window)
        self.presenter = Presenter(self.session, window, frame)
        self.chooser = ModelChooser(
            self.session, self.analyst, frame, preferences=self.preferences, window=window
        )
        self.wing = Wing(
            self.session,
            frame,
            self.navigator,
            paths=paths,
            analyst=self.analyst,
            shelf=self.shelf,
            intake=self.intake,
            keeper=self.keeper,
            detailer=self.detailer,
            corrector=self.corrector,
            chooser=self.chooser,
            preferences=self.preferences,
            tasks=self.tasks,
            window=window,
        )
        self.dresser = Dresser(
            app, self.preferences, frame, themed=(self.annotator, self.remarker, self.corrector)
        )
        self._recent = QMenu(self.tr("Recent"), window)
        self.actions = build_actions(window, frame.area, self._handlers())
        self._menu = QMenu(window)
        fill_menu(self._menu, self.actions, {"File": [self._recent]})
        frame.top_bar.fill(self.actions, self._menu)
        self.helper.use(self.actions)
        self.rereader.use(self.actions)
        self.wing.use(self.actions)
        self._place_later = QTimer(self, singleShot=True, interval=PLACE_MS)
        self._settled = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._join()
        self.dresser.use(self.actions)
        self._show_recent(settings.recent)
        self._restore_window(settings)
        for error in told:
            self._on_problem(error, "warning")
        for sentence in settings.warnings:
            self.messages.show_message(sentence, kind="warning")

    # ------------------------------------------------------------ joined

    def _handlers(self) -> dict[str, Callable[[], object]]:
        area, page, session = self.frame.area, self.frame.page, self.session
        annotator, navigator, preferences = self.annotator, self.navigator, self.preferences
        helper, guide, dresser = self.helper, self.guide, self.dresser
        pens = {str(colour): partial(annotator.highlight, colour) for colour in Colour}
        return {
            **pens,
            **self.wing.handlers(),
            "open": self.intake.ask_files,
            "open_folder": self.intake.ask_folder,
            "choose_encoding": self.rereader.ask_encoding,
            "extent": self.rereader.change_extent,
            "details": self.detailer.ask,
            "export": self.exporter.ask,
            "restore": self.keeper.ask,
            "quit": self.window.close,
            "undo": session.history.undo,
            "redo": session.history.redo,
            "copy": annotator.copy,
            "copy_citation": annotator.copy_citation,
            "copy_link": self.wayfinder.copy_address,
            "select_all": page.select_all,
            "find": area.open_find,
            "find_next": partial(area.find_next, 1),
            "find_previous": partial(area.find_next, -1),
            "highlight": annotator.highlight,
            "note": annotator.note,
            "article_note": guide.note_on_article,
            "tag": annotator.tag,
            "remove": annotator.remove,
            "correct": self.corrector.correct,
            "speaker": self.corrector.ask_speaker,
            "names": partial(dresser.toggle, "show_names"),
            "quotes": partial(dresser.toggle, "show_quotes"),
            "highlights": partial(dresser.toggle, "show_highlights"),
            "library_panel": partial(dresser.toggle_panel, "left_panel", self.frame.side),
            "findings_panel": partial(dresser.toggle_panel, "right_panel", self.frame.findings),
            "larger": partial(preferences.step_scale, 1),
            "smaller": partial(preferences.step_scale, -1),
            "normal_size": partial(preferences.step_scale, 0),
            "wider": partial(preferences.step_measure, 1),
            "narrower": partial(preferences.step_measure, -1),
            "theme": lambda: preferences.next_theme(page.theme.name),
            "models": self.chooser.ask,
            "full_screen": self._full_screen,
            "back": navigator.back,
            "forward": navigator.forward,
            "contents": self.wayfinder.show_contents,
            "go_to_page": self.wayfinder.ask_page,
            "next_document": partial(self._step_document, 1),
            "previous_document": partial(self._step_document, -1),
            "next_mention": partial(guide.step_mention, 1),
            "previous_mention": partial(guide.step_mention, -1),
            "next_quote": partial(guide.step_quote, 1),
            "previous_quote": partial(guide.step_quote, -1),
            "next_highlight": partial(guide.step_highlight, 1),
            "previous_highlight": partial(guide.step_highlight, -1),
            "names_tab": partial(dresser.go_to_tab, "names"),
            "quotes_tab": partial(dresser.go_to_tab, "quotes"),
            "notes_tab": partial(dresser.go_to_tab, "notes"),
            "page": self.frame.middle.show_page,
            "palette": helper.show_palette,
            "welcome": self._open_welcome,
            "shortcuts": helper.show_shortcuts,
            "about": helper.show_about,
        }

    def _join(self) -> None:
        window, frame, session, page = self.window, self.frame, self.session, self.frame.page
        window.files_dropped.connect(self.intake.open)
        window.closing.connect(self.close)
        self.tasks.broke.connect(self.crash.report)
        self.intake.preview_ready.connect(self._on_preview)
        self.intake.first_ready.connect(self._on_first_ready)
        self.intake.opened.connect(self.preferences.remember_recent)
        self.intake.library_changed.connect(self.shelf.refresh)
        self.intake.library_changed.connect(session.end_preview)
        self.shelf.ready.connect(self._on_library)
        session.problem.connect(self._on_problem)
        session.document_opened.connect(self._on_document)
        session.history.changed.connect(self._show_undo)
        session.changed_elsewhere.connect(self._on_changed_elsewhere)
        self.preferences.changed.connect(lambda _before, after: self._show_recent(after.recent))
        self.preferences.problem.connect(self._on_problem)
        self.analyst.restarted.connect(
            lambda: self.messages.show_message(
                self.tr("The analysis stopped unexpectedly and has been started again."),
                self.tr("Your text and notes are not affected."),
            )
        )
        for writer in (self.annotator, self.remarker):
            writer.told.connect(self.messages.show_message)
            writer.problem.connect(self._on_problem)
        self.annotator.colour_chosen.connect(lambda colour: self.preferences.change(colour=str(colour)))
        self.wayfinder.told.connect(self.messages.show_message)
        for finder in (self.wayfinder, self.wing.searcher):
            finder.side_requested.connect(partial(self.dresser.toggle_panel, "left_panel", frame.side))
        self.wing.mover.leaving.connect(self.annotator.close)
        self.wing.mover.leaving.connect(self.remarker.close)
        self.navigator.history_changed.connect(self._show_history)
        frame.library.document_requested.connect(self.navigator.open)
        frame.library.problem.connect(lambda error: self._on_problem(error, "warning"))
        frame.findings.tab_changed.connect(lambda tab: self.preferences.change(right_tab=tab))
        page.context_requested.connect(self._show_context_menu)
        page.place_changed.connect(self._on_place)
        self._place_later.timeout.connect(self._keep_place)
        self._settled.timeout.connect(self._on_settled)

    # ------------------------------------------------------------ starting and ending

    def start(self) -> None:
        """Fill the window; load what is heavy only when that has been painted."""
        self.window.setPalette(QPalette())  # from here on the theme's
        self.window.setCentralWidget(self.frame)
        QTimer.singleShot(0, self.shelf.open)

    def _on_library(self) -> None:
        """Show what was asked for on the command line, or the last article, or the first one of all."""
        last, newest = self.preferences.settings.last_document, self.shelf.newest()
        files, self._files = self._files, []  # another library that takes its place shows what is in that
        if files:
            self.intake.open(files)
        elif last is not None and self.shelf.holds(last):
            self.wing.viewer.open_behind(last)
        elif self.shelf.is_empty:
            self._open_welcome()
        elif newest is not None:
            self.wing.viewer.open_behind(newest)
        else:
            self.session.leave()  # everything was put away

    def _open_welcome(self) -> None:
        self.intake.open([str(resource("welcome", "welcome.md"))])

    def close(self) -> None:
        """Keep everything, end every process."""
        self.shelf.close()
        self.annotator.close()
        self.remarker.close()
        self._keep_place()
        size = bytes(self.window.saveGeometry().toBase64().data()).decode("ascii")
        self.preferences.change(geometry=size, splitter=tuple(self.frame.splitter.sizes()))
        self.preferences.save()
        self.tasks.close()
        self.intake.close()
        self.analyst.stop()
        self.session.close()

    # ------------------------------------------------------------ the library

    def _step_document(self, way: int) -> None:
        following = self.frame.library.neighbour(way)
        if following is not None:
            self.navigator.open(following)

    def _on_preview(self, document: Document) -> None:
        """Show the beginning of what is being read, unless it is on the page as it was read before."""
        shown = self.session.document
        if not self.session.previewing:
            if shown is not None and shown.source == document.source:
                return
            self._keep_place()
            self.navigator.remember()
        self.session.show_preview(document)

    def _on_first_ready(self, document_id: int) -> None:
        if self.session.library is None:
            self.shelf.take()  # it could not be opened at the start; now it has been
        if document_id == self.session.document_id:
            self._keep_place()
            self.session.open(document_id)  # its file may have a new text
        else:
            self.navigator.open(document_id)

    def _on_document(self) -> None:
        self.annotator.forget()
        self.navigator.on_document_opened()
        if self.session.document_id is not None:
            self.preferences.change(last_document=self.session.document_id)
            self.preferences.save()
        self._settled.start()

    @staticmethod
    def _on_settled() -> None:
        """Take what was loaded out of the collector's sight: looking through it costs frames."""
        gc.collect(1)  # the young ones only: looking through everything takes several frames itself
        gc.freeze()

    # ------------------------------------------------------------ at the page

    def _show_context_menu(self, at: QPoint) -> None:
        menu = context_menu(self.window, self.actions, on_link=bool(self.wayfinder.address()))
        further = self.corrector.menu_here(menu)
        if further is not None:
            menu.insertMenu(self.actions["copy"], further)
        menu.popup(at)

    # ------------------------------------------------------------ shown

    def _on_problem(self, error: ReaderError, kind: Kind) -> None:
        self.messages.show_message(error.what, error.next, kind=kind)

    def _on_place(self) -> None:
        self._place_later.start()
        self.session.look_at(self.frame.page.visible_blocks().start)

    def _keep_place(self) -> None:
        self._place_later.stop()
        if self.session.document is not None and self.session.document is self.frame.page.document:
            self.session.keep_place(self.frame.page.place())

    def _show_undo(self) -> None:
        history = self.session.history
        for key, word, action in (
            ("undo", self.tr("Undo"), history.next_undo),
            ("redo", self.tr("Redo"), history.next_redo),
        ):
            self.actions[key].setEnabled(bool(action))
            self.actions[key].setText(f"{word}: {action}" if action else word)

    def _on_changed_elsewhere(self, document_id: int, title: str) -> None:
        self.messages.show_message(
            self.tr("That was in another article, “{}”.").format(title),
            action_text=self.tr("Show it"),
            action=partial(self.navigator.open, document_id),
        )

    def _show_history(self) -> None:
        self.actions["back"].setEnabled(self.navigator.can_go_back)
        self.actions["forward"].setEnabled(self.navigator.can_go_forward)

    def _full_screen(self) -> None:
        self.window.setWindowState(self.window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _show_recent(self, files: tuple[str, ...]) -> None:
        self._recent.clear()
        self._recent.setEnabled(bool(files))
        for name in files:
            shown = " ".join(Path(name).name.split()) or name
            action = self._recent.addAction(shown)
            action.setToolTip(name)
            action.triggered.connect(partial(self.intake.open, [name]))

    def _restore_window(self, settings: Settings) -> None:
        if len(settings.splitter) == 3:
            self.frame.splitter.setSizes(list(settings.splitter))
        self.frame.findings.show_tab(settings.right_tab)
        self._show_undo()
        self._show_history()
