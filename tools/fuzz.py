"""Fuzz the readers: ``python -m tools.fuzz [SUFFIX ...] [--mutations N] [--atheris SECONDS]``.

Files of every format (`tools.samples`) are changed at random and read in a process of their own with the
memory that the program gives a file. A document or a `FormatError` is right. Anything else is told, with the
file that did it in the folder ``fuzz``: another error, a process that ends, one that needs more memory or
more than ten seconds for a file of some kilobytes. With ``--atheris`` the fuzzer of that name, where it is
installed, looks for inputs that lead to new code instead of changing at random.
"""

from __future__ import annotations

import argparse
import faulthandler
import multiprocessing
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from reader.document import ReadAs
from reader.errors import FormatError
from reader.formats import FORMATS, members, open_document
from reader.formats.guard import room_for
from reader.formats.request import Request
from tools.samples import SAMPLES, article, rich

_SECONDS, _MEMORY = 10.0, 1 << 30
_FOUND = Path("fuzz")
# What formats are made of, to be put in at random.
_WORDS = (
    b"<",
    b">",
    b"</p>",
    b"<table>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a;",
    b"&#0;",
    b"&#xD800;",
    b"\x00",
    b"\xff",
    b"{",
    b"}",
    b"\\par",
    b"\\u-1?",
    b"\\bin99999999 ",
    b"\\'e9",
    b"\\uc9",
    b"=?utf-8?b?!?=",
    b"--part",
    b"\r\n",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"../../x",
    b"99999999999",
    b"-1",
    b"[[[[[[[[",
    b"\\ud800",
    b"stream",
    b"endobj",
    b"/Kids[2 0 R]",
    b"obj",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"w:tbl",
    b"|",
    b"```",
    b"> > > >",
)


def mutated(data: bytes, chosen: random.Random) -> bytes:
    """Return the bytes with one to eight changes: bits, stretches doubled, cut, moved, or words put in."""
    out = bytearray(data)
    for _ in range(chosen.choice((1, 1, 2, 3, 8))):
        at = chosen.randrange(len(out) + 1) if out else 0
        size = min(len(out) - at, chosen.choice((1, 2, 4, 16, 64, 512)))
        what = chosen.randrange(6)
        if what == 0 and at < len(out):
            out[at] ^= 1 << chosen.randrange(8)
        elif what == 1:
            del out[at : at + size]
        elif what == 2:
            out[at:at] = out[at : at + size] * chosen.choice((1, 2, 50))
        elif what == 3:
            out[at:at] = chosen.choice(_WORDS)
        elif what == 4:
            out[at : at + size] = chosen.randbytes(size)
        else:
            del out[at:]
    return bytes(out)


def _reader_of(suffix: str) -> Callable[[bytes], object]:
    """Return what reads the bytes of a file of this format."""
    kind = next((each for each in FORMATS if suffix in each.suffixes), None)
    if kind is not None:
        return lambda data: kind.load(data, Request(ReadAs(), name="“x”"))

    def read(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"x{suffix}")
            path.write_bytes(data)
            for source in members(path)[0]:
                open_document(source)

    return read


def _serve(pipe: Connection, suffix: str) -> None:
    """Read what comes, and answer "opened", "refused", or what else it was."""
    import resource

    most = room_for(_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    faulthandler.enable()
    read = _reader_of(suffix)
    while True:
        try:
            data = pipe.recv_bytes()
        except EOFError:
            return
        try:
            read(data)
            answer = "opened"
        except FormatError:
            answer = "refused"
        except Exception as error:  # noqa: BLE001  that is what is looked for
            answer = f"{type(error).__name__}: {error}"[:300]
        pipe.send(answer)


class Victim:
    """The process that reads; started again when it ends."""

    def __init__(self, suffix: str) -> None:
        self._suffix = suffix
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._suffix), daemon=True)
        self._process.start()
        theirs.close()

    def read(self, data: bytes) -> str:
        """Return what became of the bytes."""
        try:
            self._pipe.send_bytes(data)
            if self._pipe.poll(_SECONDS):
                return str(self._pipe.recv())
            answer = f"took more than {_SECONDS:g} s"
        except (EOFError, OSError):
            self._process.join()
            answer = f"ended the process ({self._process.exitcode})"
        self.stop()
        self._start()
        return answer

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def fuzz(suffix: str, mutations: int, *, seed: int = 1) -> Iterator[tuple[bytes, str]]:
    """Yield each mutation and what became of it; half of them of a plain article, half of a rich one."""
    chosen = random.Random(f"{seed}{suffix}")
    sources = [SAMPLES[suffix](rich()), SAMPLES[suffix](article(3000))]
    victim = Victim(suffix)
    try:
        for number in range(mutations):
            data = mutated(sources[number % 2], chosen)
            yield data, victim.read(data)
    finally:
        victim.stop()


def main() -> int:
    """Print a line for each format; return 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__)
    parser.add_argument(
        "suffixes", nargs="*", default=list(SAMPLES), metavar="SUFFIX", help=" ".join(SAMPLES)
    )
    parser.add_argument("--mutations", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", type=int, default=0, metavar="SECONDS", help="for each format")
    options = parser.parse_args()
    bad = 0
    for suffix in options.suffixes:
        if options.atheris:
            bad += _guided(suffix, options.atheris)
            continue
        start, counts = time.monotonic(), Counter[str]()
        for data, answer in fuzz(suffix, options.mutations, seed=options.seed):
            counts[answer if answer in ("opened", "refused") else "wrong"] += 1
            if answer not in ("opened", "refused"):
                _FOUND.mkdir(exist_ok=True)
                place = _FOUND / f"{len(list(_FOUND.iterdir())) + 1:03}{suffix}"
                place.write_bytes(data)
                print(f"  {place}: {answer}", flush=True)
        bad += counts["wrong"]
        told = ", ".join(f"{what} {counts[what]:,}" for what in ("opened", "refused", "wrong"))
        print(f"{suffix:7} {told}, {time.monotonic() - start:.0f} s", flush=True)
    return 1 if bad else 0


def _guided(suffix: str, seconds: int) -> int:
    """Let atheris look for a wrong answer for some seconds; it ends the process that it runs in."""
    process = multiprocessing.get_context("spawn").Process(target=_atheris, args=(suffix, seconds))
    process.start()
    process.join()
    print(f"{suffix:7} atheris {'found nothing' if not process.exitcode else 'found something, see above'}")
    return 1 if process.exitcode else 0


def _atheris(suffix: str, seconds: int) -> None:
    import atheris

    with atheris.instrument_imports(include=["reader.formats"]):
        for each in FORMATS:
            __import__(each.module)
    read = _reader_of(suffix)

    def one(data: bytes) -> None:
        try:
            read(data)
        except FormatError:
            return

    place = _FOUND / f"corpus{suffix}"
    place.mkdir(parents=True, exist_ok=True)
    for number, made in enumerate((rich(), article(3000))):
        (place / str(number)).write_bytes(SAMPLES[suffix](made))
    limits = [
        f"-max_total_time={seconds}",
        f"-timeout={_SECONDS:.0f}",
        "-rss_limit_mb=2048",
        "-max_len=20000",
    ]
    atheris.Setup([sys.argv[0], *limits, f"-artifact_prefix={_FOUND}/", str(place)], one)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
