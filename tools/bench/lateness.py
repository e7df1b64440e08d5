"""How late a timer of 5 ms is in the open window, idle and while the worker analyses 1 MB of text."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer

from reader.paths import paths_in
from reader.settings import Settings
from tools.bench.page import make_document
from tools.bench.table import Row, percentile
from ui.start import bare_window, furnish, start_qt

INTERVAL_MS = 5
IDLE_MS = 6_000
MOST_MS = 180_000


class Lateness(QObject):
    """Counts by how much each tick of a precise timer comes late."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._due = 0.0
        self._timer = QTimer(self, timerType=Qt.TimerType.PreciseTimer, singleShot=True, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to count."""
        self._due = time.perf_counter() + INTERVAL_MS / 1000
        self._timer.start()

    def stop(self) -> None:
        """Stop counting."""
        self._timer.stop()

    def _tick(self) -> None:
        self.late.append(max(0.0, (time.perf_counter() - self._due) * 1000))
        self.start()


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def run(*, large: bool = False) -> list[Row]:
    """Measure the open window idle, then with the worker at work."""
    app = start_qt()
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder, "long.txt")
        text.write_text(make_document(1_000_000).text, encoding="utf-8")
        window = bare_window(Settings())
        window.show()
        application = furnish(app, window, paths_in(Path(folder, "data")), [], settings=Settings())
        application.start()
        loop = QEventLoop()
        application.session.analysis_progressed.connect(lambda part: loop.quit() if part is None else None)
        QTimer.singleShot(MOST_MS, loop.quit)
        loop.exec()
        _wait(1500)
        idle, busy = Lateness(), Lateness()
        idle.start()
        _wait(IDLE_MS)
        idle.stop()
        application.session.document_opened.connect(busy.start, Qt.ConnectionType.QueuedConnection)
        start = time.perf_counter()
        application.intake.open([str(text)])
        loop.exec()
        busy.stop()
        took = time.perf_counter() - start
        application.window.close()
    return [
        Row("lateness: idle, p99", percentile(idle.late, 0.99), "ms"),
        Row("lateness: while 1 MB is analysed, p99", percentile(busy.late, 0.99), "ms"),
        Row("lateness: while 1 MB is analysed, worst", max(busy.late), "ms"),
        Row(
            "lateness: at work against idle, p99",
            percentile(busy.late, 0.99) / percentile(idle.late, 0.99),
            "×",
            2,
        ),
        Row("lateness: the analysis of 1 MB took", took, "s"),
    ]
