"""The values that flow through Scholion: frozen, plain, and free of files, databases and widgets.

One coordinate system: every `Span` is half-open, in Unicode code points of `Document.text`, whose
line ends are ``\\n`` and whose characters are otherwise those of the file (no normalisation).
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from enum import StrEnum

from reader.document import Document, Metadata, Span

# ---------------------------------------------------------------- the machine's layer


class Label(StrEnum):
    """The types of names: spaCy's, and MISC."""

    PERSON = "PERSON"
    NORP = "NORP"
    FAC = "FAC"
    ORG = "ORG"
    GPE = "GPE"
    LOC = "LOC"
    PRODUCT = "PRODUCT"
    EVENT = "EVENT"
    WORK_OF_ART = "WORK_OF_ART"
    LAW = "LAW"
    LANGUAGE = "LANGUAGE"
    DATE = "DATE"
    TIME = "TIME"
    PERCENT = "PERCENT"
    MONEY = "MONEY"
    QUANTITY = "QUANTITY"
    ORDINAL = "ORDINAL"
    CARDINAL = "CARDINAL"
    MISC = "MISC"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands in the text; `name` is the full name of the entity it refers to.

    Two mentions speak of the same entity when `label` and `name` are equal. `value` is what a date or a
    time means, where the text allows to tell: ISO 8601 (``2021-03-11``, ``2021-03``, ``2021``,
    ``T21:30``, a range ``2021-03-01/2021-03-05``), a decade ``199X``, a century ``19XX``; else "".
    """

    span: Span
    label: Label
    name: str
    value: str = ""


class QuoteKind(StrEnum):
    """Direct: all inside quotation marks. Mixed: partly. Indirect: reported, without marks."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


@dataclass(frozen=True, slots=True)
class Quote:
    """An attribution: what was said (`content`, in pieces), by whom, and how we know.

    `quoted` are the pieces between quotation marks, marks left out; `cue` the reporting words;
    `source` the words that name the speaker where they stand; `speaker` that person's or body's full
    name, or None when the text does not tell; `reason` one phrase for the reader.
    """

    kind: QuoteKind
    content: tuple[Span, ...]
    quoted: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    speaker: str | None = None
    reason: str = ""

    @property
    def span(self) -> Span:
        """From the first to the last character of the content."""
        return Span(self.content[0].start, self.content[-1].end)


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, body or place of a document, with every name it goes by.

    `description` is a role the text gives it ("Kenyan Foreign Minister"), or "".
    """

    name: str
    label: Label
    aliases: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the machine found in one text, in reading order; `model` names what found it."""

    mentions: tuple[Mention, ...] = ()
    quotes: tuple[Quote, ...] = ()
    entities: tuple[Entity, ...] = ()
    model: str = ""


# ---------------------------------------------------------------- the person's layer


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a highlight is, and enough of its surroundings to find it again in a changed text.

    `prefix` and `suffix` are up to 32 characters each; `text_hash` names the text that `span` refers to.
    """

    span: Span
    exact: str
    prefix: str = ""
    suffix: str = ""
    text_hash: str = ""


class Place(StrEnum):
    """How an anchor was found again."""

    EXACT = "exact"
    MOVED = "moved"
    CHANGED = "changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Located:
    """The outcome of looking for an anchor; `span` is None just when `place` is LOST."""

    place: Place
    span: Span | None = None


class Colour(StrEnum):
    """The five marker pens."""

    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PINK = "pink"
    ORANGE = "orange"


def now() -> str:
    """The time of now, ISO 8601 in UTC with microseconds, so that it sorts as text."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def new_id() -> str:
    """A new identity for something a person made; never reused."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Highlight:
    """A marked passage, with the note and the tags a person gave it (aggregate: saved as one)."""

    document_id: int
    anchor: Anchor
    colour: Colour = Colour.YELLOW
    note: str = ""
    tags: tuple[str, ...] = ()
    id: str = field(default_factory=new_id)
    created: str = field(default_factory=now)
    updated: str = field(default_factory=now)


@dataclass(frozen=True, slots=True)
class Note:
    """A note on a document as a whole."""

    document_id: int
    body: str
    tags: tuple[str, ...] = ()
    id: str = field(default_factory=new_id)
    created: str = field(default_factory=now)
    updated: str = field(default_factory=now)


@dataclass(frozen=True, slots=True)
class Tag:
    """A word of the codebook. Names are unique without regard to case; "a/b" is b under a."""

    name: str
    colour: Colour | None = None
    description: str = ""
    id: str = field(default_factory=new_id)


class Scope(StrEnum):
    """How far a correction reaches: one place, the document it was made in, or every document."""

    HERE = "here"
    DOCUMENT = "document"
    EVERYWHERE = "everywhere"


class Remark(StrEnum):
    """What a correction says; in brackets the fields it speaks with besides `text`.

    IS_A: the words are a name of a type (`label`), whether the machine gave another type or missed it.
    NOT_A_NAME: they are no name. ONE_WITH, APART: they mean, or do not mean, the one called `other`
    (`label` is its type, if it is not that of the words). SAID_BY: who says the words is `other`, or
    nobody known when that is "" (`source` are the words that name the source). NOT_SAID: the words are
    no quotation.
    """

    IS_A = "is a"
    NOT_A_NAME = "is not a name"
    ONE_WITH = "is one with"
    APART = "is not one with"
    SAID_BY = "said by"
    NOT_SAID = "is not a quotation"


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a name or a quotation against the machine; see `Remark` for the fields.

    `anchor` is where it was said, and needed with HERE. `document_id` is the document it was made in, 0
    when that is not in the library. Raises ValueError when a field that the remark needs is missing.
    """

    remark: Remark
    scope: Scope
    text: str
    label: Label | None = None
    other: str = ""
    source: str = ""
    anchor: Anchor | None = None
    document_id: int = 0
    id: str = field(default_factory=new_id)
    created: str = field(default_factory=now)

    def __post_init__(self) -> None:
        placed = self.anchor is not None or self.scope is not Scope.HERE
        typed = self.label is not None or self.remark is not Remark.IS_A
        named = bool(self.other.strip()) or self.remark not in (Remark.ONE_WITH, Remark.APART)
        if not (self.text.strip() and placed and typed and named):
            raise ValueError(f"a correction that lacks something: {self}")


