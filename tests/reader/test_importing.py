"""Bringing files in: by batches, in order, without reading what is known, whatever one of them does."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader import importing, intake
from reader.anchoring import describe
from reader.document import Document, ReadAs, Span
from reader.errors import LibraryFull
from reader.formats import digest, members, open_document
from reader.importing import Importer, Result, find_documents
from reader.library import Library
from reader.model import Change, Highlight


class Opener:
    """Stands for the process that opens files; it has a bug that some files show."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.cancelled = 0

    def open(
        self,
        path: Path,
        *,
        read_as: ReadAs = ReadAs(),
        on_preview: Callable[[Document], None] | None = None,
    ) -> Document:
        self.opened.append(Path(path).name)
        if "bug" in Path(path).name:
            raise RuntimeError("a bug of ours")
        return open_document(path, read_as=read_as)

    def digest(self, path: Path) -> str:
        return digest(path)

    def members(self, path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
        return members(path)

    def cancel(self) -> None:
        self.cancelled += 1


@pytest.fixture
def opener() -> Opener:
    return Opener()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library.open(tmp_path / "library.sqlite", backups=tmp_path / "backups")
    yield library
    library.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(1, 8):
        (folder / f"{number}.txt").write_text(f"Article {number} is about the harbour.\n")
    return folder


@pytest.fixture
def run(library: Library, opener: Opener) -> Callable[..., list[Result]]:
    """Bring files in."""

    def run(*files: Path, **options: object) -> list[Result]:
        found = find_documents(map(str, files), opener)
        importer = Importer(library, [opener], **options)
        return [*found.refused, *importer.results(found.paths)]

    return run


def outcomes(results: list[Result]) -> list[tuple[str, str]]:
    return [(Path(each.source).name, each.outcome) for each in results]


def test_documents_come_in_by_batches_and_stay_in_their_order(
    run: Callable[..., list[Result]], library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_DOCUMENTS", 3)
    sizes: list[int] = []
    real = intake.take_in_all

    def counted(library: Library, documents: list[Document], *, added: str) -> list[intake.Intake]:
        sizes.append(len(documents))
        return real(library, documents, added=added)

    monkeypatch.setattr(intake, "take_in_all", counted)
    assert outcomes(run(folder)) == [(f"{number}.txt", "new") for number in range(1, 8)]
    assert sizes == [3, 3, 1]
    assert [entry.title for entry in library.entries(order="added")] == [
        f"Article {number} is about the harbour." for number in range(1, 8)
    ]


def test_a_heavy_document_does_not_wait_for_others(
    run: Callable[..., list[Result]], library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "_WEIGHT", 10)
    seen: list[int] = []
    run(folder, reading=lambda path, number: seen.append(library.count()))
    assert seen == [0, 1, 2, 3, 4, 5, 6]


def test_what_is_known_is_not_read_again_and_what_changed_is(
    run: Callable[..., list[Result]], opener: Opener, folder: Path
) -> None:
    run(folder)
    opener.opened.clear()
    (folder / "4.txt").write_text("Article 4 has another text now.\n")
    (folder / "8.txt").write_text("Article 8 has come.\n")
    told = dict(outcomes(run(folder)))
    assert told == {f"{n}.txt": "known" for n in range(1, 8)} | {"4.txt": "changed", "8.txt": "new"}
    assert opener.opened == ["4.txt", "8.txt"]


def test_the_documents_of_an_archive_are_known_again_too(
    run: Callable[..., list[Result]], opener: Opener, tmp_path: Path, library: Library
) -> None:
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("a/one.txt", "The first article.\n")
        file.writestr("a/two.txt", "The second article.\n")
    rows = tmp_path / "rows.jsonl"
    rows.write_text('{"text": "A row."}\n{"text": "Another row."}\n')
    assert [each.outcome for each in run(archive, rows)] == ["new"] * 4
    opener.opened.clear()
    assert [each.outcome for each in run(archive, rows)] == ["known"] * 4
    # Only by reading a row is known what is in it.
    assert opener.opened == ["rows.jsonl::1", "rows.jsonl::2"]
    assert library.count() == 4


def test_what_can_t_be_read_is_told_in_its_place_and_keeps_nothing_out(
    run: Callable[..., list[Result]], folder: Path, tmp_path: Path
) -> None:
    (folder / "3.txt").write_bytes(b"")
    (folder / "5bug.txt").write_text("A bug.")
    (tmp_path / "empty").mkdir()
    results = run(tmp_path / "empty", folder, tmp_path / "gone.txt")
    told = outcomes(results)
    assert told[0] == ("empty", "refused")
    assert told[1:5] == [("1.txt", "new"), ("2.txt", "new"), ("3.txt", "refused"), ("4.txt", "new")]
    assert ("5bug.txt", "broken") in told
    assert told[-1] == ("gone.txt", "refused")
    assert [type(each.error).__name__ for each in results if each.outcome == "broken"] == ["RuntimeError"]


def test_a_bug_that_one_document_shows_in_the_library_keeps_no_other_out(
    run: Callable[..., list[Result]], folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = library.add_documents

    def add(documents: list[Document], *, added: str = "") -> object:
        if any("Article 4" in each.text for each in documents):
            raise KeyError("a bug of ours")
        return real(documents, added=added)

    monkeypatch.setattr(library, "add_documents", add)
    assert [each.outcome for each in run(folder)] == ["new", "new", "new", "broken", "new", "new", "new"]


def test_a_library_that_takes_no_more_ends_the_work(
    run: Callable[..., list[Result]], folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise LibraryFull("There is no space left.", "Free some.")

    monkeypatch.setattr(library, "add_documents", full)
    with pytest.raises(LibraryFull):
        run(folder)


def test_whoever_stops_keeps_what_was_read(
    run: Callable[..., list[Result]], folder: Path, library: Library, opener: Opener
) -> None:
    begun: list[int] = []
    results = run(folder, reading=lambda path, number: begun.append(number), stopped=lambda: len(begun) == 3)
    assert [each.outcome for each in results] == ["new"] * 3
    assert library.count() == 3
    assert opener.cancelled


def test_the_first_is_put_in_at_once_though_it_is_known(
    run: Callable[..., list[Result]], folder: Path, library: Library, opener: Opener
) -> None:
    run(folder / "2.txt")
    opener.opened.clear()
    seen: list[int] = []
    results = run(
        folder / "gone.txt",
        folder / "2.txt",
        folder / "3.txt",
        folder / "2.txt",
        shows_first=True,
        reading=lambda path, number: seen.append(library.count()),
    )
    assert outcomes(results) == [("gone.txt", "refused"), ("2.txt", "known"), ("3.txt", "new")]
    assert opener.opened == ["gone.txt", "2.txt", "3.txt"]


def marked(library: Library, words: str) -> Highlight:
    document = library.document(1)
    assert document is not None
    start = document.text.index(words)
    highlight = Highlight(1, describe(document, Span(start, start + len(words))))
    library.apply(Change("mark", after=(highlight,)))
    return highlight


def test_highlights_that_were_left_behind_are_found_when_the_work_is_done_again(
    run: Callable[..., list[Result]], folder: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = folder / "1.txt"
    file.write_text("The harbour wall had been built without any plan, as everybody in the town knew.\n")
    run(file)
    marked(library, "built without any plan")
    file.write_text("At last. " + file.read_text())

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(intake, "find_again", killed)
        with pytest.raises(KeyboardInterrupt):
            run(file)
    document = library.document(1)
    assert document is not None and document.text.startswith("At last.")
    (result,) = run(file)
    assert (result.outcome, result.lost) == ("known", 0)
    (highlight,) = library.highlights(1)
    assert highlight.anchor.text_hash == document.text_hash
    assert highlight.anchor.span.of(document.text) == "built without any plan"


def test_a_moved_file_is_read_as_was_chosen_for_it(
    run: Callable[..., list[Result]], folder: Path, library: Library
) -> None:
    file = folder / "1.txt"
    file.write_bytes("Привет, мир".encode("koi8-r"))
    run(file, read_as=ReadAs("koi8-r"))
    moved = file.rename(folder / "9.txt")
    (result,) = run(moved)
    document = library.document(result.document_id)
    assert document is not None and document.text == "Привет, мир"
    assert document.source == str(moved)
