"""What may be asked of the library, as a tree; a query that makes no sense is told in a sentence. No tables.

::

    harbour tide        both words, in any order, anywhere in a document or in what is kept with it
    "the old pier"      these words one after the other          harb*           words that begin so
    NEAR(pier tide, 5)  with at most 5 words between             a OR b, NOT b, ( … )
    by:roe              the byline       said:tide  inside one quotation      speaker:"Ada Quill"
    tag:claim           so tagged        date:2021  2021-03  2020..2022  >2021  <=2021-03
    person:"Ada Quill"  named in it      collection:essay  in it or one inside     type:pdf     state:unread
    in:note             the words of these parentheses in text, note, quote, title, person or tag alone
    in:"Harbour Post"   from this site
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from reader.errors import QueryError
from reader.library.search.dates import Range, as_range

# Half a surrogate pair is no letter, and SQLite ends a text at NUL.
MARKS = re.compile(r"[\x00\ud800-\udfff]")
KINDS = ("text", "note", "quote", "title", "person", "tag")
TYPES = ("pdf", "epub", "html", "word", "odt", "rtf", "mhtml", "mail", "markdown", "text")
STATES = ("unread", "reading", "read")
FIELDS = ("by", "said", "speaker", "person", "tag", "collection", "date", "type", "state", "in")
# What else a type is called.
_CALLED = {"docx": "word", "htm": "html", "web": "html", "eml": "mail", "md": "markdown", "txt": "text"}
_MOST_WORDS, _DEEPEST = 60, 30
_TOKEN = re.compile(
    r"\s*(?:(?P<open>\()|(?P<close>\))|(?P<comma>,)|(?P<field>[A-Za-z]+):"
    r"|[\"“”„](?P<phrase>[^\"“”„]*)(?P<end>[\"“”„]?)(?P<star>\*?)|(?P<word>[^\s()\"“”„,]+))"
)


@dataclass(frozen=True, slots=True)
class Words:
    """Words to look for: an expression of FTS5 that can't fail. `kinds` is empty for everywhere."""

    fts: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One quotation with these words (FTS5, or "") by a speaker of this name (FTS5, or "")."""

    words: str = ""
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """What else is asked of a document.

    `name` is "by" or "site", with an expression of FTS5, "tag" or "collection", with the folded name,
    "type" or "state", with one of `TYPES` or `STATES`.
    """

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A document whose date lies in a range."""

    range: Range


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that are not so."""

    part: Node


@dataclass(frozen=True, slots=True)
class All:
    """Documents of which every part holds."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """Documents of which at least one part holds."""

    parts: tuple[Node, ...]


Leaf = Words | Said | Field | Dated
Node = Leaf | Not | All | Any


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query: a word, a phrase, a field (without its colon) or a mark, and where it stands."""

    kind: str
    text: str
    at: int
    end: int
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class _Where:
    """`in:note` as it stands in the query; it holds for the words beside it, and is then gone."""

    kind: str
    at: int


def parse(query: str) -> Node:
    """Return what a query asks. Raises QueryError with what is wrong, where, and what to do."""
    parser = _Parser(list(tokens(query)))
    node = parser.group(closing=None)
    if parser.words > _MOST_WORDS:
        raise QueryError(f"The search has more than {_MOST_WORDS} words.", "Leave some of them out.")
    return node


def leaves(node: Node, *, wanted: bool | None = None) -> Iterator[Leaf]:
    """Go through the leaves; with `wanted` only those that a match must (or must not) have."""
    if isinstance(node, Not):
        yield from leaves(node.part, wanted=None if wanted is None else not wanted)
    elif isinstance(node, All | Any):
        for part in node.parts:
            yield from leaves(part, wanted=wanted)
    elif wanted is not False:
        yield node


def tokens(query: str) -> Iterator[Token]:
    """Take a query apart. Raises QueryError for a quotation mark that is not closed."""
    query = MARKS.sub(" ", query)
    end = len(query.rstrip())
    at = 0
    while at < end:
        match = _TOKEN.match(query, at)
        assert match is not None, "every character is a word, a mark or white space"
        kind = match.lastgroup or ""
        if match["phrase"] is not None:
            if not match["end"]:
                raise _wrong("The quotation mark", match.start("phrase") - 1, "is not closed", "Close it")
            yield Token(
                "phrase", match["phrase"], match.start("phrase") - 1, match.end(), bool(match["star"])
            )
        else:
            yield Token(kind, match[kind], match.start(kind), match.end())
        at = match.end()


