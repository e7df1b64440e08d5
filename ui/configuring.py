"""Joins the view of the settings with the preferences, the library and its copies."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLabel, QRadioButton, QWidget

from reader.paths import Paths
from reader.settings import Settings
from ui.dates import moment_in_words
from ui.desk import is_on_network, list_copies, make_copy, size_of
from ui.frame import Frame
from ui.library.keeping import Keeper
from ui.library.moving import Mover
from ui.modelling import ModelChooser
from ui.numbers import figures
from ui.preferences import Preferences
from ui.tasks import Tasks
from ui.viewing import Viewer
from ui.views.settings import SettingsView

if TYPE_CHECKING:
    from reader.library.backup import Backup

SETTINGS = "settings"


class Configurer(QObject):
    """Fills the view; further sections are put in by those whose they are, by `add`."""

    def __init__(
        self,
        preferences: Preferences,
        paths: Paths,
        frame: Frame,
        viewer: Viewer,
        *,
        keeper: Keeper,
        mover: Mover,
        chooser: ModelChooser,
        tasks: Tasks,
    ) -> None:
        super().__init__(frame)
        self._preferences, self._paths, self._frame = preferences, paths, frame
        self._keeper, self._mover, self._chooser, self._tasks = keeper, mover, chooser, tasks
        self._further: list[Callable[[SettingsView], object]] = []
        self._themes: dict[str, QRadioButton] = {}
        self._model = self._library = self._on_network = self._copies = QLabel()
        viewer.add(SETTINGS, self._make)
        preferences.changed.connect(lambda _before, after: self._show(after))

    def add(self, fill: Callable[[SettingsView], object]) -> None:
        """Have a section of another's put into the view when it is made."""
        self._further.append(fill)

    def _make(self) -> QWidget:
        view = SettingsView(self._frame.middle)
        view.closed.connect(self._frame.middle.show_page)
        view.refresh_requested.connect(self._look)
        self._add_reading(view)
        self._add_names(view)
        for fill in self._further:
            fill(view)
        self._add_library(view)
        self._add_copies(view)
        self._show(self._preferences.settings)
        return view

    # ------------------------------------------------------------ the sections

    def _add_reading(self, view: SettingsView) -> None:
        section = view.section(self.tr("Reading"))
        self._themes = section.choose(
            (
                ("system", self.tr("As the system")),
                ("light", self.tr("Light")),
                ("sepia", self.tr("Sepia")),
                ("dark", self.tr("Dark")),
            )
        )
        for name, choice in self._themes.items():
            choice.clicked.connect(partial(self._choose_theme, name))
        smaller, normal, larger, shorter, longer = section.buttons(
            self.tr("Smaller text"),
            self.tr("Normal"),
            self.tr("Larger text"),
            self.tr("Shorter lines"),
            self.tr("Longer lines"),
        )
        for button, step in ((smaller, -1), (normal, 0), (larger, 1)):
            button.clicked.connect(partial(self._step, self._preferences.step_scale, step))
        for button, step in ((shorter, -1), (longer, 1)):
            button.clicked.connect(partial(self._step, self._preferences.step_measure, step))

    def _add_names(self, view: SettingsView) -> None:
        section = view.section(self.tr("Names and languages"))
        self._model = section.say()
        (change,) = section.buttons(self.tr("Languages and models…"))
        change.clicked.connect(self._chooser.ask)

    def _add_library(self, view: SettingsView) -> None:
        section = view.section(self.tr("Where your library is"))
        self._library = section.say()
        self._on_network = section.say(
            self.tr(
                "It lies on a network drive, where it is written more slowly, so that two computers can have"
                " it open."
            )
        )
        self._on_network.hide()
        section.say(self.tr("It is one SQLite file that other programs can read too."))
        show, move = section.buttons(
            self.tr("Open the folder"), self.tr("Keep the library in another folder…")
        )
        show.clicked.connect(partial(self._open_folder, str(self._paths.data)))
        move.clicked.connect(self._mover.ask)
        move.setVisible(self._mover.can_move)
        if not self._mover.can_move:
            section.say(
                self.tr("Scholion was started with --data-dir or --temp-data, which say where it is.")
            )

    def _add_copies(self, view: SettingsView) -> None:
        section = view.section(self.tr("Backups"))
        self._copies = section.say()
        section.say(
            self.tr(
                "The library is copied every day on which you use Scholion, and each copy is checked. Older"
                " ones are thinned: one a day for a week, one a week for two months, one a month for a year."
            )
        )
        now, restore, show = section.buttons(
            self.tr("Copy now"), self.tr("Restore a backup…"), self.tr("Open the folder")
        )
        now.clicked.connect(self._copy_now)
        restore.clicked.connect(self._keeper.ask)
        show.clicked.connect(partial(self._open_folder, str(self._paths.backups)))

    # ------------------------------------------------------------ shown

    def _show(self, settings: Settings) -> None:
        if settings.theme in self._themes:
            self._themes[settings.theme].setChecked(True)
        model = settings.model or self.tr("the model that comes with Scholion (English)")
        self._model.setText(self.tr("Names are found by {}.").format(model))

    def _look(self) -> None:
        """Look how large the library is and which copies there are."""
        paths = self._paths
        self._tasks.run(
            lambda task: (size_of(paths), is_on_network(paths), list_copies(paths)),
            done=self._on_looked,
            failed=self._keeper.tell,
        )

    def _on_looked(self, found: tuple[int, bool, list[Backup]]) -> None:
        size, is_remote, copies = found
        shown = QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        self._library.setText(f"{self._paths.library} · {shown}")
        self._on_network.setVisible(is_remote)
        if not copies:
            self._copies.setText(self.tr("There is no copy yet. They go to {}.").format(self._paths.backups))
            return
        words = self.tr("{} copies in {}. The newest is of {}.")
        if len(copies) == 1:
            words = self.tr("{} copy in {}. It is of {}.")
        newest = moment_in_words(copies[0].made)
        self._copies.setText(words.format(figures(len(copies)), self._paths.backups, newest))

    # ------------------------------------------------------------ asked

    def _choose_theme(self, name: str, *_clicked: bool) -> None:
        self._preferences.change(theme=name)

    def _step(self, step: Callable[[int], None], way: int, *_clicked: bool) -> None:
        step(way)

    def _copy_now(self) -> None:
        self._tasks.run(
            lambda task: make_copy(self._paths),
            done=self._on_copied,
            failed=self._keeper.tell,
        )

    def _on_copied(self, copy: Backup) -> None:
        self._frame.messages.show_message(
            self.tr("The library was copied and the copy checked: “{}”.").format(copy.path.name)
        )
        self._look()

    def _open_folder(self, folder: str, *_clicked: bool) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(folder)):
            self._frame.messages.show_message(
                self.tr("No program could be found that shows folders."),
                self.tr("Open “{}” by hand.").format(folder),
                kind="warning",
            )
