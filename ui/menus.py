"""Menus that are made for one showing, such as those of a place that was pointed at."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

M = TypeVar("M", bound=QMenu)


def for_once(menu: M) -> M:
    """Return the menu, which is gone when it is closed, but not before what was chosen in it is done.

    Its parent must outlive that: the window, or what stays in it, not a row that may be made anew meanwhile.
    """
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu
