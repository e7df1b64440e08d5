"""Quotations in other languages: exact pieces, the word that reports, and who does."""

# ruff: noqa: E501  (a table reads best a row a line)

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.analysis.foreign import attributions
from reader.analysis.quotes import Attribution
from reader.analysis.tongues import tongue_of
from reader.document import Span
from reader.model import QuoteKind


def said(language: str, text: str, *names: str) -> list[Attribution]:
    spans = sorted(Span(text.index(name), text.index(name) + len(name)) for name in names)
    return attributions(text, Span(0, len(text)), language=language, names=spans)


def words(text: str, spans: Sequence[Span]) -> list[str]:
    return [span.of(text) for span in spans]


ADA, TOM = "Ada Lindqvist", "Tomas Okello"


@pytest.mark.parametrize(
    ("language", "text", "name", "content", "cue", "source"),
    [
        ("de", f"„Wir bauen im Mai“, sagte {ADA} am Dienstag.", ADA, ["„Wir bauen im Mai“"], "sagte", ADA),
        ("de", f"»Wir bauen«, sagte {TOM}, »auch im Winter.«", TOM, ["»Wir bauen«", "»auch im Winter.«"], "sagte", TOM),
        ("de", f"„Niemand wird hier allein gelassen“, so {TOM}.", TOM, ["„Niemand wird hier allein gelassen“"], "so", TOM),
        ("de", "Die Ministerin erklärte: „Niemand geht.“", "", ["„Niemand geht.“"], "erklärte", "Die Ministerin"),
        ("fr", f"« Le pont rouvre en mai », a déclaré {ADA}.", ADA, ["« Le pont rouvre en mai »"], "déclaré", ADA),
        ("fr", "— Je viens demain, dit Juliette.", "Juliette", ["Je viens demain"], "dit", "Juliette"),
        ("es", f"«El puente abrirá en mayo», afirmó la alcaldesa, {ADA}.", ADA, ["«El puente abrirá en mayo»"], "afirmó", f"la alcaldesa, {ADA}"),
        ("es", "—Ya voy —dijo Juan Pérez—. Espera un momento.", "Juan Pérez", ["Ya voy", "Espera un momento."], "dijo", "Juan Pérez"),
        ("it", f"«Il ponte riaprirà a maggio», ha detto {ADA}.", ADA, ["«Il ponte riaprirà a maggio»"], "detto", ADA),
        ("pt", f"“A ponte será reaberta em maio”, disse {TOM}.", TOM, ["“A ponte será reaberta em maio”"], "disse", TOM),
        ("nl", f"‘We openen de brug in mei’, zei {TOM} tegen de krant.", TOM, ["‘We openen de brug in mei’"], "zei", TOM),
        ("pl", f"— Most otworzymy w maju — powiedziała {ADA}. — Nie wcześniej.", ADA, ["Most otworzymy w maju", "Nie wcześniej."], "powiedziała", ADA),
        ("pl", f"„Most otworzymy w maju” – powiedział {TOM}.", TOM, ["„Most otworzymy w maju”"], "powiedział", TOM),
        ("ru", "«Мост откроется в мае», — сказал Томас Окелло.", "Томас Окелло", ["«Мост откроется в мае»"], "сказал", "Томас Окелло"),
        ("uk", "«Міст відкриють у травні», — заявила Анна Лінд.", "Анна Лінд", ["«Міст відкриють у травні»"], "заявила", "Анна Лінд"),
        ("sv", f"– Vi öppnar bron i maj, säger {ADA}.", ADA, ["Vi öppnar bron i maj"], "säger", ADA),
        ("sv", f"”Vi öppnar bron i maj”, sade {ADA}.", ADA, ["”Vi öppnar bron i maj”"], "sade", ADA),
        ("cs", f"„Most otevřeme v květnu,“ řekla {ADA}.", ADA, ["„Most otevřeme v květnu,“"], "řekla", ADA),
        ("tr", "Ayşe Yılmaz, “Köprü mayıs ayında açılacak” diye konuştu.", "Ayşe Yılmaz", ["“Köprü mayıs ayında açılacak”"], "diye konuştu", "Ayşe Yılmaz"),
        ("zh", "市长说：“大桥将于五月开放。”", "", ["“大桥将于五月开放。”"], "说", "市长"),
        ("ja", "市長は「橋は五月に開通する」と述べた。", "", ["「橋は五月に開通する」"], "と述べた", "市長"),
        ("ja", "「橋は五月に開通する予定です」と市長は語った。", "", ["「橋は五月に開通する予定です」"], "語った", "市長"),
        ("ar", "وقالت رئيسة البلدية: «سنفتح الجسر في مايو».", "", ["«سنفتح الجسر في مايو»"], "وقالت", None),
    ],
)  # fmt: skip
def test_direct_speech_with_who_says_it(
    language: str, text: str, name: str, content: list[str], cue: str, source: str | None
) -> None:
    (found,) = said(language, text, *([name] if name else []))
    assert found.kind is QuoteKind.DIRECT
    assert words(text, found.content) == content
    assert words(text, found.cue) == [cue]
    assert words(text, found.source) == ([] if source is None else [source])


