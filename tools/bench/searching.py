"""A large library: taking articles in, searching them and finding who said what, against bare FTS5."""

from __future__ import annotations

import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise
from pathlib import Path

from reader.document import Block, Document, Metadata, Span
from reader.library import Found, Library, Saying
from reader.model import Analysis, Anchor, Change, Entity, Highlight, Label, Mention, Note, Quote, QuoteKind
from tools.bench import shelf
from tools.bench.table import Row, percentile

SMALL, USUAL, LARGE = 1_000, 10_000, 100_000
AT_ONCE = 500
ROWS = 50
FIRST = 20  # documents that the window asks for first; with what was found in each, 40 rows and more
PEOPLE = 100
MENTIONS = 50  # in an analysed article, of which there is one in five
HIGHLIGHTS = 200
SYLLABLES = [a + b for a in "bcdfglmnprstv" for b in "aeiou"]


def run(*, large: bool = False) -> list[Row]:
    """Measure 1,000 and 10,000 articles of 3 kB, or with `large` 100,000 too."""
    sizes = (SMALL, USUAL, LARGE) if large else (SMALL, USUAL)
    return [row for size in sizes for row in _measured(size)]


class Words:
    """A vocabulary in which few words are common and most are rare, as in a language."""

    def __init__(self, count: int = 30_000) -> None:
        self.chance = random.Random(7)
        made = ("".join(self.chance.choices(SYLLABLES, k=self.chance.randint(1, 4))) for _ in range(count))
        self.words = list(dict.fromkeys(made))
        self._shares = list(accumulate(1 / (rank + 3) for rank in range(len(self.words))))

    def text(self, count: int) -> str:
        """Return some words as they come in a text."""
        return " ".join(self.chance.choices(self.words, cum_weights=self._shares, k=count))

    def queries(self) -> list[str]:
        """Return what is searched for: words of every rank of a thousand, pairs, phrases, beginnings."""
        ranks = [self.words[rank] for rank in range(0, 1000, 12)]
        pairs = [f"{one} {other}" for one, other in zip(ranks, reversed(ranks), strict=True)][::4]
        phrases = [f'"{one} {other}"' for one, other in zip(self.words[:20], self.words[20:40], strict=True)]
        return [*ranks, *pairs, *phrases, *(f"{word[:5]}*" for word in ranks[20:60:2])]


def _articles(words: Words, count: int) -> Iterator[Document]:
    for number in range(count):
        text = words.text(440)
        # A paragraph for about every ninety words, as an article has.
        cuts = [0, *(text.index(" ", at) for at in range(600, len(text) - 600, 600)), len(text)]
        blocks = tuple(Block(Span(a + (a > 0), b)) for a, b in pairwise(cuts))
        date = f"20{number % 24:02}-{1 + number % 12:02}"
        known = Metadata(title=f"{words.text(6)} {number}", byline="Ada Quill", site="Post", date=date)
        yield Document(text, blocks, known, source=f"/articles/{number}.txt", file_hash=f"{number:064}")


