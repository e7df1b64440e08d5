"""How values go between the window and the analysis process: as what their class is called with.

Pickled as dataclasses with slots usually are, a value calls back into Python twice to be put together again,
and the thread that unpickles a message keeps the interface waiting meanwhile. Called with its fields, it
takes a third of the time, and a fifth to pack. Only the sender needs to know.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from typing import Any

from reader.document import Block, Span
from reader.model import Entity, Mention, Quote

# Of these there are thousands in one message, or in the messages on one text.
MANY = (Span, Block, Mention, Quote, Entity)


def pack() -> None:
    """Let these values go by their fields from now on, through every connection of this process."""
    for kind in MANY:
        ForkingPickler.register(kind, _call_of(kind))


def _call_of(kind: type[Any]) -> Callable[[Any], tuple[type[Any], tuple[Any, ...]]]:
    """Return what tells, of a value of this dataclass, with what to call the class for an equal one."""
    told = attrgetter(*(field.name for field in fields(kind)))
    return lambda value: (kind, told(value))
