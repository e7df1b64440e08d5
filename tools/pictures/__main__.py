"""Make the screenshots: ``python -m tools.pictures [--output DIR] [FILE]``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from reader.document import Span
from reader.model import Colour
from reader.paths import paths_in, resource
from reader.settings import Settings
from tools.samples import SAMPLES, rich
from tools.samples.heap import PEOPLE, heap
from ui.app import Application
from ui.page.selection import Selection
from ui.start import bare_window, furnish, start_qt

SIZE = (1500, 860)
MOST_MS = 120_000
NOTES = (
    (0.18, Colour.YELLOW, "Check this against the council's own minutes.", ("claim", "money")),
    (0.52, Colour.GREEN, "The same figure as in the report of last year.", ("evidence",)),
)


def _until(wait: QEventLoop) -> None:
    QTimer.singleShot(MOST_MS, wait.quit)
    wait.exec()


def _settle(milliseconds: int = 600) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _annotate(application: Application) -> None:
    """Put a highlight with a note on two sentences, as a reader would have."""
    session = application.session
    assert session.document is not None
    text = session.document.text
    for share, colour, note, tags in NOTES:
        start = text.index(". ", round(len(text) * share)) + 2
        draft = session.drafted(Span(start, text.index(".", start)), colour)
        if draft is not None and session.add(draft):
            session.edit(draft, note=note, tags=tags)


def _grab(application: Application, path: Path, theme: str, *, width: int = SIZE[0]) -> None:
    application.preferences.change(theme=theme)
    application.window.resize(width, SIZE[1])
    _settle()
    application.window.grab().save(str(path))
    print(path)


def _show_library(application: Application, folder: Path, output: Path) -> None:
    """Fill the library, and grab what shows it as a whole."""
    heap_of = folder / "articles"
    heap_of.mkdir()
    for name, text in heap():
        (heap_of / name).write_text(text, encoding="utf-8")
    application.intake.open([str(heap_of)])
    behind = application.frame.foot.work
    _settle(MOST_MS // 10)
    while behind.isVisible():
        _settle()
    wing, library = application.wing, application.frame.library
    wing.people.show_person(PEOPLE[0])
    _settle()
    _grab(application, output / "library-people.png", "light")
    wing.viewer.show("library")
    _grab(application, output / "library-table.png", "light")
    application.frame.middle.show_page()
    library.search.setText("promise AND cranes")
    _settle(2000)
    _grab(application, output / "library-search.png", "light")


def main() -> None:
    """Open the article, annotate it, and grab the window in every theme."""
    parser = argparse.ArgumentParser(prog="python -m tools.pictures", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=resource("welcome", "welcome.md"))
    parser.add_argument("--output", type=Path, default=Path("resources/pictures"))
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    app = start_qt()
    with tempfile.TemporaryDirectory() as folder:
        window = bare_window(Settings())
        window.resize(*SIZE)
        window.show()
        application = furnish(app, window, paths_in(Path(folder)), [str(options.file)], settings=Settings())
        loop = QEventLoop()
        application.session.analysis_progressed.connect(lambda part: loop.quit() if part is None else None)
        application.start()
        _until(loop)
        _annotate(application)
        application.frame.findings.show_tab("quotes")
        page = application.frame.page
        page.select(Selection())
        for theme in ("light", "dark", "sepia"):
            _grab(application, options.output / f"window-{theme}.png", theme)
        _grab(application, options.output / "window-narrow.png", "light", width=760)
        if options.file == resource("welcome", "welcome.md"):
            book = Path(folder, "cranes.epub")
            book.write_bytes(SAMPLES[".epub"](rich()))
            application.intake.open([str(book)])
            _settle(MOST_MS // 20)
            _grab(application, options.output / "window-book.png", "light")
            _show_library(application, Path(folder), options.output)
        application.window.close()


if __name__ == "__main__":
    main()
