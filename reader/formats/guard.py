"""What the opening process may not do: reach the network, write, or start anything. Reads no files.

Two fences, and what each is worth. The hook sees what Python code asks of the system, and guards against
slips of our own libraries: one that fetches an address it finds in a file, keeps a cache, or calls another
program. Code that a hostile file smuggles into a library written in C is not seen by it. Against that stand
the limits of the system, where it has them: no file grows by a byte, memory and open files are bounded, no
core is dumped. Neither is a sandbox: such code could still read files, and use the network.
"""

from __future__ import annotations

import os
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

# So many files may be open at once: the pipe, the file, its neighbours, and modules that are loaded.
_MOST_OPEN = 64
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

# Events of `sys.audit`, by how they begin or exactly, and what they mean in words.
_FAMILIES: tuple[tuple[str, str], ...] = (
    ("socket.", "use the network"),
    ("urllib.", "use the network"),
    ("http.client.", "use the network"),
    ("ftplib.", "use the network"),
    ("imaplib.", "use the network"),
    ("poplib.", "use the network"),
    ("smtplib.", "use the network"),
    ("subprocess.", "start a program"),
    ("webbrowser.", "start a program"),
    ("pty.", "start a program"),
    ("shutil.", "write a file"),
    ("tempfile.", "write a file"),
    ("sqlite3.connect", "write a file"),
    ("resource.setrlimit", "lift its limits"),
)
_STARTING = ("system", "exec", "posix_spawn", "spawn", "fork", "forkpty", "startfile", "startfile/2")
_CHANGING = (
    *("remove", "rename", "mkdir", "rmdir", "link", "symlink", "truncate"),
    *("chmod", "chown", "chflags", "utime", "setxattr", "removexattr"),
)
_REFUSED: dict[str, str] = {
    **{f"os.{name}": "start a program" for name in _STARTING},
    **{f"os.{name}": "write a file" for name in _CHANGING},
    **{f"os.{name}": "end a program" for name in ("kill", "killpg")},
}


class Forbidden(RuntimeError):
    """A reader tried what no reader may: our bug. Not an OSError, which a library might take for bad luck."""


def confine(memory: int) -> None:
    """Fence this process in for good; it may grow by `memory` bytes."""
    # What is imported from now on would be written down beside its source.
    sys.dont_write_bytecode = True
    _limit(memory)
    sys.addaudithook(_hook(_homes()))


def _homes() -> tuple[str, ...]:
    """Where the libraries are that we came with, which may be loaded late."""
    places = {sys.prefix, sys.base_prefix, *(sysconfig.get_path(name) for name in ("purelib", "platlib"))}
    return tuple(str(Path(place).resolve()) for place in places if place)


def _hook(homes: tuple[str, ...]) -> Callable[[str, tuple[object, ...]], None]:
    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            if _writes(arguments):
                raise Forbidden("the reader tried to write a file, which no reader may")
            return
        if event == "ctypes.dlopen":
            if not _is_ours(arguments, homes):
                raise Forbidden("the reader tried to load a library from elsewhere, which no reader may")
            return
        tried = _REFUSED.get(event) or next((what for word, what in _FAMILIES if event.startswith(word)), "")
        if tried:
            raise Forbidden(f"the reader tried to {tried} ({event}), which no reader may")

    return refuse


def _writes(arguments: tuple[object, ...]) -> bool:
    _, mode, flags = arguments
    by_mode = isinstance(mode, str) and bool(set(mode) & set("wax+"))
    return by_mode or (isinstance(flags, int) and bool(flags & _WRITING))


def _is_ours(arguments: tuple[object, ...], homes: tuple[str, ...]) -> bool:
    name = arguments[0]
    if name is None:  # this program itself
        return True
    try:
        place = Path(os.fsdecode(name)).resolve()  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return False  # no name of a library
    return any(place.is_relative_to(home) for home in homes)


def room_for(memory: int) -> int:
    """Return the bytes of address space that this process has, where the system tells, and `memory` more."""
    import resource

    present = 0
    statm = Path("/proc/self/statm")
    if statm.exists():
        present = int(statm.read_text().split()[0]) * resource.getpagesize()
    return present + memory


def _limit(memory: int) -> None:
    """Set the system's limits; a system without them has none, and the time limit still holds there."""
    if sys.platform == "win32":
        return
    import resource

    for what, wanted in (
        (resource.RLIMIT_AS, room_for(memory)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, _MOST_OPEN),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue  # some systems know a limit and refuse to set it
