"""The opening process: it answers, it can be stopped, and its death is told and survived."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.document import Document, ReadAs
from reader.errors import DamagedFile, EmptyFile, FormatError, MissingFile
from reader.formats.opener import Opener, _serve


def strange(path: str, *, read_as: ReadAs = ReadAs()) -> Document:
    """A reader that does what the name of the file says; runs in the process."""
    name = Path(path).name
    if name == "hang":
        while True:
            time.sleep(1)
    if name == "die":
        os._exit(3)
    if name == "bug":
        raise KeyError("a bug of ours")
    if name == "eat":
        return Document("x" * (1 << 31), ())
    return Document(f"{name} in {read_as.encoding or None}, {os.getpid()}", ())


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


def test_the_process_answers_until_the_pipe_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.formats.opener._limit_memory", lambda limit: None)
    ours, theirs = multiprocessing.Pipe()
    thread = threading.Thread(target=_serve, args=(theirs, refusing, 0))
    thread.start()
    answers = []
    for name in ("fine", "empty", "full", "bug"):
        ours.send((name, None))
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
