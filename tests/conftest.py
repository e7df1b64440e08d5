"""What every test starts from: nothing of the user's, no screen, and the same examples each day."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from PySide6.QtWidgets import QApplication

from ui.garbage import collect_here

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The everyday run tries the same examples each time, so that it fails for a change and not by chance;
# `make test-all` looks for new ones.
settings.register_profile("everyday", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "everyday"))


@pytest.fixture(scope="session", autouse=True)
def _nothing_of_the_users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Put the platform's folders elsewhere, for this process and those it starts."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("DATA", "CONFIG", "STATE", "CACHE"):
            patch.setenv(f"XDG_{kind}_HOME", str(home / kind.lower()))
        yield home


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """Qt as the program runs it: with garbage collected in this thread alone."""
    collect_here()
    return qapp


@pytest.fixture(autouse=True)
def _nothing_of_the_last_window(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let what a window leaves go before the next test, so that it fails where it is at fault."""
    yield
    if "qapp" in request.fixturenames:
        gc.collect()
        gc.freeze()  # what stays is not looked through after every test
