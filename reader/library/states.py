"""How far a person is with a document, as a piece of SQL: what they say, and else what was read tells."""

from __future__ import annotations

DONE = 0.97  # of a text: who has come so far has read it

# Of a document joined with its details, which may be none.
STATE = (
    "coalesce(details.state, case when document.opened is null then 'unread'"
    f" when document.progress >= {DONE} then 'read' else 'reading' end)"
)
