"""Which candidate belongs to a part: the options, and what the weights make of them."""

from __future__ import annotations

from reader.analysis.joins import CUE, NAME, SOURCE, Candidate, Measure, Parts, choose
from reader.analysis.marks import quoted
from reader.document import Span

TEXT = "Okello came. “We stay,” said Lindqvist. It rained, Mary added."
SAID, ADDED = Span(24, 28), Span(56, 61)
OKELLO, LINDQVIST, MARY = Span(0, 6), Span(29, 38), Span(51, 55)
CONTENT = Span(13, 23)


def measure() -> Measure:
    parts = Parts((CONTENT,), (SAID, ADDED), (LINDQVIST,))
    return Measure(TEXT, Span(0, len(TEXT)), parts, quoted(TEXT))


def test_the_spans_are_what_they_are_called() -> None:
    assert [span.of(TEXT) for span in (OKELLO, CONTENT, SAID, LINDQVIST, MARY, ADDED)] == [
        "Okello",
        "“We stay,”",
        "said",
        "Lindqvist",
        "Mary",
        "added",
    ]


def test_the_first_option_is_none_and_candidates_beside_the_part_follow() -> None:
    options = measure().options(SOURCE, SAID, [Candidate(OKELLO, NAME), Candidate(LINDQVIST)])
    assert [span for span, _ in options] == [None, OKELLO, LINDQVIST]
    none, before, after = (features for _, features in options)
    assert "source0first=said" in none
    assert {"source<name", "source<content1", "source<mark"} <= set(before)
    assert {"source>tagged", "source>gap0", "source>bare", "source>otherleft1-cue"} <= set(after)


def test_what_overlaps_is_no_candidate() -> None:
    assert len(measure().options(SOURCE, SAID, [Candidate(SAID)])) == 1


def test_only_the_nearest_on_either_side_are_looked_at() -> None:
    text = "a " * 40
    names = [Candidate(Span(at, at + 1)) for at in range(0, 80, 2)]
    options = Measure(text, Span(0, 80), Parts(), []).options(SOURCE, Span(40, 41), names)
    assert [span.start for span, _ in options if span] == [38, 36, 34, 32, 30, 28, 42, 44, 46, 48, 50, 52]


def test_without_weights_the_nearest_is_taken() -> None:
    assert choose(measure(), CUE, CONTENT, [Candidate(SAID), Candidate(ADDED)], {}) == SAID
    assert choose(measure(), SOURCE, ADDED, [Candidate(LINDQVIST), Candidate(MARY)], {}) == MARY
    assert choose(measure(), SOURCE, SAID, [], {}) is None


def test_weights_decide() -> None:
    candidates = [Candidate(OKELLO), Candidate(LINDQVIST)]
    assert choose(measure(), SOURCE, SAID, candidates, {"source<opens": 1.0}) == OKELLO
    assert choose(measure(), SOURCE, SAID, candidates, {"source0quoted0": 1.0}) is None
