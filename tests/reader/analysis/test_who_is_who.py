"""The documents marked by hand for who is who, and what is counted on them; reads no corpora."""

from __future__ import annotations

import json
from itertools import pairwise

from reader.document import Span
from reader.model import Analysis, Label, Mention, Quote, QuoteKind
from tools.train.who import marks, score


def test_forty_documents_are_marked_half_of_them_kept_aside() -> None:
    documents = marks()
    keys = [(document["set"], document["id"]) for document in documents]
    assert len(set(keys)) == 40
    for name in ("worldwide_dev", "polnear_dev"):
        parts = [document["part"] for document in documents if document["set"] == name]
        assert parts.count("develop") == parts.count("confirm") == 10


def test_names_lie_in_order_apart_and_belong_to_clusters_that_are_there() -> None:
    for document in marks():
        clusters = range(len(document["kinds"]))
        assert set(document["kinds"]) <= set("pol")
        assert {cluster for _, _, cluster in document["names"]} == set(clusters)
        assert all(0 <= start < end for start, end, _ in document["names"])
        assert all(one[1] <= other[0] for one, other in pairwise(document["names"]))


def test_sources_lie_in_order_apart_and_mean_a_cluster_or_nobody() -> None:
    for document in marks():
        assert all(0 <= start < end for start, end, _ in document["sources"])
        assert all(one[1] <= other[0] for one, other in pairwise(document["sources"]))
        assert all(-1 <= cluster < len(document["kinds"]) for _, _, cluster in document["sources"])


def test_no_words_are_kept() -> None:
    for document in marks():
        assert sorted(document) == ["id", "kinds", "names", "part", "set", "sources"]
        numbers = document["names"] + document["sources"]
        assert all(isinstance(value, int) for row in numbers for value in row)
        assert len(json.dumps(document["id"])) < 80


def _analysis(*mentions: tuple[int, str], said: tuple[tuple[int, str | None], ...] = ()) -> Analysis:
    return Analysis(
        mentions=tuple(Mention(Span(at, at + 2), Label.PERSON, name) for at, name in mentions),
        quotes=tuple(
            Quote(QuoteKind.INDIRECT, (Span(90, 95),), (), (), (Span(at, at + 2),), speaker, "")
            for at, speaker in said
        ),
        entities=(),
        model="",
    )


TWO = {"names": [[0, 2, 0], [10, 12, 0], [20, 22, 1]], "sources": [[30, 32, 0], [40, 42, -1]]}


def test_all_right_is_all_right() -> None:
    tally = score(TWO, _analysis((0, "A"), (10, "A"), (20, "B"), said=((30, "A"), (40, None))))
    assert (tally.marked, tally.found, tally.pure, tally.whole) == (3, 3, 3, 3)
    assert (tally.sources, tally.heard, tally.right) == (2, 2, 2)


def test_two_who_are_made_one_cost_precision() -> None:
    tally = score(TWO, _analysis((0, "A"), (10, "A"), (20, "A")))
    assert tally.pure == 2 / 3 + 2 / 3 + 1 / 3
    assert tally.whole == 3


def test_one_who_is_made_two_costs_recall() -> None:
    tally = score(TWO, _analysis((0, "A"), (10, "C"), (20, "B")))
    assert tally.pure == 3
    assert tally.whole == 0.5 + 0.5 + 1


def test_a_name_that_is_missed_costs_recall_but_not_the_joining() -> None:
    tally = score(TWO, _analysis((0, "A"), (20, "B")))
    assert (tally.whole, tally.whole_found) == (0.5 + 1, 2)


def test_a_speaker_who_is_somebody_else_or_somebody_at_all_is_wrong() -> None:
    names = ((0, "A"), (10, "A"), (20, "B"))
    assert score(TWO, _analysis(*names, said=((30, "B"), (40, "A")))).right == 0
    assert score(TWO, _analysis(*names, said=((30, None), (40, "Nobody marked")))).right == 0
    assert score(TWO, _analysis(*names)).heard == 0
