"""What of the library has changed, so that whoever lists something else can pass it over."""

from __future__ import annotations

from collections.abc import Callable

from reader.model import Collection, Details, Highlight, Membership, Note, Record, Tag
from ui.session import Session

# What the lists of articles show, and what is counted beside them.
OF_ARTICLES = (Highlight, Note, Tag, Details, Collection, Membership)


def touches(changed: frozenset[type[Record]] | None, *kinds: type[Record]) -> bool:
    """Tell whether records of these kinds are among what was written, or anything (None) may be otherwise."""
    return changed is None or not changed.isdisjoint(kinds)


def when_changed(session: Session, act: Callable[[], object], *kinds: type[Record]) -> None:
    """Call `act` when records of these kinds are written, and when anything may be otherwise."""

    def hear(changed: frozenset[type[Record]] | None) -> None:
        if touches(changed, *kinds):
            act()

    session.library_changed.connect(hear)
