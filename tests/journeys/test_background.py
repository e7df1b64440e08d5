"""What goes on behind a reader: the library is analysed, and what comes into a watched folder is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from reader.library import Library
from reader.paths import paths_in
from tests.journeys.gestures import LEFT, Person
from ui.analyst import Analyst
from ui.library import backlog, watching

NAMES = ("Tom Okafor", "Elena Marsh", "Ines Prado")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backlog, "SETTLE_MS", 50)
    monkeypatch.setattr(watching, "SETTLE_MS", 50)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name.split()[0]}.txt").write_text(
            f"The harbour\n\n“We cannot wait,” said {name}, who runs the fish market in Larkmouth.\n",
            encoding="utf-8",
        )
    return folder


def speakers(data: Path) -> set[str | None]:
    paths = paths_in(data)
    library = Library.open(paths.library, backups=paths.backups)
    try:
        found = [library.analysis(each.document_id, text_hash=each.text_hash) for each in library.states()]
        return {quote.speaker for each in found if each is not None for quote in each.quotes}
    finally:
        library.close()


@pytest.mark.model
def test_all_articles_are_analysed_though_one_is_opened_and_what_is_left_at_the_next_start(
    starts: Callable[..., Person], folder: Path, data: Path
) -> None:
    person = starts(folder)
    person.waits_for_article("We cannot wait")
    person.waits_for_analysis()
    person.waits_for(lambda: len(speakers(data)) == 3, "the analyses of the others")
    person.waits_for(lambda: person.frame.foot.work.isHidden(), "the foot to be quiet")
    assert speakers(data) == set(NAMES)
    person.leaves()
    library = Library.open(paths_in(data).library, backups=paths_in(data).backups)
    late = folder / "late.txt"
    late.write_text("The harbour\n\n“It is too late,” said Bo Lindqvist, who fishes in Larkmouth.\n")
    from reader.formats import open_document

    library.add_document(open_document(late))
    library.close()
    again = starts()
    again.waits_for(lambda: "Bo Lindqvist" in speakers(data), "the analysis of what nobody opened")


def test_an_article_comes_into_a_watched_folder_and_is_opened_from_the_message(
    starts: Callable[..., Person], folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Analyst, "warm_up", lambda self: None)
    monkeypatch.setattr(Analyst, "analyse", lambda self, job: None)
    inbox = folder.parent / "inbox"
    inbox.mkdir()
    data.mkdir()
    (data / "settings.toml").write_text(f'watched = ["{inbox.as_posix()}"]\n', encoding="utf-8")
    person = starts(folder / "Tom.txt")
    person.waits_for_article("Tom Okafor")
    (inbox / "storm.md").write_text(
        "# A storm is coming\n\n“Stay at home,” the mayor said.\n", encoding="utf-8"
    )

    def message() -> object:
        words = "“A storm is coming” has arrived in “inbox”."
        return next((each for each in person.frame.messages.messages if each.what == words), None)

    person.waits_for(message, "the message")
    assert "Tom Okafor" in person.page.document.text, "the reader is not disturbed"
    QTest.mouseClick(message().button, LEFT)
    person.waits_for_article("Stay at home")
