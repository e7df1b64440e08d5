"""Models that a test makes: chosen by name or folder, for English and other languages, and broken ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from reader.analysis import analyse
from reader.analysis import pipeline as room
from reader.analysis.models import Foreign, Joined, Models
from reader.analysis.pipeline import Pipeline
from reader.commands.reading import verbatim
from reader.errors import AnalysisError
from reader.model import Analysis, Label
from tests.reader.analysis.test_plans import packaged

GERMAN = (
    "Die alte Brücke in Kessin wird noch in diesem Jahr erneuert. "
    "„Es wird höchste Zeit“, sagte Ada Lindqvist."
)
ENGLISH = (
    "The old bridge at Kessin will be mended before the winter. “It is time for that,” said Ada Lindqvist."
)


def model_at(folder: Path, *, language: str = "en", label: str = "PER") -> Path:
    """Write a small pipeline into a folder."""
    nlp = spacy.blank(language)
    nlp.add_pipe("entity_ruler").add_patterns(  # type: ignore[attr-defined]
        [{"label": label, "pattern": "Ada Lindqvist"}, {"label": "LOC", "pattern": "Kessin"}]
    )
    nlp.meta.update(name="small", version="1.0")
    nlp.to_disk(folder)
    return folder


@pytest.fixture
def no_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checkout without the shipped model, which takes a second to load."""
    monkeypatch.setattr(room, "SHIPPED", tmp_path / "gone")


def names_of(text: str, found: Analysis) -> list[tuple[str, Label]]:
    return [(mention.span.of(text), mention.label) for mention in found.mentions]


def read(text: str, models: Models) -> Analysis:
    return analyse(verbatim(text), pipeline=models.reader_of(text))


def test_a_model_in_a_folder_is_chosen(tmp_path: Path, no_shipped: None) -> None:
    models = Models(str(model_at(tmp_path / "mine")))
    found = read(ENGLISH, models)
    assert names_of(ENGLISH, found) == [("Kessin", Label.GPE), ("Ada Lindqvist", Label.PERSON)]
    (quote,) = found.quotes
    assert quote.speaker == "Ada Lindqvist"
    assert models.problem is None


def test_an_installed_model_is_taken_for_its_language(
    tmp_path: Path, no_shipped: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    packaged(tmp_path, "de_made_up", "1.0")
    (tmp_path / "de_made_up").mkdir()
    data = model_at(tmp_path / "de_made_up" / "data", language="de", label="persName")
    (data.parent / "__init__.py").write_text(
        "from pathlib import Path\nfrom spacy.util import load_model_from_path\n"
        "def load(**overrides):\n"
        "    return load_model_from_path(Path(__file__).parent / 'data', **overrides)\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    models = Models()
    found = read(GERMAN, models)
    assert found.model == "de: de_made_up 1.0 + rules 1"
    assert names_of(GERMAN, found) == [("Kessin", Label.GPE), ("Ada Lindqvist", Label.PERSON)]
    (quote,) = found.quotes
    assert quote.speaker == "Ada Lindqvist"
    assert [piece.of(GERMAN) for piece in quote.content] == ["„Es wird höchste Zeit“"]


def test_without_a_model_of_the_language_the_rules_read(no_shipped: None) -> None:
    found = read(GERMAN, Models())
    assert found.model == "de: rules 1"
    (quote,) = found.quotes
    assert [piece.of(GERMAN) for piece in quote.source] == ["Ada Lindqvist"]


def test_a_missing_choice_is_told_and_the_usual_model_reads() -> None:
    models = Models("en_not_there")
    assert models.problem is not None and "spacy download en_not_there" in models.problem.next
    assert models.reader_of(GERMAN).name == "de: rules 1"
    assert models.problem is None


def test_a_broken_model_is_told_and_the_text_read_without_it(tmp_path: Path, no_shipped: None) -> None:
    model = model_at(tmp_path / "mine", language="de")
    (model / "config.cfg").write_text("[nlp]\nlang = 7", encoding="utf-8")
    models = Models(str(model))
    assert isinstance(models.reader_of(GERMAN), Foreign)
    assert models.problem is not None and "could not be loaded" in models.problem.what


def test_without_any_model_english_can_not_be_read(no_shipped: None) -> None:
    with pytest.raises(AnalysisError, match="not in its place"):
        Models().usual()


def test_a_model_with_a_tagger_of_quotations_reads_alone(tmp_path: Path, no_shipped: None) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler", name="quotations")
    nlp.to_disk(tmp_path / "own")
    assert isinstance(Models(str(tmp_path / "own")).usual(), Pipeline)


@pytest.mark.model
def test_names_by_the_chosen_model_and_quotations_by_the_shipped_one(tmp_path: Path) -> None:
    models = Models(str(model_at(tmp_path / "mine")))
    tagger = models.usual()
    assert isinstance(tagger, Joined)
    text = ENGLISH + "\nKofi Annan said that nobody had paid for the bridge until now."
    found = analyse(verbatim(text), pipeline=tagger)
    assert "Kofi Annan" not in [name for name, _ in names_of(text, found)]
    assert len(found.quotes) == 2
    assert found.model.startswith("en: mine 1.0 + scholion-en")