@dataclass(frozen=True, slots=True)
class Held:
    """The corrections that hold for a document, in the order in which they count and with their places.

    `lost` are those of one place that is not in the text; `digest` names what holds: an analysis that was
    kept with another digest is to be made anew.
    """

    corrections: tuple[Correction, ...] = ()
    lost: tuple[Correction, ...] = ()
    digest: str = ""


class ReadingState(StrEnum):
    """How far a person is with a document, where they say so themselves."""

    UNREAD = "unread"
    READING = "reading"
    READ = "read"


@dataclass(frozen=True, slots=True)
class Details:
    """What a person says of a document as a whole; None is what the source says.

    A document has one at most. `date` is ISO 8601, as exact as it is known. `state` is None where what was
    read tells by itself; `removed` is when the document was put away, "" for one that is in the library.
    """

    document_id: int
    title: str | None = None
    byline: str | None = None
    date: str | None = None
    site: str | None = None
    language: str | None = None
    address: str | None = None
    state: ReadingState | None = None
    tags: tuple[str, ...] = ()
    removed: str = ""
    id: str = field(default_factory=new_id)
    updated: str = field(default_factory=now)

    @property
    def says_nothing(self) -> bool:
        """Tell whether nothing would be lost without it."""
        return not (self.said or self.state or self.tags or self.removed)

    @property
    def said(self) -> dict[str, str]:
        """What the person says, by the name of the field in `Metadata`."""
        named = {each.name: getattr(self, each.name) for each in fields(Metadata)}
        return {name: value for name, value in named.items() if value is not None}

    def over(self, given: Metadata) -> Metadata:
        """Return what holds: what the person says, and else what the source gives."""
        return replace(given, **self.said)


@dataclass(frozen=True, slots=True)
class Collection:
    """A name under which documents are put together; unique without regard to case, "a/b" is b in a."""

    name: str
    description: str = ""
    id: str = field(default_factory=new_id)


@dataclass(frozen=True, slots=True)
class Membership:
    """That a document is in a collection; once at most."""

    collection_id: str
    document_id: int
    id: str = field(default_factory=new_id)
    added: str = field(default_factory=now)


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A question to the library that is asked again and again."""

    name: str
    query: str
    id: str = field(default_factory=new_id)
    created: str = field(default_factory=now)


@dataclass(frozen=True, slots=True)
class Identity:
    """That who is called `name`, in one document or (None) in all of them, is the person `person`.

    What is said of one document counts more than what is said of all. A name and a document have one at
    most, and no `person` is again the `name` of another that holds in the same document.
    """

    name: str
    person: str
    document_id: int | None = None
    id: str = field(default_factory=new_id)
    created: str = field(default_factory=now)


@dataclass(frozen=True, slots=True)
class Distinction:
    """That two names do not mean the same person, so that nobody asks again; `name` sorts before `other`."""

    name: str
    other: str
    id: str = field(default_factory=new_id)
    created: str = field(default_factory=now)


Record = (
    Highlight
    | Note
    | Tag
    | Details
    | Collection
    | Membership
    | SavedSearch
    | Identity
    | Distinction
    | Correction
)


@dataclass(frozen=True, slots=True)
class Change:
    """One action of a person: the records as they were and as they are to be.

    A record in `after` alone is new, in `before` alone is deleted, in both is edited (same id).
    `action` is a phrase for the undo menu ("add a highlight"). The inverse is another Change.
    `brings` are tags that came about because a record named them: they are there afterwards under any id;
    `takes` are such tags that go with the records, unless something has them or they were edited.
    """

    action: str
    before: tuple[Record, ...] = ()
    after: tuple[Record, ...] = ()
    brings: tuple[Tag, ...] = ()
    takes: tuple[Tag, ...] = ()

    @property
    def kinds(self) -> frozenset[type[Record]]:
        """The types of its records."""
        return frozenset(type(each) for each in (*self.before, *self.after))

    @property
    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.action, self.after, self.before, brings=self.takes, takes=self.brings)


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """Where the reader was: the character at the top of the page, and how far through (0..1)."""

    offset: int = 0
    progress: float = 0.0


# ---------------------------------------------------------------- reports


@dataclass(frozen=True, slots=True)
class Report:
    """All that a writer needs, already in the order in which it is to be written.

    `highlights` in reading order with the text as it stands; `quotes` as (speaker, quotes), the most
    quoted first and the unnamed last; `names` as (label, entity names with their counts);
    `tags` those of the document as a whole.
    """

    document: Document
    highlights: tuple[Highlight, ...] = ()
    lost: tuple[Highlight, ...] = ()
    notes: tuple[Note, ...] = ()
    quotes: tuple[tuple[str, tuple[Quote, ...]], ...] = ()
    names: tuple[tuple[Label, tuple[tuple[str, int], ...]], ...] = ()
    analysed: bool = True
    tags: tuple[str, ...] = ()
    created: str = field(default_factory=now)
