"""Start of the process to the first painted window, against an empty PySide6 window, in one run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from tools.bench.table import Row

ROUNDS = 9

# Ends the process when the window has been painted for the first time, saying when that was.
STOP_AT_PAINT = """
import os, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.objectName() == AWAITED:
            QTimer.singleShot(0, self.end)
        return False
    def end(self):
        print(time.monotonic(), flush=True)
        os._exit(0)

def run_until_painted(*_):
    app = QApplication.instance()
    app.watch = Watch()
    app.installEventFilter(app.watch)
    return real()

real = QApplication.exec
QApplication.exec = run_until_painted
"""

EMPTY = (
    STOP_AT_PAINT
    + """
app = QApplication([])
window = QMainWindow()
window.setObjectName("mainWindow")
window.resize(1440, 860)
window.show()
QApplication.exec()
"""
)

SCHOLION = (
    STOP_AT_PAINT
    + """
import main
sys.argv = ["main.py"]
main.main()
"""
)

# The same, when the first names or quotations have been given to the page and painted.
MARKED = (
    STOP_AT_PAINT.replace("QApplication.exec = run_until_painted", "")
    + """
from ui.page.view import PageView
show = PageView.show_findings

def show_and_tell(page, where, mentions, quotes):
    mentions = list(mentions)
    show(page, where, mentions, quotes)
    if mentions:
        page.viewport().repaint()
        print(time.monotonic(), flush=True)
        os._exit(0)

PageView.show_findings = show_and_tell
import main
sys.argv = ["main.py"]
main.main()
"""
)


def painted_after(code: str, awaited: str = "mainWindow", *, data: Path | None = None) -> float:
    """Return the milliseconds from the start of a process to the first painting of a widget.

    `data` is the folder of a library that is there already; without it the user is a new one.
    """
    # Compiled code is kept, as it is on every user's machine.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    if data is not None:
        code = code.replace('["main.py"]', f'["main.py", "--data-dir", {str(data)!r}]')
    command = [sys.executable, "-c", f"AWAITED = {awaited!r}\n{code}"]
    with tempfile.TemporaryDirectory() as home:  # a user who has never started it
        kept |= {f"XDG_{kind}_HOME": home for kind in ("DATA", "CONFIG", "STATE", "CACHE")}
        start = time.monotonic()
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True, env=kept
        )
    return (float(done.stdout.split()[-1]) - start) * 1000


def run(*, large: bool = False) -> list[Row]:
    """Start them by turns, after one unmeasured round, and compare the medians."""
    empty: list[float] = []
    ours: list[float] = []
    whole: list[float] = []
    marked: list[float] = []
    for measured in (False, *[True] * ROUNDS):
        times = (
            painted_after(EMPTY),
            painted_after(SCHOLION),
            painted_after(SCHOLION, "topBar"),
            painted_after(MARKED),
        )
        if measured:
            for kept, value in zip((empty, ours, whole, marked), times, strict=True):
                kept.append(value)
    return [
        Row("start: an empty window", median(empty), "ms"),
        Row("start: Scholion's window", median(ours), "ms"),
        Row("start: the same, with everything in it", median(whole), "ms"),
        Row("start: window to first names and quotations", median(marked) - median(ours), "ms", 2000),
        Row("start: Scholion against empty", median(ours) / median(empty), "×", 1.25),
    ]
