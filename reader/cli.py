"""The command line: what is asked for, and what the exit code says. Does none of the work; no Qt."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.commands import library_arguments as cli_library
from reader.commands.arguments import DONE as DONE
from reader.commands.arguments import INTERRUPTED as INTERRUPTED
from reader.commands.arguments import NOT_ALL_DONE as NOT_ALL_DONE
from reader.commands.arguments import WRONG_USAGE as WRONG_USAGE
from reader.commands.arguments import add_model, command_parser
from reader.errors import ReaderError, SettingsError
from reader.paths import Paths, default_paths, paths_in, temporary_paths
from reader.placing import chosen_paths

if TYPE_CHECKING:
    import argparse

    from reader.commands.arguments import Command

_DESCRIPTION = """\
Scholion is a reader for articles: it shows who is named and who said what, and keeps your notes.

Without a command the window opens, with the files and folders you name. With one of these commands
the work is done here, without a window:

  analyze   print the names and the quotations of articles
  report    write a report of articles, with your notes on them
  extract   print the text that is read from articles
  import    put articles into the library, and have them analysed
  search    print where words are in the library: texts, notes, quotations, people, tags
  quotes    print who said what, across the library
  datasette describe the library for Datasette, which shows it in a browser
  rescue    put what can be read of a damaged library into a new one

“scholion analyze --help” and so on tell more. A file that is called like a command is opened as
./analyze, ./search and so on."""

_ANALYZE = """\
Print what is found in articles: a summary to read or, with --format json, one JSON object a line for
each document. Folders are searched for articles.

With --jsonl, each line of a file (or of the standard input: -) is an object {"id": …, "text": …}, with
its "date" (2021-03-14) where that is known; for each an object with its "id", "entities" and "quotes" is
printed as soon as it is done. The text is taken as it is. The "value" of a date or a time is what it means
in ISO 8601, where the text allows to tell; "on Thursday" is counted from the article's date. All offsets
count Unicode characters (code points) from 0; an end is the first one after.

A text in another language than English is read by the best spaCy pipeline of that language that is
installed, or by general rules; the result names what was used.

With --corrections, each line of a file is an object like {"remark": "is a", "scope": "document",
"text": "Annan", "label": "PERSON"}; other remarks are “is not a name”, “is one with” and “is not one
with” (with the "other" name), “said by” (with "other", and "source" for the words that name the source)
and “is not a quotation”. They hold for every article, and a later one counts more."""

_REPORT = """\
Write one report of the articles, in their order: what is known of each, your highlights and notes from
the library if there are any, the quotations by speaker and the names by type, as you corrected them there.
The ending of OUT chooses the format: .md or .html. The articles are not put into the library."""

_EXTRACT = """\
Print what is read from files: the text alone, Markdown that shows its headings, lists, tables, links and
footnotes, or with --format json one JSON object a line for each document. Folders are searched for
articles. Several texts are parted by a line with a form feed, several in Markdown by a rule.

The object has the "source", the "format", the "metadata" (title, byline, date, site, language, address),
the "text", the "blocks" it is made of (each with its kind, its level, its "start" and "end" in the text,
and the styles in it), the "contents", the printed "pages" and the "warnings", which are otherwise printed
on the standard error output. All offsets count Unicode characters (code points) from 0; an end is the first
one after. In the "text" each picture is one character, U+FFFC."""

_SEARCH = """\
Print what matches in the library, the best first: a summary to read or, with --json, one JSON object a
line for each place: the "document" (its path), its "title", the "kind" of the place (text, note, highlight,
quotation, title, person or tag), a "snippet", and the "start" and "end" of the place in the document's text.
Each document that matches has a line at least. Offsets count Unicode characters (code points) from 0.

  harbour tide           both words, in a document or in what is kept with it, whatever case and accents
  "the old pier"         these words one after the other        harb*   words that begin so
  NEAR(pier tide, 5)     at most 5 words apart                  OR, NOT, ( )
  by:roe  tag:claim      the byline, a tag                      date:2021  2021-03  2020..2022  ">2021"
  said:tide              inside a quotation                     speaker:"Ada Quill"
  person:quill           named in it                            collection:essay  type:pdf  state:unread
  in:note pier           in notes alone; or text, quote, title, person, tag; or the name of a site

