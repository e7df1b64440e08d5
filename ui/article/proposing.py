"""What is proposed to somebody who writes. Asks the library; knows no editor."""

from __future__ import annotations

from reader.errors import ReaderError
from ui.session import Session


def known_tags(session: Session) -> list[str]:
    """Return the tags there are; none where the library can't be asked: one can write all the same."""
    try:
        return [tag.name for tag, _ in session.library.tags()] if session.library else []
    except ReaderError as error:
        session.problem.emit(error, "warning")
        return []
