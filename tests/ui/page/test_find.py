"""Finding words: the places found are places of the text itself."""

from hypothesis import given
from hypothesis import strategies as st

from reader.document import Span
from ui.page.find import Folded

ALPHABET = st.sampled_from("aAbB sSßŉİǰ😀")


@given(st.text(ALPHABET, max_size=40), st.data())
def test_every_piece_of_the_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = text[start:end]
    found = Folded(text).find_all(words)
    if words:
        assert found
        for span in found:
            assert words.casefold() in span.of(text).casefold()


def test_case_does_not_matter_and_growing_letters_keep_the_places() -> None:
    text = "Straße und STRASSE und strasse"
    assert [span.of(text) for span in Folded(text).find_all("strasse")] == ["Straße", "STRASSE", "strasse"]
    assert Folded(text).find_all("UND") == [Span(7, 10), Span(19, 22)]


def test_nothing_is_found_of_nothing() -> None:
    assert Folded("words").find_all("") == []
