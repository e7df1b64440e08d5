"""How far a person is with a document, as a piece of SQL: what they say, and else what was read tells."""

from __future__ import annotations

DONE = 0.98  # of a text: who has come so far has read it

# Of a document joined with its details, which may be none.
STATE = (
    f"case when details.state is not null then details.state when document.progress >= {DONE} then 'read'"
    " when document.opened is null then 'unread' else 'reading' end"
)
