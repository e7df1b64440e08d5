"""The opening process: it answers, it can be stopped, and its death is told and survived."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

from reader.document import Document, ReadAs
from reader.errors import DamagedFile, EmptyFile, FormatError, MissingFile
from reader.formats.opener import Opener, _serve

# What no reader may do, by the name of a file.
TRIES: dict[str, Callable[[str], object]] = {
    "socket": lambda path: socket.socket(),
    "name server": lambda path: socket.getaddrinfo("localhost", 80),
    "page": lambda path: urllib.request.urlopen("http://127.0.0.1:9/"),
    "program": lambda path: subprocess.run([sys.executable, "-V"], check=False),
    "shell": lambda path: os.system("true"),
    "fork": lambda path: os.fork(),
    "written": lambda path: Path(path).write_text("x"),
    "appended": lambda path: Path(path).open("ab"),  # noqa: SIM115 (what is tried is refused)
    "made by number": lambda path: os.open(path, os.O_CREAT | os.O_WRONLY),
    "folder": lambda path: Path(path).mkdir(),
    "removed": lambda path: Path(path).unlink(),
    "renamed": lambda path: Path(path).rename(path + " again"),
    "linked": lambda path: Path(path).symlink_to("/"),
    "tree": lambda path: shutil.rmtree(path),
    "library": lambda path: ctypes.CDLL(path),
}


class Liar:
    """Not a document: what it is unpacked to would run in the program."""

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return Path, ("a document",)


def strange(
    path: str, *, read_as: ReadAs = ReadAs(), preview: Callable[[Document], None] | None = None
) -> Document:
    """A reader that does what the name of the file says; runs in the process."""
    name = Path(path).name
    if preview is not None:
        preview(Document("the beginning", (), source=path))
        name = name.removeprefix("begins and ")
    if name == "hang":
        while True:
            time.sleep(1)
    if name == "die":
        os._exit(3)
    if name == "gone":
        raise MissingFile("There is none.", "Look elsewhere.")
    if name == "bug":
        raise KeyError("a bug of ours")
    if name == "liar":
        return cast(Document, Liar())
    if name in TRIES:
        TRIES[name](path)
    if name == "careless":
        try:
            subprocess.run(["true"], check=False)
        except OSError:
            return Document("went on", ())
    if name == "eat":
        return Document("x" * (1 << 31), ())
    return Document(f"{name} in {read_as.encoding or None}, {os.getpid()}", ())


@pytest.fixture(scope="module")
def calm() -> Iterator[Opener]:
    """Return an opener for tests that do its process no harm."""
    made = Opener(reader=strange)
    yield made
    made.close()


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener(reader=strange, time_limit=0.5, memory_limit=1 << 28)
    yield made
    made.close()


def test_files_are_read_in_another_process_that_stays(opener: Opener) -> None:
    first = opener.open("one", read_as=ReadAs(encoding="utf-8")).text
    assert first.startswith("one in utf-8")
    process = first.split()[-1]
    assert process != str(os.getpid())
    assert opener.open(Path("two")).text.endswith(process)


@pytest.mark.parametrize(
    ("name", "words"),
    [("hang", "0.5 seconds"), ("die", "brought the reading process down"), ("eat", "memory")],
)
def test_a_file_that_does_harm_is_told_and_the_next_one_opens(opener: Opener, name: str, words: str) -> None:
    opener.open("warm")
    with pytest.raises(DamagedFile, match=words):
        opener.open(name)
    assert opener.open("next").text.startswith("next")


@pytest.mark.parametrize("name", TRIES)
def test_a_reader_reaches_nothing_but_its_file(calm: Opener, tmp_path: Path, name: str) -> None:
    with pytest.raises(RuntimeError, match="which no reader may"):
        calm.open(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_refusal_is_no_bad_luck_that_a_library_would_pass_over(calm: Opener) -> None:
    with pytest.raises(RuntimeError, match=r"start a program \(subprocess.Popen\)"):
        calm.open("careless")
    assert calm.open("next").text.startswith("next")


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limits")
def test_no_file_grows_by_a_byte_even_unseen(tmp_path: Path) -> None:
    """Libraries written in C write without asking: here with a file that was open before the fence."""
    program = (
        "import sys; from reader.formats.guard import confine\n"
        "file = open(sys.argv[1], 'wb', 0); confine(1 << 28)\n"
        "try: file.write(b'x')\n"
        "except OSError: print('refused')"
    )
    path = tmp_path / "kept"
    told = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert told.stdout == "refused\n"
    assert path.read_bytes() == b""


def test_what_the_process_says_is_no_program_to_run(calm: Opener) -> None:
    with pytest.raises(DamagedFile, match="brought the reading process down"):
        calm.open("liar")
    assert calm.open("next").text.startswith("next")


# ---------------------------------------------------------------- previews


def test_the_beginning_comes_before_the_whole_and_in_the_thread_that_waits(calm: Opener) -> None:
    seen: list[tuple[str, int]] = []

    def keep(begun: Document) -> None:
        seen.append((begun.text, threading.get_ident()))

    assert calm.open("begins and is whole", on_preview=keep).text.startswith("is whole")
    assert seen == [("the beginning", threading.get_ident())]
    assert calm.open("next").text.startswith("next")
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("name", "words"), [("hang", "0.5 seconds"), ("die", "brought the reading"), ("gone", "There is none")]
)
def test_what_goes_wrong_after_the_beginning_is_told_as_ever(opener: Opener, name: str, words: str) -> None:
    seen: list[str] = []
    with pytest.raises(FormatError, match=words):
        opener.open(f"begins and {name}", on_preview=lambda begun: seen.append(begun.text))
    assert seen == ["the beginning"]
    assert opener.open("next").text.startswith("next")


def test_no_beginning_comes_after_it_was_cancelled() -> None:
    opener = Opener(reader=strange)
    seen: list[str] = []

    def keep(begun: Document) -> None:
        seen.append(begun.text)
        opener.cancel()

    with pytest.raises(FormatError, match="cancelled"):
        opener.open("begins and hang", on_preview=keep)
    opener.close()
    assert seen == ["the beginning"]


def test_a_fault_of_the_one_who_is_shown_the_beginning_is_not_the_file_s(calm: Opener) -> None:
    def fail(begun: Document) -> None:
        raise OSError("of the window")

    with pytest.raises(OSError, match="of the window"):
        calm.open("begins and is whole", on_preview=fail)
    assert calm.open("next").text.startswith("next")


def test_a_bug_is_not_passed_off_as_the_fault_of_the_file(opener: Opener) -> None:
    with pytest.raises(RuntimeError, match="a bug of ours"):
        opener.open("bug")
    assert opener.open("next").text.startswith("next")


def test_opening_can_be_cancelled_from_another_thread() -> None:
    opener = Opener(reader=strange, time_limit=60)
    raised: list[Exception] = []

    def work() -> None:
        try:
            opener.open("hang")
        except FormatError as error:
            raised.append(error)

    opener.open("warm")
    thread = threading.Thread(target=work)
    thread.start()
    while thread.is_alive():
        opener.cancel()
        thread.join(0.02)
    assert "cancelled" in str(raised[0])
    opener.cancel()  # nothing is running: nothing happens
    assert opener.open("next").text.startswith("next")
    opener.close()
    opener.close()


def test_the_real_reader_answers_with_documents_and_sentences(tmp_path: Path) -> None:
    opener = Opener()
    path = tmp_path / "a.md"
    path.write_text("# Title\n\nText")
    assert opener.open(path).metadata.title == "Title"
    with pytest.raises(MissingFile, match="gone"):
        opener.open(tmp_path / "gone.txt")
    opener.close()


def test_the_process_answers_until_the_pipe_is_closed() -> None:
    ours, theirs = multiprocessing.Pipe()
    thread = threading.Thread(target=_serve, args=(theirs, refusing))
    thread.start()
    answers = []
    for name in ("fine", "empty", "full", "bug"):
        ours.send((name, ReadAs(), False))
        answers.append(ours.recv())
    ours.close()
    thread.join(10)
    assert not thread.is_alive()
    assert isinstance(answers[0], Document)
    assert isinstance(answers[1], EmptyFile)
    assert isinstance(answers[2], DamagedFile)
    assert answers[3] == "KeyError: 'ours'"


def refusing(path: str, *, read_as: ReadAs = ReadAs()) -> Document:
    """A reader that fails in every way that is answered."""
    failures = {"empty": EmptyFile("Empty."), "full": MemoryError(), "bug": KeyError("ours")}
    if path in failures:
        raise failures[path]
    return Document(path, ())


def test_by_which_bytes_a_document_would_be_known_is_told_without_reading_it(tmp_path: Path) -> None:
    file, archive, rows = tmp_path / "a.txt", tmp_path / "all.zip", tmp_path / "rows.jsonl"
    file.write_text("It rained.")
    with zipfile.ZipFile(archive, "w") as opened:
        opened.writestr("a/b.txt", "It rained again.")
    rows.write_text('{"text": "It rained for ever."}')
    opener = Opener()
    try:
        for path in (file, f"{archive}::a/b.txt"):
            assert opener.digest(path) == opener.open(path).file_hash
        assert opener.digest(f"{rows}::1") == ""
        with pytest.raises(MissingFile):
            opener.digest(tmp_path / "gone.txt")
    finally:
        opener.close()
