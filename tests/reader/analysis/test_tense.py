"""Past or future, by the words beside a date."""

from __future__ import annotations

import pytest

from reader.analysis.tense import FUTURE, OPEN, PAST, direction


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ferry sank on [Friday]", PAST),
        ("The ferry will sail on [Friday]", FUTURE),
        ("The ferry will be launched on [Friday]", FUTURE),
        ("The ferry was launched on [Friday]", PAST),
        ("It will sail, she said on [Friday]", PAST),
        ("She said it will sail on [Friday]", FUTURE),
        ("She’ll sail on [Friday]", FUTURE),
        ("It sank. They will sail on [Friday]", FUTURE),
        ("[Friday] will be wet", FUTURE),
        ("[Friday] was wet", PAST),
        ("[Friday]. It will be wet", OPEN),
        ("a wet [Friday]", OPEN),
        ("[]", OPEN),
    ],
)
def test_the_nearest_verb_decides(text: str, expected: int) -> None:
    start, end = text.index("["), text.index("]") - 1
    assert direction(text.replace("[", "").replace("]", ""), start, end, start=0) == expected
