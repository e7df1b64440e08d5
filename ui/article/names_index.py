"""The names of a document with where they stand, kept up to date while findings come in; no widgets."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence

from reader.document import Span
from reader.model import Entity, Label, Mention
from ui.panels.names import NameRow, described

Key = tuple[Label, str]


class NameIndex:
    """Mentions by name. A replaced part costs what it holds, not what the document holds."""

    def __init__(self) -> None:
        self._spans: dict[Key, list[Span]] = {}
        self._mentions: list[Mention] = []

    def __len__(self) -> int:
        return len(self._spans)

    def clear(self) -> None:
        """Forget all names."""
        self._spans.clear()
        self._mentions.clear()

    def replace(self, where: Span, mentions: Iterable[Mention]) -> None:
        """Take `mentions` in place of those that start within `where`."""
        low = bisect_left(self._mentions, where.start, key=_start)
        high = bisect_left(self._mentions, where.end, key=_start)
        for old in self._mentions[low:high]:
            held = self._spans[(old.label, old.name)]
            del held[bisect_left(held, old.span)]
            if not held:
                del self._spans[(old.label, old.name)]
        new = sorted(mentions, key=_start)
        self._mentions[low:high] = new
        for mention in new:
            held = self._spans.setdefault((mention.label, mention.name), [])
            if held and mention.span < held[-1]:
                insort(held, mention.span)
            else:
                held.append(mention.span)

    def labels(self) -> dict[str, Label]:
        """Return the type of each name; of a name with several, the one that is mentioned most."""
        best: dict[str, tuple[int, Label]] = {}
        for (label, name), spans in self._spans.items():
            if len(spans) > best.get(name, (0, label))[0]:
                best[name] = (len(spans), label)
        return {name: label for name, (_, label) in best.items()}

    def rows(self, entities: Sequence[Entity]) -> list[NameRow]:
        """Return one row a name, as the panel shows them."""
        known = {(entity.label, entity.name): entity for entity in entities}
        return [
            NameRow(name, label, tuple(spans), described(known.get((label, name))))
            for (label, name), spans in self._spans.items()
        ]


def _start(mention: Mention) -> int:
    return mention.span.start