@pytest.mark.parametrize(
    ("language", "text", "kind", "content"),
    [
        ("de", f"{TOM} sagte, dass der Plan „völlig tot“ sei.", QuoteKind.MIXED, "dass der Plan „völlig tot“ sei"),
        ("fr", f"{TOM} a affirmé que le pont était « hors d’usage ».", QuoteKind.MIXED, "que le pont était « hors d’usage »"),
        ("es", f"La alcaldesa {TOM} dijo que el puente abrirá en mayo.", QuoteKind.INDIRECT, "que el puente abrirá en mayo"),
        ("de", f"Laut {TOM} wird die Brücke im Mai fertig.", QuoteKind.INDIRECT, "wird die Brücke im Mai fertig"),
        ("fr", f"Le pont est fermé depuis trois jours, selon {TOM}.", QuoteKind.INDIRECT, "Le pont est fermé depuis trois jours"),
        ("pl", f"{TOM} powiedział, że most runął.", QuoteKind.INDIRECT, "że most runął"),
    ],
)  # fmt: skip
def test_reported_speech(language: str, text: str, kind: QuoteKind, content: str) -> None:
    (found,) = said(language, text, TOM)
    assert (found.kind, words(text, found.content)) == (kind, [content])
    assert TOM in words(text, found.source)[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Er las das Buch „Der Zauberberg“ und sagte nichts."),
        ("de", "– Brot, Milch und Eier"),
        ("es", "La película «El pozo» dura dos horas."),
        ("sv", "– Bröd och mjölk"),
        ("zh", "他读了《红楼梦》和“三国”。"),
        ("eo", "La “nova” ponto staras."),
    ],
)
def test_titles_doubted_words_and_lists_are_no_speech(language: str, text: str) -> None:
    assert said(language, text) == []


def test_the_rest_of_a_speech_belongs_to_it() -> None:
    text = f"„Wir bauen die Brücke“, sagte {ADA}. „Im Mai.“"
    first, second = said("de", text, ADA)
    assert words(text, second.content) == ["„Im Mai.“"] and first.source and not second.source


def test_what_stands_after_the_paragraph_counts_not() -> None:
    text = f"„Wir bauen die Brücke“, sagte {ADA}. „Im Mai.“\n\nDanach"
    assert len(attributions(text, Span(0, text.index("\n")), language="de")) == 2


def test_a_language_that_is_not_in_the_table_has_its_marks() -> None:
    text = "Ŝi diris: “La ponto malfermiĝos en majo, ne pli frue.”"
    (found,) = said("eo", text)
    assert words(text, found.quoted) == ["La ponto malfermiĝos en majo, ne pli frue."]
    assert not tongue_of("eo").verbs


PIECES = st.lists(
    st.sampled_from(
        ["„", "“", "”", "«", "»", "—", " – ", "「", "」", "'", '"', " sagte ", " dit ", " que ", "dass ", "Ada", " ", ".", ",", "\n", "市長は", "と述べた", "é", "𝄞"]
    ),
    max_size=30,
)  # fmt: skip


@given(
    PIECES.map("".join), st.sampled_from(["de", "fr", "es", "ru", "ja", "zh", "tr", "eo"]), st.integers(0, 9)
)
def test_every_span_lies_in_its_paragraph(text: str, language: str, lead: int) -> None:
    paragraph = Span(lead, lead + len(text))
    whole = "x" * lead + text
    for found in attributions(whole, paragraph, language=language, names=()):
        assert found.content and list(found.content) == sorted(found.content)
        for span in (*found.content, *found.quoted, *found.cue, *found.source):
            assert paragraph.covers(span) and len(span)
        for one, other in zip(found.content, found.content[1:], strict=False):
            assert one.end <= other.start
