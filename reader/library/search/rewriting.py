"""Changing one field of a query as a person typed it; the rest of their words stays as it is. No tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from reader.library.search.query import Token, tokens


@dataclass(frozen=True, slots=True)
class _Placed:
    """A field outside all parentheses, its value, and where both stand in the query."""

    name: str
    value: str
    start: int
    end: int


def values(query: str, name: str) -> tuple[str, ...]:
    """Return what a query asks of a field. Raises QueryError for one that can't be read."""
    return tuple(each.value for each in _fields(query) if each.name == name)


def with_field(query: str, name: str, value: str, *, alone: bool = True) -> str:
    """Return a query that asks this too, instead of (`alone`) what it asked of the field before."""
    rest = without_field(query, name) if alone else query.strip()
    parts = list(tokens(rest))
    # What stands beside an OR would be asked of one side of it.
    if any(token.kind == "word" and token.text == "OR" for token, depth in _deep(parts) if not depth):
        rest = f"({rest})"
    plain = re.sub('["“”„]', " ", value).strip()
    written = plain if re.fullmatch(r"[\w./><=-]+", plain) else f'"{plain}"'
    return f"{rest} {name}:{written}".strip()


def without_field(query: str, name: str, value: str | None = None) -> str:
    """Return a query that asks nothing of a field, or (`value`) not this."""
    for each in reversed(list(_fields(query))):
        if each.name == name and value in (None, each.value):
            query = query[: each.start].rstrip() + " " + query[each.end :].lstrip()
    return query.strip()


def _fields(query: str) -> Iterator[_Placed]:
    parts = list(_deep(list(tokens(query))))
    for (field, depth), (value, _) in pairwise(parts):
        if field.kind == "field" and not depth and value.kind in ("word", "phrase"):
            yield _Placed(field.text.lower(), value.text.strip(), field.at, value.end)


def _deep(parts: list[Token]) -> Iterator[tuple[Token, int]]:
    """Give the tokens with the number of parentheses around each; what is negated counts as inside."""
    depth, negated = 0, False
    for token in parts:
        depth += token.kind == "open"
        yield token, depth + negated
        depth -= token.kind == "close"
        negated = (token.kind == "word" and token.text == "NOT") or (negated and token.kind == "field")
