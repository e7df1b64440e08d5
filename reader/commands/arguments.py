"""What the commands have in common: exit codes, how their arguments are described. Does none of the work."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.paths import Paths

if TYPE_CHECKING:
    import argparse

    # What makes the parser of a command's arguments, and what does it and returns the exit code.
    Command = tuple[Callable[[], argparse.ArgumentParser], Callable[[argparse.Namespace, Paths], int]]

DONE, NOT_ALL_DONE, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

_EXIT = (
    "The exit code is 0 if all was done, 1 if something could not be done (it is said), 2 for wrong usage."
)


def command_parser(name: str, description: str) -> argparse.ArgumentParser:
    """Return a parser for the arguments of a command; "" is the window."""
    import argparse  # takes as long as a fifth of the bare window, so only where it is needed

    return argparse.ArgumentParser(
        prog=f"scholion {name}".strip(),
        description=description,
        epilog=_EXIT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )


def add_model(parser: argparse.ArgumentParser) -> None:
    """Let another language model be named."""
    parser.add_argument(
        "--model",
        metavar="NAME",
        help="find names with this installed spaCy pipeline, or the one in this folder",
    )
