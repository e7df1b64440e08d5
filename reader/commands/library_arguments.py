"""The arguments of the commands that fill and describe the library. Does none of the work; no Qt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reader.commands.arguments import DONE, NOT_ALL_DONE, add_model, command_parser
from reader.paths import Paths

if TYPE_CHECKING:
    import argparse

    from reader.commands.arguments import Command

_IMPORT = """\
Put articles into the library: files, folders, archives and rows, as the window does. Prints a line for each
that is new, changed or refused, with --json an object a line, and at the end how many there were of each
kind. What is known is passed over without being read: the same bytes at the same place. A changed file
becomes a new version of its document, in which your highlights are looked for.

Then all articles of the library that have yet to be analysed are analysed, the last opened first. Press
Ctrl+C to stop; whatever ends the command, the same command does the rest."""

_DATASETTE = """\
Write a metadata file that tells Datasette what is what in the library, and print the command that shows the
library in a browser: titles, labels, facets and searching for its tables, and views to read by hand. The
library is only read, also while the window is open. Datasette itself is not a part of Scholion."""


def _import_parser() -> argparse.ArgumentParser:
    parser = command_parser("import", _IMPORT)
    parser.add_argument(
        "files", nargs="+", metavar="PATH", help="an article, or a folder or file of articles"
    )
    parser.add_argument("--no-analysis", action="store_true", help="leave the analysis to the window")
    parser.add_argument("--json", action="store_true", help="print JSON, an object a line")
    add_model(parser)
    return parser


def _datasette_parser() -> argparse.ArgumentParser:
    parser = command_parser("datasette", _DATASETTE)
    parser.add_argument("--out", type=Path, metavar="FILE", help="the file to write (beside the library)")
    return parser


def _import(arguments: argparse.Namespace, paths: Paths) -> int:
    from reader.commands import library as library_commands

    all_done = library_commands.import_files(
        arguments.files,
        paths=paths,
        analyses=not arguments.no_analysis,
        as_json=arguments.json,
        model=arguments.model,
    )
    return DONE if all_done else NOT_ALL_DONE


def _datasette(arguments: argparse.Namespace, paths: Paths) -> int:
    from reader.commands import library as library_commands

    library_commands.describe_for_datasette(paths=paths, output=arguments.out)
    return DONE


COMMANDS: dict[str, Command] = {
    "import": (_import_parser, _import),
    "datasette": (_datasette_parser, _datasette),
}
