"""Files that hold several documents: archives of articles, rows of JSON."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.document import Document
from reader.errors import DamagedFile, EmptyFile, FormatError, MissingFile
from reader.formats import collect, members, open_document
from reader.formats.opener import Opener

PAGE = "<html><head><title>Rain</title></head><body><p>It rained on the {} for a week.</p></body></html>"


def zipped(inside: Mapping[str, str | bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in inside.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture
def box(tmp_path: Path) -> Path:
    path = tmp_path / "box.zip"
    inside = {
        "b/chapter 10.txt": "Ten.",
        "b/chapter 2.txt": "Two.",
        "a.html": PAGE.format("hills"),
        "__MACOSX/a.html": "x",
        ".hidden.txt": "x",
        "picture.png": b"\x89PNG\r\n\x1a\n",
        "inner.zip": zipped({"x.txt": "x"}),
        "../outside.txt": "x",
    }
    path.write_bytes(zipped(inside))
    return path


def test_the_articles_of_an_archive_are_listed_in_order_and_the_rest_is_counted(box: Path) -> None:
    sources, warnings = members(box)
    assert sources == tuple(f"{box}::{name}" for name in ("a.html", "b/chapter 2.txt", "b/chapter 10.txt"))
    assert warnings == ("3 files in “box.zip” can't be read as an article, and were passed over.",)


def test_each_article_of_an_archive_is_a_document(box: Path) -> None:
    document = open_document(f"{box}::a.html")
    assert document.source == f"{box}::a.html"
    assert document.format == "html"
    assert "hills" in document.text
    assert open_document(f"{box}::b/chapter 2.txt").text == "Two."


@pytest.mark.parametrize("member", ["c.txt", "../outside.txt", "/etc/passwd", "b/../../x.txt"])
def test_what_is_not_in_an_archive_is_told(box: Path, member: str) -> None:
    with pytest.raises(MissingFile, match=r"in “box\.zip”"):
        open_document(f"{box}::{member}")


def test_a_page_of_an_archive_shows_the_pictures_that_lie_in_it(tmp_path: Path) -> None:
    from tools.samples import rich
    from tools.samples.article import picture
    from tools.samples.written import page

    path = tmp_path / "site.zip"
    path.write_bytes(zipped({"x/page.html": page(rich(), image="img/quay.png"), "x/img/quay.png": picture()}))
    assert len(open_document(f"{path}::x/page.html").pictures) == 1


def test_an_archive_of_one_is_that_one_and_one_of_several_says_what_to_do(tmp_path: Path, box: Path) -> None:
    path = tmp_path / "one.zip"
    path.write_bytes(zipped({"only.txt": "Only."}))
    assert open_document(path).text == "Only."
    with pytest.raises(FormatError, match="holds 3 documents"):
        open_document(box)


def test_a_word_document_by_another_name_is_no_archive_of_articles(tmp_path: Path) -> None:
    from tools.samples import rich
    from tools.samples.packed import word

    path = tmp_path / "letter.zip"
    path.write_bytes(word(rich()))
    assert members(path) == ((str(path),), ())
    assert open_document(path).format == "word"


def test_empty_locked_broken_and_hostile_archives_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"picture.png": b"\x89PNG"}))
    with pytest.raises(EmptyFile, match="no article"):
        members(path)
    path.write_bytes(zipped({"a.txt": "x"})[:40])
    with pytest.raises(DamagedFile):
        members(path)
    path.write_bytes(zipped({"a.txt": b"\0" * (80 << 20)}))
    with pytest.raises(DamagedFile, match="80 MB"):
        open_document(f"{path}::a.txt")
    locked = bytearray(zipped({"a.txt": "Some text."}))
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(locked)
    with pytest.raises(DamagedFile, match="password"):
        open_document(f"{path}::a.txt")


def rows_in(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_each_row_with_a_text_is_a_document(tmp_path: Path) -> None:
    path = rows_in(
        tmp_path / "rows.jsonl",
        {
            "text": "First.\n\nMore.",
            "title": "One",
            "author": ["Ann Lee", "Bo Ek"],
            "date": "2021-03-14T10:00",
        },
        {"id": 7},
        {"text": " date 2020-01-02 Third.", "url": "https://example.org/3", "lang": "en"},
    )
    sources, warnings = members(path)
    assert sources == (f"{path}::1", f"{path}::3")
    assert warnings == ("Row 2 of “rows.jsonl” holds no text and was passed over.",)
    first, third = map(open_document, sources)
    assert (first.metadata.title, first.metadata.byline) == ("One", "Ann Lee, Bo Ek")
    assert (first.metadata.date, first.text) == ("2021-03-14", "First.\n\nMore.")
    assert (third.metadata.date, third.metadata.address) == ("2020-01-02", "https://example.org/3")


@pytest.mark.parametrize(
    "whole",
    [[{"text": "One."}, {"text": "Two."}], {"all": [{"text": "One."}, {"text": "Two."}], "n": 2}],
)
def test_a_whole_of_json_holds_its_rows(tmp_path: Path, whole: object) -> None:
    path = rows_in(tmp_path / "rows.json", whole)
    assert [open_document(source).text for source in members(path)[0]] == ["One.", "Two."]


def test_one_object_with_a_text_is_one_document(tmp_path: Path) -> None:
    assert open_document(rows_in(tmp_path / "one.json", {"text": "One.", "title": "A"})).text == "One."


def test_json_without_texts_and_what_is_no_json_are_told(tmp_path: Path) -> None:
    with pytest.raises(EmptyFile, match="no text in the rows"):
        members(rows_in(tmp_path / "a.json", {"name": "x"}))
    path = tmp_path / "b.jsonl"
    path.write_text("not json\nat all", encoding="utf-8")
    with pytest.raises(FormatError, match="not JSON"):
        members(path)
    path.write_text("[" * 100_000, encoding="utf-8")
    with pytest.raises(FormatError):
        members(path)


def test_every_line_end_may_stand_in_a_row(tmp_path: Path, assert_sound: Callable[[Document], None]) -> None:
    path = tmp_path / "rows.jsonl"
    bare = [{"text": "One\u2028and\x85a\rhalf."}, {"text": "Two.", "title": "A\u2028B"}]
    lines = [json.dumps(row, ensure_ascii=ascii) for row in bare for ascii in (False, True)]
    path.write_bytes("\r\n".join(lines).encode())
    sources, warnings = members(path)
    assert (len(sources), warnings) == (4, ())
    for source in sources:
        assert_sound(open_document(source))
    assert open_document(sources[0]).text == open_document(sources[1]).text == "One\nand\na\nhalf."


def test_what_no_page_can_show_is_left_out_of_what_is_known_of_a_row(tmp_path: Path) -> None:
    known = open_document(
        rows_in(tmp_path / "a.jsonl", {"text": "x", "title": "\ud800A\x1b[31m\u2029B"})
    ).metadata
    assert known.title == "?A[31m B"


def test_a_list_is_read_under_either_name(tmp_path: Path) -> None:
    path = rows_in(tmp_path / "list.jsonl", [{"text": "One."}, {"text": "Two."}])
    assert [open_document(source).text for source in members(path)[0]] == ["One.", "Two."]


def test_a_guessed_encoding_of_rows_is_told(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(
        '{"text": "Voil\xe0 un caf\xe9 d\xe9j\xe0 bu par un gar\xe7on tr\xe8s \xe9l\xe9gant."}'.encode(
            "cp1252"
        )
    )
    ((source,), (told,)) = members(path)
    assert "does not say how its letters are written" in told
    assert open_document(source).warnings == (told,)


def test_documents_beyond_the_limit_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.formats.several._MOST", 2)
    sources, warnings = members(rows_in(tmp_path / "rows.jsonl", *[{"text": "x"}] * 3))
    assert len(sources) == 2
    assert warnings == ("“rows.jsonl” holds 3 documents; only the first 2 of them were taken.",)


def test_strange_names_in_an_archive_do_no_harm_and_are_found_again(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"1" * 5000 + ".txt": "One.", "a//b/./c.txt": "Two.", "./d.txt": "Three."}))
    texts = {open_document(Path(source)).text for source in members(path)[0]}
    assert texts == {"One.", "Two.", "Three."}


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = rows_in(tmp_path / "rows.jsonl", {"text": "One."})
    assert open_document(f"{path}::1").text == "One."
    rows_in(path, {"text": "Another one."})
    assert open_document(f"{path}::1").text == "Another one."


def test_a_file_whose_name_holds_the_mark_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a::b.txt"
    path.write_text("Some text.", encoding="utf-8")
    assert open_document(path).text == "Some text."
    assert members(path) == ((str(path),), ())
    rows = rows_in(tmp_path / "c::d.jsonl", {"text": "One."})
    assert open_document(f"{rows}::1").text == "One."


def test_files_that_hold_several_are_found_in_folders(tmp_path: Path, box: Path) -> None:
    rows_in(tmp_path / "rows.jsonl", {"text": "One."})
    assert collect([tmp_path]) == [box, tmp_path / "rows.jsonl"]


def test_the_opening_process_lists_them_too(box: Path) -> None:
    opener = Opener()
    try:
        assert opener.members(box) == members(box)
        with pytest.raises(MissingFile):
            opener.members(box.with_name("gone.zip"))
    finally:
        opener.close()


ROWS = json.dumps({"text": "One.", "title": "T", "n": [1]}) + "\n" + json.dumps({"text": "Two.\n\nMore."})
SOUND = {"x.json": ROWS.replace("\n", ",").join("[]").encode(), "x.jsonl": ROWS.encode()}
SOUND["x.zip"] = zipped({"a.txt": "Some text.", "b/c.md": "# More"})


@given(st.binary(max_size=4), st.integers(0, 400), st.sampled_from(sorted(SOUND)))
def test_a_damaged_file_is_documents_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory,
    assert_sound: Callable[[Document], None],
    change: bytes,
    at: int,
    name: str,
) -> None:
    path = tmp_path_factory.mktemp("several") / name
    path.write_bytes(SOUND[name][:at] + change + SOUND[name][at + len(change) :])
    try:
        for source in members(path)[0]:
            assert_sound(open_document(source))
    except FormatError as error:
        assert error.what.endswith(".")
        assert error.next.endswith(".")


@given(st.binary(max_size=300), st.sampled_from(["x.json", "x.jsonl", "x.zip"]))
def test_any_bytes_are_documents_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("several") / name
    path.write_bytes(data)
    try:
        for source in members(path)[0]:
            assert open_document(source).blocks
    except FormatError:
        return
