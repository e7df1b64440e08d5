"""What the commands do: open, analyse, print or report. Combines the rooms; knows no arguments and no Qt."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO

from reader.analysis import Models, analyse, model_version
from reader.analysis.models import Tagger
from reader.analysis.plans import described, used
from reader.anchoring import describe
from reader.commands.extracting import as_json, as_markdown, as_text
from reader.commands.terminal import as_line, progress, say
from reader.correcting import from_row, held, placed, sentence
from reader.document import Block, Document, Metadata, ReadAs, Span
from reader.errors import AnalysisError, MissingFile, ReaderError, Unreadable
from reader.formats.opener import Opener, ReaderBroke
from reader.importing import find_documents
from reader.model import Analysis, Correction, Details, Highlight, Note, Report
from reader.reports import build, write_all
from reader.reports.wording import TYPES, counted, facts, saying


def analyze(files: Sequence[str], *, as_json: bool, model: str = "", corrections: str | None = None) -> bool:
    """Print what is found in each document; return whether all could be done.

    `corrections` names a file with one correction a line, which hold for every document in this order.
    """
    opened = _Opened(files)
    said, all_done = _corrections(corrections) if corrections else ([], True)
    models = _models(model)
    for number, document in enumerate(opened):
        tagger, as_wanted = _tagger(models, document)
        all_done = all_done and as_wanted
        here, lost = placed(document, said)
        for one in lost:
            say(f"The place of a correction is not in “{as_line(document.title)}”: {sentence(one)}")
        with _told(document.title) as told:
            analysis = analyse(document, pipeline=tagger, corrections=here, progress=told)
        if as_json:
            print(json.dumps(_as_object(document, analysis)), flush=True)
        else:
            print(("\n" if number else "") + _summary(document, analysis), flush=True)
    return all_done and not opened.refused


def _corrections(source: str) -> tuple[list[Correction], bool]:
    """Return the corrections in the lines of a file, and whether all could be read."""
    found: list[Correction] = []
    all_read = True
    with _lines_of(source) as lines:
        for number, line in enumerate(lines, 1):
            try:
                if line.strip():
                    found.append(from_row(_object(line)))
            except ValueError as error:
                say(f"Line {number} of the corrections was left out: {error}.")
                all_read = False
    return found, all_read


def _models(chosen: str) -> Models:
    """Return the models; a chosen one that is not there is an AnalysisError, since it was asked for."""
    models = Models(chosen)
    if models.problem is not None:
        raise models.problem
    return models


def _tagger(models: Models, document: Document) -> tuple[Tagger, bool]:
    """Return what reads a document, and whether it is what should read it; tells if it is not."""
    tagger = models.reader_of(document.text, stated=document.metadata.language)
    if models.problem is not None:
        say(str(models.problem))
    return tagger, models.problem is None


def extract(files: Sequence[str], *, form: str, read_as: ReadAs = ReadAs()) -> bool:
    """Print what was read from each file as "text", "markdown" or "json"; return whether all could be done.

    Texts are parted by a form feed, which no text holds; one document alone is its text and nothing more.
    """
    opened = _Opened(files, read_as=read_as, quiet=form == "json")
    for number, document in enumerate(opened):
        if form == "json":
            print(as_json(document), flush=True)
            continue
        parted = {"text": "\f\n", "markdown": "\n---\n\n"}[form] if number else ""
        whole = as_text(document) if form == "text" else as_markdown(document)
        print(parted + whole, end="", flush=True)
    return not opened.refused


def analyze_rows(source: str, *, model: str = "") -> bool:
    """Print what is found in the text of each row of a file, or of the standard input for "-"."""
    all_done = True
    models = _models(model)
    with _lines_of(source) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                id, text, date = _row(line)
            except ValueError as error:
                say(f"Line {number} was left out: {error}.")
                all_done = False
                continue
            document = verbatim(text, date=date)
            tagger, as_wanted = _tagger(models, document)
            all_done = all_done and as_wanted
            with _told(f"Line {number}") as told:
                analysis = analyse(document, pipeline=tagger, progress=told)
            print(json.dumps({"id": id, **_findings(text, analysis)}), flush=True)
    return all_done


def report(files: Sequence[str], output: Path, *, library: Path, model: str = "") -> bool:
    """Write one report of all documents; return whether all could be done.

    Without a language model the report is written all the same, and says nothing of names and quotations.
    """
    opened = _Opened(files)
    documents = list(opened)
    if not documents:
        return False
    all_done = not opened.refused
    models: Models | None = _models(model)
    reports: list[Report] = []
    for document in documents:
        try:
            kept = _kept(library, document)
        except ReaderError as error:
            say(f"The report is without your notes. {error}")
            all_done, kept = False, _Kept()
        document = replace(document, metadata=kept.details.over(document.metadata))
        analysis = None
        try:
            if models is not None:
                tagger, as_wanted = _tagger(models, document)
                all_done = all_done and as_wanted
                with _told(document.title) as told:
                    analysis = analyse(document, pipeline=tagger, corrections=kept.corrections, progress=told)
        except AnalysisError as error:
            say(str(error))
            models, all_done = None, False
        reports.append(
            build(
                document,
                analysis=analysis,
                highlights=kept.placed,
                notes=kept.notes,
                lost=kept.lost,
                tags=kept.details.tags,
            )
        )
    write_all(reports, output)
    return all_done


# ---------------------------------------------------------------- reading


class _Opened:
    """The documents of files and folders in their order; what can't be opened is told and `refused` set.

    With `quiet`, what the documents themselves warn of is not told.
    """

    def __init__(self, files: Sequence[str], *, read_as: ReadAs = ReadAs(), quiet: bool = False) -> None:
        self.refused = False
        self._files = files
        self._read_as = read_as
        self._quiet = quiet

    def __iter__(self) -> Iterator[Document]:
        opener = Opener()
        try:
            for path in self._found(opener):
                try:
                    document = opener.open(path, read_as=self._read_as)
                except (ReaderError, ReaderBroke) as error:
                    self._refuse(error)
                    continue
                self._warn(path.name, document.warnings)
                yield document
        finally:
            opener.close()

    def _found(self, opener: Opener) -> list[Path]:
        """Return what to open: files, those in folders, and the documents in files that hold several."""
        found = find_documents(self._files, opener)
        for refusal in found.refused:
            if isinstance(refusal.error, (ReaderError, ReaderBroke)):
                self._refuse(refusal.error)
            elif refusal.error is not None:
                raise refusal.error
        for warning in () if self._quiet else found.warnings:
            say(warning)
        return found.paths

    def _warn(self, name: str, warnings: Sequence[str]) -> None:
        for warning in () if self._quiet else warnings:
            say(f"{name}: {warning}")

    def _refuse(self, error: Exception) -> None:
        self.refused = True
        say(str(error))


def verbatim(text: str, *, date: str = "") -> Document:
    """Return a document of exactly this text, a block for each line that is not blank.

    `date` is ISO 8601 or "".
    """
    blocks = []
    start = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            first = start + line.index(bare)
            blocks.append(Block(Span(first, first + len(bare))))
        start += len(line) + 1
    return Document(text, tuple(blocks), Metadata(date=date))


@contextmanager
def _lines_of(source: str) -> Iterator[BinaryIO]:
    if source == "-":
        yield sys.stdin.buffer
        return
    try:
        file = Path(source).open("rb")  # noqa: SIM115 (what the reader does with it is not tried here)
    except FileNotFoundError as error:
        raise MissingFile(f"There is no file “{source}”.", "Check its name.") from error
    except (OSError, ValueError) as error:
        raise Unreadable(
            f"The file “{source}” could not be read.", "Check its permissions, or choose another one."
        ) from error
    with file:
        yield file


def _row(line: bytes) -> tuple[Any, str, str]:
    """Return the id, the text and the date of a row, "" where it has none.

    Raises ValueError with half a sentence on what is wrong.
    """
    row = _object(line)
    if "id" not in row or not isinstance(row.get("text"), str):
        raise ValueError('it must have an "id", and a "text" that is a string')
    return row["id"], row["text"], row["date"] if isinstance(row.get("date"), str) else ""


def _object(line: bytes) -> dict[str, Any]:
    """Return the object in a line. Raises ValueError with half a sentence on what is wrong."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not JSON") from error
    if not isinstance(row, dict):
        raise ValueError('it is not an object like {"id": 1, "text": "…"}')
    return row


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a person made of a document; `lost` are highlights without a place in this text."""

    placed: tuple[Highlight, ...] = ()
    lost: tuple[Highlight, ...] = ()
    notes: tuple[Note, ...] = ()
    details: Details = field(default_factory=lambda: Details(0))
    corrections: tuple[Correction, ...] = ()


def _kept(library: Path, document: Document) -> _Kept:
    """Return what is in the library on a document; nothing without a library."""
    if not library.exists():
        return _Kept()
    from reader.intake import Finder
    from reader.library import Library

    notes_of = Library.open(library, backups=library.parent, read_only=True)
    try:
        id = notes_of.find(document)
        if id is None:
            return _Kept()
        placed: list[Highlight] = []
        lost: list[Highlight] = []
        finder = Finder(notes_of, document)
        for highlight in notes_of.highlights(id):
            span = finder.locate(highlight.anchor).span
            if span is None:
                lost.append(highlight)
            else:
                placed.append(replace(highlight, anchor=describe(document, span)))
        details = notes_of.details(id) or Details(id)
        said = held(notes_of, id, document).corrections
        return _Kept(tuple(placed), tuple(lost), tuple(notes_of.notes(id)), details, said)
    finally:
        notes_of.close()


# ---------------------------------------------------------------- printing


def _as_object(document: Document, analysis: Analysis) -> dict[str, object]:
    known = document.metadata
    return {
        "file": document.source,
        "title": document.title,
        "byline": known.byline,
        "date": known.date,
        "site": known.site,
        "text": document.text,
        **_findings(document.text, analysis),
    }


def _findings(text: str, analysis: Analysis) -> dict[str, object]:
    return {
        "language": used(analysis.model).language,
        "model": analysis.model,
        "entities": [
            {
                "start": each.span.start,
                "end": each.span.end,
                "label": each.label,
                "text": each.span.of(text),
                "name": each.name,
                "value": each.value,
            }
            for each in analysis.mentions
        ],
        "quotes": [
            {
                "kind": each.kind,
                "content": _pairs(each.content),
                "quoted": _pairs(each.quoted),
                "cue": _pairs(each.cue),
                "source": _pairs(each.source),
                "speaker": each.speaker,
                "reason": each.reason,
            }
            for each in analysis.quotes
        ],
    }


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _summary(document: Document, analysis: Analysis) -> str:
    """What is found, to read in a terminal: the article, its names by type, its quotations by speaker."""
    found = build(document, analysis=analysis, highlights=(), notes=())
    lines = [as_line(document.title), *(f"  {what}: {value}" for what, value in facts(document))]
    if analysis.model != model_version():
        lines.append(f"  Read as: {described(analysis.model)}")
    lines.append("")
    for label, names in found.names:
        listed = ", ".join(
            f"{as_line(name)} ({count})" if count > 1 else as_line(name) for name, count in names
        )
        lines.append(f"{TYPES[label]}: {listed}")
    if found.names:
        lines.append("")
    for speaker, quotes in found.quotes:
        lines.append(f"{as_line(speaker) or 'Speaker unknown'}, {counted(len(quotes), 'quotation')}:")
        for quote in quotes:
            said = saying(quote, document)
            lines += [f"  {said.words}", f"      {said.how}"]
    if not (found.names or found.quotes):
        lines.append("No names and no quotations were found.")
    return "\n".join(lines).rstrip()


@contextmanager
def _told(what: str) -> Iterator[Callable[[int, int], None]]:
    """Lend a function that shows how many paragraphs have been read."""
    with progress() as shown:
        yield lambda done, of: shown.show(f"{as_line(what)[:50]}: paragraph {done:,} of {of:,}")
