"""Menus that are made for one showing, such as those of a place that was pointed at."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu, QWidget

M = TypeVar("M", bound=QMenu)


def for_once(menu: M) -> M:
    """Return the menu, which is gone when it is closed, but not before what was chosen in it is done.

    Its parent must outlive that: the window, or what stays in it, not a row that may be made anew meanwhile.
    """
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def place_over(widget: QWidget) -> QPoint:
    """Return where on the screen a menu is to open that a button or a key asked for.

    That is where the mouse is, as far as it is over the widget: who uses keys may have left it anywhere.
    """
    at = QCursor.pos()
    inside = widget.rect().contains(widget.mapFromGlobal(at))
    return at if inside else widget.mapToGlobal(widget.rect().center())
