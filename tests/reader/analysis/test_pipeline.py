"""Loading models, good and bad, and running them over odd paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from reader.analysis import Pipeline, model_version
from reader.analysis import pipeline as room
from reader.errors import AnalysisError


def test_a_model_in_a_folder_is_loaded(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Kessin"}])  # type: ignore[attr-defined]
    nlp.meta.update(name="small", version="1.2.3")
    nlp.to_disk(tmp_path / "model")
    pipeline = Pipeline.load(tmp_path / "model")
    assert pipeline.name == "small-en 1.2.3"
    (tagged,) = pipeline.tag(["To Kessin."])
    assert [(span.of("To Kessin."), label) for span, label in tagged.names] == [("Kessin", "GPE")]
    assert tagged.parts is None


def test_a_missing_model_names_the_command_to_type() -> None:
    with pytest.raises(AnalysisError, match=r"python\S* -m spacy download xx_not_there"):
        Pipeline.load("xx_not_there")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(AnalysisError, match="no language model in"):
        Pipeline.load(tmp_path / "nothing")


def test_a_damaged_model_is_refused_in_a_sentence(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "model")
    (tmp_path / "model" / "config.cfg").write_text("[nlp]\nlang = 7", encoding="utf-8")
    with pytest.raises(AnalysisError, match="could not be loaded"):
        Pipeline.load(tmp_path / "model")


def test_a_shipped_model_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "SHIPPED", tmp_path / "gone")
    assert model_version() == ""
    with pytest.raises(AnalysisError, match="Install Scholion again"):
        Pipeline.load()


def test_the_version_is_read_without_loading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "SHIPPED", tmp_path)
    (tmp_path / "meta.json").write_text(
        '{"lang": "en", "name": "scholion", "version": "9"}', encoding="utf-8"
    )
    assert model_version() == "scholion-en 9"


@Language.component("every_word")
def every_word(doc: Doc) -> Doc:
    """Mark each word as a name and as content."""
    doc.set_ents([Span(doc, token.i, token.i + 1, "PERSON") for token in doc if not token.is_space])
    doc.spans["quotations"] = [Span(doc, token.i, token.i + 1, "CONTENT") for token in doc if token.is_alpha]
    return doc


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "one two",
        "x" * 5000,
        "\tone\t\ttwo three\t" + "y" * 900,
        ("word " * 900) + "end. " + "y" * 1000,
        "𝄞 e\u0301 שלום \ud800 z",
        "我" * 3000,
    ],
)
def test_every_character_is_seen_once_at_its_place(text: str) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("every_word")
    (tagged,) = Pipeline(nlp, name="x").tag([text])
    spans = [span for span, _ in tagged.names]
    assert "".join(span.of(text) for span in spans) == "".join(text.split())
    assert [span.start for span in spans] == sorted(span.start for span in spans)


@Language.component("everything")
def everything(doc: Doc) -> Doc:
    """Mark all of a text as one name."""
    doc.set_ents([Span(doc, 0, len(doc), "ORG")])
    return doc


def test_no_name_reaches_from_one_cell_of_a_table_into_the_next() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("everything")
    row = "Port Ansel\t1,200\t\tBay Council"
    (tagged,) = Pipeline(nlp, name="x").tag([row])
    assert [span.of(row) for span, _ in tagged.names] == ["Port Ansel", "1,200", "Bay Council"]


def test_parts_are_taken_from_a_tagger_of_quotations() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("every_word", name="quotations")
    (tagged,) = Pipeline(nlp, name="x").tag(["so it"])
    assert tagged.parts is not None
    assert [span.of("so it") for span in tagged.parts.content] == ["so", "it"]