With --stemming on, “closing” finds “close” and “closed” too: English words in all their forms. The library
keeps the choice until --stemming off; to make it takes some seconds when there are many articles."""

_QUOTES = """\
Print the quotations of a person in all articles of the library, the oldest first; with --json one JSON
object a line: "document", "title", "date", "speaker", "kind", "content", "start" and "end", which count
Unicode characters (code points) of the document's text from 0. NAME is a full name, an alias or a surname,
or what a person is called since names were put together in the window; who of several is meant by a surname
is told, and all are printed."""

_RESCUE = """\
Put what can be read of a damaged library into a new library beside it (or into OUT), and print how much of
it there is. The damaged file is only read; with --replace it is kept under another name, and the new library
takes its place. Close the window before. FILE is the library of the data folder unless one is named."""


@dataclass(frozen=True, slots=True)
class Window:
    """What the window is asked for: files and folders to open, and where its own files are.

    `data_dir` is None for the platform's places; with `is_temporary` they are deleted at the end. `model`
    is a language model instead of the one in the settings.
    """

    files: tuple[str, ...] = ()
    data_dir: Path | None = None
    is_temporary: bool = False
    model: str | None = None

    @contextmanager
    def places(self) -> Iterator[Paths]:
        """Lend the places of the program's own files."""
        with _places(self.data_dir, is_temporary=self.is_temporary) as paths:
            yield paths


@contextmanager
def _places(data_dir: Path | None, *, is_temporary: bool) -> Iterator[Paths]:
    if is_temporary:
        with temporary_paths() as paths:
            yield paths
    else:
        yield paths_in(data_dir) if data_dir else _remembered()


def _remembered() -> Paths:
    try:
        return chosen_paths()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return default_paths()


def run(argv: Sequence[str]) -> int | Window:
    """Do what the arguments ask. Return the exit code, or what the window is asked for."""
    for stream in (sys.stdout, sys.stderr):
        # A text or a file name may hold what can't be written; that must not stop the rest.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(list(argv))
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else DONE
    except ReaderError as error:
        print(error, file=sys.stderr)
        return NOT_ALL_DONE
    except BrokenPipeError:
        # Whoever read the output has enough. Python would complain again when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOT_ALL_DONE
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(argv: list[str]) -> int | Window:
    if all(not argument.startswith("-") for argument in argv) and _command_at(argv) is None:
        return Window(tuple(argv))  # the window is waiting, and there is nothing to parse
    at = _command_at(argv)
    window = _window_parser()
    if at is None:
        asked = window.parse_args(argv)
        if asked.version:
            return _print_versions()
        return Window(tuple(asked.files), asked.data_dir, asked.temp_data, asked.model)
    before = window.parse_args(argv[:at])
    if before.version:
        return _print_versions()
    parser, command = _COMMANDS[argv[at]]
    arguments = parser().parse_args(argv[at + 1 :])
    arguments.model = getattr(arguments, "model", None) or before.model or ""
    with _places(before.data_dir, is_temporary=before.temp_data) as paths:
        result = command(arguments, paths)
        sys.stdout.flush()
        return result


def _command_at(argv: list[str]) -> int | None:
    """Return where the command stands: the first argument that is no option, if it is one."""
    at = 0
    while at < len(argv) and argv[at].startswith("--") and argv[at] != "--":
        at += 2 if argv[at] in ("--data-dir", "--model") else 1
    return at if at < len(argv) and argv[at] in _COMMANDS else None


# ---------------------------------------------------------------- the arguments


def _window_parser() -> argparse.ArgumentParser:
    parser = command_parser("", _DESCRIPTION)
    where = parser.add_mutually_exclusive_group()
    where.add_argument(
        "--data-dir", type=_directory, metavar="DIR", help="keep library and settings in this folder"
    )
    where.add_argument(
        "--temp-data", action="store_true", help="keep them in a folder that is deleted at the end"
    )
    add_model(parser)
    parser.add_argument("--version", action="store_true", help="print the versions of all parts")
    parser.add_argument("files", nargs="*", metavar="FILE", help="an article or a folder of articles to open")
    return parser


def _directory(value: str) -> Path:
    path = Path(value)
    if not value or (path.exists() and not path.is_dir()):
        import argparse

        raise argparse.ArgumentTypeError(f"“{value}” is not a folder")
    return path


def _analyze_parser() -> argparse.ArgumentParser:
    parser = command_parser("analyze", _ANALYZE)
    parser.add_argument("files", nargs="*", metavar="FILE", help="an article or a folder of articles")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="what to print (text)")
    parser.add_argument("--jsonl", metavar="FILE", help="read texts from the lines of this file, or of -")
    add_model(parser)
    parser.add_argument(
        "--corrections", metavar="FILE", help="let the corrections in the lines of this file hold"
    )
    return parser


def _report_parser() -> argparse.ArgumentParser:
    parser = command_parser("report", _REPORT)
    parser.add_argument("files", nargs="+", metavar="FILE", help="an article or a folder of articles")
    add_model(parser)
    parser.add_argument("-o", "--output", required=True, metavar="OUT", help="the file to write")
    return parser


def _extract_parser() -> argparse.ArgumentParser:
    parser = command_parser("extract", _EXTRACT)
    parser.add_argument("files", nargs="+", metavar="FILE", help="an article or a folder of articles")
    parser.add_argument(
        "--format", choices=("text", "markdown", "json"), default="text", help="what to print (text)"
    )
    parser.add_argument("--encoding", type=_encoding, metavar="NAME", help="read texts in this encoding")
    parser.add_argument("--whole", action="store_true", help="all of a web page, not the article alone")
    return parser