def _measured(count: int) -> list[Row]:
    words = Words()
    with tempfile.TemporaryDirectory() as folder:
        library = Library.open(Path(folder, "library.sqlite"), backups=Path(folder, "backups"))
        bare = bare_library(Path(folder, "bare.sqlite"))
        ours = theirs = 0.0
        articles = _articles(words, count)
        while batch := [article for _, article in zip(range(AT_ONCE), articles, strict=False)]:
            ours += _timed(library.add_documents, batch)
            theirs += _timed(insert, bare, batch)
        name = f"library of {count:,}"
        rows = [
            Row(f"{name}: a bare insert with FTS5", theirs / count * 1000, "ms"),
            Row(f"{name}: an article taken in", ours / count * 1000, "ms"),
            Row(f"{name}: ours against bare", ours / theirs, "×", 2),
            *_searched(name, library, bare, words.queries(), target=40 if count == LARGE else 10),
            *_said(name, library, words, count // 5, target=20),
            *_marked(name, library),
        ]
        bare.close()
        library.close()
        return [*rows, *shelf.measured(name, Path(folder), count)]


def bare_library(path: Path) -> sqlite3.Connection:
    """Make a file with one table of articles and an index of their words."""
    bare = sqlite3.connect(path, isolation_level=None)
    bare.executescript(
        "pragma journal_mode = wal; pragma synchronous = full; create table article (id integer primary key,"
        " title text, date text, path text, text text); create virtual table article_index using fts5(title,"
        " text, content = 'article', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2')"
    )
    return bare


def insert(bare: sqlite3.Connection, batch: list[Document]) -> None:
    """Put articles in as one transaction."""
    bare.execute("begin immediate")
    for each in batch:
        id = bare.execute(
            "insert into article (title, date, path, text) values (?, ?, ?, ?)",
            [each.title, each.metadata.date, each.source, each.text],
        ).lastrowid
        bare.execute(
            "insert into article_index (rowid, title, text) values (?, ?, ?)", [id, each.title, each.text]
        )
    bare.execute("commit")


def _searched(
    name: str, library: Library, bare: sqlite3.Connection, queries: list[str], *, target: float
) -> list[Row]:
    library.apply(Change("add", after=tuple(Note(n, f"A note on {queries[n % 80]}") for n in range(1, 500))))
    first, ours, theirs = [], [], []
    for query in queries:
        first.append(_timed(_page, library, query, FIRST) * 1000)
        ours.append(_timed(_page, library, query, ROWS) * 1000)
        plain = f'"{query}"' if query.isalpha() else query
        theirs.append(_timed(_bare_page, bare, plain) * 1000)
    return [
        Row(f"{name}: bare FTS5, {ROWS} rows with snippets, p50", percentile(theirs, 0.5), "ms"),
        Row(f"{name}: bare FTS5, {ROWS} rows with snippets, p95", percentile(theirs, 0.95), "ms"),
        Row(f"{name}: first page of a search, {FIRST} documents, p50", percentile(first, 0.5), "ms"),
        Row(f"{name}: first page of a search, {FIRST} documents, p95", percentile(first, 0.95), "ms", target),
        Row(f"{name}: {ROWS} documents of a search, p50", percentile(ours, 0.5), "ms"),
        Row(f"{name}: {ROWS} documents of a search, p95", percentile(ours, 0.95), "ms", target),
    ]


def _bare_page(bare: sqlite3.Connection, query: str) -> list[tuple[object, ...]]:
    return bare.execute(
        "select path, article.title, snippet(article_index, 1, '[', ']', '…', 24) from article_index"
        " join article on article.id = article_index.rowid where article_index match ?"
        f" order by rank limit {ROWS}",
        [query],
    ).fetchall()


def _said(name: str, library: Library, words: Words, analysed: int, *, target: float | None) -> list[Row]:
    """Let many people speak in some of the articles, the first ones much more often than the last."""
    people = [f"{words.words[n].title()} {words.words[n + 900].title()}" for n in range(100, 900)]
    shares = list(accumulate(1 / (rank + 10) for rank in range(len(people))))
    for id in range(1, analysed + 1):
        document = library.document(id)
        assert document is not None
        here = words.chance.choices(people, cum_weights=shares, k=10)
        places = range(0, len(document.text) - 60, len(document.text) // MENTIONS)
        library.save_analysis(
            id,
            Analysis(
                tuple(
                    Mention(Span(at, at + 10), Label.PERSON, here[n % 10])
                    for n, at in enumerate(places[:MENTIONS])
                ),
                tuple(
                    Quote(QuoteKind.DIRECT, (Span(at, at + 50),), speaker=here[n])
                    for n, at in enumerate(places[:10])
                ),
                tuple(Entity(each, Label.PERSON, (each.split()[1],)) for each in dict.fromkeys(here)),
                "bench",
            ),
            text_hash=document.text_hash,
        )
    middle = [people[rank] for rank in range(20, 400, 8)]
    figures = []
    numbers = []
    for each in middle:
        surname = each.split()[1]
        figures.append(_timed(_quotations, library, surname) * 1000)
        numbers.append(len(_quotations(library, surname)))
    listed = [_timed(_people, library, *asked) * 1000 for asked in _lists(words)]
    return [
        Row(f"{name}: names found in it", analysed * MENTIONS, ""),
        Row(f"{name}: quotations by a person, p95", percentile(figures, 0.95), "ms", target),
        Row(f"{name}: a page of {PEOPLE} people, p95", percentile(listed, 0.95), "ms", target),
        Row(f"{name}: these quotations, p95", percentile(numbers, 0.95), ""),
    ]


def _marked(name: str, library: Library) -> list[Row]:
    """Add highlights with a note and tags here and there, and list the articles."""
    adds = []
    for number in range(HIGHLIGHTS):
        id = 1 + number * 7919 % library.count()
        anchor = Anchor(Span(number, number + 40), "x" * 40, "before", "after", "ab" * 32)
        made = Highlight(id, anchor, note="A note.", tags=("claim", "method"))
        adds.append(_timed(library.apply, Change("add a highlight", after=(made,))) * 1000)
    lists = [_timed(_listed, library) * 1000 for _ in range(20)]
    return [
        Row(f"{name}: a highlight with note and two tags, p50", percentile(adds, 0.5), "ms"),
        Row(f"{name}: the first hundred of the list, p50", percentile(lists, 0.5), "ms"),
    ]


def _listed(library: Library) -> None:
    library.count()
    library.entries(order="added", limit=100)


def _lists(words: Words) -> list[tuple[str, str, int]]:
    """Return which pages of people are asked for: every order, far down too, and names that are typed."""
    whole = [
        ("", order, offset) for order in ("quoted", "documents", "name") for offset in range(0, 800, 100)
    ]
    typed = [words.words[rank][:letters] for rank in range(100, 400, 20) for letters in (1, 2, 4)]
    return [*whole, *((each, "quoted", 0) for each in typed)]


def _people(library: Library, match: str, order: str, offset: int) -> None:
    library.people.page(match, order=order, offset=offset, limit=PEOPLE)


def _page(library: Library, query: str, documents: int) -> list[Found]:
    return library.search(query, limit=documents)


def _quotations(library: Library, name: str) -> list[Saying]:
    return library.sayings(library.speakers(name))


def _timed(work: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - start