class _Parser:
    """Goes through the tokens once; `words` counts what it met."""

    def __init__(self, tokens: list[Token]) -> None:
        self.words = 0
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def group(self, *, closing: Token | None) -> Node:
        """Read up to the end, or the closing parenthesis, and let each `in:` hold for all of it."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise QueryError("The search has too many parentheses in each other.", "Leave some of them out.")
        places: list[_Where] = []
        node = self._either(places)
        token = self._next()
        if closing is None and token is not None:
            raise _wrong("The parenthesis", token.at, "closes nothing", "Leave it out, or open one before")
        if closing is not None and token is None:
            raise _wrong("The parenthesis", closing.at, "is not closed", "Close it")
        self._depth -= 1
        if node is None:
            if places:
                raise _wrong(
                    f"“in:{places[0].kind}”", places[0].at, "has no words beside it", "Say what to look for"
                )
            if closing is None:
                raise QueryError("Nothing is looked for.", "Type a word, or a phrase in quotation marks.")
            raise _wrong("The parenthesis", closing.at, "is empty", "Put words into it, or leave it out")
        if not places:
            return node
        found, has_words = _within(node, tuple(dict.fromkeys(each.kind for each in places)))
        if not has_words:
            raise _wrong(
                f"“in:{places[0].kind}”", places[0].at, "has no words beside it", "Say what to look for"
            )
        return found

    def _either(self, places: list[_Where]) -> Node | None:
        parts: list[Node] = []
        while True:
            part = self._both(places)
            token = self._peek()
            is_or = token is not None and _is(token, "OR")
            if part is None and (is_or or parts):
                at = token.at if token is not None and is_or else self._tokens[self._at - 1].at
                raise _wrong("“OR”", at, "needs something on both sides", "Add it, or leave the OR out")
            if part is not None:
                parts.append(part)
            if not is_or:
                break
            self._at += 1
        return None if not parts else parts[0] if len(parts) == 1 else Any(tuple(parts))

    def _both(self, places: list[_Where]) -> Node | None:
        parts: list[Node] = []
        joined: Token | None = None
        started = False
        while (token := self._peek()) is not None and token.kind != "close" and not _is(token, "OR"):
            if _is(token, "AND"):
                if not started or joined is not None:
                    raise _wrong("“AND”", token.at, "needs something on both sides", "Leave it out")
                joined = token
                self._at += 1
                continue
            part = self._negated()
            started, joined = True, None
            if isinstance(part, _Where):
                places.append(part)
            else:
                parts.append(part)
        if joined is not None:
            raise _wrong("“AND”", joined.at, "needs something on both sides", "Leave it out")
        parts = _one_quotation(parts)
        return None if not parts else parts[0] if len(parts) == 1 else All(tuple(parts))

    def _negated(self) -> Node | _Where:
        token = self._peek()
        if token is None or not _is(token, "NOT"):
            return self._single()
        self._at += 1
        following = self._peek()
        if following is None or following.kind == "close" or _is(following, "AND", "OR", "NOT"):
            raise _wrong("“NOT”", token.at, "is followed by nothing to leave out", "Name it, or leave it out")
        part = self._single()
        if isinstance(part, _Where):
            raise _wrong(
                f"“in:{part.kind}”", part.at, "can't stand after NOT", "Name the places to look in instead"
            )
        return Not(part)

    def _single(self) -> Node | _Where:
        token = self._next()
        assert token is not None
        if token.kind == "open":
            return self.group(closing=token)
        if token.kind == "field" and token.text.lower() in FIELDS:
            return self._field(token)
        if token.kind == "field":
            raise _wrong(
                f"“{token.text}:”",
                token.at,
                "is not known",
                f"Use {', '.join(each + ':' for each in FIELDS)}, or put the words in quotation marks",
            )
        following = self._peek()
        if token.text == "NEAR" and token.kind == "word" and following and following.kind == "open":
            return Words(self._near(token))
        return Words(self._phrase(token))

    def _near(self, near: Token) -> str:
        self._at += 1
        phrases: list[str] = []
        distance = 10
        while (token := self._next()) is not None and token.kind != "close":
            if token.kind == "comma":
                number, end = self._next(), self._next()
                if (
                    number is None
                    or not re.fullmatch("[0-9]{1,3}", number.text)
                    or end is None
                    or end.kind != "close"
                ):
                    raise _wrong("NEAR", near.at, "has no number after its comma", "Write NEAR(one two, 5)")
                distance, token = int(number.text), end
                break
            if token.kind not in ("word", "phrase"):
                raise _wrong("NEAR", near.at, "may hold only words and phrases", "Write NEAR(one two, 5)")
            phrases.append(self._phrase(token))
        if token is None:
            raise _wrong("NEAR", near.at, "is not closed", "Write NEAR(one two, 5)")
        if len(phrases) < 2:
            raise _wrong("NEAR", near.at, "needs two words at least", "Write NEAR(one two, 5)")
        return f"NEAR({' '.join(phrases)}, {distance})"

    def _phrase(self, token: Token) -> str:
        if token.kind not in ("word", "phrase"):
            raise _wrong(f"“{token.text}”", token.at, "stands alone", "Leave it out")
        is_prefix = token.is_prefix or (token.kind == "word" and token.text.endswith("*"))
        if not any(character.isalnum() for character in token.text):
            raise _wrong(
                f"“{token.text}”", token.at, "has no letter and no digit to look for", "Leave it out"
            )
        self.words += len(token.text.split())
        words = token.text.rstrip("*").replace('"', " ")
        return f'"{words}"' + (" *" if is_prefix else "")

    def _field(self, field: Token) -> Node | _Where:
        name = field.text.lower()
        value = self._next()
        if value is not None and value.kind == "open" and name == "said":
            return Said(words=self._words_of(self.group(closing=value), field))
        if value is None or value.kind not in ("word", "phrase") or not value.text.strip():
            raise _wrong(f"“{name}:”", field.at, "has nothing after it", f"Write {name}: and a word after it")
        if name == "date":
            return Dated(as_range(value.text, at=value.at + 1))
        if name in ("tag", "collection"):
            return Field(name, value.text.strip().casefold())
        if name in ("type", "state"):
            return _one_of(name, value)
        if name == "in":
            kind = value.text.lower().strip()
            if kind in KINDS and value.kind == "word":
                return _Where(kind, field.at)
            return Field("site", self._phrase(value))
        phrase = self._phrase(value)
        if name == "person":
            return Words(phrase, ("person",))
        if name == "said":
            return Said(words=phrase)
        return Said(speaker=phrase) if name == "speaker" else Field("by", phrase)

    def _words_of(self, node: Node, field: Token) -> str:
        if any(not isinstance(leaf, Words) for leaf in leaves(node)):
            raise _wrong("“said:”", field.at, "may hold only words", "Put what is no word outside")
        found = as_fts(node)
        if found is None:
            raise _wrong("“said:”", field.at, "says only what is not said", "Add a word that is said")
        return found

    def _peek(self) -> Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next(self) -> Token | None:
        token = self._peek()
        self._at += token is not None
        return token


def as_fts(node: Node) -> str | None:
    """Return words as one expression of FTS5; None where it can't say that, as of what is only not so."""
    if isinstance(node, Words):
        return node.fts
    if isinstance(node, Any):
        parts = [as_fts(part) for part in node.parts]
        return None if None in parts else "(" + " OR ".join(filter(None, parts)) + ")"
    if isinstance(node, All):
        wanted = [as_fts(part) for part in node.parts if not isinstance(part, Not)]
        without = [as_fts(part.part) for part in node.parts if isinstance(part, Not)]
        if not wanted or None in wanted or None in without:
            return None
        found = "(" + " AND ".join(filter(None, wanted)) + ")"
        for each in without:
            found = f"({found} NOT {each})"
        return found
    return None


