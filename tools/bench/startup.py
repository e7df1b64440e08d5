"""Start of the process to the first painted window, against an empty PySide6 window, in one run."""

from __future__ import annotations

import subprocess
import sys
import time
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
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            QTimer.singleShot(0, self.end)
        return False
    def end(self):
        print(time.monotonic(), flush=True)
        os._exit(0)

def run_until_painted():
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
window.resize(1440, 860)
window.show()
QApplication.exec()
"""
)

SCHOLION = (
    STOP_AT_PAINT
    + """
import main
sys.argv = ["main.py", "--temp-data"]
main.main()
"""
)


def _painted_after(code: str) -> float:
    start = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True
    )
    return (float(done.stdout.split()[-1]) - start) * 1000


def run() -> list[Row]:
    """Start both, by turns, and compare the medians."""
    empty: list[float] = []
    ours: list[float] = []
    for _ in range(ROUNDS):
        empty.append(_painted_after(EMPTY))
        ours.append(_painted_after(SCHOLION))
    return [
        Row("start: an empty window", median(empty), "ms"),
        Row("start: Scholion's window", median(ours), "ms"),
        Row("start: Scholion against empty", median(ours) / median(empty), "×", 1.25),
    ]
