"""Reading ahead: in order, bounded, and over when it is left."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from reader.document import Block, Document, ReadAs, Span
from reader.errors import FormatError
from reader.formats.opener import Opener as RealOpener
from reader.reading_ahead import ReadingAhead, Wanted, several


class Opener:
    """Reads a document of the file's name; one that is called "slow" waits until it may go on."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.may_go_on = threading.Event()

    def open(self, path: Path, *, read_as: ReadAs, on_preview: object = None) -> Document:
        self.begun.append(path.name)
        if path.name == "slow":
            assert self.may_go_on.wait(60)
        if path.name == "bad":
            raise FormatError("It is bad.")
        return Document(path.name, (Block(Span(0, len(path.name))),))

    def digest(self, path: Path) -> str:
        return "a digest"

    def cancel(self) -> None:
        self.may_go_on.set()


def wanted(*names: str) -> list[Wanted]:
    return [Wanted(Path(name)) for name in names]


def test_documents_come_in_order_though_another_is_done_first() -> None:
    slow, quick = Opener(), Opener()
    reading = ReadingAhead([slow, quick])
    coming = reading.each(wanted("slow", "b", "c"))
    first, fetch = next(coming)
    for opener in (slow, quick):
        opener.may_go_on.set()
    assert (first.path.name, fetch().text) == ("slow", "slow")
    assert [fetch().text for _, fetch in coming] == ["b", "c"]
    reading.close()


def test_no_more_is_read_ahead_than_is_held_easily() -> None:
    opener = Opener()
    reading = ReadingAhead([opener])
    begun: list[str] = []

    def names() -> object:
        for number in range(100):
            begun.append(str(number))
            yield Wanted(Path(str(number)))

    coming = reading.each(names())
    next(coming)
    assert 1 < len(begun) < 20
    reading.close()


def test_the_next_waits_for_the_one_before_where_that_is_asked() -> None:
    opener = Opener()
    reading = ReadingAhead([opener])
    for each, fetch in reading.each(wanted("a", "b", "c"), ahead=lambda: False):
        fetch()
        assert opener.begun[-1] == each.path.name
    reading.close()


def test_what_is_known_is_none_and_what_is_bad_is_raised() -> None:
    reading = ReadingAhead([Opener()])
    asked = [Wanted(Path("a"), known="a digest"), Wanted(Path("b"), known="another"), Wanted(Path("bad"))]
    known, other, bad = (fetch for _, fetch in reading.each(asked))
    assert known() is None
    assert other().text == "b"
    with pytest.raises(FormatError, match="bad"):
        bad()
    reading.close()


def test_whoever_leaves_waits_for_nothing_more() -> None:
    opener = Opener()
    reading = ReadingAhead([opener])
    next(reading.each(wanted("slow", "b", "c")))
    reading.close()
    assert "c" not in opener.begun


def test_many_documents_are_worth_several_processes_and_few_are_not() -> None:
    opener = RealOpener()
    with several(opener, 3) as openers:
        assert openers == [opener]
    with several(opener, 100_000) as openers:
        assert 1 <= len(openers) <= 4
        assert openers[0] is opener
