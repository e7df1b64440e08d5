"""Has the window say, wherever something of the library would be seen, that it can't be read now."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from ui.configuring import SETTINGS
from ui.frame import Frame
from ui.library.reach import Reach
from ui.panels.away import away_in_words
from ui.session import Session
from ui.viewing import Viewer


class Covering(QObject):
    """Joins what is known of the library with the views, the left side and the empty page."""

    def __init__(self, reach: Reach, session: Session, frame: Frame, viewer: Viewer) -> None:
        super().__init__(reach)
        self._reach, self._session, self._frame = reach, session, frame
        self._said = ""  # on the page without an article
        for away in (frame.middle.away.away, frame.library.away):
            away.again_requested.connect(reach.try_again)
            away.settings_requested.connect(partial(viewer.show, SETTINGS))
        reach.changed.connect(self._show)

    def _show(self) -> None:
        reach, frame = self._reach, self._frame
        for away in (frame.middle.away.away, frame.library.away):
            away.offer_again(reach.can_try_again)
        frame.library.set_away(reach.is_away)
        frame.middle.set_away(reach.is_away or reach.is_hurt)
        self._say_on_empty_page()

    def _say_on_empty_page(self) -> None:
        area, words = self._frame.area, away_in_words()
        said = area.nothing.text()
        if (self._reach.is_away or self._reach.is_hurt) and self._session.document is None:
            self._said = self._said if said == words else said
            area.say_nothing_is_open(words)
        elif said == words:
            area.say_nothing_is_open(self._said)
