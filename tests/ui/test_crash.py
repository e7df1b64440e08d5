"""Our own bugs: written down, told once for each place, and the program goes on."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ui.crash import MOST_OF_ONE, CrashReporter


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "crash.log"


@pytest.fixture
def reporter(window: QWidget, log: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrashReporter]:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    reporter = CrashReporter(log, parent_of_dialog=lambda: window)
    reporter.install()
    yield reporter
    for box in window.findChildren(QMessageBox):
        box.close()


def boxes(window: QWidget) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def fail(words: str) -> None:
    raise KeyError(words)


def test_a_failing_slot_is_logged_and_told_once_and_the_program_goes_on(
    qtbot: QtBot, reporter: CrashReporter, window: QWidget, log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    button = QPushButton(window)
    clicked: list[bool] = []
    button.clicked.connect(lambda: fail("the first"))
    button.clicked.connect(lambda: clicked.append(True))
    for _ in range(3):
        button.click()
    qtbot.waitUntil(lambda: bool(boxes(window)))
    assert len(clicked) == 3
    assert len(boxes(window)) == 1
    assert str(log) in boxes(window)[0].informativeText()
    assert log.read_text(encoding="utf-8").count("KeyError: 'the first'") == 3
    assert str(log) in capsys.readouterr().err


def test_a_failing_thread_is_told_too(
    qtbot: QtBot, reporter: CrashReporter, window: QWidget, log: Path
) -> None:
    thread = threading.Thread(target=fail, args=("in a thread",))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(boxes(window)))
    assert "in a thread" in log.read_text(encoding="utf-8")


def test_what_fails_with_every_frame_does_not_fill_the_disk(reporter: CrashReporter, log: Path) -> None:
    for _ in range(MOST_OF_ONE * 5):
        try:
            fail("again")
        except KeyError as error:
            reporter.report(error)
    assert log.read_text(encoding="utf-8").count("KeyError: 'again'") == MOST_OF_ONE


def test_a_log_that_can_not_be_written_goes_to_standard_error(
    window: QWidget, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "logs").write_text("no folder")
    CrashReporter(tmp_path / "logs" / "crash.log", parent_of_dialog=lambda: window).report(
        ValueError("nowhere to go")
    )
    assert "nowhere to go" in capsys.readouterr().err


def test_ctrl_c_is_no_crash(reporter: CrashReporter, log: Path) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not log.exists()


FAILING = """
from PySide6.QtCore import QTimer

def test_a_slot_fails(qtbot):
    def fail():
        raise RuntimeError("nobody looks here")
    QTimer.singleShot(0, fail)
    qtbot.wait(1)
"""


def test_a_failing_slot_fails_the_suite(tmp_path: Path) -> None:
    (tmp_path / "test_failing.py").write_text(FAILING, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text("[pytest]\nqt_api = pyside6\n", encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert told.returncode == 1
    assert "nobody looks here" in told.stdout


MANY_CALLS = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(10 ** 6):
    thing.setObjectName("")
print("alive")
"""


def test_a_million_calls_that_return_nothing_are_survived() -> None:
    """Some versions of PySide6 lose a reference to None with each, and abort."""
    told = subprocess.run([sys.executable, "-c", MANY_CALLS], capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (0, "alive\n"), told.stderr
