"""A library from before the search is indexed when it is converted, all or nothing."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reader.library import Library
from reader.library.schema import STEPS, prepare
from reader.library.search.indexes import SEARCH
from reader.library.store import Store

ROWS = """
begin;
insert into document (id, title, given_title, byline, site, date, language, address, format, source_path,
    file_hash, folded, words, added, current_text_id)
    values (1, 'Pier', 'Pier', 'Ann Roe', 'Post', '2021', '', '', 'text', '/a.txt', '', 'pier', 1, '2021', 1),
    (2, cast(x'eda080' as blob), '', '', '', '', '', '', 'text', '', '', 't', 1, '2021', 2);
insert into document_text (id, document_id, text_hash, text, blocks, warnings, added)
    values (1, 1, 'h', 'The naïve tide 😀 rises, said Ada.', '[]', '[]', '2021'),
    (2, 2, 'i', cast(x'eda0802073746f6e65' as blob), '[]', '[]', '2021'),
    (3, 1, 'old', 'An older text', '[]', '[]', '2021');
insert into highlight values ('x', 1, 'h', 4, 9, 'naïve', '', '', 'yellow', 'Ask', '2021', '2021');
insert into note values ('n', 1, 'Look again.', '2021', '2021');
insert into tag values ('t', 'Claim', 'claim', null, '');
insert into highlight_tag values ('x', 't', 0);
insert into analysis values (1, 1, 'm', '2021'), (2, 2, 'm', '2021');
insert into entity values (1, 1, 'Ada Quill', 'PERSON', '["Ada", "\\ud800"]', '');
insert into mention (id, analysis_id, start_offset, end_offset, label, name)
    values (1, 1, 29, 32, 'PERSON', 'Ada Quill');
insert into quotation values (1, 1, 'direct', '[[4, 9], [17, 22]]', '[]', '[]', '[]', 'Ada Quill', ''),
    (2, 2, 'direct', '[[0, 7]]', '[]', '[]', '[]', null, ''),
    (3, 2, 'direct', '[]', '[]', '[]', '[]', null, '');
commit;
"""


def old_library(path: Path, *, steps: int) -> None:
    store = Store(path, patience=0)
    prepare(store, backups=path.parent / "backups", steps=STEPS[:steps])
    store.close()
    connection = sqlite3.connect(path)
    connection.executescript(ROWS)
    connection.close()


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_an_older_library_is_indexed(tmp_path: Path, steps: int) -> None:
    old_library(path := tmp_path / "library.sqlite", steps=steps)
    library = Library.open(path, backups=tmp_path / "backups")
    assert len(list((tmp_path / "backups").iterdir())) == 1
    for query in ("tide", "by:roe", 'in:"post"', "ask", "again", "tag:claim", "in:title pier"):
        assert [each.document_id for each in library.search(query)] == [1], query
    assert [each.document_id for each in library.search("stone")] == [2]
    assert library.search("older") == []
    if steps > 1:  # the second step lets everything be found anew
        assert [each.content for each in library.sayings(library.speakers("ada"))] == ["naïve … rises"]
        (hit,) = library.search("said:stone")[0].hits
        assert (hit.start, hit.end) == (0, 7)
    for index in ("text_index", "title_index", "searchable_index", "quotation_index", "known_as_index"):
        with library._store.transaction():
            library._store.run(f"insert into {index} ({index}, rank) values ('integrity-check', 1)")
    assert library._store.rows("pragma foreign_key_check") == []
    library.close()


def test_an_indexing_that_fails_is_undone_as_a_whole(tmp_path: Path) -> None:
    old_library(path := tmp_path / "library.sqlite", steps=3)
    store = Store(path, patience=0)
    steps = (*STEPS[:3], ("0004_search", SEARCH + "create table tag (id);\n"))
    with pytest.raises(sqlite3.OperationalError):
        prepare(store, backups=tmp_path / "backups", steps=steps)
    assert store.rows("select name from sqlite_master where name like '%index%' and type = 'table'") == []
    store.close()
    library = Library.open(path, backups=tmp_path / "backups")
    assert library.search("tide")
    library.close()
