"""Versions of all parts, also where some are not installed."""

from __future__ import annotations

from importlib import metadata

import pytest

from reader.versions import versions


def test_each_part_has_a_version() -> None:
    assert all(version and version != "not installed" for what, version in versions() if what != "Model")


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(package: str) -> str:
        raise metadata.PackageNotFoundError(package)

    monkeypatch.setattr(metadata, "version", absent)
    found = dict(versions())
    assert found["Qt"] == found["spaCy"] == "not installed"
    assert found["Scholion"][0].isdigit(), "a checkout knows what it is"
