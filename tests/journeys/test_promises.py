"""Whatever is done in the window, the files that it reads stay as they are, and notes outlive them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from reader.library import backup
from reader.paths import paths_in
from tests.journeys.gestures import Person

CONTROL = Qt.KeyboardModifier.ControlModifier
TEXT = (
    "Ada Quill opened the new harbour of Brightport on Monday.\n\n"
    "“The sea is patient,” Quill said. “We were not.”\n\n"
    "The town had waited for eleven years, and the boats had waited outside.\n"
)
PAGE = f"""<!doctype html><html><head><title>The harbour</title></head><body><nav>Home</nav><article>
<h1>The harbour</h1><p>{"</p><p>".join(TEXT.split(chr(10) * 2))}</p></article></body></html>"""


def state(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Return what tells whether a file was touched: its bytes, when it was changed, its permissions."""
    return {
        str(path.relative_to(folder)): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            path.stat().st_mtime_ns,
            path.stat().st_mode,
        )
        for path in [folder, *sorted(folder.rglob("*"))]
    }


def exports(person: Person, target: Path) -> None:
    person.presses(Qt.Key.Key_E)
    dialog = person.application.exporter.dialog
    assert dialog is not None
    dialog.export_requested.emit(str(target), dialog.options())
    dialog.reject()
    person.waits_for(target.exists, "the report")


@pytest.mark.model
def test_no_feature_touches_a_source(starts: Callable[..., Person], tmp_path: Path, data: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    for name, words in (("harbour.txt", TEXT), ("harbour.html", PAGE), ("harbour.md", f"# It\n\n{TEXT}")):
        (sources / name).write_text(words, encoding="utf-8")
    before = state(sources)
    person = starts(sources)
    person.waits_for_article("Ada Quill")
    for name in sorted(path.name for path in sources.iterdir()):
        person.drops(sources / name)
        source = str(sources / name)
        person.waits_for(lambda source=source: getattr(person.session.document, "source", "") == source, name)
        person.waits_for_analysis()
        person.drags_over("eleven years")
        person.presses(Qt.Key.Key_H)
        person.writes_note("Why so long?", "claim")
        person.presses(Qt.Key.Key_Z, CONTROL)
        person.presses(Qt.Key.Key_Y, CONTROL)
        exports(person, tmp_path / f"{name}.report.html")
    person.application.rereader.change_extent()
    person.application.intake.open([str(sources)])
    library = person.session.library
    assert library is not None
    person.waits_for(lambda: not person.application.tasks._running, "the folder again")
    assert library.search("patient")
    paths = paths_in(data)
    person.application.keeper.restore(backup.make(paths.library, paths.backups))
    person.waits_for(lambda: list(data.glob("library-replaced-*")), "the copy in its place")
    person.waits_for(lambda: person.session.library, "the library")
    person.leaves()
    assert state(sources) == before


def test_notes_outlive_a_file_that_another_article_replaces(
    starts: Callable[..., Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.analyst.Analyst.warm_up", lambda self: None)
    monkeypatch.setattr("ui.analyst.Analyst.analyse", lambda self, job: None)
    article = tmp_path / "harbour.txt"
    article.write_text(TEXT, encoding="utf-8")
    person = starts(article)
    person.waits_for_article("Ada Quill")
    person.drags_over("eleven years")
    person.presses(Qt.Key.Key_H)
    person.writes_note("Why so long?", "claim")
    (mark,) = person.session.marked
    article.write_text("A recipe for bread.\n\nTake flour, water and salt.\n", encoding="utf-8")
    person.drops(article)
    person.waits_for_article("A recipe for bread")
    assert person.session.document_id is not None
    assert person.session.library is not None
    assert person.session.library.highlights(person.session.document_id) == [mark.highlight]
    assert [each.note for each in person.session.lost] == ["Why so long?"]
    article.unlink()
    person.leaves()
    again = starts()
    again.waits_for_article("A recipe for bread")
    assert [each.note for each in again.session.lost] == ["Why so long?"]
