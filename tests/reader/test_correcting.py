"""Corrections made where the reader points, chosen for a document, found again, told and stored."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.correcting import (
    apart,
    as_row,
    digest,
    from_row,
    held,
    holding,
    is_a,
    joined,
    not_a_name,
    not_said,
    one_with,
    parted,
    placed,
    replaced,
    said_by,
    sentence,
    speaking_of,
)
from reader.document import Block, Document, Span
from reader.library import Library
from reader.model import Anchor, Change, Correction, Entity, Label, Mention, Quote, QuoteKind, Remark, Scope

TEXT = "Ada Lindqvist came.\nThe old\nsource said: “We stay.” He said: “We go.”"
PAGE = Document(TEXT, (Block(Span(0, len(TEXT))),))
ADA = Mention(Span(0, 13), Label.PERSON, "Ada Lindqvist")
UNION = Entity("Harbour Union", Label.ORG)


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


STAY = Quote(QuoteKind.DIRECT, (span("“We stay.”"),), source=(span("The old\nsource"),))
GO = Quote(QuoteKind.DIRECT, (span("“We go.”"),), source=(span("He"),))


def test_a_correction_is_made_where_the_reader_points() -> None:
    made = is_a(PAGE, span(" came."), Label.EVENT, Scope.HERE, document_id=7)
    assert (made.text, made.label, made.document_id) == ("came.", Label.EVENT, 7)
    assert made.anchor is not None and made.anchor.span == span("came.")
    made = one_with(PAGE, ADA, UNION, Scope.DOCUMENT)
    assert (made.text, made.other, made.label) == ("Ada Lindqvist", "Harbour Union", Label.ORG)
    made = said_by(PAGE, STAY, "Ada Lindqvist", Scope.DOCUMENT)
    assert (made.text, made.source, made.other) == ("“We stay.”", "The old source", "Ada Lindqvist")
    assert said_by(PAGE, GO, None, Scope.EVERYWHERE).source == "", "a pronoun means many"


def test_what_lacks_something_is_no_correction() -> None:
    with pytest.raises(ValueError):
        is_a(PAGE, Span(13, 14), Label.EVENT, Scope.HERE)
    with pytest.raises(ValueError):
        joined(UNION, UNION, Scope.HERE)
    with pytest.raises(ValueError):
        Correction(Remark.IS_A, Scope.DOCUMENT, "Ada")


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (is_a(PAGE, ADA.span, Label.ORG, Scope.HERE), "“Ada Lindqvist” is an organisation, here."),
        (not_a_name(PAGE, ADA.span, Scope.EVERYWHERE), "“Ada Lindqvist” is not a name, everywhere."),
        (
            one_with(PAGE, ADA, UNION, Scope.DOCUMENT),
            "“Ada Lindqvist” means Harbour Union, in this article.",
        ),
        (apart(PAGE, ADA, Scope.HERE), "“Ada Lindqvist” does not mean Ada Lindqvist, here."),
        (parted("HU", UNION, Scope.EVERYWHERE), "“HU” does not mean Harbour Union, everywhere."),
        (
            said_by(PAGE, STAY, "Ada Lindqvist", Scope.DOCUMENT),
            "“The old source” speaks for Ada Lindqvist, in this article.",
        ),
        (said_by(PAGE, STAY, None, Scope.HERE), "“We stay.” is said by somebody unknown, here."),
        (not_said(PAGE, GO, Scope.DOCUMENT), "“We go.” is not a quotation, in this article."),
    ],
)
def test_a_correction_is_told_in_a_sentence(made: Correction, told: str) -> None:
    assert sentence(made) == told


def test_of_another_document_only_what_holds_everywhere_counts_and_less() -> None:
    def made(document_id: int, scope: Scope, created: str) -> Correction:
        return Correction(
            Remark.NOT_A_NAME,
            scope,
            "Ada",
            anchor=Anchor(Span(0, 3), "Ada"),
            document_id=document_id,
            created=created,
        )

    late, early = made(1, Scope.EVERYWHERE, "2026-03"), made(1, Scope.HERE, "2026-01")
    other = made(2, Scope.EVERYWHERE, "2026-05")
    elsewhere = [made(2, Scope.HERE, "2026-02"), made(2, Scope.DOCUMENT, "2026-02")]
    assert holding([late, other, *elsewhere, early], 1) == (other, early, late)


def test_a_place_is_found_again_in_a_changed_text_or_told_to_be_lost() -> None:
    here = not_a_name(PAGE, span("We stay"), Scope.HERE)
    wide = not_a_name(PAGE, ADA.span, Scope.DOCUMENT)
    longer = "It rained all day in the old town. " + TEXT
    changed = Document(longer, (Block(Span(0, len(longer))),))
    (found, same), lost = placed(changed, [here, wide])
    assert found.anchor is not None and found.anchor.span.of(longer) == "We stay"
    assert (found.id, same, lost) == (here.id, wide, ())
    other = Document("Nothing of it.", (Block(Span(0, 14)),))
    assert placed(other, [here, wide]) == ((wide,), (here,))


LOOKALIKES = (
    "The minister spoke first. “We stay,” said the minister, and went home at noon.\n"
    "The minister spoke again. “We stay,” said the minister, and went home at night."
)


def test_a_place_whose_words_are_gone_is_not_given_to_a_lookalike(tmp_path: Path) -> None:
    library = Library.open(tmp_path / "library.sqlite", backups=tmp_path)
    old = Document(LOOKALIKES, (Block(Span(0, 79)), Block(Span(80, len(LOOKALIKES)))), source="/a.txt")
    id = library.add_document(old).id
    first = not_a_name(old, Span(30, 38), Scope.HERE, document_id=id)
    assert first.anchor is not None
    library.apply(Change("correct", after=(first,)))
    assert held(library, id, old).corrections == (first,)
    kept = LOOKALIKES[80:]
    new = Document(kept, (Block(Span(0, len(kept))),), source="/a.txt")
    assert library.add_document(new).id == id
    assert placed(new, [first])[0], "by its surroundings alone it would be put on the other one"
    here = held(library, id, new)
    assert (here.corrections, here.lost) == ((), (first,))
    library.close()


def test_a_digest_names_what_is_said_and_in_which_order() -> None:
    one, other = not_a_name(PAGE, ADA.span, Scope.HERE), is_a(PAGE, ADA.span, Label.ORG, Scope.DOCUMENT)
    assert digest(()) == ""
    assert digest((one, other)) == digest((replace(one, id="another"), other))
    names = {digest(each) for each in ((one,), (other,), (one, other), (other, one))}
    assert len(names) == 4
    assert digest((one,)) != digest((replace(one, scope=Scope.DOCUMENT),))


def test_what_was_said_elsewhere_counts_only_where_its_words_may_stand() -> None:
    def said(words: str, other: str = "") -> Correction:
        remark = Remark.ONE_WITH if other else Remark.NOT_A_NAME
        return Correction(remark, Scope.EVERYWHERE, words, other=other, document_id=2)

    far = said("Otto Fern")
    ada, chain = said("Mrs. Lindqvist", "Tomas Reyl"), said("Tomas Reyl", "Tomas Grau")
    assert speaking_of(TEXT, (far, ada), 1) == (ada,)
    assert speaking_of(TEXT, (chain, far, ada), 1) == (chain, ada), "a name leads to the next one"
    assert speaking_of(TEXT, (replace(far, document_id=1),), 1)
    source = Correction(Remark.SAID_BY, Scope.EVERYWHERE, "Gone.", other="X", source="the old source")
    assert speaking_of(TEXT, (source,), 1) == (source,)
    assert speaking_of("安南说话。", (said("安南"),), 1), "words need no blanks between them"


def test_a_new_word_on_the_same_thing_takes_the_place_of_the_old_one() -> None:
    old = is_a(PAGE, ADA.span, Label.ORG, Scope.DOCUMENT)
    here, quote = replace(old, scope=Scope.HERE), said_by(PAGE, GO, "Ada", Scope.HERE)
    others = [here, quote, replace(old, document_id=3), apart(PAGE, ADA, Scope.DOCUMENT)]
    assert replaced([old, *others], not_a_name(PAGE, ADA.span, Scope.DOCUMENT)) == (old,)
    assert replaced([old, *others], not_said(PAGE, GO, Scope.HERE)) == (quote,)
    assert replaced([old, *others], said_by(PAGE, STAY, "Ada", Scope.HERE)) == ()


@given(
    st.builds(
        Correction,
        remark=st.sampled_from(list(Remark)),
        scope=st.sampled_from(list(Scope)),
        text=st.text(min_size=1).filter(str.strip),
        label=st.sampled_from(list(Label)),
        other=st.text(min_size=1).filter(str.strip),
        source=st.text(),
        anchor=st.builds(
            Anchor, st.builds(lambda a, b: Span(a, a + b), st.integers(0, 99), st.integers(0, 99)), st.text()
        ),
        document_id=st.integers(0, 99),
    )
)
def test_what_is_stored_is_read_again(made: Correction) -> None:
    assert from_row(json.loads(json.dumps(as_row(made)))) == made


def test_few_fields_are_needed() -> None:
    made = from_row({"remark": "is a", "scope": "document", "text": "Ada", "label": "PERSON"})
    expected = Correction(Remark.IS_A, Scope.DOCUMENT, "Ada", Label.PERSON)
    assert made == replace(expected, id=made.id, created=made.created)


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"remark": "is a", "scope": "document", "text": "Ada"},
        {"remark": "is a", "scope": "document", "text": 3, "label": "PERSON"},
        {"remark": "is a", "scope": "document", "label": "PERSON"},
        {"remark": "is not", "scope": "document", "text": "Ada"},
        {"remark": "is not a name", "scope": "here", "text": "Ada"},
        {"remark": "is not a name", "scope": "here", "text": "Ada", "anchor": {"start": 1}},
        {"remark": "is not a name", "scope": "here", "text": "Ada", "anchor": "there"},
    ],
)
def test_a_row_that_is_no_correction_is_refused(row: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        from_row(row)
