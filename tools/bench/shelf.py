"""The window over a large library: listing it, scrolling the list, memory, and the start of the program."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

from tools.bench.startup import SCHOLION, painted_after
from tools.bench.table import Row, percentile

STARTS, WINDOWS = 9, 3

# Everything but the analysis and the daily copy, which have figures of their own.
WINDOW = """
import json, os, sys, time
from pathlib import Path
import psutil
from PySide6.QtCore import QEventLoop, QTimer
from reader.model import Highlight
from reader.paths import paths_in
from reader.settings import Settings
from ui.analyst import Analyst
from ui.start import bare_window, furnish, start_qt
import ui.library.keeping

Analyst.warm_up = Analyst.analyse = lambda *_: None
ui.library.keeping.copy_daily = lambda paths: None
folder, count = Path(sys.argv[1]), int(sys.argv[2])
app = start_qt()
window = bare_window(Settings())
window.resize(1456, 835)
window.show()
application = furnish(app, window, paths_in(folder), [], settings=Settings())
application.start()
panel = application.frame.library

def settle(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

while panel.model.rowCount() != count:
    settle(20)
settle(1000)
paint, bar = panel.list.viewport().repaint, panel.list.verticalScrollBar()

def timed(step):
    start = time.perf_counter()
    step()
    paint()
    return (time.perf_counter() - start) * 1000

opens = [timed(application.shelf.refresh) for _ in range(9)]
follows = []
for _ in range(9):
    follows.append(timed(lambda: application.session.library_changed.emit(frozenset({Highlight}))))
    settle(300)
scrolls = [timed(lambda: bar.setValue(bar.value() + 90)) for _ in range(600)]
jumps = [timed(lambda: bar.setValue(bar.maximum() * (n * 37 % 100) // 100)) for n in range(100)]
start = time.perf_counter()
application.wing.viewer.show("library")
table = application.frame.middle.view("library").table
while table.table.rowCount() != count:
    settle(1)
table.viewport().repaint()
tabled = (time.perf_counter() - start) * 1000
settle(500)
paint, bar = app.processEvents, table.verticalScrollBar()
rolls = [timed(lambda: bar.setValue(bar.value() + 40)) for _ in range(300)]
memory = psutil.Process().memory_info().rss / 1e6
times = {"opens": opens, "follows": follows, "scrolls": scrolls, "jumps": jumps, "rolls": rolls}
print(json.dumps({**times, "tabled": [tabled], "memory": [memory]}), flush=True)
os._exit(0)
"""


def measured(name: str, folder: Path, count: int) -> list[Row]:
    """Measure the window over the library of so many articles in a folder."""
    windows = [_window(folder, count) for _ in range(WINDOWS)]
    found = {kind: [time for window in windows for time in window[kind]] for kind in windows[0]}
    here, empty = [], []
    for measured in (False, *[True] * STARTS):
        times = painted_after(SCHOLION, data=folder), painted_after(SCHOLION)
        if measured:
            here.append(times[0])
            empty.append(times[1])
    return [
        Row(f"{name}: the window lists it, p50", median(found["opens"]), "ms", 100),
        Row(f"{name}: what follows a highlight in the window, p50", median(found["follows"]), "ms", 33.4),
        Row(f"{name}: its list is scrolled, p95", percentile(found["scrolls"], 0.95), "ms", 16.7),
        Row(f"{name}: its list is scrolled, worst frame", max(found["scrolls"]), "ms"),
        Row(f"{name}: a jump in its list, p95", percentile(found["jumps"], 0.95), "ms", 16.7),
        Row(f"{name}: its table is made and listed, p50", median(found["tabled"]), "ms", 100),
        Row(f"{name}: its table is scrolled, p95", percentile(found["rolls"], 0.95), "ms", 16.7),
        Row(f"{name}: memory of the window's process", max(found["memory"]), "MB", 200),
        Row(f"{name}: start against that without a library", median(here) / median(empty), "×", 1.1),
    ]


def _window(folder: Path, count: int) -> dict[str, list[float]]:
    """Return what one window takes: milliseconds of each step, and its memory in MB."""
    done = subprocess.run(
        [sys.executable, "-c", WINDOW, folder, str(count)], stdout=subprocess.PIPE, check=True, text=True
    )
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found
