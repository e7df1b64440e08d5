"""The encodings that a reader can choose from, in words, as a menu. Reads nothing."""

from __future__ import annotations

import codecs
from collections.abc import Callable

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget


def _(words: str) -> str:
    return str(QT_TRANSLATE_NOOP("Encodings", words))


# Python's name, the usual name, and whose letters it holds; in groups. Three are read by their larger kin,
# as browsers read them.
GROUPS: tuple[tuple[tuple[str, str, str], ...], ...] = (
    (("utf-8", "UTF-8", ""), ("utf-16", "UTF-16", "")),
    (
        ("cp1252", "Windows-1252", _("Western Europe")),
        ("iso8859-1", "ISO-8859-1", _("Western Europe")),
        ("iso8859-15", "ISO-8859-15", _("Western Europe, with €")),
        ("mac-roman", "Mac Roman", _("old Macintosh files")),
    ),
    (
        ("cp1250", "Windows-1250", _("Central Europe")),
        ("cp1251", "Windows-1251", _("Cyrillic")),
        ("koi8-r", "KOI8-R", _("Russian")),
    ),
    (
        ("cp932", "Shift_JIS", _("Japanese")),
        ("euc_jp", "EUC-JP", _("Japanese")),
        ("gb18030", "GB18030", _("Chinese, simplified")),
        ("big5", "Big5", _("Chinese, traditional")),
        ("cp949", "EUC-KR", _("Korean")),
    ),
)
_KIN = {"shift_jis": "cp932", "euc_kr": "cp949", "gbk": "gb18030", "gb2312": "gb18030"}


def _tr(words: str) -> str:
    return QCoreApplication.translate("Encodings", words)


def known(encoding: str) -> str:
    """Return the name of the table's row for an encoding; one that is not in it under Python's name."""
    if not encoding:
        return ""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return encoding
    if name.startswith("utf-16"):
        return "utf-16"
    return _KIN.get(name, name)


def encoding_menu(parent: QWidget, *, present: str, chosen: str, choose: Callable[[str], object]) -> QMenu:
    """Make a menu of the encodings, `present` ticked; `choose` is called with the one that is taken.

    Where a person has `chosen` one before, the file's own may be taken again: it is called with "".
    """
    menu = QMenu(parent)
    menu.setAccessibleName(_tr("Encoding"))
    group = QActionGroup(menu)
    ticked = known(present)
    rows = list(GROUPS)
    if ticked and ticked not in {name for part in GROUPS for name, _usual, _whose in part}:
        rows.insert(0, ((ticked, ticked.replace("cp125", "Windows-125").replace("iso8859", "ISO-8859"), ""),))
    for part in rows:
        if not menu.isEmpty():
            menu.addSeparator()
        for name, usual, whose in part:
            action = menu.addAction(f"{usual} · {_tr(whose)}" if whose else usual)
            action.setCheckable(True)
            action.setChecked(name == ticked)
            action.setData(name)
            group.addAction(action)
            action.triggered.connect(lambda _checked=False, name=name: choose(name))
    if chosen:
        menu.addSeparator()
        menu.addAction(_tr("As the file seems to be")).triggered.connect(lambda: choose(""))
    return menu
