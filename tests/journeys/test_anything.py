"""Any actions in any order, in any view: nothing breaks, and what was written stays."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from reader.paths import paths_in
from tests.journeys.gestures import Person
from ui.actions import ACTIONS

VIEWS = ("", "library", "people", "codebook", "corrections", "lost", "settings")


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.usefixtures("no_dialogs_of_the_system")
@pytest.mark.parametrize("seed", range(8))
def test_any_actions_in_any_order_break_nothing(
    starts: Callable[..., Person], data: Path, tmp_path: Path, seed: int
) -> None:
    article = tmp_path / "harbour.txt"
    article.write_text("The quarry.\n\n“We will stay,” said Ada Quill of Brightport.\n", encoding="utf-8")
    person = starts(article)
    person.waits_for_article("Ada Quill")
    person.waits_for_analysis()
    person.drags_over("Brightport")
    person.presses(Qt.Key.Key_H)
    person.writes_note("Kept.", "claim")
    chance = random.Random(seed)
    keys = [row.key for row in ACTIONS if row.key not in ("quit",)]
    for _ in range(250):
        if view := chance.choice(VIEWS):
            person.frame.middle.show_view(view)
        person.application.actions[chance.choice(keys)].trigger()
        person.lets_pass(chance.choice((1, 10, 40)))
        if chance.random() < 0.7:
            person.goes_back_to_the_page()
    person.goes_back_to_the_page()
    person.lets_pass(500)
    assert not (paths_in(data).logs / "crash.log").exists()
    library, id = person.session.library, person.session.document_id
    assert library is not None
    assert id is not None
    assert {each.highlight for each in person.session.marked} == {*library.highlights(id)}
    assert person.session.notes == library.notes(id)