def _is(token: Token, *words: str) -> bool:
    return token.kind == "word" and token.text in words


def _one_of(name: str, value: Token) -> Field:
    """Return a field that has a few values alone."""
    known = TYPES if name == "type" else STATES
    said = value.text.strip().casefold().lstrip(".")
    wanted = _CALLED.get(said, said)
    if wanted not in known:
        raise _wrong(f"“{value.text}”", value.at, f"is no {name}", f"Use {', '.join(known)}")
    return Field(name, wanted)


def _one_quotation(parts: list[Node]) -> list[Node]:
    """Join what is asked of quotations side by side: it is to hold of one and the same."""
    asked = [part for part in parts if isinstance(part, Said)]
    if len(asked) < 2:
        return parts
    one = Said(
        " AND ".join(f"({each.words})" for each in asked if each.words),
        " AND ".join(f"({each.speaker})" for each in asked if each.speaker),
    )
    return [*(part for part in parts if not isinstance(part, Said)), one]


def _within(node: Node, kinds: tuple[str, ...]) -> tuple[Node, bool]:
    """Let the words be looked for in these kinds alone; tell whether there are words."""
    if isinstance(node, Words):
        return (node if node.kinds else replace(node, kinds=kinds)), True
    if isinstance(node, Not):
        part, has_words = _within(node.part, kinds)
        return Not(part), has_words
    if isinstance(node, All | Any):
        found = [_within(part, kinds) for part in node.parts]
        parts = tuple(part for part, _ in found)
        return (All(parts) if isinstance(node, All) else Any(parts)), any(has for _, has in found)
    return node, False


def _wrong(what: str, at: int, problem: str, remedy: str) -> QueryError:
    return QueryError(f"{what} at character {at + 1} of the search {problem}.", f"{remedy}.")