def _search_parser() -> argparse.ArgumentParser:
    parser = command_parser("search", _SEARCH)
    parser.add_argument("query", nargs="*", metavar="QUERY", help="what to look for")
    parser.add_argument("--stemming", choices=("on", "off"), help="find English words in all their forms")
    parser.add_argument("--json", action="store_true", help="print JSON, an object a line")
    parser.add_argument("--limit", type=_number, metavar="N", help="print N documents at most")
    return parser


def _quotes_parser() -> argparse.ArgumentParser:
    parser = command_parser("quotes", _QUOTES)
    parser.add_argument("--by", required=True, metavar="NAME", help="who said it")
    parser.add_argument("--about", default="", metavar="WORDS", help="words or phrases that are in it")
    parser.add_argument("--json", action="store_true", help="print JSON, an object a line")
    return parser


def _rescue_parser() -> argparse.ArgumentParser:
    parser = command_parser("rescue", _RESCUE)
    parser.add_argument("file", nargs="?", metavar="FILE", help="the damaged library")
    parser.add_argument("-o", "--output", metavar="OUT", help="the new library")
    parser.add_argument("--replace", action="store_true", help="put it in the place of the damaged one")
    return parser


def _number(value: str) -> int:
    import argparse

    if not (value.isascii() and value.isdigit() and 0 < len(value) < 10 and int(value)):
        raise argparse.ArgumentTypeError(f"“{value}” is not a number from 1 on")
    return int(value)


def _encoding(value: str) -> str:
    try:
        io.TextIOWrapper(io.BytesIO(), encoding=value)  # knows which codecs are for text
    except (LookupError, ValueError) as error:
        import argparse

        raise argparse.ArgumentTypeError(f"“{value}” is not an encoding that is known here") from error
    return value


# ---------------------------------------------------------------- what the commands do


def _print_versions() -> int:
    from reader.versions import versions

    for what, version in versions():
        print(what, version)
    return DONE


def _analyze(arguments: argparse.Namespace, paths: Paths) -> int:
    from reader.commands import reading as commands

    if bool(arguments.jsonl) == bool(arguments.files):
        _analyze_parser().error("name the files to analyze, or give --jsonl FILE")
    if arguments.jsonl and arguments.corrections:
        _analyze_parser().error("corrections are for files, not for --jsonl")
    if arguments.jsonl:
        all_done = commands.analyze_rows(arguments.jsonl, model=arguments.model)
    else:
        all_done = commands.analyze(
            arguments.files,
            as_json=arguments.format == "json",
            model=arguments.model,
            corrections=arguments.corrections,
        )
    return DONE if all_done else NOT_ALL_DONE


def _report(arguments: argparse.Namespace, paths: Paths) -> int:
    from reader.commands import reading as commands

    all_done = commands.report(
        arguments.files, Path(arguments.output), library=paths.library, model=arguments.model
    )
    return DONE if all_done else NOT_ALL_DONE


def _extract(arguments: argparse.Namespace, paths: Paths) -> int:
    from reader.commands import reading as commands
    from reader.document import ReadAs

    read_as = ReadAs(encoding=arguments.encoding or "", whole=arguments.whole)
    all_done = commands.extract(arguments.files, form=arguments.format, read_as=read_as)
    return DONE if all_done else NOT_ALL_DONE


def _search(arguments: argparse.Namespace, paths: Paths) -> int:
    from reader.commands import searching

    if not (arguments.query or arguments.stemming):
        _search_parser().error("say what to look for")
    if arguments.stemming:
        searching.set_stemming(arguments.stemming == "on", paths=paths)
    if not arguments.query:
        return DONE
    query = " ".join(arguments.query)
    searching.search(query, library=paths.library, as_json=arguments.json, limit=arguments.limit)
    return DONE


def _quotes(arguments: argparse.Namespace, paths: Paths) -> int:
    from reader.commands import searching

    searching.quotes(arguments.by, about=arguments.about, library=paths.library, as_json=arguments.json)
    return DONE


def _rescue(arguments: argparse.Namespace, paths: Paths) -> int:
    from reader.commands import rescuing

    damaged = Path(arguments.file) if arguments.file else paths.library
    output = Path(arguments.output) if arguments.output else None
    return DONE if rescuing.rescue(damaged, output, replace=arguments.replace) else NOT_ALL_DONE


_COMMANDS: dict[str, Command] = {
    "analyze": (_analyze_parser, _analyze),
    "report": (_report_parser, _report),
    "extract": (_extract_parser, _extract),
    **cli_library.COMMANDS,
    "search": (_search_parser, _search),
    "quotes": (_quotes_parser, _quotes),
    "rescue": (_rescue_parser, _rescue),
}
