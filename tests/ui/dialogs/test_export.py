"""The export dialog asks for format, contents and place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.dialogs.export import ExportDialog, ExportOptions

WRITERS = [("Markdown", (".md", ".markdown"), None), ("Web page", (".html", ".htm"), None)]


class Asked:
    """Stands for the system's dialog."""

    def __init__(self, answer: str) -> None:
        self.answer = answer
        self.asked: tuple[str, str] = ("", "")

    def __call__(self, parent: QWidget, title: str, path: str, patterns: str) -> tuple[str, str]:
        self.asked = (path, patterns)
        return self.answer, ""


def test_what_is_chosen_is_asked_for(qtbot: QtBot) -> None:
    ask = Asked("/reports/wall.html")
    dialog = ExportDialog(WRITERS, "/reports/wall", ask_path=ask)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.keyClick(dialog.formats[1], Qt.Key.Key_Space)
    qtbot.keyClick(dialog.names, Qt.Key.Key_Space)
    with qtbot.waitSignal(dialog.export_requested) as asked:
        qtbot.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    assert ask.asked == ("/reports/wall.html", "Web page (*.html *.htm)")
    assert asked.args == ["/reports/wall.html", ExportOptions(names=False)]
    assert not dialog.isVisible()


def test_a_path_without_its_suffix_gets_it(qtbot: QtBot) -> None:
    for path, wanted in (("/r/wall", "/r/wall.md"), ("/r/wall.v2", "/r/wall.v2.md"), ("/r/w.MD", "/r/w.MD")):
        dialog = ExportDialog(WRITERS, "/r/wall", ask_path=Asked(path))
        qtbot.addWidget(dialog)
        with qtbot.waitSignal(dialog.export_requested) as asked:
            dialog.export.click()
        assert asked.args[0] == wanted


def test_a_file_that_would_be_replaced_for_its_added_suffix_is_asked_about(
    qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "wall.md").write_text("An older report.")
    asked: list[str] = []
    answers = [str(tmp_path / "wall"), str(tmp_path / "wall.md")]

    def ask(parent: QWidget, title: str, path: str, patterns: str) -> tuple[str, str]:
        asked.append(path)
        return answers[len(asked) - 1], ""

    dialog = ExportDialog(WRITERS, "/r/wall", ask_path=ask)
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.export_requested) as requested:
        dialog.export.click()
    assert asked == ["/r/wall.md", str(tmp_path / "wall.md")]
    assert requested.args[0] == str(tmp_path / "wall.md")


def test_no_place_no_report(qtbot: QtBot) -> None:
    dialog = ExportDialog(WRITERS, "/r/wall", ask_path=Asked(""))
    qtbot.addWidget(dialog)
    dialog.open()
    with qtbot.assertNotEmitted(dialog.export_requested):
        dialog.export.click()
    assert dialog.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_an_empty_report_can_not_be_asked_for(qtbot: QtBot) -> None:
    dialog = ExportDialog(WRITERS, "/r/wall", ask_path=Asked("/r/wall.md"))
    qtbot.addWidget(dialog)
    for box in (dialog.highlights, dialog.quotations, dialog.names):
        box.click()
    assert not dialog.export.isEnabled()
    dialog.names.click()
    assert dialog.export.isEnabled()
