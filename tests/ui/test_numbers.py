"""Numbers as the reader's language writes them, everywhere in the window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

import ui
from ui.numbers import figures

MODULES = sorted(Path(ui.__file__).parent.rglob("*.py"))


@pytest.fixture
def german() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("german")
def test_thousands_are_set_off_as_the_language_does() -> None:
    assert figures(10_420) == "10.420"


def test_no_number_in_the_window_is_written_as_python_does() -> None:
    assert len(MODULES) > 100
    found = [path.name for path in MODULES if re.search(r"\{[^{}\n]*:,\}", path.read_text(encoding="utf-8"))]
    assert found == []
