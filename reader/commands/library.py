"""The commands that fill the library. Prints what becomes of each file; knows no arguments and no Qt."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from reader.atomic import write_whole
from reader.commands.terminal import Progress, as_line, progress, say
from reader.errors import LibraryError, ReaderError, ReportError, SettingsError
from reader.formats.opener import Opener
from reader.importing import Importer, Result, find_documents
from reader.interrupting import Stop, stoppable
from reader.paths import Paths
from reader.reading_ahead import cancel, several
from reader.reports.wording import counted
from reader.settings import load_settings

if TYPE_CHECKING:
    from reader.library import Library


def import_files(files: Sequence[str], *, paths: Paths, analyses: bool, as_json: bool, model: str) -> bool:
    """Put files and folders into the library, have them analysed, and print what became of each.

    Return whether all could be done. Raises KeyboardInterrupt at the end when it was stopped by Ctrl+C, with
    all told that was done, and LibraryError when the library takes no more.
    """
    told = _Teller(as_json=as_json)
    with stoppable() as stop, progress() as shown:
        try:
            with _opened(paths) as library:
                _take_in(library, files, told, stop=stop, shown=shown)
                if analyses and not stop.asked:
                    _analyse(library, told, model=model or _chosen(paths), stop=stop, shown=shown)
        finally:
            shown.clear()
            told.sum_up()
    if stop.asked:
        say("Stopped before the end. What is in the library stays there; the same command does the rest.")
        raise KeyboardInterrupt
    return told.all_done


def describe_for_datasette(*, paths: Paths, output: Path | None) -> None:
    """Write what Datasette is to know of the library, and print the command that shows it."""
    from reader.commands import datasette

    library, target = paths.library.absolute(), (output or paths.data / "datasette.json").absolute()
    if not library.exists():
        raise LibraryError(
            f"There is no library “{library}” yet.", "Open an article in the window first, or import some."
        )
    described = json.dumps(datasette.metadata(library.stem), ensure_ascii=False, indent=1)
    try:
        write_whole(target, f"{described}\n".encode())
    except (OSError, ValueError) as error:
        raise ReportError(
            f"“{target}” could not be written.", "Choose another place with --out, or make room there."
        ) from error
    say(f"“{target}” tells Datasette what is what. With Datasette 0.65 (“pip install datasette”), type:")
    print(datasette.command(library, target))


def _chosen(paths: Paths) -> str:
    """Return the model that the window reads with, so that it finds nothing to do again."""
    try:
        return load_settings(paths.settings).model
    except SettingsError:
        return ""  # the window says so, and reads with the shipped one too


@contextmanager
def _opened(paths: Paths) -> Iterator[Library]:
    """Lend the library, of which a copy is made if there is none of today."""
    from reader.library import Library, backup

    try:
        backup.make_daily(paths.library, paths.backups)
    except LibraryError as error:
        say(str(error))
    library = Library.open(paths.library, backups=paths.backups, patience=10.0, must_exist=paths.is_chosen)
    try:
        yield library
    finally:
        library.close()


class _Teller:
    """Prints what became of each file, and counts."""

    def __init__(self, *, as_json: bool) -> None:
        self.all_done = True
        self._as_json = as_json
        self._counts: Counter[str] = Counter()

    def tell(self, result: Result) -> None:
        """Print a line on a document, unless it was known."""
        outcome = "refused" if result.error is not None else result.outcome
        self._counts[outcome] += 1
        if result.error is not None:
            self.all_done = False
        if result.lost:
            say(
                f"{counted(result.lost, 'highlight')} no longer stand in {result.source}; the window shows"
                " what they were made on."
            )
        if outcome == "known":
            return
        if self._as_json:
            row: dict[str, object] = {"file": result.source, "outcome": outcome}
            if result.error is None:
                row |= {"document": result.document_id, "title": result.title}
            else:
                row["why"] = _why(result.error)
            print(json.dumps(row), flush=True)
        elif result.error is not None:
            print(f"refused  {as_line(result.source)}: {as_line(_why(result.error))}", flush=True)
        else:
            print(f"{outcome:<7}  {as_line(result.source)}", flush=True)

    def tell_of_analysis(self, title: str, error: ReaderError | None) -> None:
        """Count an analysed document, or say why it is none."""
        if error is None:
            self._counts["analysed"] += 1
        else:
            self.all_done = False
            say(f"{as_line(title)}: {error}")

    def sum_up(self) -> None:
        """Print how many of each kind there were."""
        kinds = ("new", "known", "changed", "refused")
        if self._as_json:
            print(json.dumps({kind: self._counts[kind] for kind in (*kinds, "analysed")}))
        else:
            parts = [f"{self._counts[kind]:,} {kind}" for kind in kinds if self._counts[kind]]
            print(", ".join(parts) or "nothing to put in")
            if self._counts["analysed"]:
                print(f"{self._counts['analysed']:,} analysed")
        sys.stdout.flush()


def _why(error: Exception) -> str:
    if isinstance(error, ReaderError):
        return str(error)
    return f"It could not be read, which is a mistake in Scholion ({type(error).__name__}: {error})."


def _take_in(library: Library, files: Sequence[str], told: _Teller, *, stop: Stop, shown: Progress) -> None:
    opener = Opener()
    stop.act = opener.cancel
    try:
        shown.show("Looking for articles…")
        found = find_documents(files, opener)
        for warning in found.warnings:
            shown.clear()
            say(warning)
        total = len(found.paths)

        def tell_progress(path: Path, number: int) -> None:
            shown.show(f"Reading {number:,} of {total:,}: {path.name}")

        with several(opener, total) as openers:
            stop.act = lambda: cancel(openers)
            importer = Importer(library, openers, reading=tell_progress, stopped=lambda: stop.asked)
            for result in chain(found.refused, importer.results(found.paths)):
                shown.clear()
                told.tell(result)
    finally:
        stop.act = lambda: None
        opener.close()


def _analyse(library: Library, told: _Teller, *, model: str, stop: Stop, shown: Progress) -> None:
    from reader.analysing import analyse_all, wanting

    documents = [each.document_id for each in wanting(library, model)]
    problems: set[str] = set()

    def tell_problem(problem: ReaderError) -> None:
        if str(problem) not in problems:
            problems.add(str(problem))
            told.all_done = False
            shown.clear()
            say(str(problem))

    if not documents:
        return
    shown.show(f"Analysing {len(documents):,} articles…")
    done = analyse_all(library, documents, model=model, stopped=lambda: stop.asked, told=tell_problem)
    for number, each in enumerate(done, 1):
        told.tell_of_analysis(each.title, each.error)
        shown.show(f"Analysed {number:,} of {len(documents):,}: {each.title}")
