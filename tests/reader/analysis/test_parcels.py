"""What goes between the window and the analysis process arrives as it was sent."""

from __future__ import annotations

import pickle
from multiprocessing.reduction import ForkingPickler

from reader.analysis import parcels
from reader.document import Block, BlockKind, Span
from reader.model import Entity, Label, Mention, Quote, QuoteKind

VALUES = (
    Span(3, 8),
    Block(Span(0, 4), BlockKind.HEADING, level=2, marker="•", name="top", alt="a map", picture=1),
    Mention(Span(0, 4), Label.DATE, "2 May", "2021-05-02"),
    Quote(QuoteKind.MIXED, (Span(0, 4), Span(6, 9)), (Span(6, 9),), speaker="Ada Lindqvist", reason="says"),
    Entity("Ada Lindqvist", Label.PERSON, ("Lindqvist",), "mayor"),
)


def test_every_value_arrives_whole() -> None:
    parcels.pack()
    assert {type(value) for value in VALUES} == set(parcels.MANY)
    assert pickle.loads(bytes(ForkingPickler.dumps(VALUES))) == VALUES


def test_nothing_of_a_message_is_put_together_by_setting_its_state() -> None:
    parcels.pack()
    message = bytes(ForkingPickler.dumps(VALUES))
    assert b"_dataclass_setstate" not in message and b"copyreg" not in message
    assert len(message) < len(pickle.dumps(VALUES))


def test_pickles_of_others_stay_as_they_were() -> None:
    before = pickle.dumps(VALUES)
    parcels.pack()
    assert pickle.dumps(VALUES) == before
